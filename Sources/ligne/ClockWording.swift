import Documents
import JSONTree
import SyncEngine
import Wording

/// Says when things happened or will: by the clocks of the brand’s place, whoever reads it and wherever.
struct ClockWording: Sendable {
  var clock: ZonedClock
  var language: Language

  /// A moment in the words of every day.
  func callAsFunction(_ instant: Instant) -> String { clock.wording(of: instant).text(in: language) }

  func callAsFunction(_ moment: Moment) -> String { self(moment.instant) }

  /// A time stamp of a document; as it stands where it is none.
  func callAsFunction(_ stamp: String) -> String { Instant(rfc3339: stamp).map { self($0) } ?? stamp }

  /// A moment for a column: `2026-11-03 09:30`.
  func column(_ moment: Moment) -> String { clock.columnWording(of: moment.instant) }

  /// Whose clocks the columns of a page are by, where that is not clear.
  var note: StyledText? {
    clock.toldPlace.map { place in
      let sentence = Sentence(
        fr: "Les heures sont celles de \(place).", en: "Times are those of \(place).")
      return StyledText(sentence.text(in: language), .quiet)
    }
  }
}

extension Page {
  /// Says at the end of a page whose clocks its columns are by, where that is not clear.
  mutating func add(_ note: StyledText?) {
    guard let note else { return }
    blank()
    line(note)
  }
}

extension Session {
  /// The clocks of the brand’s place, now; of UTC where the workspace names none.
  ///
  /// - Throws: What is wrong with the settings, or with the zone that they name.
  func clock(of workspace: Workspace) throws -> ZonedClock {
    let (now, offset) = try date()
    let name = try workspace.settings().timeZone ?? "UTC"
    let rules: TimeZoneRules
    do {
      rules = try TimeZoneName.rules(of: name)
    } catch var unknown as UnknownTimeZone {
      unknown.isOfSettings = true
      throw unknown
    }
    return ZonedClock(
      rules: rules, now: now, place: TimeZoneName.place(of: name),
      isElsewhere: rules.offset(at: now) != offset)
  }

  /// How times of a workspace are said: by the clocks of the brand’s place, and where nobody can read which they are, by those
  /// of this computer. That is no reason not to say when something was, and `ligne check` names it.
  func when(in workspace: Workspace) throws -> ClockWording {
    let (now, offset) = try date()
    let here = ZonedClock(rules: TimeZoneRules(fixed: offset), now: now)
    return ClockWording(clock: (try? clock(of: workspace)) ?? here, language: language)
  }
}

extension ZonedClock {
  /// A date a person typed, as the first moment it stands for.
  ///
  /// - Throws: `UnreadableDate`.
  func beginning(typed text: String, towards direction: TypedTime.Direction) throws(UnreadableDate) -> Instant
  {
    if let instant = start(ofTyped: text, towards: direction) { return instant }
    guard let month = month(typed: text, towards: direction) else { throw UnreadableDate(text: text) }
    return rules.moment(of: WallTime(date: month, secondsOfDay: 0))
  }

  /// A date a person typed, as the last moment it stands for.
  ///
  /// - Parameter start: As for ``day(typed:from:towards:)``.
  /// - Throws: `UnreadableDate`.
  func ending(typed text: String, from start: CivilDate? = nil) throws(UnreadableDate) -> Instant {
    guard let instant = end(ofTyped: text, from: start, towards: .future) else {
      throw UnreadableDate(text: text)
    }
    return instant
  }

  /// A day a person typed.
  ///
  /// - Parameter start: From when on one looks for a weekday or a day without a year; now, if nothing is said.
  /// - Throws: `UnreadableDate`, also where an hour was typed beside it.
  func day(
    typed text: String, from start: CivilDate? = nil, towards direction: TypedTime.Direction
  ) throws(UnreadableDate) -> CivilDate {
    guard let time = typedTime(text, from: start, towards: direction) else {
      throw UnreadableDate(text: text)
    }
    if time.secondsOfDay != nil { throw UnreadableDate(text: text, hasAnHour: true) }
    return time.date
  }
}

/// A date on the command line that is none.
struct UnreadableDate: ExplainedError {
  var text: String
  /// Whether it is one, with an hour where a day is asked for.
  var hasAnHour = false

  var code: String { "unreadable-date" }

  var message: Sentence {
    let (french, english) = (Language.french.quoted(text), Language.english.quoted(text))
    return hasAnHour
      ? Sentence(
        fr: "Il faut un jour sans heure\u{A0}: \(french)", en: "A day without an hour is wanted: \(english)")
      : Sentence(fr: "\(french) n’est pas une date.", en: "\(english) is not a date.")
  }

  var hint: Sentence? {
    hasAnHour
      ? nil
      : Sentence(
        fr:
          "Une date s’écrit 2026-11-03, 2026-11-03T09:30:00-05:00, «\u{A0}hier\u{A0}», «\u{A0}lundi\u{A0}» ou «\u{A0}3 novembre\u{A0}».",
        en: "A date is written 2026-11-03, 2026-11-03T09:30:00-05:00, “yesterday”, “Monday” or “November 3”.")
  }
}
