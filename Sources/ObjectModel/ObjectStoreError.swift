public import Wording

/// Why a store could not do what it was asked.
public enum ObjectStoreError: Error, Hashable, Sendable {
  /// No such object. It may be missing (a shallow or partial clone) or never have been here.
  case missing(ObjectID)
  /// The object exists and is not what was asked for, or its bytes are damaged: not those of its id, or not of the
  /// shape of their kind. `expected` is `nil` where no kind was asked for.
  case malformed(ObjectID, expected: ObjectKind?, reason: String)
  /// The reference no longer holds what the caller had seen; nothing was written.
  case referenceMoved(name: String, found: ObjectID?)
  /// Another program holds a lock, for longer than we wait; nothing was written. `lock` is its file, as the system names
  /// it.
  case locked(lock: String)
  /// The store itself failed: disk full, no permission. `operation` says what was
  /// tried, `detail` what the system answered.
  case failed(operation: String, detail: String)
}

extension ObjectStoreError: ExplainedError {
  public var code: String {
    switch self {
    case .missing: "history-missing"
    case .malformed: "history-damaged"
    case .referenceMoved: "history-moved"
    case .locked: "git-lock-in-use"
    case .failed: "history-failed"
    }
  }

  public var message: Sentence {
    switch self {
    case .missing(let id):
      Sentence(
        fr: "Une partie de l’historique manque sur cet ordinateur\u{A0}: \(id)",
        en: "A part of the history is missing on this computer: \(id)")
    case .malformed(let id, _, _):
      Sentence(
        fr: "Une partie de l’historique est endommagée sur cet ordinateur\u{A0}: \(id)",
        en: "A part of the history is damaged on this computer: \(id)")
    case .referenceMoved:
      Sentence(
        fr: "Un autre programme a changé l’historique au même moment.",
        en: "Another program changed the history at the same moment.")
    case .locked(let lock):
      Sentence(
        fr: "Un programme git se sert encore de cet historique\u{A0}: \(lock)",
        en: "A git program is still using this history: \(lock)")
    case .failed(_, let detail):
      Sentence(
        fr: "L’historique n’a pas pu être lu ou écrit\u{A0}: \(detail)",
        en: "The history could not be read or written: \(detail)")
    }
  }

  public var hint: Sentence? {
    switch self {
    case .missing, .malformed:
      Sentence(
        fr:
          "«\u{A0}ligne doctor --repair\u{A0}» cherche ce qui manque, ici et à l’adresse de l’équipe; sinon «\u{A0}ligne clone ADRESSE\u{A0}» dans un autre dossier.",
        en:
          "“ligne doctor --repair” looks for what is missing, here and at the team’s address; else “ligne clone ADDRESS” into another folder."
      )
    case .referenceMoved:
      Sentence(
        fr: "Relancez la commande; rien n’a été perdu.", en: "Run the command again; nothing was lost.")
    case .locked:
      Sentence(
        fr:
          "Attendez sa fin, puis relancez la commande; «\u{A0}ligne doctor\u{A0}» dit si ce verrou sert encore.",
        en:
          "Wait for its end, then run the command again; “ligne doctor” says whether that lock is still in use."
      )
    case .failed:
      Sentence(
        fr:
          "« ligne doctor » dit ce qui est abîmé, « --repair » le remet en état; sinon, vérifiez l’espace libre du disque et vos droits sur le dossier.",
        en:
          "“ligne doctor” says what is damaged, and “--repair” mends it; else check the free space of the disk and your rights on the folder."
      )
    }
  }
}
