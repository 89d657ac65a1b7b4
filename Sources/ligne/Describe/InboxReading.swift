import Documents
import EditorialDesk
import EditorialReview
import JSONTree
import ObjectModel
import Wording

/// The inbox for reading.
struct InboxAnswer {
  var desk: InboxDesk
  var entries: [InboxEntry]
  var onlyMine = false
  var onlyUnanswered = false

  func described(in language: Language) -> Page {
    var page = Page(StyledText(first.text(in: language), .strong))
    if let duty = duty(in: language) { page.line(duty) }
    if let rumours { page.line(StyledText(rumours.text(in: language), .quiet)) }
    guard !entries.isEmpty else { return page }
    var table = Table([
      .init(title: title(fr: "reste", en: "left", language), side: .trailing),
      .init(title: title(fr: "de", en: "from", language), isFlexible: true),
      .init(title: title(fr: "message", en: "message", language), isFlexible: true),
      .init(title: title(fr: "canal", en: "channel", language), isDispensable: true),
      .init(title: title(fr: "état", en: "state", language)),
      .init(title: title(fr: "qui", en: "who", language), isFlexible: true),
      .init(title: title(fr: "id", en: "id", language)),
    ])
    for entry in entries { table.add(entry.row(desk, in: language)) }
    page.table(table)
    if let without = withoutTarget { page.line(StyledText(without.text(in: language), .quiet)) }
    page.next = next
    return page
  }

  /// “2 conversations attendent une réponse, dont 1 en retard”.
  private var first: Sentence {
    let open = entries.filter(\.state.isOpen)
    if open.isEmpty {
      if onlyMine { return Sentence(fr: "Rien ne vous attend.", en: "Nothing waits for you.") }
      return onlyUnanswered
        ? Sentence(
          fr: "Rien n’attend que quelqu’un s’en occupe.", en: "Nothing waits for somebody to see to it.")
        : Sentence(fr: "Personne n’attend de réponse.", en: "Nobody waits for an answer.")
    }
    let count = CountedNoun(
      fr: ("conversation attend une réponse", "conversations attendent une réponse"),
      en: ("conversation waits for an answer", "conversations wait for an answer")
    ).counted(open.count)
    let late = open.count { ($0.secondsLeft(at: desk.now) ?? 0) < 0 }
    if late == 0 { return count }
    if late == open.count {
      return late == 1
        ? Sentence(fr: "\(count.french), en retard", en: "\(count.english), late")
        : Sentence(fr: "\(count.french), toutes en retard", en: "\(count.english), all late")
    }
    return Sentence(
      fr: "\(count.french), dont \(late) en retard", en: "\(count.english), \(late) of them late")
  }

  /// Who is on duty now, and for what.
  private func duty(in language: Language) -> StyledText? {
    guard desk.keepsShifts else { return nil }
    let people = desk.onDuty.map { duty in
      let channels = duty.channels.map(\.text).joined(separator: ", ")
      return duty.member.shownName + (channels.isEmpty ? "" : " (\(channels))")
    }
    if people.isEmpty {
      return StyledText(
        Sentence(fr: "Personne n’est de service en ce moment.", en: "Nobody is on duty now.")
          .text(in: language), .quiet)
    }
    let names = people.joined(separator: ", ")
    return StyledText(
      Sentence(fr: "De service : \(names)", en: "On duty: \(names)").text(in: language), .quiet)
  }

  /// How many rumours go round, and how many of them somebody has to look into.
  private var rumours: Sentence? {
    let rumours = desk.documents.circulatingRumours
    if rumours.isEmpty { return nil }
    let count = CountedNoun(
      fr: ("rumeur circule", "rumeurs circulent"), en: ("rumour goes round", "rumours go round")
    ).counted(rumours.count)
    let open = rumours.count { $0.rumour.verdict == .unverified }
    let rest =
      open == 0 ? Sentence(fr: "", en: "") : Sentence(fr: ", \(open) à vérifier", en: ", \(open) unverified")
    return Sentence(
      fr: "\(count.french)\(rest.french) : « ligne list rumour »",
      en: "\(count.english)\(rest.english): “ligne list rumour”")
  }

  /// The channels on which somebody waits and no policy says how long.
  private var withoutTarget: Sentence? {
    let channels = Set(
      entries.filter { $0.state.isOpen && !$0.waiting.isEmpty && $0.due?.first == nil }
        .compactMap(\.conversation.channel)
    ).sorted()
    if channels.isEmpty { return nil }
    let names = Sentence.listing(channels.map { Sentence(fr: $0.text, en: $0.text) })
    return Sentence(
      fr: "Aucun délai de réponse n’est fixé pour \(names.french) (« responsePolicies » de ligne.json).",
      en: "No response time is set for \(names.english) (“responsePolicies” in ligne.json).")
  }

  private var next: Sentence? {
    guard let first = entries.first(where: \.state.isOpen) else { return nil }
    let name = first.document.path.shortName
    if first.state == .conflicted {
      return Sentence(
        fr: "« ligne conflicts \(name) » montre ce qui est à trancher dans la première.",
        en: "“ligne conflicts \(name)” shows what is to be settled in the first.")
    }
    return Sentence(
      fr: "« ligne inbox show \(name) » montre la première, « ligne inbox claim \(name) » la prend.",
      en: "“ligne inbox show \(name)” shows the first, “ligne inbox claim \(name)” takes it.")
  }

  private func title(fr french: String, en english: String, _ language: Language) -> SafeText {
    SafeText(line: Sentence(fr: french, en: english).text(in: language))
  }
}

extension InboxEntry {
  fileprivate func row(_ desk: InboxDesk, in language: Language) -> [StyledText] {
    [
      timeLeft(desk, in: language), StyledText(shown?.author ?? ""), StyledText(shown?.text ?? ""),
      StyledText(conversation.channel?.text ?? "", .quiet),
      StyledText(state.wording.text(in: language), state.style),
      StyledText((claim?.by ?? assignee).map(desk.shortName) ?? "", .quiet),
      StyledText(document.path.shortName, .name),
    ]
  }

  /// “3 h 05”, “-2 h 10” for what is late; nothing for what waits for nobody.
  private func timeLeft(_ desk: InboxDesk, in language: Language) -> StyledText {
    guard state.isOpen, !waiting.isEmpty else { return StyledText() }
    guard let seconds = secondsLeft(at: desk.now) else { return StyledText("–", .quiet) }
    let length = Sentence.length(ofSeconds: abs(seconds)).text(in: language)
    if seconds < 0 { return StyledText("-" + length, .bad) }
    return StyledText(length, seconds < 3600 ? .attention : .plain)
  }

  /// Where it stands in one line: state, target, and who has it.
  func standing(_ desk: InboxDesk, in language: Language) -> StyledText {
    var line =
      StyledText(shown?.author ?? document.title, .strong) + "  "
      + StyledText(state.wording.text(in: language), state.style)
    if let seconds = secondsLeft(at: desk.now), state.isOpen {
      let length = Sentence.length(ofSeconds: abs(seconds))
      let left =
        seconds < 0
        ? Sentence(fr: "en retard de \(length.french)", en: "late by \(length.english)")
        : Sentence(fr: "reste \(length.french)", en: "\(length.english) left")
      line += "  " + StyledText(left.text(in: language), seconds < 0 ? .bad : .plain)
    }
    return line + "  " + StyledText(document.path.shortName, .name)
  }

  /// An entry for scripts. The names of these keys are a promise.
  func json(_ desk: InboxDesk) -> JSONValue {
    func time(_ instant: Instant?) -> JSONValue {
      instant.map { JSONValue(desk.clock.moment($0).description) } ?? .null
    }
    return [
      "conversation": .string(document.id), "path": JSONValue(document.path.text),
      "channel": conversation.channel.map(JSONValue.string) ?? .null,
      "author": shown?.author.map { JSONValue($0) } ?? .null,
      "excerpt": shown.map { JSONValue(excerpt(of: $0.text)) } ?? .null,
      "receivedAt": received.map { JSONValue($0.description) } ?? .null, "dueAt": time(due?.first),
      "dueBusinessAt": time(due?.business), "dueCalendarAt": time(due?.calendar),
      "secondsLeft": secondsLeft(at: desk.now).map { .number(JSONNumber($0)) } ?? .null,
      "state": JSONValue(state.rawValue), "open": .bool(state.isOpen), "reopened": .bool(isReopened),
      "waiting": .array(waiting.compactMap { $0.externalId.map(JSONValue.string) }),
      "claimedBy": claim.map { .string($0.by) } ?? .null,
      "claimedUntil": claim?.until.map { JSONValue($0.description) } ?? .null,
      "assignee": assignee.map(JSONValue.string) ?? .null,
      "replies": .array(answers.map(\.json)),
      "rivals": .array(rivals.map { .array($0.map { .string($0.document.id) }) }),
    ]
  }

  /// The beginning of a message, on one line.
  private func excerpt(of text: String) -> String {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.count <= 140 ? line : line.prefix(139) + "…"
  }
}

extension InboxEntry.Answer {
  var json: JSONValue {
    [
      "id": .string(document.id), "path": JSONValue(document.path.text), "state": JSONValue(state.rawValue),
      "by": document.value["createdBy"] ?? .null, "inReplyTo": reply.inReplyTo.map(JSONValue.string) ?? .null,
      "body": JSONValue(reply.body),
    ]
  }
}

extension ConversationState {
  var style: Style {
    switch self {
    case .conflicted, .unanswered: .attention
    case .ready, .answered: .good
    case .answering, .proposed: .plain
    case .deleted, .passedOn, .ignored, .hidden, .closed: .quiet
    }
  }
}
