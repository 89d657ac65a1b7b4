public import Documents
public import EditorialReview
public import JSONTree
public import Wording

/// Something that happened in a crisis.
public struct CrisisEvent: Hashable, Sendable {
  public enum Nature: Hashable, Sendable {
    case declared
    case noted(CrisisLogEntry.Nature)
    /// One of its statements went out, was corrected or withdrawn.
    case published(Publication.Nature, channel: String, url: String?)
    case closed
  }

  public var nature: Nature
  /// `nil` where nobody noted it in a way that can be read.
  public var at: Moment?
  /// Who did or noted it, by id.
  public var by: JSONString?
  /// In whose words it is told: those of the note, of the reason, or the title of the post.
  public var text: String
}

extension EditorialStates {
  /// What happened in a crisis, in the order of time: its declaration, what was noted, what was said in public, its end.
  ///
  /// What has no time that can be read comes first, where nobody overlooks it. Two things of one second come in the order
  /// of the paths of their documents.
  public func timeline(of document: Document) -> [CrisisEvent] {
    let activation = CrisisActivation(document.value)
    var events = [
      CrisisEvent(
        nature: .declared, at: activation.declaredAt.flatMap { Moment(rfc3339: $0) },
        by: activation.declaredBy ?? document.value["createdBy"]?.string, text: activation.reason ?? "")
    ]
    for (_, entry) in documents.views(CrisisLogEntry.self) where entry.activation == document.id {
      events.append(
        CrisisEvent(
          nature: .noted(entry.nature), at: entry.at.flatMap { Moment(rfc3339: $0) }, by: entry.by,
          text: entry.text))
    }
    let posts = Set(activation.statementPosts.map(\.post))
    for (_, publication) in documents.views(Publication.self) {
      guard let post = publication.post, posts.contains(post) else { continue }
      events.append(
        CrisisEvent(
          nature: .published(
            publication.nature, channel: publication.channel?.text ?? "?", url: publication.url),
          at: publication.at.flatMap { Moment(rfc3339: $0) }, by: publication.by,
          text: documents[post]?.title ?? post.text))
    }
    if activation.isClosed {
      events.append(
        CrisisEvent(
          nature: .closed, at: activation.closedAt.flatMap { Moment(rfc3339: $0) }, by: activation.closedBy,
          text: ""))
    }
    return events.enumerated().sorted { left, right in
      (left.element.at?.instant.secondsSince1970 ?? .min, left.offset)
        < (right.element.at?.instant.secondsSince1970 ?? .min, right.offset)
    }.map(\.element)
  }
}

/// When something has to be said in public next.
public struct CrisisDeadline: Hashable, Sendable {
  public enum Nature: String, Hashable, Sendable {
    case firstResponse = "first-response"
    case update
  }

  public var nature: Nature
  public var at: Moment
  public var isLate: Bool
}

extension CrisisDeadline {
  /// - Parameters:
  ///   - timeline: What happened; a message noted, or a statement that went out, is something said.
  ///   - level: What the plan asks at it.
  /// - Returns: `nil` where the plan sets no such time.
  init?(of timeline: [CrisisEvent], at level: CrisisPlan.Level, now: Instant) {
    let declared = timeline.first { $0.nature == .declared }?.at
    let said = timeline.last { $0.at != nil && $0.isSaidInPublic }?.at
    let (nature, start, length): (Nature, Moment?, String?) =
      said.map { (.update, $0, level.updateEvery) } ?? (.firstResponse, declared, level.firstResponse)
    guard let start, let period = length.flatMap({ Period($0) }) else { return nil }
    self.nature = nature
    at = period.after(start)
    isLate = at.instant < now
  }
}

extension CrisisEvent {
  fileprivate var isSaidInPublic: Bool {
    switch nature {
    case .noted(.message), .published(.publication, _, _), .published(.correction, _, _): true
    case .declared, .closed, .noted, .published: false
    }
  }
}
