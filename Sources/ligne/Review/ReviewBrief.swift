import Documents
import EditorialChecks
import EditorialHistory
import EditorialReview
import HistoryIndex
import JSONTree
import ObjectModel
import SyncEngine
import Wording

/// Everything a person needs before deciding about one document.
struct ReviewBrief {
  var awaited: AwaitedReview
  var title: String
  var path: WorkspacePath
  var contentHash: ContentHash
  /// Of a post: where it goes.
  var places: [Place] = []
  /// The words that were decided about before, one entry for each decision that still counts, the newest first.
  var seen: [SeenWords]
  /// What changed since this person decided, else since anybody approved; `nil` where nobody did.
  var basis: SeenWords?
  var findings: [Finding]
  /// Open conversations, answers behind what they answer.
  var comments: [ListedComment]
  /// Of a post: its pictures and the like, each once.
  var pictures: [Picture] = []
  var remaining: [Remaining]
  /// Of a reply: what it answers.
  var answered: Conversation.Message?
  /// Changes of the team or the workflow that wait for a yes.
  var waitingChanges: [Authority.WaitingChange] = []
  /// What the fields of the document are called.
  var fields: FieldNames
  /// Who was asked to decide, by id; nobody where anybody may.
  var asked: [JSONString]
  /// For whom it waits now, by id.
  var waitsFor: [JSONString] = []
  /// Who looks.
  var person: JSONString
  /// Why a yes of whoever looks would count for nothing; `nil` where it would, also with the voice of another.
  var objectionToYes: ReviewStatus.Disqualification?
  /// The names of people, by id.
  var names: [JSONString: String]

  struct Place {
    var channel: JSONString
    var platform, handle: String?
    var state: EditorialState
    var time: String?
  }

  /// A picture as the public gets it.
  struct Picture: Hashable {
    /// What we call it; its id where its record is gone.
    var title: String
    /// Where it is.
    var place: String?
    /// What is read out where it can’t be seen; `nil` for nothing.
    var altText: String?
    /// Which part of it is shown; `nil` for all.
    var crop: JSONValue?
  }

  var document: Document { awaited.document }

  func name(of person: JSONString) -> String { names[person] ?? person.text }
}

/// Makes briefs; reads what all of them share once.
struct ReviewDesk {
  let workspace: Workspace
  let session: Session
  let folder: DocumentsOfFolder
  let states: EditorialStates
  private let history: History
  private let clock: ZonedClock
  /// Who decides: the id of a member, else a name.
  let person: JSONString

  /// - Parameter path: The only document that will be looked at, which costs what it is tied to; `nil` for all.
  init(_ workspace: Workspace, _ session: Session, around path: WorkspacePath? = nil) throws {
    (self.workspace, self.session) = (workspace, session)
    folder =
      try path.map { try session.documentsOfFolder(around: $0, in: workspace) }
      ?? session.documentsOfFolder(in: workspace)
    // Whoever only looks need not say who they are.
    let attribution = try session.attributionIfKnown(in: workspace)
    states = try workspace.states(of: folder, at: session.date().instant, by: attribution)
    history = try session.historyOfDocuments(in: workspace).history
    clock = try session.when(in: workspace).clock
    person = JSONString(try attribution.map(workspace.person) ?? "")
  }

  /// The documents that wait for somebody.
  func waiting() -> [AwaitedReview] { states.awaitedReviews() }

  /// Those that wait for this person.
  ///
  /// - Parameter other: Whose voice the person speaks with; `nil` for their own.
  func waitingForMe(onBehalfOf other: JSONString? = nil) -> [AwaitedReview] {
    states.awaitedReviews().filter { states.waits($0, for: person, onBehalfOf: other) }
  }

  /// What waits for those who gave this person their voice, and not for the person.
  func remarkOnVoices() -> Sentence? {
    let all = states.awaitedReviews().filter { !states.waits($0, for: person) }
    for other in states.voices(givenTo: person) {
      let count = all.count { states.waits($0, for: person, onBehalfOf: other) }
      if count == 0 { continue }
      let documents = CountedNoun(
        fr: ("document attend", "documents attendent"), en: ("document waits", "documents wait")
      ).counted(count)
      let name = folder.collection.single(Documents.Team.self)?.member(other)?.name ?? other.text
      return Sentence(
        fr: "\(documents.french) \(name), qui vous a délégué sa voix : « ligne review --for \(other) ».",
        en: "\(documents.english) for \(name), who gave you their voice: “ligne review --for \(other)”.")
    }
    return nil
  }

  func brief(of document: Document) throws -> ReviewBrief {
    let awaited = states.awaitedReview(of: document)
    return try brief(of: awaited ?? states.review(of: document), waits: awaited != nil)
  }

  /// - Parameters:
  ///   - isForReading: Whether somebody is about to read the words; a list needs no findings and no comments.
  ///   - waits: Whether it waits for anybody.
  func brief(
    of awaited: AwaitedReview, isForReading: Bool = true, waits: Bool = true
  ) throws -> ReviewBrief {
    let document = awaited.document
    let decisions = awaited.decisions.filter { $0.counts && $0.verdict != .abstain }
    var seen: [SeenWords] = []
    if !decisions.isEmpty {
      let search = try SeenWordsSearch(of: document, in: folder, history, workspace)
      seen = try decisions.reversed().map(search.words)
    }
    let basis =
      seen.first { $0.decision.by == person && $0.value != nil }
      ?? seen.first { $0.decision.verdict == .approve && $0.value != nil }
    let findings = isForReading ? try workspace.check([document.path], at: states.now).findings : []
    let collection = folder.collection
    let team = collection.single(Documents.Team.self)
    let fields = FieldNames(
      of: document.kind,
      calling: { id, what in what == "member" ? team?.member(id)?.name : collection[id]?.title },
      clock: clock)
    return ReviewBrief(
      awaited: awaited, title: document.title, path: document.path,
      contentHash: folder.collection.contentHash(of: document), places: places(of: awaited), seen: seen,
      basis: basis, findings: findings.filter { $0.path == document.path },
      comments: isForReading ? try workspace.listedComments(on: document.path, onlyOpen: true) : [],
      pictures: pictures(of: document),
      remaining: isForReading ? remaining(of: document, in: folder.collection) : [],
      answered: isForReading ? answered(by: document) : nil,
      waitingChanges: states.authority.waitingChanges(in: document.kind.name),
      fields: fields, asked: document.value["reviewers"]?.array?.compactMap(\.string) ?? [],
      waitsFor: isForReading && waits ? states.peopleAsked(awaited) : [], person: person,
      objectionToYes: isForReading ? objection(toYesTo: document) : nil,
      names: Dictionary(
        (team?.members ?? []).compactMap { member in member.id.map { ($0, member.name ?? $0.text) } },
        uniquingKeysWith: { first, _ in first }))
  }

  private func objection(toYesTo document: Document) -> ReviewStatus.Disqualification? {
    // Whoever does not say who they are is told what anybody may do.
    if person.text.isEmpty { return nil }
    let channels = document.kind.name == Post.kind ? Post(document.value).variants.map(\.channel) : []
    let objections = ([nil] + states.voices(givenTo: person)).map { voice in
      states.objection(to: .approve, by: person, onBehalfOf: voice, on: document, channels: channels)
    }
    if let objection = objections.first, !objections.contains(nil) { return objection }
    return states.needsKey(of: person, toApprove: document) ? .noKey : nil
  }

  private func pictures(of document: Document) -> [ReviewBrief.Picture] {
    guard document.kind.name == Post.kind else { return [] }
    let post = Post(document.value)
    let inThreads = post.variants.flatMap { $0.thread.flatMap { $0["assets"]?.array ?? [] } }
    var pictures: [ReviewBrief.Picture] = []
    let uses = post.assets.map { (id: $0["asset"], altText: $0["altText"]?.text, crop: $0["crop"]) }
    for (id, own, crop) in uses + inThreads.map({ (id: $0, altText: nil, crop: nil) }) {
      let asset = id?.string.flatMap { folder.collection[$0] }.map { Asset($0.value) }
      let altText = [own, asset?.altText].compactMap(\.self).first { !$0.isEmpty }
      let picture = ReviewBrief.Picture(
        title: asset?.title ?? id?.text ?? "?", place: asset.flatMap { $0.place }, altText: altText,
        crop: crop.flatMap { $0.saysNothing ? nil : $0 })
      if !pictures.contains(picture) { pictures.append(picture) }
    }
    return pictures
  }

  private func answered(by document: Document) -> Conversation.Message? {
    guard document.kind.name == Reply.kind else { return nil }
    let reply = Reply(document.value)
    let conversation = reply.conversation.flatMap { folder.collection[$0] }.map { Conversation($0.value) }
    return conversation?.messages.first { $0.externalId != nil && $0.externalId == reply.inReplyTo }
  }

  private func places(of awaited: AwaitedReview) -> [ReviewBrief.Place] {
    let post = Post(awaited.document.value)
    let channels = folder.collection.channels
    return awaited.standings.map { standing in
      let channel = channels.first { $0.id == standing.channel }
      let variant = post.variants.first { $0.channel == standing.channel }
      return ReviewBrief.Place(
        channel: standing.channel, platform: channel?.platform, handle: channel?.handle,
        state: standing.state,
        time: variant?.schedule?.at)
    }
  }
}
