import Documents
import EditorialChecks
import Foundation
import ObjectModel
import TestSupport
import Testing
import Wording

/// Texts that are as they should be have nothing said of them: a false alarm teaches people not to listen.
@Suite struct SampleWorkspaceTests {
  /// One thing in it is meant to be seen: two people have prepared an answer to the same message.
  @Test func nothingIsSaidOfTheGoodTextsOfTheSample() throws {
    let documents = try Fixtures.documents(in: Corpus.packageRoot.appending(path: "Workspace"))
    let findings = check(documents, at: Fixtures.now).filter { documents[$0.id]?.kind.name != Guideline.kind }
    #expect(
      findings.map { "\($0.rule) \($0.path.name) \($0.place)" } == [
        "two-answers bottes-proposition-de-wassila-01m7rpawp0jq11gzf0ca0knjrs.json /inReplyTo"
      ])
  }
}
