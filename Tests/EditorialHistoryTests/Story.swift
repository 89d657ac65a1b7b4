import JSONTree
import ObjectModel
import TestSupport
import ThreeWayMerge

/// People who write at the same time, drawn from one seed.
struct Story {
  var newsroom = Newsroom()
  private var random: SeededRandom
  private(set) var heads: [ObjectID]
  /// Every commit and join, in the order they were made.
  private(set) var commits: [ObjectID]
  /// Which commit wrote each new word first; no word is written twice.
  private(set) var writers: [String: ObjectID] = [:]
  private let joins: Bool
  private let settles: Bool
  private var words = 0
  private var now = 0

  static let people = ["Ana", "Léo", "Zoé"]

  /// - Parameter settles: Whether people also settle conflicts, and write again what somebody took away.
  init(seed: UInt64, joins: Bool, settles: Bool = false) throws {
    random = SeededRandom(seed: seed)
    self.joins = joins
    self.settles = settles
    let start = try newsroom.commit([
      "posts/a.json": post("a", #""body":"Le marché ouvre samedi. Venez tôt. On vous attend.","at":0"#),
      "posts/b.json": post("b", #""body":"Bonjour à toutes et aux autres.","at":0"#),
    ])
    heads = Array(repeating: start, count: Self.people.count)
    commits = [start]
  }

  mutating func live(steps: Int) throws {
    for _ in 0..<steps {
      let person = Int(random.next() % UInt64(heads.count))
      if joins, random.chance(1, in: 3) {
        let other = heads[Int(random.next() % UInt64(heads.count))]
        if other != heads[person] { heads[person] = try newsroom.join(heads[person], other) }
      } else if settles, random.chance(1, in: 3) {
        try settleOrBringBack(by: person)
      } else {
        try edit(by: person)
      }
      commits.append(heads[person])
    }
  }

  mutating func joinAll() throws -> ObjectID {
    var head = heads[0]
    for other in heads.dropFirst() where other != head {
      head = try newsroom.join(head, other)
      commits.append(head)
    }
    return head
  }

  private mutating func edit(by person: Int) throws {
    let files = try newsroom.store.files(in: newsroom.tree(of: heads[person]), under: WorkspacePath("posts"))
    var edits: [String: String?] = [:]
    var written: [String] = []
    guard let (path, file) = files.isEmpty ? nil : random.pick(files) else { return }
    var document = try JSONValue(parsing: newsroom.store.blob(file.id)).object ?? JSONObject()
    switch random.next() % 12 {
    case 0: edits[path.text] = .some(nil)
    case 1, 2:
      let id = document["id"]?.text ?? ""
      edits[path.text] = .some(nil)
      edits["posts/\(id)-\(random.next() % 3).json"] = text(document)
    case 3:
      written.append(newWord())
      edits["posts/\(written[0]).json"] = post(written[0], #""body":"\#(written[0])""#)
    case 4, 5, 6:
      written.append(newWord())
      document["at"] = JSONValue(written[0])
      edits[path.text] = text(document)
    default:
      written.append(newWord())
      document["body"] = JSONValue(rewritten(document["body"]?.text ?? "", with: written[0]))
      edits[path.text] = text(document)
    }
    try commit(edits, by: person)
    for word in written { writers[word] = heads[person] }
  }

  /// Takes a candidate of an open conflict; where there is none, what a document said at another time.
  private mutating func settleOrBringBack(by person: Int) throws {
    let head = heads[person]
    let files = try newsroom.store.files(in: newsroom.tree(of: head), under: WorkspacePath("posts"))
    guard let (path, file) = files.isEmpty ? nil : random.pick(files) else { return }
    var document = try JSONValue(parsing: newsroom.store.blob(file.id)).object ?? JSONObject()
    var edits: [String: String?] = [:]
    let open = try newsroom.openConflicts(path.text, at: head).list.filter { $0.pointer.steps.count == 1 }
    if let (pointer, conflict) = open.first {
      document[pointer.steps[0].name] = random.pick(conflict.values)
      edits["conflicts/" + path.text] = .some(nil)
    } else if let old = try newsroom.document(path.text, at: random.pick(commits)),
      old["id"] == document["id"]
    {
      document["body"] = old["body"]
    } else {
      return
    }
    edits[path.text] = text(document)
    try commit(edits, by: person)
  }

  private mutating func commit(_ edits: [String: String?], by person: Int) throws {
    // Clocks of people are off by days.
    now += 1
    let day = 10 + (now / 4 + person * 5) % 18
    heads[person] = try newsroom.commit(
      edits, after: heads[person], by: Self.people[person], at: "2026-11-\(day)T10:00:00-05:00",
      message: "travail \(now)\n")
  }

  private func text(_ document: JSONObject) -> String {
    String(decoding: JSONValue.object(document).canonicalBytes, as: UTF8.self)
  }

  private mutating func newWord() -> String {
    words += 1
    return "mot\(words)"
  }

  private mutating func rewritten(_ text: String, with word: String) -> String {
    var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let place = words.isEmpty ? 0 : Int(random.next() % UInt64(words.count))
    if words.isEmpty || random.chance(1, in: 3) { words.insert(word, at: place) } else { words[place] = word }
    return words.joined(separator: " ")
  }
}
