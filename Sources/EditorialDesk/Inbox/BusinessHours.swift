public import Wording

/// The hours in which a team answers, and what time is by them.
///
/// Hours are wall time: 9:00 is 9:00 in summer and in winter. What is counted are minutes as they pass, so that a range
/// over the night in which clocks are put forward is an hour shorter. A range belongs to the day on which it begins,
/// also where it ends on the next: that day’s holiday takes all of it away.
public struct BusinessHours: Sendable {
  /// Of each day of the week, Sunday first.
  private let week: [[ClockRange]]
  private let holidays: Set<CivilDate>
  private let zone: TimeZoneRules
  /// What was worked out already, by the day after 1970: from when to when, in seconds since 1970.
  private var known: [Int: [Range<Int>]] = [:]

  /// How many days ahead an answer is looked for: ten years. Hours so rare are a mistake, and no loop goes on for ever.
  static let horizonInDays = 3660

  /// - Parameter week: The ranges of each day of the week, Sunday first.
  init(week: [[ClockRange]], holidays: Set<CivilDate>, zone: TimeZoneRules) {
    precondition(week.count == 7, "a week of \(week.count) days")
    (self.week, self.holidays, self.zone) = (week, holidays, zone)
  }

  /// Whether nobody ever answers.
  public var isEmpty: Bool { week.allSatisfy(\.isEmpty) }

  /// The moment at which so many minutes of these hours have passed since another.
  ///
  /// - Returns: `nil` where they do not pass within ten years.
  public mutating func adding(minutes: Int, to start: Instant) -> Instant? {
    var left = minutes * 60
    var cursor = start.secondsSince1970
    if isEmpty { return nil }
    let first = firstDay(at: start)
    for day in first..<first + Self.horizonInDays {
      for opening in openings(on: day) {
        let begin = max(opening.lowerBound, cursor)
        guard begin < opening.upperBound else { continue }
        let room = opening.upperBound - begin
        if left <= room { return Instant(secondsSince1970: begin + left) }
        left -= room
        cursor = opening.upperBound
      }
    }
    return nil
  }

  /// How many seconds of these hours lie between two moments; 0 where the second is not after the first.
  ///
  /// - Returns: `nil` where they are more than ten years apart.
  public mutating func seconds(from start: Instant, to end: Instant) -> Int? {
    if isEmpty || end <= start { return 0 }
    let last = end.date(offset: zone.offset(at: end)).daysSince1970
    let first = firstDay(at: start)
    guard last - first <= Self.horizonInDays else { return nil }
    var sum = 0
    var cursor = start.secondsSince1970
    for day in first...last {
      for opening in openings(on: day) {
        let begin = max(opening.lowerBound, cursor)
        let close = min(opening.upperBound, end.secondsSince1970)
        guard begin < close else { continue }
        sum += close - begin
        cursor = close
      }
    }
    return sum
  }

  /// The day before the one it is, whose hours may go on past midnight.
  private func firstDay(at moment: Instant) -> Int {
    moment.date(offset: zone.offset(at: moment)).daysSince1970 - 1
  }

  private mutating func openings(on day: Int) -> [Range<Int>] {
    if let openings = known[day] { return openings }
    let date = CivilDate(daysSince1970: day)
    var openings: [Range<Int>] = []
    if !holidays.contains(date) {
      openings = week[date.weekday].compactMap { range in
        let begin = moment(range.from, of: day, isEnd: false)
        let end = moment(range.to, of: day, isEnd: true)
        return begin < end ? begin..<end : nil
      }.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    }
    known[day] = openings
    return openings
  }

  /// When the clocks show a time of a day, in seconds since 1970.
  ///
  /// A time they show twice begins a range the first time and ends one the second; one they never show is the moment at
  /// which they are put over it.
  private func moment(_ minutes: Int, of day: Int, isEnd: Bool) -> Int {
    let wall = WallTime(date: CivilDate(daysSince1970: day), secondsOfDay: 0).adding(seconds: minutes * 60)
    switch zone.reading(of: wall) {
    case .once(let moment): return moment.secondsSince1970
    case .twice(let earlier, let later): return (isEnd ? later : earlier).secondsSince1970
    case .never: return firstMoment(showing: day * 86_400 + minutes * 60)
    }
  }

  /// The first moment at which the clocks show more than a time; right where they are only put forward nearby.
  private func firstMoment(showing local: Int) -> Int {
    var (low, high) = (local - 26 * 3600, local + 26 * 3600)
    while low < high {
      let middle = low + (high - low) / 2
      let shown = middle + zone.offset(at: Instant(secondsSince1970: middle)).seconds
      if shown >= local { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
