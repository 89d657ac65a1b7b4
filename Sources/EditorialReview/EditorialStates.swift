public import Documents
public import JSONTree
public import Wording

/// The states of the documents of one version, computed from what it records: reviews, publications, activations.
///
/// A pure function of its arguments: the same documents at the same moment are in the same states everywhere. Making
/// the value reads every record once; each question after that looks only at what belongs to its document.
public struct EditorialStates: Sendable {
  public let documents: DocumentCollection
  public let now: Instant
  let conflicted: Set<JSONString>
  let context: ReviewContext
  private let provenance: Provenance
  private let reviews: [JSONString: [(document: Document, review: Review)]]
  private let publications: [Place: [(document: Document, publication: Publication)]]
  let activations: [(document: Document, activation: CrisisActivation)]

  private struct Place: Hashable { var document, channel: JSONString? }

  /// - Parameters:
  ///   - now: What the clock shows.
  ///   - conflicted: The ids of documents in which something is to be settled.
  ///   - provenance: Whose words these are and whose yes counts; by the documents alone, where their history is not known.
  ///   - signature: Looks at signatures; unless told how, as the authority does.
  public init(
    of documents: DocumentCollection, at now: Instant, conflicted: Set<JSONString> = [],
    provenance: Provenance? = nil, signature: SignatureJudge? = nil
  ) {
    let provenance = provenance ?? Provenance(of: documents)
    self.init(
      of: documents, at: now, conflicted: conflicted, provenance: provenance,
      policy: provenance.authority.policy, signature: signature)
  }

  private init(
    of documents: DocumentCollection, at now: Instant, conflicted: Set<JSONString>,
    provenance: Provenance, policy: ApprovalPolicy, signature: SignatureJudge?
  ) {
    (self.documents, self.now, self.conflicted) = (documents, now, conflicted)
    self.provenance = provenance
    reviews = Dictionary(
      grouping: documents.views(Review.self).map { (document: $0.document, review: $0.view) },
      by: { $0.review.subject ?? "" })
    publications = Dictionary(
      grouping: documents.views(Publication.self).map { (document: $0.document, publication: $0.view) },
      by: { Place(document: $0.publication.post, channel: $0.publication.channel) })
    activations = documents.views(CrisisActivation.self).map { ($0.document, $0.view) }
    context = provenance.authority.under(policy, signature: signature)
  }

  /// Whose yes counts.
  public var authority: Authority { provenance.authority }

  /// How approval works here.
  public var policy: ApprovalPolicy { context.policy }

  /// The same documents under another policy: what would be, had it not been changed.
  public func under(_ policy: ApprovalPolicy) -> EditorialStates {
    EditorialStates(
      of: documents, at: now, conflicted: conflicted, provenance: provenance, policy: policy,
      signature: context.signature)
  }

  // MARK: Records

  /// What went out of a document on a channel, the oldest first.
  public func publications(
    of document: Document, on channel: JSONString
  ) -> [(document: Document, publication: Publication)] {
    (publications[Place(document: document.id, channel: channel)] ?? []).sorted { left, right in
      let (leftTime, rightTime) = (seconds(left.publication.at), seconds(right.publication.at))
      return (leftTime, left.document.id) < (rightTime, right.document.id)
    }
  }

  /// What is out there of a document on a channel, the oldest first.
  public func textsOutside(of document: Document, on channel: JSONString) -> [TextOutside] {
    TextOutside.all(by: publications(of: document, on: channel).map(\.publication))
  }

  private func seconds(_ text: String?) -> Int {
    text.flatMap { Instant(rfc3339: $0) }?.secondsSince1970 ?? .min
  }

  /// The people whose words a document holds.
  func authors(of document: Document) -> Set<JSONString> { provenance.authors(document) }

  /// What was decided about a document, counting or not.
  func reviews(of document: Document) -> [Review] { (reviews[document.id] ?? []).map(\.review) }

  /// Whether anybody has decided anything about a document.
  public func hasReviews(_ document: Document) -> Bool { reviews[document.id] != nil }

  /// What people decided about a post on a channel.
  public func reviewStatus(of post: Document, on channel: JSONString) -> ReviewStatus {
    var hashes = PostHashes(of: Post(post.value), in: documents)
    return reviewStatus(of: post, on: channel, &hashes)
  }

  func reviewStatus(
    of post: Document, on channel: JSONString, _ hashes: inout PostHashes
  ) -> ReviewStatus {
    var about: [(document: Document, review: Review, isCurrent: Bool)] = []
    for (document, review) in reviews[post.id] ?? [] {
      let contents = review.contents
      if !contents.isEmpty {
        guard let seen = contents.first(where: { $0.channel == channel })?.seen else { continue }
        about.append((document, review, seen.content == hashes.hash(on: channel)))
      } else if case let scope = review.scope, scope.isEmpty || scope.contains(channel) {
        about.append((document, review, review.contentHash == hashes.hash(on: scope)))
      }
    }
    return ReviewStatus(of: about, on: channel, authors: provenance.authors(post), in: context)
  }

  /// What people decided about a document as a whole.
  ///
  /// - Parameter channel: Where rights are asked for: that of a reply's conversation.
  public func reviewStatus(of document: Document, rightsOn channel: JSONString? = nil) -> ReviewStatus {
    let about = reviews[document.id] ?? []
    let hash = about.isEmpty ? nil : documents.contentHash(of: document)
    var context = context
    // Whoever may approve everywhere settles a change of the team or the workflow, whatever levels texts go through.
    if [WorkspaceSettings.kind, Team.kind].contains(document.kind.name) {
      context.policy.preset = min(context.policy.preset, .required)
      context.policy.wantsSignatures = authority.countsSignedYesesOnly
      // A key is its owner's to give, and so is their yes to it. What counts for nothing yet is told by who waits for it.
      if !authority.isWaiting(in: document.kind.name) { context.policy.hasFourEyes = false }
    }
    return ReviewStatus(
      of: about.map { (document: $0.document, review: $0.review, isCurrent: $0.review.contentHash == hash) },
      on: channel, authors: provenance.authors(document), in: context)
  }
}
