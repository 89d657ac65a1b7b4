/// When something happened or will happen, as a person says it.
///
/// Hours follow the habits of each language here: 14 h 05 (Office québécois de la langue française, “heure”), 2:05 p.m.
/// (Canadian English). No-break spaces keep a time on one line.
extension Instant {
  /// A date near today in the words of every day, else in full: “hier à 14 h 05”, “le 3 novembre 2026 à 9 h 30”.
  ///
  /// - Parameters:
  ///   - now: The moment the person reads it.
  ///   - offset: What the clocks showed at the place of the reader, at this instant.
  ///   - offsetNow: The same for `now`, where it differs because summer time began or ended between the two.
  ///   - place: Whose clocks these are, told behind the hour: “hier à 14 h 05 (Toronto)”.
  public func wording(
    seenFrom now: Instant, offset: UTCOffset, offsetNow: UTCOffset? = nil, place: String? = nil
  ) -> Sentence {
    if let near = wordingWithinAnHour(of: now) { return near }
    let date = date(offset: offset)
    let days = date.daysSince1970 - now.date(offset: offsetNow ?? offset).daysSince1970
    let time = timeWording(offset: offset, place: place)
    return switch days {
    case 0: Sentence(fr: "aujourd’hui à \(time.french)", en: "today at \(time.english)")
    case -1: Sentence(fr: "hier à \(time.french)", en: "yesterday at \(time.english)")
    case 1: Sentence(fr: "demain à \(time.french)", en: "tomorrow at \(time.english)")
    case -6...6:
      Sentence(
        fr: "\(date.weekdayName.french) \(date.dayAndMonth.french) à \(time.french)",
        en: "\(date.weekdayName.english), \(date.dayAndMonth.english) at \(time.english)")
    default: fullWording(offset: offset, place: place)
    }
  }

  /// The date and time in full, the same on every day: “le 3 novembre 2026 à 9 h 30”.
  ///
  /// - Parameter place: Whose clocks these are, told behind the hour where it is not clear.
  public func fullWording(offset: UTCOffset, place: String? = nil) -> Sentence {
    let (date, time) = (date(offset: offset).wording, timeWording(offset: offset, place: place))
    return Sentence(fr: "\(date.french) à \(time.french)", en: "\(date.english) at \(time.english)")
  }

  /// The end of something: “jusqu’à 12 h 45” on the same day, else “jusqu’au 21 novembre 2026 à 9 h”.
  ///
  /// - Parameters:
  ///   - now: The moment the person reads it; `nil` for the date in any case.
  ///   - offset: What the clocks show at the place, at this instant.
  ///   - place: As for ``fullWording(offset:place:)``.
  public func untilWording(
    seenFrom now: Instant? = nil, offset: UTCOffset, place: String? = nil
  ) -> Sentence {
    let (date, time) = (date(offset: offset), timeWording(offset: offset, place: place))
    if now?.date(offset: offset) == date {
      return Sentence(fr: "jusqu’à \(time.french)", en: "until \(time.english)")
    }
    return Sentence(
      fr: "jusqu’au \(date.dayAndMonth.french) \(date.year) à \(time.french)",
      en: "until \(date.wording.english) at \(time.english)")
  }

  /// For a column of a table, as wide for every date: `2026-11-03 09:30`.
  ///
  /// Source: ISO 8601, the all-numeric form that Canada (CAN/CSA-Z234.4-89) shares by both languages.
  public func columnWording(offset: UTCOffset) -> String {
    let minutes = secondsOfDay(offset: offset) / 60
    return "\(date(offset: offset)) \(padded(minutes / 60, to: 2)):\(padded(minutes % 60, to: 2))"
  }

  /// The time alone: “14 h 05”, “2:05 p.m.”; a whole hour is “14 h” in French.
  ///
  /// - Parameter place: As for ``fullWording(offset:place:)``.
  public func timeWording(offset: UTCOffset, place: String? = nil) -> Sentence {
    let minutes = secondsOfDay(offset: offset) / 60
    let (hour, minute) = (minutes / 60, minutes % 60)
    let end = place.map { " (\($0))" } ?? ""
    return Sentence(
      fr: (minute == 0 ? "\(hour)\u{A0}h" : "\(hour)\u{A0}h\u{A0}\(padded(minute, to: 2))") + end,
      en: "\((hour + 11) % 12 + 1):\(padded(minute, to: 2))\u{A0}\(hour < 12 ? "a.m." : "p.m.")\(end)")
  }

  private func wordingWithinAnHour(of now: Instant) -> Sentence? {
    let minute = CountedNoun(fr: ("minute", "minutes"), en: ("minute", "minutes"))
    switch secondsSince1970 - now.secondsSince1970 {
    case -59...0: return Sentence(fr: "à l’instant", en: "just now")
    case 1...59: return Sentence(fr: "dans moins d’une minute", en: "in less than a minute")
    case let past where (-3599 ... -60).contains(past):
      let count = minute.counted(-past / 60)
      return Sentence(fr: "il y a \(count.french)", en: "\(count.english) ago")
    case let future where (60...3599).contains(future):
      let count = minute.counted(future / 60)
      return Sentence(fr: "dans \(count.french)", en: "in \(count.english)")
    default: return nil
    }
  }
}

extension CivilDate {
  /// “le 3 novembre 2026”, “November 3, 2026”.
  public var wording: Sentence {
    Sentence(fr: "le \(dayAndMonth.french) \(year)", en: "\(dayAndMonth.english), \(year)")
  }

  /// “3 novembre”, “1er novembre”, “November 3”.
  public var dayAndMonth: Sentence {
    let month = Self.months[month - 1]
    let ordinal = day == 1 ? "1er" : "\(day)"  // French counts the first of a month, and only that one.
    return Sentence(fr: "\(ordinal)\u{A0}\(month.french)", en: "\(month.english)\u{A0}\(day)")
  }

  /// For a narrow column: “mar. 3 nov.”, “Tue, Nov 3”.
  ///
  /// Source: Office québécois de la langue française, “abréviation des noms de mois”, “des jours de la semaine”.
  public var shortWording: Sentence {
    let (weekday, month) = (Self.shortWeekdays[weekday], Self.shortMonths[month - 1])
    let ordinal = day == 1 ? "1er" : "\(day)"
    return Sentence(
      fr: "\(weekday.french) \(ordinal)\u{A0}\(month.french)",
      en: "\(weekday.english), \(month.english)\u{A0}\(day)")
  }

  /// “novembre 2026”, “November 2026”.
  public var monthWording: Sentence {
    let name = Self.months[month - 1]
    return Sentence(fr: "\(name.french) \(year)", en: "\(name.english) \(year)")
  }

  /// “mar.”, “Tue”.
  public var shortWeekdayName: Sentence { Self.shortWeekdays[weekday] }

  /// “mardi”, “Tuesday”.
  public var weekdayName: Sentence { Self.weekdays[weekday] }

  static let months = [
    Sentence(fr: "janvier", en: "January"), Sentence(fr: "février", en: "February"),
    Sentence(fr: "mars", en: "March"), Sentence(fr: "avril", en: "April"),
    Sentence(fr: "mai", en: "May"), Sentence(fr: "juin", en: "June"),
    Sentence(fr: "juillet", en: "July"), Sentence(fr: "août", en: "August"),
    Sentence(fr: "septembre", en: "September"), Sentence(fr: "octobre", en: "October"),
    Sentence(fr: "novembre", en: "November"), Sentence(fr: "décembre", en: "December"),
  ]

  static let weekdays = [
    Sentence(fr: "dimanche", en: "Sunday"), Sentence(fr: "lundi", en: "Monday"),
    Sentence(fr: "mardi", en: "Tuesday"), Sentence(fr: "mercredi", en: "Wednesday"),
    Sentence(fr: "jeudi", en: "Thursday"), Sentence(fr: "vendredi", en: "Friday"),
    Sentence(fr: "samedi", en: "Saturday"),
  ]

  static let shortMonths = [
    Sentence(fr: "janv.", en: "Jan"), Sentence(fr: "févr.", en: "Feb"), Sentence(fr: "mars", en: "Mar"),
    Sentence(fr: "avr.", en: "Apr"), Sentence(fr: "mai", en: "May"), Sentence(fr: "juin", en: "Jun"),
    Sentence(fr: "juill.", en: "Jul"), Sentence(fr: "août", en: "Aug"), Sentence(fr: "sept.", en: "Sep"),
    Sentence(fr: "oct.", en: "Oct"), Sentence(fr: "nov.", en: "Nov"), Sentence(fr: "déc.", en: "Dec"),
  ]

  static let shortWeekdays = [
    Sentence(fr: "dim.", en: "Sun"), Sentence(fr: "lun.", en: "Mon"), Sentence(fr: "mar.", en: "Tue"),
    Sentence(fr: "mer.", en: "Wed"), Sentence(fr: "jeu.", en: "Thu"), Sentence(fr: "ven.", en: "Fri"),
    Sentence(fr: "sam.", en: "Sat"),
  ]
}

extension Sentence {
  /// A length of time in its two largest units: “12 min”, “3 h 05”, “2 j 4 h”, “6 j”.
  public static func length(ofSeconds seconds: Int) -> Sentence {
    let minutes = seconds / 60
    if minutes < 60 { return Sentence(fr: "\(minutes)\u{A0}min", en: "\(minutes)\u{A0}min") }
    if minutes < 1440 {
      let rest = minutes % 60
      let padded = rest < 10 ? "0\(rest)" : "\(rest)"
      return Sentence(
        fr: "\(minutes / 60)\u{A0}h\u{A0}\(padded)", en: "\(minutes / 60)\u{A0}h\u{A0}\(padded)")
    }
    let (days, hours) = (minutes / 1440, minutes / 60 % 24)
    if hours == 0 { return Sentence(fr: "\(days)\u{A0}j", en: "\(days)\u{A0}d") }
    return Sentence(fr: "\(days)\u{A0}j\u{A0}\(hours)\u{A0}h", en: "\(days)\u{A0}d\u{A0}\(hours)\u{A0}h")
  }
}
