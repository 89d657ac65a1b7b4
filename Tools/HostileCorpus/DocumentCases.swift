/// Documents nobody can read, beside some that only look dangerous.
///
/// What can’t be read stays as it came and is named; it blocks only itself.
let documentCases: [HostileCase] = unreadable + notUTF8 + bigOrDeep + readable + settings

private let place = "posts/mauvais.json"

private func left(_ what: String, _ bytes: [UInt8], weight: HostileCase.Weight = .light) -> HostileCase {
  HostileCase("a document \(what) is left and named", .left(document: place), weight: weight) { draft in
    draft.share(bytes, at: place)
  }
}

private func left(_ what: String, _ text: String, weight: HostileCase.Weight = .light) -> HostileCase {
  left(what, Array(text.utf8), weight: weight)
}

private func shown(
  _ what: String, _ text: String, at path: String = place, weight: HostileCase.Weight = .light
) -> HostileCase {
  HostileCase("a document \(what) is taken in", .shown, weight: weight) { draft in
    draft.share(text, at: path)
  }
}

/// A post its schema accepts, with these words in it.
public func post(title: String = "\"Titre\"", more: String = "", id: String = "01m7000000000000000000000x")
  -> String
{
  """
  {"createdAt": "2026-11-03T09:00:00-05:00", "createdBy": "eve", "id": "\(id)", "kind": "post",
   "state": "draft", "title": \(title)\(more.isEmpty ? "" : ", " + more)}

  """
}

private func repeated(_ text: String, _ times: Int) -> String { String(repeating: text, count: times) }

private let unreadable = [
  left("that is empty", ""), left("of spaces", " \n\t "), left("that breaks off", #"{"id": "a", "titl"#),
  left("that breaks off in a string", #"{"id": "a"#), left("with a comma too many", #"{"id": "a",}"#),
  left("with words after its end", post() + "]"), left("with two values", post() + post()),
  left("in single quotes", "{'id': 'a'}"), left("with comments", "{\"id\": \"a\" /* mot */}"),
  left("with a key without quotes", #"{id: "a"}"#), left("with NaN", #"{"id": "a", "n": NaN}"#),
  left("with a key twice", #"{"id": "a", "id": "b", "kind": "post"}"#),
  left("with a key twice, once in escapes", #"{"id": "a", "\u0069d": "b", "kind": "post"}"#),
  left("with a raw line break in a string", "{\"id\": \"a\nb\"}"),
  left("with a raw escape in a string", "{\"id\": \"\u{1B}[2J\"}"),
  left("with a zero byte", Array("{\"id\": \"a".utf8) + [0] + Array("\"}".utf8)),
  left("with half a surrogate pair in escapes", post(title: #""\ud800""#)),
  left("with a surrogate pair the wrong way round", post(title: #""\udc00\ud800""#)),
  left("with a number of no end", #"{"id": "a", "n": 1e}"#),
  left("with a leading zero", #"{"id": "a", "n": 007}"#),
  left("that git stopped merging", "<<<<<<< HEAD\n\(post())=======\n\(post())>>>>>>> eve\n"),
  left(
    "that stands for a file elsewhere", "version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 3\n"),
  left("that is a list", "[]"), left("that is a word", "null"), left("of no kind", #"{"id": "a"}"#),
  left("of a kind nobody knows", #"{"id": "a", "kind": "virus"}"#),
  left("whose kind is a number", #"{"id": "a", "kind": 7}"#),
]

private let notUTF8 = [
  left("with a byte order mark", [0xEF, 0xBB, 0xBF] + Array(post().utf8)),
  left(
    "in UTF-16, little end first", [0xFF, 0xFE] + post().utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }),
  left(
    "in UTF-16, big end first", [0xFE, 0xFF] + post().utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }),
  left("in UTF-16 without a mark", post().utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }),
  left("in UTF-32", post().unicodeScalars.flatMap { [UInt8($0.value & 255), 0, 0, 0] }),
  left(
    "in Latin 1",
    Array(#"{"id": "a", "kind": "post", "title": "#.utf8) + [0x22, 0xE9, 0x74, 0xE9, 0x22, 0x7D]),
  left("with an overlong quote", Array(#"{"id": ""#.utf8) + [0xC0, 0xA2] + Array(#""}"#.utf8)),
  left("with a surrogate in UTF-8", Array(#"{"id": ""#.utf8) + [0xED, 0xA0, 0x80] + Array(#""}"#.utf8)),
  left("that breaks off inside a character", Array(#"{"id": ""#.utf8) + [0xE2, 0x82]),
]

private let bigOrDeep = [
  left("65 lists deep", "{\"id\": \"a\", \"n\": \(repeated("[", 65))\(repeated("]", 65))}"),
  left("10,000 objects deep", repeated("{\"a\": ", 10_000) + "1" + repeated("}", 10_000)),
  left("a million lists deep", repeated("[", 1_000_000), weight: .heavy),
  left("of five million bytes", post(title: "\"\(repeated("x", 5_000_000))\""), weight: .heavy),
  left("of 30 million bytes", post(title: "\"\(repeated("x", 30_000_000))\""), weight: .heavy),
  HostileCase(
    "a document of 60 million bytes is refused", .refused(.path(Array(place.utf8))), weight: .heavy
  ) { draft in draft.share(post(title: "\"\(repeated("x", 60_000_000))\""), at: place) },
  left("of 100,000 equal keys", "{\(repeated("\"a\": 1, ", 100_000))\"b\": 1}", weight: .heavy),
  shown(
    "of 100,000 keys", post(more: (1...100_000).map { "\"k\($0)\": 1" }.joined(separator: ", ")),
    weight: .heavy),
  shown("of a million numbers", post(more: "\"n\": [1\(repeated(",1", 1_000_000))]"), weight: .heavy),
  shown("with a thousand digits", post(more: "\"n\": \(repeated("9", 1000))")),
  shown("with an exponent beyond all numbers", post(more: "\"n\": 1e999999999")),
  shown("with an exponent below all numbers", post(more: "\"n\": -1E-999999999")),
  shown("with a body of 2,000 empty lines", post(more: "\"body\": \"\(repeated("\\n", 2000))approuvé\"")),
  shown(
    "with 200,000 accents on one letter", post(title: "\"a\(repeated("\u{301}", 200_000))\""), weight: .heavy),
  shown("with a tag that never ends", post(more: "\"body\": \"\(repeated("#a", 100_000))\""), weight: .heavy),
  shown(
    "with addresses that never end", post(more: "\"body\": \"\(repeated("http://a.b/(", 40_000))\""),
    weight: .heavy),
]

private let readable = [
  shown("with keys that differ only in the form of an accent", post(more: "\"e\u{301}\": 1, \"\u{E9}\": 2")),
  shown("with a key for the prototype", post(more: #""__proto__": {"approved": true}, "constructor": 1"#)),
  shown("with an empty key", post(more: #""": 1, "/": 2, "~": 3, "@": 4"#)),
  shown("with a zero in escapes", post(title: #""a\u0000b""#)),
  shown("with minus zero", post(more: #""n": -0, "m": -0.0e-0"#)),
  shown("with the id of another", post(id: "01m7000000000000000000000a")),
  shown("with an id that is a path", post(id: "../../../etc/passwd")),
  shown("with an id of 100,000 signs", post(id: repeated("x", 100_000))),
  shown("with an empty id", post(id: "")),
  shown("that links to a program", post(more: #""links": [{"id": "a", "url": "javascript:alert(1)"}]"#)),
  shown("of git that hides every file", "*\n", at: ".gitignore"),
  shown(
    "of git that runs a filter", "* filter=mal diff=mal merge=mal\n*.json text eol=crlf\n",
    at: ".gitattributes"),
  shown("of git that renames people", "Ana <ana@exemple.example> <eve@exemple.example>\n", at: ".mailmap"),
  shown(
    "that describes a pattern of endless search",
    #"{"$id": "mal", "type": "object", "properties": {"title": {"pattern": "^(a+)+$"}}}"#,
    at: "schemas/mal.json"),
  shown("that describes itself by itself", ##"{"$ref": "#"}"##, at: "schemas/mal.json"),
  shown(
    "that describes by a file of the system",
    #"{"$ref": "file:///etc/passwd", "properties": {"a": {"$ref": "../../x.json"}}}"#, at: "schemas/mal.json"),
  shown("that describes a post by nothing", "false", at: "schemas/post.json"),
  shown("that is no record of a conflict", "[]", at: "conflicts/posts/mauvais.json"),
  shown(
    "that is a record of a conflict in nothing",
    ##"{"/title": {"candidates": ["a", "b\u001b[2J"]}, "nulle part": 3}"##, at: "conflicts/posts/absent.json"),
]

private let settings = [
  HostileCase("a device that asks for a newer format is refused", .refused(.history)) { draft in
    draft.share(
      #"{"formatVersion": 2, "id": "a", "kind": "workspace", "mergeRulesVersion": 1}"#, at: "ligne.json")
  },
  HostileCase("a device that asks for newer rules is refused", .refused(.history)) { draft in
    draft.share(
      #"{"formatVersion": 1, "id": "a", "kind": "workspace", "mergeRulesVersion": 99}"#, at: "ligne.json")
  },
  HostileCase(
    "a team that asks for a newer format is not followed", .stopped(code: "newer-version"),
    at: HostileDraft.main
  ) { draft in
    let file = draft.blob(#"{"formatVersion": 9007199254740993, "id": "a", "kind": "workspace"}"#)
    draft.point(
      HostileDraft.main, to: draft.commit(draft.tree(draft.top(with: [.init("ligne.json", file)]))))
  },
  HostileCase("settings nobody can read are left and named", .left(document: "ligne.json")) { draft in
    draft.share("{\"formatVersion\": 1,", at: "ligne.json")
  },
  HostileCase("settings whose format is a word are taken in", .shown) { draft in
    draft.share(#"{"formatVersion": "deux", "id": "a", "kind": "workspace"}"#, at: "ligne.json")
  },
  HostileCase("settings whose format is beyond all numbers are taken in", .shown) { draft in
    draft.share(#"{"formatVersion": 1e400, "id": "a", "kind": "workspace"}"#, at: "ligne.json")
  },
]
