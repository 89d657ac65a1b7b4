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
  /// The store itself failed: disk full, no permission, a lock of another program. `operation` says what was
  /// tried, `detail` what the system answered.
  case failed(operation: String, detail: String)
}

extension ObjectStoreError: ExplainedError {
  public var code: String {
    switch self {
    case .missing: "history-missing"
    case .malformed: "history-damaged"
    case .referenceMoved: "history-moved"
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
          "«\u{A0}git fsck\u{A0}» nomme ce qui est abîmé; «\u{A0}ligne clone\u{A0}» reprend une copie saine dans un autre dossier.",
        en: "“git fsck” names what is damaged; “ligne clone” takes a sound copy into another folder.")
    case .referenceMoved:
      Sentence(
        fr: "Relancez la commande; rien n’a été perdu.", en: "Run the command again; nothing was lost.")
    case .failed:
      Sentence(
        fr: "Vérifiez l’espace libre du disque et vos droits sur le dossier, puis relancez la commande.",
        en: "Check the free space of the disk and your rights on the folder, then run the command again.")
    }
  }
}
