import ArgumentParser
import Documents
import EditorialReview
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Ligne {
  /// Where we speak.
  struct Channel: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "channel",
        abstract: Sentence(fr: "Voir ou changer où l’on publie", en: "See or change where we publish"),
        discussion: Sentence(
          fr: """
            Sans autre mot, montre les canaux : compte, langue, état. Un canal fermé garde ses publications et son \
            historique; rien de plus n’y sort.
            """,
          en: """
            Without another word, shows the channels: account, language, state. A closed channel keeps its posts and its \
            history; nothing more goes out there.
            """),
        subcommands: [Add.self, Close.self, Open.self])
    }

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let document = try workspace.document(at: Self.path)
      let answer = try ChannelAnswer(document, schemas: workspace.schemas())
      try session.answer(json: document, page: answer.described(in: session.language))
    }
  }
}

extension Ligne.Channel {
  fileprivate static var path: WorkspacePath { get throws { try WorkspacePath("channels.json") } }

  /// A new account.
  struct Add: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration("add", abstract: Sentence(fr: "Ajouter un canal", en: "Add a channel"))
    }

    @Argument(
      help: .init(
        fr: "Un compte, comme infolettre=email:nouvelles@example.org",
        en: "An account, such as newsletter=email:news@example.org", value: ChannelAssignment.form))
    var channel: ChannelAssignment

    @Option(
      help: .init(
        fr: "Langue des textes, comme fr-CA", en: "Language of the texts, such as fr-CA",
        value: Localized.Value.language))
    var language: String?

    @Option(
      help: .init(
        fr: "Ce qu’il faut taper avant un geste irréversible sur ce compte",
        en: "What has to be typed before an irreversible step on this account",
        value: Localized.Value.text))
    var guardPhrase: String?

    @OptionGroup var options: GlobalOptions

    func validate() throws {
      if let language { try LanguageTag.validate(language) }
    }

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      var new = NewChannel(id: channel.id, platform: channel.platform, handle: channel.handle)
      (new.language, new.guardPhrase) = (language, guardPhrase)
      let platforms = try workspace.platforms()
      let id = JSONString(channel.id)
      try session.changeChannels(in: workspace, about: id) { try $0.adding(new, platforms: platforms) }
    }
  }

  /// Nothing more goes out there.
  struct Close: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "close", abstract: Sentence(fr: "Fermer un canal", en: "Close a channel"),
        discussion: Sentence(
          fr: "Dit ce qui y était encore prévu; rien n’est retiré ni déplacé.",
          en: "Says what was still planned on it; nothing is taken out or moved."))
    }

    @Argument(help: .init(fr: "L’id d’un canal", en: "The id of a channel", value: Localized.Value.channel))
    var channel: String

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      try session.setChannel(channel, state: "closed")
    }
  }

  /// It is in use again.
  struct Open: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "open", abstract: Sentence(fr: "Rouvrir un canal", en: "Open a channel again"))
    }

    @Argument(help: .init(fr: "L’id d’un canal", en: "The id of a channel", value: Localized.Value.channel))
    var channel: String

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      try session.setChannel(channel, state: "active")
    }
  }
}

extension Session {
  fileprivate func setChannel(_ channel: String, state: String) throws {
    let workspace = try openWorkspace()
    try workspace.refuseUnknown(channels: [channel])
    let id = JSONString(channel)
    try changeChannels(in: workspace, about: id) { $0.setting(state: state, of: id) }
  }

  /// Changes the channels, and answers with the one the change was about.
  fileprivate func changeChannels(
    in workspace: Workspace, about id: JSONString, _ change: (Channels) throws -> JSONValue
  ) throws {
    let document = try workspace.change(
      Ligne.Channel.path, for: "channel", by: attribution(in: workspace)
    ) { try change(Channels($0)) }
    try answer(
      json: document,
      page: {
        let folder = try workspace.documentsOfFolder()
        let states = try workspace.states(of: folder, at: date().instant)
        var page = try ChannelAnswer(document, schemas: workspace.schemas())
          .described(
            id, planned: PlannedRelease.all(on: id, in: states), when: when(in: workspace), in: language)
        page.next = .commitKeepsIt
        return page
      }())
  }
}
