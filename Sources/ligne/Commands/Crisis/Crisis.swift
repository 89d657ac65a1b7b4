import ArgumentParser
import Documents
import EditorialDesk
import EditorialReview
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Ligne {
  /// What to do on a bad day.
  struct Crisis: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "crisis",
        abstract: Sentence(
          fr: "Déclarer une crise, la suivre, y mettre fin", en: "Declare a crisis, follow it, end it"),
        discussion: Sentence(
          fr: """
            Une crise déclarée retient ce qui allait sortir, chez tout le monde, dès que « ligne sync » l’a partagée. \
            Rien n’en sort ensuite de soi-même : après la crise, chaque publication se décide. Sans autre mot, montre \
            les crises en cours.

            Déclarer, hausser, noter et finir font une version tout de suite, de cela seulement : ce qui n’est pas \
            enregistré dans le dossier le reste.
            """,
          en: """
            A declared crisis holds what was about to go out, for everybody, as soon as “ligne sync” has shared it. \
            Nothing goes out by itself afterwards: once the crisis is over, each post is decided. Without another word, \
            shows the crises under way.

            Declaring, raising, noting and ending make a version at once, of just that: what is not committed in the \
            folder stays so.
            """),
        subcommands: [
          Declare.self, Status.self, Note.self, Statement.self, Raise.self, End.self, Review.self, Drill.self,
        ])
    }

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws { try session.showCrises(closedToo: false) }
  }
}

extension Ligne.Crisis {
  /// Where the crises stand.
  struct Status: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "status",
        abstract: Sentence(fr: "Montrer les crises en cours", en: "Show the crises under way"),
        discussion: Sentence(
          fr: """
            Le niveau, depuis quand, par qui; quand la prochaine nouvelle est due; ce qui est retenu, qui fait quoi, les \
            messages prêts, et ce qui s’est passé.
            """,
          en: """
            The level, since when, by whom; when the next update is due; what is held, who does what, the statements \
            that are ready, and what happened.
            """))
    }

    @Argument(help: .crisis)
    var crisis: String?

    @Flag(help: .init(fr: "Les crises closes aussi", en: "Closed crises, too"))
    var all = false

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      guard let crisis else { return try session.showCrises(closedToo: all) }
      let workspace = try session.openWorkspace()
      let path = try session.crisis(crisis, in: workspace)
      try session.answer(CrisisAnswer(try session.situation(of: path, in: workspace)), in: workspace)
    }
  }
}

extension ArgumentHelp {
  /// A declared crisis; the only open one where nothing is said.
  static var crisis: ArgumentHelp {
    ArgumentHelp(
      fr: "Une crise déclarée; celle qui est en cours, s’il n’y en a qu’une",
      en: "A declared crisis; the one under way, if there is only one",
      value: Localized.text(fr: "crise", en: "crisis"))
  }

  static var level: ArgumentHelp {
    ArgumentHelp(
      fr: "Le niveau : son id, son rang ou son nom; dans le doute, le plus haut",
      en: "The level: its id, its rank or its name; if in doubt, the higher one",
      value: Localized.text(fr: "niveau", en: "level"))
  }
}

extension Session {
  /// The states of the documents of the folder, now.
  func states(of workspace: Workspace) throws -> EditorialStates {
    try workspace.states(
      of: documentsOfFolder(in: workspace), at: date().instant, by: attributionIfKnown(in: workspace))
  }

  /// The crisis a person means; the only open one where they say nothing.
  ///
  /// - Throws: `CrisisRefused.noOpenCrisis`, `.severalCrises`, `.notACrisis`.
  func crisis(_ words: String?, in workspace: Workspace) throws -> WorkspacePath {
    if let words {
      let path = try document(words, of: CrisisActivation.kind, in: workspace)
      guard try workspace.document(at: path)["kind"]?.string == CrisisActivation.kind else {
        throw CrisisRefused.notACrisis(path.text)
      }
      return path
    }
    let open = try workspace.documentsOfFolder().collection.views(CrisisActivation.self)
      .filter { !$0.view.isClosed }.map(\.document)
    guard let first = open.first else { throw CrisisRefused.noOpenCrisis }
    guard open.count == 1 else {
      throw try severalCrises(open, in: workspace)
    }
    return first.path
  }

  /// Crises with the same plan have the same title: when each was declared tells them apart.
  func severalCrises(_ crises: [Document], in workspace: Workspace) throws -> CrisisRefused {
    let when = try when(in: workspace)
    return .severalCrises(
      crises.map { crisis in
        let declared = CrisisActivation(crisis.value).declaredAt.map { ", " + when($0) } ?? ""
        return "\(crisis.path.shortName) \(crisis.title)\(declared)"
      })
  }

  /// The document of a kind that a person means, where others may have the same words in their names; of whatever kind where
  /// there is none, so that it can be said what it is.
  func document(
    _ words: String, of kind: JSONString, in workspace: Workspace
  ) throws -> WorkspacePath {
    let documents = try documentsOfFolder(in: workspace).collection.documents(of: kind)
    do {
      return try workspace.findDocument(
        words, from: nil,
        among: Dictionary(documents.map { ($0.path, $0.id) }, uniquingKeysWith: { first, _ in first }))
    } catch let error as WorkspaceError {
      switch error {
      case .unknownDocument, .ambiguousDocument: break
      default: throw error
      }
      let paths = Swift.Set(documents.map(\.path))
      let titled = try workspace.documents(titled: words)
      for called in [titled.calledSo, titled.holdingIt].map({ $0.filter(paths.contains) })
      where called.count == 1 {
        return called[0]
      }
      return try document(words, in: workspace)
    }
  }

  func situation(of path: WorkspacePath, in workspace: Workspace) throws -> CrisisSituation {
    let states = try states(of: workspace)
    guard let document = states.documents.all.first(where: { $0.path == path }) else {
      throw WorkspaceError.deletedDocument(path)
    }
    return CrisisSituation(of: document, in: states)
  }

  fileprivate func showCrises(closedToo: Bool) throws {
    let workspace = try openWorkspace()
    let states = try states(of: workspace)
    let crises = states.crises(closedToo: closedToo)
    let answer = CrisesAnswer(crises: crises, team: states.documents.single(Documents.Team.self))
    try self.answer(json: answer.json, page: answer.page(when: when(in: workspace), in: language))
  }

  /// Answers with where one crisis stands.
  func answer(_ answer: CrisisAnswer, in workspace: Workspace) throws {
    var answer = answer
    answer.team = try workspace.documentsOfFolder().collection.single(Documents.Team.self)
    try self.answer(json: answer.json, page: answer.page(when: when(in: workspace), in: language))
  }
}
