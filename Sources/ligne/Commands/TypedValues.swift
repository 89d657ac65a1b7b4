import ArgumentParser
import Documents
import JSONTree
import Wording

extension JSONValue {
  /// A value as it is typed on the command line: JSON if it reads as JSON, else the words themselves.
  ///
  /// `true`, `12` and `["a"]` are JSON; `Bonjour` is text, and so is `"12"` in its JSON quotation marks. Where the field
  /// holds nothing but text, `true` and `12` are words as well; `null` is nowhere one. Where it holds a list of texts, words with
  /// commas between them are its members.
  ///
  /// - Parameters:
  ///   - field: What the schema knows of the field; `nil` where it knows nothing.
  ///   - elements: The same of the elements of a list.
  init(typed text: String, in field: SchemaField?, elements: SchemaField? = nil) {
    let read = try? JSONValue(parsing: text.utf8)
    // What was meant as JSON and is none is not taken apart.
    let isList = field?.takesTexts == true && !["[", "{"].contains(text.first)
    if isList, read != .null, read?.string == nil {
      let words = text.split(separator: ",").map { $0.split(separator: " ").joined(separator: " ") }
      let members = words.filter { !$0.isEmpty }.map { JSONValue(elements?.value(called: $0) ?? $0) }
      self = members.isEmpty ? JSONValue(text) : .array(members)
      return
    }
    // As it is shown, in either language.
    if field?.takesYesOrNo == true, let isYes = ["oui": true, "yes": true, "non": false, "no": false][text] {
      self = .bool(isYes)
      return
    }
    guard let read else {
      // Where a few values are allowed, people may call them as they are shown.
      self = JSONValue(field?.value(called: text) ?? text)
      return
    }
    let isWords = field?.takesText == true && read.string == nil && read != .null
    self = isWords ? JSONValue(text) : read
  }
}

/// `FIELD=VALUE`: a field and what it shall hold, as typed.
struct FieldAssignment: ExpressibleByArgument, Hashable, Sendable {
  var pointer: String
  var value: String

  /// - Returns: `nil` if there is no `=`, or nothing before it: the whole document is not a field.
  init?(argument: String) {
    guard let sign = argument.firstIndex(of: "="), sign > argument.startIndex else { return nil }
    pointer = String(argument[..<sign])
    value = String(argument[argument.index(after: sign)...])
  }
}

/// `ID=PLATFORM:HANDLE`: an account under the name the team gives it.
struct ChannelAssignment: ExpressibleByArgument, Hashable, Sendable {
  var id: String
  var platform: String
  var handle: String

  /// - Returns: `nil` if one of the three is missing. A handle may hold further colons: `site=web:https://…`.
  init?(argument: String) {
    guard let sign = argument.firstIndex(of: "=") else { return nil }
    let account = argument[argument.index(after: sign)...]
    guard let colon = account.firstIndex(of: ":") else { return nil }
    id = String(argument[..<sign])
    platform = String(account[..<colon])
    handle = String(account[account.index(after: colon)...])
    if id.isEmpty || platform.isEmpty || handle.isEmpty { return nil }
  }
}

extension ChannelAssignment {
  /// How it is written, for the help of an argument.
  static var form: String { Localized.text(fr: "id=plateforme:compte", en: "id=platform:handle") }
}

/// A language of texts as it is typed: `fr`, `fr-CA`.
enum LanguageTag {
  /// - Throws: `ValidationError` naming the option.
  static func validate(_ text: String) throws {
    guard text.wholeMatch(of: /[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?/) == nil else { return }
    throw ValidationError(
      fr: "« --language » ne connaît pas « \(text) » : une langue s’écrit fr, fr-CA ou en-GB.",
      en: "“--language” does not know “\(text)”: a language is written fr, fr-CA or en-GB.")
  }
}

/// `CHANNEL=RIGHT`: what a member may do; `*` is every channel.
struct RightAssignment: ExpressibleByArgument, Hashable, Sendable {
  var right: ChannelRight

  /// - Returns: `nil` if one of the two is missing.
  init?(argument: String) {
    let parts = argument.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    right = ChannelRight(channel: parts[0], right: parts[1])
  }
}

/// How many people have to agree before a document may go out; the workflows of a workspace.
enum WorkflowName: String, ExpressibleByArgument, CaseIterable, Sendable {
  case free, optional, required
  case multiLevel = "multi-level"
}
