import Documents
import ObjectModel
import Wording

/// The moment a post goes out, and what the clocks of its zone show then.
struct ScheduledTime: Hashable {
  var moment: Instant
  var offset: UTCOffset

  /// As documents hold it: wall time with its offset.
  var rfc3339: String { moment.rfc3339(offset: offset) }

  init(moment: Instant, offset: UTCOffset) { (self.moment, self.offset) = (moment, offset) }

  /// - Parameters:
  ///   - text: A wall time of the zone (`2026-11-03T09:30`, “jeudi 8 h”), or a moment with an offset of its own.
  ///   - zone: The name of the zone, for what is said.
  ///   - clock: The clocks of the zone.
  ///   - direction: Which thursday is meant.
  /// - Throws: `ScheduleError` for a time that the clocks of the zone never show, or show twice.
  init(
    typed text: String, zone: String, clock: ZonedClock, towards direction: TypedTime.Direction
  ) throws(ScheduleError) {
    let rules = clock.rules
    if let moment = Instant(rfc3339: text) {
      (self.moment, offset) = (moment, rules.offset(at: moment))
      return
    }
    guard let time = clock.typedTime(text, towards: direction) else {
      throw Self.isWrittenLikeATime(text) ? .noSuchDay(text) : .unreadableTime(text)
    }
    guard let seconds = time.secondsOfDay else { throw .noHour(text) }
    let wall = WallTime(date: time.date, secondsOfDay: seconds)
    switch rules.reading(of: wall) {
    case .once(let moment): (self.moment, offset) = (moment, rules.offset(at: moment))
    case .twice(let earlier, let later):
      throw .twice(
        wall, zone: zone,
        choices: [earlier, later].map { $0.rfc3339(offset: rules.offset(at: $0)) })
    case .never(let skipped): throw .never(wall, zone: zone, next: wall.adding(seconds: skipped))
    }
  }
}

extension ScheduledTime {
  /// `2026-02-30T25:00`: digits where a time has digits, and nothing else.
  private static func isWrittenLikeATime(_ text: String) -> Bool {
    ["0000-00-00T00:00", "0000-00-00T00:00:00"].contains { shape in
      text.utf8.count == shape.utf8.count
        && zip(text.utf8, shape.utf8).allSatisfy { sign, place in
          switch place {
          case UInt8(ascii: "0"): (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(sign)
          case UInt8(ascii: "T"): "Tt ".utf8.contains(sign)
          default: sign == place
          }
        }
    }
  }
}

/// Why a post can’t be scheduled so. Nothing was changed.
enum ScheduleError: ExplainedError, Hashable {
  case notAPost(WorkspacePath)
  /// The post has no variant for the channel; those it has.
  case notOnChannel(String, WorkspacePath, known: [String])
  case unreadableTime(String)
  /// A day alone.
  case noHour(String)
  /// It is written as a time, and no calendar or clock shows it.
  case noSuchDay(String)
  /// The clocks are put forward over it; what they show instead.
  case never(WallTime, zone: String, next: WallTime)
  /// The clocks are put back; the two moments as they can be typed.
  case twice(WallTime, zone: String, choices: [String])
  case zoneUnreadable(String)
  /// The post has no campaign with such a milestone; those its campaign has.
  case unknownMilestone(String, known: [String])

  var code: String {
    switch self {
    case .notAPost: "not-a-post"
    case .notOnChannel: "not-on-channel"
    case .unreadableTime, .noHour: "unreadable-time"
    case .never, .noSuchDay: "no-such-time"
    case .twice: "ambiguous-time"
    case .zoneUnreadable: "zone-unreadable"
    case .unknownMilestone: "unknown-milestone"
    }
  }

  var message: Sentence {
    switch self {
    case .notAPost(let path):
      Sentence(
        fr: "Ce document n’est pas une publication : \(path.text)",
        en: "This document is not a post: \(path.text)")
    case .notOnChannel(let channel, let path, _):
      Sentence(
        fr: "Cette publication n’est pas prévue sur « \(channel) » : \(path.text)",
        en: "This post is not meant for “\(channel)”: \(path.text)")
    case .unreadableTime(let text):
      Sentence(
        fr: "\(Language.french.quoted(text)) n’est pas une heure.",
        en: "\(Language.english.quoted(text)) is not a time.")
    case .noHour(let text):
      Sentence(
        fr: "\(Language.french.quoted(text)) est un jour sans heure.",
        en: "\(Language.english.quoted(text)) is a day without an hour.")
    case .noSuchDay(let text):
      Sentence(
        fr: "Aucun calendrier n’a ce jour, ou aucune horloge cette heure : \(text)",
        en: "No calendar has this day, or no clock this hour: \(text)")
    case .never(let wall, let zone, _):
      Sentence(
        fr: "Cette heure n’existe pas à \(zone), où l’on avance alors les horloges : \(wall.wording.french)",
        en: "There is no such time in \(zone), where clocks are put forward then: \(wall.wording.english)")
    case .twice(let wall, let zone, _):
      Sentence(
        fr:
          "Cette heure passe deux fois à \(zone), où l’on recule alors les horloges : \(wall.wording.french)",
        en: "This time comes twice in \(zone), where clocks are put back then: \(wall.wording.english)")
    case .zoneUnreadable(let zone):
      Sentence(
        fr: "Cet ordinateur ne sait pas quelle heure il est dans ce fuseau : \(zone)",
        en: "This computer does not know what the time is in this zone: \(zone)")
    case .unknownMilestone(let milestone, _):
      Sentence(
        fr: "La campagne de cette publication n’a pas d’étape \(Language.french.quoted(milestone)).",
        en: "The campaign of this post has no milestone \(Language.english.quoted(milestone)).")
    }
  }

  var hint: Sentence? {
    switch self {
    case .notAPost:
      Sentence(fr: "« ligne list post » montre les publications.", en: "“ligne list post” shows the posts.")
    case .notOnChannel(_, _, let known):
      known.isEmpty
        ? Sentence(fr: "« --add » l’y prévoit.", en: "“--add” puts it there.")
        : Sentence(
          fr: "Elle l’est sur : \(known.joined(separator: ", ")). « --add » l’y prévoit aussi.",
          en: "It is for: \(known.joined(separator: ", ")). “--add” puts it there, too.")
    case .unreadableTime, .noSuchDay, .noHour:
      Sentence(
        fr:
          "Une heure s’écrit 2026-11-03T09:30, 2026-11-03T09:30:00-05:00, « jeudi 9 h 30 » ou « 3 novembre à 9 h 30 ».",
        en:
          "A time is written 2026-11-03T09:30, 2026-11-03T09:30:00-05:00, “Thursday 9:30 a.m.” or “November 3 at 9:30 a.m.”."
      )
    case .never(_, _, let next):
      Sentence(
        fr: "À la place, les horloges montrent \(next.typed).", en: "The clocks show \(next.typed) instead.")
    case .twice(_, _, let choices):
      Sentence(
        fr: "Choisissez : --at \(choices.joined(separator: " ou --at "))",
        en: "Choose: --at \(choices.joined(separator: " or --at "))")
    case .zoneUnreadable:
      Sentence(
        fr: "Installez les fuseaux horaires de votre système (tzdata).",
        en: "Install the time zones of your system (tzdata).")
    case .unknownMilestone(_, let known):
      known.isEmpty
        ? Sentence(
          fr: "Le champ /campaign de la publication nomme la campagne, et ses étapes sont dans /milestones.",
          en: "The post’s field /campaign names the campaign, and its milestones are in /milestones.")
        : Sentence(
          fr: "Il y a : \(known.joined(separator: ", ")).", en: "There are: \(known.joined(separator: ", "))."
        )
    }
  }
}
