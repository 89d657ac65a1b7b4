import ArgumentParser
import SyncEngine
import Wording

extension Ligne {
  /// Keeps a version.
  struct Commit: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "commit",
        abstract: Sentence(fr: "Enregistrer une version", en: "Commit a version"),
        discussion: Sentence(
          fr: "La version reste sur cet ordinateur jusqu’à « ligne sync ».",
          en: "The version stays on this computer until “ligne sync”."))
    }

    @Argument(
      help: .init(
        fr: "Ces documents seulement; tous si rien n’est dit",
        en: "These documents only; all if nothing is said",
        value: Localized.Value.document),
      completion: .file())
    var documents: [String] = []

    @Option(
      name: .shortAndLong,
      help: .init(
        fr: "Ce qui change et pourquoi, en une phrase", en: "What changes and why, in a sentence",
        value: Localized.Value.text))
    var message: String

    @Flag(
      help: .init(
        fr: "Ne rien enregistrer s’il y a une erreur ou un avertissement (« ligne check »)",
        en: "Commit nothing where there is an error or a warning (“ligne check”)"))
    var strict = false

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let selection = documents.isEmpty ? nil : try documents.map { try session.document($0, in: workspace) }
      let attribution = try session.attribution(in: workspace)
      let report = try workspace.commit(
        selection, message: message, objections: strict ? .refused : .told, by: attribution)
      if try workspace.isStranger(attribution) {
        session.output.remark(
          Sentence(
            fr: """
              \(attribution.email) n’est l’adresse d’aucun membre de l’équipe : vos décisions ne compteraient pas. \
              « ligne team » dit qui en est, « ligne team add NOM COURRIEL » vous y ajoute.
              """,
            en: """
              \(attribution.email) is the address of no member of the team: your decisions would not count. \
              “ligne team” says who is in it, “ligne team add NAME EMAIL” adds you.
              """), .attention)
      }
      try session.tellWhatWaits(in: report.documents, of: workspace)
      CheckAnswer.remark(report.findings, on: session.output)
      if report.unchecked > 0 {
        let documents = CountedNoun.documents.counted(report.unchecked)
        session.output.remark(
          Sentence(
            fr:
              "C’est beaucoup à la fois, et la ligne n’a pas été consultée : \(documents.french). « ligne check » le fait.",
            en:
              "That is much at once, and the line was not asked about it: \(documents.english). “ligne check” does."
          ))
      }
      try session.answer(
        json: report.json,
        page: report.described(
          MadeVersion(report.commit, changing: report.documents, in: workspace), in: session.language))
      if !report.left.isEmpty { throw PersonNeeded() }
    }
  }
}
