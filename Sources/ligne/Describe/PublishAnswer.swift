import Documents
import EditorialDesk
import EditorialReview
import JSONTree
import ObjectModel
import Wording

/// What was looked at before a text goes out, and what was recorded; for people and for scripts.
struct PublishAnswer {
  var preflight: Preflight
  var handoff: Handoff
  var team: Documents.Team?
  /// Whether it is recorded as a fact, whatever stands against it.
  var mayRecordAnyway = false
  /// The record; `nil` where nothing was recorded.
  var publication: JSONString?
  var path: WorkspacePath?

  func name(of person: JSONString) -> String { team?.member(person)?.shownName ?? person.text }

  private var name: String { preflight.document.path.shortName }

  /// `facebook:laravaude`, as it is typed elsewhere.
  var account: String {
    guard let account = preflight.account else { return preflight.channel.text }
    return "\(account.platform ?? ""):\(account.handle ?? "")"
  }

  func obstacle(_ blocker: ReleaseBlocker) -> ReleaseRefused.Obstacle {
    ReleaseRefused.Obstacle(
      message: blocker.message(name: name(of:)),
      next: blocker.next(document: name, channel: preflight.channel.text))
  }

  // MARK: For scripts

  func json(in language: Language) -> JSONValue {
    func text(_ text: String?) -> JSONValue { text.map { JSONValue($0) } ?? .null }
    return [
      "publication": publication.map(JSONValue.string) ?? .null, "path": text(path?.text),
      "id": .string(preflight.document.id), "title": JSONValue(preflight.document.title),
      "channel": .string(preflight.channel), "account": JSONValue(account),
      "contentHash": JSONValue(preflight.contentHash.hex), "nature": JSONValue(preflight.nature.rawValue),
      "at": JSONValue(preflight.at.description), "state": JSONValue(preflight.state.rawValue),
      "scheduledAt": text(preflight.scheduledAt?.description),
      "approvedBy": .array(preflight.approvedBy.map(JSONValue.string)), "clear": .bool(preflight.isClear),
      "blockers": .array(
        preflight.blockers.map { blocker in
          let obstacle = obstacle(blocker)
          return [
            "code": JSONValue(blocker.code), "message": JSONValue(obstacle.message.text(in: language)),
            "next": JSONValue(obstacle.next.text(in: language)),
          ]
        }),
      "cautions": .array(
        preflight.cautions.map {
          ["code": JSONValue($0.code), "message": JSONValue($0.message.text(in: language))]
        }),
    ]
  }

  // MARK: For people

  func page(in language: Language) -> Page {
    var page = Page(headline(in: language))
    page.line(accountLine(in: language), indent: 2)
    if publication == nil { quote(to: &page, in: language) }
    points(to: &page, in: language)
    page.next = next
    return page
  }

  private func headline(in language: Language) -> StyledText {
    let said: Sentence
    let style: Style
    if publication != nil {
      said =
        switch preflight.nature {
        case .publication: Sentence(fr: "Noté, sorti : ", en: "Recorded, out: ")
        case .correction: Sentence(fr: "Noté, corrigé : ", en: "Recorded, corrected: ")
        case .withdrawal: Sentence(fr: "Noté, retiré : ", en: "Recorded, withdrawn: ")
        }
      style = preflight.isClear ? .good : .attention
    } else if preflight.isClear {
      said =
        switch preflight.nature {
        case .publication: Sentence(fr: "Peut sortir : ", en: "May go out: ")
        case .correction: Sentence(fr: "Peut être corrigée : ", en: "May be corrected: ")
        case .withdrawal: Sentence(fr: "Peut être retirée : ", en: "May be withdrawn: ")
        }
      style = .good
    } else {
      let count = Self.obstacles.counted(preflight.blockers.count)
      said = Sentence(fr: "Ne sort pas (\(count.french)) : ", en: "Does not go out (\(count.english)): ")
      style = .bad
    }
    return StyledText(said.text(in: language), style) + StyledText(preflight.document.title, .strong)
  }

  private static let obstacles = CountedNoun(fr: ("obstacle", "obstacles"), en: ("obstacle", "obstacles"))

  /// The account, so that nobody takes one for another.
  private func accountLine(in language: Language) -> StyledText {
    guard let account = preflight.account else { return StyledText(preflight.channel.text, .bad) }
    var line = StyledText("\(account.platform?.uppercased() ?? "?")  \(account.handle ?? "?")", .strong)
    if let nature = account.value["nature"]?.text.flatMap(AccountNature.init(rawValue:)) {
      line += StyledText("  \(nature.wording.text(in: language))")
    }
    return line + StyledText("  \(preflight.channel.text)", .name)
  }

  private enum AccountNature: String {
    case page, profile, group

    var wording: Sentence {
      switch self {
      case .page: Sentence(fr: "page", en: "page")
      case .profile: Sentence(fr: "profil", en: "profile")
      case .group: Sentence(fr: "groupe", en: "group")
      }
    }
  }

  /// The first lines of what the public will see.
  private func quote(to page: inout Page, in language: Language) {
    page.blank()
    let lines = textToPaste(in: language).split(separator: "\n", omittingEmptySubsequences: false)
    page.quote(lines.prefix(Self.shownLines).joined(separator: "\n"), indent: 2)
    if lines.count > Self.shownLines {
      let rest = Self.moreLines.counted(lines.count - Self.shownLines)
      page.line(
        StyledText(
          Sentence(fr: "… et \(rest.french)", en: "… and \(rest.english)").text(in: language), .quiet),
        indent: 2)
    }
    for asset in handoff.attachments {
      let file = asset.file ?? asset.url ?? asset.id.text
      let alt = asset.altText.map(language.quoted) ?? "–"
      page.line("\(file, .name)  \(alt, .quiet)", indent: 2)
    }
    page.blank()
  }

  private static let shownLines = 12
  private static let moreLines = CountedNoun(fr: ("ligne", "lignes"), en: ("line", "lines"))

  private func points(to page: inout Page, in language: Language) {
    func say(_ mark: String, _ sentence: Sentence, _ style: Style) {
      page.line(StyledText("\(mark) ", style) + StyledText(sentence.text(in: language)), indent: 2)
    }
    for blocker in preflight.blockers {
      let obstacle = obstacle(blocker)
      say("✗", obstacle.message, .bad)
      page.line(StyledText(obstacle.next.text(in: language), .name), indent: 6)
    }
    for caution in preflight.cautions { say("!", caution.message, .attention) }
    if !preflight.approvedBy.isEmpty {
      let approvals = preflight.approvals.map { approval -> Sentence in
        let voice = name(of: approval.voice)
        if approval.by.contains(approval.voice) { return Sentence(fr: voice, en: voice) }
        let speakers = approval.by.map(name(of:))
        return Sentence(
          fr: "\(Language.french.listing(speakers)) pour \(voice)",
          en: "\(Language.english.listing(speakers)) for \(voice)")
      }
      say(
        "✓",
        Sentence(
          fr: "Approuvée, ces mots-ci, par \(Language.french.listing(approvals.map(\.french)))",
          en: "Approved, these very words, by \(Language.english.listing(approvals.map(\.english)))"), .good)
    }
    if publication == nil, preflight.nature != .withdrawal {
      say(
        "i",
        preflight.account?.platform == "email"
          ? Sentence(
            fr: "Un courriel parti ne revient pas : une erreur demande un second envoi.",
            en: "A message that was mailed does not come back: a mistake wants a second mailing.")
          : Sentence(
            fr: "Ce qui sort est vu : le retirer ensuite se voit aussi.",
            en: "What goes out is seen: taking it back is seen, too."), .quiet)
    }
  }

  private var next: Sentence {
    if publication != nil {
      return Sentence(
        fr: "« ligne commit -m \"…\" » le garde, « ligne sync » le fait savoir.",
        en: "“ligne commit -m \"…\"” keeps it, “ligne sync” lets the team know.")
    }
    let channel = preflight.channel.text
    guard preflight.isClear else {
      return Sentence(
        fr: "Levez les obstacles. Si c’est sorti quand même : --record-anyway -m \"…\"",
        en: "Clear the obstacles. If it went out all the same: --record-anyway -m \"…\"")
    }
    if preflight.nature == .withdrawal {
      return Sentence(
        fr: "Retirez-la, puis : ligne publish \(name) --channel \(channel) --nature withdrawal",
        en: "Take it down, then: ligne publish \(name) --channel \(channel) --nature withdrawal")
    }
    return Sentence(
      fr: "Publiez-la, puis : ligne publish \(name) --channel \(channel) --url …",
      en: "Publish it, then: ligne publish \(name) --channel \(channel) --url …")
  }

  // MARK: Handing over

  /// What is to be pasted, part by part; the first without a title where it is the only one.
  func textToPaste(in language: Language) -> String {
    guard handoff.parts.count > 1 || handoff.parts.first.map({ $0.place != .text }) ?? false else {
      return handoff.parts.first?.text ?? ""
    }
    return handoff.parts.map { "— \($0.place.wording.text(in: language)) —\n\($0.text)" }
      .joined(separator: "\n\n")
  }

  func page(files: [String], in language: Language) -> Page {
    var page = Page(
      StyledText(Sentence(fr: "Remis : ", en: "Handed over: ").text(in: language), .good)
        + StyledText(preflight.document.title, .strong))
    page.line(accountLine(in: language), indent: 2)
    for file in files { page.line(StyledText(file, .name), indent: 2) }
    for asset in handoff.attachments {
      page.line(StyledText(asset.file ?? asset.url ?? asset.id.text, .name), indent: 2)
    }
    for caution in preflight.cautions {
      page.line(StyledText("! ", .attention) + StyledText(caution.message.text(in: language)), indent: 2)
    }
    page.next = next
    return page
  }
}

extension Handoff {
  /// The same, with the files it was written to.
  func json(files: [String]) -> JSONObject {
    var object = json.object ?? JSONObject()
    object["files"] = .array(files.map { JSONValue($0) })
    return object
  }
}

extension Handoff.Part.Place {
  var wording: Sentence {
    switch self {
    case .title: Sentence(fr: "titre", en: "title")
    case .text: Sentence(fr: "texte", en: "text")
    case .description: Sentence(fr: "description", en: "description")
    case .thread(let number): Sentence(fr: "message \(number) du fil", en: "message \(number) of the thread")
    case .firstComment: Sentence(fr: "premier commentaire", en: "first comment")
    }
  }
}
