import CommitJoin
import JSONTree
import ObjectModel
import TestSupport
import ThreeWayMerge

/// People with one shared history in memory, each with a head of their own.
///
/// Every edit and every exchange is drawn from one seed; the same seed gives the same history.
struct Team {
  let store = InMemoryObjectStore()
  var random: SeededRandom
  /// Each person's head.
  var heads: [ObjectID]
  /// Every commit a person made, in the order they were made.
  var userCommits: [ObjectID] = []
  private var clock: Int64 = 1_790_000_000
  private var words = 0

  static let path = "posts/a.json"

  /// The rules of the document the team writes.
  static let rules = MergeRules { _ in
    .object(
      members: [
        "body": .text, "labels": .set, "state": .ordered(["idea", "draft", "cancelled"]),
        "thread": .list(key: "id", element: .object(members: ["body": .text], others: .byShape)),
      ], others: .byShape)
  }

  init(people: Int, seed: UInt64) throws {
    random = SeededRandom(seed: seed)
    heads = []
    let start: JSONValue = [
      "body": "Le marché ouvre samedi. Venez tôt avec vos paniers.\nOn vous attend.",
      "labels": ["marché", "été"], "state": "idea", "title": "Marché",
      "thread": [["id": "1", "body": "un"], ["id": "2", "body": "deux"], ["id": "3", "body": "trois"]],
    ]
    let tree = try store.tree(applying: [(WorkspacePath(Self.path), file(start))], to: nil)
    let first = try commit(tree, parents: [], by: 0)
    heads = Array(repeating: first, count: people)
  }

  func file(_ value: JSONValue) throws -> TreeFile {
    TreeFile(mode: .file, id: try store.write(blob: value.canonicalForm))
  }

  func document(at head: ObjectID, path: String = Team.path) throws -> JSONValue? {
    let tree = try store.commit(head).tree
    guard let file = try store.file(at: WorkspacePath(path), in: tree) else { return nil }
    return try JSONValue(parsing: store.blob(file.id))
  }

  mutating func commit(_ tree: ObjectID, parents: [ObjectID], by person: Int) throws -> ObjectID {
    // Clocks of people are off by years, both ways.
    clock += 60
    let time = clock + Int64(person) * 30_000_000 * (person.isMultiple(of: 2) ? 1 : -1)
    let author = Signature(
      name: "P\(person)", email: "p\(person)@exemple.example", time: time, offsetMinutes: -300)
    let id = try store.write(
      Commit(tree: tree, parents: parents, author: author, committer: author, message: "travail \(clock)\n"))
    userCommits.append(id)
    return id
  }

  /// A person changes the document at their head.
  mutating func edit(by person: Int) throws {
    let head = heads[person]
    var edits: [(WorkspacePath, TreeFile?)] = []
    let path = try WorkspacePath(Self.path)
    let current = try document(at: head)
    if let record = try document(at: head, path: "conflicts/" + Self.path), random.chance(1, in: 2) {
      edits.append((try path.conflictRecord, nil))  // Settles everything by leaving it as shown.
      _ = record
    }
    if let current {
      edits.append((path, random.chance(1, in: 20) ? nil : try file(changed(current))))
    } else {
      edits.append((path, try file(["title": JSONValue(newWord())])))
    }
    let tree = try store.tree(applying: edits, to: store.commit(head).tree)
    heads[person] = try commit(tree, parents: [head], by: person)
  }

  private mutating func newWord() -> String {
    words += 1
    return "mot\(words)"
  }

  private mutating func changed(_ document: JSONValue) throws -> JSONValue {
    guard var object = document.object else { return document }
    switch random.next() % 9 {
    case 0: object["title"] = JSONValue(random.chance(1, in: 3) ? "Marché" : newWord())
    case 1, 2, 3: object["body"] = JSONValue(rewritten(object["body"]?.text ?? ""))
    case 4:
      var labels = object["labels"]?.array ?? []
      if !labels.isEmpty, random.chance(1, in: 2) {
        labels.remove(at: Int(random.next() % UInt64(labels.count)))
      } else {
        labels.append(JSONValue(newWord()))
      }
      object["labels"] = .array(labels)
    case 5: object["state"] = random.pick(["idea", "draft", "cancelled"])
    case 6:
      var thread = object["thread"]?.array ?? []
      thread.insert(["id": JSONValue(newWord()), "body": JSONValue(newWord())], at: 0)
      object["thread"] = .array(thread)
    case 7:
      var thread = object["thread"]?.array ?? []
      if thread.count > 1 {
        let element = thread.remove(at: Int(random.next() % UInt64(thread.count)))
        if random.chance(2, in: 3) {
          thread.insert(element, at: Int(random.next() % UInt64(thread.count + 1)))
        }
      }
      object["thread"] = .array(thread)
    default:
      var thread = object["thread"]?.array ?? []
      if !thread.isEmpty {
        let place = Int(random.next() % UInt64(thread.count))
        var element = thread[place].object ?? JSONObject()
        element["body"] = JSONValue(rewritten(element["body"]?.text ?? ""))
        thread[place] = .object(element)
        object["thread"] = .array(thread)
      }
    }
    return .object(object)
  }

  private mutating func rewritten(_ text: String) -> String {
    var tokens = textTokens(text).map(\.text)
    let place = tokens.isEmpty ? 0 : Int(random.next() % UInt64(tokens.count))
    switch random.next() % 3 {
    case 0 where !tokens.isEmpty: tokens[place] = newWord()
    case 1 where tokens.count > 2: tokens.remove(at: place)
    default: tokens.insert(contentsOf: [newWord(), " "], at: place)
    }
    return tokens.joined()
  }

  func join(_ heads: [ObjectID], anchor: ObjectID? = nil) throws -> JoinOutcome {
    let all = heads + [anchor].compactMap { $0 }
    var graph = CommitGraph()
    for head in all { try graph.add(head, from: store) }
    var join = try Join(heads: all, of: graph, in: store, rules: { _ in Self.rules })
    return try join.join(heads, anchor: anchor)
  }

  /// One person takes in another's head.
  mutating func exchange(_ person: Int, from other: Int) throws {
    heads[person] = try join([heads[person], heads[other]]).commit
  }

  /// A history of edits and partial exchanges.
  mutating func live(steps: Int) throws {
    for _ in 0..<steps {
      let person = Int(random.next() % UInt64(heads.count))
      if random.chance(3, in: 5) {
        try edit(by: person)
      } else {
        try exchange(person, from: Int(random.next() % UInt64(heads.count)))
      }
    }
  }
}
