import Documents
import EditorialChecks
import Foundation
import JSONTree
import ObjectModel
import TestSupport
import Testing

/// A workspace with about seventy mistakes made on purpose. All are found, each at its exact place, and nothing else is.
///
/// `expected.tsv` was written beside the documents, by looking for the words in the text, not by running the checks.
@Suite struct PlantedFaultsTests {
  static let folder = Corpus.packageRoot.appending(path: "Tests/EditorialChecksTests/Cases/planted")

  @Test func allAreFoundAtTheirPlacesAndNothingElse() throws {
    let documents = try Fixtures.documents(in: Self.folder)
    let findings = check(documents, at: Fixtures.now)
    let found = findings.map { finding in
      let range = finding.range.map { "\($0.lowerBound)-\($0.upperBound)" } ?? "-"
      return [finding.path.text, finding.pointer.description, range, finding.rule].joined(separator: "\t")
    }
    let expected = try Self.expected()
    #expect(expected.count > 60)
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

  static func expected() throws -> [(line: String, words: String)] {
    try String(contentsOf: folder.appending(path: "expected.tsv"), encoding: .utf8)
      .split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { row in
        let cells = row.split(separator: "\t", omittingEmptySubsequences: false)
        return (cells.prefix(4).joined(separator: "\t"), String(cells[4]))
      }
  }
}
