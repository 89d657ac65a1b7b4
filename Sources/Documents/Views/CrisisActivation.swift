public import JSONTree

/// A crisis plan in use: its level, its scope, what it holds back.
public struct CrisisActivation: DocumentView {
  public static let kind: JSONString = "crisis-activation"
  public let value: JSONValue
  public init(_ value: JSONValue) { self.value = value }

  public enum Field: String, CaseIterable, Sendable {
    case title = "/title"
    case plan = "/plan"
    case planHash = "/planHash"
    case level = "/level"
    case state = "/state"
    case hold = "/hold"
    case channels = "/scope/channels"
    case campaigns = "/scope/campaigns"
    case labels = "/scope/labels"
    case declaredAt = "/declaredAt"
    case declaredBy = "/declaredBy"
    case closedAt = "/closedAt"
    case closedBy = "/closedBy"
    case closedLevel = "/closedLevel"
    case reason = "/reason"
    case statements = "/statements"
  }

  /// What is kept from going out.
  public enum Hold: String, CaseIterable, Sendable {
    case notice, all
    case exceptUrgent = "except-urgent"
  }

  public var title: String? { text(.title) }
  public var plan: JSONString? { self[.plan]?.string }
  public var planHash: ContentHash? { text(.planHash).flatMap { ContentHash($0) } }
  public var level: String? { text(.level) }
  /// `watch`, `active`, `recovery` or `closed`.
  ///
  /// Who closes a crisis closes it at the level they see. Where somebody raised it at the same time, it was not that crisis
  /// that was closed, and it stays active.
  public var state: String {
    let state = text(.state) ?? "active"
    guard state == "closed", let level = self[.closedLevel]?.string, level != self[.level]?.string else {
      return state
    }
    return "active"
  }
  public var isClosed: Bool { state == "closed" }
  /// Everything, where nothing valid is said: too much is held rather than too little.
  public var hold: Hold { text(.hold).flatMap(Hold.init(rawValue:)) ?? .all }
  public var declaredAt: String? { text(.declaredAt) }
  public var declaredBy: JSONString? { self[.declaredBy]?.string }
  public var closedAt: String? { text(.closedAt) }
  public var closedBy: JSONString? { self[.closedBy]?.string }
  /// What is happening, in the words of who declared it.
  public var reason: String? { text(.reason) }
  /// Statements of the plan that were filled in.
  public var statements: [(id: JSONString, contentHash: ContentHash)] {
    elements(.statements).compactMap { element in
      guard let id = element["id"]?.string,
        let hash = element["contentHash"]?.text.flatMap({ ContentHash($0) })
      else { return nil }
      return (id, hash)
    }
  }

  /// The posts that were made of statements of the plan, by statement.
  public var statementPosts: [(statement: JSONString, post: JSONString)] {
    elements(.statements).flatMap { element in
      (element["posts"]?.array ?? []).compactMap { post in
        element["id"]?.string.flatMap { id in post.string.map { (id, $0) } }
      }
    }
  }

  /// Whether a post for a channel lies in its scope: by the channel, the campaign or a label.
  ///
  /// An empty scope is the whole workspace; of several lists one is enough, so that too much is held rather than too
  /// little.
  public func covers(_ post: Post, on channel: JSONString) -> Bool {
    let (channels, campaigns, labels) = (set(.channels), set(.campaigns), set(.labels))
    if channels.isEmpty && campaigns.isEmpty && labels.isEmpty { return true }
    return channels.contains(channel) || post.campaign.map(campaigns.contains) ?? false
      || !labels.isDisjoint(with: post.labels.map { JSONString($0) })
  }

  /// Whether it keeps a post of its scope from going out, while it lasts.
  ///
  /// Never its own statements: what the plan prepared to be said in this crisis is what it is there to say.
  public func holds(_ post: Post, on channel: JSONString) -> Bool {
    if let id = post.value["id"]?.string, statementPosts.contains(where: { $0.post == id }) { return false }
    return switch hold {
    case .notice: false
    case .exceptUrgent: post.nature != "urgent" && covers(post, on: channel)
    case .all: covers(post, on: channel)
    }
  }

  private func set(_ field: Field) -> Set<JSONString> { Set(self[field]?.array?.compactMap(\.string) ?? []) }
}
