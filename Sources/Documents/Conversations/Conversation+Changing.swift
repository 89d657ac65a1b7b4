public import JSONTree
public import Wording

/// Changes of a conversation, each as the whole new document.
extension Conversation {
  /// Somebody prepares the answer until a moment.
  ///
  /// - Parameters:
  ///   - takingOver: Also where somebody else does so already.
  ///   - team: Whose names are said.
  /// - Throws: `ConversationError.claimed` where somebody else’s claim still holds.
  public func claiming(
    by person: JSONString, at now: Moment, until: Moment, takingOver: Bool = false, team: Team? = nil
  ) throws(ConversationError) -> JSONValue {
    guard now.instant < until.instant else { throw .endsBeforeItBegins(until) }
    if !takingOver { try refuseOthers(than: person, at: now.instant, team) }
    return setting([
      (
        "claim",
        [
          "at": JSONValue(now.description), "by": .string(person), "until": JSONValue(until.description),
        ]
      )
    ])
  }

  /// Nobody prepares the answer any more.
  ///
  /// - Throws: `ConversationError.notClaimed`, or `.claimed` where the claim is somebody else’s and still holds.
  public func releasing(
    by person: JSONString, at now: Instant, takingOver: Bool = false, team: Team? = nil
  ) throws(ConversationError) -> JSONValue {
    if claim == nil { throw .notClaimed }
    if !takingOver { try refuseOthers(than: person, at: now, team) }
    return setting([("claim", nil)])
  }

  private func refuseOthers(
    than person: JSONString, at now: Instant, _ team: Team?
  ) throws(ConversationError) {
    guard let claim, claim.by != person, claim.holds(at: now) else { return }
    throw .claimed(by: team?.member(claim.by)?.shownName ?? claim.by.text, until: claim.until)
  }

  /// Somebody sees to it; nobody in particular, for `nil`.
  public func assigning(to person: JSONString?) -> JSONValue {
    setting([("assignee", person.map(JSONValue.string))])
  }

  /// It is sorted: `to-answer`, `passed-on`, `ignored`, `hidden`, `closed`. What comes later opens it again.
  ///
  /// Nobody prepares an answer to what was put aside, so a claim goes.
  public func sorting(into triage: String, at now: Moment, reason: String?) -> JSONValue {
    var fields: [(JSONString, JSONValue?)] = [
      ("triage", JSONValue(triage)), ("triageAt", JSONValue(now.description)),
      ("triageReason", reason.map { JSONValue($0) }),
    ]
    if !["new", "to-answer"].contains(triage) { fields.append(("claim", nil)) }
    return setting(fields)
  }

  private func setting(_ fields: [(JSONString, JSONValue?)]) -> JSONValue {
    var object = value.object ?? JSONObject()
    for (key, value) in fields { object[key] = value }
    return .object(object)
  }
}

/// Why a conversation can’t be changed so. Nothing was changed.
public enum ConversationError: Error, Hashable, Sendable {
  case notAConversation(JSONString?)
  /// Somebody else is preparing the answer.
  case claimed(by: String, until: Moment?)
  case notClaimed
  case endsBeforeItBegins(Moment)
  /// No message of the conversation has this id.
  case unknownMessage(String, known: [String])
  /// Nobody wrote anything that can be answered.
  case nothingToAnswer
  /// An answer without words.
  case noWords
  case notASavedReply(JSONString?)
  case notAStatement(JSONString?)
  case notARumour(JSONString?)
  case notAnAnswer(JSONString?)
}

extension ConversationError: ExplainedError {
  public var code: String {
    switch self {
    case .notAConversation: "not-a-conversation"
    case .claimed: "claimed"
    case .notClaimed: "not-claimed"
    case .endsBeforeItBegins: "claim-order"
    case .unknownMessage: "unknown-message"
    case .nothingToAnswer: "nothing-to-answer"
    case .noWords: "no-words"
    case .notASavedReply: "not-a-saved-reply"
    case .notAStatement: "not-a-statement"
    case .notARumour: "not-a-rumour"
    case .notAnAnswer: "not-an-answer"
    }
  }

  public var message: Sentence {
    switch self {
    case .notAConversation(let kind):
      Self.wrongKind(Sentence(fr: "une conversation", en: "a conversation"), kind)
    case .claimed(let name, let until?):
      Sentence(
        fr: "\(name) s’en occupe déjà, \(until.instant.untilWording(offset: until.offset).french)",
        en:
          "\(name) is preparing an answer already, \(until.instant.untilWording(offset: until.offset).english)"
      )
    case .claimed(let name, nil):
      Sentence(fr: "\(name) s’en occupe déjà.", en: "\(name) is preparing an answer already.")
    case .notClaimed:
      Sentence(fr: "Personne ne s’en occupe.", en: "Nobody is preparing an answer.")
    case .endsBeforeItBegins(let until):
      Sentence(
        fr: "Cette heure est passée : \(until.instant.fullWording(offset: until.offset).french)",
        en: "That time has passed: \(until.instant.fullWording(offset: until.offset).english)")
    case .unknownMessage(let id, _):
      Sentence(
        fr: "Aucun message de cette conversation n’a cet identifiant : \(id)",
        en: "No message of this conversation has this identifier: \(id)")
    case .nothingToAnswer:
      Sentence(
        fr: "Il n’y a aucun message à qui répondre.", en: "There is no message to answer.")
    case .noWords: Sentence(fr: "Cette réponse n’a pas de mots.", en: "This answer has no words.")
    case .notASavedReply(let kind):
      Self.wrongKind(Sentence(fr: "une réponse type", en: "a saved reply"), kind)
    case .notAStatement(let kind):
      Self.wrongKind(Sentence(fr: "une déclaration", en: "a statement"), kind)
    case .notARumour(let kind): Self.wrongKind(Sentence(fr: "une rumeur", en: "a rumour"), kind)
    case .notAnAnswer(let kind): Self.wrongKind(Sentence(fr: "une réponse", en: "an answer"), kind)
    }
  }

  public var hint: Sentence? {
    switch self {
    case .notAConversation:
      Sentence(
        fr: "« ligne inbox » montre les conversations.", en: "“ligne inbox” shows the conversations.")
    case .claimed:
      Sentence(
        fr: "Parlez-vous; « --force » la prend quand même.",
        en: "Talk to each other; “--force” takes it all the same.")
    case .notClaimed, .nothingToAnswer: nil
    case .endsBeforeItBegins:
      Sentence(fr: "« --for 30 » vaut pour trente minutes.", en: "“--for 30” is for thirty minutes.")
    case .unknownMessage(_, let known):
      Sentence(
        fr: "Il y a : \(known.joined(separator: ", ")).", en: "There are: \(known.joined(separator: ", ")).")
    case .noWords:
      Sentence(
        fr: "Donnez-les avec -m, ou avec « --saved-reply ».",
        en: "Give them with -m, or with “--saved-reply”.")
    case .notASavedReply:
      Sentence(
        fr: "« ligne list saved-reply » les montre.", en: "“ligne list saved-reply” shows them.")
    case .notAStatement:
      Sentence(fr: "« ligne list statement » les montre.", en: "“ligne list statement” shows them.")
    case .notARumour:
      Sentence(fr: "« ligne list rumour » les montre.", en: "“ligne list rumour” shows them.")
    case .notAnAnswer:
      Sentence(
        fr: "« ligne inbox show ID » montre les réponses d’une conversation.",
        en: "“ligne inbox show ID” shows the answers of a conversation.")
    }
  }

  private static func wrongKind(_ wanted: Sentence, _ kind: JSONString?) -> Sentence {
    let found = kind?.text ?? "?"
    return Sentence(
      fr: "Ce document n’est pas \(wanted.french), mais de genre « \(found) ».",
      en: "This document is not \(wanted.english), but of kind “\(found)”.")
  }
}
