import ArgumentParser
import JSONTree
import Testing
import Wording

@testable import ligne

/// Every message ArgumentParser 1.8.2 has for a person, provoked for real and read in French.
///
/// When a new version of the library words one of them differently, the test that provokes it fails and names it.
@Suite struct UsageTests {
  struct Case: CustomTestStringConvertible {
    var words: [String]
    var french: String
    var root: any ParsableCommand.Type = Spine.self

    var testDescription: String { words.joined(separator: " ") }
  }

  static let cases = [
    Case(words: ["list", "--xyzzy-abc"], french: "L’option « --xyzzy-abc » n’existe pas."),
    Case(words: ["list", "-q"], french: "L’option « -q » n’existe pas."),
    Case(
      words: ["list", "--stat"], french: "L’option « --stat » n’existe pas. Vouliez-vous dire « --state »?"),
    Case(words: ["list", "---state"], french: "Ceci n’est pas une option : ---state"),
    Case(words: ["list", "----"], french: "Ceci n’est pas une option : ----"),
    Case(words: ["list", "--state"], french: "Il manque la valeur de « --state <état> »."),
    Case(words: ["commit", "-m", "--json"], french: "Il manque la valeur de « -m <texte> »."),
    Case(
      words: ["-qx"],
      french: "L’option « -qx » n’existe pas,\n   ou la valeur de « -x <x> » manque dans « -qx ».",
      root: Oddities.self),
    Case(
      words: ["list", "--json=oui"],
      french: "L’option « --json » ne prend pas de valeur, mais « oui » a été donné."),
    Case(words: ["list", "a", "b"], french: "Le mot « b » est de trop."),
    Case(words: ["list", "a", "b", "c"], french: "2 mots sont de trop : « b », « c »."),
    Case(words: ["show"], french: "Il manque « <document> »."),
    Case(words: ["commit"], french: "Il manque « --message <texte> »."),
    Case(words: ["--one", "--two"], french: "« --two » contredit « --one ».", root: Oddities.self),
    Case(words: ["-ab"], french: "« b » (dans « -ab ») contredit « a » (dans « -ab »).", root: Oddities.self),
    Case(words: ["a"], french: "Il manque l’un de ceux-ci : « --yes », « --no-yes ».", root: Choices.self),
    Case(
      words: ["resolve", "a", "/b", "--take", "x"],
      french: "La valeur « x » ne convient pas à « --take <n> »."),
    Case(
      words: ["init", "--brand", "B", "--workflow", "x"],
      french:
        "La valeur « x » ne convient pas à « --workflow <circuit> ». "
        + "Choisissez « free », « optional », « required » ou « multi-level »."),
    Case(
      words: ["--two-values", "x"],
      french:
        "La valeur « x » ne convient pas à « --two-values <two-values> ». Choisissez « un » ou « deux ».",
      root: Oddities.self),
    Case(
      words: ["--many-values", "x"],
      french: """
        La valeur « x » ne convient pas à « --many-values <many-values> ». Choisissez parmi :
          - a
          - b
          - c
          - d
          - e
          - f
        """, root: Oddities.self),
    Case(
      words: ["--even", "3"], french: "La valeur « 3 » ne convient pas à « --even <even> » : 3 est impair",
      root: Oddities.self),
    Case(
      words: ["--generate-completion-script", "tcsh"],
      french: """
        Il n’y a pas de complétion pour « tcsh ».
        Écrivez --generate-completion-script=<shell> avec l’un de ceux-ci :
            zsh bash fish
        """),
    Case(
      words: ["resolve", "a", "/b"], french: "Choisissez d’une seule façon : --take, --value ou --edit."),
  ]

  @Test(arguments: cases) func isSaidInFrench(_ c: Case) {
    Localized.$language.withValue(.french) {
      let failure = failure(c)
      #expect(failure?.message.french.plainSpaces == c.french)
      #expect(failure?.status == 64)
      #expect(failure?.code == "usage")
    }
  }

  /// In English the words are the library’s, and its marks are set as everywhere.
  @Test(arguments: cases) func isSetInEnglishLikeEverythingElse(_ c: Case) {
    Localized.$language.withValue(.english) {
      let message = failure(c)?.message.english ?? ""
      #expect(!message.isEmpty && !message.contains("'"), "\(message)")
      let quoted = message.count { $0 == "“" }
      #expect(quoted == message.count { $0 == "”" } && quoted == c.french.count { $0 == "«" }, "\(message)")
    }
  }

  @Test(arguments: [
    (["list", "--stat"], "Unknown option “--stat”. Did you mean “--state”?"),
    (["show"], "Missing expected argument “<document>”."),
    (["list", "a", "b", "c"], "2 unexpected arguments: “b”, “c”."),
  ]) func isSaidInEnglish(_ words: [String], _ english: String) {
    Localized.$language.withValue(.english) {
      #expect(failure(Case(words: words, french: ""))?.message.english == english)
    }
  }

  private func failure(_ c: Case) -> Failure? {
    do {
      _ = try c.root.parseAsRoot(CommandWords(c.words).words)
      return nil
    } catch {
      return UsageWording.failure(of: error, root: c.root, in: Localized.language)
    }
  }

  /// The autodetection reads the environment, which a test shall not change: the text alone.
  @Test func aShellNobodyKnows() {
    let english = """
      Can't autodetect a supported shell.
      Please use --generate-completion-script=<shell> with one of:
          zsh bash fish
      """
    #expect(
      UsageWording.spoken(english, in: .french).hasPrefix("L’interpréteur de commandes n’est pas reconnu."))
  }

  @Test func ourOwnMessagesPassUnchanged() {
    #expect(UsageWording.spoken("Il manque la valeur.", in: .french) == "Il manque la valeur.")
  }

  @Test func aWordThatQuotesTheLibraryIsNoSentenceOfIt() async {
    let run = await Run("list", "a", "Usage: x", in: .french)
    #expect(run.remarks.plainSpaces.hasPrefix("Le mot « Usage: x » est de trop.\nUtilisation : ligne list"))
  }

  // MARK: What is printed

  @Test func aPersonGetsASentenceTheUsageAndAHint() async {
    let run = await Run("show", in: .french)
    #expect(run.status == 64)
    #expect(run.answer.isEmpty)
    #expect(
      run.remarks.plainSpaces == """
        Il manque « <document> ».
        Utilisation : ligne show <document> [<champ>] [--at <version>] [--html <fichier>] [-C <dossier>] [--json] [--no-color]
        indice : « ligne show --help » explique la commande.

        """)
  }

  @Test func aScriptGetsTheSameAsJSON() async throws {
    let run = await Run("show", "--json", in: .french)
    #expect(run.status == 64)
    #expect(run.remarks.isEmpty)
    let error = try #require(try JSONValue(parsing: run.answer.utf8)["error"])
    #expect(error["code"] == "usage")
    #expect(error["message"]?.text?.plainSpaces == "Il manque « <document> ».")
    #expect(error["hint"]?.text?.plainSpaces == "« ligne show --help » explique la commande.")
  }

  @Test(arguments: [
    ("snyc", "« snyc » n’est pas une commande de Ligne. Vouliez-vous dire « sync »?"),
    ("push", "« push » n’est pas une commande de Ligne. Vouliez-vous dire « sync »?"),
    ("publier", "« publier » n’est pas une commande de Ligne. Vouliez-vous dire « publish »?"),
    ("supprimer", "« supprimer » n’est pas une commande de Ligne. Vouliez-vous dire « delete »?"),
    ("rm", "« rm » n’est pas une commande de Ligne. Vouliez-vous dire « delete »?"),
    ("xyzzy", "« xyzzy » n’est pas une commande de Ligne."),
    ("SYNC", "« SYNC » n’est pas une commande de Ligne."),
    ("\u{1B}[2J", "« ‹U+001B›[2J » n’est pas une commande de Ligne."),
  ])
  func aCommandThatDoesNotExist(_ word: String, sentence: String) async {
    let run = await Run(word, in: .french)
    #expect(run.status == 64)
    #expect(run.remarks.plainSpaces.hasPrefix(sentence + "\n"))
  }

  @Test func wordsOfOtherProgramsLeadToCommandsThereAre() {
    let commands = Set(Ligne.configuration.subcommands.compactMap { $0.configuration.commandName })
    for (command, words) in UnknownCommand.otherWords {
      #expect(commands.contains(command))
      #expect(commands.isDisjoint(with: words), "\(command)")
    }
  }

  // MARK: Help

  @Test(arguments: Spine.commands.map { $0.configuration.commandName ?? "" })
  func everyHelpScreenIsFrenchThroughout(_ command: String) async {
    for words in [[command, "--help"], ["help", command]] {
      let run = await Localized.$language.withValue(.french) {
        let capture = Capture()
        let status = await Program.run(words, root: Spine.self) { _ in
          Session(environment: [:], language: .french, output: capture.output(in: .french))
        }
        return (status: status, answer: capture.answer)
      }
      #expect(run.status == 0)
      for english in [
        "OVERVIEW", "USAGE", "Usage", "SUBCOMMANDS", "Show ", "<subcommand>", "See '", "(default", "(values",
        " the ",
        " of ",
      ] {
        #expect(!run.answer.contains(english), "\(english) in:\n\(run.answer)")
      }
      #expect(run.answer.plainSpaces.contains("UTILISATION : ligne \(command)"))
    }
  }

  @Test func theRootHelpIsFrenchThroughout() async {
    let run = await Run("--help", in: .french)
    #expect(run.answer.plainSpaces.contains("COMMANDES :\n"))
    #expect(run.answer.plainSpaces.contains("« ligne help <commande> » explique une commande."))
    #expect(run.answer.plainSpaces.contains("Afficher la version\n"))
  }

  @Test func groupsOfCommandsBearTheirName() {
    #expect(UsageWording.help("OVERVIEW: a\nB SUBCOMMANDS:", in: .french, columns: 80) == "a\nB\u{A0}:")
    #expect(
      UsageWording.help("OVERVIEW: a\nB SUBCOMMANDS:", in: .english, columns: 80) == "OVERVIEW: a\nB:")
  }

  @Test func aCommandWithTwoWaysShowsBoth() async {
    #expect(
      await Run("resolve", "--help", in: .french).answer.plainSpaces.contains(
        """
        UTILISATION : ligne resolve <document> [<champ>] (--take <n> | --value <valeur>
                        | --edit)
                      ligne resolve [<document>] --all
        """))
    #expect(
      await Run("resolve", in: .english).remarks.contains(
        """
        Usage: ligne resolve <document> [<field>] (--take <n> | --value <value> | --edit)
               ligne resolve [<document>] --all
        """))
  }

  @Test(arguments: [40, 80, 120]) func helpFitsTheTerminal(_ columns: Int) {
    let text = Localized.$language.withValue(.french) {
      Spine.helpMessage(for: Ligne.Init.self, columns: 10_000)
    }
    let lines = UsageWording.help(text, in: .french, columns: columns).split(separator: "\n")
    #expect(lines.count > 20)
    for line in lines where line.drop(while: { $0 == " " }).contains(" ") {  // One word cannot be cut.
      #expect(SafeText(line: String(line)).width <= max(columns, 50), "\(line)")
    }
  }

  @Test func aCompletionScriptIsNotTouched() async {
    let run = await Run("--generate-completion-script", "bash", in: .english)
    #expect(run.status == 0)
    let script = Localized.$language.withValue(.english) { Spine.completionScript(for: .bash) }
    #expect(run.answer == script + (script.hasSuffix("\n") ? "" : "\n"))
    #expect(script.count > 10_000)
  }

  /// A sentence with straight quotes or a missing no-break space was typed in haste.
  @Test func frenchHelpKeepsTheTypography() {
    Localized.$language.withValue(.french) {
      for command in Spine.commands {
        let help = Spine.helpMessage(for: command, includeHidden: true, columns: 400)
        #expect(!help.contains("« ") && !help.contains(" »"), "a space that breaks: \(help)")
        #expect(!help.contains(/\p{L}'\p{L}/), "a straight apostrophe: \(help)")
      }
    }
  }

  @Test func everyCommandSpeaksBothLanguages() {
    for command in Spine.commands {
      let french = Localized.$language.withValue(.french) { command.configuration }
      let english = Localized.$language.withValue(.english) { command.configuration }
      #expect(!french.abstract.isEmpty && french.abstract != english.abstract)
      #expect(!french.abstract.hasSuffix(".") && !english.abstract.hasSuffix("."))
    }
  }
}

/// What no command of ours does, to hear what the library would say.
private struct Oddities: ParsableCommand {
  enum Either: String, EnumerableFlag {
    case one, two, a, b
    static func name(for value: Self) -> NameSpecification {
      value == .a || value == .b ? .short : .long
    }
  }
  enum Two: String, ExpressibleByArgument, CaseIterable { case un, deux }
  enum Many: String, ExpressibleByArgument, CaseIterable { case a, b, c, d, e, f }

  static let configuration = CommandConfiguration(commandName: "oddities")

  @Flag var either = Either.one
  @Option var twoValues = Two.un
  @Option var manyValues = Many.a
  @Option(name: .short) var x: String?
  @Option(transform: { text in
    guard let number = Int(text), number.isMultiple(of: 2) else {
      throw ValidationError("\(text) est impair")
    }
    return number
  })
  var even: Int = 0
}

private struct Choices: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "choices")

  @Flag(inversion: .prefixedNo) var yes: Bool
  @Argument var word: String
}

extension String {
  /// The text with ordinary spaces, to be compared with what can be typed in a test.
  var plainSpaces: String { replacing("\u{A0}", with: " ") }
}
