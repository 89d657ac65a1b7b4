/// A time by somebody's clock.
public struct Moment: Hashable, Sendable, CustomStringConvertible {
  public var instant: Instant
  public var offset: UTCOffset

  public init(instant: Instant, offset: UTCOffset) {
    self.instant = instant
    self.offset = offset
  }

  /// Reads `2026-11-03T09:30:00-05:00`; see ``Instant/parse(rfc3339:)``.
  public init?(rfc3339 text: String) {
    guard let (instant, offset) = Instant.parse(rfc3339: text) else { return nil }
    self.init(instant: instant, offset: offset)
  }

  /// The day it is by that clock.
  public var date: CivilDate { instant.date(offset: offset) }

  /// `2026-11-03T09:30:00-05:00`.
  public var description: String { instant.rfc3339(offset: offset) }
}
