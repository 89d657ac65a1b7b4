/// A day of the calendar, without a time or a place.
public struct CivilDate: Hashable, Sendable {
  public let year: Int
  /// 1 to 12.
  public let month: Int
  /// 1 to 31.
  public let day: Int

  /// - Returns: `nil` if there is no such day: 29 February 2025, year 10000.
  public init?(year: Int, month: Int, day: Int) {
    guard (0...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.days(inMonth: month, of: year)
    else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// The day that many days after 1 January 1970.
  ///
  /// Source: Howard Hinnant, “chrono-Compatible Low-Level Date Algorithms”, `civil_from_days`: a year that begins
  /// in March, so that the leap day comes last, and eras of 400 years, which all have 146,097 days.
  public init(daysSince1970 days: Int) {
    let shifted = days + 719_468
    let era = shifted.flooredQuotient(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// How many days this day is after 1 January 1970; negative before.
  ///
  /// Source: as above, `days_from_civil`.
  public var daysSince1970: Int {
    let yearFromMarch = month <= 2 ? year - 1 : year
    let era = yearFromMarch.flooredQuotient(by: 400)
    let yearOfEra = yearFromMarch - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// 0 is Sunday, 6 is Saturday.
  public var weekday: Int {
    let days = daysSince1970 + 4  // 1 January 1970 was a Thursday.
    return days - 7 * days.flooredQuotient(by: 7)
  }

  /// The day so many days later; earlier where the number is below zero.
  public func adding(days: Int) -> CivilDate { CivilDate(daysSince1970: daysSince1970 + days) }

  /// The Monday of its week. Source: ISO 8601, 3.2.2.
  public var startOfWeek: CivilDate { adding(days: -((weekday + 6) % 7)) }

  /// The first day of its month.
  public var startOfMonth: CivilDate { adding(days: 1 - day) }

  /// The last day of its month.
  public var endOfMonth: CivilDate { adding(days: Self.days(inMonth: month, of: year) - day) }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CivilDate: Comparable {
  public static func < (left: Self, right: Self) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

extension CivilDate: CustomStringConvertible {
  /// Reads `2026-11-03`, the full-date of RFC 3339.
  public init?(_ text: String) {
    var reader = DigitReader(text)
    guard let date = reader.fullDate(), reader.isAtEnd else { return nil }
    self = date
  }

  /// `2026-11-03`.
  public var description: String { "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))" }
}

extension Int {
  /// The quotient rounded towards minus infinity, so that days before 1970 fall on the right day.
  func flooredQuotient(by divisor: Int) -> Int {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}

/// A number with zeros before it.
func padded(_ number: Int, to width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

/// Reads dates and times of fixed shape, byte by byte.
struct DigitReader {
  private let bytes: [UInt8]
  private var place = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  var isAtEnd: Bool { place == bytes.count }

  /// Exactly that many digits, or `nil`.
  mutating func number(digits: Int) -> Int? {
    guard place + digits <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[place..<place + digits] {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    place += digits
    return value
  }

  /// Steps over one of these characters; `nil` if another one stands here.
  mutating func skip(_ choices: Unicode.Scalar...) -> Unicode.Scalar? {
    guard place < bytes.count, let found = choices.first(where: { $0.value == UInt32(bytes[place]) }) else {
      return nil
    }
    place += 1
    return found
  }

  mutating func skipDigits() {
    while place < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) { place += 1 }
  }

  mutating func fullDate() -> CivilDate? {
    guard let year = number(digits: 4), skip("-") != nil, let month = number(digits: 2), skip("-") != nil,
      let day = number(digits: 2)
    else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }
}
