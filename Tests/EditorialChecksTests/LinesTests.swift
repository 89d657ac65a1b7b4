import Documents
import Foundation
import JSONTree
import ObjectModel
import TestSupport
import Testing
import Wording

@testable import EditorialChecks

/// The lines that come with Ligne can be run: a house begins with rules that work.
@Suite struct LinesTests {
  static func starter(_ language: String) throws -> DocumentCollection {
    var wishes = StarterWishes(brand: "La Ravaude", authorName: "Noémie Côté")
    wishes.language = language
    wishes.channels = [.init(id: "fb", platform: "facebook", handle: "ravaude")]
    var random = SeededRandom(seed: 1)
    let files = try starterFiles(wishes, at: Fixtures.now, offset: UTCOffset(minutes: -300), using: &random)
    return try DocumentCollection(
      files.filter { file in
        file.path.name.hasSuffix(".json") && !["schemas/", "."].contains { file.path.text.hasPrefix($0) }
      }
      .map { try Document.read($0.path, $0.bytes, schemas: .builtIn).get() })
  }

  @Test(arguments: ["fr-CA", "en-CA"]) func everyRuleOfAStarterLineRuns(_ language: String) throws {
    try expectThatEveryRuleRuns(Self.starter(language))
  }

  @Test func everyRuleOfTheSampleRuns() throws {
    try expectThatEveryRuleRuns(Fixtures.documents(in: Corpus.packageRoot.appending(path: "Workspace")))
  }

  /// A check that this program does not have is named, and is the only thing that may be.
  private func expectThatEveryRuleRuns(_ documents: DocumentCollection) throws {
    let line = EditorialLine(documents, schemas: .builtIn, at: Fixtures.now)
    let asked = documents.views(Guideline.self).flatMap(\.view.rules).filter(\.isEnabled)
    let unknown = asked.filter { rule in !RuleKinds.names.contains { $0 == rule.check } }
    #expect(!asked.isEmpty)
    #expect(line.problems.map(\.pointer.description) == unknown.map { "/rules/@\($0.id!)/check" })
    #expect(line.rules.count == asked.count - unknown.count)
  }

  @Test(arguments: ["fr-CA", "en-CA"]) func aStarterSaysNothingItsOwnLineObjectsTo(_ language: String) throws
  {
    let documents = try Self.starter(language)
    let findings = check(documents, at: Fixtures.now).filter { $0.rule != EditorialLine.brokenRule }
    #expect(findings.map { "\($0.path) \($0.place) \($0.message.french)" } == [])
  }

  @Test func aNameIsAskedForOnce() {
    #expect(Set(RuleKinds.names).count == RuleKinds.names.count)
  }

  /// Whoever writes a rule finds every kind in the page on checks.
  @Test(arguments: RuleKinds.names) func everyKindIsDescribed(_ name: String) throws {
    let page = try String(contentsOf: Corpus.packageRoot.appending(path: "docs/CHECKS.md"), encoding: .utf8)
    #expect(page.contains("| `\(name)`"))
  }

  /// An editor that completes fields offers every kind there is, and no other.
  @Test func theSchemaOffersEveryKind() throws {
    let schema = try JSONValue(
      parsing: Data(contentsOf: Corpus.packageRoot.appending(path: "Workspace/schemas/guideline.schema.json"))
    )
    let check = schema["properties"]?["rules"]?["items"]?["properties"]?["check"]
    let offered = try #require(check?["examples"]?.array).compactMap(\.text)
    #expect(offered.sorted() == RuleKinds.names)
  }
}
