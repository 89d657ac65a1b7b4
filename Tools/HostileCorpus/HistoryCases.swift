import ObjectModel

private typealias Entry = HostileDraft.Entry

/// Versions as no program of ours writes them.
let historyCases: [HostileCase] = dates + headers + parents + joints

private func version(
  _ what: String, _ verdict: HostileCase.Verdict = .shown,
  _ make: @escaping @Sendable (inout HostileDraft, _ tree: ObjectID) -> ObjectID
) -> HostileCase {
  let outcome =
    switch verdict {
    case .shown: "is taken in"
    default: "is refused"
    }
  return HostileCase("a version \(what) \(outcome)", verdict) { draft in
    let file = draft.blob(post())
    let tree = draft.tree(draft.top(with: [Entry("mauvais.json", file)]))
    draft.point(to: make(&draft, tree))
  }
}

private func dated(_ what: String, _ when: String, _ verdict: HostileCase.Verdict = .shown) -> HostileCase {
  version(what, verdict) { draft, tree in
    draft.commit(tree, author: "Eve <e@e.example> \(when)", committer: "Eve <e@e.example> \(when)")
  }
}

private let dates = [
  dated("of the first second", "0 +0000"), dated("of the year 30,000", "884541340800 +0000"),
  dated("of the last second 18 digits can name", "999999999999999999 +0000"),
  dated("of more seconds than a number holds", "9223372036854775808 +0000", .refused(.history)),
  dated("of a hundred digits", String(repeating: "9", count: 100) + " +0000", .refused(.history)),
  dated("before 1970", "-1 +0000", .refused(.history)), dated("without a date", "", .refused(.history)),
  dated("whose date is a word", "hier +0000", .refused(.history)),
  dated("in a zone 99 hours ahead", "1790000000 +9999"),
  dated("in a zone 99 hours behind", "1790000000 -9999"),
  dated("in a zone of ten digits", "1790000000 +9999999999"),
  dated("in a zone of eighteen digits", "1790000000 -999999999999999999"),
  dated("in a zone that is a word", "1790000000 Montréal", .refused(.history)),
]

private let headers = [
  version("without an author", .refused(.arrival)) { draft, tree in
    draft.add(
      .commit, Array("tree \(tree.hex)\nparent \(draft.base.hex)\ncommitter \(HostileDraft.eve)\n\na\n".utf8))
  },
  version("without anybody who recorded it", .refused(.arrival)) { draft, tree in
    draft.add(
      .commit, Array("tree \(tree.hex)\nparent \(draft.base.hex)\nauthor \(HostileDraft.eve)\n\na\n".utf8))
  },
  version("with two authors", .refused(.arrival)) { draft, tree in
    draft.commit(tree, author: HostileDraft.eve + "\nauthor Ana <ana@exemple.example> 1790000000 +0000")
  },
  version("of an author without a name") { draft, tree in
    draft.commit(tree, author: "<e@e.example> 1790000000 +0000")
  },
  version("of an author without anything") { draft, tree in draft.commit(tree, author: " <> 1790000000 +0000")
  },
  version("of an author of 100,000 signs") { draft, tree in
    draft.commit(tree, author: String(repeating: "é", count: 50_000) + " <e@e.example> 1790000000 +0000")
  },
  version("with brackets in its author’s name") { draft, tree in
    draft.commit(tree, author: "Ana <ana@exemple.example> <e@e.example> 1790000000 +0000")
  },
  version("without a message") { draft, tree in draft.commit(tree, message: []) },
  version("with a zero byte in its message") { draft, tree in
    draft.commit(tree, message: Array("avant".utf8) + [0] + Array("après\n".utf8))
  },
  version("with a message of 100,000 lines") { draft, tree in
    draft.commit(tree, message: Array(String(repeating: "a: b\n", count: 100_000).utf8))
  },
  version("with a message of ten million bytes", .refused(.history)) { draft, tree in
    draft.commit(tree, message: [UInt8](repeating: 0x61, count: 10_000_000))
  },
  version("with 10,000 headers nobody knows") { draft, tree in
    draft.commit(tree, headers: String(repeating: "mal oui\n", count: 10_000))
  },
  version("with a signature that is none") { draft, tree in
    draft.commit(tree, headers: "gpgsig -----BEGIN SSH SIGNATURE-----\n AAAA\n -----END SSH SIGNATURE-----\n")
  },
  version("in an encoding nobody knows") { draft, tree in
    draft.commit(tree, headers: "encoding klingon-7\n", message: [0xE9, 0x74, 0xE9, 0x0A])
  },
  version("whose tree is a file", .refused(.arrival)) { draft, _ in
    let file = draft.blob("des mots\n")
    return draft.commit(file)
  },
]

private let parents = [
  version("without one before it", .refused(.history)) { draft, tree in draft.commit(tree, parents: []) },
  version("with a thousand versions before it") { draft, tree in
    let before = (0..<1000).map { draft.commit(tree, message: Array("travail \($0)\n".utf8)) }
    return draft.commit(tree, parents: before)
  },
  version("with the same one before it twice") { draft, tree in
    draft.commit(tree, parents: [draft.base, draft.base])
  },
  version("with a folder before it", .refused(.arrival)) { draft, tree in draft.commit(tree, parents: [tree])
  },
  version("with two first versions") { draft, tree in
    let other = draft.commit(tree, parents: [])
    return draft.commit(tree, parents: [draft.base, other])
  },
  version("of another workspace with ours mixed in", .refused(.history)) { draft, tree in
    let other = draft.commit(tree, parents: [])
    return draft.commit(tree, parents: [other, draft.base])
  },
  version("after a thousand others") { draft, tree in
    (0..<1000).reduce(draft.base) { before, place in
      draft.commit(tree, parents: [before], message: Array("travail \(place)\n".utf8))
    }
  },
]

private func joint(_ what: String, rules: String, _ verdict: HostileCase.Verdict = .shown) -> HostileCase {
  version(what, verdict) { draft, tree in
    let own = draft.commit(draft.tree(draft.top(with: [])), message: Array("un\n".utf8))
    let other = draft.commit(draft.tree(draft.top(with: [])), message: Array("deux\n".utf8))
    let nobody = "Ligne <ligne@invalid> 1790000000 +0000"
    return draft.commit(
      tree, parents: [own, other].sorted(), author: nobody, committer: nobody,
      message: Array("Travail réuni / Work joined\n\nLigne-Join: \(rules)\n".utf8))
  }
}

private let joints = [
  joint("that says it only joins, and brings something", rules: "1"),
  joint("that says it joins by newer rules", rules: "2", .refused(.history)),
  joint("that says it joins by rules beyond all numbers", rules: "99999999999999999999"),
  joint("that says it joins by rules that are a word", rules: "toutes"),
  joint("that says it joins by rules below zero", rules: "-1"),
]
