public import Documents
public import JSONTree
public import Wording

/// How soon a team wants to have answered: by its own hours, and in real time.
///
/// `weekend: false` closes Saturday and Sunday whatever the hours say. The second clock never stops.
public struct ResponsePolicy: Sendable {
  public let id: JSONString?
  /// For these channels; none stands for all.
  public let channels: [JSONString]
  /// Within so many minutes of the hours in which the team answers.
  public let businessMinutes: Int?
  /// Within so many minutes, whatever the hour.
  public let calendarMinutes: Int?
  public private(set) var hours: BusinessHours

  /// - Parameter value: An element of `responsePolicies` in `ligne.json`.
  public init(_ value: JSONValue, zone: TimeZoneRules) {
    id = value["id"]?.string
    channels = value["channels"]?.array?.compactMap(\.string) ?? []
    businessMinutes = value["firstMinutesBusiness"]?.minutes
    calendarMinutes = value["firstMinutesCalendar"]?.minutes
    let isClosedOnWeekends = value["weekend"]?.bool == false
    let week = weekdayNames.map { day -> [ClockRange] in
      if isClosedOnWeekends, day == "sat" || day == "sun" { return [] }
      let ranges = value["hours"]?[JSONString(day)]?.array ?? []
      return ranges.compactMap { ClockRange(from: $0["from"]?.text, to: $0["to"]?.text) }
    }
    let holidays = value["holidays"]?.array?.compactMap(\.text).compactMap { CivilDate($0) } ?? []
    hours = BusinessHours(week: week, holidays: Set(holidays), zone: zone)
  }

  /// Until when somebody wants an answer, by each clock.
  public struct Due: Hashable, Sendable {
    /// `nil` where the policy has no such target, or its hours never come.
    public var business: Instant?
    public var calendar: Instant?

    /// The earlier of the two.
    public var first: Instant? { [business, calendar].compactMap { $0 }.min() }
    /// Whether the hours of the team decide, and not real time.
    public var isByBusinessHours: Bool { business != nil && business == first }
  }

  /// Until when what came at a moment is to be answered.
  public mutating func due(for received: Instant) -> Due {
    Due(
      business: businessMinutes.flatMap { hours.adding(minutes: $0, to: received) },
      calendar: calendarMinutes.map {
        Instant(secondsSince1970: received.secondsSince1970 + $0 * 60)
      })
  }

  /// How long the hours of the team were open between two moments, in seconds.
  ///
  /// - Returns: `nil` for a policy without hours, and for moments more than ten years apart.
  public mutating func businessSeconds(from start: Instant, to end: Instant) -> Int? {
    hours.isEmpty ? nil : hours.seconds(from: start, to: end)
  }
}

/// The policies of a workspace, each asked for the channels it is for.
public struct ResponsePolicies: Sendable {
  public private(set) var all: [ResponsePolicy]
  private var places: [JSONString: Int?] = [:]

  public init(_ settings: WorkspaceSettings?, zone: TimeZoneRules) {
    all = (settings?.responsePolicies ?? []).map { ResponsePolicy($0, zone: zone) }
  }

  /// Until when; `nil` where no policy is for the channel.
  public mutating func due(for received: Instant, on channel: JSONString) -> ResponsePolicy.Due? {
    place(of: channel).map { all[$0].due(for: received) }
  }

  /// How long the team’s hours were open between two moments, in seconds; `nil` where none are known.
  public mutating func businessSeconds(
    from start: Instant, to end: Instant, on channel: JSONString
  ) -> Int? {
    place(of: channel).flatMap { all[$0].businessSeconds(from: start, to: end) }
  }

  /// The first policy that names the channel; else the first that is for all.
  private mutating func place(of channel: JSONString) -> Int? {
    if let known = places[channel] { return known }
    let found =
      all.firstIndex { $0.channels.contains(channel) } ?? all.firstIndex { $0.channels.isEmpty }
    places[channel] = .some(found)
    return found
  }
}

extension JSONValue {
  /// A whole number of minutes, at most a century: what is more is no target, and no sum of it may overflow.
  fileprivate var minutes: Int? { count.flatMap { (1...52_596_000).contains($0) ? $0 : nil } }
}
