import Documents
public import EditorialReview
public import JSONTree
public import Wording

/// Who got an answer, and how long it took, by channel and week.
///
/// A question is what one person wrote without being answered in between. Those that were put aside unanswered (passed
/// on, ignored, hidden, closed) are counted apart: nobody’s figure gets better by closing what was not answered without
/// its being seen.
public struct InboxCoverage: Sendable {
  /// By channel, then by week.
  public let rows: [Row]
  /// Over all channels and weeks.
  public let total: Figures

  /// Over all weeks, by channel.
  public var channels: [(channel: JSONString, figures: Figures)] {
    let byChannel = rows.reduce(into: [JSONString: Figures]()) { sums, row in
      sums[row.channel, default: Figures()].add(row.figures)
    }
    return byChannel.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// A channel in a week.
  public struct Row: Sendable {
    public let channel: JSONString
    public let week: Week
    public let figures: Figures
  }

  /// A week as ISO 8601 counts them: from Monday, the first being the one with the year’s first Thursday.
  public struct Week: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let monday: CivilDate

    public init(of date: CivilDate) {
      monday = date.startOfWeek
    }

    public static func < (left: Self, right: Self) -> Bool { left.monday < right.monday }

    private var thursday: CivilDate { monday.adding(days: 3) }
    public var year: Int { thursday.year }
    public var number: Int {
      let first = CivilDate(year: year, month: 1, day: 1)?.daysSince1970 ?? 0
      return (thursday.daysSince1970 - first) / 7 + 1
    }

    /// `2026-W47`.
    public var description: String { "\(year)-W\(number < 10 ? "0" : "")\(number)" }
  }

  public struct Figures: Sendable {
    public internal(set) var answered = 0
    public internal(set) var waiting = 0
    public internal(set) var putAside = 0
    /// From the first message of a question to the answer, in seconds, in no order.
    var calendar: [Int] = []
    /// The same by the hours of the team, where a policy says them.
    var business: [Int] = []

    /// All that came, but for what was put aside.
    public var received: Int { answered + waiting }

    /// The share that was answered, in whole percent, rounded down: 100 only where everybody was. `nil` for nothing.
    public var percent: Int? { received == 0 ? nil : answered * 100 / received }

    /// The time within which so many percent of the answers came, in seconds of real time.
    public func calendar(percentile: Int) -> Int? { nearestRank(percentile, of: calendar) }

    /// The same in seconds of the team’s hours.
    public func business(percentile: Int) -> Int? { nearestRank(percentile, of: business) }
  }

  /// - Parameters:
  ///   - zone: Of the workspace; days and hours are by its clocks.
  ///   - from: The first day of the messages counted; `nil` for no limit.
  ///   - to: The last one.
  public init(of states: EditorialStates, zone: TimeZoneRules, from: CivilDate? = nil, to: CivilDate? = nil) {
    let documents = states.documents
    let own = OwnNames(of: documents)
    var policies = ResponsePolicies(documents.single(WorkspaceSettings.self), zone: zone)
    let replies = Dictionary(grouping: documents.views(Reply.self)) { $0.view.conversation ?? "" }
    var rows: [Place: Figures] = [:]
    var total = Figures()
    for (document, conversation) in documents.views(Conversation.self) {
      guard let channel = conversation.channel else { continue }
      let sent = states.sent((replies[document.id] ?? []).map(\.document), on: channel)
      let isPutAside = ConversationState.decided(conversation.triage) != nil
      let sorted = conversation.triageAt.flatMap { Instant(rfc3339: $0) }
      for question in Questions(in: conversation, sent: sent, own: own).all {
        guard let received = question.received?.instant else { continue }
        let day = received.date(offset: zone.offset(at: received))
        if from.map({ day < $0 }) ?? false || to.map({ $0 < day }) ?? false { continue }
        var figures = Figures()
        if let answered = question.answered {
          figures.answered = 1
          figures.calendar = [max(0, answered.secondsSince1970 - received.secondsSince1970)]
          figures.business = [policies.businessSeconds(from: received, to: answered, on: channel)]
            .compactMap { $0 }
        } else if isPutAside, !question.hasMessage(after: sorted) {
          figures.putAside = 1
        } else {
          figures.waiting = 1
        }
        rows[Place(channel: channel, week: Week(of: day)), default: Figures()].add(figures)
        total.add(figures)
      }
    }
    self.rows = rows.sorted { $0.key < $1.key }
      .map { Row(channel: $0.key.channel, week: $0.key.week, figures: $0.value) }
    self.total = total
  }

  private struct Place: Hashable, Comparable {
    var channel: JSONString
    var week: Week

    static func < (left: Self, right: Self) -> Bool {
      (left.channel, left.week) < (right.channel, right.week)
    }
  }
}

extension InboxCoverage.Figures {
  fileprivate mutating func add(_ other: Self) {
    answered += other.answered
    waiting += other.waiting
    putAside += other.putAside
    calendar += other.calendar
    business += other.business
  }
}

extension Question {
  fileprivate func hasMessage(after moment: Instant?) -> Bool {
    guard let moment else { return false }
    return messages.contains { $0.moment.map { moment < $0.instant } ?? false }
  }
}

/// The smallest value that so many percent of all values do not exceed; `nil` for no values.
///
/// Source: the nearest-rank method: the value at place ⌈percent × count ÷ 100⌉ in order. It is one of the values, so that
/// a median of answer times is the time of an answer.
func nearestRank(_ percent: Int, of values: [Int]) -> Int? {
  guard !values.isEmpty else { return nil }
  let rank = (percent * values.count + 99) / 100
  return values.sorted()[min(max(rank, 1), values.count) - 1]
}
