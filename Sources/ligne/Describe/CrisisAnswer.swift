import Documents
import EditorialDesk
import EditorialReview
import JSONTree
import ObjectModel
import SyncEngine
import Wording

/// Where a crisis stands, for people and for scripts, and what was just done about it.
struct CrisisAnswer {
  enum Step {
    case shown, declared, raised
    case noted(CrisisLogEntry.Nature, String)
    /// What became of what it held.
    case ended([LetGoPost])
  }

  /// Something to know before relying on it.
  enum Remark {
    case planNotCommitted
  }

  var situation: CrisisSituation
  var step = Step.shown
  /// The version that was made of it.
  var version: CrisisVersion?
  var remarks: [Remark] = []
  var team: Documents.Team?

  init(_ situation: CrisisSituation) { self.situation = situation }

  private var activation: CrisisActivation { situation.activation }

  // MARK: For scripts

  var json: JSONValue {
    var object: JSONObject = [
      "activation": .string(situation.document.id), "path": JSONValue(situation.document.path.text),
      "title": JSONValue(situation.document.title), "level": text(activation.level),
      "levelName": text(situation.level?.name), "state": JSONValue(activation.state),
      "hold": JSONValue(activation.hold.rawValue),
      "plan": activation.plan.map(JSONValue.string) ?? .null,
      "planHash": text(activation.planHash?.hex), "planStanding": JSONValue(situation.planStanding.rawValue),
      "planApproved": .bool(situation.isPlanApproved),
      "declaredAt": text(activation.declaredAt),
      "declaredBy": activation.declaredBy.map(JSONValue.string) ?? .null,
      "reason": text(activation.reason), "closedAt": activation.isClosed ? text(activation.closedAt) : .null,
      "closedBy": activation.isClosed ? activation.closedBy.map(JSONValue.string) ?? .null : .null,
      "held": .array(situation.held.map(\.json)), "next": situation.deadline.map(json) ?? .null,
      "duties": .array(situation.duties.map(\.json)), "statements": .array(situation.statements.map(json)),
      "timeline": .array(situation.timeline.map(\.json)),
    ]
    if let version {
      object["commit"] = JSONValue(version.commit.hex)
      object["entry"] = version.entry.map(JSONValue.string) ?? .null
    }
    if case .ended(let posts) = step {
      object["released"] = []
      object["expired"] = .array(posts.filter(\.needsDecision).map(\.post.json))
      object["remaining"] = .array(
        posts.filter { !$0.needsDecision }.map { left in
          guard case .object(var post) = left.post.json else { return left.post.json }
          post["state"] = JSONValue(left.state.rawValue)
          return .object(post)
        })
    }
    return .object(object)
  }

  private func text(_ text: String?) -> JSONValue { text.map { JSONValue($0) } ?? .null }

  private func json(_ deadline: CrisisDeadline) -> JSONValue {
    [
      "nature": JSONValue(deadline.nature.rawValue), "at": JSONValue(deadline.at.description),
      "late": .bool(deadline.isLate),
    ]
  }

  private func json(_ entry: CrisisSituation.Statement) -> JSONValue {
    let statement = entry.statement
    return [
      "id": statement.id.map(JSONValue.string) ?? .null, "body": JSONValue(statement.body),
      "channels": .array(statement.channels.map { JSONValue($0) }),
      "slots": .array(statement.slots.map { .string($0.name) }),
      "posts": .array(entry.posts.map(JSONValue.string)), "outdated": .bool(entry.isOutdated),
    ]
  }

  // MARK: For people

  /// - Parameter when: How a time stamp of a document is said.
  func page(when: ClockWording, in language: Language) -> Page {
    var page = Page(headline(in: language))
    func say(_ sentence: Sentence, _ style: Style = .plain) {
      page.line(StyledText(sentence.text(in: language), style))
    }
    switch step {
    case .noted(_, let text): page.quote(text)
    case .ended(let posts): ended(posts, when: when, to: &page, in: language)
    case .shown, .declared, .raised: status(when: when, to: &page, in: language)
    }
    for remark in remarks {
      switch remark {
      case .planNotCommitted:
        say(
          Sentence(
            fr: "Le plan lui-même n’est pas enregistré : « ligne commit » avant de partager.",
            en: "The plan itself is not committed: “ligne commit” before sharing."), .attention)
      }
    }
    page.next = next
    return page
  }

  private func headline(in language: Language) -> StyledText {
    let level = situation.level?.shownName ?? activation.level ?? "?"
    let title = situation.document.title
    let done: Sentence
    switch step {
    case .declared:
      done = Sentence(fr: "Crise déclarée au niveau \(level) : ", en: "Crisis declared at level \(level): ")
    case .raised:
      done = Sentence(fr: "Crise haussée au niveau \(level) : ", en: "Crisis raised to level \(level): ")
    case .noted(let nature, _):
      done = Sentence(
        fr: "Noté (\(nature.wording.french)) : ", en: "Noted (\(nature.wording.english)): ")
    case .ended: done = Sentence(fr: "Crise close : ", en: "Crisis closed: ")
    case .shown:
      done =
        activation.isClosed
        ? Sentence(fr: "Crise close : ", en: "Crisis closed: ")
        : Sentence(fr: "Crise en cours, niveau \(level) : ", en: "Crisis under way, level \(level): ")
    }
    return StyledText(done.text(in: language), .strong) + StyledText(title, .strong) + "  "
      + StyledText(situation.document.path.shortName, .name)
  }

  private var next: Sentence? {
    let name = situation.document.path.shortName
    switch step {
    case .declared, .raised, .noted:
      return Sentence(
        fr: "« ligne sync » le fait savoir à l’équipe.", en: "“ligne sync” lets the team know.")
    case .ended(let posts):
      guard posts.contains(where: \.needsDecision) else {
        return Sentence(
          fr: "« ligne sync » le fait savoir; « ligne crisis review \(name) » raconte ce qui s’est passé.",
          en: "“ligne sync” lets the team know; “ligne crisis review \(name)” tells what happened.")
      }
      return Sentence(
        fr: "Rien n’est sorti. Décidez de chacune, puis « ligne sync » le fait savoir.",
        en: "Nothing went out. Decide on each, then “ligne sync” lets the team know.")
    case .shown:
      guard !activation.isClosed else {
        return Sentence(
          fr: "« ligne crisis review \(name) » raconte ce qui s’est passé.",
          en: "“ligne crisis review \(name)” tells what happened.")
      }
      return Sentence(
        fr: "« ligne crisis note -m \"…\" » note ce qui se passe; « ligne crisis end \(name) » y met fin.",
        en: "“ligne crisis note -m \"…\"” notes what happens; “ligne crisis end \(name)” ends it.")
    }
  }
}
