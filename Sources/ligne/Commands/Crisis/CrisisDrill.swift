import ArgumentParser
import Documents
import EditorialDesk
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Ligne.Crisis {
  /// A bad day, played on a good one.
  struct Drill: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "drill",
        abstract: Sentence(fr: "Faire l’exercice d’un plan de crise", en: "Rehearse a crisis plan"),
        discussion: Sentence(
          fr: """
            Dit ce qu’une déclaration ferait aujourd’hui : ce qui serait retenu, qui ferait quoi, quels messages sont \
            prêts; et ce qui manque au plan. Rien n’est déclaré; la date de l’exercice est notée sur le plan.
            """,
          en: """
            Says what a declaration would do today: what would be held, who would do what, which statements are ready; \
            and what the plan lacks. Nothing is declared; the day of the drill is noted on the plan.
            """))
    }

    @Argument(
      help: .init(
        fr: "Un plan de crise : un chemin, un id ou une partie unique d’un id",
        en: "A crisis plan: a path, an id or any unique part of an id", value: "plan"))
    var plan: String

    @Option(
      help: .init(
        fr: "Le niveau; le plus haut si rien n’est dit", en: "The level; the highest if nothing is said",
        value: Localized.text(fr: "niveau", en: "level")))
    var level: String?

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let path = try session.document(plan, of: CrisisPlan.kind, in: workspace)
      let attribution = try session.attribution(in: workspace)
      let drill = try workspace.drill(path, at: level, by: attribution)
      try workspace.noteDrill(of: path, by: attribution)
      let team = try workspace.documentsOfFolder().collection.single(Documents.Team.self)
      let answer = DrillAnswer(drill: drill, team: team)
      try session.answer(
        json: answer.json(in: session.language),
        page: answer.page(when: session.when(in: workspace), in: session.language))
    }
  }
}
