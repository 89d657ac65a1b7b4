public import EditorialReview
public import ObjectModel
public import Wording

/// Why a decision is not written down. Nothing was changed.
public enum DecisionRefused: Error, Hashable, Sendable {
  /// It would count for nothing.
  case countsForNothing(ReviewStatus.Disqualification)
  /// Something in the document is to be settled first.
  case conflicted(WorkspacePath)
  case notForChannel(String, WorkspacePath)
  case unknownLevel(String, known: [String])
  /// The document changed while the person was deciding.
  case changedMeanwhile(WorkspacePath)
  /// A signature is due.
  case unsigned
  /// Their key counts for nothing yet.
  case keyWaits
  /// The signature is none of this person's over this decision.
  case unusableSignature
}

extension DecisionRefused: ExplainedError {
  public var code: String {
    switch self {
    case .countsForNothing(.notOfTheTeam): "not-a-member"
    case .countsForNothing(.noRight): "no-right"
    case .countsForNothing(.noRole): "no-role"
    case .countsForNothing(.ownWords): "own-words"
    case .countsForNothing(.noDelegation): "no-delegation"
    case .countsForNothing(.signature), .countsForNothing(.revokedKey), .unusableSignature:
      "signature-refused"
    case .countsForNothing(.noKey), .keyWaits: "no-key"
    case .countsForNothing(.decidedAgain): "decided-again"
    case .conflicted: "conflicted"
    case .notForChannel: "unknown-channel"
    case .unknownLevel: "unknown-level"
    case .changedMeanwhile: "changed-meanwhile"
    case .unsigned: "signature-missing"
    }
  }

  public var message: Sentence {
    switch self {
    case .countsForNothing(.notOfTheTeam):
      Sentence(
        fr: "Votre adresse n’est celle d’aucun membre de l’équipe : votre décision ne compterait pas.",
        en: "Your address is that of no member of the team: your decision would not count.")
    case .countsForNothing(.noRight):
      Sentence(
        fr: "Il faut ici le droit d’approuver, que vous n’avez pas : votre oui ne compterait pas.",
        en: "It takes the right to approve here, which you do not have: your yes would not count.")
    case .countsForNothing(.noRole):
      Sentence(
        fr:
          "Ce niveau demande un rôle que vous n’avez pas, ou aucun ne demande le vôtre : votre oui ne compterait pas.",
        en:
          "This level asks for a role that you do not have, or none asks for yours: your yes would not count."
      )
    case .countsForNothing(.ownWords):
      Sentence(
        fr: "Personne n’approuve ses propres mots : ce texte est en partie de vous.",
        en: "Nobody approves their own words: this text is partly yours.")
    case .countsForNothing(.noDelegation):
      Sentence(
        fr: "Cette personne ne vous a pas confié sa voix en ce moment.",
        en: "This person has not given you their voice at this time.")
    case .countsForNothing(.noKey):
      Sentence(
        fr: "L’équipe ne compte que les oui signés, et vous n’avez pas encore de clé reconnue.",
        en: "The team counts signed yeses only, and you have no key yet that counts.")
    case .countsForNothing(.revokedKey):
      Sentence(
        fr: "Votre clé a été notée comme perdue : ce qu’elle signe ne compte plus. Rien n’a été noté.",
        en: "Your key was noted as lost: what it signs counts no more. Nothing was recorded.")
    case .keyWaits:
      Sentence(
        fr: "L’équipe ne compte que les oui signés, et votre clé attend d’être confirmée.",
        en: "The team counts signed yeses only, and your key waits to be confirmed.")
    case .countsForNothing(.signature):
      Sentence(fr: "La signature ne compte pas.", en: "The signature does not count.")
    case .countsForNothing(.decidedAgain):
      Sentence(
        fr: "Une décision plus récente de la même personne existe.",
        en: "There is a later decision of the same person.")
    case .conflicted(let path):
      Sentence(
        fr: "Il reste quelque chose à trancher dans \(path.text) : on n’approuve pas deux textes à la fois.",
        en: "Something in \(path.text) is still to be settled: nobody can approve two texts at once.")
    case .notForChannel(let channel, let path):
      Sentence(
        fr: "\(path.text) n’est pas pour le canal « \(channel) ».",
        en: "\(path.text) is not for the channel “\(channel)”.")
    case .unknownLevel(let level, _):
      Sentence(
        fr: "Le circuit n’a pas de niveau « \(level) ».", en: "The workflow has no level “\(level)”.")
    case .changedMeanwhile(let path):
      Sentence(
        fr: "\(path.text) a changé pendant votre lecture; rien n’a été noté.",
        en: "\(path.text) changed while you were reading; nothing was recorded.")
    case .unsigned:
      Sentence(
        fr: "Une signature est nécessaire ici, et la clé n’est pas sur cet ordinateur.",
        en: "A signature is needed here, and the key is not on this computer.")
    case .unusableSignature:
      Sentence(
        fr: "La signature n’est pas celle d’une de vos clés reconnues; rien n’a été noté.",
        en: "The signature is not by a key of yours that counts; nothing was recorded.")
    }
  }

  public var hint: Sentence? {
    switch self {
    case .countsForNothing(.notOfTheTeam):
      Sentence(
        fr: "« ligne team » montre qui en est; « ligne team add NOM COURRIEL » ajoute quelqu’un.",
        en: "“ligne team” shows who is; “ligne team add NAME EMAIL” adds somebody.")
    case .countsForNothing(.noRole):
      Sentence(
        fr:
          "« ligne review show DOCUMENT » dit quel rôle manque, « ligne team » qui l’a; « --for » dit oui pour qui vous a délégué sa voix.",
        en:
          "“ligne review show DOCUMENT” says which role is missing, “ligne team” who has it; “--for” says yes for who gave you their voice."
      )
    case .countsForNothing(.noRight):
      Sentence(
        fr: "« ligne review request » demande l’avis de quelqu’un qui a ce droit; « ligne team » dit qui.",
        en: "“ligne review request” asks somebody who has it; “ligne team” says who.")
    case .countsForNothing(.ownWords):
      Sentence(
        fr: "Une autre personne peut le dire : « ligne review » le lui montre, une fois partagé.",
        en: "Somebody else can say it: “ligne review” shows it to them, once it is shared.")
    case .countsForNothing(.noDelegation):
      Sentence(
        fr: "Elle peut le faire : « ligne team delegate ».", en: "They can do so: “ligne team delegate”.")
    case .countsForNothing(.noKey): Self.howToSign
    case .countsForNothing(.revokedKey):
      Sentence(
        fr: """
          « ssh-keygen -t ed25519 -f FICHIER » en fait une autre, « ligne key add FICHIER » l’ajoute; qui approuve partout \
          la confirme.
          """,
        en: """
          “ssh-keygen -t ed25519 -f FILE” makes another one, “ligne key add FILE” adds it; somebody who may approve \
          everywhere confirms it.
          """)
    case .keyWaits:
      Sentence(
        fr: "Qui approuve partout la confirme sur son ordinateur : « ligne review approve team.json ».",
        en:
          "Somebody who may approve everywhere confirms it on their computer: “ligne review approve team.json”."
      )
    case .countsForNothing: nil
    case .conflicted:
      Sentence(fr: "« ligne conflicts » montre les choix.", en: "“ligne conflicts” shows the choices.")
    case .notForChannel:
      Sentence(fr: "« ligne show » montre ses canaux.", en: "“ligne show” shows its channels.")
    case .unknownLevel(_, let known):
      known.isEmpty
        ? Sentence(
          fr: "Ce circuit n’a pas de niveaux : omettez « --level ».",
          en: "This workflow has no levels: leave out “--level”.")
        : Sentence(
          fr: "Les niveaux : \(known.joined(separator: ", "))",
          en: "The levels: \(known.joined(separator: ", "))")
    case .changedMeanwhile:
      Sentence(
        fr: "Relisez-le, puis décidez de nouveau.", en: "Read it again, then decide again.")
    case .unsigned, .unusableSignature: Self.howToSign
    }
  }

  private static let howToSign =
    Sentence(
      fr: """
        « ligne key » montre vos clés, « ligne key add » en ajoute une. Qui approuve partout la confirme sur son \
        ordinateur : « ligne review approve team.json ».
        """,
      en: """
        “ligne key” shows your keys, “ligne key add” adds one. Somebody else who may approve everywhere confirms it on their \
        computer: “ligne review approve team.json”.
        """)
}
