import JSONTree

// A first crisis plan: three levels, one person in every role until there are more, and words for the first hour.

/// - Parameter firstMember: The entry of the roster that the only member has in every role.
func frenchCrisisPlan(_ firstMember: JSONValue) -> StarterFields {
  [
    ("/title", "Plan de crise"),
    (
      "/scope",
      """
      Ce qui touche la sécurité de quelqu’un, la confiance du public ou notre main sur un compte. À relire tous les \
      six mois, quand tout va bien.
      """
    ),
    (
      "/scenarios",
      [
        "accident ou personne blessée", "message publié par erreur ou depuis le mauvais compte", "rumeur",
        "dénonciation visant l’équipe", "compte piraté",
      ]
    ),
    (
      "/levels",
      [
        level(
          1, "Vigilance", first: "PT4H", update: "P1D",
          "On en parle, sans que la situation s’emballe : quelques commentaires, pas de média, personne en danger.",
          [
            action("noter", "veille", "Noter ce qui se dit, mot pour mot, avec le lien et l’heure."),
            action("repondre", "redaction", "Répondre une fois, avec les faits."),
          ]),
        level(
          2, "Alerte", first: "PT1H", update: "PT4H",
          "Les commentaires s’accélèrent, ou quelqu’un est visé par son nom, ou un média pose une question. Dans le doute entre deux niveaux, le plus haut.",
          [
            action(
              "retenir", "redaction", "Retenir ce qui est programmé, sauf l’urgent; lire la liste à deux."),
            action(
              "attente", "redaction", "Publier le message d’attente, avec l’heure de la prochaine nouvelle."),
            action("prevenir", "coordination", "Prévenir toute l’équipe : qui parle, qui ne parle pas."),
          ]),
        level(
          3, "Crise", first: "PT30M", update: "PT2H",
          "Une personne est blessée ou menacée, un média en fait une nouvelle, ou nous n’avons plus la main sur un compte.",
          [
            action("retenir", "redaction", "Retenir tout, sans exception."),
            action("joindre", "porte-parole", "Joindre d’abord les personnes touchées, par téléphone."),
            action(
              "declaration", "porte-parole", "Une seule voix, une seule déclaration, sur tous les canaux."),
          ]),
      ]
    ),
    (
      "/triggers",
      [
        trigger("commentaires", "comments-per-hour", 10, window: "PT1H", level: 2),
        trigger("medias", "media-mentions", 1, window: "P1D", level: 3),
      ]
    ),
    ("/roster", roster(["coordination", "porte-parole", "redaction", "veille"], firstMember)),
    (
      "/statements",
      [
        statement(
          "attente", 2,
          "Nous savons ce qui se dit à propos de {sujet}. Nous vérifions avant de répondre, et nous revenons ici à {heure}, même si tout n’est pas encore clair.",
          ["sujet": "free", "heure": "free"]),
        statement(
          "correction", 2,
          "Nous avons publié {moment} un message qui n’aurait pas dû l’être. Il a été retiré; voici pourquoi : {raison}. Nos excuses aux personnes touchées.",
          ["moment": ["ce matin", "cet après-midi", "hier", "hier soir"], "raison": "free"]),
        statement(
          "compte-pirate", 3,
          "Depuis {heure}, nous n’avons plus la main sur notre compte {compte}. Ne répondez pas aux messages qui en viennent et n’ouvrez aucun lien.",
          ["heure": "free", "compte": "free"]),
      ]
    ),
    (
      "/checklist",
      [
        item(
          "faits", "coordination", "avant de répondre",
          "Les faits viennent d’une personne qui sait, pas d’une personne qui croit savoir."),
        item(
          "personnes", "porte-parole", "avant toute parole publique",
          "Les personnes touchées ont été jointes."),
        item(
          "retenue", "redaction", "à la déclaration", "La liste de ce qui est retenu a été lue à voix haute."),
        item("heure", "veille", "à chaque message", "L’heure de la prochaine nouvelle est annoncée."),
        item("lecon", "coordination", "dans la semaine", "Une leçon est écrite, sans coupable."),
      ]
    ),
    (
      "/doNot",
      [
        rule("a-chaud", "Ne pas répondre à chaud : dix minutes et une deuxième lecture."),
        rule("causes", "Ne pas parler des causes avant de les connaître, même pour rassurer."),
        rule("effacer", "Ne pas supprimer un commentaire parce qu’il fait mal."),
        rule("compte-personnel", "Ne pas répondre depuis un compte personnel."),
        rule("reprise", "Ne rien relancer tout seul à la fin : chaque publication retenue se relit."),
      ]
    ),
  ]
}

func englishCrisisPlan(_ firstMember: JSONValue) -> StarterFields {
  [
    ("/title", "Crisis plan"),
    (
      "/scope",
      """
      Whatever touches somebody’s safety, the public’s trust or our hold on an account. To be read again every six \
      months, while all is well.
      """
    ),
    (
      "/scenarios",
      [
        "accident or injury", "message published by mistake or from the wrong account", "rumour",
        "allegation against the team", "hacked account",
      ]
    ),
    (
      "/levels",
      [
        level(
          1, "Watch", first: "PT4H", update: "P1D",
          "People talk about it, and it stays calm: a few comments, no media, nobody in danger.",
          [
            action("note", "monitoring", "Note what is said, word for word, with link and time."),
            action("answer", "writing", "Answer once, with the facts."),
          ]),
        level(
          2, "Alert", first: "PT1H", update: "PT4H",
          "Comments speed up, or somebody is named, or a journalist asks. In doubt between two levels, the higher one.",
          [
            action(
              "hold", "writing", "Hold what is scheduled, except what is urgent; two people read the list."),
            action(
              "holding", "writing", "Publish the holding message, with the time of the next word from us."),
            action("tell", "coordination", "Tell the whole team who speaks and who does not."),
          ]),
        level(
          3, "Crisis", first: "PT30M", update: "PT2H",
          "Somebody is hurt or threatened, it is in the news, or we have lost hold of an account.",
          [
            action("hold", "writing", "Hold everything, without exception."),
            action("reach", "spokesperson", "Reach the people concerned first, by phone."),
            action("statement", "spokesperson", "One voice, one statement, on every channel."),
          ]),
      ]
    ),
    (
      "/triggers",
      [
        trigger("comments", "comments-per-hour", 10, window: "PT1H", level: 2),
        trigger("media", "media-mentions", 1, window: "P1D", level: 3),
      ]
    ),
    ("/roster", roster(["coordination", "monitoring", "spokesperson", "writing"], firstMember)),
    (
      "/statements",
      [
        statement(
          "holding", 2,
          "We know what is being said about {topic}. We check before we answer, and we will be back here at {time}, even if not everything is clear by then.",
          ["topic": "free", "time": "free"]),
        statement(
          "correction", 2,
          "{when}, we published a message that should not have gone out. It has been taken down, and this is why: {reason}. Our apologies to those concerned.",
          ["when": ["This morning", "This afternoon", "Yesterday", "Last night"], "reason": "free"]),
        statement(
          "hacked-account", 3,
          "Since {time} we no longer control our {account} account. Do not answer messages from it and do not open any link.",
          ["time": "free", "account": "free"]),
      ]
    ),
    (
      "/checklist",
      [
        item(
          "facts", "coordination", "before answering",
          "The facts come from somebody who knows, not from somebody who thinks so."),
        item("people", "spokesperson", "before any public word", "The people concerned have been reached."),
        item("held", "writing", "when it is declared", "The list of what is held was read out loud."),
        item("time", "monitoring", "with each message", "The time of the next word from us is announced."),
        item("lesson", "coordination", "within the week", "A lesson is written down, without a culprit."),
      ]
    ),
    (
      "/doNot",
      [
        rule("heat", "Do not answer in the heat of the moment: ten minutes and a second reading."),
        rule("causes", "Do not speak of causes before they are known, not even to reassure."),
        rule("delete", "Do not delete a comment because it hurts."),
        rule("personal-account", "Do not answer from a personal account."),
        rule("resume", "Let nothing start again by itself at the end: each held post is read again."),
      ]
    ),
  ]
}

private func level(
  _ rank: Int, _ name: String, first: String, update: String, _ criteria: String, _ actions: [JSONValue]
) -> JSONValue {
  [
    "id": JSONValue(String(rank)), "rank": .number(JSONNumber(rank)), "name": JSONValue(name),
    "criteria": JSONValue(criteria), "firstResponse": JSONValue(first), "updateEvery": JSONValue(update),
    "actions": .array(actions),
  ]
}

private func action(_ id: String, _ role: String, _ text: String) -> JSONValue {
  ["id": JSONValue(id), "role": JSONValue(role), "text": JSONValue(text)]
}

private func trigger(_ id: String, _ metric: String, _ value: Int, window: String, level: Int) -> JSONValue {
  [
    "id": JSONValue(id), "metric": JSONValue(metric), "op": "gte", "value": .number(JSONNumber(value)),
    "window": JSONValue(window), "level": JSONValue(String(level)),
  ]
}

private func roster(_ roles: [String], _ entry: JSONValue) -> JSONValue {
  .object(JSONObject(uniqueMembers: roles.map { JSONObject.Member(key: JSONString($0), value: entry) }))
}

private func statement(_ id: String, _ level: Int, _ body: String, _ slots: JSONValue) -> JSONValue {
  ["id": JSONValue(id), "level": JSONValue(String(level)), "body": JSONValue(body), "slots": slots]
}

private func item(_ id: String, _ role: String, _ when: String, _ text: String) -> JSONValue {
  ["id": JSONValue(id), "role": JSONValue(role), "when": JSONValue(when), "text": JSONValue(text)]
}

private func rule(_ id: String, _ text: String) -> JSONValue {
  ["id": JSONValue(id), "text": JSONValue(text)]
}
