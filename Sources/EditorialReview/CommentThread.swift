public import Documents
public import JSONTree

/// A comment, where it belongs, and what people made of it.
public struct StandingComment: Sendable {
  public let document: Document
  public let comment: Comment
  public let place: CommentPlace
  /// Acceptances and resolutions, in the order of their ids; two people may settle a comment apart.
  public let settlements: [Document]

  public enum State: String, CaseIterable, Hashable, Sendable {
    case open
    /// Somebody wrote the suggested words into the document.
    case accepted
    case resolved
  }

  public var state: State {
    if settlements.isEmpty { return .open }
    return settlements.contains { Comment($0.value).nature == .acceptance } ? .accepted : .resolved
  }

  public var isOpen: Bool { settlements.isEmpty }
}

/// A comment with the answers to it.
public struct CommentThread: Sendable {
  public let first: StandingComment
  /// In the order of their ids, which is that of time.
  public let answers: [StandingComment]

  /// Whether somebody still has to look: the comment is open, or a suggestion made in answer to it.
  public var isOpen: Bool {
    first.isOpen || answers.contains { $0.isOpen && $0.comment.nature == .suggestion }
  }
}

/// The comments of a workspace, by the document they are about.
public struct CommentThreads: Sendable {
  private let bySubject: [JSONString: [Document]]
  private let settlements: [JSONString: [Document]]

  /// - Parameter documents: Comments; documents of other kinds are passed over.
  public init(of documents: some Sequence<Document>) {
    var (bySubject, settlements): ([JSONString: [Document]], [JSONString: [Document]]) = ([:], [:])
    for document in documents.filter({ $0.kind.name == Comment.kind }).sorted(by: { $0.id < $1.id }) {
      let comment = Comment(document.value)
      if comment.nature.settles {
        settlements[comment.parent ?? "", default: []].append(document)
      } else {
        bySubject[comment.subject ?? "", default: []].append(document)
      }
    }
    (self.bySubject, self.settlements) = (bySubject, settlements)
  }

  /// The comments on a document in the order of their places, those on the whole document first.
  public func threads(on document: Document) -> [CommentThread] {
    let comments = bySubject[document.id] ?? []
    let parents = Dictionary(comments.map { ($0.id, Comment($0.value).parent) }) { first, _ in first }
    /// The comment that a conversation began with; an answer to one that is not here begins its own.
    func root(_ id: JSONString) -> JSONString {
      var (id, steps) = (id, 0)
      // Two records may claim to answer each other.
      while let parent = parents[id] ?? nil, parents[parent] != nil, steps < parents.count {
        (id, steps) = (parent, steps + 1)
      }
      return steps < parents.count ? id : parents.keys.min() ?? id
    }
    let groups = Dictionary(grouping: comments) { root($0.id) }
    let threads = groups.keys.sorted().compactMap { id -> CommentThread? in
      let group = (groups[id] ?? []).map { standing($0, in: document) }
      guard let first = group.first(where: { $0.document.id == id }) ?? group.first else { return nil }
      return CommentThread(first: first, answers: group.filter { $0.document.id != first.document.id })
    }
    return threads.sorted { left, right in
      order(of: left.first) < order(of: right.first)
    }
  }

  private func order(of comment: StandingComment) -> (JSONString, Int, JSONString) {
    let place = comment.place
    return (
      JSONString(place.pointer?.description ?? ""), place.range?.lowerBound ?? -1, comment.document.id
    )
  }

  private func standing(_ document: Document, in subject: Document) -> StandingComment {
    let comment = Comment(document.value)
    return StandingComment(
      document: document, comment: comment, place: comment.place(in: subject),
      settlements: settlements[document.id] ?? [])
  }

  /// The ids of the documents that somebody commented on, sorted.
  public var subjects: [JSONString] { bySubject.keys.sorted() }

  /// What settled a comment, in the order of ids.
  public func settlements(of comment: JSONString) -> [Document] { settlements[comment] ?? [] }
}

extension Comment.Nature {
  /// Whether it says what became of another comment.
  public var settles: Bool { self == .acceptance || self == .resolution }
}
