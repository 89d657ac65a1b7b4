import ObjectModel

private typealias Entry = HostileDraft.Entry

/// References that lead where they should not, or are called what they should not be.
let referenceCases: [HostileCase] =
  [
    HostileCase("a device that leads to a file is refused", .refused(.history)) { draft in
      let blob = draft.blob("des mots\n")
      draft.point(to: blob)
    },
    HostileCase("a device that leads to a folder is refused", .refused(.history)) { draft in
      let tree = draft.tree(draft.top(with: []))
      draft.point(to: tree)
    },
    HostileCase("a device that leads to a tag is refused", .refused(.history)) { draft in
      draft.point(to: draft.tag(draft.commit(draft.tree(draft.top(with: []))), of: "commit"))
    },
    HostileCase("a device that leads to a hundred tags of tags is refused", .refused(.history)) { draft in
      let commit = draft.commit(draft.tree(draft.top(with: [])))
      let first = draft.tag(commit, of: "commit")
      let last = (0..<100).reduce(first) { tag, _ in draft.tag(tag, of: "tag") }
      draft.point(to: last)
    },
    HostileCase("a device that leads to nothing is refused", .refused(.arrival)) { draft in
      draft.write(ObjectID(blob: Array("rien".utf8)).hex + "\n", to: draft.device)
    },
    HostileCase("a device that is no id is refused", .refused(.arrival)) { draft in
      draft.write("bonjour\n", to: draft.device)
    },
    HostileCase("a device that stands for the team’s version is nothing new", .shown) { draft in
      draft.write("ref: refs/heads/main\n", to: draft.device)
    },
    HostileCase("a device that stands for itself is passed over", .shown) { draft in
      draft.write("ref: \(draft.device)\n", to: draft.device)
    },
    HostileCase("a device that went back takes nothing back", .shown) { draft in
      draft.point(to: draft.base)
    },
    HostileCase("the versions of another workspace are refused", .refused(.history)) { draft in
      let file = draft.blob(#"{"formatVersion": 1, "id": "autre", "kind": "workspace"}"#)
      let first = draft.commit(draft.tree([Entry("ligne.json", file)]), parents: [])
      draft.point(
        to: draft.commit(draft.tree([Entry("ligne.json", file)]), parents: [first], message: [0x62, 0x0A]))
    },
    HostileCase(
      "a team that is another one is not followed", .stopped(code: "unrelated-repository"),
      at: HostileDraft.main
    ) { draft in
      let file = draft.blob(#"{"formatVersion": 1, "id": "autre", "kind": "workspace"}"#)
      draft.point(HostileDraft.main, to: draft.commit(draft.tree([Entry("ligne.json", file)]), parents: []))
    },
    HostileCase(
      "a hostile version of the team is refused, and devices carry the work",
      .refused(.path(Array("lien".utf8))),
      at: HostileDraft.main
    ) { draft in
      let blob = draft.blob("/etc/passwd")
      draft.point(
        HostileDraft.main, to: draft.commit(draft.tree(draft.top(with: [Entry("120000", "lien", blob)]))))
    },
    HostileCase(
      "a team’s version that is a file is refused", .refused(.history), at: HostileDraft.main
    ) { draft in
      let blob = draft.blob("des mots\n")
      draft.point(HostileDraft.main, to: blob)
    },
  ]
  + [
    ("with letters that turn round", "refs/ligne/devices/eee\u{202E}eee"),
    ("with zero-width letters", "refs/ligne/devices/eee\u{200B}eee"),
    ("with an eight-bit escape", "refs/ligne/devices/eee\u{9B}2J"),
    ("in capitals", "refs/ligne/devices/EEEEEEEEEEEEEEEE"), ("in folders", "refs/ligne/devices/e/e/e/e/e"),
    ("of 200 letters", "refs/ligne/devices/" + String(repeating: "e", count: 200)),
    ("in accents", "refs/ligne/devices/été"), ("that is an option", "refs/ligne/devices/--upload-pack=a"),
  ].map { what, name in
    HostileCase(
      "a device called \(what), with a link in it, is refused", .refused(.path(Array("lien".utf8))), at: name
    ) {
      draft in
      let blob = draft.blob("/etc/passwd")
      draft.point(name, to: draft.commit(draft.tree(draft.top(with: [Entry("120000", "lien", blob)]))))
    }
  }
  + [
    HostileCase("settings that run programs, in the address’s own folder, run nothing", .shown) { draft in
      draft.write(
        """
        [core]
        \trepositoryformatversion = 0
        \tbare = true
        \tfsmonitor = touch ../intrus
        \tsshCommand = touch ../intrus
        \tgitProxy = touch ../intrus
        \thooksPath = hooks
        \teditor = touch ../intrus
        \tpager = touch ../intrus
        \tattributesFile = /etc/passwd
        [uploadpack]
        \tpackObjectsHook = touch ../intrus
        [include]
        \tpath = mal.config
        [protocol "ext"]
        \tallow = always
        [diff]
        \texternal = touch ../intrus
        [filter "mal"]
        \tsmudge = touch ../intrus
        [gpg]
        \tprogram = touch ../intrus
        [alias]
        \tupload-pack = !touch ../intrus

        """, to: "config")
      draft.write("[uploadpack]\n\tpackObjectsHook = touch ../intrus\n", to: "mal.config")
    },
    HostileCase("an address that borrows objects from elsewhere is read", .shown) { draft in
      draft.write("/etc\n../../../../..\n", to: "objects/info/alternates")
    },
  ]

extension HostileDraft {
  /// A tag on an object.
  mutating func tag(_ id: ObjectID, of kind: String) -> ObjectID {
    add(.tag, Array("object \(id.hex)\ntype \(kind)\ntag mal\ntagger \(HostileDraft.eve)\n\nmal\n".utf8))
  }
}
