public import Wording

/// Why something was not done about a crisis. Nothing was changed.
public enum CrisisRefused: Error, Hashable, Sendable {
  case notAPlan(String)
  case notACrisis(String)
  case noLevels(plan: String)
  case unknownLevel(String, known: [String])
  /// The plan is in use: its crisis by the end of its id, the level it is at, who declared it.
  case alreadyDeclared(plan: String, crisis: String, level: String, by: String)
  case noOpenCrisis
  /// Their titles, with the end of the id of each.
  case severalCrises([String])
  case closed(crisis: String, plan: String?)
  case notHigher(now: String, asked: String, crisis: String)
  case planGone
  case nothingSaid
  case unknownStatement(String, known: [String])
  case unknownSlot(String, known: [String])
  /// Gaps that are left, with what may stand in them.
  case emptySlots([String])
  case refusedValue(String, slot: String, allowed: [String])
  /// Neither the plan nor the person says where.
  case nowhere(statement: String)
}

extension CrisisRefused: ExplainedError {
  public var code: String {
    switch self {
    case .notAPlan: "not-a-plan"
    case .notACrisis: "not-a-crisis"
    case .noLevels: "no-levels"
    case .unknownLevel: "unknown-level"
    case .alreadyDeclared: "already-declared"
    case .noOpenCrisis: "no-open-crisis"
    case .severalCrises: "several-crises"
    case .closed: "crisis-closed"
    case .notHigher: "not-higher"
    case .planGone: "plan-gone"
    case .nothingSaid: "nothing-said"
    case .unknownStatement: "unknown-statement"
    case .unknownSlot: "unknown-slot"
    case .emptySlots: "empty-slots"
    case .refusedValue: "refused-value"
    case .nowhere: "no-channel"
    }
  }

  public var message: Sentence {
    switch self {
    case .notAPlan(let path):
      Sentence(
        fr: "Ce document n’est pas un plan de crise : \(path)",
        en: "This document is not a crisis plan: \(path)")
    case .notACrisis(let path):
      Sentence(
        fr: "Ce document n’est pas une crise déclarée : \(path)",
        en: "This document is not a declared crisis: \(path)")
    case .noLevels(let plan):
      Sentence(fr: "Ce plan n’a pas de niveaux : \(plan)", en: "This plan has no levels: \(plan)")
    case .unknownLevel(let words, _):
      Sentence(
        fr: "\(Language.french.quoted(words)) n’est pas un niveau de ce plan.",
        en: "\(Language.english.quoted(words)) is not a level of this plan.")
    case .alreadyDeclared(let plan, _, let level, let by):
      Sentence(
        fr: "Cette crise est déjà déclarée, par \(by), au niveau \(level) : \(plan)",
        en: "This crisis is declared already, by \(by), at level \(level): \(plan)")
    case .noOpenCrisis: Sentence(fr: "Aucune crise n’est en cours.", en: "No crisis is under way.")
    case .severalCrises(let crises):
      Sentence(
        fr: "De plusieurs crises, dites laquelle\u{A0}: \(crises.joined(separator: "; "))",
        en: "Of several crises, say which one: \(crises.joined(separator: "; "))")
    case .closed(let crisis, _):
      Sentence(fr: "Cette crise est close : \(crisis)", en: "This crisis is closed: \(crisis)")
    case .notHigher(let now, let asked, _):
      Sentence(
        fr: "Le niveau \(asked) n’est pas plus haut que celui d’aujourd’hui : \(now)",
        en: "Level \(asked) is not higher than today’s: \(now)")
    case .planGone:
      Sentence(
        fr: "Le plan de cette crise n’est plus dans l’espace.",
        en: "The plan of this crisis is no longer in the workspace.")
    case .nothingSaid: Sentence(fr: "Il n’y a rien à noter.", en: "There is nothing to note.")
    case .unknownStatement(let words, _):
      Sentence(
        fr: "Le plan n’a pas de message « \(words) ».", en: "The plan has no statement “\(words)”.")
    case .unknownSlot(let name, _):
      Sentence(fr: "Ce message n’a pas de vide « \(name) ».", en: "This statement has no gap “\(name)”.")
    case .emptySlots(let names):
      Sentence(
        fr: "Il reste à remplir : \(names.joined(separator: "; "))",
        en: "Still to be filled in: \(names.joined(separator: "; "))")
    case .refusedValue(let value, let slot, _):
      Sentence(
        fr: "Le plan ne prévoit pas « \(value) » à cet endroit : \(slot)",
        en: "The plan does not allow “\(value)” in this place: \(slot)")
    case .nowhere(let statement):
      Sentence(
        fr: "Le plan ne dit pas où publier ce message : \(statement)",
        en: "The plan does not say where this statement goes out: \(statement)")
    }
  }

  public var hint: Sentence? {
    switch self {
    case .notAPlan:
      Sentence(
        fr: "« ligne list crisis-plan » montre les plans.", en: "“ligne list crisis-plan” shows the plans.")
    case .notACrisis:
      Sentence(
        fr: "« ligne crisis status --all » montre les crises.",
        en: "“ligne crisis status --all” shows the crises.")
    case .noLevels: nil
    case .unknownLevel(_, let known):
      Sentence(
        fr: "Il y a : \(known.joined(separator: "; ")). Dans le doute, le plus haut.",
        en: "There are: \(known.joined(separator: "; ")). If in doubt, the higher one.")
    case .alreadyDeclared(_, let crisis, _, _):
      Sentence(
        fr: "« ligne crisis raise \(crisis) --level … » la hausse; « ligne crisis status » la montre.",
        en: "“ligne crisis raise \(crisis) --level …” raises it; “ligne crisis status” shows it.")
    case .noOpenCrisis:
      Sentence(
        fr:
          "« ligne crisis declare PLAN --level … » en déclare une; « ligne list crisis-plan » montre les plans.",
        en: "“ligne crisis declare PLAN --level …” declares one; “ligne list crisis-plan” shows the plans.")
    case .severalCrises: nil
    case .closed(_, let plan):
      plan.map {
        Sentence(
          fr: "Si elle reprend : « ligne crisis declare \($0) --level … »",
          en: "If it starts again: “ligne crisis declare \($0) --level …”")
      }
    case .notHigher(_, _, let crisis):
      Sentence(
        fr:
          "On ne baisse pas un niveau : « ligne crisis end \(crisis) » y met fin, et une autre peut être déclarée.",
        en: "A level is not lowered: “ligne crisis end \(crisis)” ends it, and another may be declared.")
    case .planGone:
      Sentence(
        fr: "« ligne log » dit qui l’a supprimé; « ligne restore » le ramène.",
        en: "“ligne log” says who deleted it; “ligne restore” brings it back.")
    case .unknownStatement(_, let known), .unknownSlot(_, let known):
      known.isEmpty
        ? nil
        : Sentence(
          fr: "Il y a : \(known.joined(separator: ", ")).", en: "There are: \(known.joined(separator: ", "))."
        )
    case .emptySlots:
      Sentence(fr: "Ajoutez pour chacun : --slot nom=valeur", en: "Add for each: --slot name=value")
    case .refusedValue(_, _, let allowed):
      Sentence(
        fr: "Il y a : \(allowed.joined(separator: "; "))", en: "There are: \(allowed.joined(separator: "; "))"
      )
    case .nowhere: Sentence(fr: "Ajoutez --channel …", en: "Add --channel …")
    case .nothingSaid: Sentence(fr: "Écrivez-le : -m \"…\"", en: "Write it: -m \"…\"")
    }
  }
}
