import Documents
import JSONTree
public import ObjectModel
import ThreeWayMerge
import Wording

/// That somebody read a guideline, and which version of it.
public struct Acknowledgement: Sendable {
  /// Where it is written down.
  public var path: WorkspacePath
  public var id: String
  /// The version that was read.
  public var version: ObjectID
  /// Of the guideline as it was read: SHA-256 of its canonical form, in hexadecimal.
  public var contentHash: String
}

extension Workspace {
  /// Writes down that a person read a guideline as the newest version has it; nothing is committed.
  ///
  /// - Throws: `WorkspaceError.notAGuideline`; `.uncommittedGuideline` where the folder says something else than the
  ///   newest version, so that nobody else could look up what was read.
  public func acknowledge(
    _ path: WorkspacePath, note: String?, by attribution: Attribution,
    random: inout some RandomNumberGenerator
  ) throws -> Acknowledgement {
    let guideline = try document(at: path)
    guard guideline["kind"]?.string == Guideline.kind, let id = guideline["id"] else {
      throw WorkspaceError.notAGuideline(path)
    }
    guard let head = try head(), let committed = try document(at: path, inTree: objects.commit(head).tree),
      committed == guideline
    else { throw WorkspaceError.uncommittedGuideline(path) }
    let hash = SHA256Digest(of: guideline.canonicalForm).hex
    var fields: [(pointer: JSONPointer, value: JSONValue)] = [
      ("/guideline", id), ("/version", JSONValue(head.hex)), ("/contentHash", JSONValue(hash)),
    ]
    if let note { fields.append(("/note", JSONValue(note))) }
    let made = try makeDocument(kind: "ack", DocumentWishes(fields: fields), by: attribution, random: &random)
    return Acknowledgement(
      path: made.path, id: made.value["id"]?.text ?? "", version: head, contentHash: hash)
  }

  /// The version of a guideline that a person read last, as far as the folder knows.
  ///
  /// - Throws: `WorkspaceError.notAGuideline`; `.neverAcknowledged`.
  public func lastAcknowledgedVersion(of path: WorkspacePath, by attribution: Attribution) throws -> ObjectID
  {
    let guideline = try document(at: path)
    guard guideline["kind"]?.string == Guideline.kind else { throw WorkspaceError.notAGuideline(path) }
    let person = JSONValue(try person(attribution))
    let acks = try collection(ofTree: folderTree(localState())).documents.documents(of: "ack")
      .filter { $0.value["guideline"] == guideline["id"] && $0.value["person"] == person }
    let dated = acks.compactMap { ack -> (at: Instant, version: ObjectID)? in
      guard let version = ack.value["version"]?.text.flatMap({ ObjectID(hex: $0) }),
        let at = ack.value["at"]?.text.flatMap(Instant.init(rfc3339:))
      else { return nil }
      return (at, version)
    }
    // Two in one second: the one whose file comes last, everywhere the same.
    guard let last = dated.enumerated().max(by: { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) })
    else {
      throw WorkspaceError.neverAcknowledged(path)
    }
    return last.element.version
  }
}
