import Testing

/// Every sentence the program can say is set as a careful person would set it, in both languages.
@Suite struct SentencesTests {
  static let french: [(text: String, mistakes: [String])] = [
    ("Rien à enregistrer\u{A0}: aucun document n’a changé.", []),
    ("«\u{A0}ligne init\u{A0}» en crée un; voulez-vous continuer?", []),
    ("L’adresse https://exemple.org/equipe s’ouvre à 9:30.", []),
    ("50\u{A0}% de l’espace; git donne %A et %B", []),
    ("Choisissez :", ["no-break space before :"]),
    ("Choisissez:", ["no-break space before :"]),
    ("\u{FFFC}: introuvable", ["no-break space before :"]),
    ("Attention !", ["no space before !"]),
    ("Vraiment\u{202F}?", ["no space before ?"]),
    ("fini ; la suite", ["no space before ;"]),
    ("« mot »", ["no-break space after «", "no-break space before »"]),
    ("l'équipe", ["’ for '"]),
    ("un instant...", ["… for ..."]),
    ("\u{FFFC} %", ["no-break space before %"]),
    ("“mot”", ["« » for “", "« » for ”"]),
  ]

  @Test(arguments: french) func knowsFrench(_ text: String, _ mistakes: [String]) {
    #expect(Typography.mistakes(inFrench: text) == mistakes)
  }

  static let english: [(text: String, mistakes: [String])] = [
    ("The team’s copy can’t be reached: “ligne sync”.", []),
    ("can't", ["’ for '"]),
    ("« word »", ["“ ” for «", "“ ” for »"]),
    ("Really ?", ["no space before ?"]),
  ]

  @Test(arguments: english) func knowsEnglish(_ text: String, _ mistakes: [String]) {
    #expect(Typography.mistakes(inEnglish: text) == mistakes)
  }

  @Test func whatTheProgramSaysIsWellSet() {
    for (path, source) in Project.sources {
      for literal in source.literals(labelled: "fr") {
        for mistake in Typography.mistakes(inFrench: literal.text) {
          Issue.record("\(path):\(literal.line): \(mistake) in “\(literal.text)”")
        }
      }
      for literal in source.literals(labelled: "en") {
        for mistake in Typography.mistakes(inEnglish: literal.text) {
          Issue.record("\(path):\(literal.line): \(mistake) in “\(literal.text)”")
        }
      }
    }
  }
}
