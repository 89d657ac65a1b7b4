/// A day and an hour as the clocks of some place show them.
public struct WallTime: Hashable, Sendable {
  public var date: CivilDate
  /// Since midnight; 0 to 86,399.
  public var secondsOfDay: Int

  public init(date: CivilDate, secondsOfDay: Int) { (self.date, self.secondsOfDay) = (date, secondsOfDay) }

  /// Reads `2026-11-03T09:30`, with a space in place of the `T` if one likes, and with seconds or without.
  ///
  /// - Returns: `nil` for any other text, such as one with an offset: that is a moment.
  public init?(_ text: String) {
    var reader = DigitReader(text)
    guard let date = reader.fullDate(), reader.skip("T", "t", " ") != nil,
      let hour = reader.number(digits: 2),
      hour < 24, reader.skip(":") != nil, let minute = reader.number(digits: 2), minute < 60
    else { return nil }
    var second = 0
    if reader.skip(":") != nil {
      guard let number = reader.number(digits: 2), number < 60 else { return nil }
      second = number
    }
    guard reader.isAtEnd else { return nil }
    self.init(date: date, secondsOfDay: hour * 3600 + minute * 60 + second)
  }

  /// The same so many seconds later by the same clocks.
  public func adding(seconds: Int) -> WallTime {
    let all = date.daysSince1970 * 86_400 + secondsOfDay + seconds
    let days = all.flooredQuotient(by: 86_400)
    return WallTime(date: CivilDate(daysSince1970: days), secondsOfDay: all - days * 86_400)
  }

  /// `2026-11-03T09:30`, as it can be typed.
  public var typed: String {
    let minutes = secondsOfDay / 60
    let seconds = secondsOfDay % 60
    let end = seconds == 0 ? "" : ":" + padded(seconds, to: 2)
    return "\(date)T\(padded(minutes / 60, to: 2)):\(padded(minutes % 60, to: 2))\(end)"
  }

  /// “le 8 mars 2026 à 2 h 30”.
  public var wording: Sentence {
    // Clocks that are nowhere ahead of UTC show what is to be said.
    Instant(secondsSince1970: date.daysSince1970 * 86_400 + secondsOfDay).fullWording(offset: .utc)
  }
}

extension WallTime {
  /// What the clocks show at a moment.
  public init(_ moment: Moment) {
    self.init(date: moment.date, secondsOfDay: moment.instant.secondsOfDay(offset: moment.offset))
  }
}
