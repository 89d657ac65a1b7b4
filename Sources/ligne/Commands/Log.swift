import ArgumentParser
import Documents
import EditorialHistory
import HistoryIndex
import JSONTree
import ObjectModel
import SyncEngine
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

    @Option(
      help: .init(
        fr: "Au plus ce nombre (20 sur un terminal)", en: "At most this many (20 on a terminal)",
        value: Localized.Value.number))
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
      let path = try document.map { words in
        let path = try session.document(words, in: workspace, lookingBack: true)
        return try session.committedPath(of: path, in: workspace)
      }
      let kind = try field == nil ? nil : document.flatMap { try session.kind(of: $0, in: workspace) }
      let place = try field.map { try pointer($0, of: kind) }
      if let kind, let place, kind.schema.field(at: place) == nil {
        session.remark(unknown: place.description, of: kind)
      }
      let filter = VersionFilter(
        field: place, author: author,
        since: try since.map { try session.when(in: workspace).clock.beginning(typed: $0, towards: .past) },
        limit: limit ?? Self.usualLimit(on: session.output.terminal, json: options.json))
      let history =
        try path == nil ? session.history(of: workspace) : session.historyOfDocuments(in: workspace).history
      let listing = try history.listing(of: path, matching: filter)
      if let author, listing.versions.isEmpty,
        try history.listing(of: nil, matching: VersionFilter(author: author, limit: 1)).versions.isEmpty
      {
        session.output.remark(
          Sentence(
            fr: "Personne qui s’appelle «\u{A0}\(author)\u{A0}» n’a fait de version.",
            en: "Nobody called “\(author)” has made a version."), .attention)
      }
      func page() throws -> Page {
        let names = try DocumentNames(
          of: listing.versions.flatMap(\.documents), in: workspace,
          tree: workspace.tree(of: workspace.head()),
          sayingValuesBy: path == nil ? nil : session.when(in: workspace).clock)
        var page = try Self.describe(
          listing.versions, names, title: Self.title(of: listing), withFields: path != nil,
          when: session.when(in: workspace), in: session.language)
        if limit == nil, listing.leftOut > 0 {
          page.next = Sentence(
            fr: "« --limit 200 » en montre plus; dans un fichier ou un tube, toutes y sont.",
            en: "“--limit 200” shows more; a file or a pipe gets all of them.")
        }
        return page
      }
      try session.answer(json: .array(listing.versions.map(\.json)), page: page())
    }

    /// At most how many versions whoever names no number gets: on a terminal those that fit on a few screens, for the
    /// newest come first and would be gone at the top.
    static func usualLimit(on terminal: Terminal, json: Bool) -> Int? {
      terminal.size == nil || json ? nil : 20
    }

    private static let setUp = CountedNoun(
      fr: ("fichier de la mise en place", "fichiers de la mise en place"),
      en: ("set-up file", "set-up files"))

    private static func title(of listing: VersionListing) -> Sentence {
      let count = listing.versions.count
      if listing.leftOut == 0 { return CountedNoun.versions.counted(count) }
      let all = listing.isCounted ? count + listing.leftOut : listing.leftOut
      let (french, english) = (Language.french.number(all), Language.english.number(all))
      return listing.isCounted
        ? Sentence(
          fr: "\(CountedNoun.versions.counted(count).french) sur \(french)",
          en: "\(count) of \(english) versions")
        : Sentence(
          fr: "\(CountedNoun.versions.counted(count).french) sur plus de \(french)",
          en: "\(count) of more than \(english) versions")
    }

    /// - Parameters:
    ///   - title: How many they are; a count of those listed if left out.
    ///   - withFields: Whether each version tells what changed in the fields of its documents.
    static func describe(
      _ versions: [Version], _ names: DocumentNames, title: Sentence? = nil, withFields: Bool,
      when: ClockWording,
      in language: Language
    ) -> Page {
      guard !versions.isEmpty else {
        return Page(StyledText(Sentence(fr: "Aucune version.", en: "No version.").text(in: language)))
      }
      let title = title ?? CountedNoun.versions.counted(versions.count)
      var page = Page(StyledText(title.text(in: language), .strong))
      for version in versions {
        page.blank()
        page.line(StyledText(version.subject, .strong))
        page.line(
          "\(version.by.name, .plain), \(when(version.at), .quiet)  \(String(version.id.hex.prefix(8)), .name)"
        )
        if withFields {
          for document in version.documents {
            page.lines(document.fieldLines(names, in: language), indent: 2)
          }
        } else {
          // What nobody wrote comes last, and is counted beside what somebody did.
          let setUp = version.documents.filter { $0.path.isOfTheSetUp || $0.path.isSchema }
          let own = version.documents.filter { !$0.path.isOfTheSetUp && !$0.path.isSchema }
          let lines = (own.isEmpty ? setUp : own).map {
            StyledText(names.label(of: $0, in: language)) + "  "
              + $0.summary(saying: names.fields(of: $0), in: language)
          }
          page.list(lines, atMost: 8, in: language)
          if !own.isEmpty, !setUp.isEmpty {
            page.line(StyledText(Self.setUp.counted(setUp.count).text(in: language), .quiet), indent: 2)
          }
        }
      }
      return page
    }
  }
}
