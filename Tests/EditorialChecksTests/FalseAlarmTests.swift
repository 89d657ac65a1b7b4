import Documents
import EditorialChecks
import Foundation
import Hunspell
import JSONTree
import ObjectModel
import TestSupport
import Testing

/// What is right stays unsaid: the rules of language on good French, without any tuning.
///
/// The sentences of `Cases/french-prose.txt` are from works whose authors died long ago, in the typography of Québec.
@Suite struct FalseAlarmTests {
  static func sentences() throws -> [String] {
    let file = Corpus.packageRoot.appending(path: "Tests/EditorialChecksTests/Cases/french-prose.txt")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map(String.init)
  }

  /// What a rule at level error would say at error or warning, sentence by sentence.
  static func alarms(_ rule: some TextRule, _ texts: [CheckedText]) -> [String] {
    texts.flatMap { text in
      rule.matches(in: text).filter { $0.level(under: .error) > .suggestion }.map { match in
        let range = match.range ?? 0..<text.scalars.count
        var words = String.UnicodeScalarView()
        words.append(contentsOf: text.scalars[range])
        return "\(type(of: rule).check) “\(String(words))”: \(text.text)"
      }
    }
  }

  @Test func literatureRaisesLessThanOneAlarmInAHundredSentences() async throws {
    let texts = try Self.sentences().map { try SampleDocuments.text($0) }
    #expect(texts.count >= 200)
    var alarms = Self.alarms(try FrenchTypography(parameters: nil), texts)
    alarms += Self.alarms(
      try InclusiveWriting(parameters: ["convention": "doublet", "noMixing": true]), texts)
    // A proverb of La Fontaine says tu, and Phileas Fogg is an esq.: two, and neither is false.
    alarms += Self.alarms(try Address(parameters: ["address": "vous"]), texts)
    alarms += Self.alarms(try Address(parameters: ["address": "tu"]), texts)
    if Dictionaries.areInstalled {
      alarms += Self.alarms(try await Self.spelling(of: texts, names: []), texts)
    }
    #expect(alarms.count * 100 < texts.count, "\(alarms.joined(separator: "\n"))")
  }

  @Test func literatureIsAlreadyInTheTypographyOfQuebec() throws {
    let rule = try FrenchTypography(parameters: nil)
    for sentence in try Self.sentences() {
      #expect(rule.matches(in: try SampleDocuments.text(sentence)).isEmpty, "\(sentence)")
    }
  }

  @Test func theSampleRaisesNone() async throws {
    let texts = try Self.sampleTexts()
    #expect(texts.count > 20)
    let line = try #require(SampleDocuments.workspace().views(Guideline.self).first?.view)
    var alarms = Self.alarms(try FrenchTypography(parameters: ["profile": "fr-CA"]), texts)
    alarms += Self.alarms(
      try InclusiveWriting(parameters: ["convention": "doublet", "noMixing": true]), texts)
    alarms += Self.alarms(try Address(parameters: ["address": "vous"]), texts)
    if Dictionaries.areInstalled {
      alarms += Self.alarms(try await Self.spelling(of: texts, names: line.properNames), texts)
    }
    #expect(alarms == [])
  }

  @Test func theSampleNeedsNoSuggestionOfTypography() throws {
    let rule = try FrenchTypography(parameters: nil)
    for text in try Self.sampleTexts() { #expect(rule.matches(in: text).isEmpty, "\(text.text)") }
  }

  static func spelling(of texts: [CheckedText], names: [String]) async throws -> Spelling {
    let rule = try Spelling(parameters: nil)
    let program = try await Hunspell.find()
    var unknown: [String: [String: [String]]] = [:]
    for (language, texts) in Dictionary(grouping: texts, by: \.language) {
      let words = texts.reduce(into: Set<String>()) { $0.formUnion(rule.words(in: $1)) }
      unknown[language] = try await program.unknown(words, language: language)
    }
    return rule.asking(SpellingAnswers(unknown: unknown), properNames: names)
  }

  /// Every text of a post or an answer of the sample.
  static func sampleTexts() throws -> [CheckedText] {
    let documents = try SampleDocuments.workspace()
    var texts: [CheckedText] = []
    for document in documents.documents(of: "post") {
      let post = Post(document.value)
      let language = post.language ?? "fr-CA"
      texts.append(CheckedText(post.body, in: document, at: "/body", language: language))
      for variant in post.variants {
        let parts = [variant.body, variant.firstComment] + variant.thread.map { $0["body"]?.text }
        texts += parts.compactMap { $0 }.map {
          CheckedText($0, in: document, at: "/variants", language: language)
        }
      }
    }
    for document in documents.documents(of: "reply") {
      let language =
        document.value["language"]?.text ?? (document.path.text.contains("mill-access") ? "en-CA" : "fr-CA")
      texts.append(CheckedText(Reply(document.value).body, in: document, at: "/body", language: language))
    }
    return texts
  }
}
