import ArgumentParser
import Documents
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Ligne {
  /// Records figures somebody read.
  struct Measure: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "measure",
        abstract: Sentence(
          fr: "Noter des chiffres, avec leur source et leur date",
          en: "Note figures, with their source and date"),
        discussion: Sentence(
          fr: """
            Ce qui se suit est le choix de l’organisation : le champ /indicators de ligne.json. Un relevé ne change plus; \
            le dernier du mois compte dans « ligne report --month ». Avec --about, ce sont les chiffres d’un document, et \
            les noms sont libres.
            """,
          en: """
            What is followed is the organisation’s choice: the field /indicators of ligne.json. A reading does not change \
            any more; the last of a month counts in “ligne report --month”. With --about they are the figures of a \
            document, and names are free.
            """))
    }

    @Argument(
      help: .init(
        fr: "Des chiffres, comme taux-de-reponse=96", en: "Figures, such as taux-de-reponse=96",
        value: Localized.text(fr: "nom=chiffre", en: "name=figure")))
    var figures: [String]

    @Option(
      help: .init(
        fr: "Où vous les avez lus", en: "Where you read them", value: Localized.Value.text))
    var source: String

    @Option(
      help: .init(
        fr: "Quand vous les avez lus; maintenant, si rien n’est dit",
        en: "When you read them; now, if nothing is said",
        value: Localized.Value.date))
    var at: String?

    @Option(
      help: .init(
        fr: "Le document dont il s’agit", en: "The document they are about", value: Localized.Value.document))
    var about: String?

    @Option(help: .init(fr: "Sur ce canal", en: "On this channel", value: Localized.Value.channel))
    var channel: String?

    @Option(
      help: .init(
        fr: "Le temps qu’ils couvrent, comme P1M (un mois) ou P7D",
        en: "The time they cover, such as P1M (a month) or P7D",
        value: Localized.Value.duration))
    var window: String?

    @Option(
      name: .shortAndLong, help: .init(fr: "Une remarque", en: "A remark", value: Localized.Value.text))
    var message: String?

    @OptionGroup var options: GlobalOptions

    func validate() throws {
      if figures.isEmpty {
        throw ValidationError(
          fr: "Il manque les chiffres, comme « taux-de-reponse=96 ».",
          en: "The figures are missing, such as “taux-de-reponse=96”.")
      }
    }

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let settings = try workspace.settings()
      let readings = try figures.map { try Reading(typed: $0) }
      var names: Swift.Set<JSONString> = []
      for reading in readings where !names.insert(reading.name).inserted {
        throw MeasureError.givenTwice(reading.name.text)
      }
      let subject: JSONValue?
      if let about {
        subject = try workspace.document(at: session.document(about, in: workspace))["id"]
      } else {
        subject = settings.value["id"]
        let known = settings.indicators.compactMap(\.id)
        for reading in readings where !known.contains(reading.name) {
          throw MeasureError.unknownIndicator(reading.name.text, known: known.map(\.text))
        }
      }
      let attribution = try session.attribution(in: workspace)
      var fields: [(pointer: JSONPointer, value: JSONValue)] = [
        ("/subject", subject ?? .null), ("/source", JSONValue(source)), ("/values", Reading.object(readings)),
      ].map { (JSONPointer([.key(JSONString(String($0.0.dropFirst())))]), $0.1) }
      func add(_ name: JSONString, _ text: String?) {
        if let text { fields.append((JSONPointer([.key(name)]), JSONValue(text))) }
      }
      add("takenAt", try at.map { try moment($0, session.clock(of: workspace)) })
      add("channel", try workspace.channel(named: channel)?.text)
      add("window", window)
      add("note", message)
      var random = SystemRandomNumberGenerator()
      let made = try workspace.makeDocument(
        kind: Metrics.kind.text, DocumentWishes(fields: fields), by: attribution, random: &random)
      try session.answer(
        json: [
          "id": made.value["id"] ?? .null, "path": JSONValue(made.path.text), "subject": subject ?? .null,
          "values": made.value["values"] ?? .null,
        ],
        page: Self.page(readings, source: source, in: session.language))
    }

    private func moment(_ typed: String, _ clock: ZonedClock) throws -> String {
      if let known = Instant.parse(rfc3339: typed) { return known.instant.rfc3339(offset: known.offset) }
      return try clock.moment(clock.beginning(typed: typed, towards: .past)).description
    }

    private static func page(_ readings: [Reading], source: String, in language: Language) -> Page {
      let count = CountedNoun(fr: ("chiffre noté", "chiffres notés"), en: ("figure noted", "figures noted"))
        .counted(readings.count)
      var page = Page(StyledText(count.text(in: language)) + StyledText("  \(source)", .quiet))
      var table = Table([Table.Column(title: ""), Table.Column(title: "", side: .trailing)])
      for reading in readings {
        table.add([StyledText(reading.name.text, .name), StyledText(reading.number.text)])
      }
      page.table(table)
      page.next = .commitKeepsIt
      return page
    }
  }
}

/// A figure and what it is called.
private struct Reading {
  var name: JSONString
  var number: JSONNumber

  /// Reads `taux=96.5`; a French decimal comma counts as a point.
  init(typed text: String) throws {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty,
      case .number(let number)? = try? JSONValue(parsing: Array(parts[1].replacing(",", with: ".").utf8)),
      // 1e400 is JSON, and no figure that anybody can reckon with.
      Double(number.text)?.isFinite ?? false
    else { throw MeasureError.notAFigure(text) }
    (name, self.number) = (JSONString(String(parts[0])), number)
  }

  static func object(_ readings: [Reading]) -> JSONValue {
    var object = JSONObject()
    for reading in readings { object[reading.name] = .number(reading.number) }
    return .object(object)
  }
}

/// Why figures can’t be noted. Nothing was written.
enum MeasureError: ExplainedError, Hashable {
  case notAFigure(String)
  /// Two figures of one name: which of them holds, nobody could say.
  case givenTwice(String)
  /// The organisation does not follow it; what it does follow.
  case unknownIndicator(String, known: [String])

  var code: String {
    switch self {
    case .notAFigure: "not-a-figure"
    case .givenTwice: "given-twice"
    case .unknownIndicator: "unknown-indicator"
    }
  }

  var message: Sentence {
    switch self {
    case .notAFigure(let text):
      Sentence(
        fr: "\(Language.french.quoted(text)) n’est pas un chiffre qui porte un nom.",
        en: "\(Language.english.quoted(text)) is not a figure with a name.")
    case .givenTwice(let name):
      Sentence(
        fr: "\(Language.french.quoted(name)) a deux chiffres.",
        en: "\(Language.english.quoted(name)) has two figures.")
    case .unknownIndicator(let name, _):
      Sentence(
        fr: "L’organisation ne suit pas \(Language.french.quoted(name)).",
        en: "The organisation does not follow \(Language.english.quoted(name)).")
    }
  }

  var hint: Sentence? {
    switch self {
    case .notAFigure:
      Sentence(
        fr: "Écrivez nom=chiffre : taux-de-reponse=96,5", en: "Write name=figure: taux-de-reponse=96.5")
    case .givenTwice:
      Sentence(
        fr: "Donnez-en un; pour deux moments, notez-les l’un après l’autre avec « --at ».",
        en: "Give one; for two moments, note one after the other with “--at”.")
    case .unknownIndicator(_, let known):
      known.isEmpty
        ? Sentence(
          fr: "Les indicateurs sont dans /indicators de ligne.json : « ligne edit ligne.json » les choisit.",
          en: "Indicators are in /indicators of ligne.json: “ligne edit ligne.json” chooses them.")
        : Sentence(
          fr: "Elle suit : \(known.joined(separator: ", ")). « ligne edit ligne.json » en ajoute.",
          en: "It follows: \(known.joined(separator: ", ")). “ligne edit ligne.json” adds some.")
    }
  }
}
