import Documents
import JSONTree
import ObjectModel
import Testing
import Wording

@testable import EditorialChecks

/// A file that somebody copied, with its id.
@Suite struct SharedIDTests {
  @Test func theCopyIsNamedAndNotTheDocument() throws {
    let post = try SampleDocuments.make("post", "posts/b.json", ["state": "draft", "title": "A"])
    func copy(_ path: String) throws -> Document {
      Document(path: try .init(path), value: post.value, kind: post.kind)
    }
    let other = try SampleDocuments.make(
      "post", "posts/c.json", ["id": "01m6pp5qb0wb7d3mnfvs9552f9", "state": "draft", "title": "A"])
    let documents = DocumentCollection([post, try copy("posts/d.json"), other, try copy("posts/e.json")])
    let findings = check(documents, at: Instant(secondsSince1970: 1_795_000_000)).filter {
      $0.rule == "same-id"
    }
    #expect(findings.map(\.path.text) == ["posts/d.json", "posts/e.json"])
    #expect(findings.map(\.pointer.description) == ["/id", "/id"])
    #expect(findings.allSatisfy { $0.message.english.contains("posts/b.json") && $0.level == .warning })
    #expect(!sharedIDFindings(in: DocumentCollection([post, other])).contains { _ in true })
  }
}
