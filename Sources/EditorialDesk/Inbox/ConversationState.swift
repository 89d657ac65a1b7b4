public import Wording

/// Where a conversation stands. Computed, but for the last four, which somebody decided.
public enum ConversationState: String, CaseIterable, Hashable, Sendable {
  /// Something in it is to be settled: two people took it, or gave it to somebody, at once.
  case conflicted
  /// Somebody waits, and nobody is preparing an answer.
  case unanswered
  /// Somebody said they are preparing one.
  case answering
  /// An answer is proposed; it did not go out.
  case proposed
  /// An answer may go out as it is: somebody approved it.
  case ready
  /// Everybody who wrote was answered.
  case answered
  /// Who wrote took back what they said before anybody answered.
  case deleted
  case passedOn = "passed-on"
  case ignored, hidden, closed

  /// What people call it.
  public var wording: Sentence {
    switch self {
    case .conflicted: Sentence(fr: "à trancher", en: "to settle")
    case .unanswered: Sentence(fr: "sans réponse", en: "unanswered")
    case .answering: Sentence(fr: "en rédaction", en: "being answered")
    case .proposed: Sentence(fr: "proposition", en: "proposed")
    case .ready: Sentence(fr: "à envoyer", en: "to be sent")
    case .answered: Sentence(fr: "répondue", en: "answered")
    case .deleted: Sentence(fr: "effacée", en: "deleted")
    case .passedOn: Sentence(fr: "transférée", en: "passed on")
    case .ignored: Sentence(fr: "ignorée", en: "ignored")
    case .hidden: Sentence(fr: "masquée", en: "hidden")
    case .closed: Sentence(fr: "fermée", en: "closed")
    }
  }

  /// Whether somebody still waits for an answer of ours.
  public var isOpen: Bool {
    switch self {
    case .conflicted, .unanswered, .answering, .proposed, .ready: true
    case .answered, .deleted, .passedOn, .ignored, .hidden, .closed: false
    }
  }

  /// The state that a triage of this name decides; `nil` for one that leaves it to be answered.
  static func decided(_ triage: String) -> ConversationState? {
    [.passedOn, .ignored, .hidden, .closed].first { $0.rawValue.utf8.elementsEqual(triage.utf8) }
  }
}
