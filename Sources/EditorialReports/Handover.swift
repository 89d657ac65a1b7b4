public import Documents
public import EditorialDesk
public import EditorialHistory
public import EditorialReview
public import JSONTree
public import ObjectModel
import ThreeWayMerge
public import Wording

/// What somebody has to know who takes over: what changed since they last looked, what waits, what was promised.
///
/// A pure function of its source: what the team knows at a moment, told for one person.
public struct Handover: Sendable {
  /// A document that others changed.
  public struct Changed: Hashable, Sendable {
    /// Where it is; where it was, for one that is gone.
    public var path: WorkspacePath
    public var id: JSONString?
    public var title: String
    public var change: DocumentChange.Change
    /// Fields of its own that were changed, by the bytes of their pointers.
    public var fields: [JSONPointer]
    /// Places of which it was chosen what stands there, by the bytes of their pointers.
    public var settled: [JSONPointer] = []
    /// How many decisions, comments and other records came to it.
    public var records: Int
    /// How many of them say that it went out.
    public var releases = 0
    /// How many of them say that it was taken back.
    public var withdrawals = 0
    /// How many of them are neither that nor a decision or a comment: figures, notes of a crisis.
    public var notes = 0
    /// Who did it, the latest first.
    public var people: [String]
    public var last: Moment
  }

  /// Something that was said to be done at a time.
  public struct Promise: Sendable {
    public enum Nature: Hashable, Sendable {
      case release(channel: JSONString, state: EditorialState)
      /// Somebody said that we would write again.
      case followUp
    }

    public var document: Document
    public var nature: Nature
    public var at: Moment
    public var isOver: Bool

    /// Nothing for a follow-up.
    fileprivate var channel: JSONString {
      if case .release(let channel, _) = nature { channel } else { "" }
    }
  }

  /// Those that somebody left newest first.
  public let changed: [Changed]
  /// What waits for a decision; what waits for this person first.
  public let waiting: [(review: AwaitedReview, isTheirs: Bool)]
  /// Conversations somebody has to see to, the most urgent first.
  public let conversations: [InboxEntry]
  /// By time.
  public let promises: [Promise]
  /// Crises that are not closed.
  public let crises: [Document]

  /// - Parameters:
  ///   - source: Its versions are those to tell of.
  ///   - member: For whom it is; `nil` for somebody the team does not know.
  public init(
    _ source: ReportSource, for member: JSONString?, in language: Language
  ) {
    let report = Report(source, in: language)
    let documents = source.documents
    changed = Self.changed(in: report)
    let reviews = report.states.awaitedReviews().map { review in
      (review: review, isTheirs: member.map { report.states.waits(review, for: $0) } ?? false)
    }
    waiting = reviews.filter(\.isTheirs) + reviews.filter { !$0.isTheirs }
    // As the inbox sees it: what was answered is not open, whatever somebody noted once.
    conversations = Inbox(of: report.states, zone: source.clock.rules).entries
      .filter { $0.state.isOpen || $0.state == .passedOn }
    crises = documents.views(CrisisActivation.self).filter { !$0.view.isClosed }.map(\.document)
    promises = Self.promises(in: report)
  }

  private static func changed(in report: Report) -> [Changed] {
    var order: [JSONString] = []
    var found: [JSONString: Changed] = [:]
    var counted: Set<JSONString> = []
    var made: Set<JSONString> = []
    // The oldest first, so that what was made and changed since is new.
    for version in report.source.versions.reversed() {
      for change in version.documents where !change.path.isSchema && !change.path.isOfTheSetUp {
        let document = change.id.flatMap { report.source.documents[$0] }
        let subject = document.flatMap { report.subject(of: $0) }
        let isRecord = document?.isRecord ?? false
        let key = subject?.id ?? change.id ?? JSONString(change.path.text)
        var entry =
          found[key]
          ?? Changed(
            path: subject?.path ?? change.path, id: subject?.id ?? change.id,
            title: subject.map(Self.title) ?? change.title?.text ?? change.path.text,
            change: isRecord ? .changed : change.change, fields: [], records: 0, people: [], last: version.at)
        if let document, isRecord {
          // One that was taken back and came back is one.
          if counted.insert(document.id).inserted { entry.add(document) }
        } else {
          if found[key] == nil, change.change == .added { made.insert(key) }
          entry.path = subject?.path ?? change.path
          entry.fields += change.fields.map(\.pointer).filter { !entry.fields.contains($0) }
          entry.settled += (change.conflicts?.settled ?? []).filter { !entry.settled.contains($0) }
          switch (entry.change, change.change) {
          case (.added, .changed), (.added, .moved), (.moved, .changed): break
          case (.removed, .added): entry.change = made.contains(key) ? .added : .changed
          case (_, let latest): entry.change = latest
          }
        }
        entry.people =
          [version.by.name] + entry.people.filter { !$0.utf8.elementsEqual(version.by.name.utf8) }
        entry.last = version.at
        order.removeAll { $0 == key }
        order.append(key)
        found[key] = entry
      }
    }
    return order.reversed().compactMap { key in found[key].map { (key, $0) } }.map { key, entry in
      var entry = entry
      // Whoever deleted it was contradicted, or took that back.
      if entry.change == .removed, let id = entry.id, report.source.documents[id] != nil {
        entry.change = made.contains(key) ? .added : .changed
      }
      func sorted(_ pointers: [JSONPointer]) -> [JSONPointer] {
        pointers.sorted { JSONString($0.description) < JSONString($1.description) }
      }
      (entry.fields, entry.settled) = (sorted(entry.fields), sorted(entry.settled))
      return entry
    }
  }

  /// A conversation has no title: it is known by who wrote what.
  private static func title(of document: Document) -> String {
    guard document.kind.name == Conversation.kind else { return document.title }
    return Conversation(document.value).beginning ?? document.title
  }

  private static func promises(in report: Report) -> [Promise] {
    let now = report.source.now
    var promises = report.states.plannedReleases.map { release in
      Promise(
        document: release.document, nature: .release(channel: release.channel, state: release.state),
        at: release.at, isOver: release.at.instant < now)
    }
    for (document, reply) in report.source.documents.views(Reply.self) {
      guard !["withdrawn", "superseded"].contains(reply.state),
        let stamp = document.value["followUpAt"]?.text,
        let (instant, offset) = Instant.parse(rfc3339: stamp)
      else { continue }
      let conversation = reply.conversation.flatMap { report.source.documents[$0] }
      if conversation.map({ Conversation($0.value).triage == "closed" }) ?? false { continue }
      promises.append(
        Promise(
          document: document, nature: .followUp, at: Moment(instant: instant, offset: offset),
          isOver: instant < now))
    }
    return promises.sorted {
      ($0.at.instant.secondsSince1970, $0.document.path, $0.channel)
        < ($1.at.instant.secondsSince1970, $1.document.path, $1.channel)
    }
  }
}

extension Handover.Changed {
  /// Counts a record of it.
  fileprivate mutating func add(_ record: Document) {
    records += 1
    switch record.kind.name {
    case Publication.kind:
      if Publication(record.value).nature == .withdrawal { withdrawals += 1 } else { releases += 1 }
    case Review.kind, Comment.kind: break
    default: notes += 1
    }
  }
}
