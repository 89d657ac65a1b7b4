import ObjectModel
import Testing
import Wording

/// Every name a colleague's computer could misread is refused, and the names people give files are not.
@Suite struct WorkspacePathTests {
  static let accepted = [
    "ligne.json", "posts/2026/launch.json", "a", ".gitignore", ".gitattributes", ".vscode/settings.json",
    ".github/x",
    "été.json", "e\u{301}te\u{301}.json", "日本語/記事.json", "Compte rendu du 3 mai.md", "prix\u{202F}fixe.md",
    "a\u{A0}b.md", "...a", "a..b", "git", "git~", "git~a", "x.git", ".gitx", ".gitmodule", "con-fiture.json",
    "console", "COM.json", "COM10", "LPT", "nulle part.json",
    "communiqué (v2) [final] {ok} 50% #1 & co!.json",
    "L’assemblée d'avril.json", "_brouillon", "~notes", "a-b", "=+,;@$^`", "🎉.json",
    String(repeating: "x", count: 200), Array(repeating: "d", count: 16).joined(separator: "/"),
  ]

  @Test(arguments: accepted) func acceptsAName(_ text: String) throws {
    let path = try WorkspacePath(text)
    #expect(Array(path.text.utf8) == Array(text.utf8))
    #expect(try WorkspacePath(utf8: text.utf8) == path)
    #expect(path.components.joined(separator: "/") == text)
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let text: String
    let refusal: PathRefusal
    init(_ text: String, _ refusal: PathRefusal) { (self.text, self.refusal) = (text, refusal) }
    var testDescription: String { text.unicodeScalars.map { $0.escaped(asASCII: true) }.joined() }
  }

  static let refused = [
    Case("", .empty), Case("/", .absolute), Case("/etc/passwd", .absolute),
    Case("a//b", .emptyComponent), Case("a/", .emptyComponent),
    Case(".", .dots), Case("..", .dots), Case("a/../b", .dots), Case("a/./b", .dots), Case("../a", .dots),
    Case("a\\b", .separator("\\")), Case("..\\a", .separator("\\")), Case("C:", .separator(":")),
    Case("C:/a", .separator(":")), Case("a:stream", .separator(":")), Case("a/\\\u{301}", .separator("\\")),
    Case("Quoi?.json", .notOnWindows("?")), Case("a<b", .notOnWindows("<")),
    Case("\"a\"", .notOnWindows("\"")),
    Case("a|b", .notOnWindows("|")), Case("*.json", .notOnWindows("*")),
    // A separator with a combining accent is one Character to Swift, and still a separator to the system.
    Case("a/\u{301}/../b", .dots), Case("a/\u{301}/.git", .reservedByGit),
    // Control characters, line ends, escapes.
    Case("a\u{0}b", .invisible("\u{0}")), Case("a\nb", .invisible("\n")), Case("a\tb", .invisible("\t")),
    Case("a\u{1B}[31mb", .invisible("\u{1B}")), Case("a\u{7F}", .invisible("\u{7F}")),
    Case("a\u{9B}31m", .invisible("\u{9B}")), Case("a\u{2028}b", .invisible("\u{2028}")),
    // Bidirectional, zero width, ignorable: `gnp.exe` must not show as `exe.png`.
    Case("\u{202E}gnp.json", .invisible("\u{202E}")), Case("a\u{2066}b", .invisible("\u{2066}")),
    Case("a\u{200F}b", .invisible("\u{200F}")), Case("a\u{200B}b", .invisible("\u{200B}")),
    Case("a\u{200D}b", .invisible("\u{200D}")), Case("a\u{FEFF}b", .invisible("\u{FEFF}")),
    Case("a\u{AD}b", .invisible("\u{AD}")), Case("a\u{34F}b", .invisible("\u{34F}")),
    Case("a\u{3164}b", .invisible("\u{3164}")), Case("a\u{FE0F}", .invisible("\u{FE0F}")),
    Case("a\u{E0041}", .invisible("\u{E0041}")), Case("a\u{180E}", .invisible("\u{180E}")),
    // Private and unassigned code points, spaces that only look like one.
    Case("a\u{E000}", .invisible("\u{E000}")), Case("a\u{378}", .invisible("\u{378}")),
    Case("a\u{FFFE}", .invisible("\u{FFFE}")), Case("a\u{2003}b", .invisible("\u{2003}")),
    Case("a\u{3000}b", .invisible("\u{3000}")),
    // git's own folder and its disguises.
    Case(".git", .reservedByGit), Case(".GIT/config", .reservedByGit), Case("a/.Git/hooks", .reservedByGit),
    Case(".git.", .reservedByGit), Case(".git ", .reservedByGit), Case(".git . .", .reservedByGit),
    Case("git~1", .reservedByGit), Case("GIT~1", .reservedByGit), Case("git~12", .reservedByGit),
    Case(".g\u{200C}it", .invisible("\u{200C}")), Case(".git\u{FEFF}", .invisible("\u{FEFF}")),
    Case(".git::$INDEX_ALLOCATION", .separator(":")), Case(".git\\config", .separator("\\")),
    Case(".gitmodules", .reservedByGit), Case(".GitModules", .reservedByGit),
    Case("gitmod~1", .reservedByGit),
    Case("GI7EBA~1", .reservedByGit), Case("gi7eb~10", .reservedByGit),
    // Devices of Windows, whatever follows.
    Case("CON", .reservedByWindows("CON")), Case("con.json", .reservedByWindows("CON")),
    Case("a/Aux.tar.gz", .reservedByWindows("AUX")), Case("nul", .reservedByWindows("NUL")),
    Case("PRN.x", .reservedByWindows("PRN")), Case("com1", .reservedByWindows("COM1")),
    Case("LPT9.json", .reservedByWindows("LPT9")), Case("COM0", .reservedByWindows("COM0")),
    Case("COM¹.json", .reservedByWindows("COM¹")), Case("CONIN$", .reservedByWindows("CONIN$")),
    Case("con .json", .reservedByWindows("CON")),
    // The ends.
    Case("a.", .endsWithDotOrSpace), Case("a ", .endsWithDotOrSpace), Case("a /b", .endsWithDotOrSpace),
    Case("...", .endsWithDotOrSpace), Case("a\u{A0}", .endsWithDotOrSpace),
    Case("-rf", .beginsWithHyphen), Case("a/--help", .beginsWithHyphen),
    // Sizes.
    Case(String(repeating: "x", count: 201), .componentTooLong(bytes: 201)),
    Case(String(repeating: "é", count: 101), .componentTooLong(bytes: 202)),
    Case(
      Array(repeating: "dossier-assez-long-pour-que", count: 15).joined(separator: "/"),
      .pathTooLong(bytes: 419)),
    Case(Array(repeating: "d", count: 17).joined(separator: "/"), .tooDeep(parts: 17)),
  ]

  @Test(arguments: refused) func refusesAName(_ c: Case) {
    #expect(throws: c.refusal) { try WorkspacePath(c.text) }
    #expect(throws: c.refusal) { try WorkspacePath(utf8: c.text.utf8) }
  }

  /// The sixteen code points HFS+ passes over, at every place of `.git`.
  @Test func refusesWhatHFSPassesOver() throws {
    let ignorable: [Unicode.Scalar] = [
      "\u{200C}", "\u{200D}", "\u{200E}", "\u{200F}", "\u{202A}", "\u{202B}", "\u{202C}", "\u{202D}",
      "\u{202E}",
      "\u{206A}", "\u{206B}", "\u{206C}", "\u{206D}", "\u{206E}", "\u{206F}", "\u{FEFF}",
    ]
    for scalar in ignorable {
      for place in 0...4 {
        var name = Array(".git".unicodeScalars)
        name.insert(scalar, at: place)
        #expect(throws: PathRefusal.invisible(scalar)) {
          try WorkspacePath(String(String.UnicodeScalarView(name)))
        }
      }
    }
  }

  @Test(
    arguments: [[0xFF], [0x61, 0xC3], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80]] as [[UInt8]]
  )
  func refusesBytesThatAreNotUTF8(_ bytes: [UInt8]) {
    #expect(throws: PathRefusal.notUTF8) { try WorkspacePath(utf8: bytes) }
  }

  @Test func comparesAndSortsByBytes() throws {
    let composed = try WorkspacePath("\u{E9}.json")
    let decomposed = try WorkspacePath("e\u{301}.json")
    #expect(composed != decomposed)
    #expect(Set([composed, decomposed]).count == 2)
    #expect(decomposed < composed)
    let sorted = try ["a.b", "a/b", "a0", "B", "é", "z"].map { try WorkspacePath($0) }.shuffled().sorted()
    #expect(sorted.map(\.text) == ["B", "a.b", "a/b", "a0", "z", "é"])
  }

  @Test func knowsItsParts() throws {
    let path = try WorkspacePath("posts/2026/launch.json")
    #expect(path.components == ["posts", "2026", "launch.json"])
    #expect(path.name == "launch.json")
    #expect(path.parent?.text == "posts/2026")
    #expect(path.parent?.parent?.parent == nil)
    #expect(try WorkspacePath("posts").appending("2026/launch.json") == path)
    #expect(throws: PathRefusal.dots) { try WorkspacePath("posts").appending("..") }
    #expect(path.isInside(try WorkspacePath("posts")))
    #expect(!path.isInside(path))
    #expect(!(try WorkspacePath("posts2/a")).isInside(try WorkspacePath("posts")))
  }

  @Test(arguments: refused) func explainsItselfInBothLanguages(_ c: Case) {
    for sentence in [c.refusal.message, c.refusal.hint].compactMap({ $0 }) {
      #expect(!sentence.french.isEmpty && !sentence.english.isEmpty)
    }
    #expect(c.refusal.code.utf8.allSatisfy { ($0 >= 97 && $0 <= 122) || $0 == 45 || $0 == 56 })
  }

  @Test func leadsFromAFolderToWhatLiesInIt() throws {
    let folder = try WorkspacePath("posts/é")
    #expect(try WorkspacePath("posts/é/2026/a.json").relative(to: folder) == WorkspacePath("2026/a.json"))
    // Itself, a name that only begins so, and the same letters in other bytes.
    for text in ["posts/é", "posts/éa/b", "posts", "posts/e\u{301}/a"] {
      #expect(try WorkspacePath(text).relative(to: folder) == nil)
      #expect(try !WorkspacePath(text).isInside(folder))
    }
  }

  @Test func putsAPathIntoAFolderWithinTheLimits() throws {
    let folder = try WorkspacePath("conflicts")
    #expect(try folder.appending(WorkspacePath("posts/a.json")) == WorkspacePath("conflicts/posts/a.json"))
    let deep = try WorkspacePath(Array(repeating: "d", count: 16).joined(separator: "/"))
    #expect(throws: PathRefusal.tooDeep(parts: 17)) { try folder.appending(deep) }
    let long = try WorkspacePath(
      (0..<2).map { _ in String(repeating: "x", count: 199) }.joined(separator: "/"))
    #expect(throws: PathRefusal.pathTooLong(bytes: 409)) { try folder.appending(long) }
  }

  @Test func sortsByBytes() throws {
    let sorted = try ["a", "a-b", "a/b", "a0", "aé", "e\u{301}", "z", "é"].map { try WorkspacePath($0) }
    #expect(sorted.reversed().sorted() == sorted)
    #expect(Set(sorted).count == sorted.count)
  }
}
