import ObjectModel

private typealias Entry = HostileDraft.Entry

private func path(_ text: String) -> HostileCase.Verdict { .refused(.path(Array(text.utf8))) }

/// An entry that is not a file, or says it is something else than it is.
let formCases: [HostileCase] = links + submodules + modes + brokenTrees

private func link(_ what: String, named name: String, to target: String) -> HostileCase {
  HostileCase("a link \(what) is refused", path(name)) { draft in
    let target = draft.blob(target)
    draft.share([Entry("120000", name, target)])
  }
}

/// Sources: CVE-2021-21300, CVE-2024-32002.
private let links = [
  link("to a file of the system", named: "mots.txt", to: "/etc/passwd"),
  link("to the folder above", named: "haut", to: ".."),
  link("to git’s own folder", named: "interne", to: ".git/hooks"),
  link("to itself", named: "boucle", to: "boucle"),
  link("to nothing", named: "vide", to: ""),
  link("with an escape in its target", named: "fuite", to: "\u{1B}]52;c;aGk=\u{07}"),
  link("in the place of the settings", named: "ligne.json", to: "/etc/passwd"),
  link("in the place of a folder", named: "schemas", to: "/etc"),
  HostileCase("a link in the place of git’s attributes is refused", path(".gitattributes")) { draft in
    let target = draft.blob("/etc/passwd")
    draft.share([Entry("120000", ".gitattributes", target)])
  },
]

private let submodules = [
  HostileCase("another project inside is refused", path("projet")) { draft in
    draft.share([Entry("160000", "projet", draft.base)])
  },
  HostileCase("another project in the place of a folder is refused", path("schemas")) { draft in
    draft.share([Entry("160000", "schemas", draft.base)])
  },
  HostileCase("a list of submodules that runs a program is refused", path(".gitmodules")) { draft in
    let list = draft.blob("[submodule \"-x\"]\n\tpath = projet\n\turl = -u./charge\n\tupdate = !touch a\n")
    draft.share([Entry(".gitmodules", list), Entry("160000", "projet", draft.base)])
  },
]

private let modes =
  ["100600", "100666", "100777", "120777", "140000", "777", "1777777"].map { mode in
    HostileCase("a file of mode \(mode) is refused", path("a.txt")) { draft in
      let blob = draft.blob("des mots\n")
      draft.share([Entry(mode, "a.txt", blob)])
    }
  } + [
    HostileCase("a file with the mode of a folder is refused", .refused(.arrival)) { draft in
      let blob = draft.blob("des mots\n")
      draft.share([Entry("40755", "a.txt", blob)])
    },
    HostileCase("a file of mode 0 is refused", .refused(.path([]))) { draft in
      let blob = draft.blob("des mots\n")
      draft.share([Entry("0", "a.txt", blob)])
    },
    HostileCase("a file of git’s oldest mode is refused", path("a.txt")) { draft in
      let blob = draft.blob("des mots\n")
      draft.share([Entry("100664", "a.txt", blob)])
    },
    HostileCase("a mode that begins with a zero is refused", .refused(.path([]))) { draft in
      let blob = draft.blob("des mots\n")
      draft.share([Entry("0100644", "a.txt", blob)])
    },
    HostileCase("a file that may be run is taken in", .shown) { draft in
      let blob = draft.blob("#!/bin/sh\ntouch a\n")
      draft.share([Entry("100755", "script.sh", blob)])
    },
    HostileCase("a folder that is a file is refused", .refused(.arrival)) { draft in
      let blob = draft.blob("des mots\n")
      draft.share([Entry("40000", "posts", blob)])
    },
    HostileCase("a file that is a folder is refused", .refused(.arrival)) { draft in
      let tree = draft.tree([])
      draft.share([Entry("100644", "posts.json", tree)])
    },
    HostileCase("a file that is a version is refused", .refused(.arrival)) { draft in
      draft.share([Entry("100644", "version.json", draft.base)])
    },
  ]

private let brokenTrees = [
  HostileCase("a folder out of order is refused", .refused(.arrival)) { draft in
    let blob = draft.blob("des mots\n")
    let tree = draft.tree(asGiven: [Entry("z.txt", blob)] + draft.top(with: []))
    draft.point(to: draft.commit(tree))
  },
  HostileCase("a folder that holds a name twice is refused", .refused(.arrival)) { draft in
    let (one, two) = (draft.blob("un\n"), draft.blob("deux\n"))
    draft.share([Entry("a.txt", one), Entry("a.txt", two)])
  },
  HostileCase("a folder that holds a file and a folder of one name is refused", .refused(.arrival)) { draft in
    let blob = draft.blob("un\n")
    let folder = draft.tree([Entry("b", blob)])
    draft.share([Entry("a", blob), Entry("a.txt", blob), Entry("40000", "a", folder)])
  },
  HostileCase("a folder that ends too early is refused", .refused(.arrival)) { draft in
    let tree = draft.add(.tree, Array("100644 a.txt\0".utf8) + [1, 2, 3])
    draft.point(to: draft.commit(tree))
  },
  HostileCase("a folder that is no folder at all is refused", .refused(.arrival)) { draft in
    let tree = draft.add(.tree, Array("bonjour".utf8))
    draft.point(to: draft.commit(tree))
  },
  HostileCase("a folder whose mode is no number is refused", .refused(.arrival)) { draft in
    let blob = draft.blob("des mots\n")
    let tree = draft.add(.tree, Array("abc a.txt\0".utf8) + blob.bytes)
    draft.point(to: draft.commit(tree))
  },
  HostileCase("a file that is not there is refused", .refused(.arrival)) { draft in
    let blob = draft.blob("absent\n")
    draft.share([Entry("a.txt", blob)])
    draft.forget(blob)
  },
  HostileCase("a folder that is not there is refused", .refused(.arrival)) { draft in
    let folder = draft.tree([Entry("a", draft.base)])
    draft.share([Entry("40000", "posts", folder)])
    draft.forget(folder)
  },
  HostileCase("a version without its top folder is refused", .refused(.arrival)) { draft in
    let tree = draft.tree([])
    draft.point(to: draft.commit(draft.tree([Entry("a", draft.base)])))
    draft.point(to: draft.commit(ObjectID(blob: Array("rien".utf8))))
    draft.forget(tree)
  },
  HostileCase("a version without the one before it is refused", .refused(.arrival)) { draft in
    let parent = ObjectID(blob: Array("rien".utf8))
    draft.point(to: draft.commit(draft.tree(draft.top(with: [])), parents: [parent]))
  },
  HostileCase("a file under a false name is refused", .refused(.arrival)) { draft in
    let id = draft.blob("ce qui était là\n")
    draft.add(.blob, Array("autre chose\n".utf8), calledFalsely: id)
    draft.share([Entry("a.txt", id)])
  },
  HostileCase("a version with an empty folder is taken in", .shown) { draft in
    let folder = draft.tree([])
    draft.share([Entry("40000", "vide", folder)])
  },
  HostileCase("a version with nothing in it is refused", .refused(.history)) { draft in
    draft.point(to: draft.commit(draft.tree([])))
  },
  HostileCase("a version without the settings is refused", .refused(.history)) { draft in
    let rest = draft.top(with: []).filter { $0.name != Array("ligne.json".utf8) }
    draft.point(to: draft.commit(draft.tree(rest)))
  },
]
