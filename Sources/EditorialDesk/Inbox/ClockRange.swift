/// A range of hours by the clocks of a place, in minutes from midnight: 09:00 to 16:30.
///
/// One that does not end after it begins ends on the next day: 22:00 to 02:00, and 00:00 to 00:00 is a whole day.
struct ClockRange: Hashable, Sendable {
  /// From 0 to 1,439.
  let from: Int
  /// More than `from`, and at most a day more.
  let to: Int

  static let wholeDay = ClockRange(from: 0, to: minutesOfDay)
  static let minutesOfDay = 1440

  private init(from: Int, to: Int) { (self.from, self.to) = (from, to) }

  /// Reads `09:00` and `16:30`; `nil` for what is no time of day.
  init?(from: String?, to: String?) {
    guard let from = from.flatMap(Self.minutes), let to = to.flatMap(Self.minutes) else { return nil }
    self.init(from: from, to: to > from ? to : to + Self.minutesOfDay)
  }

  private static func minutes(of text: String) -> Int? {
    let bytes = Array(text.utf8)
    guard bytes.count == 5, bytes[2] == UInt8(ascii: ":") else { return nil }
    let digits = [0, 1, 3, 4].map { Int(bytes[$0]) - Int(UInt8(ascii: "0")) }
    guard digits.allSatisfy({ (0...9).contains($0) }) else { return nil }
    let (hour, minute) = (digits[0] * 10 + digits[1], digits[2] * 10 + digits[3])
    return hour < 24 && minute < 60 ? hour * 60 + minute : nil
  }
}

/// The days of the week as documents name them, Sunday first, as ``Wording/CivilDate/weekday`` counts them.
let weekdayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
