import ArgumentParser
import SyncEngine
import Wording

extension Ligne {
  /// Recomputes what can be recomputed and reads everything.
  struct Verify: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "verify",
        abstract: Sentence(
          fr: "Vérifier tout l’historique", en: "Verify the whole history"),
        discussion: Sentence(
          fr: """
            Relit chaque objet, refait chaque réunion à partir de ce qu’elle réunit, et nomme ce qui ne s’accorde pas : \
            une réunion falsifiée, un document endommagé et sa version, un nom de fichier interdit. Les fusions faites \
            par git sont nommées aussi; elles comptent comme le travail de quelqu’un. Les signatures sont comptées, pas \
            encore vérifiées. Rien n’est changé. Répond 0 si tout est intact, 2 sinon.
            """,
          en: """
            Reads every object again, makes each joint version again from what it joins, and names what does not agree: \
            a forged joint version, a damaged document and its version, a forbidden file name. Merges made by git are \
            named as well; they count as somebody’s work. Signatures are counted, not checked yet. Nothing is changed. \
            Exits 0 if all is sound, 2 if not.
            """))
    }

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let report = try session.output.progress(
        Sentence(fr: "Vérification", en: "Verifying")
      ) { progress in
        var stage: VerifyStage?
        return try workspace.verify { now, done, total in
          if stage != now {
            stage = now
            progress.step(
              now == .objects
                ? Sentence(fr: "Lecture des versions", en: "Reading versions")
                : Sentence(fr: "Calcul des réunions", en: "Recomputing what was joined"))
          }
          progress.count(done, of: total)
        }
      }
      try session.answer(
        json: report.json, page: report.described(when: session.when(in: workspace), in: session.language))
      if !report.isSound { throw PersonNeeded() }
    }
  }
}
