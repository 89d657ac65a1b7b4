import Documents
import EditorialChecks
import EditorialDesk
import EditorialReview
import JSONTree
import ObjectModel
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

  /// What a colleague's work brings is found by reading what it touches as by reading everything.
  @Test(arguments: ContradictionCase.all)
  func whatAChangeTouchesIsEnoughForEveryContradiction(_ c: ContradictionCase) throws {
    var base = Tree()
    try c.base(&base)
    var (ours, theirs) = (base, base)
    try c.ours(&ours)
    try c.theirs(&theirs)
    let merged = try Tree.merged(base: base, ours: ours, theirs: theirs).collection()
    for before in try [ours.collection(), theirs.collection(), base.collection()] {
      try expectSameNews(in: merged, since: before)
      // What somebody takes away again may leave something to say as well.
      try expectSameNews(in: before, since: merged)
    }
  }

  /// In the sample workspace nearly everything is tied to nearly everything; one document after another goes.
  @Test func whatAChangeTouchesIsEnoughInTheSampleWorkspace() throws {
    let documents = try SampleDocuments.workspace()
    var wasTold = false
    for gone in documents.all where DocumentTies(of: gone).map({ !$0.isOfFew }) ?? false {
      let others = DocumentCollection(documents.all.filter { $0.path != gone.path })
      wasTold = try expectSameNews(in: others, since: documents) || wasTold
      wasTold = try expectSameNews(in: documents, since: others) || wasTold
    }
    #expect(wasTold)
  }

  @Test func whatCountsForEverythingTouchesEverything() throws {
    let documents = try SampleDocuments.workspace()
    let guideline = try #require(documents.documents(of: Guideline.kind).first)
    let ties = TiedDocumentList(documents.all.compactMap { DocumentTies(of: $0) })
    let place = try #require(ties.few.first { ties.ties(of: $0).id == guideline.id })
    #expect(TouchedDocuments(([place], [place]), before: ties, after: ties) == nil)
  }

  /// A yes or a no to the policy counts for every post, and no post is tied to it.
  @Test func aDecisionAboutTheSettingsTouchesEverything() throws {
    let documents = try SampleDocuments.workspace()
    let settings = try #require(documents.documents(of: WorkspaceSettings.kind).first)
    let post = try #require(documents.documents(of: Post.kind).first)
    for (subject, touchesAll) in [(settings, true), (post, false)] {
      let review = Document(
        path: try WorkspacePath("reviews/r.json"),
        value: ["id": "01m6qqqqq0wb7d3mnfvs9552f1", "kind": "review", "subject": .string(subject.id)],
        kind: try #require(SchemaSet.builtIn.kind(named: Review.kind)))
      let after = DocumentCollection(documents.all + [review])
      let place = try #require(after.all.firstIndex { $0.id == review.id })
      let ties = (
        before: TiedDocumentList(documents.all.compactMap { DocumentTies(of: $0) }),
        after: TiedDocumentList(after.all.compactMap { DocumentTies(of: $0) })
      )
      let brought = TouchedDocuments(([], [place]), before: ties.before, after: ties.after)
      #expect((brought == nil) == touchesAll, "\(subject.path)")
      let taken = TouchedDocuments(([place], []), before: ties.after, after: ties.before)
      #expect((taken == nil) == touchesAll, "\(subject.path)")
    }
  }

  /// What is decided about a picture is looked at by the posts that show it.
  @Test func aDecisionAboutAPictureTouchesThePostsThatShowIt() throws {
    let documents = try SampleDocuments.workspace()
    let posts = documents.documents(of: Post.kind)
    let asset = try #require(
      posts.compactMap { Post($0.value).assets.first?["asset"]?.string }.first { documents[$0] != nil })
    let comment = Document(
      path: try WorkspacePath("comments/c.json"),
      value: ["id": "01m6qqqqq0wb7d3mnfvs9552f1", "kind": "comment", "subject": .string(asset)],
      kind: try #require(SchemaSet.builtIn.kind(named: "comment")))
    let after = DocumentCollection(documents.all + [comment])
    let ties = TiedDocumentList(after.all.compactMap { DocumentTies(of: $0) })
    let place = try #require(after.all.firstIndex { $0.id == comment.id })
    let touched = try #require(
      TouchedDocuments(
        ([], [place]), before: TiedDocumentList(documents.all.compactMap { DocumentTies(of: $0) }),
        after: ties))
    let showing = after.all.indices.filter { ties.ties(of: $0).named.contains(asset) && $0 != place }
    #expect(!showing.isEmpty)
    #expect(touched.after.isSuperset(of: showing))
  }

  /// Nobody is asked about a document that the ties know not to ask, whatever the hour and however approval works.
  @Test(arguments: ["free", "optional", "required", "multi-level"])
  func whatAsksIsAmongWhatMayAsk(_ preset: String) throws {
    var asked = 0
    let documents = DocumentCollection(
      try SampleDocuments.workspace().all.map { document in
        guard document.kind.name == WorkspaceSettings.kind else { return document }
        var value = document.value
        try value.set(JSONValue(preset), at: "/workflow/preset")
        return Document(path: document.path, value: value, kind: document.kind)
      })
    let ties = TiedDocumentList(try documents.all.map { try #require(DocumentTies(of: $0)) })
    for month in -6...6 {
      let now = Instant(secondsSince1970: Fixtures.now.secondsSince1970 + month * 2_592_000)
      let may = Set(documentsThatMayAsk(among: ties, at: now).map { documents.all[$0].path })
      let states = EditorialStates(of: documents, at: now)
      let waiting = states.awaitedReviews().map(\.document.path)
      let inHand = Inbox(of: states, zone: .utc).entries.filter {
        $0.state.isOpen && !$0.peopleInHand.isEmpty
      }
      .map(\.document.path)
      #expect(Set(waiting + inHand).isSubset(of: may), "month \(month)")
      #expect(may.count < documents.all.count * 2 / 3, "month \(month)")
      asked += waiting.count + inHand.count
    }
    #expect(asked > 0)
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

  /// - Returns: Whether there was anything new to say, and not of everything.
  @discardableResult
  private func expectSameNews(in new: DocumentCollection, since old: DocumentCollection) throws -> Bool {
    let now = Tree.now
    let before = TiedDocumentList(try old.all.map { try #require(DocumentTies(of: $0)) })
    let after = TiedDocumentList(try new.all.map { try #require(DocumentTies(of: $0)) })
    let values = Dictionary(uniqueKeysWithValues: old.all.map { ($0.path, $0.value) })
    let newValues = Dictionary(uniqueKeysWithValues: new.all.map { ($0.path, $0.value) })
    let changed = (
      before: Set(old.all.indices.filter { newValues[old.all[$0].path] != old.all[$0].value }),
      after: Set(new.all.indices.filter { values[new.all[$0].path] != new.all[$0].value })
    )
    guard let touched = TouchedDocuments(changed, before: before, after: after) else { return false }
    func needed(_ all: DocumentCollection, _ ties: TiedDocumentList, _ paths: Set<WorkspacePath>)
      -> DocumentCollection
    {
      let asked = Set(all.all.indices.filter { paths.contains(all.all[$0].path) })
      return DocumentCollection(documentsNeeded(toCheck: asked, among: ties).map { all.all[$0] })
    }
    let texts = Set(touched.texts.map { new.all[$0].path })
    let asked = texts.union(touched.after.map { new.all[$0].path }).union(
      touched.before.map { old.all[$0].path })
    let found = newFindings(
      in: needed(new, after, asked), since: { needed(old, before, asked) },
      changed: Set(changed.after.map { new.all[$0].path }), texts: texts, asked: asked.contains,
      conflicted: [], conflictedBefore: { _ in [] }, provenance: nil, provenanceBefore: { _ in nil }, at: now)
    #expect(found == newFindings(in: new, since: old, at: now))
    return !found.isEmpty
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
