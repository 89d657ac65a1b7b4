public import Wording

extension EditorialCalendar.Remark {
  /// What a person should know, as half a sentence.
  public var wording: Sentence {
    switch self {
    case .tooClose(let title):
      Sentence(
        fr: "dans les mêmes minutes que \(Language.french.quoted(title))",
        en: "in the same minutes as \(Language.english.quoted(title))")
    case .outsideAudience:
      Sentence(fr: "le public n’est pas là à cette heure", en: "the audience is not there at that time")
    case .overDay(let limit):
      Sentence(
        fr: "plus de \(Language.french.number(limit)) ce jour-là sur ce canal",
        en: "more than \(Language.english.number(limit)) that day on this channel")
    case .overWeek(let limit):
      Sentence(
        fr: "plus de \(Language.french.number(limit)) cette semaine-là sur ce canal",
        en: "more than \(Language.english.number(limit)) that week on this channel")
    case .late:
      Sentence(
        fr: "son heure est passée, et personne n’a noté que c’est sorti",
        en: "its time has passed, and nobody has recorded that it went out")
    }
  }
}

extension EditorialCalendar.Anchor {
  /// “2 jours après « Ouverture »”; of one that no longer holds, that the milestone has moved.
  public var wording: Sentence {
    let name = Sentence(fr: Language.french.quoted(milestone), en: Language.english.quoted(milestone))
    guard holds else {
      return Sentence(
        fr: "l’étape \(name.french) a changé d’heure",
        en: "the milestone \(name.english) has another time now")
    }
    let distance = Self.distance(minutes.magnitude)
    switch minutes {
    case 0: return Sentence(fr: "à l’étape \(name.french)", en: "at the milestone \(name.english)")
    case ..<0:
      return Sentence(
        fr: "\(distance.french) avant \(name.french)", en: "\(distance.english) before \(name.english)")
    default:
      return Sentence(
        fr: "\(distance.french) après \(name.french)", en: "\(distance.english) after \(name.english)")
    }
  }

  private static func distance(_ minutes: UInt) -> Sentence {
    let units: [(UInt, CountedNoun)] = [
      (1440, CountedNoun(fr: ("jour", "jours"), en: ("day", "days"))),
      (60, CountedNoun(fr: ("heure", "heures"), en: ("hour", "hours"))),
      (1, CountedNoun(fr: ("minute", "minutes"), en: ("minute", "minutes"))),
    ]
    let (size, noun) = units.first { minutes % $0.0 == 0 } ?? units[2]
    return noun.counted(Int(clamping: minutes / size))
  }
}

extension EditorialCalendar.Entry {
  /// Everything to know of its time, the worrying first.
  public var notes: [Sentence] {
    let anchor = anchor.map { [$0.wording] } ?? []
    return remarks.map(\.wording) + anchor
  }

  /// Whether somebody may want to choose another time.
  public var asksForALook: Bool { !remarks.isEmpty || anchor?.holds == false }
}
