import JSONTree
import Wording

/// One run of the program: what it was told by its surroundings.
///
/// Commands get it as an argument and read neither the clock nor the environment themselves, so that a test can run
/// any of them with a date, an author and a terminal of its choice.
struct Session: Sendable {
  var environment: [String: String]
  var language: Language
  var output: Output
  /// Whether the answer is one JSON value.
  var asksForJSON = false
  /// The folder given by `-C`, else the current one.
  var folder = "."
  /// Reads the line a person types after a question, without its end; `nil` where nobody sits at a terminal.
  var askPerson: (@Sendable () -> String?)? = System.personAtTerminal()
  /// What the clock of this machine shows.
  var clock: @Sendable () -> (instant: Instant, offset: UTCOffset) = System.now

  /// The path of a file named on the command line: with `-C DIR`, names are relative to DIR, as in git.
  func path(_ typed: String) -> String {
    typed.utf8.first == UInt8(ascii: "/") || folder == "." ? typed : "\(folder)/\(typed)"
  }

  /// Prints the answer in the form that was asked for; the other one is never made.
  func answer(json: @autoclosure () throws -> JSONValue, page: @autoclosure () throws -> Page) throws {
    if asksForJSON { try output.show(json()) } else { try output.show(page()) }
  }
}

// MARK: Who and when

extension Session {
  /// When what is done now is done: `LIGNE_DATE`, else the clock.
  func date() throws(SurroundingsError) -> (instant: Instant, offset: UTCOffset) {
    guard let text = environment["LIGNE_DATE"], !text.isEmpty else { return clock() }
    guard let date = Instant.parse(rfc3339: text) else { throw .unreadableDate(text) }
    return date
  }

  /// Who does it, if `LIGNE_AUTHOR` says so; else git's settings decide, further down.
  func author() throws(SurroundingsError) -> (name: String, email: String)? {
    guard let text = environment["LIGNE_AUTHOR"], !text.isEmpty else { return nil }
    guard let open = text.lastIndex(of: "<"), text.last == ">" else { throw .unreadableAuthor(text) }
    let name = text[..<open].trimmed
    let email = text[text.index(after: open)...].dropLast().trimmed
    guard !name.isEmpty, !email.isEmpty else { throw .unreadableAuthor(text) }
    return (String(name), String(email))
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    var rest = drop(while: \.isWhitespace)
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }
}

/// A variable of the environment says something Ligne cannot read.
enum SurroundingsError: ExplainedError, Hashable {
  case unreadableDate(String)
  case unreadableAuthor(String)

  var code: String {
    switch self {
    case .unreadableDate: "unreadable-date"
    case .unreadableAuthor: "unreadable-author"
    }
  }

  var message: Sentence {
    switch self {
    case .unreadableDate(let text):
      Sentence(
        fr: "LIGNE_DATE n’est pas une date : \(Language.french.quoted(text))",
        en: "LIGNE_DATE is not a date: \(Language.english.quoted(text))")
    case .unreadableAuthor(let text):
      Sentence(
        fr: "LIGNE_AUTHOR ne donne pas un nom et une adresse : \(Language.french.quoted(text))",
        en: "LIGNE_AUTHOR does not give a name and an address: \(Language.english.quoted(text))")
    }
  }

  var hint: Sentence? {
    switch self {
    case .unreadableDate:
      Sentence(
        fr: "Écrivez-la ainsi : LIGNE_DATE=2026-11-03T09:30:00-05:00",
        en: "Write it like this: LIGNE_DATE=2026-11-03T09:30:00-05:00")
    case .unreadableAuthor:
      Sentence(
        fr: "Écrivez-le ainsi : LIGNE_AUTHOR=\"Ana Tremblay <ana@example.org>\"",
        en: "Write it like this: LIGNE_AUTHOR=\"Ana Tremblay <ana@example.org>\"")
    }
  }
}
