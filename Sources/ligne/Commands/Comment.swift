import ArgumentParser
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Ligne {
  /// Says something about a document or some words of it, and settles what was said.
  struct Comment: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "comment",
        abstract: Sentence(
          fr: "Commenter un document ou quelques mots", en: "Comment on a document or some words"),
        discussion: Sentence(
          fr: """
            Un commentaire s’accroche aux mots cités et les retrouve après des changements; s’ils disparaissent, il \
            reste et les rappelle. « --suggest » propose d’autres mots à leur place : « ligne comment accept ID » les \
            écrit dans le document, comme un changement ordinaire; « ligne comment resolve ID » règle le commentaire \
            sans toucher au texte; « ligne comment list » les montre.
            """,
          en: """
            A comment is tied to the words it quotes and finds them again after changes; if they go, it stays and \
            recalls them. “--suggest” proposes other words in their place: “ligne comment accept ID” writes them into \
            the document, as an ordinary change; “ligne comment resolve ID” settles the comment without touching the \
            text; “ligne comment list” shows them.
            """),
        usage: Sentence(
          fr: """
            ligne comment <document> [<champ>] [--quote <mots>] -m <texte> [--suggest <mots>]
            ligne comment accept <id>
            ligne comment resolve <id> [-m <texte>]
            ligne comment list [<document>] [--open]
            """,
          en: """
            ligne comment <document> [<field>] [--quote <words>] -m <text> [--suggest <words>]
            ligne comment accept <id>
            ligne comment resolve <id> [-m <text>]
            ligne comment list [<document>] [--open]
            """))
    }

    enum Action: String, CaseIterable { case accept, resolve, list }

    enum Visibility: String, EnumerableFlag {
      case `internal`, client

      static func help(for visibility: Visibility) -> ArgumentHelp? {
        switch visibility {
        case .internal: .init(fr: "Pour l’équipe seulement", en: "For the team only")
        case .client: .init(fr: "Pour le client aussi", en: "For the client as well")
        }
      }
    }

    @Argument(
      help: .init(
        fr: "Le document, ou le commentaire auquel répondre; ou bien « accept », « resolve », « list »",
        en: "The document, or the comment to answer; or else “accept”, “resolve”, “list”",
        value: Localized.Value.document))
    var document: String

    @Argument(
      help: .init(
        fr: "Un champ, comme /title ou /thread/@id/body; après « accept » et « resolve », un id",
        en: "A field, such as /title or /thread/@id/body; after “accept” and “resolve”, an id",
        value: Localized.Value.pointer))
    var place: String?

    @Option(
      help: .init(
        fr: "Les mots visés, tels quels", en: "The words meant, as they are",
        value: Localized.text(fr: "mots", en: "words")))
    var quote: String?

    @Option(
      help: .init(
        fr: "Lequel, s’ils s’y trouvent plusieurs fois : 1 pour le premier",
        en: "Which one, if they stand there several times: 1 for the first", value: Localized.Value.number))
    var occurrence: Int?

    @Option(
      name: .shortAndLong,
      help: .init(fr: "Ce que vous en dites", en: "What you say about it", value: Localized.Value.text))
    var message: String?

    @Option(
      help: .init(
        fr: "Les mots à mettre à leur place; \"\" pour les enlever",
        en: "The words to put in their place; \"\" to take them out",
        value: Localized.text(fr: "mots", en: "words")))
    var suggest: String?

    @Flag(help: .init(fr: "C’est une question", en: "It is a question"))
    var question = false

    @Option(
      help: .init(fr: "Le commentaire auquel répondre", en: "The comment to answer", value: "id"))
    var parent: String?

    @Flag var visibility: Visibility?

    @Flag(help: .init(fr: "Ceux qui attendent quelqu’un", en: "Those that wait for somebody"))
    var open = false

    @OptionGroup var options: GlobalOptions

    var action: Action? { Action(rawValue: document) }

    func validate() throws {
      switch action {
      case .accept where place == nil, .resolve where place == nil:
        throw ValidationError(
          fr: "Lequel? « ligne comment list » montre les ids.",
          en: "Which one? “ligne comment list” shows the ids.")
      case .accept where message != nil:
        throw ValidationError(
          fr: "« accept » n’a pas besoin de mots : il écrit ceux de la suggestion.",
          en: "“accept” needs no words: it writes those of the suggestion.")
      default: break
      }
      let isWritten = quote != nil || suggest != nil || question || parent != nil || occurrence != nil
      if action != nil, isWritten || visibility != nil {
        throw ValidationError(
          fr: "Ces options vont avec un nouveau commentaire.", en: "These options go with a new comment.")
      }
      if open, action != .list {
        throw ValidationError(fr: "« --open » va avec « list ».", en: "“--open” goes with “list”.")
      }
      if question, suggest != nil {
        throw ValidationError(
          fr: "Une question ou une suggestion : choisissez.", en: "A question or a suggestion: choose.")
      }
      if occurrence != nil, quote == nil {
        throw ValidationError(
          fr: "« --occurrence » va avec « --quote ».", en: "“--occurrence” goes with “--quote”.")
      }
    }

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let language = session.language
      var random = SystemRandomNumberGenerator()
      switch action {
      case .list:
        let subject = try place.map { try session.document($0, in: workspace) }
        let list = try workspace.listedComments(on: subject, onlyOpen: open)
        try session.answer(
          json: .array(list.map { .object($0.json) }),
          page: list.described(onlyOpen: open, when: session.when(in: workspace), in: language))
      case .accept:
        let made = try workspace.acceptSuggestion(
          place ?? "", by: session.attribution(in: workspace), random: &random)
        try session.answer(json: made.json, page: Self.describeAccepted(made, in: language))
      case .resolve:
        let made = try workspace.resolveComment(
          place ?? "", body: message ?? "", by: session.attribution(in: workspace), random: &random)
        try session.answer(json: made.json, page: Self.describeResolved(made, in: language))
      case nil:
        let path = try session.document(document, in: workspace)
        var wish = CommentWish(
          on: path, at: try place.map { try pointer($0, of: workspace.kind(at: path)) },
          quoting: quote, occurrence: occurrence, body: message ?? "")
        (wish.isQuestion, wish.replacement, wish.parent) = (question, suggest, parent)
        wish.visibility = visibility?.rawValue
        let made = try workspace.comment(wish, by: session.attribution(in: workspace), random: &random)
        try session.answer(json: made.json, page: Self.describe(made, in: language))
      }
    }

    // MARK: Words

    static func describe(_ made: WrittenComment, in language: Language) -> Page {
      var page = Page(
        StyledText(Sentence(fr: "Commentaire ", en: "Comment ").text(in: language))
          + StyledText(made.id, .name)
          + StyledText(Sentence(fr: " sur ", en: " on ").text(in: language))
          + StyledText(made.subject.text, .name))
      if let quote = made.value["anchor"]?["exact"]?.text { page.quote(language.quoted(quote)) }
      page.next = keep
      return page
    }

    static func describeAccepted(_ made: WrittenComment, in language: Language) -> Page {
      var page = Page(
        StyledText(
          Sentence(
            fr: "La suggestion est dans le texte : ", en: "The suggestion is in the text: "
          ).text(in: language)) + StyledText(made.subject.text, .name))
      if let words = made.value["anchor"]?["exact"]?.text { page.quote(language.quoted(words)) }
      page.next = keep
      return page
    }

    static func describeResolved(_ made: WrittenComment, in language: Language) -> Page {
      var page = Page(
        StyledText(
          Sentence(fr: "Le commentaire est réglé : ", en: "The comment is resolved: ").text(in: language))
          + StyledText(made.value["parent"]?.text ?? "", .name))
      page.next = keep
      return page
    }

    private static let keep = Sentence(
      fr: "« ligne commit -m \"…\" » le garde, « ligne sync » le montre à l’équipe.",
      en: "“ligne commit -m \"…\"” keeps it, “ligne sync” shows it to the team.")
  }
}
