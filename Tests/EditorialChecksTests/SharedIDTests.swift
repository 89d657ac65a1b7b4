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

  /// A name that ends with another id than the one inside.
  @Test(arguments: [
    ("posts/a-01m6pp5qb0wb7d3mnfvs9552f9.json", "01m6pp5qb0wb7d3mnfvs9552f9", false),
    ("posts/a-01m6pp5qb0wb7d3mnfvs9552f9.json", "01m6pp5qb0wb7d3mnfvs9552f8", true),
    ("posts/a.json", "01m6pp5qb0wb7d3mnfvs9552f8", false),
    ("posts/abcdefghijklmnopqrstuvwxyz.json", "01m6pp5qb0wb7d3mnfvs9552f8", false),
  ])
  func aNameThatEndsWithAnotherIdIsNamed(_ path: String, _ id: String, _ isFound: Bool) throws {
    let post = try SampleDocuments.make(
      "post", path, ["id": JSONValue(id), "state": "draft", "title": "A"])
    let findings = check(DocumentCollection([post]), at: Instant(secondsSince1970: 1_795_000_000))
    #expect(findings.contains { $0.rule == "other-id" } == isFound)
  }
}

/// Words for one channel that shows the shared ones.
@Suite struct UnusedTextTests {
  @Test(arguments: [
    ("diverges", "Autre", "draft", false), ("follows", "Autre", "draft", true),
    ("follows", "Un", "draft", false),
    ("follows", " ", "draft", false), ("follows", "Autre", "cancelled", false),
  ])
  func isNamed(_ mode: String, _ body: String, _ state: String, _ isFound: Bool) throws {
    let post = try SampleDocuments.make(
      "post", "posts/a.json",
      [
        "state": JSONValue(state), "title": "A", "body": "Un",
        "variants": ["fb": ["mode": JSONValue(mode), "body": JSONValue(body)]],
      ])
    let findings = check(DocumentCollection([post]), at: Instant(secondsSince1970: 1_795_000_000))
      .filter { $0.rule == "unused-text" }
    #expect(findings.map(\.pointer.description) == (isFound ? ["/variants/fb/body"] : []))
  }
}
