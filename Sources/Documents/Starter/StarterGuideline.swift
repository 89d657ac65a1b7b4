import JSONTree

// A first editorial line, short enough to be read by everybody and made to be changed.

let frenchGuideline: StarterFields = [
  ("/title", "La ligne"),
  (
    "/sections",
    [
      section(
        "qui-nous-sommes", "Qui nous sommes",
        """
        Écrivez ici, en trois phrases, qui parle et à qui. Une personne qui arrive lundi doit pouvoir répondre à un \
        message mardi après avoir lu cette page.

        On montre ce que l’on fait; on dit rarement que l’on est formidable.
        """,
        [
          example(
            "dire", .say, "Le marché ouvre à 9 h. Les premières fraises arrivent de chez Odile.",
            "Un fait, une personne, une heure."),
          example(
            "eviter", .avoid, "Une expérience unique à ne pas manquer!", "Cela pourrait être n’importe qui."),
        ]),
      section(
        "ton", "Le ton",
        """
        Des phrases courtes et des mots concrets, comme au comptoir. L’humour vise nos propres travers, jamais les \
        gens. Pendant une crise, il disparaît.
        """,
        [
          example(
            "dire", .say, "On s’est trompé de date : c’est jeudi, pas mercredi.",
            "On le dit, on corrige, on continue."),
          example("eviter", .avoid, "Suite à un enjeu hors de notre contrôle…", "Personne ne parle ainsi."),
        ]),
      section(
        "adresse", "On vouvoie",
        """
        « Vous » partout, aux enfants comme aux ministres. Si votre maison tutoie, changez cette section et la règle \
        « adresse » en même temps : c’est le mélange qui choque.
        """, []),
      section(
        "inclusif", "Écriture inclusive",
        """
        D’abord une tournure neutre : l’équipe, le public, les gens du quartier. Sinon le doublet complet, comme le \
        conseille l’Office québécois de la langue française. Une seule convention, d’un texte à l’autre.
        """,
        [
          example("dire", .say, "Toute l’équipe vous attend.", "Neutre, et plus court."),
          example(
            "dire-doublet", .say, "Les voisines et voisins nous prêtent la salle.",
            "Doublet complet, accord avec le mot le plus proche."),
        ]),
      section(
        "repondre", "Répondre",
        """
        Tout le monde reçoit une réponse. On donne l’information, puis on relance la conversation quand c’est \
        naturel. Une seule réponse par question : si quelqu’un de l’équipe a déjà proposé la sienne, on en parle \
        avant d’envoyer.
        """,
        [
          example(
            "dire", .say,
            "Oui, l’entrée est de plain-pied. Voulez-vous qu’on vous garde une place à l’avant?",
            "On répond, puis on relance."),
          example("eviter", .avoid, "Consultez notre site Web.", "Une porte fermée, polie mais fermée."),
        ]),
      section(
        "desaccord", "Quand on n’est pas d’accord avec nous",
        """
        On remercie, on vérifie, et ce qui était faux en public se corrige en public. Une réponse avec les faits, une \
        adresse pour la suite, puis on s’arrête. On ne masque que la haine, les menaces et les renseignements \
        personnels, et on dit qu’on l’a fait.
        """, []),
      section(
        "acces", "Pour que tout le monde puisse lire",
        """
        Chaque image a un texte de remplacement qui dit ce qu’elle montre et pourquoi elle est là. Une majuscule à \
        chaque mot d’un mot-clic. Des sous-titres relus sur les vidéos. Pas de phrases en capitales.
        """, []),
      section(
        "sources", "Les gens, leurs mots, leurs images",
        """
        Pas de nom ni de visage sans permission. Une citation vient d’une source classée; on peut l’abréger, jamais \
        l’arranger. Une photo porte le nom de qui l’a prise.
        """, []),
    ]
  ),
  ("/tone", ["distance": 3, "humour": 1, "address": "vous", "emoji": "sparing"]),
  ("/inclusive", ["convention": "doublet", "noMixing": true]),
  (
    "/rules",
    [
      rule(
        "exclamation", "occurrence", "warning", ["tokens": ["!"], "max": 1],
        "Un seul point d’exclamation par texte.", "Le deuxième n’ajoute que du bruit."),
      rule(
        "typographie", "french-typography", "suggestion", ["profile": "fr-CA"],
        "La typographie suit l’usage québécois.",
        "Espace insécable avant le deux-points et dans les guillemets; aucune avant ; ! et ?"),
      rule(
        "adresse", "address", "error", ["address": "vous"], "On vouvoie partout.",
        "« Tu » et « vous » ne vont pas ensemble."),
      rule(
        "inclusif", "inclusive", "warning", ["convention": "doublet"],
        "Une tournure neutre, sinon le doublet complet.", "Une seule convention se lit mieux que trois."),
      rule(
        "mots", "substitution", "suggestion", ["from": "/terms"], "La maison a un mot pour ça.",
        "La liste est sous « terms »."),
      rule(
        "texte-de-remplacement", "alt-text", "error", ["min": 20],
        "Chaque image a son texte de remplacement.", "Sans lui, l’image n’existe pas pour tout le monde."),
      rule(
        "mots-clics", "hashtag-case", "suggestion", ["style": "pascal"],
        "Une majuscule à chaque mot d’un mot-clic.", "Les lecteurs d’écran séparent ainsi les mots."),
      rule(
        "limites", "platform-limit", "error", [:], "Le texte dépasse ce que la plateforme permet.",
        "Un texte coupé dit parfois le contraire."),
      rule(
        "declarations", "statement-freshness", "error", [:], "La déclaration citée a été remplacée.",
        "La réponse d’hier peut être fausse aujourd’hui."),
      rule(
        "lignes-rouges", "red-line", "warning", ["from": "/redLines"],
        "Ce sujet demande une deuxième lecture.", "À deux, on voit ce que l’on ne voit pas en solo."),
    ]
  ),
  (
    "/terms",
    [
      "e-mail": "courriel", "feedback": "commentaires", "followers": "abonnées et abonnés",
      "hashtag": "mot-clic",
      "live": "en direct", "newsletter": "infolettre", "poster": "publier", "week-end": "fin de semaine",
    ]
  ),
  (
    "/redLines", ["accident", "blessure", "décès", "enquête", "mise à pied", "personne mineure", "poursuite"]
  ),
]

let englishGuideline: StarterFields = [
  ("/title", "The line"),
  (
    "/sections",
    [
      section(
        "who-we-are", "Who we are",
        """
        Write here, in three sentences, who is speaking and to whom. Somebody who starts on Monday should be able to \
        answer a message on Tuesday after reading this page.

        We show what we do; we rarely say that we are wonderful.
        """,
        [
          example(
            "say", .say, "The market opens at 9. The first strawberries come from Odile’s.",
            "A fact, a person, a time."),
          example("avoid", .avoid, "A unique experience you won’t want to miss!", "That could be anybody."),
        ]),
      section(
        "tone", "Tone",
        """
        Short sentences and plain words, as across a counter. Jokes are about ourselves, never about people. During a \
        crisis there are none.
        """,
        [
          example(
            "say", .say, "We got the date wrong: it’s Thursday, not Wednesday.", "Say it, fix it, move on."),
          example("avoid", .avoid, "Due to circumstances beyond our control…", "Nobody talks like that."),
        ]),
      section(
        "inclusive", "Everybody in the sentence",
        """
        Neutral words first: the team, people, everyone. Use the name and the pronoun a person uses. Singular “they” \
        is fine.
        """, []),
      section(
        "answering", "Answering",
        """
        Everybody gets an answer. Give the information, then keep the conversation going where it comes naturally. \
        One answer per question: if a colleague has proposed one already, talk before either is sent.
        """,
        [
          example(
            "say", .say, "Yes, the entrance is step-free. Shall we keep you a seat near the front?",
            "An answer, then a question."),
          example("avoid", .avoid, "Please refer to our website.", "A closed door, politely closed."),
        ]),
      section(
        "disagreement", "When people disagree with us",
        """
        Thank them, check, and correct in public what was wrong in public. One answer with the facts, one address for \
        the rest, then stop. Hide only hate, threats and personal information, and say that you did.
        """, []),
      section(
        "access", "So that everybody can read it",
        """
        Every picture has alt text that says what it shows and why it is there. A capital for each word of a hashtag. \
        Checked captions on videos. No sentences in capitals.
        """, []),
      section(
        "sources", "People, their words, their pictures",
        """
        No name and no face without permission. A quotation comes from a source on file; it may be shortened, never \
        improved. A photo carries the name of whoever took it.
        """, []),
    ]
  ),
  ("/tone", ["distance": 3, "humour": 1, "emoji": "sparing"]),
  (
    "/rules",
    [
      rule(
        "exclamation", "occurrence", "warning", ["tokens": ["!"], "max": 1], "One exclamation mark per text.",
        "The second one only adds noise."),
      rule(
        "words", "substitution", "suggestion", ["from": "/terms"], "We have a word for this.",
        "The list is under “terms”."),
      rule(
        "alt-text", "alt-text", "error", ["min": 20], "Every picture has alt text.",
        "Without it, the picture does not exist for everybody."),
      rule(
        "hashtags", "hashtag-case", "suggestion", ["style": "pascal"],
        "A capital for each word of a hashtag.", "That is how screen readers tell the words apart."),
      rule(
        "limits", "platform-limit", "error", [:], "The text is longer than the platform allows.",
        "A text cut short can say the opposite."),
      rule(
        "statements", "statement-freshness", "error", [:], "The statement quoted has been replaced.",
        "Yesterday’s answer can be wrong today."),
      rule(
        "red-lines", "red-line", "warning", ["from": "/redLines"], "This topic asks for a second reading.",
        "Two people see what one does not."),
    ]
  ),
  ("/terms", ["leverage": "use", "reach out": "write to", "synergy": "working together", "utilize": "use"]),
  ("/redLines", ["accident", "death", "injury", "investigation", "lawsuit", "layoff", "minor"]),
]

private enum Verdict: String {
  case say = "do"
  case avoid
}

private func section(_ id: String, _ heading: String, _ body: String, _ examples: [JSONValue]) -> JSONValue {
  var section: JSONObject = ["id": JSONValue(id), "heading": JSONValue(heading), "body": JSONValue(body)]
  if !examples.isEmpty { section["examples"] = .array(examples) }
  return .object(section)
}

private func example(_ id: String, _ verdict: Verdict, _ text: String, _ why: String) -> JSONValue {
  [
    "id": JSONValue(id), "verdict": JSONValue(verdict.rawValue), "text": JSONValue(text),
    "why": JSONValue(why),
  ]
}

private func rule(
  _ id: String, _ check: String, _ level: String, _ parameters: JSONValue, _ message: String,
  _ rationale: String
) -> JSONValue {
  [
    "id": JSONValue(id), "check": JSONValue(check), "level": JSONValue(level), "parameters": parameters,
    "message": JSONValue(message), "rationale": JSONValue(rationale), "enabled": true,
  ]
}
