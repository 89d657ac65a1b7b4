import Documents
import EditorialDesk
import EditorialHistory
import EditorialReports
import EditorialReview
import JSONTree
import ObjectModel
import Wording

/// What somebody has to know who takes over, for reading and for scripts.
struct HandoverAnswer {
  var handover: Handover
  /// For whom it is, as the team calls them.
  var person: String
  var since: Moment
  var versions: Int
  /// Documents with something to settle.
  var conflicts: [WorkspacePath]
  var team: Team?

  var json: JSONValue {
    [
      "for": JSONValue(person), "since": JSONValue(since.description),
      "versions": .number(JSONNumber(versions)),
      "changed": .array(
        handover.changed.map { changed in
          [
            "id": changed.id.map(JSONValue.string) ?? .null, "path": JSONValue(changed.path.text),
            "title": JSONValue(changed.title), "change": JSONValue(changed.change.rawValue),
            "fields": .array(changed.fields.map { JSONValue($0.description) }),
            "records": .number(JSONNumber(changed.records)),
            "releases": .number(JSONNumber(changed.releases)),
            "withdrawals": .number(JSONNumber(changed.withdrawals)),
            "notes": .number(JSONNumber(changed.notes)),
            "by": .array(changed.people.map { JSONValue($0) }), "at": JSONValue(changed.last.description),
          ]
        }),
      "waiting": .array(
        handover.waiting.map { waiting in
          [
            "id": .string(waiting.review.document.id), "path": JSONValue(waiting.review.document.path.text),
            "title": JSONValue(waiting.review.document.title),
            "state": JSONValue(waiting.review.state.rawValue), "theirs": .bool(waiting.isTheirs),
          ]
        }),
      "conversations": .array(
        handover.conversations.map { entry in
          let (document, conversation) = (entry.document, entry.conversation)
          return [
            "id": .string(document.id), "path": JSONValue(document.path.text),
            "title": JSONValue(conversation.beginning ?? document.title),
            "state": JSONValue(entry.state.rawValue), "triage": JSONValue(conversation.triage),
            "assignee": conversation.assignee.map { JSONValue($0) } ?? .null,
          ]
        }),
      "promised": .array(
        handover.promises.map { promise in
          var object: JSONObject = [
            "id": .string(promise.document.id), "path": JSONValue(promise.document.path.text),
            "title": JSONValue(promise.document.title), "at": JSONValue(promise.at.description),
            "over": .bool(promise.isOver),
          ]
          switch promise.nature {
          case .release(let channel, let state):
            object["nature"] = "release"
            object["channel"] = .string(channel)
            object["state"] = JSONValue(state.rawValue)
          case .followUp: object["nature"] = "follow-up"
          }
          return .object(object)
        }),
      "crises": .array(
        handover.crises.map { document in
          [
            "id": .string(document.id), "path": JSONValue(document.path.text),
            "title": JSONValue(document.title),
            "state": JSONValue(CrisisActivation(document.value).state),
          ]
        }),
      "conflicts": .array(conflicts.map { JSONValue($0.text) }),
    ]
  }

  func page(when: ClockWording, in language: Language) -> Page {
    let start = when(since)
    var page = Page(
      StyledText(
        Sentence(
          fr: "Relève pour \(person)  (début : \(start))", en: "Hand-over for \(person)  (from: \(start))"
        )
        .text(in: language), .strong))
    page.line(StyledText(counts.text(in: language), .quiet))
    let changes = handover.changed.map { row(of: $0, when, language) }
    let promises = handover.promises.map { row(of: $0, when, language) }
    add(changes, Sentence(fr: "Ce qui a changé", en: "What changed"), to: &page, language)
    add(crises, Sentence(fr: "Crises en cours", en: "Crises under way"), to: &page, language)
    add(
      waiting(in: language), Sentence(fr: "Ce qui attend une décision", en: "What waits for a decision"),
      to: &page, language)
    add(
      conversations(in: language), Sentence(fr: "Conversations ouvertes", en: "Open conversations"),
      to: &page, language)
    add(promises, Sentence(fr: "Ce qui est promis", en: "What was promised"), to: &page, language)
    if !conflicts.isEmpty {
      let count = CountedNoun.documents.counted(conflicts.count)
      page.next = Sentence(
        fr: "À trancher : \(count.french); « ligne conflicts » les montre.",
        en: "To settle: \(count.english); “ligne conflicts” shows them.")
    } else if handover.waiting.contains(where: \.isTheirs) {
      page.next = Sentence(
        fr: "« ligne review » présente ce qui attend, un document après l’autre.",
        en: "“ligne review” goes through what waits, one document after the other.")
    }
    return page
  }

  private var counts: Sentence {
    let changed = CountedNoun(
      fr: ("document changé", "documents changés"), en: ("document changed", "documents changed")
    )
    .counted(handover.changed.count)
    let waiting = CountedNoun(
      fr: ("décision attendue", "décisions attendues"), en: ("decision waited for", "decisions waited for")
    )
    .counted(handover.waiting.count)
    let open = CountedNoun(
      fr: ("conversation ouverte", "conversations ouvertes"), en: ("open conversation", "open conversations")
    )
    .counted(handover.conversations.count)
    let promised = CountedNoun(fr: ("promesse", "promesses"), en: ("promise", "promises"))
      .counted(handover.promises.count)
    return Sentence(
      fr: "\(changed.french), \(waiting.french), \(open.french), \(promised.french)",
      en: "\(changed.english), \(waiting.english), \(open.english), \(promised.english)")
  }

  // MARK: - Its parts

  private func row(
    of changed: Handover.Changed, _ when: ClockWording, _ language: Language
  ) -> [StyledText] {
    [
      StyledText("  ") + StyledText(changed.title), StyledText(what(changed).text(in: language)),
      StyledText(changed.people.joined(separator: ", "), .quiet),
      StyledText(when(changed.last), .quiet), StyledText(changed.path.shortName, .name),
    ]
  }

  /// “new”, “2 fields, 1 comment or decision”.
  private func what(_ changed: Handover.Changed) -> Sentence {
    let fields = CountedNoun(fr: ("champ", "champs"), en: ("field", "fields")).counted(changed.fields.count)
    let decisions = changed.records - changed.releases - changed.withdrawals - changed.notes
    let records = CountedNoun(
      fr: ("avis ou commentaire", "avis ou commentaires"),
      en: ("decision or comment", "decisions or comments")
    ).counted(decisions)
    let releases = CountedNoun(fr: ("sortie", "sorties"), en: ("release", "releases")).counted(
      changed.releases)
    let withdrawals = CountedNoun(fr: ("retrait", "retraits"), en: ("withdrawal", "withdrawals")).counted(
      changed.withdrawals)
    let notes = CountedNoun(fr: ("note", "notes"), en: ("note", "notes")).counted(changed.notes)
    var parts: [Sentence] = []
    switch changed.change {
    case .added: parts.append(Sentence(fr: "nouveau", en: "new"))
    case .removed: parts.append(Sentence(fr: "supprimé", en: "deleted"))
    case .moved: parts.append(Sentence(fr: "déplacé", en: "moved"))
    case .changed: break
    }
    if changed.change != .added, changed.change != .removed, !changed.fields.isEmpty { parts.append(fields) }
    if !changed.settled.isEmpty {
      parts.append(
        CountedNoun(fr: ("choix tranché", "choix tranchés"), en: ("choice settled", "choices settled"))
          .counted(changed.settled.count))
    }
    if decisions > 0 { parts.append(records) }
    if changed.releases > 0 { parts.append(releases) }
    if changed.withdrawals > 0 { parts.append(withdrawals) }
    if changed.notes > 0 { parts.append(notes) }
    if parts.isEmpty { parts.append(Sentence(fr: "mise en forme", en: "layout")) }
    return Sentence(
      fr: parts.map(\.french).joined(separator: ", "), en: parts.map(\.english).joined(separator: ", "))
  }

  private var crises: [[StyledText]] {
    handover.crises.map { document in
      let crisis = CrisisActivation(document.value)
      return [
        StyledText("  ") + StyledText(document.title), StyledText(crisis.level ?? "", .bad),
        StyledText(document.path.shortName, .name),
      ]
    }
  }

  private func waiting(in language: Language) -> [[StyledText]] {
    handover.waiting.map { waiting in
      let theirs = Sentence(fr: "attend \(person)", en: "waits for \(person)").text(in: language)
      return [
        StyledText("  ") + StyledText(waiting.review.document.title),
        StyledText(waiting.review.state.wording.text(in: language), waiting.review.state.style),
        StyledText(waiting.isTheirs ? theirs : "", .attention),
        StyledText(waiting.review.document.path.shortName, .name),
      ]
    }
  }

  private func conversations(in language: Language) -> [[StyledText]] {
    handover.conversations.map { entry in
      let (document, conversation) = (entry.document, entry.conversation)
      return [
        StyledText("  ") + StyledText(conversation.beginning ?? document.title),
        StyledText(conversation.channel?.text ?? "", .quiet),
        StyledText(entry.state.wording.text(in: language), entry.state.style),
        StyledText(conversation.assignee.map { name(of: JSONString($0)) } ?? "", .quiet),
        StyledText(document.path.shortName, .name),
      ]
    }
  }

  private func row(
    of promise: Handover.Promise, _ when: ClockWording, _ language: Language
  ) -> [StyledText] {
    var what: StyledText
    switch promise.nature {
    case .release(let channel, let state):
      what =
        StyledText(channel.text + ", ", .quiet)
        + StyledText(state.wording.text(in: language), state.style)
    case .followUp:
      what = StyledText(Sentence(fr: "relance", en: "follow-up").text(in: language))
    }
    if promise.isOver {
      what += StyledText(Sentence(fr: " (passé)", en: " (over)").text(in: language), .attention)
    }
    return [
      StyledText("  ") + StyledText(when(promise.at)), StyledText(promise.document.title), what,
      StyledText(promise.document.path.shortName, .name),
    ]
  }

  private func name(of member: JSONString) -> String { team?.member(member)?.shownName ?? member.text }

  private func add(_ rows: [[StyledText]], _ title: Sentence, to page: inout Page, _ language: Language) {
    guard let first = rows.first else { return }
    page.blank()
    page.line(StyledText(title.text(in: language), .strong))
    var table = Table(
      first.indices.map { .init(title: "", isFlexible: $0 == 0 || $0 == 1) })
    for row in rows { table.add(row) }
    page.table(table)
  }
}
