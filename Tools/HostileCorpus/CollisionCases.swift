private typealias Entry = HostileDraft.Entry

/// Two names that are one on a computer that ignores case, or the form of accents: the second would cover the first.
///
/// The name that is refused is the later one in the folder’s order.
let collisionCases: [HostileCase] =
  [
    pair("in case", "A.json", "a.json"),
    pair("in case, beyond ASCII", "ÉTÉ.txt", "été.txt"),
    pair("in the form of an accent", "e\u{301}te.txt", "\u{E9}te.txt"),
    pair("in the order of two accents", "a\u{323}\u{307}.txt", "a\u{307}\u{323}.txt"),
    pair("as ss and ß do", "strasse.txt", "straße.txt"),
    pair("as K and the sign of kelvin do", "K.txt", "\u{212A}.txt"),
    pair("as Å and the sign of ångström do", "\u{C5}.txt", "\u{212B}.txt"),
    pair("as i and the dotless ı do", "i.txt", "ı.txt"),
    pair("as fi and its ligature do", "fi.txt", "ﬁ.txt"),
    pair("as s and the long ſ do", "s.txt", "ſ.txt"),
    pair("as the two small sigmas do", "ς.txt", "σ.txt"),
    pair("as µ and the micro sign do", "\u{B5}.txt", "\u{3BC}.txt"),
    pair("as a syllable of Hangul and its letters do", "\u{1112}\u{1161}\u{11AB}.txt", "\u{D55C}.txt"),
    pair("as İ and i with a dot do", "i\u{307}.txt", "İ.txt"),
    HostileCase("a file that would cover the settings elsewhere is refused", refused("LIGNE.JSON")) { draft in
      let blob = draft.blob("{}\n")
      draft.share([Entry("LIGNE.JSON", blob)])
    },
    HostileCase("a folder that would cover that of the schemas elsewhere is refused", refused("Schemas")) {
      draft in
      let blob = draft.blob("{}\n")
      let folder = draft.tree([Entry("post.json", blob)])
      draft.share([Entry("40000", "Schemas", folder)])
    },
    HostileCase("a file that would cover a folder elsewhere is refused", refused("SCHEMAS")) { draft in
      let blob = draft.blob("{}\n")
      draft.share([Entry("SCHEMAS", blob)])
    },
    HostileCase("names that differ by more than case are taken in", .shown) { draft in
      let (one, two) = (draft.blob("un\n"), draft.blob("deux\n"))
      draft.share([Entry("cote.txt", one), Entry("côte.txt", two)])
    },
  ]

private func refused(_ name: String) -> HostileCase.Verdict { .refused(.path(Array(name.utf8))) }

private func pair(_ how: String, _ first: String, _ second: String) -> HostileCase {
  let names = [Array(first.utf8), Array(second.utf8)].sorted { $0.lexicographicallyPrecedes($1) }
  return HostileCase("two names that differ only \(how) are refused", .refused(.path(names[1]))) { draft in
    let (one, two) = (draft.blob("un\n"), draft.blob("deux\n"))
    draft.share([Entry(names[0], one), Entry(names[1], two)])
  }
}
