import Simulation

/// French prose by the sentence, as many different ones as are asked for: the same for the same numbers drawn.
///
/// What a brand of a village would write, and now and then a fault that a line objects to.
enum Prose {
  /// A sentence of about 80 characters, correct by the rules of the sample's line.
  static func sentence(_ draws: inout Draws) -> String {
    let subject = draws.one(of: subjects)
    let ending = draws.chance(1, in: 20) ? quotation(&draws) : draws.one(of: places)
    return
      "\(draws.one(of: moments)), \(subject) \(draws.one(of: verbs)) \(draws.one(of: objects)) \(ending)."
  }

  /// What somebody said. Hardly ever the same twice, as with people: posts that quote the same words are checked together.
  private static func quotation(_ draws: inout Draws) -> String {
    let words = [draws.one(of: subjects), draws.one(of: verbs), draws.one(of: objects)].joined(separator: " ")
    return "\(draws.one(of: ["en disant :", "sous l’affiche", "parce que"])) «\u{A0}\(words)\u{A0}»"
  }

  /// Sentences until a text is as long as wanted, in paragraphs.
  ///
  /// - Parameter length: In characters, reached to within one sentence.
  static func text(_ length: Int, faulty: Bool, _ draws: inout Draws) -> String {
    var sentences: [String] = []
    var reached = 0
    while reached < length {
      sentences.append(sentence(&draws))
      reached += sentences[sentences.count - 1].count + 1
    }
    if faulty { sentences.insert(draws.one(of: faults), at: draws.below(sentences.count)) }
    return sentences.enumerated().map { index, sentence in
      index == 0 ? sentence : (index.isMultiple(of: 4) ? "\n\n" : " ") + sentence
    }.joined()
  }

  static func title(_ draws: inout Draws) -> String {
    let object = draws.one(of: objects)
    return "\(object.prefix(1).uppercased())\(object.dropFirst()) \(draws.one(of: places))"
  }

  static let hashtags = [
    "GrandRaccommodage", "HiverDeMitaines", "CaféRéparation", "LaRavaude", "ArrêtDuSamedi", "BoîteÀBoutons",
    "FilEtAiguille", "LampeDeChevet",
  ]

  private static let moments = [
    "Ce jeudi", "Samedi matin", "À la fin de la soirée", "Dès dix-huit heures", "Avant la première neige",
    "Cette semaine", "Après la marche", "Depuis le mois d’octobre", "Chaque premier dimanche", "À midi juste",
    "Entre deux tempêtes", "Pour la troisième fois", "Sans rendez-vous", "Avec un peu de patience",
  ]
  private static let subjects = [
    "la couturière du coin", "une voisine de la rue des Érables", "le comité du quartier", "toute l’équipe",
    "notre menuisière", "le gardien de l’aréna", "Philomène", "un élève de sixième année",
    "la bibliothécaire",
    "l’électricienne du village", "une famille de quatre personnes", "le club de tricot",
    "la responsable du fil",
    "l’atelier de La Ravaude",
  ]
  private static let verbs = [
    "a recousu", "prépare", "a démonté puis remonté", "cherche encore", "a trouvé", "remet en marche",
    "prête",
    "a mesuré", "va réparer", "nettoie", "a dessiné", "range", "a déposé", "emballe", "photographie",
    "n’oublie pas",
  ]
  private static let objects = [
    "une lampe à pied", "le grille-pain de sa mère", "douze mitaines dépareillées",
    "une machine à coudre de 1962",
    "la fermeture d’un manteau", "trois boutons de nacre", "une horloge qui retarde de 7 minutes",
    "le moteur d’un petit ventilateur", "un jeu d’aiguilles", "les roulettes d’une valise",
    "la vaisselle ébréchée",
    "un vélo d’enfant", "sa plus belle nappe", "le fil rouge et le fil bleu", "une chaise berçante",
  ]
  private static let places = [
    "à la vieille filature", "dans la salle du fond", "sur la grande table",
    "devant la bibliothèque Alphonsine-Dubé",
    "au comptoir de l’entrée", "pour que tout serve encore un hiver", "en moins d’une heure", "avec une amie",
    "sans rien jeter", "à Rivière-aux-Cenelles", "près du poêle", "au bord de la rivière",
    "comme on faisait avant",
  ]
  private static let faults = [
    "Quelle belle soirée!! Merci!", "Apporte ton grille-pain, tu vas voir.",
    "Écrivez-nous un e-mail avant le week-end.",
    "Les réparateur·trice·s vous attendent.", "Une batterie gonflée ne se répare pas ici.",
    "Il il faut du fil.",
    "On a recu 3000 personnes \"en tout\" ; bravo.", "La ravaude est ouverte, philomene aussi.",
    "Notre newsletter est gratuite ?",
    "Tous les bricoleurs sont là.",
  ]
}

extension Draws {
  mutating func one<Element>(of elements: [Element]) -> Element { elements[below(elements.count)] }
}
