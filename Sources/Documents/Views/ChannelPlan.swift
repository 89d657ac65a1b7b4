public import JSONTree
public import Wording

extension Channels.Channel {
  /// How many posts it takes a day without wearying people; `nil` where nobody said.
  public var postsPerDay: Int? { value["capacity"]?["perDay"]?.count }
  /// The same of a week.
  public var postsPerWeek: Int? { value["capacity"]?["perWeek"]?.count }
  /// The zone of its audience, where it is not that of the brand.
  public var timeZone: String? { value["timeZone"]?.text }
  /// When its audience is there; empty where nobody said.
  public var audience: [WeeklyHours] { value["audience"]?.array?.compactMap(WeeklyHours.init) ?? [] }
}

/// Hours that come again every week: “Tuesday to Thursday from 16:00 to 20:00”.
public struct WeeklyHours: Hashable, Sendable {
  /// 0 is Sunday; all seven where nothing is said.
  public let weekdays: Set<Int>
  /// Seconds since midnight; the end may be on the day after, and is then smaller than the beginning.
  public let from, to: Int

  /// - Parameter value: `{"days": ["mon", …], "from": "09:00", "to": "16:30"}`.
  public init?(_ value: JSONValue) {
    guard let from = Self.seconds(value["from"]?.text), let to = Self.seconds(value["to"]?.text) else {
      return nil
    }
    let days = value["days"]?.array?.compactMap { $0.string.flatMap(Self.names.firstIndex(of:)) } ?? []
    (self.from, self.to) = (from, to)
    weekdays = days.isEmpty ? Set(0...6) : Set(days)
  }

  /// Whether the clocks show one of these hours; the end is no part of them.
  public func contain(_ wall: WallTime) -> Bool {
    let (weekday, second) = (wall.date.weekday, wall.secondsOfDay)
    if from < to { return weekdays.contains(weekday) && (from..<to).contains(second) }
    // Past midnight: the evening of a day, or the morning after one.
    return weekdays.contains(weekday) && second >= from || weekdays.contains((weekday + 6) % 7) && second < to
  }

  private static let names: [JSONString] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

  private static func seconds(_ text: String?) -> Int? {
    guard let text, let wall = WallTime("2000-01-01T\(text)") else { return nil }
    return wall.secondsOfDay
  }
}
