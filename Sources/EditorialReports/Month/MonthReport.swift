import Documents
public import EditorialDesk
import EditorialReview
import JSONTree
public import Wording

/// The report of a month for somebody who does not use Ligne: a client, a board.
///
/// One text in three readings: Markdown for a message, a page for a browser or paper, lines for a spreadsheet. The same
/// arguments give the same bytes. Dialogue comes first, and each figure of an indicator carries where and when it was read.
public struct MonthReport {
  let review: MonthReview
  let language: Language

  /// Figures of so many months stand in a series.
  private static let months = 12

  public init(_ review: MonthReview, in language: Language) {
    (self.review, self.language) = (review, language)
  }

  var title: Sentence {
    let month = review.month.monthWording
    return Sentence(fr: "\(review.brand) – \(month.french)", en: "\(review.brand) – \(month.english)")
  }

  var tables: [FigureTable] { [dialogue, indicators, channels, outings, pillars, crises] }

  /// What comes next, in one sentence.
  var outlook: Sentence {
    let next = review.month.endOfMonth.adding(days: 1).monthWording
    let count = CountedNoun(
      fr: ("sortie prévue", "sorties prévues"), en: ("release planned", "releases planned")
    )
    .counted(review.planned)
    return Sentence(
      fr: "Pour \(next.french) : \(count.french).", en: "For \(next.english): \(count.english).")
  }

  // MARK: Tables

  private var dialogue: FigureTable {
    let coverage = review.dialogue
    func row(_ name: Figure, _ figures: InboxCoverage.Figures) -> [Figure] {
      [
        name, .count(figures.received), .count(figures.answered),
        figures.percent.map { .percent($0) } ?? .nothing,
        figures.calendar(percentile: 50).map { .minutes($0 / 60) } ?? .nothing,
        figures.calendar(percentile: 90).map { .minutes($0 / 60) } ?? .nothing,
      ]
    }
    let channels = coverage.channels.map { row(.text($0.channel.text), $0.figures) }
    let all = Sentence(fr: "Partout", en: "Everywhere")
    let aside = CountedNoun(
      fr: ("question mise de côté sans réponse", "questions mises de côté sans réponse"),
      en: ("question put aside without an answer", "questions put aside without an answer")
    ).counted(coverage.total.putAside)
    return FigureTable(
      title: Sentence(fr: "Le dialogue", en: "Dialogue"),
      remark: coverage.total.putAside > 0
        ? Sentence(fr: aside.french + ", à part.", en: aside.english + ", counted apart.") : nil,
      columns: [
        Sentence(fr: "Canal", en: "Channel"), Sentence(fr: "Questions", en: "Questions"),
        Sentence(fr: "Répondues", en: "Answered"), Sentence(fr: "Part", en: "Share"),
        Sentence(fr: "La moitié en", en: "Half within"),
        Sentence(fr: "Neuf sur dix en", en: "Nine in ten within"),
      ],
      rows: channels.isEmpty ? [] : channels + (channels.count > 1 ? [row(.words(all), coverage.total)] : []),
      none: Sentence(fr: "Personne ne nous a écrit.", en: "Nobody wrote to us."))
  }

  private var indicators: FigureTable {
    let before = review.month.adding(days: -1).startOfMonth
    return FigureTable(
      title: Sentence(fr: "Ce que nous suivons", en: "What we follow"),
      columns: [
        Sentence(fr: "Indicateur", en: "Indicator"), Sentence(fr: "Ce mois", en: "This month"),
        Sentence(fr: "Avant", en: "Before"), Sentence(fr: "Cible", en: "Target"),
        Sentence(fr: "Douze mois", en: "Twelve months"), Sentence(fr: "Source", en: "Source"),
      ],
      rows: review.indicators.map { series in
        let unit = series.indicator.unit.map { " (\($0))" } ?? ""
        let reading = series.reading(of: review.month)
        let shown = series.readings.filter { $0.month <= review.month }.suffix(Self.months)
        return [
          .text((series.indicator.name ?? series.indicator.id?.text ?? "") + unit),
          reading.map { .number($0.number) } ?? .nothing,
          series.reading(of: before).map { .number($0.number) } ?? .nothing,
          series.indicator.target.map { .number($0) } ?? .nothing,
          shown.count > 1 ? .series(shown.map { ($0.month, $0.number) }) : .nothing,
          reading.map { .words(Self.source(of: $0)) } ?? .nothing,
        ]
      },
      none: Sentence(
        fr: "L’organisation n’a pas encore choisi ce qu’elle suit.",
        en: "The organisation has not chosen yet what it follows."))
  }

  private static func source(of reading: IndicatorSeries.Reading) -> Sentence {
    let date = reading.at.date.wording
    return Sentence(
      fr: reading.source + ", " + date.french, en: reading.source + ", " + date.english)
  }

  private var channels: FigureTable {
    FigureTable(
      title: Sentence(fr: "Ce qui est sorti", en: "What went out"),
      columns: [
        Sentence(fr: "Canal", en: "Channel"), Sentence(fr: "Sorties", en: "Published"),
        Sentence(fr: "Corrigées", en: "Corrected"), Sentence(fr: "Retirées", en: "Withdrawn"),
        Sentence(fr: "Manquées", en: "Missed"),
      ],
      rows: review.channels.map { figures in
        [
          .text(figures.channel.text), .count(figures.published), .count(figures.corrected),
          .count(figures.withdrawn), .count(figures.missed),
        ]
      }, none: Sentence(fr: "Aucun canal n’est ouvert.", en: "No channel is open."))
  }

  private var outings: FigureTable {
    FigureTable(
      title: Sentence(fr: "Jour par jour", en: "Day by day"),
      columns: [
        Sentence(fr: "Jour", en: "Day"), Sentence(fr: "Canal", en: "Channel"),
        Sentence(fr: "Publication", en: "Post"), Sentence(fr: "Ce qui s’est passé", en: "What happened"),
        Sentence(fr: "Lien", en: "Link"),
      ],
      namedBy: 3,
      rows: review.outings.map { outing in
        let happened =
          switch outing.nature {
          case .publication: Sentence(fr: "publiée", en: "published")
          case .correction: Sentence(fr: "corrigée", en: "corrected")
          case .withdrawal: Sentence(fr: "retirée", en: "withdrawn")
          }
        return [
          .words(outing.at.date.wording), .text(outing.channel.text), .text(outing.title), .words(happened),
          outing.url.map { .link($0) } ?? .nothing,
        ]
      }, none: Sentence(fr: "Rien n’est sorti.", en: "Nothing went out."))
  }

  private var pillars: FigureTable {
    let total = review.pillars.reduce(0) { $0 + $1.count }
    return FigureTable(
      title: Sentence(fr: "Les piliers de la ligne", en: "The pillars of the line"),
      columns: [
        Sentence(fr: "Pilier", en: "Pillar"), Sentence(fr: "Publications", en: "Posts"),
        Sentence(fr: "Part", en: "Share"), Sentence(fr: "Voulue", en: "Wanted"),
      ],
      rows: review.pillars.map { share in
        [
          .text(share.pillar), .count(share.count),
          total > 0 ? .percent((share.count * 200 + total) / (total * 2)) : .nothing,
          share.wanted.flatMap { Double($0.text) }.map { .percent(Int(($0 * 100).rounded())) } ?? .nothing,
        ]
      }, none: Sentence(fr: "La ligne n’a pas de piliers.", en: "The line has no pillars."))
  }

  private var crises: FigureTable {
    FigureTable(
      title: Sentence(fr: "Crises", en: "Crises"),
      columns: [
        Sentence(fr: "Crise", en: "Crisis"), Sentence(fr: "Niveau", en: "Level"),
        Sentence(fr: "Déclarée", en: "Declared"), Sentence(fr: "Close", en: "Closed"),
      ],
      rows: review.crises.map { document in
        let crisis = CrisisActivation(document.value)
        func day(_ text: String?) -> Figure {
          text.flatMap(Moment.init(rfc3339:)).map { .words($0.date.wording) } ?? .nothing
        }
        return [
          .text(document.title), crisis.level.map { .text($0) } ?? .nothing, day(crisis.declaredAt),
          crisis.isClosed ? day(crisis.closedAt) : .words(Sentence(fr: "en cours", en: "under way")),
        ]
      }, none: Sentence(fr: "Aucune crise ce mois-ci.", en: "No crisis this month."))
  }
}
