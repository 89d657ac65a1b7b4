import ArgumentParser
import Wording

/// What ArgumentParser says by itself, in both languages.
///
/// The library (1.8.2) speaks English only and hands out its errors as text. Each text it can produce for a person is
/// a line of the tables below, and a test provokes every one of them. What is not in the tables passes unchanged, such
/// as the messages of our own `ValidationError`s, which already are in the right language.
enum UsageWording {
  /// The failure to tell when the words of a command were wrong.
  static func failure(of error: any Error, root: any ParsableCommand.Type, in language: Language) -> Failure {
    let message = root.message(for: error)
    let report = UsageReport(root.fullMessage(for: error, columns: 500))
    let spoken = spoken(message, in: language)
    return Failure(
      code: "usage", message: Sentence(fr: spoken, en: spoken),
      hint: report.command.map {
        Sentence(
          fr: "« \($0) --help » explique la commande.", en: "“\($0) --help” explains the command.")
      },
      usage: report.usage,
      status: Program.Status.wrongWords)
  }

  /// A message about wrong words.
  static func spoken(_ message: String, in language: Language) -> String {
    messages.lazy.compactMap { $0.told(message, in: language) }.first ?? message
  }

  /// What ArgumentParser prints of its own accord and with status 0: help, the version, completion scripts.
  ///
  /// - Parameter text: As the library gives it, in lines of any length.
  /// - Returns: A help screen in this language, its lines cut to `columns`; anything else is for a program and only
  ///   has its few English words put into the language.
  static func help(_ text: String, in language: Language, columns: Int) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard text.hasPrefix("OVERVIEW: ") else {
      return language == .english ? text : lines.map(frenchAnywhere).joined(separator: "\n")
    }
    let spoken = lines.map { line in
      switch language {
      case .english: english(helpLine: line)
      case .french: french(helpLine: line)
      }
    }
    return HelpLayout(columns: columns).laidOut(spoken).joined(separator: "\n")
  }

  // MARK: Tables

  /// Messages. `%` stands for words of the person or of the command, taken over in order.
  ///
  /// The first line that fits counts, so the more exact ones come first.
  private static let messages: [Phrase] = [
    Phrase(
      "Unknown option '%'\n   or: Missing value for '%' in '%'",
      "L’option « % » n’existe pas,\n   ou la valeur de « % » manque dans « % »."),
    Phrase(
      "Unknown option '%'. Did you mean '%'?",
      "L’option « % » n’existe pas. Vouliez-vous dire « % »?"),
    Phrase("Unknown option '%'", "L’option « % » n’existe pas."),
    Phrase("Invalid option: %", "Ceci n’est pas une option : %"),
    Phrase("Missing value for '%'", "Il manque la valeur de « % »."),
    Phrase(
      "The option '%' does not take any value, but '%' was specified.",
      "L’option « % » ne prend pas de valeur, mais « % » a été donné."),
    Phrase("Unexpected argument '%'", "Le mot « % » est de trop."),
    Phrase("% unexpected arguments: '%'", "% mots sont de trop : « % ».", separator: "', '"),
    Phrase(
      "Value to be set with flag '%' in '%' had already been set with flag '%' in '%'",
      "« % » (dans « % ») contredit « % » (dans « % »)."),
    Phrase(
      "Value to be set with flag '%' had already been set with flag '%'",
      "« % » contredit « % »."),
    Phrase("Missing expected argument '%'", "Il manque « % »."),
    Phrase("Missing one of: '%'", "Il manque l’un de ceux-ci : « % ».", separator: "', '"),
    Phrase(
      "The value '%' is invalid for '%'. Please provide one of the following:\n%",
      "La valeur « % » ne convient pas à « % ». Choisissez parmi :\n%"),
    Phrase(
      "The value '%' is invalid for '%'. Please provide one of '%' and '%'.",
      "La valeur « % » ne convient pas à « % ». Choisissez « % » ou « % »."),
    Phrase(
      "The value '%' is invalid for '%'. Please provide one of '%' or '%'.",
      "La valeur « % » ne convient pas à « % ». Choisissez « % » ou « % ».",
      separator: "', '"),
    Phrase(
      "The value '%' is invalid for '%'. Please provide one of '%'.",
      "La valeur « % » ne convient pas à « % ». Choisissez « % »."),
    Phrase(
      "The value '%' is invalid for '%': %", "La valeur « % » ne convient pas à « % » : %"),
    Phrase(
      "The value '%' is invalid for '%'", "La valeur « % » ne convient pas à « % »."),
    Phrase(
      "Can't generate completion scripts for '%'.\nPlease use --generate-completion-script=<shell> with one of:\n%",
      "Il n’y a pas de complétion pour « % ».\nÉcrivez --generate-completion-script=<shell> avec l’un de ceux-ci :\n%"
    ),
    Phrase(
      "Can't autodetect a supported shell.\nPlease use --generate-completion-script=<shell> with one of:\n%",
      "L’interpréteur de commandes n’est pas reconnu.\nÉcrivez --generate-completion-script=<shell> avec l’un de ceux-ci :\n%"
    ),
  ]

  /// Words of help screens, each with what it is replaced by, at the start of a line.
  private static let beginnings = [
    ("OVERVIEW: ", ""), ("USAGE: ", "UTILISATION : "), ("ARGUMENTS:", "ARGUMENTS :"),
    ("OPTIONS:", "OPTIONS :"), ("SUBCOMMANDS:", "COMMANDES :"),
  ]

  /// How the library ends the name of a group of commands.
  private static let groupEnding = " SUBCOMMANDS:"

  /// Words of help screens anywhere in a line.
  private static let anywhere = [
    ("Show the version.", "Afficher la version"), ("Show help information.", "Afficher cette aide"),
    ("Show subcommand help information.", "Afficher l’aide d’une commande"),
    ("(default as flag:", "(sans valeur :"), ("(default:", "(par défaut :"),
    ("; default:", "; par défaut :"), ("(values:", "(valeurs :"), ("<subcommand>", "<commande>"),
  ]

  private static let forOneCommand = Phrase(
    "  See '%' for detailed help.", "  « % » explique une commande.")

  private static func english(helpLine line: String) -> String {
    if line.hasSuffix(groupEnding) { return "\(line.dropLast(groupEnding.count)):" }
    return forOneCommand.told(line, in: .english) ?? line
  }

  private static func french(helpLine line: String) -> String {
    if let command = forOneCommand.told(line, in: .french) { return frenchAnywhere(command) }
    if line.hasSuffix(groupEnding) { return "\(line.dropLast(groupEnding.count)) :" }
    for (english, french) in beginnings where line.hasPrefix(english) {
      return french + frenchAnywhere(String(line.dropFirst(english.count)))
    }
    return frenchAnywhere(line)
  }

  fileprivate static func frenchAnywhere(_ line: String) -> String {
    anywhere.reduce(line) { $0.replacing($1.0, with: $1.1) }
  }
}

/// One sentence with holes, in two languages.
private struct Phrase: Sendable {
  /// As the library has it.
  private let original: [Substring]
  private let french: [Substring]
  private let english: [Substring]
  /// What stands between several words in one hole, with the quotation marks of the library.
  private let separator: String?

  init(_ original: String, _ french: String, separator: String? = nil) {
    self.original = original.split(separator: "%", omittingEmptySubsequences: false)
    self.french = french.split(separator: "%", omittingEmptySubsequences: false)
    // The library has marks of a typewriter, and ends a sentence that has an end of its own.
    let set = original.replacing("'%'", with: "“%”").replacing("Can't", with: "Can’t")
    english = (set.hasSuffix("”") ? set + "." : set).split(separator: "%", omittingEmptySubsequences: false)
    self.separator = separator
    precondition(self.original.count == self.french.count, "as many holes in both languages: \(original)")
  }

  /// The sentence in a language, if the text is the one of the library.
  func told(_ text: String, in language: Language) -> String? {
    let (target, between) = language == .french ? (french, "\u{A0}», «\u{A0}") : (english, "”, “")
    guard text.hasPrefix(original[0]) else { return nil }
    var rest = text.dropFirst(original[0].count)
    var told = String(target[0])
    for index in original.indices.dropFirst() {
      let literal = original[index]
      let isLast = index == original.count - 1
      guard let end = isLast ? rest.endOfHole(before: literal) : rest.firstRange(of: literal)?.lowerBound
      else {
        return nil
      }
      var filling = String(rest[..<end])
      if let separator { filling = filling.replacing(separator, with: between) }
      told += filling + target[index]
      rest = rest[end...].dropFirst(literal.count)
    }
    return told
  }
}

extension Substring {
  /// Where the last hole ends if the text ends with these words.
  fileprivate func endOfHole(before literal: Substring) -> Index? {
    hasSuffix(literal) ? index(endIndex, offsetBy: -literal.count) : nil
  }
}

/// The parts of ArgumentParser's report about wrong words.
private struct UsageReport {
  /// `ligne sync [--no-push]`; a line for each way to write it.
  var usage: Sentence?
  /// `ligne sync`.
  var command: String?

  /// - Parameter report: “Error: MESSAGE”, perhaps “Help:  …”, “Usage: …”, “  See 'COMMAND --help' for more
  ///   information.”; the message and the usage may have several lines.
  init(_ report: String) {
    var lines = report.split(separator: "\n", omittingEmptySubsequences: false)
    let (marker, beginning, ending) = ("Usage: ", "  See '", " --help' for more information.")
    if let last = lines.last, last.hasPrefix(beginning), last.hasSuffix(ending) {
      command = String(last.dropFirst(beginning.count).dropLast(ending.count))
      lines.removeLast()
    }
    // The last, since the message may quote what the person typed.
    guard let start = lines.lastIndex(where: { $0.hasPrefix(marker) }) else { return }
    let ways = lines[start...].map { $0.dropFirst(marker.count) }
    usage = Sentence(
      fr: "Utilisation : \(UsageWording.frenchAnywhere(ways.joined(separator: "\n              ")))",
      en: "Usage: \(ways.joined(separator: "\n       "))")
  }
}
