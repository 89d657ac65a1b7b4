import Documents
public import EditorialDesk
import EditorialReview
public import JSONTree
public import ObjectModel
import Wording

/// A post that was made of a prepared statement, and the version that holds it.
public struct StatementPost: Sendable {
  public var version: CrisisVersion
  public var statement: JSONString
  public var path: WorkspacePath
  public var value: JSONValue
}

extension Workspace {
  /// Fills in a statement of a crisis' plan and makes a post of it, which this crisis does not hold; makes a version of the
  /// post, the crisis and the log.
  ///
  /// - Parameters:
  ///   - values: By the names of the gaps.
  ///   - channels: Where; none for those of the plan.
  /// - Throws: `CrisisRefused`.
  public func useStatement(
    _ name: String, filledWith values: [JSONString: String], on channels: [String], in path: WorkspacePath,
    by attribution: Attribution, random: inout some RandomNumberGenerator
  ) throws -> StatementPost {
    let crisis = try crisis(at: path)
    try crisis.refuseIfClosed()
    guard let planDocument = crisis.plan else { throw CrisisRefused.planGone }
    let plan = CrisisPlan(planDocument.value)
    let known = plan.preparedStatements
    guard let statement = known.first(where: { $0.id == JSONString(name) }), let id = statement.id else {
      throw CrisisRefused.unknownStatement(name, known: known.compactMap { $0.id?.text })
    }
    let body = try statement.filled(with: values)
    let places = channels.isEmpty ? statement.channels : channels
    if places.isEmpty { throw CrisisRefused.nowhere(statement: name) }
    // It waits for a yes at once: nobody has to be asked first for what is urgent.
    var fields: [(pointer: JSONPointer, value: JSONValue)] = [
      ("/nature", "urgent"), ("/state", "in-review"),
    ]
    if let language = plan.language { fields.append(("/language", JSONValue(language))) }
    let made = try unwrittenDocument(
      kind: Post.kind.text,
      DocumentWishes(
        title: plan.words.title(of: name, in: crisis.document.title), body: body, channels: places,
        fields: fields),
      by: attribution, random: &random)
    let post = made.value["id"] ?? .null
    let version = try record(
      plan.words.prepared(name), .decision, on: crisis, by: attribution, random: &random,
      also: [Edit(path: made.path, value: made.value, basis: .reading(nil))]
    ) { object in
      var uses = object["statements"]?.array ?? []
      let place = uses.firstIndex { $0["id"]?.string == id }
      let earlier = place.flatMap { uses[$0]["posts"]?.array } ?? []
      var filled = JSONObject()
      for name in values.keys.sorted() { filled[name] = values[name].map { JSONValue($0) } }
      let use: JSONValue = [
        "id": .string(id), "contentHash": JSONValue(statement.contentHash.hex), "values": .object(filled),
        "posts": .array(earlier + [post]),
      ]
      if let place { uses[place] = use } else { uses.append(use) }
      object["statements"] = .array(uses)
    }
    return StatementPost(version: version, statement: id, path: made.path, value: made.value)
  }

  /// What a declaration would do, without one.
  ///
  /// - Parameter words: A level of the plan; `nil` for the highest.
  public func drill(
    _ path: WorkspacePath, at words: String?, by attribution: Attribution
  ) throws -> CrisisDrill {
    var folder = try documentsOfFolder()
    guard let document = folder.collection.all.first(where: { $0.path == path }),
      document.kind.name == CrisisPlan.kind
    else { throw CrisisRefused.notAPlan(path.text) }
    let plan = CrisisPlan(document.value)
    let level = try words.map { try plan.level(meantBy: $0) } ?? plan.levels.last
    guard let kind = try schemas().kind(named: CrisisActivation.kind) else {
      throw WorkspaceError.unknownKind(
        CrisisActivation.kind.text, known: try schemas().kinds.map(\.name.text))
    }
    let played = Document(
      path: try WorkspacePath("crisis/activations/\(CrisisDrill.activationID.text).json"),
      value: CrisisDrill.activation(of: document, at: level), kind: kind)
    folder.collection = DocumentCollection(
      folder.collection.all + [played], files: folder.collection.files)
    let now = attribution.moment
    let states = try states(of: folder, at: now.instant, by: attribution)
    return CrisisDrill(of: document, at: level, in: states, today: now.date)
  }

  /// Notes on a plan that it was rehearsed; nothing is committed.
  public func noteDrill(of path: WorkspacePath, by attribution: Attribution) throws {
    try set(path, "/lastDrill", to: JSONValue(attribution.moment.date.description), by: attribution)
  }
}
