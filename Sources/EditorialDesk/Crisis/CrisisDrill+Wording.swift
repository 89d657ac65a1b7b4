public import Wording

extension CrisisDrill.Gap {
  /// A stable name for scripts.
  public var code: String {
    switch self {
    case .noLevels: "no-levels"
    case .noTimes: "no-times"
    case .noStatement: "no-statement"
    case .noHolder: "no-holder"
    case .noDeputy: "no-deputy"
    case .gone: "gone"
    case .unknownRole: "unknown-role"
    case .contactOver: "contact-over"
    case .undeclaredSlot: "undeclared-slot"
    case .unknownChannel: "unknown-channel"
    case .notApproved: "not-approved"
    case .reviewOverdue: "review-overdue"
    }
  }

  public var message: Sentence {
    switch self {
    case .noLevels: Sentence(fr: "Le plan n’a pas de niveaux.", en: "The plan has no levels.")
    case .noTimes(let level):
      Sentence(
        fr: "Le niveau \(level) ne dit pas quand répondre.", en: "Level \(level) does not say when to answer."
      )
    case .noStatement(let level):
      Sentence(
        fr: "Aucun message n’est prêt pour le niveau \(level).",
        en: "No statement is ready for level \(level).")
    case .noHolder(let role):
      Sentence(fr: "Personne n’a le rôle « \(role) ».", en: "Nobody has the role “\(role)”.")
    case .noDeputy(let role):
      Sentence(
        fr: "Personne ne prend la relève du rôle « \(role) ».", en: "Nobody is deputy in the role “\(role)”.")
    case .gone(let person, let role):
      Sentence(
        fr: "« \(person) » n’est plus de l’équipe, et a un rôle : \(role)",
        en: "“\(person)” is no longer of the team, and has a role: \(role)")
    case .unknownRole(let role):
      Sentence(
        fr: "Le plan compte sur un rôle qu’il ne donne à personne : \(role)",
        en: "The plan counts on a role that it gives to nobody: \(role)")
    case .contactOver(let name, let since):
      Sentence(
        fr: "À vérifier depuis \(since.wording.french) : \(name)",
        en: "To be checked since \(since.wording.english): \(name)")
    case .undeclaredSlot(let statement, let slot):
      Sentence(
        fr: "Le message « \(statement) » a un vide que le plan ne décrit pas : {\(slot)}",
        en: "The statement “\(statement)” has a gap that the plan does not describe: {\(slot)}")
    case .unknownChannel(let statement, let channel):
      Sentence(
        fr: "Le message « \(statement) » est prévu sur un canal qui n’existe pas : \(channel)",
        en: "The statement “\(statement)” is meant for a channel that does not exist: \(channel)")
    case .notApproved:
      Sentence(
        fr: "Le plan tel qu’il est n’a pas été approuvé.", en: "The plan as it stands has not been approved.")
    case .reviewOverdue(let since):
      Sentence(
        fr: "Le plan est à relire depuis \(since.wording.french).",
        en: "The plan has been due for review since \(since.wording.english).")
    }
  }
}
