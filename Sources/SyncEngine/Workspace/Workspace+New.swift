public import Documents
public import JSONTree
public import ObjectModel
import Wording
import WorkingCopy

extension Workspace {
  /// Makes a document from the defaults of its kind, in the folder; nothing is committed.
  ///
  /// - Parameter random: For the random part of the document's id.
  /// - Throws: `WorkspaceError.unknownKind`, `.unknownChannel`; `NewDocumentError`.
  public func makeDocument(
    kind name: String, _ wishes: DocumentWishes, by attribution: Attribution,
    random: inout some RandomNumberGenerator
  ) throws -> (path: WorkspacePath, value: JSONValue) {
    let made = try unwrittenDocument(kind: name, wishes, by: attribution, random: &random)
    if let refusal = try schemas().kind(of: made.value)?.refusal(of: made.value) { throw refusal }
    try write([Edit(path: made.path, value: made.value, basis: .reading(nil))], for: "new", by: attribution)
    return made
  }

  /// The same without writing it, for what is written together with something else.
  func unwrittenDocument(
    kind name: String, _ wishes: DocumentWishes, by attribution: Attribution, after place: Int = 0,
    random: inout some RandomNumberGenerator
  ) throws -> (path: WorkspacePath, value: JSONValue) {
    let schemas = try schemas()
    guard let kind = schemas.kind(named: JSONString(name)) else {
      throw WorkspaceError.unknownKind(name, known: schemas.kinds.map(\.name.text))
    }
    try refuseUnknown(channels: wishes.channels)
    let made = try newDocument(
      of: kind, wishes, creation(by: attribution, after: place, random: &random))
    if try files.read(made.path) != nil { throw WorkspaceError.alreadyThere(made.path) }
    return made
  }

  /// Who makes a document, when and where.
  ///
  /// - Parameter place: How many records of the same second come before it, so that their ids say in which order they
  ///   were made.
  func creation(
    by attribution: Attribution, after place: Int = 0, random: inout some RandomNumberGenerator
  ) throws -> Creation {
    let settings = try settings()
    let milliseconds = UInt64(max(0, attribution.time)) * 1000 + UInt64(min(max(place, 0), 999))
    return Creation(
      id: ULID(milliseconds: milliseconds, using: &random),
      time: Instant(secondsSince1970: Int(attribution.time)),
      offset: UTCOffset(minutes: attribution.offsetMinutes),
      author: try person(attribution), language: settings.languages.first ?? "fr-CA",
      timeZone: settings.timeZone ?? "America/Toronto")
  }

  /// The author's id in the team, else their name.
  public func person(_ attribution: Attribution) throws -> String {
    try readableTeam()?.member(withEmail: attribution.email)?.id?.text ?? attribution.name
  }

  /// Whether the team is known, and the author's address is that of no member.
  public func isStranger(_ attribution: Attribution) throws -> Bool {
    guard let team = try readableTeam(), !team.members.isEmpty else { return false }
    return team.member(withEmail: attribution.email) == nil
  }

  /// The team as the folder has it; as the newest version has it where nobody can read it in the folder, which `status` says.
  private func readableTeam() throws -> Team? {
    let path = try WorkspacePath("team.json")
    if let bytes = try readingOfFile(at: path)?.bytes, let value = try? JSONValue(parsing: bytes),
      value["kind"]?.string == Team.kind
    {
      return Team(value)
    }
    return try tree(of: head()).flatMap { try? document(at: path, inTree: $0) }.map { Team($0) }
  }
}
