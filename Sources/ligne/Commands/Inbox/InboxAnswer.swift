import ArgumentParser
import Documents
import EditorialDesk
import EditorialReview
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Ligne.Inbox {
  /// Writes an answer; one file for each, so that two people never write over each other.
  struct Answer: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "answer",
        abstract: Sentence(fr: "Écrire une réponse", en: "Write an answer"),
        discussion: Sentence(
          fr: """
            Répond au premier message qui attend, ou à celui de « --to ». C’est un brouillon; « --propose » la propose à \
            l’équipe, et sans autres mots le brouillon que vous aviez déjà. Si quelqu’un a déjà proposé une réponse au même \
            message, les deux sont montrées, et « ligne inbox keep » en garde une. « --saved-reply » part d’une réponse \
            type, « --statement » de la parole officielle; leur version est notée, et « ligne check » dit quand elle a \
            changé. « --rumour » part de ce qui répond à une rumeur : la déclaration en vigueur, sinon ce qu’on en dit; la \
            conversation est notée parmi celles où elle a été entendue. Rien n’est envoyé.
            """,
          en: """
            Answers the first message that waits, or that of “--to”. It is a draft; “--propose” proposes it to the team, and \
            without other words the draft you had already. If somebody has proposed an answer to the same message, both \
            are shown, and “ligne inbox keep” keeps one. \
            “--saved-reply” starts from a saved reply, “--statement” from the official words; their version is noted, and \
            “ligne check” says when it has changed. “--rumour” starts from what answers a rumour: the statement that holds, \
            else what we say to it; the conversation is noted among those in which it was heard. Nothing is sent.
            """))
    }

    @Argument(help: .conversation)
    var conversation: String

    @Option(
      name: .shortAndLong,
      help: .init(fr: "Les mots de la réponse", en: "The words of the answer", value: Localized.Value.text))
    var message: String?

    @Option(
      help: .init(
        fr: "Le message auquel répondre, par son identifiant", en: "The message to answer, by its identifier",
        value: "message"))
    var to: String?

    @Option(
      help: .init(
        fr: "La réponse type dont on part", en: "The saved reply to start from",
        value: Localized.Value.document))
    var savedReply: String?

    @Option(
      help: .init(
        fr: "La déclaration sur laquelle on s’appuie", en: "The statement to lean on",
        value: Localized.Value.document))
    var statement: String?

    @Option(
      help: .init(
        fr: "La rumeur à laquelle on répond", en: "The rumour to answer",
        value: Localized.Value.document))
    var rumour: String?

    @Flag(help: .init(fr: "La proposer à l’équipe", en: "Propose it to the team"))
    var propose = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
      if rumour != nil, statement != nil {
        throw ValidationError(
          fr: "« --rumour » et « --statement » : choisissez.", en: "“--rumour” or “--statement”: choose.")
      }
    }

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let path = try session.document(conversation, in: workspace)
      let before = try InboxDesk(workspace, session)
      let entry = try before.entry(at: path)
      let target = try entry.message(toAnswer: to)
      let attribution = try session.attribution(in: workspace)
      if let own = ownDraft(to: target, in: entry, by: before.person) {
        try workspace.set(own, JSONPointer([.key("state")]), to: "proposed", by: attribution)
        let value = try workspace.document(at: own)
        return try answer(
          (own, value), to: target, of: path,
          cautions: AnswerDraft(of: Reply(value), before).cautions(of: entry, target, before), in: workspace,
          session)
      }
      let draft = try draft(before, in: workspace, session)
      var fields: [(pointer: JSONPointer, value: JSONValue)] = [
        ("/conversation", .string(entry.document.id)),
        ("/inReplyTo", target.externalId.map(JSONValue.string) ?? .null),
        ("/assignee", JSONValue(try workspace.person(attribution))),
        ("/state", propose ? "proposed" : "draft"),
      ]
      fields += draft.fields
      var random = SystemRandomNumberGenerator()
      let made = try workspace.makeDocument(
        kind: Reply.kind.text, DocumentWishes(body: draft.body, fields: fields), by: attribution,
        random: &random)
      if let rumour = draft.rumour {
        try workspace.note(rumour, heardIn: entry.document.id, by: attribution)
      }
      try answer(
        made, to: target, of: path, cautions: draft.cautions(of: entry, target, before), in: workspace,
        session)
    }

    /// The draft that “--propose” alone is about: one’s own to that message.
    private func ownDraft(
      to message: Conversation.Message, in entry: InboxEntry, by person: JSONString?
    ) -> WorkspacePath? {
      guard propose, [self.message, savedReply, statement, rumour].allSatisfy({ $0 == nil }) else {
        return nil
      }
      return entry.answers.last {
        $0.state == .draft && $0.reply.inReplyTo == message.externalId
          && $0.document.value["createdBy"]?.string == person
      }?.document.path
    }

    private func answer(
      _ made: (path: WorkspacePath, value: JSONValue), to target: Conversation.Message,
      of conversation: WorkspacePath, cautions: [Sentence], in workspace: Workspace, _ session: Session
    ) throws {
      let desk = try InboxDesk(workspace, session)
      let answer = WrittenAnswer(
        desk: desk, entry: try desk.entry(at: conversation), path: made.path, reply: Reply(made.value),
        message: target, cautions: cautions)
      try session.answer(json: answer.json, page: answer.described(in: session.language))
      if session.asksForJSON {
        for caution in answer.cautions { session.output.remark(caution, .attention) }
      }
      if answer.hasRivals { throw PersonNeeded() }
    }

    /// The words, and what they were taken from.
    private func draft(
      _ desk: InboxDesk, in workspace: Workspace, _ session: Session
    ) throws -> AnswerDraft {
      var draft = AnswerDraft()
      if let statement {
        let path = try session.document(statement, in: workspace)
        let (document, view) = try desk.document(
          at: path, as: Documents.Statement.self, else: ConversationError.notAStatement)
        draft.body = view.body
        draft.lean(on: document, version: view.version, at: "/statement")
        draft.isInForce = desk.documents.statements(inForceAt: desk.now).contains {
          $0.document.id == document.id
        }
      }
      if let rumour {
        let path = try session.document(rumour, in: workspace)
        draft.take(
          try desk.document(at: path, as: Rumour.self, else: ConversationError.notARumour), from: desk)
      }
      if let savedReply {
        let path = try session.document(savedReply, in: workspace)
        let (document, view) = try desk.document(
          at: path, as: SavedReply.self, else: ConversationError.notASavedReply)
        draft.body = view.body
        draft.lean(on: document, version: view.version, at: "/savedReply")
        if let intent = document.value["intent"] { draft.fields.append(("/intent", intent)) }
        // Its words quote that version of the statement, whichever is the newest.
        if statement == nil, rumour == nil, let quoted = document.value["statement"] {
          draft.fields.append(("/statement", quoted))
        }
      }
      if let message {
        draft.body = message
      } else if session.canAsk {
        draft.body = try session.written(startingFrom: JSONValue(draft.body), in: workspace).text ?? ""
      }
      guard draft.body.contains(where: { !$0.isWhitespace }) else { throw ConversationError.noWords }
      return draft
    }
  }
}

/// An answer before it is written down.
private struct AnswerDraft {
  var body = ""
  var fields: [(pointer: JSONPointer, value: JSONValue)] = []
  /// Whether the statement it leans on holds now.
  var isInForce = true
  /// The rumour it answers.
  var rumour: WorkspacePath?
  var isUnverified = false

  init() {}

  /// One that was written down before.
  init(of reply: Reply, _ desk: InboxDesk) {
    body = reply.body
    let statement = reply.value["statement"]?["id"]?.string
    isInForce =
      statement.map { id in
        desk.documents.statements(inForceAt: desk.now).contains { $0.document.id == id }
      } ?? true
  }

  /// Starts from what answers a rumour: the official words that hold, else what we say to it.
  mutating func take(_ found: (document: Document, view: Rumour), from desk: InboxDesk) {
    rumour = found.document.path
    isUnverified = found.view.verdict == .unverified
    if let (document, statement) = desk.statement(answering: found.view) {
      body = statement.body
      lean(on: document, version: statement.version, at: "/statement")
    } else {
      body = found.view.answer
    }
    if found.view.verdict == .false { fields.append(("/intent", "correct")) }
  }

  mutating func lean(on document: Document, version: Int?, at pointer: JSONPointer) {
    var source: JSONObject = ["id": .string(document.id)]
    source["version"] = version.map { .number(JSONNumber($0)) }
    fields.append((pointer, .object(source)))
  }

  /// What a person should know before they rely on it.
  func cautions(
    of entry: InboxEntry, _ message: Conversation.Message, _ desk: InboxDesk
  ) -> [Sentence] {
    var cautions: [Sentence] = []
    if let claim = entry.claim, claim.by != desk.person {
      let name = desk.name(of: claim.by)
      cautions.append(
        Sentence(fr: "\(name) s’occupe déjà de cette conversation.", en: "\(name) is already at this one."))
    }
    if message.deletedAt != nil {
      cautions.append(
        Sentence(
          fr: "Ce message a été effacé par son auteur.", en: "This message was deleted by its author."))
    }
    if !isInForce {
      cautions.append(
        Sentence(
          fr: "Cette déclaration n’est pas en vigueur en ce moment.", en: "This statement does not hold now.")
      )
    }
    if isUnverified {
      cautions.append(
        Sentence(fr: "Cette rumeur n’est pas encore vérifiée.", en: "This rumour is not verified yet."))
    }
    let blanks = blanks.map { "{\($0)}" }.joined(separator: ", ")
    if !blanks.isEmpty {
      cautions.append(Sentence(fr: "Il reste à remplir : \(blanks)", en: "Still to fill in: \(blanks)"))
    }
    return cautions
  }

  /// The names in braces that a saved reply leaves to be filled in, each once.
  private var blanks: [String] {
    var seen: Set<JSONString> = []
    return body.matches(of: /\{([^{}\s][^{}\n]{0,40})\}/).map { String($0.1) }
      .filter { seen.insert(JSONString($0)).inserted }
  }
}

extension Workspace {
  /// Notes among the conversations in which a rumour was heard that it was heard in one more.
  fileprivate func note(
    _ rumour: WorkspacePath, heardIn conversation: JSONString, by attribution: Attribution
  ) throws {
    if Rumour(try document(at: rumour)).conversations.contains(conversation) { return }
    _ = try change(rumour, for: "inbox answer", by: attribution) { value in
      guard var object = value.object else { return value }
      object["conversations"] = .array((value["conversations"]?.array ?? []) + [.string(conversation)])
      return .object(object)
    }
  }
}

extension InboxEntry {
  /// The message an answer is to: the one named, else the first that waits, else the last that others wrote.
  ///
  /// - Throws: `ConversationError.unknownMessage`, `.nothingToAnswer`.
  fileprivate func message(toAnswer id: String?) throws -> Conversation.Message {
    let messages = conversation.messages
    if let id {
      if let named = messages.first(where: { $0.externalId == JSONString(id) }) { return named }
      throw ConversationError.unknownMessage(id, known: messages.compactMap { $0.externalId?.text })
    }
    guard let message = waiting.first ?? lastOfOthers else { throw ConversationError.nothingToAnswer }
    return message
  }
}
