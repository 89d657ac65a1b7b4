import ArgumentParser
import EditorialHistory
import HistoryIndex
import JSONTree
import ObjectModel
import Wording

extension Ligne {
  /// Tells the versions in words.
  struct Log: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "log",
        abstract: Sentence(fr: "Voir les versions, en mots", en: "See versions, in words"),
        discussion: Sentence(
          fr: "Qui a changé quoi, quand et pourquoi; la plus récente d’abord.",
          en: "Who changed what, when and why; the latest first."))
    }

    @Argument(help: .document)
    var document: String?

    @Option(
      help: .init(
        fr: "Les versions qui touchent ce champ", en: "Versions that touch this field",
        value: Localized.Value.pointer))
    var field: String?

    @Option(help: .init(fr: "Depuis cette date", en: "Since this date", value: Localized.Value.date))
    var since: String?

    @Option(
      help: .init(
        fr: "De cette personne : une partie de son nom ou de son adresse",
        en: "By this person: a part of their name or address", value: Localized.Value.person))
    var author: String?

    @Option(help: .init(fr: "Au plus ce nombre", en: "At most this many", value: Localized.Value.number))
    var limit: Int?

    @OptionGroup var options: GlobalOptions

    func validate() throws {
      if field != nil, document == nil {
        throw ValidationError(
          fr: "« --field » a besoin d’un document.", en: "“--field” needs a document.")
      }
      if let limit, limit < 1 {
        throw ValidationError(
          fr: "« --limit » demande au moins une version.", en: "“--limit” asks for at least one version.")
      }
    }

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let path = try document.map { try session.document($0, in: workspace, lookingBack: true) }
      let filter = VersionFilter(
        field: try field.map { try pointer($0) }, author: author,
        since: try since.map { try instant(typed: $0, offset: session.date().offset) }, limit: limit)
      let history =
        try path == nil ? session.history(of: workspace) : session.historyOfDocuments(in: workspace).history
      let (versions, leftOut) = try history.listing(of: path, matching: filter)
      try session.answer(
        json: .array(versions.map(\.json)),
        page: Self.describe(
          versions, leftOut: leftOut, withFields: path != nil, when: session.wording, in: session.language))
    }

    /// - Parameters:
    ///   - leftOut: How many more there are that the person did not ask for.
    ///   - withFields: Whether each version tells what changed in the fields of its documents.
    static func describe(
      _ versions: [Version], leftOut: Int = 0, withFields: Bool, when: (Moment) throws -> String,
      in language: Language
    ) rethrows -> Page {
      guard !versions.isEmpty else {
        return Page(StyledText(Sentence(fr: "Aucune version.", en: "No version.").text(in: language)))
      }
      let count = CountedNoun.versions.counted(versions.count)
      let all = language.number(versions.count + leftOut)
      let title =
        leftOut == 0
        ? count : Sentence(fr: "\(count.french) sur \(all)", en: "\(versions.count) of \(all) versions")
      var page = Page(StyledText(title.text(in: language), .strong))
      for version in versions {
        page.blank()
        page.line(StyledText(version.subject, .strong))
        page.line(
          try
            "\(version.by.name, .plain), \(when(version.at), .quiet)  \(String(version.id.hex.prefix(8)), .name)"
        )
        if withFields {
          for document in version.documents { page.lines(document.fieldLines(in: language), indent: 2) }
        } else {
          let lines = version.documents.map {
            StyledText($0.label) + "  " + $0.summary(in: language)
          }
          page.list(lines, atMost: 8, in: language)
        }
      }
      return page
    }
  }
}
