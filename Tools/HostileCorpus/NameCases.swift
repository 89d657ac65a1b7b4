/// One file whose name is the trouble, at the top of the workspace.
private func named(
  _ what: String, _ name: [UInt8], _ refusal: HostileCase.Refusal? = nil
) -> HostileCase {
  HostileCase("a file called \(what) is refused", .refused(refusal ?? .path(name))) { draft in
    let blob = draft.blob("{}\n")
    draft.share([HostileDraft.Entry(name, blob)])
  }
}

private func named(
  _ what: String, _ name: String, _ refusal: HostileCase.Refusal? = nil
) -> HostileCase {
  named(what, Array(name.utf8), refusal)
}

private func accepted(_ what: String, _ name: String) -> HostileCase {
  HostileCase("a file called \(what) is taken in", .shown) { draft in
    draft.share("des mots\n", at: name)
  }
}

/// Names that lead out of a folder, into git’s own, or that some computer takes for something else.
///
/// Sources: git’s `verify_path`, `is_hfs_dotgit`, `is_ntfs_dotgit`; Microsoft, “Naming Files, Paths, and Namespaces”;
/// CVE-2014-9390, CVE-2019-1353, CVE-2021-42574.
let nameCases: [HostileCase] =
  outside + gits + hfs + windows + invisible + tooLong + notText + [
    accepted("in accents of one code point each", "été.txt"),
    accepted("in accents of two code points each", "e\u{301}te\u{301}.txt"),
    accepted("in Arabic", "مرحبا.txt"),
    accepted("in Hebrew with digits", "שלום 123.txt"),
    accepted("in Chinese", "新闻.txt"),
    accepted("in Cyrillic that looks Latin", "роsts.txt"),
    accepted("by one emoji", "🧶.txt"),
    accepted("with a no-break space, as French has it", "quoi\u{A0}!.txt"),
    accepted("with 200 bytes", String(repeating: "x", count: 196) + ".txt"),
    accepted("sixteen folders deep", "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p.txt"),
  ]

private let outside = [
  named("with a dot alone", ".", .arrival),
  named("with two dots alone", "..", .arrival),
  named("with nothing", "", .arrival),
  named("with a slash in it", "a/b", .arrival),
  named("with a slash and two dots in it", "../a", .arrival),
  named("like an absolute path", "/etc/passwd", .arrival),
  named("like a path of Windows", "..\\..\\a.txt"),
  named("like a folder and a file of Windows", "posts\\a.json"),
  named("like a share of Windows", "\\\\hote\\partage"),
  named("like a drive", "C:"),
  named("like a path on a drive", "C:a.json"),
  named("like a stream of a file", "a.json:flux"),
  named("like a stream of git’s folder", ".git::$INDEX_ALLOCATION", .arrival),
  named("like an option", "-rf"),
  named("like a long option", "--upload-pack=touch a"),
]

private let gits = [
  named("as git’s own folder is", ".git", .arrival),
  named("as git’s own folder is, in capitals", ".GIT", .arrival),
  named("as git’s own folder is, in mixed letters", ".GiT", .arrival),
  named("as git’s own folder is, with a space after it", ".git ", .arrival),
  named("as git’s own folder is, with a dot after it", ".git.", .arrival),
  named("as git’s own folder is, with dots and spaces after it", ".git . .", .arrival),
  named("by the short name of git’s own folder", "git~1", .arrival),
  named("by the short name of git’s own folder, in capitals", "GIT~1", .arrival),
  named("by the second short name of git’s own folder", "git~2"),
  named("by the later short name of git’s own folder", "gi7eba~1"),
  named("as the list of submodules is", ".gitmodules"),
  named("as the list of submodules is, in capitals", ".GITMODULES"),
  named("by the short name of the list of submodules", "gitmod~1"),
  HostileCase("a folder called as git’s own is, in a folder, is refused", .refused(.arrival)) { draft in
    let config = draft.blob("[core]\n\tfsmonitor = touch a\n")
    let git = draft.tree([HostileDraft.Entry("config", config)])
    let posts = draft.tree([HostileDraft.Entry("40000", ".git", git)])
    draft.share([HostileDraft.Entry("40000", "posts", posts)])
  },
]

/// The sixteen code points HFS+ leaves out when it compares names.
private let hfs: [HostileCase] =
  (Array(0x200C...0x200F) + Array(0x202A...0x202E) + Array(0x206A...0x206F) + [0xFEFF])
  .compactMap { Unicode.Scalar($0 as Int) }.enumerated().map { place, scalar in
    var name = String.UnicodeScalarView(".git".unicodeScalars)
    name.insert(scalar, at: name.index(name.startIndex, offsetBy: place % 5))
    let code = String(scalar.value, radix: 16, uppercase: true)
    return named("as git’s own folder is, with U+\(code) in it", String(name), .arrival)
  }

private let windows =
  [
    named("as the console of Windows is", "CON"),
    named("as the console of Windows is, with an ending", "con.json"),
    named("as a printer of Windows is", "PRN.txt"), named("as a serial line of Windows is", "aux.json"),
    named("as nothing is to Windows", "nul"), named("as a port of Windows is", "COM1.json"),
    named("as a port of Windows is, with a raised digit", "com¹.json"),
    named("as a parallel port of Windows is", "lpt9"),
    named("as the console’s input is", "CONIN$"),
    named("as a device of Windows is, with a space", "aux .json"),
    named("with a dot at its end", "a.json."), named("with a space at its end", "a.json "),
    named("with a no-break space at its end", "a.json\u{A0}"),
  ] + ["<", ">", "\"", "|", "?", "*"].map { named("with \($0) in it", "a\($0)b.json") }

private let invisible =
  ([
    (0x01, "a control"), (0x07, "a bell"), (0x09, "a tab"), (0x0A, "a line break"),
    (0x0D, "a carriage return"),
    (0x1B, "an escape"), (0x7F, "a delete"), (0x85, "a next line"), (0x9B, "an eight-bit escape"),
    (0xAD, "a soft hyphen"), (0x34F, "a grapheme joiner"), (0x61C, "an Arabic letter mark"),
    (0x115F, "a Hangul filler"), (0x180E, "a Mongolian separator"), (0x200B, "a zero-width space"),
    (0x2028, "a line separator"), (0x2060, "a word joiner"), (0x2066, "an isolate"),
    (0x2069, "the end of an isolate"),
    (0x3000, "an ideographic space"), (0x3164, "another Hangul filler"), (0xFE0F, "a variation selector"),
    (0xFFF9, "an annotation"), (0xE000, "a private character"), (0x378, "a character nobody assigned"),
    (0xE0041, "a tag"), (0xE0100, "a variation selector of ideographs"), (0x10FFFF, "the last code point"),
  ] as [(UInt32, String)]).compactMap { code, what in
    Unicode.Scalar(code).map { named("with \(what) in it", "a\($0)b.json") }
  }

private let tooLong = [
  named("with 201 bytes", String(repeating: "x", count: 201)),
  named("with 4,096 bytes", String(repeating: "x", count: 4096)),
  named("with 201 bytes that are few letters", String(repeating: "é", count: 100) + "x"),
  HostileCase(
    "a path of more than 400 bytes is refused",
    .refused(
      .path(
        Array((1...4).map { _ in String(repeating: "x", count: 99) }.joined(separator: "/").utf8)
          + Array("/a".utf8)))
  ) { draft in
    let folder = String(repeating: "x", count: 99)
    draft.share("des mots\n", at: "\(folder)/\(folder)/\(folder)/\(folder)/a")
  },
  HostileCase(
    "a file seventeen folders deep is refused",
    .refused(.path(Array("a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q".utf8)))
  ) { draft in draft.share("des mots\n", at: "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q") },
]

private let notText = [
  named("by a byte that is no text", [0xFF]),
  named("with a byte of Latin 1", Array("\u{E9}t".utf8.dropFirst()) + [0xE9]),
  named("with an overlong slash", [0x61, 0xC0, 0xAF, 0x62]),
  named("with half a surrogate pair", [0x61, 0xED, 0xA0, 0x80]),
  named("with the beginning of a character", [0x61, 0xE2, 0x82]),
  named("by more than Unicode has", [0xF4, 0x90, 0x80, 0x80]),
]
