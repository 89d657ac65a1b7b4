public import Documents
public import EditorialReview
public import JSONTree

/// A crisis as somebody sees it who has to act: where it stands, what it holds, who does what, what is ready to be said.
public struct CrisisSituation: Sendable {
  /// A statement for the level, and whether it may be used.
  public struct Statement: Sendable {
    public var statement: PreparedStatement
    /// The posts that were made of it, by id.
    public var posts: [JSONString]
    /// Whether it was filled in from words that are no longer the plan's.
    public var isOutdated: Bool
  }

  /// What there is to say of the plan.
  public enum PlanStanding: String, Sendable {
    case asDeclared = "as-declared"
    /// It says something else than when the crisis was declared.
    case changed
    case gone
  }

  public let document: Document
  public let activation: CrisisActivation
  /// `nil` where it is gone.
  public let plan: Document?
  public let planStanding: PlanStanding
  /// Whether the plan, as it stands, has every yes it needs.
  public let isPlanApproved: Bool
  /// `nil` where the plan has no such level.
  public let level: CrisisPlan.Level?
  public let held: [HeldPost]
  public let duties: [CrisisDuty]
  /// Those for the level, and those that were used at another one; as the plan lists them.
  public let statements: [Statement]
  public let timeline: [CrisisEvent]
  /// `nil` for a closed crisis, and where the plan sets no times.
  public let deadline: CrisisDeadline?

  /// - Parameter document: The activation, one of the documents of the states.
  public init(of document: Document, in states: EditorialStates) {
    self.document = document
    let activation = CrisisActivation(document.value)
    self.activation = activation
    let plan = activation.plan.flatMap { states.documents[$0] }
    self.plan = plan
    let view = plan.map { CrisisPlan($0.value) }
    planStanding =
      plan.map { plan in
        activation.planHash.map { $0 == states.documents.contentHash(of: plan) } ?? true
          ? .asDeclared : .changed
      } ?? .gone
    isPlanApproved = plan.map { states.reviewStatus(of: $0).isApproved } ?? false
    let level = activation.level.flatMap { view?.level(JSONString($0)) }
    self.level = level
    held = activation.isClosed ? [] : states.heldPosts(by: document.id)
    duties =
      view?.duties(at: level, team: states.documents.single(Team.self), now: states.now) ?? []
    let used = activation.statements
    let posts = activation.statementPosts
    statements = (view?.preparedStatements ?? []).map { statement in
      Statement(
        statement: statement, posts: posts.filter { $0.statement == statement.id }.map(\.post),
        isOutdated: used.contains { $0.id == statement.id && $0.contentHash != statement.contentHash })
    }
    // What was said at a lower level was said, whatever the level is now.
    .filter { $0.statement.level == level?.id || !$0.posts.isEmpty }
    let timeline = states.timeline(of: document)
    self.timeline = timeline
    deadline =
      activation.isClosed
      ? nil : level.flatMap { CrisisDeadline(of: timeline, at: $0, now: states.now) }
  }

  /// The rank of its level, where the plan has it.
  public var rank: Int? { level?.rank }
}

extension EditorialStates {
  /// The crises of the workspace, the open ones first, and of these the gravest; then by path.
  public func crises(closedToo: Bool = false) -> [CrisisSituation] {
    documents.views(CrisisActivation.self).filter { closedToo || !$0.view.isClosed }
      .map { CrisisSituation(of: $0.document, in: self) }
      .sorted { left, right in
        let (leftKey, rightKey) = (left.activation.isClosed ? 1 : 0, right.activation.isClosed ? 1 : 0)
        return (leftKey, -(left.rank ?? .max), left.document.path)
          < (rightKey, -(right.rank ?? .max), right.document.path)
      }
  }
}
