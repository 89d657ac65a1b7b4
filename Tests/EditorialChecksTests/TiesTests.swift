import Documents
import EditorialChecks
import EditorialReview
import JSONTree
import TestSupport
import Testing
import Wording

/// A check of one document says the same whether it reads all documents or those it is tied to.
@Suite struct TiesTests {
  @Test(arguments: ContradictionCase.all)
  func whatIsTiedIsEnoughForEveryContradiction(_ c: ContradictionCase) throws {
    var base = Tree()
    try c.base(&base)
    var (ours, theirs) = (base, base)
    try c.ours(&ours)
    try c.theirs(&theirs)
    let documents = try Tree.merged(base: base, ours: ours, theirs: theirs).collection()
    let found = try expectSameFindings(documents, at: Tree.now)
    #expect(found.contains { $0.rule == c.rule }, "the contradiction is among what was compared")
  }

  @Test func whatIsTiedIsEnoughInTheSampleWorkspace() throws {
    let documents = try SampleDocuments.workspace()
    try expectSameFindings(documents, at: Fixtures.now)
  }

  @Test func aPostIsNotReadForAnotherOne() throws {
    let documents = try SampleDocuments.workspace()
    let ties = documents.all.compactMap { DocumentTies(of: $0) }
    let post = try #require(ties.firstIndex { $0.kind == Post.kind })
    let needed = documentsNeeded(toCheck: [post], among: TiedDocumentList(ties)).filter {
      ties[$0].kind == Post.kind
    }
    #expect(needed.count < documents.documents(of: Post.kind).count / 2)
  }

  @Test func aDocumentWithoutAnIdHasNoTies() throws {
    let post = try SampleDocuments.post([:])
    #expect(DocumentTies(of: post) != nil)
    let nameless = Document(path: post.path, value: ["kind": "post"], kind: post.kind)
    #expect(DocumentTies(of: nameless) == nil)
  }

  /// Where a document stands, and what room it has, is said by the ones it is tied to.
  private func expectSameState(
    of document: Document, in all: DocumentCollection, and needed: DocumentCollection, at now: Instant
  ) {
    let (states, others) = (EditorialStates(of: all, at: now), EditorialStates(of: needed, at: now))
    switch document.kind.name {
    case Post.kind:
      let (one, other) = (states.standings(of: document), others.standings(of: document))
      #expect(one.map(\.state) == other.map(\.state), "\(document.path)")
      #expect(states.state(ofPost: document) == others.state(ofPost: document), "\(document.path)")
      #expect(remaining(of: document, in: all) == remaining(of: document, in: needed), "\(document.path)")
    case Reply.kind:
      #expect(states.state(ofReply: document) == others.state(ofReply: document), "\(document.path)")
    default: break
    }
  }

  /// - Returns: All findings.
  @discardableResult
  private func expectSameFindings(_ documents: DocumentCollection, at now: Instant) throws -> [Finding] {
    let ties = try documents.all.map { try #require(DocumentTies(of: $0)) }
    var all: [Finding] = []
    for (place, document) in documents.all.enumerated() {
      let needed = DocumentCollection(
        documentsNeeded(toCheck: [place], among: TiedDocumentList(ties)).map { documents.all[$0] })
      let expected = check(documents, only: [document.id], at: now)
      #expect(check(needed, only: [document.id], at: now) == expected, "\(document.path)")
      all += expected
      expectSameState(of: document, in: documents, and: needed, at: now)
    }
    return all
  }
}
