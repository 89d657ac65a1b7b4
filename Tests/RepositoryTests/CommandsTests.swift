import Testing

/// Pages and sentences send nobody to a command that does not exist.
@Suite struct CommandsTests {
  /// The commands the program has, from the list its help is made of.
  static let commands: Set<String> = {
    guard let source = Project.sources.first(where: { $0.path == "Sources/ligne/Ligne.swift" })?.source else {
      return []
    }
    let code = String(decoding: source.code, as: UTF8.self)
    return Set(code.matches(of: /\b([A-Z][A-Za-z]+)\.self\b/).map { words(of: $0.output.1) } + ["help"])
  }()

  /// `merge-file` for `MergeFile`.
  private static func words(of type: Substring) -> String {
    type.enumerated().map { place, letter in
      (place > 0 && letter.isUppercase ? "-" : "") + letter.lowercased()
    }.joined()
  }

  /// The words that follow `ligne` where it is quoted, typed after a prompt, or begins a line of code.
  private static func named(in text: String) -> [String] {
    text.matches(of: /(?:[«“`]\u{A0}?|\$ |^|\n|=\S+ )ligne (?:-C \S+ )?([a-z][a-z-]*)\b(?! \()/)
      .map { String($0.output.1) }
  }

  @Test func knowsTheCommands() {
    #expect(Self.commands.isSuperset(of: ["init", "sync", "merge-file", "help"]))
  }

  @Test(arguments: [
    ("«\u{A0}ligne sync\u{A0}» le fait.", ["sync"]), ("“ligne merge-file” does", ["merge-file"]),
    ("noemie $ ligne -C x status", ["status"]), ("`ligne --help`", []), ("une ligne droite", []),
    ("EDITOR=nano ligne edit …", ["edit"]), ("«\u{A0}ligne \u{FFFC}\u{A0}»", []),
  ])
  func findsThem(_ text: String, _ expected: [String]) {
    #expect(Self.named(in: text) == expected)
  }

  @Test func pagesNameCommandsThatExist() throws {
    for path in Project.files(endingWith: ".md") {
      for name in Set(Self.named(in: try Project.text(path))).subtracting(Self.commands).sorted() {
        Issue.record("\(path) names “ligne \(name)”, which is no command")
      }
    }
  }

  @Test func sentencesNameCommandsThatExist() {
    for (path, source) in Project.sources {
      for literal in source.literals(labelled: "fr") + source.literals(labelled: "en") {
        for name in Self.named(in: literal.text) where !Self.commands.contains(name) {
          Issue.record("\(path):\(literal.line) names “ligne \(name)”, which is no command")
        }
      }
    }
  }
}
