public import Documents
import EditorialDesk
import EditorialReview
public import JSONTree
public import ObjectModel
public import Wording

/// Which other documents a document may have to do with, in few words: enough to tell which ones have to be read to
/// check some, and nothing that depends on the moment or on other documents.
public struct DocumentTies: Hashable, Sendable {
  public var id: JSONString
  public var kind: JSONString
  /// The ids of other documents that stand in it, sorted.
  public var named: [JSONString]
  /// Numbers that documents share which meet without naming each other: the minutes of a channel, a quotation, a
  /// conversation of a platform, a file. Sorted; two that meet by chance are read together, and that is all.
  public var meetings: [UInt64]
  /// Until when somebody may be asked because of it, to decide or to answer; `nil` for never.
  public var asksUntil: Instant?

  public init(
    id: JSONString, kind: JSONString, named: [JSONString], meetings: [UInt64], asksUntil: Instant?
  ) {
    (self.id, self.kind, self.named, self.meetings) = (id, kind, named, meetings)
    self.asksUntil = asksUntil
  }

  /// - Returns: `nil` for a document without an id of the form they have: nothing can be told of who names it.
  public init?(of document: Document) {
    guard ULID(document.id.text) != nil else { return nil }
    var named: Set<JSONString> = []
    collectIDs(in: document.value, into: &named)
    named.remove(document.id)
    self.init(
      id: document.id, kind: document.kind.name, named: named.sorted(),
      meetings: Set(Self.meetings(of: document)).sorted(), asksUntil: Self.asksUntil(document))
  }

  /// What never ends.
  public static let always = Instant(secondsSince1970: .max)

  /// By what it says alone. Nobody is asked about any other document but by one of these that names it: a review, or an answer
  /// to a conversation.
  private static func asksUntil(_ document: Document) -> Instant? {
    switch document.kind.name {
    case Post.kind:
      let post = Post(document.value)
      if post.state == "in-review" { return always }
      // What is to go out by itself, where it takes a yes.
      return post.variants.compactMap { post.releaseTime(on: $0.channel) }.max()
    case Conversation.kind:
      let conversation = Conversation(document.value)
      return conversation.claim == nil && conversation.assignee == nil ? nil : always
    case Reply.kind, Review.kind, Team.kind, WorkspaceSettings.kind: return always
    default: return nil
    }
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
    case Asset.kind: return Asset(document.value).path.map { [number(of: $0)] } ?? []
    default: return []
    }
  }

  /// By which documents that say something of a file are found.
  public static func number(of file: WorkspacePath) -> UInt64 { number(["file", JSONString(file.text)]) }

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

/// What documents are tied to, with ways to look it up: by who has an id, who names it, who meets where.
public protocol TiedDocuments {
  /// Those of which a workspace has few, which are always looked at: see ``DocumentTies/isOfFew``.
  var few: [Int] { get }
  func ties(of place: Int) -> DocumentTies
  /// Mostly one; of two files with one id both.
  func places(of id: JSONString) -> [Int]
  func places(naming id: JSONString) -> [Int]
  /// Those of them that decide something: thousands may name a channel or a picture, and say nothing of it.
  func decisions(naming id: JSONString) -> [Int]
  func places(meeting number: UInt64) -> [Int]
  /// Those because of which somebody may be asked, at some time.
  var asking: [Int] { get }
}

/// The documents about which somebody may be asked to decide, or that somebody may have to answer: all of those, and some more.
///
/// - Returns: Places, sorted.
public func documentsThatMayAsk(among documents: some TiedDocuments, at now: Instant) -> [Int] {
  var places: Set<Int> = []
  for place in documents.asking {
    let ties = documents.ties(of: place)
    guard let end = ties.asksUntil, end > now else { continue }
    // A decision is about what it names, an answer is one to what it names.
    if ties.kind != Review.kind { places.insert(place) }
    if [Review.kind, Reply.kind].contains(ties.kind) {
      places.formUnion(ties.named.flatMap { documents.places(of: $0) })
    }
  }
  return places.sorted()
}

/// The documents that a check of some has to read, of all that there are.
///
/// Checking the chosen ones finds of the asked ones what checking all would find. What there are few of, and what
/// rules, people and crises are, is always among them; of posts, replies, conversations, pictures, sources and what was
/// decided about them only what is tied to the asked ones: named by them, naming them, deciding about them, going out
/// in the same minutes, quoting the same words.
///
/// - Parameters:
///   - asked: The places of the documents that are checked.
///   - documents: Of every document of the tree.
///   - guarded: Every id that the settings and the team have or had: what was decided about an earlier one still says whose
///     yes counts.
/// - Returns: Places, sorted.
public func documentsNeeded(
  toCheck asked: Set<Int>, among documents: some TiedDocuments, guarded: Set<JSONString> = []
) -> [Int] {
  func named(by place: Int) -> [Int] {
    documents.ties(of: place).named.flatMap { documents.places(of: $0) }
  }
  /// Who names a document. Posts that share a picture, a source or a campaign have nothing else in common.
  func namers(of place: Int, decisionsOnly: Bool = false) -> [Int] {
    let ties = documents.ties(of: place)
    let isTalk = [Post.kind, Reply.kind, Conversation.kind, Comment.kind].contains(ties.kind)
    return isTalk && !decisionsOnly ? documents.places(naming: ties.id) : documents.decisions(naming: ties.id)
  }
  var chosen = Set(documents.few)
  // A yes to the policy of the workspace counts for everything.
  chosen.formUnion(chosen.flatMap { namers(of: $0, decisionsOnly: true) })
  chosen.formUnion(guarded.flatMap { documents.decisions(naming: $0) })
  chosen.formUnion(asked)
  let subjects = asked.union(asked.flatMap(named(by:)))
  // Each number once: thousands may quote the same words.
  let meeting = Set(asked.flatMap { documents.ties(of: $0).meetings })
    .flatMap { documents.places(meeting: $0) }
  let near = subjects.union(subjects.flatMap { namers(of: $0) }).union(meeting)
  chosen.formUnion(near)
  // Where those stand that the asked ones meet: what was decided about them.
  chosen.formUnion(near.flatMap { namers(of: $0, decisionsOnly: true) })
  chosen.formUnion(chosen.filter { !documents.ties(of: $0).isOfFew }.flatMap(named(by:)))
  // Of two files with one id the first counts, so both are looked at.
  chosen.formUnion(chosen.flatMap { documents.places(of: documents.ties(of: $0).id) })
  return chosen.sorted()
}

/// What a change of some documents touches; all by their places.
public struct TouchedDocuments {
  /// Those after the change of whose texts something new may have to be said: the changed ones, and who names one of
  /// them.
  public var texts: Set<Int>
  /// Those of which anything new may have to be said: before the change and after it.
  public var before: Set<Int>
  public var after: Set<Int>

  /// - Parameters:
  ///   - changed: The documents that the change took away or changed, and those it brought or changed.
  ///   - before: Of every document before the change.
  ///   - after: Of every document after it.
  ///   - guarded: Every id that the settings and the team have or had.
  ///   - kinds: Of which a change touches every document.
  /// - Returns: `nil` where it may touch every document: a rule, a person, a crisis changed, or what was decided about one.
  public init?(
    _ changed: (before: Set<Int>, after: Set<Int>), before: some TiedDocuments, after: some TiedDocuments,
    guarded: Set<JSONString> = [], countingForAll kinds: (JSONString) -> Bool = DocumentTies.isOfFew
  ) {
    if countsForAll(changed.before, kinds, among: before, guarded)
      || countsForAll(changed.after, kinds, among: after, guarded)
    {
      return nil
    }
    let ids = Set(changed.before.map { before.ties(of: $0).id } + changed.after.map { after.ties(of: $0).id })
    texts = changed.after.union(ids.flatMap { after.places(naming: $0) })
    self.before = near(
      changed.before.union(ids.flatMap { before.places(naming: $0) }), changed.before, among: before)
    self.after = near(texts, changed.after, among: after)
  }
}

/// Whether one of some documents is of a kind that counts for all, or decides about one that is: a yes to the policy counts
/// for every post.
private func countsForAll(
  _ places: Set<Int>, _ kinds: (JSONString) -> Bool, among documents: some TiedDocuments,
  _ guarded: Set<JSONString>
) -> Bool {
  places.contains { place in
    let ties = documents.ties(of: place)
    if kinds(ties.kind) { return true }
    guard ties.isDecision else { return false }
    return ties.named.contains { id in
      guarded.contains(id) || documents.places(of: id).contains { kinds(documents.ties(of: $0).kind) }
    }
  }
}

/// The documents a check of which would read one of some: what these are tied to, and what that is tied to.
///
/// - Parameter changed: Those of `places` that changed. What a decision among them is about is looked at by whoever uses it, a
///   picture or a source too; that two posts use one says nothing of either.
private func near(
  _ places: Set<Int>, _ changed: Set<Int>, among documents: some TiedDocuments
) -> Set<Int> {
  let decided = changed.filter { documents.ties(of: $0).isDecision }
    .flatMap { documents.ties(of: $0).named.flatMap { documents.places(of: $0) } }
  let shared = places.union(decided).subtracting(changed)
  let users = shared.flatMap { documents.places(naming: documents.ties(of: $0).id) }
  let tied = documentsNeeded(toCheck: places.union(users), among: documents)
  let many = Set(tied.filter { !documents.ties(of: $0).isOfFew })
  return Set(documentsNeeded(toCheck: many, among: documents)).union(places)
}

extension DocumentTies {
  /// Whether a workspace has few documents of this kind; of the others it has many, which say little of each other.
  public var isOfFew: Bool { Self.isOfFew(kind) }
  /// The same of a kind.
  public static func isOfFew(_ kind: JSONString) -> Bool { !manyKinds.contains(kind) }
  /// Whether it is there to say something of what it names.
  public var isDecision: Bool { decisionKinds.contains(kind) }
}

private let decisionKinds: Set<JSONString> = [Review.kind, Publication.kind, Comment.kind]
private let manyKinds: Set<JSONString> = decisionKinds.union([
  Post.kind, Reply.kind, Conversation.kind, Asset.kind, Source.kind,
])

/// The same of documents in a list; the places are those of the list.
public struct TiedDocumentList: TiedDocuments {
  private let ties: [DocumentTies]
  private var places: [JSONString: [Int]] = [:]
  private var naming: [JSONString: [Int]] = [:]
  private var meetings: [UInt64: [Int]] = [:]

  public init(_ ties: [DocumentTies]) {
    self.ties = ties
    for (place, tie) in ties.enumerated() {
      places[tie.id, default: []].append(place)
      for id in tie.named { naming[id, default: []].append(place) }
      for meeting in tie.meetings { meetings[meeting, default: []].append(place) }
    }
  }

  public var few: [Int] { ties.indices.filter { ties[$0].isOfFew } }
  public var asking: [Int] { ties.indices.filter { ties[$0].asksUntil != nil } }
  public func ties(of place: Int) -> DocumentTies { ties[place] }
  public func places(of id: JSONString) -> [Int] { places[id] ?? [] }
  public func places(naming id: JSONString) -> [Int] { naming[id] ?? [] }
  public func decisions(naming id: JSONString) -> [Int] { places(naming: id).filter { ties[$0].isDecision } }
  public func places(meeting number: UInt64) -> [Int] { meetings[number] ?? [] }
}

/// Whether a rule in the guidelines of a tree compares every text with all others, so that all have to be read.
public func comparesTexts(in documents: DocumentCollection) -> Bool {
  documents.views(Guideline.self).flatMap(\.view.rules).contains { rule in
    rule.isEnabled && RuleKinds.collections.contains { $0.check == rule.check }
  }
}
