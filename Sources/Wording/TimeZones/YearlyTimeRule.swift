/// When clocks are put forward and back in every year: `EST5EDT,M3.2.0,M11.1.0`.
///
/// Source: POSIX.1-2017, Base Definitions, section 8.3 (`TZ`), with the wider hours of RFC 8536, section 3.3.1.
struct YearlyTimeRule: Hashable, Sendable {
  /// Seconds from UTC.
  private var standard: Int
  /// `nil` where the clocks stay as they are.
  private var summer: Summer?

  fileprivate struct Summer: Hashable {
    var offset: Int
    var start, end: Change
  }

  /// A day of the year, and seconds from its midnight.
  fileprivate struct Change: Hashable {
    enum Day: Hashable {
      /// The nth weekday of a month, 0 for Sunday; the fifth is the last.
      case weekday(month: Int, week: Int, day: Int)
      /// From 1, never counting 29 February.
      case withoutLeapDay(Int)
      /// From 0.
      case ofYear(Int)
    }
    var day: Day
    var seconds: Int
  }

  init?(_ text: String) {
    var reader = RuleReader(text)
    guard reader.skipName(), let west = reader.time(hours: 24) else { return nil }
    standard = -west
    if reader.isAtEnd { return }
    guard reader.skipName() else { return nil }
    var offset = standard + 3600
    if reader.next != UInt8(ascii: ","), let west = reader.time(hours: 24) { offset = -west }
    guard let start = Self.change(&reader), let end = Self.change(&reader), reader.isAtEnd else { return nil }
    summer = Summer(offset: offset, start: start, end: end)
  }

  private static func change(_ reader: inout RuleReader) -> Change? {
    guard reader.skip(",") else { return nil }
    let day: Change.Day
    if reader.skip("M") {
      guard let month = reader.number(1...12), reader.skip("."), let week = reader.number(1...5),
        reader.skip("."), let weekday = reader.number(0...6)
      else { return nil }
      day = .weekday(month: month, week: week, day: weekday)
    } else if reader.skip("J") {
      guard let number = reader.number(1...365) else { return nil }
      day = .withoutLeapDay(number)
    } else {
      guard let number = reader.number(0...365) else { return nil }
      day = .ofYear(number)
    }
    guard reader.skip("/") else { return Change(day: day, seconds: 7200) }
    return reader.time(hours: 167).map { Change(day: day, seconds: $0) }
  }

  /// Seconds from UTC at a moment, given in seconds since 1970.
  func offset(at time: Int) -> Int {
    guard let summer else { return standard }
    let year = CivilDate(daysSince1970: (time + standard).flooredQuotient(by: 86_400)).year
    let start = summer.start.moment(in: year) - standard
    let end = summer.end.moment(in: year) - summer.offset
    // South of the equator summer begins in one year and ends in the next.
    let isSummer = start < end ? start <= time && time < end : !(end <= time && time < start)
    return isSummer ? summer.offset : standard
  }
}

extension YearlyTimeRule.Change {
  /// Seconds since 1970 by the clocks of the place.
  func moment(in year: Int) -> Int { days(in: year) * 86_400 + seconds }

  private func days(in year: Int) -> Int {
    func first(of month: Int) -> Int {
      // The years of an instant end with 9999.
      CivilDate(year: min(max(year, 0), 9999), month: month, day: 1)?.daysSince1970 ?? 0
    }
    switch day {
    case .ofYear(let day): return first(of: 1) + day
    case .withoutLeapDay(let day):
      let hasLeapDay = first(of: 3) - first(of: 2) == 29
      return first(of: 1) + day - 1 + (hasLeapDay && day >= 60 ? 1 : 0)
    case .weekday(let month, let week, let day):
      let start = first(of: month)
      let length = month == 12 ? 31 : first(of: month + 1) - start
      let weekday = CivilDate(daysSince1970: start).weekday
      var offset = (day - weekday + 7) % 7 + (week - 1) * 7
      if offset >= length { offset -= 7 }
      return start + offset
    }
  }
}

/// Reads a rule sign by sign.
private struct RuleReader {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = Substring(text).utf8 }

  var isAtEnd: Bool { rest.isEmpty }
  var next: UInt8? { rest.first }

  mutating func skip(_ sign: Unicode.Scalar) -> Bool {
    guard let first = rest.first, UInt32(first) == sign.value else { return false }
    rest.removeFirst()
    return true
  }

  /// Three letters or more, or anything between `<` and `>`.
  mutating func skipName() -> Bool {
    if skip("<") {
      guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
      rest = rest[rest.index(after: end)...]
      return true
    }
    let letters = rest.prefix { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    rest = rest[letters.endIndex...]
    return letters.count >= 3
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int? {
    let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard (1...3).contains(digits.count) else { return nil }
    rest = rest[digits.endIndex...]
    let value = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    return range.contains(value) ? value : nil
  }

  /// `[+-]hh[:mm[:ss]]`, in seconds.
  mutating func time(hours limit: Int) -> Int? {
    let isNegative = skip("-")
    if !isNegative { _ = skip("+") }
    guard let hours = number(0...limit) else { return nil }
    var seconds = hours * 3600
    for unit in [60, 1] where skip(":") {
      guard let part = number(0...59) else { return nil }
      seconds += part * unit
    }
    return isNegative ? -seconds : seconds
  }
}
