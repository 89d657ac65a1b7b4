/// The clocks of one place, and the moment at which somebody looks at them.
///
/// People who work on one brand far from each other speak of the same hours when all of them are told by the clocks of the
/// brand's place.
public struct ZonedClock: Sendable {
  public var rules: TimeZoneRules
  public var now: Instant
  /// What the place is called; `nil` for clocks of no place.
  public var place: String?
  /// Whether the clocks show another time now where these are read: then the place is told beside each.
  public var isElsewhere: Bool

  public init(rules: TimeZoneRules, now: Instant, place: String? = nil, isElsewhere: Bool = false) {
    (self.rules, self.now, self.place, self.isElsewhere) = (rules, now, place, isElsewhere)
  }

  /// What the clocks show at a moment.
  public func moment(_ instant: Instant) -> Moment { rules.moment(instant) }

  /// The day it is there.
  public var today: CivilDate { moment(now).date }

  /// What is told beside an hour.
  public var toldPlace: String? { isElsewhere ? place : nil }

  /// The same for pages that say once whose clocks they are by, whoever made them.
  public var withoutPlaces: ZonedClock { ZonedClock(rules: rules, now: now, place: place) }

  // MARK: - Telling

  /// A moment in the words of every day, seen from now: “hier à 14 h 05”, and “hier à 14 h 05 (Toronto)” for a reader who is
  /// elsewhere.
  public func wording(of instant: Instant) -> Sentence {
    instant.wording(
      seenFrom: now, offset: rules.offset(at: instant), offsetNow: rules.offset(at: now), place: toldPlace)
  }

  /// A moment in full, the same on every day: “le 3 novembre 2026 à 9 h 30”.
  public func fullWording(of instant: Instant) -> Sentence {
    instant.fullWording(offset: rules.offset(at: instant), place: toldPlace)
  }

  /// The end of something: “jusqu’à 12 h 45” today, else “jusqu’au 21 novembre 2026 à 9 h”.
  public func untilWording(of instant: Instant) -> Sentence {
    instant.untilWording(seenFrom: now, offset: rules.offset(at: instant), place: toldPlace)
  }

  /// A moment for a column of a table: `2026-11-03 09:30`.
  public func columnWording(of instant: Instant) -> String {
    instant.columnWording(offset: rules.offset(at: instant))
  }

  // MARK: - Reading

  /// A typed day or hour, by these clocks.
  ///
  /// - Parameter start: From when on one looks for a weekday or a day without a year; now, if nothing is said.
  public func typedTime(
    _ text: String, from start: CivilDate? = nil, towards direction: TypedTime.Direction
  ) -> TypedTime? {
    TypedTime(text, seenFrom: WallTime(moment(now)), from: start, towards: direction)
  }

  /// The moment that a typed day begins, or that a typed hour of it is; of an hour that comes twice the first.
  ///
  /// - Parameter text: A moment of RFC 3339, or what ``TypedTime`` reads.
  /// - Returns: `nil` for any other text.
  public func start(ofTyped text: String, towards direction: TypedTime.Direction) -> Instant? {
    if let instant = Instant(rfc3339: text) { return instant }
    return typedTime(text, towards: direction).map { time in
      rules.moment(of: WallTime(date: time.date, secondsOfDay: time.secondsOfDay ?? 0))
    }
  }

  /// The last second of a typed day, or the moment of a typed hour.
  ///
  /// - Returns: As for ``start(ofTyped:towards:)``.
  public func end(
    ofTyped text: String, from start: CivilDate? = nil, towards direction: TypedTime.Direction
  ) -> Instant? {
    if let instant = Instant(rfc3339: text) { return instant }
    return typedTime(text, from: start, towards: direction).map { time in
      if let seconds = time.secondsOfDay {
        return rules.moment(of: WallTime(date: time.date, secondsOfDay: seconds))
      }
      let next = rules.moment(of: WallTime(date: time.date.adding(days: 1), secondsOfDay: 0))
      return Instant(secondsSince1970: next.secondsSince1970 - 1)
    }
  }
}
