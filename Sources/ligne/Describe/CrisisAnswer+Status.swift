import Documents
import EditorialDesk
import EditorialReview
import JSONTree
import ObjectModel
import Wording

extension CrisisAnswer {
  private var activation: CrisisActivation { situation.activation }

  /// Everything somebody has to know who acts.
  func status(when: ClockWording, to page: inout Page, in language: Language) {
    let now = { (sentence: Sentence) in sentence.text(in: language) }
    let by = activation.declaredBy.map(name(of:)) ?? "?"
    let since = activation.declaredAt.map { when($0) } ?? "?"
    page.line(
      StyledText(
        now(
          Sentence(
            fr: "Déclarée par \(by), \(since).", en: "Declared by \(by), \(since.withFullStop)")), .quiet))
    if let reason = activation.reason, !reason.utf8.isEmpty, case .shown = step { page.quote(reason) }
    if activation.isClosed, let closedAt = activation.closedAt {
      let person = activation.closedBy.map(name(of:)) ?? "?"
      page.line(
        StyledText(
          now(
            Sentence(
              fr: "Close par \(person), \(when(closedAt)).",
              en: "Closed by \(person), \(when(closedAt).withFullStop)")
          ), .quiet))
    }
    if let deadline = situation.deadline {
      let at = when(deadline.at)
      let sentence =
        switch (deadline.nature, deadline.isLate) {
        case (.firstResponse, false):
          Sentence(fr: "Première réponse attendue \(at).", en: "First response due \(at.withFullStop)")
        case (.firstResponse, true):
          Sentence(
            fr: "Première réponse en retard, attendue \(at).",
            en: "First response late, due \(at.withFullStop)")
        case (.update, false):
          Sentence(fr: "Prochaine nouvelle attendue \(at).", en: "Next update due \(at.withFullStop)")
        case (.update, true):
          Sentence(fr: "Nouvelle en retard, attendue \(at).", en: "Update late, due \(at.withFullStop)")
        }
      page.line(StyledText(now(sentence), deadline.isLate ? .bad : .attention))
    }
    planRemark(to: &page, in: language)
    if !activation.isClosed { held(when: when, to: &page, in: language) }
    if !activation.isClosed {
      CrisisDutyLines(team: team, language: language).add(situation.duties, to: &page)
    }
    if !activation.isClosed { statements(to: &page, in: language) }
    if case .shown = step { timeline(when: when, to: &page, in: language) }
    page.add(when.note)
  }

  private func planRemark(to page: inout Page, in language: Language) {
    let sentence: Sentence? =
      switch situation.planStanding {
      case .asDeclared: nil
      case .changed:
        Sentence(
          fr: "Le plan a été modifié depuis la déclaration.",
          en: "The plan was changed since the declaration.")
      case .gone:
        Sentence(fr: "Le plan n’est plus dans l’espace.", en: "The plan is no longer in the workspace.")
      }
    if let sentence { page.line(StyledText(sentence.text(in: language), .attention)) }
  }

  private func held(when: ClockWording, to page: inout Page, in language: Language) {
    let held = situation.held
    guard !held.isEmpty else {
      let nothing =
        activation.hold == .notice
        ? Sentence(
          fr: "Rien n’est retenu : c’est un avertissement.", en: "Nothing is held: this is a notice.")
        : Sentence(fr: "Rien n’allait sortir.", en: "Nothing was about to go out.")
      return page.line(StyledText(nothing.text(in: language)))
    }
    page.blank()
    let count = Self.heldCount.counted(held.count).text(in: language)
    page.line(StyledText(count, .strong))
    page.table(Self.table(of: held.map { ($0, nil) }, when: when, in: language))
  }

  static let heldCount = CountedNoun(
    fr: ("sortie retenue", "sorties retenues"), en: ("release held", "releases held"))

  /// Posts with the time they were to go out; some with where they stand now.
  static func table(
    of posts: [(post: HeldPost, state: EditorialState?)], when: ClockWording, in language: Language
  ) -> Table {
    var table = Table([
      .init(title: ""), .init(title: "", isFlexible: true), .init(title: ""), .init(title: ""),
      .init(title: ""),
    ])
    table.showsAllRows = true
    for (post, state) in posts {
      let time =
        post.at.map(when.column)
        ?? Sentence(fr: "sans heure", en: "no time").text(in: language)
      table.add([
        StyledText("  ") + StyledText(time, .quiet), StyledText(post.document.title),
        StyledText(post.channel.text),
        state.map { StyledText($0.wording.text(in: language), $0.style) } ?? StyledText(),
        StyledText(post.document.path.shortName, .name),
      ])
    }
    return table
  }

  private func statements(to page: inout Page, in language: Language) {
    guard !situation.statements.isEmpty else { return }
    page.blank()
    let title = Sentence(fr: "Messages prêts pour ce niveau", en: "Statements ready for this level")
    page.line(StyledText(title.text(in: language), .strong))
    for entry in situation.statements {
      let statement = entry.statement
      var line = StyledText(statement.id?.text ?? "", .name)
      line += StyledText("  \(statement.channels.joined(separator: ", "))", .quiet)
      if !statement.slots.isEmpty {
        let names = statement.slots.map(\.name.text).joined(separator: ", ")
        line += StyledText(
          Sentence(fr: "  à remplir : \(names)", en: "  to fill in: \(names)").text(in: language))
      }
      if !entry.posts.isEmpty {
        line += StyledText(Sentence(fr: "  utilisé", en: "  used").text(in: language), .good)
      }
      if entry.isOutdated {
        line += StyledText(
          Sentence(fr: "  d’après d’anciens mots", en: "  from former words").text(in: language), .attention)
      }
      page.line(line, indent: 2)
    }
    if !situation.isPlanApproved {
      let sentence = Sentence(
        fr: "Ce plan n’a pas d’approbation en cours : faites relire le message avant de le publier.",
        en: "This plan has no approval that holds: have the statement read before it goes out.")
      page.line(StyledText(sentence.text(in: language), .attention), indent: 2)
    }
  }

  private func timeline(when: ClockWording, to page: inout Page, in language: Language) {
    page.blank()
    page.line(StyledText(Sentence(fr: "Ce qui s’est passé", en: "What happened").text(in: language), .strong))
    var table = Table([
      .init(title: ""), .init(title: ""), .init(title: "", isDispensable: true),
      .init(title: "", isFlexible: true, wrapsAt: 60),
    ])
    table.showsAllRows = true
    for event in situation.timeline {
      let time = event.at.map(when.column) ?? "?"
      table.add([
        StyledText("  ") + StyledText(time, .quiet), StyledText(event.wording.text(in: language)),
        StyledText(event.by.map(name(of:)) ?? "?", .quiet), StyledText(event.text),
      ])
    }
    page.table(table)
  }

  /// What became of what it held, and how to decide on it.
  func ended(_ posts: [LetGoPost], when: ClockWording, to page: inout Page, in language: Language) {
    let expired = posts.filter(\.needsDecision)
    let rest = posts.filter { !$0.needsDecision }
    if posts.isEmpty {
      let nothing = Sentence(fr: "Elle ne retenait rien.", en: "It held nothing.")
      return page.line(StyledText(nothing.text(in: language)))
    }
    if !expired.isEmpty {
      page.blank()
      let count = Self.missedCount.counted(expired.count)
      page.line(
        StyledText(
          Sentence(fr: "\(count.french) :", en: "\(count.english):").text(in: language), .attention))
      // By post, at the place of its first channel.
      var seen: Set<JSONString> = []
      for first in expired where seen.insert(first.post.document.id).inserted {
        let document = first.post.document
        let name = document.path.shortName
        page.line(StyledText(document.title), indent: 2)
        for post in expired.map(\.post) where post.document.id == document.id {
          let time = post.at.map { when.column($0) + "  " } ?? ""
          let command = "ligne schedule \(name) --channel \(post.channel.text) --at …"
          page.line("\(time, .quiet)\(command, .name)", indent: 4)
        }
        let other = Sentence(fr: "ou y renoncer :     ", en: "or give it up:      ").text(in: language)
        let missed = expired.map(\.post).filter { $0.document.id == document.id }
        for command in Self.givingUp(document, on: missed) {
          page.line("\(other, .quiet)\(command, .name)", indent: 4)
        }
      }
    }
    if !rest.isEmpty {
      page.blank()
      page.line(
        StyledText(
          Sentence(fr: "Le reste est où il était :", en: "The rest is where it was:").text(in: language),
          .strong))
      page.table(Self.table(of: rest.map { ($0.post, $0.state) }, when: when, in: language))
    }
  }

  /// A post is given up as a whole, or on these channels only where it is for others, too.
  private static func givingUp(_ document: Document, on missed: [HeldPost]) -> [String] {
    let name = document.path.shortName
    let isForOthers = Post(document.value).variants.contains { variant in
      !missed.contains { $0.channel == variant.channel }
    }
    guard isForOthers else { return ["ligne set \(name) /state cancelled"] }
    return missed.map { "ligne schedule \(name) --channel \($0.channel.text) --clear" }
  }

  private static let missedCount = CountedNoun(
    fr: ("sortie a manqué son heure", "sorties ont manqué leur heure"),
    en: ("release missed its time", "releases missed their time"))

  func name(of person: JSONString) -> String { team?.member(person)?.shownName ?? person.text }
}

extension String {
  /// The end of an English sentence: “a.m.” brings its full stop along.
  fileprivate var withFullStop: String { hasSuffix(".") ? self : self + "." }
}

extension HeldPost {
  var json: JSONValue {
    [
      "id": .string(document.id), "path": JSONValue(document.path.text), "title": JSONValue(document.title),
      "channel": .string(channel), "at": at.map { JSONValue($0.description) } ?? .null,
    ]
  }
}

extension CrisisEvent {
  var json: JSONValue {
    var object: JSONObject = [
      "at": at.map { JSONValue($0.description) } ?? .null, "by": by.map(JSONValue.string) ?? .null,
      "text": JSONValue(text),
    ]
    switch nature {
    case .declared: object["nature"] = "declared"
    case .noted(let nature): object["nature"] = JSONValue(nature.rawValue)
    case .published(let nature, let channel, let url):
      object["nature"] = JSONValue(nature.rawValue)
      object["channel"] = JSONValue(channel)
      object["url"] = url.map { JSONValue($0) } ?? .null
    case .raised(let level):
      object["nature"] = "raised"
      object["level"] = JSONValue(level)
    case .closed: object["nature"] = "closed"
    }
    return .object(object)
  }
}
