import ArgumentParser
import EditorialChecks
import SyncEngine
import Wording

extension Ligne {
  /// Says what the line has to say of documents.
  struct Check: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "check",
        abstract: Sentence(
          fr: "Vérifier les textes d’après la ligne éditoriale", en: "Check texts against the editorial line"),
        discussion: Sentence(
          fr: """
            Les règles de la ligne, les limites des plateformes et ce qui se contredit d’un document à l’autre. Les \
            documents sont vérifiés tels qu’ils sont dans le dossier, enregistrés ou non. Code de sortie 2 s’il y a une \
            erreur.
            """,
          en: """
            The rules of the line, the limits of the platforms, and what contradicts itself between documents. Documents \
            are checked as they stand in the folder, committed or not. The exit status is 2 where there is an error.
            """))
    }

    @Argument(
      help: .init(
        fr: "Ces documents seulement; tous si rien n’est dit",
        en: "These documents only; all if nothing is said",
        value: Localized.Value.document),
      completion: .file())
    var documents: [String] = []

    @Flag(
      help: .init(
        fr: "Appliquer les suggestions sans risque, sans enregistrer",
        en: "Apply the suggestions that are safe, without committing"))
    var fix = false

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) async throws {
      let workspace = try session.openWorkspace()
      let selection = documents.isEmpty ? nil : try documents.map { try session.document($0, in: workspace) }
      let now = try session.date().instant
      let spelling = await session.spelling(try workspace.spellingQuestions(selection, at: now))
      var report = try workspace.check(selection, spelling: spelling, at: now)
      var correction: CorrectionReport?
      if fix {
        let done = try workspace.correct(report, by: session.attribution(in: workspace))
        if !done.corrected.isEmpty { report = try workspace.check(selection, spelling: spelling, at: now) }
        correction = done
      }
      report.findings = (report.findings + unknownZoneFindings(in: report.documents)).inOrder()
      let answer = CheckAnswer(report: report, correction: correction)
      try session.answer(
        json: answer.json(in: session.language, places: SourcePlaces(workspace)),
        page: answer.described(in: session.language))
      if !report.left.isEmpty || report.findings.contains(where: { $0.level == .error }) {
        throw PersonNeeded()
      }
    }
  }
}
