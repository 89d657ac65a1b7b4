import JSONTree
import Wording

/// The manual page of `ligne` as text for `man`.
///
/// Source of the form: man-pages(7) and groff_man(7). The page is UTF-8, as `man` expects it today.
struct ManualPage {
  private let root: JSONValue
  private let language: Language
  /// Options of every command are told once, at the top.
  private let sharedOptions: [String]

  /// - Parameter dump: What `ligne --experimental-dump-help` prints: version 0 of ArgumentParser's ToolInfo.
  init(dump: JSONValue, language: Language) {
    root = dump["command"] ?? .null
    self.language = language
    sharedOptions = root.arguments.map(\.label) + ["-h, --help", "--version"]
  }

  var text: String {
    let parts: [[String]] = [
      heading, name, synopsis, description, options, commands, wordsInCommon, exitStatus, environment,
      seeAlso,
    ]
    return parts.joined().joined(separator: "\n") + "\n"
  }

  private func say(_ french: String, _ english: String) -> String {
    escaped(Sentence(fr: french, en: english).text(in: language))
  }

  private func section(_ french: String, _ english: String) -> String { ".SH \"\(say(french, english))\"" }

  private var heading: [String] {
    [
      ".\\\" \(say("Écrit par « swift run generate-man-pages »; ne pas modifier.", "Made by “swift run generate-man-pages”; do not edit."))",
      ".TH LIGNE 1 \"\" \"Ligne\" \"\(say("Manuel de Ligne", "Ligne Manual"))\"",
      ".nh", ".ad l",  // What is typed is never broken by a hyphen or pulled apart.
    ]
  }

  private var name: [String] {
    [section("NOM", "NAME"), "ligne \\- \(escaped(root.line("abstract")))"]
  }

  private var synopsis: [String] {
    let command = say("<commande>", "<command>")
    let options = root.arguments.map(\.synopsis).map(escaped).joined(separator: " ")
    return [section("SYNOPSIS", "SYNOPSIS"), ".B ligne", "\(options) \(command)"]
  }

  private var description: [String] {
    [section("DESCRIPTION", "DESCRIPTION")] + paragraph(root.line("discussion"))
  }

  private var options: [String] {
    [section("OPTIONS DE TOUTES LES COMMANDES", "OPTIONS OF EVERY COMMAND")] + root.arguments.flatMap(entry)
      + terms([
        (escaped("-h, --help"), say("Explique la commande.", "Explains the command.")),
        (escaped("--version"), say("Dit la version de Ligne.", "Says the version of Ligne.")),
      ])
  }

  private var commands: [String] {
    [section("COMMANDES", "COMMANDS")]
      + (root["subcommands"]?.array ?? []).filter {
        $0["commandName"] != "help" && $0["shouldDisplay"] != false
      }
      .flatMap(command)
  }

  /// A command, and those it is made of behind it.
  private func command(_ command: JSONValue) -> [String] { self.command(command, behind: "ligne") }

  private func command(_ command: JSONValue, behind name: String) -> [String] {
    let name = name + " " + command.line("commandName")
    let arguments = command.arguments.filter { !sharedOptions.contains($0.label) }
    let words = [name] + arguments.map(\.synopsis)
    var lines = [".SS \"\(escaped(words.joined(separator: " ")))\""]
    lines += paragraph(command.line("abstract") + ".")
    lines += paragraph(command.line("discussion"))
    let parts = (command["subcommands"]?.array ?? []).filter { $0["commandName"] != "help" }
    return lines + arguments.flatMap(entry) + parts.flatMap { self.command($0, behind: name) }
  }

  /// One argument with its explanation.
  private func entry(_ argument: JSONValue) -> [String] {
    var notes: [String] = []
    if let values = argument["allValues"]?.array, !values.isEmpty {
      let list = values.compactMap(\.text).joined(separator: ", ")
      notes.append(Sentence(fr: "Valeurs\u{A0}: \(list).", en: "Values: \(list).").text(in: language))
    }
    if let value = argument["defaultValue"]?.text {
      notes.append(Sentence(fr: "Par défaut\u{A0}: \(value).", en: "Default: \(value).").text(in: language))
    }
    let explanation = ([argument.line("abstract") + "."] + notes).joined(separator: " ")
    return [".TP", ".B \(escaped(argument.label))", escaped(explanation)]
  }

  private func paragraph(_ text: String) -> [String] { text.isEmpty ? [] : [".PP", escaped(text)] }

  private func terms(_ entries: [(term: String, explanation: String)]) -> [String] {
    entries.flatMap { [".TP", ".B \($0.term)", $0.explanation] }
  }

  // MARK: What is the same for every command

  private var wordsInCommon: [String] {
    [section("NOMMER LES CHOSES", "NAMING THINGS")]
      + terms([
        (
          say("<document>", "<document>"),
          say(
            "Un chemin, un id ou une partie unique d’un id.", "A path, an id or any unique part of an id.")
        ),
        (
          say("<champ>", "<field>"),
          say(
            "Un pointeur JSON (RFC 6901), comme /title. /thread/@id/body désigne un élément d’une liste par sa clé.",
            "A JSON pointer (RFC 6901), such as /title. /thread/@id/body names an element of a list by its key."
          )
        ),
        (
          say("<version>", "<version>"),
          say(
            "L’id d’une version, une date, une étiquette ou -1, la version d’avant.",
            "The id of a version, a date, a tag, or -1, the version before.")
        ),
      ])
  }

  private var exitStatus: [String] {
    [section("CODE DE RETOUR", "EXIT STATUS")]
      + terms([
        ("0", say("Fait.", "Done.")),
        (
          "1",
          say(
            "Impossible; une phrase dit pourquoi, une autre quoi faire.",
            "Could not; one sentence says why, another what to do.")
        ),
        (
          "2",
          say(
            "Fait, mais une personne doit regarder\u{A0}: un conflit à trancher, par exemple.",
            "Done, but a person is needed: a conflict to settle, for example.")
        ),
        ("64", say("Les mots de la commande ne vont pas.", "The words of the command are wrong.")),
      ])
  }

  private var environment: [String] {
    [section("ENVIRONNEMENT", "ENVIRONMENT")]
      + terms([
        (
          "LIGNE_LANG",
          say(
            "fr ou en; sinon LC_ALL, LC_MESSAGES et LANG décident.",
            "fr or en; else LC_ALL, LC_MESSAGES and LANG decide.")
        ),
        (
          "LIGNE_AUTHOR",
          say(
            "Qui écrit, «\u{A0}Nom <courriel>\u{A0}»; sinon user.name et user.email de git.",
            "Who writes, “Name <mail>”; else git’s user.name and user.email.")
        ),
        (
          "LIGNE_DATE",
          say(
            "La date de ce qui est fait, comme 2026-11-03T09:30:00-05:00; sinon l’horloge.",
            "The date of what is done, such as 2026-11-03T09:30:00-05:00; else the clock.")
        ),
        ("VISUAL, EDITOR", say("L’éditeur de «\u{A0}ligne edit\u{A0}».", "The editor of “ligne edit”.")),
        ("NO_COLOR", say("Pas de couleurs, quelle qu’en soit la valeur.", "No colour, whatever its value.")),
        (
          "COLUMNS, LINES",
          say(
            "La taille à respecter, plutôt que celle du terminal.",
            "The size to fit, rather than that of the terminal.")
        ),
      ])
  }

  private var seeAlso: [String] { [section("VOIR AUSSI", "SEE ALSO"), ".BR git (1)"] }
}

/// One argument or command of ArgumentParser's description.
extension JSONValue {
  fileprivate var arguments: [JSONValue] {
    (self["arguments"]?.array ?? []).filter {
      $0["shouldDisplay"] != false && !["-h, --help", "--version"].contains($0.label)
    }
  }

  /// The text of a key on one line; the empty text where it is absent.
  fileprivate func line(_ key: JSONString) -> String {
    (self[key]?.text ?? "").split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  private var names: [String] {
    (self["names"]?.array ?? []).map { ($0["kind"] == "long" ? "--" : "-") + $0.line("name") }
  }

  private var value: String { self["kind"] == "flag" ? "" : "<\(line("valueName"))>" }

  /// `-m, --message <text>`.
  fileprivate var label: String {
    self["kind"] == "positional"
      ? value : names.joined(separator: ", ") + (value.isEmpty ? "" : " \(value)")
  }

  /// `[--at <version>]`, `<document> ...`.
  fileprivate var synopsis: String {
    // The long name says more, as in the usage.
    let name = names.last ?? ""
    var text = self["kind"] == "positional" ? value : name + (value.isEmpty ? "" : " \(value)")
    if self["isRepeating"] == true { text += " ..." }
    return self["isOptional"] == true ? "[\(text)]" : text
  }
}

/// Text as roff reads it back: no request at the start of a line, hyphens that stay hyphens.
///
/// Source: groff_char(7) and groff(7), “Escape sequences”.
private func escaped(_ text: String) -> String {
  var result = ""
  for character in text {
    switch character {
    case "\\": result += "\\e"
    case "-": result += "\\-"
    case "\"": result += "\\(dq"
    case "\u{A0}": result += "\\ "
    default: result.append(character)
    }
  }
  return result.hasPrefix(".") || result.hasPrefix("'") ? "\\&" + result : result
}
