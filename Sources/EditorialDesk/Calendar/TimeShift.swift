public import Wording

/// How far releases are moved: so many days by the calendar, or so many minutes by the clock.
///
/// Days keep the hour that the clocks show, also where they are put forward or back in between; hours and minutes are
/// what passes.
public enum TimeShift: Hashable, Sendable {
  case days(Int)
  case minutes(Int)

  /// Reads `2d`, `-1w`, `3h`, `-90m`; one number and one unit, where a day is also `j` (jour).
  ///
  /// - Returns: `nil` for any other text, and for more than ten years.
  public init?(_ text: String) {
    guard let unit = text.utf8.last, let count = Int(text.dropLast()), count.magnitude < 6_000_000 else {
      return nil
    }
    switch unit {
    case UInt8(ascii: "w"): self = .days(count * 7)
    case UInt8(ascii: "d"), UInt8(ascii: "j"): self = .days(count)
    case UInt8(ascii: "h"): self = .minutes(count * 60)
    case UInt8(ascii: "m"): self = .minutes(count)
    default: return nil
    }
    let days =
      switch self {
      case .days(let days): days
      case .minutes(let minutes): minutes / 1440
      }
    if days.magnitude > 3660 { return nil }
  }

  /// The moment so much later, by the clocks of a place.
  ///
  /// - Returns: `reading` says whether the clocks show the hour once; it is another one where they never show it.
  public func moved(
    _ moment: Instant, clocks: TimeZoneRules
  ) -> (moment: Instant, reading: TimeZoneRules.Reading) {
    switch self {
    case .minutes(let minutes):
      let moved = Instant(secondsSince1970: moment.secondsSince1970 + minutes * 60)
      return (moved, .once(moved))
    case .days(let days):
      var wall = WallTime(clocks.moment(moment))
      wall.date = wall.date.adding(days: days)
      return (clocks.moment(of: wall), clocks.reading(of: wall))
    }
  }
}
