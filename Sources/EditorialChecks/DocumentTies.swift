public import Documents
import EditorialDesk
public import JSONTree
import Wording

/// Which other documents a document may have to do with, in few words: enough to tell which ones have to be read to
/// check some, and nothing that depends on the moment or on other documents.
public struct DocumentTies: Hashable, Sendable {
  public var id: JSONString
  public var kind: JSONString
  /// The ids of other documents that stand in it, sorted.
  public var named: [JSONString]
  /// Numbers that documents share which meet without naming each other: the minutes of a channel, a quotation, a
  /// conversation of a platform. Sorted; two that meet by chance are read together, and that is all.
  public var meetings: [UInt64]

  public init(id: JSONString, kind: JSONString, named: [JSONString], meetings: [UInt64]) {
    (self.id, self.kind, self.named, self.meetings) = (id, kind, named, meetings)
  }

  /// - Returns: `nil` for a document without an id of the form they have: nothing can be told of who names it.
  public init?(of document: Document) {
    guard ULID(document.id.text) != nil else { return nil }
    var named: Set<JSONString> = []
    collectIDs(in: document.value, into: &named)
    named.remove(document.id)
    self.init(
      id: document.id, kind: document.kind.name, named: named.sorted(),
      meetings: Set(Self.meetings(of: document)).sorted())
  }

  private static func meetings(of document: Document) -> [UInt64] {
    switch document.kind.name {
    case Post.kind:
      let post = Post(document.value)
      let times = post.variants.flatMap { variant -> [UInt64] in
        guard let time = variant.schedule.flatMap({ Instant(rfc3339: $0.at) }) else { return [] }
        // Two that are close lie in one stretch of time or in two that follow each other.
        let stretch = time.secondsSince1970 / Release.secondsTooClose
        return [stretch, stretch + 1].map { number(["minutes", variant.channel, JSONString(String($0))]) }
      }
      return times + Quotation.all(in: post).map { number(["quotation", $0.source, $0.words]) }
    case Conversation.kind:
      let conversation = Conversation(document.value)
      guard let channel = conversation.channel, let externalId = conversation.externalId else { return [] }
      return [number(["conversation", channel, externalId])]
    default: return []
    }
  }

  private static func number(_ words: [JSONString]) -> UInt64 {
    fingerprint(words.flatMap { $0.text.utf8.map(UInt64.init) + [256] })
  }
}

private func collectIDs(in value: JSONValue, into ids: inout Set<JSONString>) {
  switch value {
  case .string(let string): if ULID(string.text) != nil { ids.insert(string) }
  case .array(let elements): for element in elements { collectIDs(in: element, into: &ids) }
  case .object(let object): for member in object.members { collectIDs(in: member.value, into: &ids) }
  case .null, .bool, .number: break
  }
}

/// The documents that a check of some has to read, of all that there are.
///
/// Checking the chosen ones finds of the asked ones what checking all would find. What there are few of, and what
/// rules, people and crises are, is always among them; of posts, replies, conversations, pictures, sources and what was
/// decided about them only what is tied to the asked ones: named by them, naming them, deciding about them, going out
/// in the same minutes, quoting the same words.
///
/// - Parameters:
///   - asked: The places in `ties` of the documents that are checked.
///   - ties: Of every document of the tree.
/// - Returns: Places in `ties`, sorted.
public func documentsNeeded(toCheck asked: Set<Int>, among ties: [DocumentTies]) -> [Int] {
  let web = Web(ties)
  var chosen = Set(ties.indices.filter { !isMany(ties[$0].kind) })
  // A yes to the policy of the workspace counts for everything.
  chosen.formUnion(chosen.flatMap { web.namers(of: $0, decisionsOnly: true) })
  chosen.formUnion(asked)
  let subjects = asked.union(asked.flatMap(web.named(by:)))
  let near = subjects.union(subjects.flatMap { web.namers(of: $0) }).union(asked.flatMap(web.meeting(with:)))
  chosen.formUnion(near)
  // Where those stand that the asked ones meet: what was decided about them.
  chosen.formUnion(near.flatMap { web.namers(of: $0, decisionsOnly: true) })
  chosen.formUnion(chosen.filter { isMany(ties[$0].kind) }.flatMap(web.named(by:)))
  // Of two files with one id the first counts, so both are looked at.
  chosen.formUnion(chosen.flatMap(web.namesakes(of:)))
  return chosen.sorted()
}

/// Whether a workspace has many documents of a kind, which say little of each other.
private func isMany(_ kind: JSONString) -> Bool { manyKinds.contains(kind) }

private let decisionKinds: Set<JSONString> = [Review.kind, Publication.kind, Comment.kind]
private let manyKinds: Set<JSONString> = decisionKinds.union([
  Post.kind, Reply.kind, Conversation.kind, Asset.kind, Source.kind,
])

/// Who names whom.
private struct Web {
  private let ties: [DocumentTies]
  private var places: [JSONString: [Int]] = [:]
  private var naming: [JSONString: [Int]] = [:]
  private var meetings: [UInt64: [Int]] = [:]

  init(_ ties: [DocumentTies]) {
    self.ties = ties
    for (place, tie) in ties.enumerated() {
      places[tie.id, default: []].append(place)
      for id in tie.named { naming[id, default: []].append(place) }
      for meeting in tie.meetings { meetings[meeting, default: []].append(place) }
    }
  }

  func named(by place: Int) -> [Int] { ties[place].named.flatMap { places[$0] ?? [] } }

  func namesakes(of place: Int) -> [Int] { places[ties[place].id] ?? [] }

  func meeting(with place: Int) -> [Int] { ties[place].meetings.flatMap { meetings[$0] ?? [] } }

  /// Who names a document. Posts that share a picture, a source or a campaign have nothing else in common.
  func namers(of place: Int, decisionsOnly: Bool = false) -> [Int] {
    let isTalk = [Post.kind, Reply.kind, Conversation.kind, Comment.kind].contains(ties[place].kind)
    let namers = naming[ties[place].id] ?? []
    return isTalk && !decisionsOnly ? namers : namers.filter { decisionKinds.contains(ties[$0].kind) }
  }
}

/// Whether a rule in the guidelines of a tree compares every text with all others, so that all have to be read.
public func comparesTexts(in documents: DocumentCollection) -> Bool {
  documents.views(Guideline.self).flatMap(\.view.rules).contains { rule in
    rule.isEnabled && RuleKinds.collections.contains { $0.check == rule.check }
  }
}
