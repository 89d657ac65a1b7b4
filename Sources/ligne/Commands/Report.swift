import ArgumentParser
import Documents
import EditorialHistory
import EditorialReports
import JSONTree
import ObjectModel
import SyncEngine
import SystemPackage
import Wording

extension Ligne {
  /// Writes the workspace as web pages.
  struct Report: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "report",
        abstract: Sentence(
          fr: "Écrire l’espace de travail comme des pages Web", en: "Write the workspace as web pages"),
        discussion: Sentence(
          fr: """
            Des pages à ouvrir dans un navigateur ou à imprimer, pour qui ne se sert pas de Ligne : ce qui attend, ce \
            qui est prévu, ce qui a changé, et pour chaque document ses textes, ses commentaires, ses décisions et ses \
            versions. Elles ne dépendent de rien : le dossier se copie et s’envoie. Les pages d’un rapport d’avant y \
            sont remplacées; tout autre dossier doit être vide. Avec --month, les chiffres d’un mois : le dialogue \
            d’abord, ce que l’organisation suit, ce qui est sorti, les crises; « - » est la sortie standard.
            """,
          en: """
            Pages to open in a browser or to print, for those who do not use Ligne: what waits, what is planned, what \
            changed, and for each document its texts, comments, decisions and versions. They need nothing else: the \
            folder can be copied and sent. The pages of an earlier report are replaced; any other folder must be empty. \
            With --month, the figures of a month: dialogue first, what the organisation follows, what went out, crises; “-” is \
            standard output.
            """))
    }

    @Option(
      help: .init(
        fr: "Le dossier où les écrire; avec --month, le fichier",
        en: "The folder to write them to; with --month, the file",
        value: Localized.Value.folder),
      completion: .directory)
    var html: String?

    @Option(
      help: .init(
        fr: "Le rapport d’un mois, comme 2026-11, pour un client ou un conseil",
        en: "The report of a month, such as 2026-11, for a client or a board", value: Localized.Value.date))
    var month: String?

    @Option(
      help: .init(
        fr: "Le rapport du mois pour un tableur", en: "The report of the month for a spreadsheet",
        value: Localized.Value.file), completion: .file())
    var csv: String?

    @Option(
      help: .init(
        fr: "Le rapport du mois en Markdown; sans fichier, il s’affiche",
        en: "The report of the month as Markdown; without a file it is shown", value: Localized.Value.file),
      completion: .file())
    var markdown: String?

    @Option(
      help: .init(fr: "Ce document seulement", en: "This document only", value: Localized.Value.document))
    var document: String?

    @OptionGroup var options: GlobalOptions

    func validate() throws {
      if html == nil, month == nil {
        throw ValidationError(
          fr: "Il manque « --html » avec un dossier, ou « --month » avec un mois.",
          en: "“--html” with a folder is missing, or “--month” with a month.")
      }
      if month == nil, html == "-" {
        throw ValidationError(
          fr: "« --html » demande un dossier : le rapport a plusieurs pages.",
          en: "“--html” asks for a folder: the report has several pages.")
      }
      if month == nil, csv != nil || markdown != nil {
        throw ValidationError(
          fr: "« --csv » et « --markdown » vont avec « --month ».",
          en: "“--csv” and “--markdown” go with “--month”.")
      }
      if month != nil, document != nil {
        throw ValidationError(
          fr: "« --document » ne va pas avec « --month ».", en: "“--document” does not go with “--month”.")
      }
      if month != nil { try MadeFile.validate([html, csv, markdown], options) }
    }

    func run(in session: Session) throws {
      if let month { return try reportMonth(month, in: session) }
      if let html { try writePages(to: html, in: session) }
    }

    private func writePages(to html: String, in session: Session) throws {
      let workspace = try session.openWorkspace()
      let only = try document.map { try session.document($0, in: workspace) }
      let report = EditorialReports.Report(
        try Self.source(workspace, of: only, in: session), in: session.language)
      let documents = report.documents.filter { only == nil || $0.path == only }
      if let only, documents.isEmpty { throw WithoutPage(path: only) }
      let place = try session.absoluteFolder().pushing(FilePath(html)).lexicallyNormalized()
      let folder = try ReportFolder(
        session.path(html), isInWorkspace: place.starts(with: FilePath(workspace.folder)))
      let pages = documents.compactMap { document in report.pageName(of: document).map { ($0, document) } }
      let names = pages.map(\.0) + (only == nil ? [.index, .style] : [.style])
      try folder.begin(names)
      try session.output.progress(Sentence(fr: "Écriture des pages", en: "Writing pages")) { progress in
        try folder.write(StyleSheet.text, as: .style)
        for (done, page) in pages.enumerated() {
          progress.count(done, of: pages.count)
          try folder.write(report.page(of: page.1, isAlone: only != nil), as: page.0)
        }
        if only == nil { try folder.write(report.index(), as: .index) }
      }
      let removed = only == nil ? try folder.removeAllBut(names) : 0
      let first = "\(html)/\((only == nil ? .index : names[0]).fileName)"
      try session.answer(
        json: [
          "folder": JSONValue(html), "first": JSONValue(first), "pages": .number(JSONNumber(names.count - 1)),
          "removed": .number(JSONNumber(removed)),
        ],
        page: Self.describe(pages: names.count - 1, first: first, in: session.language))
    }

    private static func source(
      _ workspace: Workspace, of only: WorkspacePath?, in session: Session
    ) throws -> ReportSource {
      let status = try workspace.status()
      let history = try session.history(of: workspace)
      let uncommitted = try documentChanges(
        from: status.headTree, to: status.folderTree, in: workspace.objects
      ) { schemas throws(ObjectStoreError) in try workspace.rulebook.mergeRules(in: schemas) }
      let documents = try session.documentsOfFolder(in: workspace).collection
      return try ReportSource(
        documents: documents,
        conflicts: settlements(of: status.conflicts, history, in: session, workspace),
        versions: only.map { try history.versions(of: $0) } ?? history.versions(),
        uncommitted: uncommitted, provenance: workspace.provenance(of: documents, at: workspace.head()),
        clock: session.when(in: workspace).clock)
    }

    /// Open conflicts with the people behind their candidates.
    private static func settlements(
      of open: [OpenConflict], _ history: History, in session: Session,
      _ workspace: Workspace
    ) throws -> [WorkspacePath: [ReportSource.Settlement]] {
      // Only for the name of who has uncommitted work here; nobody has to be named to write a report.
      let here = try session.attributionIfKnown(in: workspace)?.name
      return Dictionary(
        grouping: try ConflictAnswer.answers(to: open, history, here: here), by: \.open.path
      ).mapValues { $0.map { $0.settlement(in: session.language) } }
    }

    static func describe(pages: Int, first: String, in language: Language) -> Page {
      let count = CountedNoun(fr: ("page écrite", "pages écrites"), en: ("page written", "pages written"))
        .counted(pages)
      return Page(
        StyledText(
          Sentence(fr: "\(count.french) : ", en: "\(count.english): ").text(in: language))
          + StyledText(first, .name))
    }
  }
}

/// A record that is told on the page of what it is about.
private struct WithoutPage: ExplainedError {
  var path: WorkspacePath

  var code: String { "no-page" }

  var message: Sentence {
    Sentence(
      fr: "Ce document n’a pas de page à lui : \(path.text)",
      en: "This document has no page of its own: \(path.text)")
  }

  var hint: Sentence? {
    Sentence(
      fr: "Une décision ou un commentaire se lit sur la page du document dont il s’agit.",
      en: "A decision or a comment is told on the page of the document it is about.")
  }
}
