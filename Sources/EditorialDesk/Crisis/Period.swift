import Wording

/// A length of time as plans say it: `PT30M`, `P1D`, `P6M`.
///
/// Source: ISO 8601-1:2019, 5.5.2; the subset of RFC 3339, appendix A, which is what schemas accept as `duration`.
struct Period: Hashable {
  /// Calendar months; a year is twelve.
  private(set) var months = 0
  private(set) var days = 0
  private(set) var seconds = 0

  /// - Returns: `nil` for any other text, and for a length nobody lives to see.
  init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    guard rest.popFirst() == UInt8(ascii: "P"), !rest.isEmpty else { return nil }
    var isTime = false
    while let byte = rest.first {
      if byte == UInt8(ascii: "T"), !isTime {
        isTime = true
        rest.removeFirst()
        guard !rest.isEmpty else { return nil }
        continue
      }
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard (1...6).contains(digits.count) else { return nil }
      let count = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
      rest.removeFirst(digits.count)
      switch (rest.popFirst().map(Unicode.Scalar.init), isTime) {
      case ("Y", false): months += count * 12
      case ("M", false): months += count
      case ("W", false): days += count * 7
      case ("D", false): days += count
      case ("H", true): seconds += count * 3600
      case ("M", true): seconds += count * 60
      case ("S", true): seconds += count
      default: return nil
      }
    }
  }

  /// The moment that long after another one, by the same clock.
  ///
  /// Months go to the same day of a later month, or to its last where it has no such day.
  func after(_ moment: Moment) -> Moment {
    let seconds =
      moment.instant.secondsSince1970 + (date(after: moment.date).daysSince1970 - moment.date.daysSince1970)
      * 86_400
    return Moment(instant: Instant(secondsSince1970: seconds + self.seconds), offset: moment.offset)
  }

  /// The day that long after another one; hours make no difference.
  func date(after date: CivilDate) -> CivilDate {
    let month = date.year * 12 + date.month - 1 + months
    let same = (0...3).lazy.compactMap {
      CivilDate(year: month / 12, month: month % 12 + 1, day: date.day - $0)
    }.first
    return CivilDate(daysSince1970: (same ?? date).daysSince1970 + days)
  }
}
