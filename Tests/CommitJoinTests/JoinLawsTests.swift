import CommitJoin
import JSONTree
import ObjectModel
import TestSupport
import Testing
import ThreeWayMerge

/// The laws of ARCHITECTURE.md, on random histories of three to five people.
///
/// A failure names its seed.
@Suite struct JoinLawsTests {
  static let seeds: Range<UInt64> = 0..<150

  @Test(arguments: seeds) func everyOrderOfArrivalGivesTheSameCommit(seed: UInt64) throws {
    var team = try Team(people: 3 + Int(seed % 3), seed: seed)
    try team.live(steps: 12)
    let heads = Array(team.heads.prefix(4))
    let all = try team.join(heads)
    for order in permutations(of: heads) {
      #expect(try team.join(order) == all, "seed \(seed)")
    }
  }

  @Test(arguments: seeds) func joiningStepByStepEndsInTheSameTree(seed: UInt64) throws {
    var team = try Team(people: 3 + Int(seed % 3), seed: seed)
    try team.live(steps: 12)
    let all = try team.join(team.heads)
    for order in permutations(of: Array(team.heads.prefix(3))) {
      var head = order[0]
      for next in order.dropFirst() { head = try team.join([head, next]).commit }
      for rest in team.heads.dropFirst(3) { head = try team.join([head, rest]).commit }
      #expect(try team.store.commit(head).tree == all.tree, "seed \(seed)")
    }
  }

  @Test(arguments: seeds) func joiningAHeadWithItselfIsThatHead(seed: UInt64) throws {
    var team = try Team(people: 3, seed: seed)
    try team.live(steps: 10)
    for head in team.heads { #expect(try team.join([head, head]).commit == head, "seed \(seed)") }
  }

  @Test(arguments: seeds) func nothingIsLost(seed: UInt64) throws {
    var team = try Team(people: 3, seed: seed)
    try team.live(steps: 12)
    let joined = try team.join(team.heads)
    let files = try team.store.files(in: joined.tree)
    var kept: Set<JSONString> = []
    for (_, file) in files { kept.formUnion(words(in: try JSONValue(parsing: team.store.blob(file.id)))) }
    // A word that stands at a head which nobody else had seen must be in the document or in a conflict.
    for (index, head) in team.heads.enumerated() {
      guard let document = try team.document(at: head) else { continue }
      let written = words(in: document)
      let knownToOthers = try wordsEverSeen(
        by: team.heads.enumerated().filter { $0.offset != index }.map(\.element), in: team)
      for word in written where !knownToOthers.contains(word) {
        #expect(kept.contains(word), "seed \(seed): « \(word) » is lost")
      }
    }
  }

  @Test(arguments: seeds) func nothingIsInvented(seed: UInt64) throws {
    var team = try Team(people: 3, seed: seed)
    try team.live(steps: 12)
    let joined = try team.join(team.heads)
    let document = try team.document(at: joined.commit)
    var everWritten: Set<JSONString> = []
    for commit in team.userCommits {
      if let document = try team.document(at: commit) { everWritten.formUnion(words(in: document)) }
    }
    for word in document.map(words) ?? [] {
      #expect(everWritten.contains(word), "seed \(seed): nobody wrote « \(word) »")
    }
  }

  @Test(arguments: seeds) func whatIsWrittenIsCanonical(seed: UInt64) throws {
    var team = try Team(people: 4, seed: seed)
    try team.live(steps: 14)
    let joined = try team.join(team.heads)
    for (path, file) in try team.store.files(in: joined.tree) {
      let bytes = try team.store.blob(file.id)
      #expect(try JSONValue(parsing: bytes).canonicalForm == bytes, "seed \(seed): \(path)")
    }
  }

  private func wordsEverSeen(by heads: [ObjectID], in team: Team) throws -> Set<JSONString> {
    var seen: Set<ObjectID> = []
    var stack = heads
    var words: Set<JSONString> = []
    while let id = stack.popLast() {
      guard seen.insert(id).inserted else { continue }
      if let document = try team.document(at: id) { words.formUnion(self.words(in: document)) }
      stack += try team.store.commit(id).parents
    }
    return words
  }

  /// The marked words of a document: those that exactly one edit brought in.
  private func words(in value: JSONValue) -> Set<JSONString> {
    switch value {
    case .string(let string): Set(textTokens(string.text).filter { $0.text.hasPrefix("mot") })
    case .array(let elements): elements.reduce(into: []) { $0.formUnion(words(in: $1)) }
    case .object(let object): object.members.reduce(into: []) { $0.formUnion(words(in: $1.value)) }
    default: []
    }
  }
}

func permutations<Element>(of elements: [Element]) -> [[Element]] {
  guard let first = elements.first else { return [[]] }
  return permutations(of: Array(elements.dropFirst())).flatMap { rest in
    (0...rest.count).map { place in
      var order = rest
      order.insert(first, at: place)
      return order
    }
  }
}
