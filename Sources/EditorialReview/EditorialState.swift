public import Wording

/// Where a post, on one channel or as a whole, or a reply stands.
///
/// All but a few are computed from what people recorded; none of them is stored, so no merge can carry one over.
public enum EditorialState: String, CaseIterable, Hashable, Sendable {
  case withdrawn, published
  /// Published, and edited since: what is out there is not what stands here.
  case publishedDiverged = "published-diverged"
  /// An active crisis holds it back.
  case held
  /// Something in it is to be settled.
  case conflicted
  /// Its time passed without its being ready.
  case expired
  case scheduled, approved
  /// Approved, and edited since.
  case stale
  case changesRequested = "changes-requested"
  case inReview = "in-review"
  case draft, idea
  /// Decided by hand, as are the four below.
  case cancelled, archived
  /// Of a reply: it went out.
  case sent
  case sentDiverged = "sent-diverged"
  case proposed, superseded

  /// What people call it.
  public var wording: Sentence {
    switch self {
    case .withdrawn: Sentence(fr: "retirée", en: "withdrawn")
    case .published: Sentence(fr: "publiée", en: "published")
    case .publishedDiverged: Sentence(fr: "publiée, modifiée depuis", en: "published, edited since")
    case .held: Sentence(fr: "retenue", en: "held")
    case .conflicted: Sentence(fr: "à trancher", en: "to settle")
    case .expired: Sentence(fr: "heure passée", en: "time passed")
    case .scheduled: Sentence(fr: "programmée", en: "scheduled")
    case .approved: Sentence(fr: "approuvée", en: "approved")
    case .stale: Sentence(fr: "approbation périmée", en: "approval out of date")
    case .changesRequested: Sentence(fr: "changements demandés", en: "changes requested")
    case .inReview: Sentence(fr: "en révision", en: "in review")
    case .draft: Sentence(fr: "brouillon", en: "draft")
    case .idea: Sentence(fr: "idée", en: "idea")
    case .cancelled: Sentence(fr: "annulée", en: "cancelled")
    case .archived: Sentence(fr: "archivée", en: "archived")
    case .sent: Sentence(fr: "envoyée", en: "sent")
    case .sentDiverged: Sentence(fr: "envoyée, modifiée depuis", en: "sent, edited since")
    case .proposed: Sentence(fr: "proposée", en: "proposed")
    case .superseded: Sentence(fr: "remplacée", en: "superseded")
    }
  }

  /// Whether it still may go out one day, as it is or after more work.
  public var isAhead: Bool {
    switch self {
    case .withdrawn, .published, .publishedDiverged, .cancelled, .archived, .sent, .sentDiverged, .superseded:
      false
    case .held, .conflicted, .expired, .scheduled, .approved, .stale, .changesRequested, .inReview, .draft,
      .idea, .proposed:
      true
    }
  }

  /// Whether a reply in this state is an answer somebody gave or wants to give: a draft is nobody’s yet.
  public var isAnswer: Bool {
    switch self {
    case .draft, .superseded, .withdrawn, .cancelled, .archived: false
    default: true
    }
  }

  /// The states of a post on its channels from the one that most needs a person to the one that needs nobody: a post as
  /// a whole is where the first of its channels is.
  static let byNeed: [EditorialState] = [
    .conflicted, .held, .expired, .changesRequested, .stale, .publishedDiverged, .inReview, .draft, .idea,
    .approved, .scheduled, .published, .withdrawn, .cancelled, .archived,
  ]
}
