import ArgumentParser
import JSONTree
import Wording

/// From words to an exit status: parses, runs the command, and tells what went wrong in one place.
enum Program {
  /// What scripts read off; never changed once released.
  enum Status {
    static let done: Int32 = 0
    static let couldNot: Int32 = 1
    static let personNeeded: Int32 = 2
    static let wrongWords: Int32 = 64
  }

  /// Runs a command line.
  ///
  /// - Parameters:
  ///   - arguments: The words after the name of the program.
  ///   - root: The command they belong to; tests bring one of their own.
  ///   - surroundings: Where the command runs, from its words and the environment; tests bring theirs.
  /// - Returns: The exit status of README.md: 0 done, 1 could not, 2 done but a person is needed, 64 wrong words.
  static func run(
    _ arguments: [String], root: any ParsableCommand.Type = Ligne.self,
    in surroundings: (CommandWords) -> Session = Session.ofProcess
  ) async -> Int32 {
    let words = CommandWords(arguments)
    var session = surroundings(words)
    session.asksForJSON = words.asksForJSON
    do {
      try await run(words, root: root, in: session)
      return Status.done
    } catch {
      return report(error, of: root, in: session)
    }
  }

  private static func run(
    _ words: CommandWords, root: any ParsableCommand.Type, in surroundings: Session
  ) async throws {
    // Asked for by programs that look for others, and answered before anything is made.
    if words.words == ["--version"], root == Ligne.self {
      return try surroundings.output.show(ownWords: "ligne \(Ligne.version)")
    }
    var command = try parsed(words, root: root)
    guard let command = command as? any LigneCommand else { return try command.run() }
    var session = surroundings
    session.folder = command.options.folder ?? surroundings.folder
    let ready = session
    try await ready.output.askingForPatience { try await command.run(in: ready) }
  }

  /// The command that some words mean.
  ///
  /// Where they name a command in full, only that one is put together; whatever is wrong with the rest is then told as of
  /// the whole, which takes as long again as all else of a start.
  private static func parsed(_ words: CommandWords, root: any ParsableCommand.Type) throws
    -> any ParsableCommand
  {
    if root == Ligne.self, let name = words.command, let place = words.words.firstIndex(of: name),
      let type = Ligne.command(named: name),
      let command = try? type.parseAsRoot(Array(words.words[..<place] + words.words[(place + 1)...])),
      command is any LigneCommand
    {
      return command
    }
    if let unknown = UnknownCommand(words.command, among: root) { throw unknown }
    // Help with what is no command is no help.
    if let place = words.words.firstIndex(of: "help"), words.command == "help",
      let unknown = UnknownCommand(words.words[(place + 1)...].first { !$0.hasPrefix("-") }, among: root)
    {
      throw unknown
    }
    return try root.parseAsRoot(words.words)
  }

  private static func report(_ error: any Error, of root: any ParsableCommand.Type, in session: Session)
    -> Int32
  {
    switch error {
    case is PersonNeeded: return Status.personNeeded
    case let error as any ExplainedError:
      let status = error is UnknownCommand ? Status.wrongWords : Status.couldNot
      var failure = Failure(code: error.code, message: error.message, hint: error.hint, status: status)
      failure.done = (error as? any PartlyDone)?.done
      return report(failure, in: session)
    default: break
    }
    switch root.exitCode(for: error) {
    case .success:
      let columns = session.output.terminal.size?.columns ?? 80
      let text = UsageWording.help(
        root.fullMessage(for: error, columns: 10_000), in: session.language, columns: columns)
      do throws(OutputError) {
        try session.output.show(ownWords: text)
        return Status.done
      } catch {
        return report(error, of: root, in: session)
      }
    case .validationFailure:
      return report(UsageWording.failure(of: error, root: root, in: session.language), in: session)
    default:
      return report(.unexpected(error), in: session)
    }
  }

  private static func report(_ failure: Failure, in session: Session) -> Int32 {
    if session.asksForJSON {
      do throws(OutputError) {
        try session.output.show(failure.json(in: session.language))
        return failure.status
      } catch {
        // Said on standard error instead, below: better there than not at all.
      }
    }
    failure.tell(session.output)
    return failure.status
  }
}

extension Session {
  /// The surroundings of this process.
  static func ofProcess(_ words: CommandWords) -> Session {
    let environment = System.environment()
    let language = Localized.language
    let terminal = Terminal.ofProcess(environment: environment, colourRefused: words.refusesColour)
    return Session(
      environment: environment, language: language, output: Output(terminal: terminal, language: language),
      keyboard: .ofProcess())
  }
}

/// An error that came after something was done already, which stays.
protocol PartlyDone: ExplainedError {
  var done: JSONValue { get }
}

/// Why a command line was not carried out, ready to be told.
struct Failure {
  /// A stable name for scripts.
  var code: String
  var message: Sentence
  var hint: Sentence?
  /// How the command is written, where its words were wrong.
  var usage: Sentence?
  /// What was done before, as the command says it in JSON.
  var done: JSONValue?
  var status: Int32

  init(code: String, message: Sentence, hint: Sentence? = nil, usage: Sentence? = nil, status: Int32) {
    self.code = code
    self.message = message
    self.hint = hint
    self.usage = usage
    self.status = status
  }

  /// An error nobody has found words for: a fault of the program, which says so.
  static func unexpected(_ error: any Error) -> Failure {
    let fact = String(describing: error)
    return Failure(
      code: "unexpected",
      message: Sentence(
        fr: "Ligne ne sait pas expliquer ce qui s’est passé : \(fact)",
        en: "Ligne can’t explain what happened: \(fact)"),
      hint: Sentence(
        fr: "C’est une faute du programme. Signalez-la avec cette phrase et la commande tapée.",
        en: "This is a fault of the program. Please report it with this sentence and the command you typed."),
      status: Program.Status.couldNot)
  }

  func json(in language: Language) -> JSONValue {
    var error: JSONObject = ["code": JSONValue(code), "message": JSONValue(message.text(in: language))]
    error["hint"] = hint.map { JSONValue($0.text(in: language)) }
    var answer: JSONObject = ["error": .object(error)]
    answer["done"] = done
    return .object(answer)
  }

  /// One sentence, then the hint, on standard error.
  func tell(_ output: Output) {
    let language = output.language
    for line in SafeText(block: message.text(in: language)).lines { output.remark(StyledText(line, .strong)) }
    if let usage {
      for line in SafeText(block: usage.text(in: language)).lines { output.remark(StyledText(line)) }
    }
    if let hint {
      let label = Sentence(fr: "indice : ", en: "hint: ").text(in: language)
      output.remark(StyledText(label + hint.text(in: language), .quiet))
    }
  }
}

/// The first word is not the name of a command.
struct UnknownCommand: ExplainedError {
  var word: String
  /// A name close to it, if there is one.
  var suggestion: String?

  /// - Returns: `nil` if the word names a command, or if there is no word.
  init?(_ word: String?, among root: any ParsableCommand.Type) {
    let names = root.configuration.allNames + ["help"]
    guard let word, !names.isEmpty, !names.contains(where: { $0.utf8.elementsEqual(word.utf8) }) else {
      return nil
    }
    self.word = word
    let near = names.map { (name: $0, distance: editDistance($0, word)) }.min { $0.distance < $1.distance }
    suggestion =
      Self.otherWords.first { $0.words.contains(word) && names.contains($0.command) }?.command
      ?? near.flatMap { $0.distance <= 2 && $0.distance < word.count ? $0.name : nil }
  }

  /// What people type who come from git, or who call it by its French name.
  static let otherWords: [(command: String, words: Set<String>)] = [
    ("sync", ["push", "pull", "fetch", "merge", "partager", "synchroniser", "envoyer", "recevoir"]),
    ("commit", ["add", "save", "enregistrer", "garder", "valider"]),
    ("log", ["history", "historique", "versions"]),
    ("status", ["statut", "état", "etat"]), ("restore", ["checkout", "revert", "restaurer", "ramener"]),
    ("undo", ["annuler", "reset"]), ("search", ["grep", "find", "chercher", "recherche"]),
    ("new", ["create", "créer", "creer", "nouveau", "nouvelle"]),
    ("show", ["cat", "montrer", "voir", "lire"]),
    ("list", ["ls", "lister", "liste"]), ("edit", ["open", "modifier", "ouvrir", "éditer"]),
    ("set", ["changer", "mettre"]), ("delete", ["remove", "rm", "supprimer", "effacer"]),
    ("diff", ["différences", "differences", "changements"]),
    ("review", ["approve", "approuver", "réviser", "relire"]), ("publish", ["publier"]),
    ("schedule", ["plan", "planifier", "programmer"]), ("calendar", ["calendrier"]),
    ("conflicts", ["conflits"]), ("resolve", ["trancher"]), ("comment", ["commenter", "commentaire"]),
    ("team", ["équipe", "equipe", "members"]), ("channel", ["canal", "canaux", "channels"]),
    ("report", ["rapport"]), ("crisis", ["crise"]), ("check", ["vérifier", "lint"]),
  ]

  var code: String { "usage" }

  var message: Sentence {
    let (french, english) = (Language.french.quoted(word), Language.english.quoted(word))
    guard let suggestion else {
      return Sentence(
        fr: "\(french) n’est pas une commande de Ligne.", en: "\(english) is not a command of Ligne.")
    }
    return Sentence(
      fr:
        "\(french) n’est pas une commande de Ligne. Vouliez-vous dire \(Language.french.quoted(suggestion))?",
      en: "\(english) is not a command of Ligne. Did you mean \(Language.english.quoted(suggestion))?")
  }

  var hint: Sentence? {
    Sentence(
      fr: "«\u{A0}ligne --help\u{A0}» donne la liste des commandes.", en: "“ligne --help” lists the commands."
    )
  }
}

extension CommandConfiguration {
  /// The names of the commands one level below, with their aliases.
  fileprivate var allNames: [String] {
    subcommands.flatMap { [$0.configuration.commandName ?? $0._commandName] + $0.configuration.aliases }
  }
}

/// How many characters have to be put in, taken out or changed to make one word of the other.
///
/// Source: Wagner and Fischer, “The String-to-String Correction Problem”, 1974.
private func editDistance(_ left: String, _ right: String) -> Int {
  let (left, right) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
  var row = Array(0...right.count)
  for (i, a) in left.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, b) in right.enumerated() {
      let change = diagonal + (a == b ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(change, row[j] + 1, row[j + 1] + 1)
    }
  }
  return row[right.count]
}
