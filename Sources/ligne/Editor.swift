import Wording

/// The program a person writes with, as they set it for git and others: `VISUAL`, else `EDITOR`.
///
/// There is no editor of last resort: someone who does not know vi would not find the way out.
struct Editor: Sendable {
  /// A line of shell: the name of a program, perhaps with arguments (`code --wait`).
  let command: String

  init(environment: [String: String]) throws(EditorError) {
    let wishes = ["VISUAL", "EDITOR"].compactMap { environment[$0] }
    guard let command = wishes.first(where: { !$0.allSatisfy(\.isWhitespace) }) else { throw .none }
    self.command = command
  }

  /// Opens a file on the person's terminal and waits until they are done with it.
  ///
  /// - Throws: `.notStarted` if the shell does not find the program, `.ended` if it reports a failure; the file may
  ///   have been changed even so.
  func open(_ path: String) throws(EditorError) {
    guard let status = System.runInForeground(shell: line(opening: path)) else {
      throw .notStarted(command)
    }
    switch status {
    case 0: return
    case 126, 127: throw .notStarted(command)
    default: throw .ended(command, status: status)
    }
  }

  /// The command and the file as one line of shell; the path is quoted, and never looks like an option.
  func line(opening path: String) -> String {
    let file = path.hasPrefix("-") ? "./\(path)" : path
    return "\(command) '\(file.replacing("'", with: "'\\''"))'"
  }
}

/// Why a person could not write.
enum EditorError: ExplainedError, Hashable {
  case none
  case notStarted(String)
  case ended(String, status: Int32)

  var code: String {
    switch self {
    case .none: "no-editor"
    case .notStarted: "editor-not-found"
    case .ended: "editor-failed"
    }
  }

  var message: Sentence {
    switch self {
    case .none:
      Sentence(
        fr: "Aucun éditeur n’est choisi sur cet ordinateur.", en: "No editor is chosen on this computer.")
    case .notStarted(let command):
      Sentence(
        fr: "L’éditeur ne se lance pas : \(Language.french.quoted(command))",
        en: "The editor does not start: \(Language.english.quoted(command))")
    case .ended(let command, let status):
      Sentence(
        fr: "L’éditeur \(Language.french.quoted(command)) a signalé un échec (\(status)).",
        en: "The editor \(Language.english.quoted(command)) reported a failure (\(status)).")
    }
  }

  var hint: Sentence? {
    switch self {
    case .none, .notStarted:
      Sentence(
        fr:
          "Donnez-en un, par exemple : EDITOR=nano ligne edit …; « ligne set » change un champ sans éditeur.",
        en: "Name one, for example: EDITOR=nano ligne edit …; “ligne set” changes a field without an editor.")
    case .ended:
      Sentence(
        fr: "Ce que l’éditeur a écrit est resté dans le fichier; « ligne diff » le montre.",
        en: "What the editor wrote stayed in the file; “ligne diff” shows it.")
    }
  }
}
