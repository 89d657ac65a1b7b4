/// The spaces of French in one country, as data.
struct FrenchProfile: Hashable, Sendable {
  enum Space: Hashable, Sendable {
    /// None; a narrow no-break space is let stand.
    case none
    case narrow
  }

  /// Before `;` `!` `?`.
  var beforeHighSigns: Space
  /// Whether `9h30` is written with spaces.
  var spacesHours: Bool

  /// Sources: Office québécois de la langue française, « Espacement avant et après les principaux signes de
  /// ponctuation » and « Heure »; Imprimerie nationale, « Lexique des règles typographiques ».
  static let profiles: [String: FrenchProfile] = [
    "fr-CA": FrenchProfile(beforeHighSigns: .none, spacesHours: true),
    "fr-FR": FrenchProfile(beforeHighSigns: .narrow, spacesHours: false),
  ]
}

/// Words that are written with an accent on their capital, and are no other word without it.
enum AccentedCapitals {
  static let words: [String: String] = Dictionary(
    uniqueKeysWithValues: [
      "Écran", "Écrans", "Échange", "Échanges", "École", "Écoles", "Écologie", "Économie", "Écoute",
      "Écoutez",
      "Écrivez", "Édition", "Éducation", "Également", "Égalité", "Église", "Élection", "Élections",
      "Électricité",
      "Élève", "Élèves", "Émission", "Émissions", "Énergie", "Épicerie", "Équipe", "Équipes", "Équité",
      "Étape",
      "Étapes", "État", "États", "Êtes", "Étoile", "Étoiles", "Étude", "Études", "Étudiant",
      "Étudiante", "Étudiantes", "Étudiants", "Évaluation", "Événement", "Événements", "Évidemment",
      "Évolution",
      "Être", "Île", "Îles",
    ].map { (bare($0), $0) })

  /// What follows an `À` that begins a sentence, where a lone `A` could be nothing else.
  static let afterPreposition: Set<String> = [
    "bientôt", "chaque", "côté", "demain", "jeudi", "l", "lundi", "mardi", "mercredi", "moins", "noter",
    "nos",
    "notre", "partir", "peine", "propos", "quand", "quel", "quelle", "samedi", "suivre", "tous", "toutes",
    "travers", "vendredi", "votre", "vos",
  ]

  /// The word as a careless keyboard writes it: its first letter without the accent.
  private static func bare(_ word: String) -> String {
    let first: String =
      switch word.first {
      case "É", "È", "Ê": "E"
      case "À": "A"
      case "Î": "I"
      default: String(word.prefix(1))
      }
    return first + word.dropFirst()
  }
}
