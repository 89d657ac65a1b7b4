import EditorialHistory
import JSONTree
import ObjectModel
import TestSupport
import Testing
import ThreeWayMerge

/// Blame beside a replay that knows nothing of differences, trails or stages: it asks of every word of every version
/// whether one of the versions before had it.
@Suite struct BlameLawTests {
  static let seeds: Range<UInt64> = 0..<150

  @Test(arguments: seeds) func equalsTheNaiveReplayWordForWord(seed: UInt64) throws {
    var story = try Story(seed: seed, joins: !seed.isMultiple(of: 3), settles: true)
    try story.live(steps: 24)
    let head = try story.joinAll()
    let newsroom = story.newsroom
    let history = try newsroom.history(from: head)
    let replay = try NaiveReplay(of: newsroom, commits: story.commits)
    for (path, _) in try newsroom.store.files(in: newsroom.tree(of: head), under: WorkspacePath("posts")) {
      let document = try #require(try newsroom.document(path.text, at: head))
      let id = try #require(document["id"]?.text)
      let fields = try #require(try history.blame(of: path, as: document))
      for field in fields {
        // Passages put together are the field.
        let whole = field.passages.map(\.text).joined()
        let value = try #require(document.value(at: field.pointer))
        #expect(
          value.text.map { $0.utf8.elementsEqual(whole.utf8) } ?? true,
          "seed \(seed) \(path) \(field.pointer)")
        for passage in field.passages {
          for word in NaiveReplay.words(of: JSONValue(passage.text)) {
            let expected = replay.writer(of: word, in: field.pointer.description, ofDocument: id, at: head)
            guard case .version(let origin) = passage.by else {
              Issue.record("seed \(seed): \(word) in \(path) is by \(passage.by)")
              continue
            }
            #expect(
              origin.commit == expected,
              "seed \(seed): \(word) in \(field.pointer) of \(path), wanted \(expected?.hex ?? "-")")
          }
        }
      }
    }
  }
}

/// Who wrote each word, version by version, with nothing but sets of words.
///
/// Fits histories in which a word stands at most once in a field.
private struct NaiveReplay {
  /// The words of one field, with who wrote each, and those the candidates of its conflict offer besides.
  private struct Field {
    var shown: [String: ObjectID] = [:]
    var offered: [String: ObjectID] = [:]
  }

  private var fields: [ObjectID: [String: Field]] = [:]
  private var ranks: [ObjectID: Int] = [:]

  init(of newsroom: Newsroom, commits: [ObjectID]) throws {
    // The order of the list of versions, by another way than the one under test: newest first.
    let listed = try commits.last.map { try newsroom.history(from: $0).versions().map(\.id) } ?? []
    for (rank, id) in listed.enumerated() { ranks[id] = rank }
    for id in commits where fields[id] == nil { fields[id] = try replay(id, newsroom) }
  }

  func writer(of word: String, in pointer: String, ofDocument id: String, at commit: ObjectID) -> ObjectID? {
    fields[commit]?["\(id) \(pointer)"]?.shown[word]
  }

  static func words(of value: JSONValue?) -> Set<String> {
    guard let value else { return [] }
    let text = value.text ?? JSONPrinter.compact.text(of: value)
    return Set(text.split { !($0.isLetter || $0.isNumber) }.map(String.init))
  }

  private func replay(_ id: ObjectID, _ newsroom: Newsroom) throws -> [String: Field] {
    let commit = try newsroom.store.commit(id)
    let parents = commit.parents.compactMap { fields[$0] }
    var result: [String: Field] = [:]
    // A document that is gone is remembered, in case it comes back.
    for parent in parents {
      for (name, field) in parent { result[name] = joined([result[name], field].compactMap { $0 }) }
    }
    let known = result
    for (path, file) in try newsroom.store.files(in: commit.tree, under: WorkspacePath("posts")) {
      guard let document = try JSONValue(parsing: newsroom.store.blob(file.id)).object,
        let name = document["id"]?.text
      else { continue }
      let open = try newsroom.openConflicts(path.text, at: id)
      // Not of a side that does not have the document, unless none has it.
      let living = try commit.parents.filter { try newsroom.has(document: name, at: $0) }.compactMap {
        fields[$0]
      }
      for member in document.members {
        let key = "\(name) /\(member.key)"
        let before = living.isEmpty ? known[key] ?? Field() : joined(living.compactMap { $0[key] })
        let isJoint = newsroom.joints.contains(id)
        func writer(of word: String) -> ObjectID { before.shown[word] ?? before.offered[word] ?? id }
        var field = Field()
        for word in Self.words(of: member.value) { field.shown[word] = writer(of: word) }
        for value in open[JSONPointer([.key(member.key)])]?.values ?? [] {
          for word in Self.words(of: value) { field.offered[word] = writer(of: word) }
        }
        if isJoint { #expect(!field.shown.values.contains(id), "nobody wrote a word of \(key)") }
        result[key] = field
      }
    }
    return result
  }

  /// Of several who wrote a word, the newest counts.
  private func joined(_ fields: [Field]) -> Field {
    func newest(_ one: ObjectID, _ other: ObjectID) -> ObjectID {
      (ranks[one] ?? .max) <= (ranks[other] ?? .max) ? one : other
    }
    return fields.reduce(into: Field()) { whole, field in
      whole.shown.merge(field.shown, uniquingKeysWith: newest)
      whole.offered.merge(field.offered, uniquingKeysWith: newest)
    }
  }
}

extension Newsroom {
  fileprivate func has(document id: String, at commit: ObjectID) throws -> Bool {
    for (_, file) in try store.files(in: tree(of: commit), under: WorkspacePath("posts"))
    where try JSONValue(parsing: store.blob(file.id))["id"]?.text == id {
      return true
    }
    return false
  }
}
