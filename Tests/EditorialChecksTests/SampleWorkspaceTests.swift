import Documents
import EditorialChecks
import Foundation
import TestSupport
import Testing
import Wording

/// Texts that are as they should be have nothing said of them: a false alarm teaches people not to listen.
@Suite struct SampleWorkspaceTests {
  @Test func nothingIsSaidOfTheGoodTextsOfTheSample() throws {
    let documents = try Fixtures.documents(in: Corpus.packageRoot.appending(path: "Workspace"))
    let findings = check(documents, at: Fixtures.now).filter { documents[$0.id]?.kind.name != Guideline.kind }
    #expect(findings.map { "\($0.rule) \($0.path) \($0.place) \($0.message.french)" } == [])
  }
}
