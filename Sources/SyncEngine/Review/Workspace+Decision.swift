public import Documents
import EditorialChecks
public import EditorialReview
public import JSONTree
public import ObjectModel
import ThreeWayMerge
import Wording

/// What somebody decides about a document, before it is written down.
public struct Decision: Sendable {
  public var verdict: Review.Verdict
  /// Only on these channels; none means all the document is for.
  public var channels: [JSONString]
  public var remark: String?
  /// Whose voice it is, where somebody stands in for somebody else: the id of a member.
  public var onBehalfOf: JSONString?
  /// The level of approval it is for; `nil` where the policy has one place only for it.
  public var level: JSONString?

  public init(
    _ verdict: Review.Verdict, on channels: [JSONString] = [], remark: String? = nil,
    onBehalfOf: JSONString? = nil, level: JSONString? = nil
  ) {
    (self.verdict, self.channels, self.remark) = (verdict, channels, remark)
    (self.onBehalfOf, self.level) = (onBehalfOf, level)
  }
}

/// A decision as it is going to be written, for the person to sign.
public struct ReviewDraft: Sendable {
  /// What is decided about.
  public let subject: Document
  public let contentHash: ContentHash
  /// The only channels it is about, where these are not all the document is for.
  public var channels: [JSONString] { review.scope }
  /// The keys that count for this person; where there are any, a signature by one of them is due.
  public let keys: [String]
  /// What is to be signed; `nil` before the first version, when there is no workspace to name.
  public let statement: [UInt8]?
  let path: WorkspacePath
  let review: Review

  /// Whether the decision counts only with a signature.
  public let needsSignature: Bool
}

/// A decision that stands in the folder now.
public struct RecordedReview: Sendable {
  public var id: JSONString
  public var path: WorkspacePath
  /// Of what was decided about.
  public var contentHash: ContentHash
  /// The only channels it is about; none for all.
  public var channels: [JSONString]
  public var standing: SignatureStanding
}

extension DocumentCollection {
  /// The name of what a document says where a decision is about it: its pictures may be others than they were.
  fileprivate func hash(of document: Document, _ draft: ReviewDraft) -> ContentHash {
    document.kind.name == Post.kind
      ? contentHash(of: Post(document.value), on: draft.channels) : contentHash(of: document)
  }
}

extension Workspace {
  /// Makes a decision ready: on exactly what the document says in the folder now, and where.
  ///
  /// - Parameter random: For the random part of the id.
  /// - Throws: `DecisionRefused` where it would count for nothing.
  public func draft(
    _ decision: Decision, on path: WorkspacePath, by attribution: Attribution,
    random: inout some RandomNumberGenerator
  ) throws -> ReviewDraft {
    let now = Instant(secondsSince1970: Int(attribution.time))
    let folder = try documentsOfFolder(around: path)
    guard let subject = folder.collection.all.first(where: { $0.path == path }) else {
      throw WorkspaceError.notThere(path)
    }
    let states = try states(of: folder, at: now, by: attribution, deciding: subject)
    let person = JSONString(try self.person(attribution))
    try refuse(decision, on: subject, by: person, states)
    var decision = decision
    if let channels = channelsWhereItCounts(decision, on: subject, by: person, states) {
      decision.channels = channels
    }
    let fields = fields(of: decision, on: subject, by: person, states)
    let made = try newDocument(
      of: reviewKind(), DocumentWishes(fields: fields.map { (JSONPointer([.key($0.0)]), $0.1) }),
      creation(by: attribution, random: &random))
    let review = Review(made.value)
    guard let hash = review.contentHash else { throw WorkspaceError.notThere(path) }
    let keys = states.authority.member(person)?.keys ?? []
    return ReviewDraft(
      subject: subject, contentHash: hash, keys: keys,
      statement: try identity().map { review.statement(inWorkspace: $0.hex) }, path: made.path,
      review: review,
      needsSignature: !keys.isEmpty
        && (states.policy.preset >= .required || states.policy.wantsSignatures))
  }

  /// Writes a decision into the folder; nothing is committed.
  ///
  /// - Throws: `DecisionRefused.unusableSignature` where a signature is none of this person's over this decision.
  public func record(
    _ draft: ReviewDraft, signature: String?, by attribution: Attribution
  ) throws -> RecordedReview {
    var value = draft.review.value
    if let signature { try value.set(JSONValue(signature), at: JSONPointer([.key("signature")])) }
    let folder = try documentsOfFolder(around: draft.subject.path)
    let authority = try provenance(of: folder.collection, at: head(), by: attribution).authority
    let id = value["id"]?.string ?? ""
    let standing = authority.standing(of: Review(value), id: id)
    if signature != nil, standing == .revoked { throw DecisionRefused.countsForNothing(.revokedKey) }
    if signature != nil, standing == .refused { throw DecisionRefused.unusableSignature }
    if draft.needsSignature, standing != .verified { throw DecisionRefused.unsigned }
    // The words are looked at again: a yes to what an editor saved meanwhile is nobody's.
    guard let subject = folder.collection.all.first(where: { $0.path == draft.subject.path }),
      subject.value == draft.subject.value, folder.collection.hash(of: subject, draft) == draft.contentHash
    else { throw DecisionRefused.changedMeanwhile(draft.subject.path) }
    try write([Edit(path: draft.path, value: value, basis: .reading(nil))], for: "review", by: attribution)
    return RecordedReview(
      id: id, path: draft.path, contentHash: draft.contentHash, channels: draft.channels, standing: standing)
  }

  private func fields(
    of decision: Decision, on subject: Document, by person: JSONString, _ states: EditorialStates
  ) -> [(JSONString, JSONValue)] {
    let documents = states.documents
    var fields: [(JSONString, JSONValue)] = [
      ("subject", .string(subject.id)), ("verdict", JSONValue(decision.verdict.rawValue)),
      ("by", .string(person)), ("policyVersion", JSONValue(states.authority.version.hex)),
      ("sequence", .number(JSONNumber(states.nextSequence(of: person, on: subject)))),
    ]
    if subject.kind.name == Post.kind {
      let post = Post(subject.value)
      let channels = decision.channels.isEmpty ? post.variants.map(\.channel) : decision.channels
      fields.append(
        ("contentHash", JSONValue(documents.contentHash(of: post, on: decision.channels).hex)))
      var contents = JSONObject()
      for channel in channels {
        contents[channel] = Review.Seen(documents.content(of: post, on: channel)).value
      }
      if !contents.isEmpty { fields.append(("contents", .object(contents))) }
      let rules = errorRules(of: documents, at: states.now)
      fields.append(("errorRules", .array(rules.map(JSONValue.string))))
    } else {
      fields.append(("contentHash", JSONValue(documents.contentHash(of: subject).hex)))
    }
    if !decision.channels.isEmpty {
      fields.append(("scope", .array(decision.channels.map(JSONValue.string))))
    }
    if let remark = decision.remark { fields.append(("remark", JSONValue(remark))) }
    if let other = decision.onBehalfOf { fields.append(("onBehalfOf", .string(other))) }
    if let level = decision.level { fields.append(("level", .string(level))) }
    return fields
  }

  /// Why a decision would count for nothing, said before it is made.
  private func refuse(
    _ decision: Decision, on subject: Document, by person: JSONString, _ states: EditorialStates
  ) throws {
    let channels =
      subject.kind.name == Post.kind
      ? (decision.channels.isEmpty ? Post(subject.value).variants.map(\.channel) : decision.channels) : []
    for channel in channels where !Post(subject.value).variants.contains(where: { $0.channel == channel }) {
      throw DecisionRefused.notForChannel(channel.text, subject.path)
    }
    if decision.verdict == .approve, states.isConflicted(subject) {
      throw DecisionRefused.conflicted(subject.path)
    }
    if let level = decision.level, !states.policy.levels.contains(where: { $0.id == level }) {
      throw DecisionRefused.unknownLevel(level.text, known: states.policy.levels.map(\.id.text))
    }
    let objection = states.objection(
      to: decision.verdict, by: person, onBehalfOf: decision.onBehalfOf, level: decision.level, on: subject,
      channels: channels)
    if let objection { throw DecisionRefused.countsForNothing(objection) }
    if decision.verdict == .approve, states.needsKey(of: person, toApprove: subject) {
      let written = states.documents.single(Team.self)?.member(person)?.keys ?? []
      throw written.isEmpty ? DecisionRefused.countsForNothing(.noKey) : .keyWaits
    }
  }

  /// Where a yes to a whole post counts, which is not everywhere for who may approve on some channels only; `nil` for any other
  /// decision.
  private func channelsWhereItCounts(
    _ decision: Decision, on subject: Document, by person: JSONString, _ states: EditorialStates
  ) -> [JSONString]? {
    guard decision.verdict == .approve, decision.channels.isEmpty, subject.kind.name == Post.kind else {
      return nil
    }
    let all = Post(subject.value).variants.map(\.channel)
    let counting = all.filter { channel in
      states.objection(
        to: .approve, by: person, onBehalfOf: decision.onBehalfOf, level: decision.level, on: subject,
        channels: [channel]) == nil
    }
    return counting.count < all.count ? counting : nil
  }

  private func reviewKind() throws -> DocumentKind {
    guard let kind = try schemas().kind(named: Review.kind) else {
      throw WorkspaceError.unknownKind(Review.kind.text, known: try schemas().kinds.map(\.name.text))
    }
    return kind
  }
}
