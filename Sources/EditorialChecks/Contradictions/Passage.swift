import Documents
import EditorialReview
import JSONTree

/// A comment, the document it is about and what that says now at its place.
struct Passage {
  let comment: Document
  let view: Comment
  let subject: Document
  let place: CommentPlace

  /// Whether the words the comment is tied to are still there; `nil` where it is tied to none.
  var holdsQuote: Bool? { place.quote.map { _ in place.standing.holdsWords } }
}

extension Situation {
  /// Comments on places of documents that may still change, with their answers by nature.
  func passages() -> [(passage: Passage, answers: [Comment])] {
    let comments = documents.views(Comment.self)
    let answers = Dictionary(grouping: comments.compactMap { $0.view.parent == nil ? nil : $0.view }) {
      $0.parent ?? ""
    }
    return comments.compactMap { document, comment in
      guard let subject = comment.subject.flatMap({ documents[$0] }), mayChange(subject),
        comment.pointer != nil
      else { return nil }
      let passage = Passage(
        comment: document, view: comment, subject: subject, place: comment.place(in: subject))
      return (passage, answers[document.id] ?? [])
    }
  }

  private func mayChange(_ document: Document) -> Bool {
    switch document.kind.name {
    case Post.kind: postStates[document.id]?.isAhead ?? true
    case Reply.kind: states.state(ofReply: document).isAhead
    default: true
    }
  }
}
