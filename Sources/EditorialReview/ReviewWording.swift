public import Documents
public import Wording

// What people call decisions, wherever they are shown.

extension Review.Verdict {
  /// In words.
  public var wording: Sentence {
    switch self {
    case .approve: Sentence(fr: "approuvé", en: "approved")
    case .requestChanges: Sentence(fr: "changements demandés", en: "changes requested")
    case .refuse: Sentence(fr: "refusé", en: "refused")
    case .abstain: Sentence(fr: "abstention", en: "abstained")
    }
  }
}

extension SignatureStanding {
  /// In words.
  public var wording: Sentence {
    switch self {
    case .verified: Sentence(fr: "signé", en: "signed")
    case .unverified: Sentence(fr: "non vérifié", en: "unverified")
    case .missing: Sentence(fr: "non signé", en: "not signed")
    case .revoked: Sentence(fr: "clé révoquée", en: "key revoked")
    case .refused: Sentence(fr: "signature refusée", en: "signature refused")
    }
  }
}

extension ReviewStatus.Disqualification {
  /// Why it does not count, in words.
  public var wording: Sentence {
    switch self {
    case .notOfTheTeam: Sentence(fr: "n’est pas de l’équipe", en: "not of the team")
    case .noRight: Sentence(fr: "n’a pas le droit d’approuver ici", en: "may not approve here")
    case .noRole: Sentence(fr: "aucun niveau ne demande ce rôle", en: "no level asks for their role")
    case .ownWords: Sentence(fr: "ses propres mots", en: "their own words")
    case .noDelegation: Sentence(fr: "sans délégation", en: "without a delegation")
    case .signature: Sentence(fr: "signature absente ou fausse", en: "signature missing or wrong")
    case .revokedKey: Sentence(fr: "clé révoquée depuis", en: "key revoked since")
    case .noKey: Sentence(fr: "sans clé pour signer", en: "without a key to sign with")
    case .decidedAgain: Sentence(fr: "remplacée depuis", en: "replaced since")
    }
  }
}
