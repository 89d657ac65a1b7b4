import Documents
public import JSONTree
public import ObjectModel
import ThreeWayMerge

/// That somebody is asked to decide.
public struct ReviewRequest: Sendable {
  /// Who was asked, by id; nobody in particular where it is empty.
  public var reviewers: [JSONString]
  /// Whether that was not in the document already.
  public var isNew: Bool
  /// The comment that says what is asked; `nil` where nothing was said.
  public var comment: JSONString?
}

extension Workspace {
  /// Asks for a decision on a post or a reply: its state says so from now on, and whom; nothing is committed.
  ///
  /// - Parameters:
  ///   - people: Ids, addresses or names of members; added to those asked already.
  ///   - message: What is asked; becomes a comment on the document.
  /// - Throws: `WorkspaceError.notReviewable` for other kinds, of which everything waits that was decided about before;
  ///   `TeamError`.
  public func requestReview(
    of path: WorkspacePath, from people: [String], message: String?, by attribution: Attribution,
    random: inout some RandomNumberGenerator
  ) throws -> ReviewRequest {
    let document = try document(at: path)
    var isNew = false
    let kind = document["kind"]?.string
    guard kind == Post.kind || kind == Reply.kind else { throw WorkspaceError.notReviewable(path) }
    let asked = try people.map(member(named:))
    let isPost = kind == Post.kind
    var reviewers = asked
    _ = try change(path, for: "review", by: attribution) { value in
      guard var object = value.object else { return value }
      object["state"] = JSONValue(isPost ? "in-review" : "proposed")
      defer { isNew = .object(object) != value }
      guard isPost else { return .object(object) }
      let before = object["reviewers"]?.array?.compactMap(\.string) ?? []
      reviewers = before + asked.filter { !before.contains($0) }
      if !reviewers.isEmpty { object["reviewers"] = .array(reviewers.map(JSONValue.string)) }
      return .object(object)
    }
    var comment: JSONString?
    if let message, let id = document["id"] {
      let made = try makeDocument(
        kind: Comment.kind.text,
        DocumentWishes(fields: [
          ("/subject", id), ("/body", JSONValue(message)), ("/nature", "question"),
        ]), by: attribution, random: &random)
      comment = made.value["id"]?.string
    }
    return ReviewRequest(reviewers: reviewers, isNew: isNew, comment: comment)
  }

  /// The member somebody means: by id, by address, or by a part of the name that only one has.
  ///
  /// - Throws: `TeamError`.
  public func member(named words: String) throws -> JSONString {
    let member = try Team(document(at: teamFile)).member(meantBy: words)
    guard let id = member.id else { throw TeamError.unknownMember(words, known: []) }
    return id
  }
}
