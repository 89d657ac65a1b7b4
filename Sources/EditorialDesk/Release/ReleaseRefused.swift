public import Wording

/// Why nothing was recorded or handed over. Nothing was changed.
public enum ReleaseRefused: Error, Hashable, Sendable {
  case notPublishable(String)
  /// The channels it is for.
  case notOnChannel(String, document: String, known: [String])
  case whichChannel([String])
  /// What stands against it, with the next step of each; whether it may be recorded as a fact.
  case blocked([Obstacle], mayBeRecorded: Bool)
  case wrongGuardPhrase
  case noGuardPhrase(account: String)
  case changedMeanwhile(String)
  /// What is handed over would become a document of the workspace.
  case insideWorkspace(String)

  public struct Obstacle: Hashable, Sendable {
    public var message: Sentence
    public var next: Sentence

    public init(message: Sentence, next: Sentence) { (self.message, self.next) = (message, next) }
  }
}

extension ReleaseRefused: ExplainedError {
  public var code: String {
    switch self {
    case .notPublishable: "not-publishable"
    case .notOnChannel: "not-on-channel"
    case .whichChannel: "which-channel"
    case .blocked: "release-blocked"
    case .wrongGuardPhrase: "wrong-guard-phrase"
    case .noGuardPhrase: "guard-phrase-needed"
    case .changedMeanwhile: "changed-meanwhile"
    case .insideWorkspace: "inside-workspace"
    }
  }

  public var message: Sentence {
    switch self {
    case .notPublishable(let path):
      Sentence(
        fr: "Seules une publication et une réponse sortent; ce document n’en est pas une : \(path)",
        en: "Only posts and replies go out; this document is neither: \(path)")
    case .notOnChannel(let channel, let document, _):
      Sentence(
        fr: "Ce document n’est pas prévu sur « \(channel) » : \(document)",
        en: "This document is not meant for “\(channel)”: \(document)")
    case .whichChannel:
      Sentence(fr: "Dites sur quel canal : --channel …", en: "Say on which channel: --channel …")
    case .blocked(let obstacles, _):
      Sentence(
        fr: obstacles.map { "\($0.message.french) → \($0.next.french)" }.joined(separator: "\n"),
        en: obstacles.map { "\($0.message.english) → \($0.next.english)" }.joined(separator: "\n"))
    case .wrongGuardPhrase:
      Sentence(
        fr: "Ce n’est pas la phrase de ce compte; rien n’a été noté.",
        en: "That is not the phrase of this account; nothing was recorded.")
    case .noGuardPhrase(let account):
      Sentence(
        fr: "Ce compte a une phrase de garde : \(account)", en: "This account has a guard phrase: \(account)")
    case .changedMeanwhile(let path):
      Sentence(
        fr: "Quelqu’un vient de modifier ce document; rien n’a été noté : \(path)",
        en: "Somebody has just changed this document; nothing was recorded: \(path)")
    case .insideWorkspace(let folder):
      Sentence(
        fr: "Ce dossier est dans l’espace, où chaque fichier JSON est un document : \(folder)",
        en: "This folder is inside the workspace, where each JSON file is a document: \(folder)")
    }
  }

  public var hint: Sentence? {
    switch self {
    case .notPublishable:
      Sentence(fr: "« ligne list post » montre les publications.", en: "“ligne list post” shows the posts.")
    case .notOnChannel(_, _, let known), .whichChannel(let known):
      known.isEmpty
        ? nil
        : Sentence(
          fr: "Il y a : \(known.joined(separator: ", ")).", en: "There are: \(known.joined(separator: ", "))."
        )
    case .blocked(_, let mayBeRecorded):
      mayBeRecorded
        ? Sentence(
          fr: "Si c’est sorti quand même, notez-le : --record-anyway -m \"…\"",
          en: "If it went out all the same, record it: --record-anyway -m \"…\"") : nil
    case .wrongGuardPhrase: nil
    case .noGuardPhrase:
      Sentence(
        fr: "Dans un terminal, elle se tape; dans un script : --guard-phrase …",
        en: "On a terminal it is typed; in a script: --guard-phrase …")
    case .changedMeanwhile:
      Sentence(fr: "Relisez, puis recommencez.", en: "Read it again, then start over.")
    case .insideWorkspace:
      Sentence(
        fr: "Choisissez-en un à côté, comme « --export ../sorties ».",
        en: "Choose one beside it, such as “--export ../outgoing”.")
    }
  }
}
