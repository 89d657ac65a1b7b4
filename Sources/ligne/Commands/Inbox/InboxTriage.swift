import ArgumentParser
import Documents
import EditorialDesk
import JSONTree
import SyncEngine
import Wording

extension Ligne.Inbox {
  /// Says what becomes of a conversation.
  struct Triage: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "triage",
        abstract: Sentence(
          fr: "Trier : à répondre, transférée, ignorée, masquée, fermée",
          en: "Sort: to answer, passed on, ignored, hidden, closed"),
        discussion: Sentence(
          fr: """
            Le moment du tri est noté : un message arrivé après rouvre la conversation. La raison reste interne. Rien n’est \
            masqué sur la plateforme : Ligne garde ce que vous avez décidé.
            """,
          en: """
            The moment is noted: a message that comes later opens the conversation again. The reason stays internal. Nothing \
            is hidden on the platform: Ligne keeps what you decided.
            """))
    }

    enum State: String, ExpressibleByArgument, CaseIterable {
      case toAnswer = "to-answer"
      case passedOn = "passed-on"
      case ignored, hidden, closed

      /// - Parameter argument: As it is written, or as it is shown in French or in English.
      init?(argument: String) {
        let field = SchemaSet.builtIn.kind(named: Conversation.kind)?.schema.field(at: "/triage")
        let typed = readableWords(of: argument, limit: .max)
        let meant = Self.allCases.first { state in
          let shown = ConversationState(rawValue: state.rawValue)?.wording
          return state.rawValue == field?.value(called: argument)
            || [shown?.french, shown?.english].compactMap(\.self)
              .contains { readableWords(of: $0, limit: .max) == typed }
        }
        guard let meant else { return nil }
        self = meant
      }
    }

    @Argument(help: .conversation)
    var conversation: String

    @Argument(
      help: .init(
        fr: "À répondre, transférée, ignorée, masquée ou fermée",
        en: "to-answer, passed-on, ignored, hidden or closed", value: Localized.Value.state))
    var state: State

    @Option(name: .shortAndLong, help: .reason)
    var message: String?

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      try session.sort(conversation, into: state, reason: message)
    }
  }

  /// Nothing more is to be said.
  struct Close: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "close", abstract: Sentence(fr: "Fermer une conversation", en: "Close a conversation"),
        discussion: Sentence(
          fr: "Dit si quelqu’un y attendait encore. Un message arrivé après la rouvre.",
          en: "Says if somebody was still waiting in it. A message that comes later opens it again."))
    }

    @Argument(help: .conversation)
    var conversation: String

    @Option(name: .shortAndLong, help: .reason)
    var message: String?

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      try session.sort(conversation, into: .closed, reason: message)
    }
  }

  /// It is to be answered after all.
  struct Reopen: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "reopen", abstract: Sentence(fr: "Rouvrir une conversation", en: "Open a conversation again"),
        discussion: Sentence(
          fr: "Ce qui n’avait pas de réponse attend de nouveau; si tout en avait, le dernier message attend.",
          en: "What had no answer waits again; if all of it had, the last message waits."))
    }

    @Argument(help: .conversation)
    var conversation: String

    @Option(name: .shortAndLong, help: .reason)
    var message: String?

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      try session.sort(conversation, into: .toAnswer, reason: message)
    }
  }
}

extension ArgumentHelp {
  fileprivate static var reason: ArgumentHelp {
    ArgumentHelp(fr: "La raison", en: "The reason", value: Localized.Value.text)
  }
}

extension Session {
  fileprivate func sort(
    _ words: String, into state: Ligne.Inbox.Triage.State, reason: String?
  ) throws {
    var waited = 0
    let language = language
    let workspace = try openWorkspace()
    let path = try document(words, in: workspace)
    if state != .toAnswer { waited = try InboxDesk(workspace, self).entry(at: path).waiting.count }
    try changeConversation(words) { _, _ in
      let messages = CountedNoun(
        fr: ("message restait sans réponse", "messages restaient sans réponse"),
        en: ("message had no answer", "messages had no answer")
      ).counted(waited)
      let caution = Sentence(fr: messages.french + ".", en: messages.english + ".")
      return (StyledText(state.said.text(in: language)), waited > 0 ? [caution] : [])
    } _: { conversation, now, _, _ in
      conversation.sorting(into: state.rawValue, at: now, reason: reason)
    }
  }
}

extension Ligne.Inbox.Triage.State {
  fileprivate var said: Sentence {
    switch self {
    case .toAnswer: Sentence(fr: "À répondre.", en: "To be answered.")
    case .passedOn: Sentence(fr: "Transférée.", en: "Passed on.")
    case .ignored: Sentence(fr: "Ignorée.", en: "Ignored.")
    case .hidden: Sentence(fr: "Masquée.", en: "Hidden.")
    case .closed: Sentence(fr: "Fermée.", en: "Closed.")
    }
  }
}
