/// A point in time, to the second: what git records, and fine enough for an editorial calendar.
public struct Instant: Hashable, Sendable {
  /// Seconds since 1 January 1970, 00:00 UTC, without leap seconds.
  public let secondsSince1970: Int

  /// - Parameter seconds: Brought back to the years 0 to 9999 if it lies outside: a commit from elsewhere may claim
  ///   any number, and no date shall stop a listing.
  public init(secondsSince1970 seconds: Int) {
    secondsSince1970 = min(max(seconds, Self.yearZero), Self.endOf9999)
  }

  private static let yearZero = -62_167_219_200
  private static let endOf9999 = 253_402_300_799

  /// The day at a place that far from UTC.
  public func date(offset: UTCOffset) -> CivilDate {
    CivilDate(daysSince1970: (secondsSince1970 + offset.seconds).flooredQuotient(by: 86_400))
  }

  /// The seconds since midnight at a place that far from UTC.
  public func secondsOfDay(offset: UTCOffset) -> Int {
    let local = secondsSince1970 + offset.seconds
    return local - 86_400 * local.flooredQuotient(by: 86_400)
  }
}

extension Instant: Comparable {
  public static func < (left: Self, right: Self) -> Bool { left.secondsSince1970 < right.secondsSince1970 }
}

/// How far the clocks of a place are from UTC; negative in the Americas.
public struct UTCOffset: Hashable, Sendable {
  public let seconds: Int

  public static let utc = UTCOffset(minutes: 0)

  /// - Parameter minutes: Brought back to less than a day either way.
  public init(minutes: Int) { seconds = min(max(minutes, -1439), 1439) * 60 }
}

// MARK: RFC 3339

extension Instant {
  /// Reads `2026-11-03T09:30:00-05:00`.
  ///
  /// Fractions of a second are read and dropped; the leap second `:60` is the second after `:59`; `-00:00` counts
  /// as UTC. `T` and `Z` may be in lower case. A space in place of the `T` is refused, as are 24 o'clock and days
  /// that do not exist.
  ///
  /// - Returns: The instant, and the offset it was written with; `nil` for any other text.
  ///
  /// Source: RFC 3339, section 5.6 (`date-time`) and 5.7.
  public static func parse(rfc3339 text: String) -> (instant: Instant, offset: UTCOffset)? {
    var reader = DigitReader(text)
    guard let date = reader.fullDate(), reader.skip("T", "t") != nil,
      let hour = reader.number(digits: 2), hour < 24, reader.skip(":") != nil,
      let minute = reader.number(digits: 2), minute < 60, reader.skip(":") != nil,
      let second = reader.number(digits: 2), second <= 60
    else { return nil }
    if reader.skip(".") != nil {
      guard reader.number(digits: 1) != nil else { return nil }
      reader.skipDigits()
    }
    guard let offset = reader.offset(), reader.isAtEnd else { return nil }
    let local = date.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second
    return (Instant(secondsSince1970: local - offset.seconds), offset)
  }

  /// Reads a date and time of RFC 3339; see ``parse(rfc3339:)``.
  public init?(rfc3339 text: String) {
    guard let (instant, _) = Self.parse(rfc3339: text) else { return nil }
    self = instant
  }

  /// `2026-11-03T14:30:00Z`, or with an offset `2026-11-03T09:30:00-05:00`.
  public func rfc3339(offset: UTCOffset = .utc) -> String {
    let second = secondsOfDay(offset: offset)
    let time = [second / 3600, second / 60 % 60, second % 60].map { padded($0, to: 2) }.joined(separator: ":")
    return "\(date(offset: offset))T\(time)\(offset)"
  }
}

extension UTCOffset {
  /// As people write it: “UTC”, “UTC−5”, “UTC+5:30”.
  public var wording: String {
    if seconds == 0 { return "UTC" }
    let (hours, minutes) = (abs(seconds) / 3600, abs(seconds) / 60 % 60)
    return "UTC\(seconds < 0 ? "\u{2212}" : "+")\(hours)\(minutes == 0 ? "" : ":" + padded(minutes, to: 2))"
  }
}

extension UTCOffset: CustomStringConvertible {
  /// `Z` for UTC, else `-05:00`.
  public var description: String {
    if seconds == 0 { return "Z" }
    let minutes = abs(seconds) / 60
    return "\(seconds < 0 ? "-" : "+")\(padded(minutes / 60, to: 2)):\(padded(minutes % 60, to: 2))"
  }
}

extension DigitReader {
  fileprivate mutating func offset() -> UTCOffset? {
    switch skip("Z", "z", "+", "-") {
    case "Z", "z": return .utc
    case let sign?:
      guard let hours = number(digits: 2), hours < 24, skip(":") != nil, let minutes = number(digits: 2),
        minutes < 60
      else { return nil }
      return UTCOffset(minutes: (hours * 60 + minutes) * (sign == "-" ? -1 : 1))
    case nil: return nil
    }
  }
}
