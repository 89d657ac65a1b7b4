import Documents
import EditorialChecks
import Foundation
import JSONTree
import ObjectModel
import TestSupport
import Testing

/// Workspaces with mistakes made on purpose. All are found, each at its exact place, and nothing else is.
///
/// `expected.tsv` was written beside the documents, by marking the words in the text, not by running the checks.
@Suite struct PlantedFaultsTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    /// How many mistakes there are, at least.
    let least: Int
    /// What a dictionary would say; no program is asked.
    var spelling: SpellingAnswers?

    var testDescription: String { name }
    var folder: URL { Corpus.packageRoot.appending(path: "Tests/EditorialChecksTests/Cases/\(name)") }
  }

  static let cases = [
    Case(name: "planted", least: 60),
    // Typography, inclusive writing, tu and vous, spelling, limits.
    Case(
      name: "planted-french", least: 40,
      spelling: SpellingAnswers(unknown: [
        "fr-CA": ["communaté": ["communauté"], "ouverure": ["ouverture"], "Ouverure": [], "mahée": []],
        "en-CA": ["recieve": ["receive"]],
      ])),
  ]

  @Test(arguments: cases) func allAreFoundAtTheirPlacesAndNothingElse(_ c: Case) throws {
    let documents = try Fixtures.documents(in: c.folder)
    let findings = check(documents, spelling: c.spelling, at: Fixtures.now)
    let found = findings.map { finding in
      let range = finding.range.map { "\($0.lowerBound)-\($0.upperBound)" } ?? "-"
      return [finding.path.text, finding.pointer.description, range, finding.rule].joined(separator: "\t")
    }
    let expected = try expected(in: c.folder)
    #expect(expected.count > c.least)
    #expect(found == expected.map(\.line))
    for (finding, row) in zip(findings, expected) where found.count == expected.count {
      guard let range = finding.range,
        let text = documents[finding.id]?.value.value(at: finding.pointer)?.text
      else {
        continue
      }
      #expect(String(String.UnicodeScalarView(Array(text.unicodeScalars)[range])) == row.words)
    }
  }

  private func expected(in folder: URL) throws -> [(line: String, words: String)] {
    try String(contentsOf: folder.appending(path: "expected.tsv"), encoding: .utf8)
      .split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { row in
        let cells = row.split(separator: "\t", omittingEmptySubsequences: false)
        return (cells.prefix(4).joined(separator: "\t"), String(cells[4]))
      }
  }
}
