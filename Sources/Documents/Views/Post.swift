public import JSONTree
public import Wording

/// A post: a text all channels share, and what is different on each.
public struct Post: DocumentView {
  public static let kind: JSONString = "post"
  public let value: JSONValue
  public init(_ value: JSONValue) { self.value = value }

  public enum Field: String, CaseIterable, Sendable {
    case title = "/title"
    case nature = "/nature"
    case body = "/body"
    case language = "/language"
    case variants = "/variants"
    case assets = "/assets"
    case hashtags = "/hashtags"
    case mentions = "/mentions"
    case links = "/links"
    case labels = "/labels"
    case campaign = "/campaign"
    case sources = "/sources"
    case answers = "/answers"
    case state = "/state"
    case assignee = "/assignee"
    case reviewers = "/reviewers"
    case embargoUntil = "/embargoUntil"
    case expiresAt = "/expiresAt"
  }

  public var title: String? { text(.title) }
  public var nature: String? { text(.nature) }
  public var body: String { text(.body) ?? "" }
  public var language: String? { text(.language) }
  /// Sorted by channel.
  public var variants: [Variant] { members(.variants).map { Variant(channel: $0.key, value: $0.value) } }
  public var assets: [JSONValue] { elements(.assets) }
  /// The ids of every picture it shows, those of all threads included.
  public var assetIDs: Set<JSONString> {
    let inThreads = variants.flatMap { $0.thread.flatMap { $0["assets"]?.array ?? [] } }
    return Set((assets.map { $0["asset"] ?? .null } + inThreads).compactMap(\.string))
  }
  public var hashtags: [String] { texts(.hashtags) }
  public var links: [JSONValue] { elements(.links) }
  public var labels: [String] { texts(.labels) }
  public var campaign: JSONString? { self[.campaign]?.string }
  public var sources: [String] { texts(.sources) }
  public var answers: [String] { texts(.answers) }
  /// What was decided; whether it is approved or published is computed elsewhere.
  public var state: String { text(.state) ?? "draft" }
  public var assignee: String? { text(.assignee) }
  public var reviewers: [String] { texts(.reviewers) }
  public var embargoUntil: String? { text(.embargoUntil) }
  public var expiresAt: String? { text(.expiresAt) }

  /// What goes out on one channel.
  public struct Variant: Hashable, Sendable {
    public let channel: JSONString
    public let value: JSONValue

    /// Whether it has a text of its own, which does not get corrections of the shared one.
    public var diverges: Bool { value["mode"]?.text == "diverges" }
    public var body: String? { value["body"]?.text }
    public var firstComment: String? { value["firstComment"]?.text }
    public var thread: [JSONValue] { value["thread"]?.array ?? [] }
    /// The shared text it took its own from; `nil` where nobody noted it.
    public var divergedFrom: ContentHash? { value["divergedFrom"]?.text.flatMap { ContentHash($0) } }
    /// The milestone its time depends on.
    public var anchor: Anchor? { value["anchor"].flatMap(Anchor.init) }
    public var schedule: Schedule? { value["schedule"].flatMap(Schedule.init) }

    /// The text as the public sees it, where the post has this one.
    public func text(ofPost shared: String) -> String { diverges ? body ?? "" : shared }
  }

  /// A wall time with its offset, and the zone it was chosen in.
  public struct Schedule: Hashable, Sendable {
    public let at: String
    public let zone: String

    init?(_ value: JSONValue) {
      guard let at = value["at"]?.text, let zone = value["zone"]?.text else { return nil }
      (self.at, self.zone) = (at, zone)
    }
  }

  /// A time that depends on a milestone of the post’s campaign.
  public struct Anchor: Hashable, Sendable {
    public let milestone: JSONString
    /// After it; before it where the number is below zero.
    public let minutes: Int

    init?(_ value: JSONValue) {
      guard let milestone = value["milestone"]?.string else { return nil }
      self.milestone = milestone
      minutes = value["minutes"]?.number.flatMap { ExactNumber($0).integer } ?? 0
    }

    /// The time that hangs on a milestone; `nil` for one that no calendar holds.
    public func due(after milestone: Instant) -> Instant? {
      // The schema lets any whole number stand here.
      let (seconds, isTooFar) = minutes.multipliedReportingOverflow(by: 60)
      let (due, isBeyond) = milestone.secondsSince1970.addingReportingOverflow(seconds)
      guard !isTooFar, !isBeyond else { return nil }
      let moment = Instant(secondsSince1970: due)
      return moment.secondsSince1970 == due ? moment : nil
    }
  }
}
