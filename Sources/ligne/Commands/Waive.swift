import ArgumentParser
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Ligne {
  /// Lets a post break a rule.
  struct Waive: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "waive",
        abstract: Sentence(
          fr: "Faire une exception à une règle de la ligne", en: "Make an exception to a rule of the line"),
        discussion: Sentence(
          fr: """
            L’exception vaut pour le texte d’aujourd’hui, mot pour mot. Si le texte change, elle ne compte plus et \
            « ligne check » le dit.
            """,
          en: """
            The exception is for the text of today, word for word. When the text changes it no longer counts, and \
            “ligne check” says so.
            """))
    }

    @Argument(help: .document)
    var document: String

    @Argument(
      help: .init(
        fr: "Le nom de la règle, comme « ligne check » le donne",
        en: "The name of the rule, as “ligne check” gives it",
        value: Localized.text(fr: "règle", en: "rule")))
    var rule: String

    @Option(
      name: .shortAndLong,
      help: .init(fr: "Pourquoi, en une phrase", en: "Why, in a sentence", value: Localized.Value.text))
    var message: String

    @Option(
      help: .init(
        fr: "La fin de l’exception; avec le texte si rien n’est dit",
        en: "When the exception ends; with the text if nothing is said", value: Localized.Value.date))
    var until: String?

    @Option(
      help: .init(
        fr: "Pour ce texte seulement, comme /body", en: "For this text only, such as /body",
        value: Localized.Value.pointer))
    var field: String?

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let path = try session.document(document, in: workspace)
      let clock = try session.clock(of: workspace)
      let end = try until.map { typed in
        let end = try clock.ending(typed: typed)
        if end <= clock.now { throw PastEnd(typed: typed) }
        return clock.moment(end)
      }
      var random = SystemRandomNumberGenerator()
      let waivers = try workspace.waive(
        rule, in: path, field: field.map { try pointer($0, of: workspace.kind(at: path)) }, reason: message,
        until: end, by: session.attribution(in: workspace), random: &random)
      try session.answer(
        json: ["path": JSONValue(path.text), "rule": JSONValue(rule), "waivers": .array(waivers)],
        page: Self.describe(path, rule, count: waivers.count, in: session.language))
    }

    static func describe(_ path: WorkspacePath, _ rule: String, count: Int, in language: Language) -> Page {
      let texts = CountedNoun(fr: ("texte", "textes"), en: ("text", "texts")).counted(count)
      var page = Page(
        StyledText(path.text, .name)
          + StyledText(
            Sentence(
              fr: "  exception à « \(rule) » pour \(texts.french)",
              en: "  exception to “\(rule)” for \(texts.english)"
            ).text(in: language)))
      page.next = Sentence(
        fr: "« ligne commit -m \"…\" » la garde.", en: "“ligne commit -m \"…\"” keeps it.")
      return page
    }
  }
}

/// An exception that would be over before it begins.
private struct PastEnd: ExplainedError {
  var typed: String

  var code: String { "past-end" }

  var message: Sentence {
    Sentence(
      fr: "Cette fin est déjà passée\u{A0}: \(Language.french.quoted(typed))",
      en: "That end has passed: \(Language.english.quoted(typed))")
  }

  var hint: Sentence? {
    Sentence(
      fr: "Sans «\u{A0}--until\u{A0}», l’exception vaut jusqu’à ce que les mots changent.",
      en: "Without “--until” the exception holds until the words change.")
  }
}
