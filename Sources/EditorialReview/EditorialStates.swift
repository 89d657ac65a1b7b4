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
  /// The policy in force: the old one, while a loosening waits for a yes.
  public let policy: ApprovalPolicy
  let conflicted: Set<JSONString>
  let context: ReviewContext
  private let authors: @Sendable (Document) -> Set<JSONString>
  private let reviews: [JSONString: [(document: Document, review: Review)]]
  private let publications: [Place: [(document: Document, publication: Publication)]]
  let activations: [(document: Document, activation: CrisisActivation)]

  private struct Place: Hashable { var document, channel: JSONString? }

  /// - Parameters:
  ///   - now: What the clock shows.
  ///   - conflicted: The ids of documents in which something is to be settled.
  ///   - authors: The ids of the members whose words a document holds; who made it, unless the caller knows more.
  ///   - signature: Looks at signatures; takes none for verified unless told how.
  public init(
    of documents: DocumentCollection, at now: Instant, conflicted: Set<JSONString> = [],
    authors: @escaping @Sendable (Document) -> Set<JSONString> = { document in
      Set([document.value["createdBy"]?.string].compactMap { $0 })
    },
    signature: @escaping SignatureJudge = { _ in .unverified }
  ) {
    self.init(
      of: documents, at: now, conflicted: conflicted, authors: authors, signature: signature, policy: nil)
  }

  private init(
    of documents: DocumentCollection, at now: Instant, conflicted: Set<JSONString>,
    authors: @escaping @Sendable (Document) -> Set<JSONString>, signature: @escaping SignatureJudge,
    policy: ApprovalPolicy?
  ) {
    (self.documents, self.now, self.conflicted, self.authors) = (documents, now, conflicted, authors)
    reviews = Dictionary(
      grouping: documents.views(Review.self).map { (document: $0.document, review: $0.view) },
      by: { $0.review.subject ?? "" })
    publications = Dictionary(
      grouping: documents.views(Publication.self).map { (document: $0.document, publication: $0.view) },
      by: { Place(document: $0.publication.post, channel: $0.publication.channel) })
    activations = documents.views(CrisisActivation.self).map { ($0.document, $0.view) }
    let policy =
      policy
      ?? documents.policyInForce(reviews: reviews, team: documents.single(Team.self), signature: signature)
    self.policy = policy
    context = ReviewContext(policy: policy, team: documents.single(Team.self), signature: signature)
  }

  /// The same documents under another policy: what would be, had it not been changed.
  public func under(_ policy: ApprovalPolicy) -> EditorialStates {
    EditorialStates(
      of: documents, at: now, conflicted: conflicted, authors: authors, signature: context.signature,
      policy: policy)
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

  private func seconds(_ text: String?) -> Int {
    text.flatMap { Instant(rfc3339: $0) }?.secondsSince1970 ?? .min
  }

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
    return ReviewStatus(of: about, on: channel, authors: authors(post), in: context)
  }

  /// What people decided about a document as a whole.
  ///
  /// - Parameter channel: Where rights are asked for: that of a reply's conversation.
  public func reviewStatus(of document: Document, rightsOn channel: JSONString? = nil) -> ReviewStatus {
    let about = reviews[document.id] ?? []
    let hash = about.isEmpty ? nil : documents.contentHash(of: document)
    return ReviewStatus(
      of: about.map { (document: $0.document, review: $0.review, isCurrent: $0.review.contentHash == hash) },
      on: channel, authors: authors(document), in: context)
  }
}

extension DocumentCollection {
  /// The policy of the workspace; while a loosening waits for the yes of somebody else, the policy before it.
  ///
  /// That yes is a review of `ligne.json` by a person who may approve everywhere and is not the one who loosened.
  fileprivate func policyInForce(
    reviews: [JSONString: [(document: Document, review: Review)]], team: Team?,
    signature: @escaping SignatureJudge
  ) -> ApprovalPolicy {
    guard let document = singleDocument(of: WorkspaceSettings.kind) else { return ApprovalPolicy() }
    let settings = WorkspaceSettings(document.value)
    let declared = ApprovalPolicy(settings)
    guard let loosening = settings.loosening, loosening.preset > declared.preset else { return declared }
    var before = declared
    before.preset = loosening.preset
    let hash = contentHash(of: document)
    var guarded = before
    guarded.hasFourEyes = true
    // The old levels may be gone with the old policy; one yes by its rights is what can still be asked for.
    guarded.preset = .required
    let status = ReviewStatus(
      of: (reviews[document.id] ?? []).map {
        (document: $0.document, review: $0.review, isCurrent: $0.review.contentHash == hash)
      }, on: nil, authors: [loosening.by],
      in: ReviewContext(policy: guarded, team: team, signature: signature))
    return status.isApproved ? declared : before
  }
}
