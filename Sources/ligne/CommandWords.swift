/// The words of a command line, put so that ArgumentParser cannot misread them.
///
/// ArgumentParser looks for the options of `ligne` among all words, also those that are the value of another option,
/// and takes every word with a dash for an option. Here each option is tied to its value before it looks:
///
/// - `-m --json` stays an option without a value, but `-m "- un point"`, `--at -1` and `--value -5` have theirs;
/// - `-m"Corrigé le titre"` is read as in git;
/// - a bare negative number, as in `ligne set DOC /rang -5`, is a value.
struct CommandWords: Hashable, Sendable {
  /// Every option of every command that takes a value. A test compares this list with the commands.
  static let optionsWithValue: Set<String> = [
    "-C", "-m", "--about", "--at", "--author", "--body", "--brand", "--by", "--campaign", "--channel",
    "--csv",
    "--document", "--export", "--external-id", "--field", "--for", "--from", "--guard-phrase", "--hold",
    "--html",
    "--ics", "--id", "--label", "--language", "--level", "--limit", "--map", "--markdown", "--message",
    "--milestone",
    "--month", "--nature", "--occurrence", "--only", "--output", "--parent", "--path", "--quote", "--reason",
    "--right", "--role", "--rumour", "--saved-reply", "--schema", "--secret", "--set", "--since", "--slot",
    "--source", "--state",
    "--statement", "--suggest", "--take", "--title", "--to", "--until", "--url", "--value", "--window",
    "--workflow",
    "--zone",
  ]

  /// ArgumentParser's own option with a value, which it does not list.
  private static let completionScript = "--generate-completion-script"

  /// The words to parse.
  private(set) var words: [String] = []
  /// Whether `--json` is among the options; known even when the rest cannot be parsed.
  private(set) var asksForJSON = false
  /// Whether `--no-color` is.
  private(set) var refusesColour = false
  /// The first word that is neither an option nor the value of one: the name of the command.
  private(set) var command: String?

  /// - Parameter arguments: The words after the name of the program.
  init(_ arguments: [String]) {
    // A completion script asks about a command line; its words are the question.
    if arguments.first?.hasPrefix("---completion") == true {
      words = arguments
      return
    }
    var values: [String] = []
    var rest = arguments[...]
    while let word = rest.popFirst() {
      if word == "--" {
        values += rest
        break
      }
      if Self.optionsWithValue.contains(word) || word == Self.completionScript, let value = rest.first,
        !value.hasPrefix("--")
      {
        // `--suggest=` would be an option without a value.
        words += value.isEmpty ? [word, value] : ["\(word)=\(value)"]
        rest.removeFirst()
      } else if let (option, value) = Self.joined(word) {
        words.append("\(option)=\(value)")
      } else if Self.isNegativeNumber(word) {
        values.append(word)
      } else if word.hasPrefix("-"), word != "-" {
        asksForJSON = asksForJSON || word == "--json"
        refusesColour = refusesColour || word == "--no-color"
        words.append(word)
      } else if values.isEmpty {
        command = command ?? word
        words.append(word)
      } else {
        values.append(word)  // What follows a negative number keeps its place behind it.
      }
    }
    if !values.isEmpty { words += ["--"] + values }
  }

  /// `-mTEXT`, for the options of one letter that take a value; `-m=TEXT` already is what ArgumentParser wants.
  private static func joined(_ word: String) -> (option: String, value: String)? {
    let option = String(word.prefix(2))
    guard option.count == 2, optionsWithValue.contains(option), word.count > 2, !word.hasPrefix("\(option)=")
    else {
      return nil
    }
    return (option, String(word.dropFirst(2)))
  }

  private static func isNegativeNumber(_ word: String) -> Bool {
    word.utf8.first == UInt8(ascii: "-")
      && word.utf8.dropFirst().first.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } == true
  }
}
