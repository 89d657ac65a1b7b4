import Documents
import EditorialDesk
import EditorialReview
import JSONTree
import ObjectModel
import Wording

/// One conversation for reading: the messages, the answers side by side, the official words, the notes.
struct ConversationPage {
  var desk: InboxDesk
  var entry: InboxEntry
  /// Comments on it, answers behind what they answer.
  var notes: [ListedComment]
  var when: ClockWording

  private var conversation: Conversation { entry.conversation }

  private var statements: [(document: Document, statement: Statement)] {
    desk.documents.statements(about: conversation, inForceAt: desk.now)
  }

  private var rumours: [(document: Document, rumour: Rumour)] {
    desk.documents.rumours(heardIn: entry.document, conversation)
  }

  var json: JSONValue {
    var object = entry.json(desk).object ?? JSONObject()
    object["messages"] = .array(conversation.messages.map(\.value))
    object["triage"] = JSONValue(conversation.triage)
    object["triageAt"] = conversation.triageAt.map { JSONValue($0) } ?? .null
    object["triageReason"] = entry.document.value["triageReason"] ?? .null
    object["permalink"] = conversation.permalink.map { JSONValue($0) } ?? .null
    object["labels"] = .array(conversation.labels.map { JSONValue($0) })
    object["onDuty"] = .array(onDuty.compactMap { $0.id.map(JSONValue.string) })
    object["statements"] = .array(
      statements.map { document, statement in
        [
          "id": .string(document.id), "path": JSONValue(document.path.text),
          "topic": statement.topic.map { JSONValue($0) } ?? .null,
          "version": statement.version.map { .number(JSONNumber($0)) } ?? .null,
        ]
      })
    object["rumours"] = .array(
      rumours.map { document, rumour in
        [
          "id": .string(document.id), "path": JSONValue(document.path.text),
          "claim": rumour.claim.map { JSONValue($0) } ?? .null, "verdict": JSONValue(rumour.verdict.rawValue),
          "answer": JSONValue(rumour.answer),
          "statement": desk.statement(answering: rumour).map { .string($0.document.id) } ?? .null,
        ]
      })
    object["notes"] = .array(notes.map { .object($0.json) })
    return .object(object)
  }

  private var onDuty: [Documents.Team.Member] {
    desk.onDuty.filter { duty in conversation.channel.map(duty.covers) ?? false }.map(\.member)
  }

  func described(in language: Language) -> Page {
    var page = Page(
      entry.standing(desk, in: language)
        + StyledText("  " + (conversation.channel?.text ?? ""), .quiet))
    for line in facts(in: language) { page.line(line, indent: 2) }
    for message in conversation.messages { add(message, to: &page, language) }
    addAnswers(to: &page, language)
    addRumours(to: &page, language)
    addStatements(to: &page, language)
    addNotes(to: &page, language)
    page.next = next
    return page
  }

  // MARK: - Its parts

  /// Since when, until when by each clock, and who has it.
  private func facts(in language: Language) -> [StyledText] {
    var lines: [Sentence] = []
    if let received = entry.received {
      let time = when(received.instant)
      lines.append(Sentence(fr: "Attend depuis : \(time)", en: "Waiting since: \(time)"))
      lines.append(target)
    }
    if let claim = entry.claim {
      let name = desk.name(of: claim.by)
      let end = claim.until.map { desk.clock.untilWording(of: $0.instant) }
      lines.append(
        Sentence(
          fr: "\(name) prépare la réponse" + (end.map { ", \($0.french)" } ?? ""),
          en: "\(name) is preparing the answer" + (end.map { " \($0.english)" } ?? "")))
    }
    if let assignee = entry.assignee {
      let name = desk.name(of: assignee)
      let isAdvice = desk.part(of: assignee, on: conversation.channel ?? "") == .advice
      lines.append(
        isAdvice
          ? Sentence(fr: "Confiée à \(name), pour avis", en: "Given to \(name), for advice")
          : Sentence(fr: "Confiée à \(name)", en: "Given to \(name)"))
    }
    let names = language.listing(onDuty.map(\.shownName))
    if entry.state.isOpen, !names.isEmpty {
      lines.append(Sentence(fr: "De service : \(names)", en: "On duty: \(names)"))
    }
    if let reason = entry.document.value["triageReason"]?.text, !reason.isEmpty {
      lines.append(Sentence(fr: "Raison du tri : \(reason)", en: "Reason of the sorting: \(reason)"))
    }
    var styled = lines.map { StyledText($0.text(in: language)) }
    if let link = conversation.permalink { styled.append(StyledText(link, .quiet)) }
    return styled
  }

  private var target: Sentence {
    guard let due = entry.due, due.first != nil else {
      return Sentence(
        fr: "Aucun délai de réponse n’est fixé pour ce canal.",
        en: "No response time is set for this channel.")
    }
    func said(_ instant: Instant?, _ french: String, _ english: String) -> Sentence? {
      instant.map { Sentence(fr: "\(when($0)) (\(french))", en: "\(when($0)) (\(english))") }
    }
    let clocks = [
      (due.business, said(due.business, "heures ouvrables", "business hours")),
      (due.calendar, said(due.calendar, "temps réel", "real time")),
    ]
    .compactMap { instant, sentence in instant.flatMap { at in sentence.map { (at, $0) } } }
    .sorted { $0.0 < $1.0 }.map(\.1)
    return Sentence(
      fr: "Échéance : " + clocks.map(\.french).joined(separator: "; "),
      en: "Due: " + clocks.map(\.english).joined(separator: "; "))
  }

  private func add(_ message: Conversation.Message, to page: inout Page, _ language: Language) {
    page.blank()
    var head = StyledText(message.author ?? "?", .strong)
    if let at = message.at { head += ", " + StyledText(when(at), .quiet) }
    if let id = message.externalId { head += "  " + StyledText(id.text, .name) }
    if message.deletedAt != nil {
      head +=
        "  "
        + StyledText(
          Sentence(fr: "effacé par son auteur", en: "deleted by its author").text(in: language), .quiet)
    } else if entry.waiting.contains(message) {
      head += "  " + StyledText(Sentence(fr: "attend", en: "waits").text(in: language), .attention)
    }
    page.line(head, indent: 2)
    page.quote(message.text, style: message.deletedAt == nil ? .plain : .quiet, indent: 4)
  }

  private func addAnswers(to page: inout Page, _ language: Language) {
    let groups = Dictionary(grouping: entry.answers) { $0.reply.inReplyTo ?? "" }.sorted { $0.key < $1.key }
    for (_, answers) in groups {
      let rivals = answers.filter(\.state.isAnswer)
      page.blank()
      if rivals.count > 1 {
        page.append(.sideBySide(rivals, desk, in: language))
      }
      for answer in answers where rivals.count < 2 || !answer.state.isAnswer {
        page.line(answer.head(desk, in: language), indent: 2)
        page.quote(answer.reply.body, indent: 4)
      }
    }
  }

  /// What people say, what we know of it, and what answers it.
  private func addRumours(to page: inout Page, _ language: Language) {
    let rumours = rumours
    if rumours.isEmpty { return }
    page.blank()
    page.line(
      StyledText(Sentence(fr: "Ce qu’on raconte", en: "What people say").text(in: language), .strong))
    for (document, rumour) in rumours {
      page.line(
        StyledText(rumour.claim ?? document.title) + "  "
          + StyledText(rumour.verdict.wording.text(in: language), rumour.verdict.style) + "  "
          + StyledText(document.path.shortName, .name), indent: 2)
      if !rumour.answer.isEmpty { page.quote(rumour.answer, style: .quiet, indent: 4) }
    }
  }

  private func addStatements(to page: inout Page, _ language: Language) {
    let statements = statements
    if statements.isEmpty { return }
    page.blank()
    page.line(
      StyledText(
        Sentence(fr: "La parole officielle, en vigueur", en: "The official words that hold now")
          .text(in: language), .strong))
    for (document, statement) in statements {
      let version = statement.version.map { "version \($0)" } ?? ""
      page.line(
        StyledText(statement.topic ?? document.title) + "  " + StyledText(version, .quiet) + "  "
          + StyledText(document.path.shortName, .name), indent: 2)
      page.quote(statement.body, style: .quiet, indent: 4)
    }
  }

  private func addNotes(to page: inout Page, _ language: Language) {
    if notes.isEmpty { return }
    page.blank()
    page.line(StyledText(Sentence(fr: "Notes internes", en: "Internal notes").text(in: language), .strong))
    page.lines(notes.map { $0.line(in: language) }, indent: 2)
  }

  private var next: Sentence? {
    let name = entry.document.path.shortName
    if let rivals = entry.rivals.first {
      let kept = rivals[0].document.path.shortName
      return Sentence(
        fr: "« ligne inbox keep \(kept) » garde la première et remplace les autres.",
        en: "“ligne inbox keep \(kept)” keeps the first and supersedes the others.")
    }
    switch entry.state {
    case .conflicted:
      return Sentence(
        fr: "« ligne conflicts \(name) » montre ce qui est à trancher.",
        en: "“ligne conflicts \(name)” shows what is to be settled.")
    case .unanswered, .answering:
      return Sentence(
        fr: "« ligne inbox answer \(name) -m \"…\" --propose » propose une réponse.",
        en: "“ligne inbox answer \(name) -m \"…\" --propose” proposes an answer.")
    case .proposed:
      let reply = entry.answers.first { $0.state.isAnswer }?.document.path.shortName ?? name
      return Sentence(
        fr: "« ligne review show \(reply) » montre la réponse à approuver.",
        en: "“ligne review show \(reply)” shows the answer to approve.")
    case .ready:
      guard let reply = entry.answers.first(where: { $0.state == .approved })?.document.path.shortName else {
        return nil
      }
      return Sentence(
        fr: "« ligne publish \(reply) --dry-run » dit si elle peut partir.",
        en: "“ligne publish \(reply) --dry-run” says whether it may go out.")
    case .answered, .deleted, .passedOn, .ignored, .hidden, .closed: return nil
    }
  }
}

extension InboxEntry.Answer {
  /// Who wrote it, where it stands, and its name.
  func head(_ desk: InboxDesk, in language: Language) -> StyledText {
    StyledText(author(desk), .strong) + "  " + StyledText(state.wording.text(in: language), state.style)
      + "  " + StyledText(document.path.shortName, .name)
  }

  func author(_ desk: InboxDesk) -> String {
    document.value["createdBy"]?.string.map(desk.name) ?? "?"
  }
}

extension Page {
  /// How wide a text is set beside another: two fit on eighty columns.
  private static let columnWidth = 37

  /// Answers to one message beside each other, three at most in a row of the terminal.
  static func sideBySide(
    _ answers: [InboxEntry.Answer], _ desk: InboxDesk, in language: Language
  ) -> Page {
    let count = CountedNoun(fr: ("réponse", "réponses"), en: ("answer", "answers")).counted(answers.count)
    var page = Page(
      StyledText(
        Sentence(
          fr: "\(count.french) au même message : une seule peut partir",
          en: "\(count.english) to the same message: only one can go out"
        ).text(in: language), .attention))
    for start in stride(from: 0, to: answers.count, by: 3) {
      let shown = answers[start..<min(start + 3, answers.count)]
      var table = Table(
        shown.map { _ in .init(title: "", isFlexible: true, wrapsAt: columnWidth) })
      table.showsAllRows = true
      table.add(shown.map { $0.head(desk, in: language) })
      table.add(shown.map { StyledText($0.reply.body) })
      page.table(table)
    }
    return page
  }
}

/// An answer that was just written.
struct WrittenAnswer {
  var desk: InboxDesk
  var entry: InboxEntry
  var path: WorkspacePath
  var reply: Reply
  /// The message it answers.
  var message: Conversation.Message
  var cautions: [Sentence]

  private var id: JSONString? { reply.value["id"]?.string }

  /// Every answer to that message, this one included, drafts as well.
  private var same: [InboxEntry.Answer] {
    entry.answers.filter { $0.reply.inReplyTo == reply.inReplyTo }
  }

  /// What others have begun to write to the same message.
  private var drafts: [Sentence] {
    same.filter { $0.document.id != id && !$0.state.isAnswer }.map { draft -> Sentence in
      let (name, file) = (draft.author(desk), draft.document.path.shortName)
      return Sentence(
        fr: "Il y a déjà un brouillon pour le même message : \(name), \(file)",
        en: "There is a draft for the same message already: \(name), \(file)")
    }
  }

  /// Whether somebody else’s answer to the message is there already.
  var hasRivals: Bool { same.contains { $0.document.id != id && $0.state.isAnswer } }

  var json: JSONValue {
    [
      "id": id.map(JSONValue.string) ?? .null, "path": JSONValue(path.text),
      "conversation": .string(entry.document.id),
      "inReplyTo": reply.inReplyTo.map(JSONValue.string) ?? .null, "state": JSONValue(reply.state),
      "rivals": .array(
        same.filter { $0.document.id != id && $0.state.isAnswer }.map(\.json)),
    ]
  }

  func described(in language: Language) -> Page {
    let author = message.author ?? "?"
    let said =
      reply.state == "proposed"
      ? Sentence(fr: "Réponse proposée à \(author)", en: "Answer to \(author) proposed")
      : Sentence(fr: "Brouillon de réponse à \(author)", en: "Draft of an answer to \(author)")
    var page = Page(
      StyledText(said.text(in: language), .strong) + "  " + StyledText(path.shortName, .name))
    if hasRivals {
      page.append(
        .sideBySide(same.filter { $0.state.isAnswer || $0.document.id == id }, desk, in: language))
    } else {
      page.quote(reply.body)
    }
    for caution in cautions + drafts { page.line(StyledText(caution.text(in: language), .attention)) }
    let name = path.shortName
    page.next =
      hasRivals
      ? Sentence(
        fr: "« ligne inbox keep \(name) » garde celle-ci; « ligne inbox keep ID », une autre.",
        en: "“ligne inbox keep \(name)” keeps this one; “ligne inbox keep ID”, another.")
      : .commitSharesIt
    return page
  }
}

extension Rumour.Verdict {
  /// Agrees in French with “la rumeur”.
  var wording: Sentence {
    switch self {
    case .unverified: Sentence(fr: "à vérifier", en: "unverified")
    case .false: Sentence(fr: "fausse", en: "false")
    case .partlyTrue: Sentence(fr: "vraie en partie", en: "partly true")
    case .true: Sentence(fr: "vraie", en: "true")
    }
  }

  var style: Style { self == .unverified ? .attention : .plain }
}
