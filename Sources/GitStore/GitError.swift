public import Wording

/// Why something in the repository could not be read or written.
public struct GitError: Error, Hashable, Sendable {
  /// What was tried, for a report of the fault; never shown alone.
  public var operation: String
  public var kind: Kind
  /// What libgit2 or the system answered.
  public var detail: String

  public enum Kind: Hashable, Sendable {
    case notFound
    case alreadyExists
    /// Another program holds a lock, for longer than we wait.
    case locked
    /// Somebody changed it since it was read.
    case changedMeanwhile
    /// The bytes are not what git writes.
    case damaged
    /// It belongs to another user of this computer.
    case notOurs
    case noPermission
    case diskFull
    case other
  }

  public init(operation: String, kind: Kind, detail: String) {
    self.operation = operation
    self.kind = kind
    self.detail = detail
  }
}

extension GitError: ExplainedError {
  public var code: String {
    switch kind {
    case .notFound: "repository-not-found"
    case .alreadyExists: "repository-exists"
    case .locked: "repository-busy"
    case .changedMeanwhile: "repository-changed"
    case .damaged: "repository-damaged"
    case .notOurs: "repository-not-ours"
    case .noPermission: "repository-no-permission"
    case .diskFull: "disk-full"
    case .other: "repository-failed"
    }
  }

  public var message: Sentence {
    switch kind {
    case .notFound:
      Sentence(
        fr: "Il n’y a pas d’historique ici\u{A0}: \(detail)", en: "There is no history here: \(detail)")
    case .alreadyExists:
      Sentence(
        fr: "Ce dossier a déjà un historique\u{A0}: \(detail)",
        en: "This folder already has a history: \(detail)")
    case .locked:
      Sentence(
        fr: "Un autre programme travaille sur l’historique\u{A0}: \(detail)",
        en: "Another program is working on the history: \(detail)")
    case .changedMeanwhile:
      Sentence(
        fr: "Un autre programme a changé l’historique au même moment.",
        en: "Another program changed the history at the same moment.")
    case .damaged:
      Sentence(
        fr: "Une partie de l’historique est endommagée sur cet ordinateur\u{A0}: \(detail)",
        en: "A part of the history is damaged on this computer: \(detail)")
    case .notOurs:
      Sentence(
        fr: "Ce dossier appartient à une autre personne\u{A0}: \(detail)",
        en: "This folder belongs to somebody else: \(detail)")
    case .noPermission:
      Sentence(
        fr: "Vous n’avez pas le droit de lire ou d’écrire cet historique\u{A0}: \(detail)",
        en: "You are not allowed to read or write this history: \(detail)")
    case .diskFull:
      Sentence(fr: "Le disque est plein.", en: "The disk is full.")
    case .other:
      Sentence(
        fr: "L’historique n’a pas pu être lu ou écrit\u{A0}: \(detail)",
        en: "The history could not be read or written: \(detail)")
    }
  }

  public var hint: Sentence? {
    switch kind {
    case .notFound:
      Sentence(
        fr: "Placez-vous dans le dossier de l’équipe, ou créez-en un avec «\u{A0}ligne init\u{A0}».",
        en: "Go to the team’s folder, or make one with “ligne init”.")
    case .alreadyExists:
      Sentence(fr: "Choisissez un autre dossier.", en: "Choose another folder.")
    case .locked, .changedMeanwhile:
      Sentence(
        fr: "Attendez qu’il ait fini, puis relancez la commande; rien n’a été perdu.",
        en: "Wait until it is done, then run the command again; nothing was lost.")
    case .damaged, .other:
      Sentence(
        fr:
          "«\u{A0}ligne doctor\u{A0}» nomme ce qui est abîmé, «\u{A0}ligne doctor --repair\u{A0}» remet en état ce qui peut l’être.",
        en: "“ligne doctor” names what is damaged; “ligne doctor --repair” mends what can be mended.")
    case .notOurs, .noPermission:
      Sentence(
        fr:
          "Demandez l’accès à la personne à qui appartient le dossier, ou travaillez dans votre propre copie.",
        en: "Ask the folder’s owner for access, or work in a copy of your own.")
    case .diskFull:
      Sentence(
        fr: "Libérez de l’espace, puis relancez la commande; rien n’a été perdu.",
        en: "Free some space, then run the command again; nothing was lost.")
    }
  }
}
