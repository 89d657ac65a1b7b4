public import Documents
import EditorialDesk
import EditorialReview
public import JSONTree
public import ObjectModel
import Wording

/// What somebody declares to be a crisis.
public struct CrisisWish: Sendable {
  public var plan: WorkspacePath
  /// An id, a rank or a name of one of the plan's levels.
  public var level: String
  /// What is happening.
  public var reason: String?
  /// What it is about; nothing at all is the whole workspace.
  public var channels: [String] = []
  public var campaigns: [JSONString] = []
  public var labels: [String] = []
  public var hold: CrisisActivation.Hold = .all

  public init(_ plan: WorkspacePath, level: String) { (self.plan, self.level) = (plan, level) }
}

/// A crisis about which something was written down, and the version that holds just that.
public struct CrisisVersion: Sendable {
  public var path: WorkspacePath
  public var id: JSONString
  /// The entry of the log that came with it.
  public var entry: JSONString?
  public var commit: ObjectID
}

extension Workspace {
  /// Puts a plan to use: writes the activation and its first log entry, and makes a version of exactly these.
  ///
  /// A crisis must reach colleagues with one more command, so nobody is left to think of a commit; whatever else is
  /// uncommitted in the folder stays so.
  ///
  /// - Throws: `CrisisRefused` for what is no plan, for an unknown level, and where the plan is in use already;
  ///   `WorkspaceError.unknownChannel`.
  public func declareCrisis(
    _ wish: CrisisWish, by attribution: Attribution, random: inout some RandomNumberGenerator
  ) throws -> CrisisVersion {
    let documents = try documentsOfFolder().collection
    guard let document = documents.all.first(where: { $0.path == wish.plan }) else {
      throw CrisisRefused.notAPlan(wish.plan.text)
    }
    let plan = try CrisisPlan(document)
    let level = try plan.level(meantBy: wish.level)
    try refuse(redeclaring: document, among: documents)
    try refuseUnknown(channels: wish.channels)
    try refuseUnfinishedGit()
    let text = plan.words.declared(level, reason: wish.reason)
    let made = try unwrittenDocument(
      kind: CrisisActivation.kind.text,
      DocumentWishes(
        title: document.title,
        fields: wish.fields(level, planHash: documents.contentHash(of: document), document)),
      by: attribution, random: &random)
    guard let id = made.value["id"]?.string else { throw CrisisRefused.notACrisis(made.path.text) }
    let entry = try unwrittenEntry(
      of: id, .decision, text, refs: [CrisisLogEntry.Step.declared.reference(level: level.id ?? "")],
      by: attribution,
      random: &random)
    return try version(
      of: [Edit(path: made.path, value: made.value, basis: .reading(nil))], entry: entry,
      message: text, about: (made.path, id), by: attribution)
  }

  private func refuse(redeclaring plan: Document, among documents: DocumentCollection) throws {
    let open = documents.views(CrisisActivation.self).filter { $0.view.plan == plan.id && !$0.view.isClosed }
    guard let (crisis, activation) = open.first else { return }
    let level = activation.level.map { CrisisPlan(plan.value).level(JSONString($0))?.shownName ?? $0 } ?? "?"
    throw CrisisRefused.alreadyDeclared(
      plan: plan.title, crisis: crisis.path.shortName, level: level,
      by: try activation.declaredBy.map { try name(of: $0) } ?? "?")
  }

  /// Raises the level of an open crisis, and notes it.
  ///
  /// - Throws: `CrisisRefused` for a closed one, and for a level that is not higher.
  public func raiseCrisis(
    _ path: WorkspacePath, to words: String, reason: String?, by attribution: Attribution,
    random: inout some RandomNumberGenerator
  ) throws -> CrisisVersion {
    let crisis = try crisis(at: path)
    try crisis.refuseIfClosed()
    guard let document = crisis.plan else { throw CrisisRefused.planGone }
    let plan = CrisisPlan(document.value)
    let level = try plan.level(meantBy: words)
    let current = crisis.activation.level.flatMap { plan.level(JSONString($0)) }
    if let current, (level.rank ?? 0) <= (current.rank ?? 0) {
      throw CrisisRefused.notHigher(
        now: current.shownName, asked: level.shownName, crisis: path.shortName)
    }
    let text = plan.words.raised(
      from: current?.shownName ?? crisis.activation.level ?? "?", to: level, reason: reason)
    // Where somebody closed it at the level it had, it is not this crisis that was closed.
    return try record(
      text, .decision, refs: [CrisisLogEntry.Step.raised.reference(level: level.id ?? "")], on: crisis,
      by: attribution,
      random: &random
    ) { object in
      object["level"] = level.id.map(JSONValue.string)
      object["state"] = "active"
      for key: JSONString in ["closedAt", "closedBy", "closedLevel"] { object[key] = nil }
    }
  }

  /// Ends an open crisis, at the level it has. What it held stays where it is: nothing goes out by itself.
  ///
  /// - Throws: `CrisisRefused.closed`.
  public func endCrisis(
    _ path: WorkspacePath, reason: String?, by attribution: Attribution,
    random: inout some RandomNumberGenerator
  ) throws -> CrisisVersion {
    let crisis = try crisis(at: path)
    try crisis.refuseIfClosed()
    let person = try person(attribution)
    let words = CrisisPlan(crisis.plan?.value ?? .null).words
    let level = JSONString(crisis.activation.level ?? "")
    return try record(
      words.closed(reason: reason), .decision, refs: [CrisisLogEntry.Step.closed.reference(level: level)],
      on: crisis,
      by: attribution, random: &random
    ) { object in
      object["state"] = "closed"
      object["closedAt"] = JSONValue(attribution.moment.description)
      object["closedBy"] = JSONValue(person)
      object["closedLevel"] = object["level"]
    }
  }

  /// Notes what happened, in an entry of its own that nobody changes later.
  ///
  /// - Throws: `CrisisRefused.nothingSaid` for nothing but white space.
  public func noteInCrisis(
    _ path: WorkspacePath, _ nature: CrisisLogEntry.Nature, _ text: String, by attribution: Attribution,
    random: inout some RandomNumberGenerator
  ) throws -> CrisisVersion {
    guard text.contains(where: { !$0.isWhitespace }) else { throw CrisisRefused.nothingSaid }
    let crisis = try crisis(at: path)
    return try record(text, nature, on: crisis, by: attribution, random: &random, changing: nil)
  }
}

// MARK: - Finding and writing

/// A declared crisis as it stands in the folder, with its plan.
struct CrisisInFolder {
  var document: Document
  var plan: Document?
  /// The file it was read from.
  var basis: ObjectID

  var activation: CrisisActivation { CrisisActivation(document.value) }

  func refuseIfClosed() throws(CrisisRefused) {
    if activation.isClosed {
      throw .closed(crisis: document.title, plan: plan?.path.shortName)
    }
  }
}

extension Workspace {
  func crisis(at path: WorkspacePath) throws -> CrisisInFolder {
    guard let bytes = try bytes(at: path) else { throw WorkspaceError.deletedDocument(path) }
    let document = try readableDocument(at: path)
    guard document.kind.name == CrisisActivation.kind else { throw CrisisRefused.notACrisis(path.text) }
    let plan = try CrisisActivation(document.value).plan.flatMap { id -> Document? in
      do {
        return try readableDocument(at: findDocument(id.text))
      } catch WorkspaceError.unknownDocument, WorkspaceError.deletedDocument {
        return nil
      }
    }
    return CrisisInFolder(document: document, plan: plan, basis: try objects.write(blob: bytes))
  }

  /// Writes an entry of the log and, with it, a change of the crisis; makes a version of just that.
  func record(
    _ text: String, _ nature: CrisisLogEntry.Nature, refs: [JSONString] = [], on crisis: CrisisInFolder,
    by attribution: Attribution, random: inout some RandomNumberGenerator, also others: [Edit] = [],
    changing change: ((inout JSONObject) -> Void)?
  ) throws -> CrisisVersion {
    try refuseUnfinishedGit()
    let (path, id) = (crisis.document.path, crisis.document.id)
    let entry = try unwrittenEntry(of: id, nature, text, refs: refs, by: attribution, random: &random)
    var edits = others
    if let change, case .object(var object) = crisis.document.value {
      change(&object)
      edits.append(Edit(path: path, value: .object(object), basis: .reading(crisis.basis)))
    }
    return try version(of: edits, entry: entry, message: text, about: (path, id), by: attribution)
  }

  private func unwrittenEntry(
    of crisis: JSONString, _ nature: CrisisLogEntry.Nature, _ text: String, refs: [JSONString],
    by attribution: Attribution, random: inout some RandomNumberGenerator
  ) throws -> (path: WorkspacePath, value: JSONValue) {
    var fields: [(pointer: JSONPointer, value: JSONValue)] = [
      ("/activation", .string(crisis)), ("/nature", JSONValue(nature.rawValue)),
    ]
    if !refs.isEmpty { fields.append(("/refs", .array(refs.map(JSONValue.string)))) }
    let created = attribution.moment.description
    let before = try documentsOfFolder().collection.views(CrisisLogEntry.self).filter { document, entry in
      entry.activation == crisis && document.value["createdAt"]?.text == created
    }
    return try unwrittenDocument(
      kind: CrisisLogEntry.kind.text, DocumentWishes(body: text, fields: fields), by: attribution,
      after: before.count, random: &random)
  }

  private func version(
    of edits: [Edit], entry: (path: WorkspacePath, value: JSONValue), message: String,
    about crisis: (path: WorkspacePath, id: JSONString), by attribution: Attribution
  ) throws -> CrisisVersion {
    let all = edits + [Edit(path: entry.path, value: entry.value, basis: .reading(nil))]
    try write(all, for: "crisis", by: attribution)
    let report = try commit(all.map(\.path), message: message, by: attribution)
    return CrisisVersion(
      path: crisis.path, id: crisis.id, entry: entry.value["id"]?.string, commit: report.commit)
  }
}

extension CrisisPlan {
  /// - Throws: `CrisisRefused` for another document, and for a plan nobody can declare.
  fileprivate init(_ document: Document) throws(CrisisRefused) {
    guard document.kind.name == CrisisPlan.kind else { throw .notAPlan(document.path.text) }
    self.init(document.value)
    if levels.isEmpty { throw .noLevels(plan: document.title) }
  }
}

extension CrisisWish {
  fileprivate func fields(
    _ level: CrisisPlan.Level, planHash: ContentHash, _ plan: Document
  ) -> [(pointer: JSONPointer, value: JSONValue)] {
    var fields: [(pointer: JSONPointer, value: JSONValue)] = [
      ("/plan", .string(plan.id)), ("/planHash", JSONValue(planHash.hex)),
      ("/level", level.id.map(JSONValue.string) ?? .null), ("/hold", JSONValue(hold.rawValue)),
      ("/state", "active"),
    ]
    if let reason { fields.append(("/reason", JSONValue(reason))) }
    let scope: [(JSONPointer, [JSONString])] = [
      ("/scope/campaigns", campaigns), ("/scope/channels", channels.map { JSONString($0) }),
      ("/scope/labels", labels.map { JSONString($0) }),
    ]
    for (pointer, ids) in scope where !ids.isEmpty {
      fields.append((pointer, .array(Set(ids).sorted().map(JSONValue.string))))
    }
    return fields
  }
}

extension Attribution {
  /// When it is done.
  var moment: Moment {
    Moment(
      instant: Instant(secondsSince1970: Int(time)), offset: UTCOffset(minutes: offsetMinutes))
  }
}

extension Workspace {
  /// Whether the folder has a document otherwise than the newest version, which is what colleagues get.
  public func isUncommitted(_ path: WorkspacePath) throws -> Bool {
    guard let bytes = try bytes(at: path) else { return false }
    guard let tree = try tree(of: head()), let file = try objects.file(at: path, in: tree) else {
      return true
    }
    return file.id != ObjectID(blob: bytes)
  }
}
