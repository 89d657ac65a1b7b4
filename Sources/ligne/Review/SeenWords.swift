import Documents
import EditorialChecks
import EditorialHistory
import EditorialReview
import JSONTree
import ObjectModel
import SyncEngine
import ThreeWayMerge

/// What somebody had before their eyes when they decided, and what became of it since.
struct SeenWords {
  var decision: ReviewStatus.Decision
  /// The document as it was; `nil` where no version of it says the same.
  var value: JSONValue?
  /// The fields that are others now.
  var changes: [FieldChange] = []
  /// The versions that came after it, newest first.
  var since: [Version] = []
  /// The channels whose account, as it is named outside, is another.
  var otherAccounts: [JSONString] = []
  /// Whether the pictures or what is read out in their place are others now, be it in the post or in their own records.
  var hasOtherPictures = false

  /// Whether the pictures are all that is known to be another.
  var isOfPicturesAlone: Bool {
    hasOtherPictures && value != nil && changes.allSatisfy { $0.pointer.steps.first == .key("assets") }
  }
}

/// Looks up in the history of one document what people decided about.
struct SeenWordsSearch {
  private let document: Document
  /// Also what earlier versions of the document showed.
  private let folder: DocumentsOfFolder
  private let rule: MergeRule
  private let history: History
  private let workspace: Workspace
  /// Newest first, the folder's own state left out.
  private let past: [(version: Version, value: JSONValue)]

  init(
    of document: Document, in folder: DocumentsOfFolder, _ history: History,
    _ workspace: Workspace
  ) throws {
    (self.document, self.history, self.workspace) = (document, history, workspace)
    rule = document.kind.mergeRule
    var past: [(version: Version, value: JSONValue)] = []
    for version in try history.versions(of: document.path) {
      guard let path = version.documents.first?.path else { continue }
      let tree = try workspace.objects.commit(version.id).tree
      guard let value = try? workspace.document(at: path, inTree: tree) else { continue }
      past.append((version, value))
    }
    self.past = past
    let kind = document.kind
    let shown = past.compactMap { entry in
      DocumentTies(of: Document(path: document.path, value: entry.value, kind: kind))
    }
    self.folder = try workspace.documentsOfFolder(folder, and: Set(shown.flatMap(\.named)))
  }

  /// What a decision was about, as far as history shows it.
  func words(of decision: ReviewStatus.Decision) throws -> SeenWords {
    var seen = SeenWords(decision: decision)
    seen.otherAccounts = decision.review.contents.filter { entry in
      guard document.kind.name == Post.kind, let account = entry.seen.account else { return false }
      return account != folder.collection.content(of: Post(document.value), on: entry.channel).account
    }.map(\.channel)
    seen.hasOtherPictures = decision.review.contents.contains { entry in
      guard document.kind.name == Post.kind, let assets = entry.seen.assets else { return false }
      return assets != folder.collection.content(of: Post(document.value), on: entry.channel).assets
    }
    if says(document.value, what: decision) {
      seen.value = document.value
      return seen
    }
    // One that says the same to the letter, pictures and all, goes before one that has the same words.
    let exact = past.firstIndex { says($0.value, what: decision) }
    if exact == nil, says(document.value, what: decision, wordsAlone: true) {
      seen.value = document.value
      return seen
    }
    let value: JSONValue
    if let place = exact ?? past.firstIndex(where: { says($0.value, what: decision, wordsAlone: true) }) {
      value = past[place].value
      seen.since = past[..<place].map(\.version)
    } else if let joined = try joinedWords(of: decision) {
      (value, seen.since) = joined
    } else {
      return seen
    }
    seen.value = value
    seen.changes = fieldChanges(from: value, to: document.value, rule: rule).filter { change in
      isPublic(change.pointer)
    }
    return seen
  }

  /// What stood in the folder of whoever decided, and the versions that came after: a text that a merge made is in no
  /// version of anybody’s.
  private func joinedWords(
    of decision: ReviewStatus.Decision
  ) throws -> (value: JSONValue, since: [Version])? {
    // A record is written once: the oldest version of it brought it.
    guard let brought = try history.versions(of: decision.document.path).last?.id else { return nil }
    let commit = try workspace.objects.commit(brought)
    for tree in [commit.tree, try workspace.treeBefore(commit)].compactMap({ $0 }) {
      guard let path = try history.path(of: document.path, in: brought),
        // What can’t be read says nothing of what was decided.
        let value = try? workspace.document(at: path, inTree: tree),
        says(value, what: decision) || says(value, what: decision, wordsAlone: true)
      else { continue }
      let unseen = try workspace.commits(past.map(\.version.id), notBehind: brought)
      return (value, past.map(\.version).filter { unseen.contains($0.id) })
    }
    return nil
  }

  /// Whether a version of the document says what a decision was about.
  ///
  /// - Parameter wordsAlone: Whether parts that depend on other documents, as accounts and pictures do, may be others.
  private func says(
    _ value: JSONValue, what decision: ReviewStatus.Decision, wordsAlone: Bool = false
  ) -> Bool {
    let old = Document(path: document.path, value: value, kind: document.kind)
    if document.kind.name == Post.kind, !decision.review.contents.isEmpty {
      let post = Post(value)
      return decision.review.contents.allSatisfy { entry in
        let content = folder.collection.content(of: post, on: entry.channel)
        return wordsAlone ? content.text == entry.seen.text : content.hash == entry.seen.content
      }
    }
    let hash =
      decision.review.scope.isEmpty
      ? folder.collection.contentHash(of: old)
      : folder.collection.contentHash(of: Post(value), on: decision.review.scope)
    return hash == decision.review.contentHash
  }

  /// Whether the public sees a field, or a reviewer has to: not how work on the document stands.
  private func isPublic(_ pointer: JSONPointer) -> Bool {
    guard case .key(let key)? = pointer.steps.first else { return true }
    let inner = ["brief", "title", "reviewers", "checklist", "waivers", "campaign", "pillar", "sources"]
    let isInner = document.kind.name == Post.kind && inner.contains { JSONString($0) == key }
    return !DocumentCollection.bookkeeping.contains(key) && !isInner
  }
}
