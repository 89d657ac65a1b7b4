import Documents
public import JSONTree
public import ObjectModel
public import Wording

/// Why a key of the team is not changed.
public enum TeamKeyError: Error, Hashable, Sendable {
  /// It is the key of somebody already; what they are called.
  case taken(by: String)
  /// No key of the team has such a fingerprint.
  case unknown(String)
  /// Several have one that begins so.
  case ambiguous(String)
  case alreadyRevoked(String)
}

extension Workspace {
  /// Where the team is written down.
  public var teamFile: WorkspacePath {
    get throws { try Self.teamPath ?? WorkspacePath("team.json") }
  }

  /// Where it is written down how approval works.
  public var settingsFile: WorkspacePath {
    get throws { try Self.settingsPath ?? WorkspacePath("ligne.json") }
  }

  /// Adds a key to a member, uncommitted.
  ///
  /// - Parameters:
  ///   - line: As in `authorized_keys`.
  ///   - fingerprint: `SHA256:…`, to find out whether somebody has it already.
  public func addKey(
    _ line: String, fingerprint: String, to member: JSONString, by attribution: Attribution
  ) throws {
    let members = Team(try document(at: teamFile)).members
    let blob = line.split(separator: " ").dropFirst().first
    for other in members
    where other.keys.contains(where: { $0.split(separator: " ").dropFirst().first == blob }) {
      if other.id == member, other.revokedKeys.contains(where: { $0.fingerprint == fingerprint }) {
        throw TeamKeyError.alreadyRevoked(fingerprint)
      }
      throw TeamKeyError.taken(by: other.name ?? other.id?.text ?? "?")
    }
    let keys = members.first { $0.id == member }?.keys ?? []
    let place = JSONPointer([.key("members"), .element(member), .key("keys")])
    try set(
      teamFile, place, to: .array((keys + [line]).map { JSONValue($0) }), by: attribution)
  }

  /// Notes that a key was lost, uncommitted. It stays in the list, so that nobody takes its owner for somebody without.
  ///
  /// - Parameters:
  ///   - words: Its fingerprint or the beginning of it, with or without `SHA256:`.
  ///   - version: Up to which what it signed counts; `nil`: nothing counts.
  ///   - fingerprint: Of a line as in `authorized_keys`.
  /// - Returns: Its fingerprint.
  public func revokeKey(
    matching words: String, since version: ObjectID?, by attribution: Attribution,
    fingerprint: (String) -> String?
  ) throws -> String {
    let wanted = words.hasPrefix("SHA256:") ? words : "SHA256:" + words
    var found: [(member: Team.Member, fingerprint: String)] = []
    for member in Team(try document(at: teamFile)).members {
      for key in member.keys.compactMap(fingerprint) where key.utf8.starts(with: wanted.utf8) {
        found.append((member, key))
      }
    }
    guard let (member, key) = found.first, let id = member.id else { throw TeamKeyError.unknown(words) }
    guard found.count == 1 else { throw TeamKeyError.ambiguous(words) }
    if member.revokedKeys.contains(where: { $0.fingerprint == key }) {
      throw TeamKeyError.alreadyRevoked(key)
    }
    var entry: JSONObject = [
      "id": JSONValue(key), "by": JSONValue(try person(attribution)),
      "at": JSONValue(
        Instant(secondsSince1970: Int(attribution.time)).rfc3339(
          offset: UTCOffset(minutes: attribution.offsetMinutes))),
    ]
    entry["since"] = version.map { JSONValue($0.hex) }
    let place = JSONPointer([.key("members"), .element(id), .key("revokedKeys")])
    let standing = member.value["revokedKeys"]?.array ?? []
    try set(teamFile, place, to: .array(standing + [.object(entry)]), by: attribution)
    return key
  }
}

extension TeamKeyError: ExplainedError {
  public var code: String {
    switch self {
    case .taken: "key-taken"
    case .unknown: "unknown-key"
    case .ambiguous: "ambiguous-key"
    case .alreadyRevoked: "already-revoked"
    }
  }

  public var message: Sentence {
    switch self {
    case .taken(let member):
      Sentence(
        fr: "Cette clé est déjà celle de \(member) : une clé, une personne.",
        en: "This key already is that of \(member): one key, one person.")
    case .unknown(let words):
      Sentence(
        fr: "Aucune clé de l’équipe n’a l’empreinte \(words)",
        en: "No key of the team has the fingerprint \(words)")
    case .ambiguous(let words):
      Sentence(
        fr: "Plusieurs empreintes commencent par \(words)", en: "Several fingerprints begin with \(words)")
    case .alreadyRevoked(let key):
      Sentence(fr: "Cette clé est déjà révoquée : \(key)", en: "This key is revoked already: \(key)")
    }
  }

  public var hint: Sentence? {
    switch self {
    case .taken, .alreadyRevoked:
      Sentence(
        fr: "« ssh-keygen -t ed25519 -f FICHIER » en fait une autre, « ligne key add FICHIER » l’ajoute.",
        en: "“ssh-keygen -t ed25519 -f FILE” makes another one, “ligne key add FILE” adds it.")
    case .unknown, .ambiguous:
      Sentence(fr: "« ligne key » montre les clés.", en: "“ligne key” shows the keys.")
    }
  }
}
