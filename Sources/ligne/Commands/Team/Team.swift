import ArgumentParser
import Documents
import EditorialReview
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Ligne {
  /// Who is who.
  struct Team: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "team",
        abstract: Sentence(fr: "Voir ou changer qui est de l’équipe", en: "See or change who is of the team"),
        discussion: Sentence(
          fr: """
            Sans autre mot, montre chaque membre : rôles, droits par canal, clés, et qui décide à sa place. Une personne \
            se désigne par son id, son courriel ou une partie de son nom. L’équipe est un document, team.json : un \
            changement compte pour tout le monde après « ligne commit » et « ligne sync ».
            """,
          en: """
            Without another word, shows each member: roles, rights by channel, keys, and who decides in their place. A \
            person is named by an id, an email address or a part of the name. The team is a document, team.json: a \
            change holds for everybody after “ligne commit” and “ligne sync”.
            """),
        subcommands: [Add.self, Remove.self, Role.self, Right.self, Delegate.self])
    }

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let document = try workspace.document(at: WorkspacePath("team.json"))
      let answer = try session.teamAnswer(document, in: workspace)
      try session.answer(json: document, page: answer.described(in: session.language))
      try session.tellWhatWaits(answer.waiting, in: workspace.teamFile)
    }
  }
}

extension Session {
  func teamAnswer(_ document: JSONValue, in workspace: Workspace) throws -> TeamAnswer {
    let clock = try when(in: workspace).clock
    let states = try workspace.states(
      of: workspace.documentsOfFolder(), at: clock.now, by: attributionIfKnown(in: workspace))
    return try TeamAnswer(
      document, schemas: workspace.schemas(),
      waiting: states.authority.waitingChanges(in: Documents.Team.kind), at: clock)
  }

  /// Changes the team, and answers with the member the change was about.
  func changeTeam(
    in workspace: Workspace, _ change: (Documents.Team) throws -> (document: JSONValue, id: JSONString?)
  ) throws {
    var changed: JSONString?
    let document = try workspace.change(
      WorkspacePath("team.json"), for: "team", by: attribution(in: workspace)
    ) { value in
      let (document, id) = try change(Documents.Team(value))
      changed = id
      return document
    }
    let answer = try teamAnswer(document, in: workspace)
    var page = Page()
    if let member = changed.flatMap({ answer.team.member($0) }) {
      page = answer.described(member, in: language)
    }
    page.next = .commitKeepsIt
    try self.answer(json: document, page: page)
    try tellWhatWaits(answer.waiting, in: workspace.teamFile)
  }

  /// The rights a person means by some words: their names, or what `ligne team` calls them in French or in English.
  ///
  /// - Throws: `WorkspaceError.unknownChannel` for a channel nobody has, `TeamError.unknownRight`.
  func rights(meantBy typed: [ChannelRight], in workspace: Workspace) throws -> [ChannelRight] {
    let rights = try workspace.schemas().rightOfMember
    try workspace.refuseUnknown(channels: typed.map(\.channel).filter { $0 != "*" })
    return try typed.map { right in
      guard let name = rights?.value(called: right.right) else {
        throw TeamError.unknownRight(right.right, known: rights?.valueNames ?? [])
      }
      return ChannelRight(channel: right.channel, right: name)
    }
  }
}

extension Documents.Team {
  /// The id of the member a person means.
  ///
  /// - Throws: `TeamError.unknownMember` also for one without an id, whom no change could name.
  func id(meantBy words: String) throws(TeamError) -> JSONString {
    guard let id = try member(meantBy: words).id else {
      throw .unknownMember(words, known: members.compactMap { $0.id?.text })
    }
    return id
  }
}

extension Sentence {
  /// The next step after a change of a document.
  static let commitKeepsIt = Sentence(
    fr: "« ligne diff » montre ce qui a changé, « ligne commit -m \"…\" » le garde.",
    en: "“ligne diff” shows what changed, “ligne commit -m \"…\"” keeps it.")
}

extension ArgumentHelp {
  /// Somebody of the team.
  static var member: ArgumentHelp {
    ArgumentHelp(
      fr: "Un id, un courriel ou une partie d’un nom", en: "An id, an email address or a part of a name",
      value: Localized.Value.person)
  }

  /// A right on a channel.
  static var rightAssignment: ArgumentHelp {
    ArgumentHelp(
      fr: "Ce que la personne peut faire, comme facebook=write ou *=approve; peut revenir",
      en: "What the person may do, such as facebook=write or *=approve; may be repeated",
      value: Localized.text(fr: "canal=droit", en: "channel=right"))
  }
}
