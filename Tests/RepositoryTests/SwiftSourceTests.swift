import Testing

/// The reader the other tests lean on sees code where there is code, and words where there are words.
@Suite struct SwiftSourceTests {
  private func source(_ text: String) -> SwiftSource { SwiftSource(Array(text.utf8)) }

  private static let hidden: [(name: String, text: String)] = [
    ("a comment", "let a = 1  // needle"),
    ("a comment in a comment", "/* a /* b */ needle */ let a = 1"),
    ("a literal", #"let a = "needle""#),
    ("a literal after an escaped quotation mark", #"let a = "\" needle""#),
    ("a literal between signs", ##"let a = #"" needle "#"##),
    ("a literal of several lines", "let a = \"\"\"\n  \" needle\n  \"\"\""),
    ("a longer word", "let needles = aneedle + needle_"),
  ]

  @Test(arguments: hidden) func passesBy(_ name: String, _ text: String) {
    #expect(source(text).lines(with: "needle").isEmpty)
  }

  @Test func findsWordsOfCode() {
    let text = source("let a = 1\nneedle(a)\nlet b = \"x \\(needle(\"y\"))\"; b.needle\n")
    #expect(text.lines(with: "needle") == [2, 3, 3])
    #expect(text.lines(with: "need*") == [2, 3, 3])
  }

  @Test func readsWhatIsSaid() {
    let text = source(#"f(fr: a ? "l\u{2019}un : \(g(x, "deux"))" : "b", en: "the one"); g(fr: ("c", "d"))"#)
    #expect(text.literals(labelled: "fr").map(\.text) == ["l’un : \u{FFFC}", "deux", "b", "c", "d"])
    #expect(text.literals(labelled: "en").map(\.text) == ["the one"])
  }

  @Test func joinsContinuedLines() {
    let text = source("let a = \"\"\"\n    un \\\n    deux\n    trois\n    \"\"\"")
    #expect(text.literals.map(\.text) == ["\nun deux\ntrois\n"])
  }

  @Test func readsImports() {
    let text = source(
      "public import A\nimport struct B.C\n@testable import D\n// import E\n#if os(Linux)\n  import F\n#endif\n"
    )
    #expect(text.imports == ["A", "B", "D", "F"])
  }
}
