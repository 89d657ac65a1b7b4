import ObjectModel

private typealias Entry = HostileDraft.Entry

/// Little that unfolds into much.
let bombCases: [HostileCase] = [
  HostileCase(
    "a million names in one folder are refused", .refused(.path(Array("foule".utf8))), weight: .heavy
  ) { draft in
    let blob = draft.blob("a\n")
    var (bytes, digits) = ([UInt8](), [UInt8](repeating: UInt8(ascii: "0"), count: 6))
    let (mode, id) = (Array("100644 ".utf8), [0] + blob.bytes)
    for _ in 0..<1_000_000 {
      bytes += mode
      bytes += digits
      bytes += id
      var place = 5
      while place >= 0, digits[place] == UInt8(ascii: "9") {
        digits[place] = UInt8(ascii: "0")
        place -= 1
      }
      if place >= 0 { digits[place] += 1 }
    }
    let folder = draft.add(.tree, bytes)
    draft.share([Entry("40000", "foule", folder)])
  },
  HostileCase(
    "folders in folders that make ten billion files are refused", .refused(.path([])), weight: .heavy
  ) { draft in
    let blob = draft.blob("a\n")
    var inner = draft.tree((0..<10).map { Entry("f\($0)", blob) })
    for _ in 0..<9 {
      let id = inner
      inner = draft.tree((0..<10).map { Entry("40000", "d\($0)", id) })
    }
    let last = inner
    draft.share([Entry("40000", "arbre", last)])
  },
  HostileCase(
    "ten thousand folders in each other are refused",
    .refused(.path(Array((Array(repeating: "d", count: 17).joined(separator: "/")).utf8))), weight: .heavy
  ) {
    draft in
    let blob = draft.blob("a\n")
    var entry = Entry("f", blob)
    for _ in 0..<10_000 {
      let folder = draft.tree([entry])
      entry = Entry("40000", "d", folder)
    }
    let top = entry
    draft.share([top])
  },
  HostileCase(
    "300 million zeros in one file are refused", .refused(.path(Array("zéros.bin".utf8))), weight: .heavy
  ) { draft in
    draft.share([Entry("zéros.bin", draft.zeros(300_000_000))])
  },
  HostileCase(
    "300 million zeros in one document are refused", .refused(.path(Array("posts/zéros.json".utf8))),
    weight: .heavy
  ) { draft in
    let folder = draft.tree([Entry("zéros.json", draft.zeros(300_000_000))])
    draft.share([Entry("40000", "posts", folder)])
  },
  HostileCase("200,200 files at once are refused", .refused(.path([])), weight: .heavy) {
    draft in
    let blob = draft.blob("a\n")
    let folder = draft.tree((0..<1001).map { Entry("f\($0)", blob) })
    draft.share((0..<200).map { Entry("40000", "d\($0)", folder) })
  },
  HostileCase("two thousand versions with messages of 10,000 bytes are taken in", .shown, weight: .heavy) {
    draft in
    let file = draft.blob(post())
    let tree = draft.tree(draft.top(with: [Entry("mauvais.json", file)]))
    let message = [UInt8](repeating: 0x61, count: 10_000)
    let last = (0..<2000).reduce(draft.base) { before, place in
      draft.commit(tree, parents: [before], message: message + Array("\(place)\n".utf8))
    }
    draft.point(to: last)
  },
]
