public import Documents
public import EditorialReview
public import JSONTree
public import Wording

/// Something that happened in a crisis.
public struct CrisisEvent: Hashable, Sendable {
  public enum Nature: Hashable, Sendable {
    case declared
    /// To the level with this id.
    case raised(to: String)
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
  /// What has no time that can be read comes first, where nobody overlooks it. Of things of one second the steps of the
  /// crisis come first, but its end last; else the paths of their documents decide.
  public func timeline(of document: Document) -> [CrisisEvent] {
    let activation = CrisisActivation(document.value)
    var events = documents.views(CrisisLogEntry.self).map(\.view).filter { $0.activation == document.id }
      .map(CrisisEvent.init)
    // Declared or ended without the command: the crisis says it by itself.
    if !events.contains(where: { $0.nature == .declared }) {
      events.append(
        CrisisEvent(
          nature: .declared, at: activation.declaredAt.flatMap { Moment(rfc3339: $0) },
          by: activation.declaredBy ?? document.value["createdBy"]?.string, text: activation.reason ?? ""))
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
    if activation.isClosed, !events.contains(where: { $0.nature == .closed }) {
      events.append(
        CrisisEvent(
          nature: .closed, at: activation.closedAt.flatMap { Moment(rfc3339: $0) }, by: activation.closedBy,
          text: ""))
    }
    return events.enumerated().sorted { left, right in
      (left.element.seconds, left.element.phase, left.offset)
        < (right.element.seconds, right.element.phase, right.offset)
    }.map(\.element)
  }
}

extension CrisisEvent {
  fileprivate init(_ entry: CrisisLogEntry) {
    let nature: Nature =
      switch entry.step {
      case (.declared, _)?: .declared
      case (.raised, let level)?: .raised(to: level.text)
      case (.closed, _)?: .closed
      case nil: .noted(entry.nature)
      }
    self.init(
      nature: nature, at: entry.at.flatMap { Moment(rfc3339: $0) }, by: entry.by, text: entry.text)
  }

  fileprivate var seconds: Int { at?.instant.secondsSince1970 ?? .min }

  fileprivate var phase: Int {
    switch nature {
    case .declared: 0
    case .raised: 1
    case .noted, .published: 2
    case .closed: 3
    }
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
    case .declared, .raised, .closed, .noted, .published: false
    }
  }
}
