import Documents
import JSONTree
import Testing
import Wording

/// Fields and values in the words of the schema, and fields found by them.
@Suite struct FieldNamesTests {
  private let names: FieldNames

  init() {
    names = FieldNames(
      of: SchemaSet.builtIn.kind(named: "post"),
      calling: { id, what in what == "member" && id == "ana" ? "Ana Sousa" : nil },
      clock: ZonedClock(rules: .utc, now: Instant(secondsSince1970: 0)))
  }

  @Test(arguments: [
    ("", "tout le document", "the whole document"), ("/body", "Texte", "Text"),
    ("/variants/mastodon", "Versions par canal › mastodon", "Variants by channel › mastodon"),
    (
      "/variants/mastodon/body", "Versions par canal › mastodon › Texte",
      "Variants by channel › mastodon › Text"
    ),
    ("/inconnu", "inconnu", "inconnu"), ("/inconnu/2", "inconnu › 2", "inconnu › 2"),
  ]) func aFieldIsCalledByItsSchema(_ pointer: JSONPointer, _ french: String, _ english: String) {
    #expect(names.name(of: pointer) == Sentence(fr: french, en: english))
  }

  @Test(arguments: [
    ("texte", "/body"), ("Text", "/body"), ("  TEXTE ", "/body"), ("body", "/body"), ("etat", "/state"),
    ("état", "/state"), ("state", "/state"),
    ("Versions par canal › mastodon › Texte", "/variants/mastodon/body"),
    ("variants by channel > mastodon > text", "/variants/mastodon/body"),
    ("variants/mastodon/thread/@a/body", "/variants/mastodon/thread/@a/body"),
    ("Versions par canal › mastodon › Fil › a › Texte", "/variants/mastodon/thread/@a/body"),
    ("variants/mastodon/thread/0/texte", "/variants/mastodon/thread/0/body"),
  ]) func aFieldIsFoundByWhatItIsCalled(_ words: String, _ pointer: JSONPointer) {
    #expect(names.pointer(called: words) == pointer)
  }

  @Test(arguments: ["", " ", "/", "inconnu", "texte/x", "texte › ", "variants//body", "›", "état.", "Tex"])
  func whatNoFieldIsCalledIsNone(_ words: String) {
    // What is written with a full stop is read as the words before it.
    let isFound = words == "état."
    #expect((names.pointer(called: words) != nil) == isFound)
  }

  /// What is shown can be typed, in both languages.
  @Test(arguments: SchemaSet.builtIn.kinds.map(\.name.text)) func everyFieldIsFoundByItsName(
    _ name: String
  ) throws {
    let names = FieldNames(of: SchemaSet.builtIn.kind(named: JSONString(name)))
    for field in names.topFields {
      for language in Language.allCases {
        let shown = names.name(of: field).text(in: language)
        #expect(names.pointer(called: shown) == field, "\(name): \(shown)")
      }
    }
  }

  @Test func aKindWithoutASchemaCallsFieldsAsTheyAreWritten() {
    let names = FieldNames(of: nil)
    #expect(names.name(of: "/a/b") == Sentence(fr: "a › b", en: "a › b"))
    #expect(names.pointer(called: "a") == nil)
  }

  @Test(arguments: [
    ("/state", #""draft""#, "brouillon", "draft"), ("/assignee", #""ana""#, "Ana Sousa", "Ana Sousa"),
    ("/assignee", #""leo""#, "leo", "leo"),
    ("/reviewers", #"["ana","leo"]"#, "Ana Sousa, leo", "Ana Sousa, leo"),

    ("/reviewers", #""ana""#, "Ana Sousa", "Ana Sousa"), ("/x", "true", "oui", "yes"),
    ("/x", "null", "rien", "nothing"), ("/x", "1.50", "1.50", "1.50"),
    ("/x", #"{"a":1,"b":false}"#, "a\u{A0}: 1; b\u{A0}: non", "a: 1; b: no"),
    // By our clocks; of a time with a zone beside it, by those of the zone.
    (
      "/x", #""2026-11-03T09:30:00-05:00""#, "le 3\u{A0}novembre 2026 à 14\u{A0}h\u{A0}30",
      "November\u{A0}3, 2026 at 2:30\u{A0}p.m."
    ),
    (
      "/variants/x/schedule/at", #""2026-11-03T09:30:00-05:00""#,
      "le 3\u{A0}novembre 2026 à 9\u{A0}h\u{A0}30 (UTC−5)", "November\u{A0}3, 2026 at 9:30\u{A0}a.m. (UTC−5)"
    ),
    (
      "/x", #""2026-11-03T09:30:00+00:00""#, "le 3\u{A0}novembre 2026 à 9\u{A0}h\u{A0}30",
      "November\u{A0}3, 2026 at 9:30\u{A0}a.m."
    ),
    (
      "/x", #""2026-11-03T09:30:00Z""#, "le 3\u{A0}novembre 2026 à 9\u{A0}h\u{A0}30",
      "November\u{A0}3, 2026 at 9:30\u{A0}a.m."
    ),
  ]) func aValueIsSaidInWords(_ pointer: JSONPointer, _ json: String, _ french: String, _ english: String)
    throws
  {
    let value = try JSONValue(parsing: json.utf8)
    #expect(names.words(of: value, at: pointer, in: .french) == french)
    #expect(names.words(of: value, at: pointer, in: .english) == english)
  }
}
