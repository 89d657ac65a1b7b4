import ObjectModel

/// What a terminal would obey, in every place that is printed.
///
/// The text is the same everywhere: it clears the screen, fills the clipboard, sets the window’s title, goes back to
/// the start of the line to cover it, turns the direction of what follows, and hides letters.
let attack =
  "\u{1B}[2J\u{1B}]52;c;aGk=\u{07}\u{9B}1m\u{1B}]0;x\u{07}\rapprouvé\u{202E}\u{2066}\u{200B}\u{E0041}\u{8}"

/// The same in the escapes of JSON.
private let escaped = attack.utf16.map { unit in
  let digits = String(unit, radix: 16)
  return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
}.joined()

let printedCases: [HostileCase] = inDocuments + inVersions

private func document(_ place: String, _ text: String, at path: String = "posts/mauvais.json") -> HostileCase
{
  HostileCase("what a terminal would obey, in \(place), is shown", .shown) { draft in
    draft.share(text, at: path)
  }
}

private let inDocuments = [
  document("a title", post(title: "\"\(escaped)\"")),
  document("a body", post(more: "\"body\": \"\(escaped)\\n\(escaped)\"")),
  document("an id", post(id: escaped)), document("a key", post(more: "\"\(escaped)\": \"\(escaped)\"")),
  document("a state", post().replacing("draft", with: escaped)),
  document("a language", post(more: "\"language\": \"\(escaped)\"")),
  document("the name of who made it", post().replacing("eve", with: escaped)),
  document("the date it was made", post().replacing("2026-11-03T09:00:00-05:00", with: escaped)),
  document("a label", post(more: "\"labels\": [\"\(escaped)\"]")),
  document("a hashtag", post(more: "\"hashtags\": [\"\(escaped)\"]")),
  document("the name of a channel", post(more: "\"variants\": {\"\(escaped)\": {\"mode\": \"\(escaped)\"}}")),
  document("an address", post(more: "\"links\": [{\"id\": \"\(escaped)\", \"url\": \"\(escaped)\"}]")),
  document(
    "a member’s name",
    "{\"id\": \"equipe\", \"kind\": \"team\", \"members\": [{\"id\": \"eve\", \"name\": \"\(escaped)\"}]}",
    at: "team.json"),
  document(
    "the brand", "{\"brand\": \"\(escaped)\", \"formatVersion\": 1, \"id\": \"a\", \"kind\": \"workspace\"}",
    at: "ligne.json"),
  document(
    "a rule of the line",
    """
    {"id": "01m7000000000000000000000g", "kind": "guideline", "title": "\(escaped)", "state": "active", "rules":
     [{"id": "\(escaped)", "check": "existence", "level": "error", "message": "\(escaped)",
       "parameters": {"tokens": ["titre"], "patterns": ["(\(escaped)"]}}]}
    """, at: "guidelines/mal.json"),
  document(
    "a schema", "{\"$id\": \"\(escaped)\", \"title\": \"\(escaped)\", \"description\": \"\(escaped)\"}",
    at: "schemas/mal.json"),
  document("a file that is no document", attack, at: "notes/mauvais.txt"),
  HostileCase(
    "what a terminal would obey, in a kind nobody knows, is shown", .left(document: "posts/mauvais.json")
  ) { draft in draft.share("{\"id\": \"a\", \"kind\": \"\(escaped)\"}", at: "posts/mauvais.json") },
  HostileCase(
    "what a terminal would obey, in a key twice, is shown", .left(document: "posts/mauvais.json")
  ) { draft in
    draft.share("{\"\(escaped)\": 1, \"\(escaped)\": 2, \"kind\": \"post\"}", at: "posts/mauvais.json")
  },
  HostileCase(
    "what a terminal would obey, in the text of a schema nobody can read, is shown",
    .left(document: "schemas/mal.json")
  ) {
    draft in draft.share("{\"$id\": \(attack)", at: "schemas/mal.json")
  },
]

private func version(
  _ place: String, _ verdict: HostileCase.Verdict = .shown,
  _ make: @escaping @Sendable (inout HostileDraft) -> ObjectID
) -> HostileCase {
  HostileCase("what a terminal would obey, in \(place), is shown", verdict) { draft in
    draft.point(to: make(&draft))
  }
}

private let name = attack.replacing("\n", with: "")

private let inVersions = [
  version("the name of an author") { draft in
    let file = draft.blob(post())
    return draft.commit(
      draft.tree(draft.top(with: [.init("mauvais.json", file)])),
      author: "\(name) <eve@exemple.example> 1790000000 +0000")
  },
  version("the mail of an author") { draft in
    draft.commit(draft.tree(draft.top(with: [])), author: "Eve <\(name)> 1790000000 +0000")
  },
  version("the name of who recorded it") { draft in
    draft.commit(draft.tree(draft.top(with: [])), committer: "\(name) <\(name)> 1790000000 +0000")
  },
  version("a message") { draft in
    draft.commit(draft.tree(draft.top(with: [])), message: Array((attack + "\n\n" + attack + "\n").utf8))
  },
  version("a message of no text") { draft in
    draft.commit(draft.tree(draft.top(with: [])), message: [0xFF, 0xFE, 0x1B, 0x5B, 0x32, 0x4A, 0xE9, 0x0A])
  },
  version("a trailer") { draft in
    draft.commit(
      draft.tree(draft.top(with: [])),
      message: Array("a\n\nLigne-Kept: \(attack)\nLigne-Join: \(attack)\n".utf8))
  },
  version("a header nobody knows") { draft in
    draft.commit(
      draft.tree(draft.top(with: [])), headers: "mal \(attack)\nencoding \(attack)\ngpgsig \(attack)\n")
  },
  version("a refused name and its author", .refused(.path(Array(attack.utf8)))) { draft in
    let file = draft.blob("des mots\n")
    return draft.commit(
      draft.tree(draft.top(with: [.init(attack, file)])), author: "\(name) <\(name)> 1790000000 +0000")
  },
]
