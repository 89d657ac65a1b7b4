import ArgumentParser
import Wording

/// The language of this run, for what ArgumentParser asks of types before there is a session: names, help, usage.
enum Localized {
  /// Chosen once at start from the environment; tests set another for the length of a closure.
  @TaskLocal static var language = Language.current(environment: System.environment())

  static func text(fr french: String, en english: String) -> String {
    Sentence(fr: french, en: english).text(in: language)
  }

  /// The names of values in the help, shared by the commands: `<dossier>`, `<folder>`.
  enum Value {
    static var document: String { "document" }
    static var pointer: String { Localized.text(fr: "champ", en: "field") }
    static var value: String { Localized.text(fr: "valeur", en: "value") }
    static var version: String { "version" }
    static var file: String { Localized.text(fr: "fichier", en: "file") }
    static var folder: String { Localized.text(fr: "dossier", en: "folder") }
    static var text: String { Localized.text(fr: "texte", en: "text") }
    static var channel: String { Localized.text(fr: "canal", en: "channel") }
    static var kind: String { Localized.text(fr: "genre", en: "kind") }
    static var state: String { Localized.text(fr: "état", en: "state") }
    static var label: String { Localized.text(fr: "étiquette", en: "label") }
    static var address: String { Localized.text(fr: "adresse", en: "address") }
    static var person: String { Localized.text(fr: "personne", en: "person") }
    static var date: String { "date" }
    static var milestone: String { Localized.text(fr: "étape", en: "milestone") }
    static var duration: String { Localized.text(fr: "durée", en: "span") }
    static var number: String { "n" }
    static var language: String { Localized.text(fr: "langue", en: "language") }
    static var zone: String { Localized.text(fr: "fuseau", en: "zone") }
    static var workflow: String { Localized.text(fr: "circuit", en: "workflow") }
    static var base: String { "base" }
    static var ours: String { Localized.text(fr: "la-nôtre", en: "ours") }
    static var theirs: String { Localized.text(fr: "la-leur", en: "theirs") }
  }
}

extension ArgumentHelp {
  /// Help in both languages: imperative or a noun, no full stop.
  ///
  /// - Parameter value: What the help calls the value, in angle brackets.
  init(fr french: String, en english: String, value: String? = nil) {
    self.init(Localized.text(fr: french, en: english), valueName: value)
  }

  /// A document argument.
  static var document: ArgumentHelp {
    ArgumentHelp(
      fr: "Un titre, un chemin, un id ou une partie unique d’un id",
      en: "A title, a path, an id or any unique part of an id",
      value: Localized.Value.document)
  }

  /// A field of that document.
  static var pointer: ArgumentHelp {
    ArgumentHelp(
      fr: "Un champ par son nom, ou comme /title ou /thread/@id/body",
      en: "A field by its name, or such as /title or /thread/@id/body",
      value: Localized.Value.pointer)
  }
}

extension CommandConfiguration {
  /// A command's name and its help in both languages.
  init(
    _ name: String, abstract: Sentence, discussion: Sentence = Sentence(fr: "", en: ""),
    usage: Sentence? = nil, subcommands: [any ParsableCommand.Type] = []
  ) {
    let language = Localized.language
    self.init(
      commandName: name, abstract: abstract.text(in: language), usage: usage?.text(in: language),
      discussion: discussion.text(in: language), subcommands: subcommands)
  }
}

extension ValidationError {
  /// What is wrong with the words of a command.
  init(fr french: String, en english: String) { self.init(Localized.text(fr: french, en: english)) }
}
