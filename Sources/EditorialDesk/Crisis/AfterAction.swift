public import Documents
public import EditorialReview
public import JSONTree
public import Wording

/// What a team tells itself after a crisis, as Markdown: what happened, what was held, who did what, and what is left to be
/// written by people.
public struct AfterAction: Sendable {
  private let situation: CrisisSituation
  private let held: [(post: HeldPost, outcome: Sentence)]
  private let name: @Sendable (JSONString) -> String
  private let clock: ZonedClock
  private let language: Language

  /// - Parameters:
  ///   - held: What it kept from going out at some moment, as the versions of then show it: what was decided since has
  ///     another time, and what is over holds nothing.
  ///   - clock: By which times are told.
  ///   - name: What the team calls a person.
  public init(
    _ situation: CrisisSituation, in states: EditorialStates, holding held: [HeldPost] = [],
    by clock: ZonedClock, language: Language,
    name: @escaping @Sendable (JSONString) -> String
  ) {
    (self.situation, self.name, self.language) = (situation, name, language)
    // Whose clocks these are is said once, whoever writes it.
    self.clock = clock.withoutPlaces
    var known: Set<[JSONString]> = []
    let all = held + situation.held + states.missedPosts(in: situation.document.id)
    self.held = all.filter { known.insert([$0.document.id, $0.channel]).inserted }
      .sorted(by: HeldPost.comesBefore).map { ($0, states.outcome(of: $0, by: clock)) }
  }

  public var markdown: String {
    ([head] + [timeline, heldBack, people, open]).joined(separator: "\n\n") + "\n"
  }

  private func say(_ french: String, _ english: String) -> String {
    Sentence(fr: french, en: english).text(in: language)
  }

  private func when(_ text: String?) -> String {
    text.flatMap { Instant(rfc3339: $0) }.map { clock.fullWording(of: $0).text(in: language) } ?? "?"
  }

  private func column(_ moment: Moment) -> String { clock.columnWording(of: moment.instant) }

  private var head: String {
    let activation = situation.activation
    let level = situation.level?.shownName ?? activation.level ?? "?"
    var lines = [
      "# " + say("Retour sur une crise : ", "After a crisis: ")
        + MarkdownText.escaped(situation.document.title), "",
      "- " + say("Niveau : ", "Level: ") + MarkdownText.escaped(level),
      "- " + say("Déclarée : ", "Declared: ") + when(activation.declaredAt) + by(activation.declaredBy),
    ]
    lines.append(
      activation.isClosed
        ? "- " + say("Close : ", "Closed: ") + when(activation.closedAt) + by(activation.closedBy)
        : "- " + say("Encore en cours", "Still under way"))
    if let place = clock.place {
      lines.append("- " + say("Heures de : ", "Times of: ") + MarkdownText.escaped(place))
    }
    if let reason = activation.reason, !reason.utf8.isEmpty {
      lines.append("- " + say("Ce qui se passait : ", "What was happening: ") + MarkdownText.escaped(reason))
    }
    return lines.joined(separator: "\n")
  }

  private func by(_ person: JSONString?) -> String {
    person.map { ", " + MarkdownText.escaped(name($0)) } ?? ""
  }

  private var timeline: String {
    let rows = situation.timeline.map { event in
      let at = event.at.map(column) ?? "?"
      let who = event.by.map { MarkdownText.escaped(name($0)) } ?? "?"
      let link = event.link.map { " " + MarkdownText.link($0) } ?? ""
      return
        "| \(at) | \(who) | \(MarkdownText.escaped(event.wording.text(in: language))) | \(MarkdownText.escaped(event.text))\(link) |"
    }
    let title = say("Ce qui s’est passé", "What happened")
    let columns = say("| Quand | Qui | Quoi | Mots |", "| When | Who | What | Words |")
    return (["## \(title)", "", columns, "|---|---|---|---|"] + rows).joined(separator: "\n")
  }

  private var heldBack: String {
    let title = say("Ce qui a été retenu", "What was held")
    let lines = held.map { post, outcome in
      let at = post.at.map(column) ?? say("sans heure", "no time")
      return "- \(at), \(MarkdownText.escaped(post.channel.text))" + say("\u{A0}: ", ": ")
        + MarkdownText.escaped(post.document.title) + " → "
        + outcome.text(in: language)
    }
    return (["## \(title)", ""] + (lines.isEmpty ? [say("Rien.", "Nothing.")] : lines)).joined(
      separator: "\n")
  }

  private var people: String {
    var counts: [JSONString: Int] = [:]
    for event in situation.timeline { if let person = event.by { counts[person, default: 0] += 1 } }
    let noun = CountedNoun(fr: ("geste noté", "gestes notés"), en: ("step noted", "steps noted"))
    let lines = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { person, count in
      "- \(MarkdownText.escaped(name(person))), \(noun.counted(count).text(in: language))"
    }
    return (["## " + say("Qui était là", "Who was there"), ""] + lines).joined(separator: "\n")
  }

  /// What only people know.
  private var open: String {
    let questions = [
      say("Pourquoi est-ce arrivé?", "Why did it happen?"),
      say("Que savait-on, et quand?", "What was known, and when?"),
      say("Qu’est-ce qui a bien marché?", "What went well?"),
      say(
        "Quelle règle, quel message, quel contact ajouter?",
        "Which rule, statement or contact is to be added?"),
    ]
    return
      (["## " + say("À écrire ensemble, sans coupable", "To be written together, without a culprit")]
      + questions.map { "### \($0)" }).joined(separator: "\n\n")
  }
}

extension EditorialStates {
  /// What became of something that was held: where it stands now, and when it went out.
  fileprivate func outcome(of post: HeldPost, by clock: ZonedClock) -> Sentence {
    guard let document = documents[post.document.id] else { return Sentence(fr: "supprimée", en: "deleted") }
    let state = state(of: document, on: post.channel).wording
    let out = documents.views(Publication.self).map(\.view)
      .filter { $0.post == document.id && $0.channel == post.channel && $0.nature == .publication }
      .compactMap { $0.at.flatMap { Moment(rfc3339: $0) } }.min { $0.instant < $1.instant }
    let time =
      out
      ?? Post(document.value).variants.first { $0.channel == post.channel }?.schedule
      .flatMap { Moment(rfc3339: $0.at) }.flatMap { $0.instant == post.at?.instant ? nil : $0 }
    guard let time else { return state }
    let said = clock.columnWording(of: time.instant)
    return Sentence(fr: "\(state.french), \(said)", en: "\(state.english), \(said)")
  }

  /// What missed its time in a crisis that is over, by time.
  func missedPosts(in activation: JSONString) -> [HeldPost] {
    documents.views(Post.self).flatMap { document, post in
      post.variants.compactMap { variant -> HeldPost? in
        guard holdsMissed(on: post, channel: variant.channel).contains(where: { $0.id == activation }) else {
          return nil
        }
        return HeldPost(
          document: document, channel: variant.channel,
          at: variant.schedule.flatMap { Moment(rfc3339: $0.at) })
      }
    }.sorted(by: HeldPost.comesBefore)
  }
}

extension CrisisEvent {
  /// What kind of event it is, in a word.
  public var wording: Sentence {
    switch nature {
    case .declared: Sentence(fr: "déclarée", en: "declared")
    case .raised: Sentence(fr: "haussée", en: "raised")
    case .noted(let nature): nature.wording
    case .published(.publication, let channel, _):
      Sentence(fr: "publié sur \(channel)", en: "published on \(channel)")
    case .published(.correction, let channel, _):
      Sentence(fr: "corrigé sur \(channel)", en: "corrected on \(channel)")
    case .published(.withdrawal, let channel, _):
      Sentence(fr: "retiré de \(channel)", en: "withdrawn from \(channel)")
    case .closed: Sentence(fr: "close", en: "closed")
    }
  }

  fileprivate var link: String? {
    if case .published(_, _, let url) = nature { url } else { nil }
  }
}

extension CrisisLogEntry.Nature {
  /// What people call it.
  public var wording: Sentence {
    switch self {
    case .fact: Sentence(fr: "fait", en: "fact")
    case .decision: Sentence(fr: "décision", en: "decision")
    case .message: Sentence(fr: "message", en: "message")
    case .rumour: Sentence(fr: "rumeur", en: "rumour")
    }
  }
}
