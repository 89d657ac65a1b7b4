import Crypto
import Documents
import EditorialReview
import Foundation
import JSONTree
import ObjectModel
import Testing

/// A history of `team.json` and `ligne.json`, with keys and signed reviews.
struct TrustRoom {
  static let workspace = "0123456789abcdef0123456789abcdef01234567"
  var room: Newsroom
  private(set) var versions: [Authority.Version] = []
  private var keys: [String: Curve25519.Signing.PrivateKey] = [:]
  /// Reviews that stood in a version, by its name.
  var there: [String: Set<JSONString>] = [:]

  /// - Parameter judges: Who may approve everywhere.
  init(_ preset: String = "required", judges: [String] = ["ana", "pia"], keyed: [String] = ["ana", "pia"])
    throws
  {
    room = Newsroom(preset)
    for (index, person) in ["ana", "leo", "zoe", "pia"].enumerated() {
      let rights: JSONValue = judges.contains(person) ? ["*": ["approve", "write"]] : ["*": ["write"]]
      room.set(rights, at: Self.place(index, "rights"), of: "team")
      if keyed.contains(person) { room.set([makeKey(person)], at: Self.place(index, "keys"), of: "team") }
    }
    try commit(by: "ana")
  }

  static func place(_ member: Int, _ field: JSONString) -> JSONPointer {
    JSONPointer([.key("members"), .index(member), .key(field)])
  }

  /// A new private key of a person, and its public line. The last one made signs.
  mutating func makeKey(_ person: String) -> JSONValue {
    let key = Curve25519.Signing.PrivateKey()
    keys[person] = key
    return JSONValue(Self.line(of: key))
  }

  func currentKey(_ person: String) -> String { keys[person].map(Self.line) ?? "" }

  func fingerprint(_ person: String) -> String {
    let digest = SHA256.hash(data: Self.blob(keys[person]!))
    return "SHA256:" + Data(digest).base64EncodedString().trimmingCharacters(in: ["="])
  }

  mutating func useKey(_ other: TrustRoom, of person: String) { keys[person] = other.keys[person] }

  /// Keeps both files as they stand now as a version.
  ///
  /// - Parameters:
  ///   - name: That of its commit; `nil` for what is not committed.
  ///   - before: The numbers of the versions it was made from; the last one if `nil`.
  mutating func commit(by person: String?, named name: String? = nil, after before: [Int]? = nil) throws {
    let documents = try room.collection()
    let parents = before?.map { versions[$0] } ?? versions.suffix(1)
    versions.append(
      Authority.Version(
        settings: documents["ligne"], team: documents["team"], by: person.map { [JSONString($0)] } ?? [],
        commit: name, teamsBefore: parents.compactMap(\.team)))
  }

  func authority() throws -> Authority {
    let there = there
    return Authority(
      of: versions, reviews: try room.collection(),
      signatures: SignatureRecords(workspace: Self.workspace) { there[$1]?.contains($0) ?? false })
  }

  func states() throws -> EditorialStates {
    EditorialStates(
      of: try room.collection(), at: Newsroom.now,
      provenance: Provenance(authority: try authority(), authors: Provenance.makers(of:)))
  }

  func status(on channel: JSONString = "fb") throws -> ReviewStatus {
    let states = try states()
    return states.reviewStatus(of: try #require(states.documents["post"]), on: channel)
  }

  /// A decision on a document as it stands now, signed by the person's key unless told otherwise.
  @discardableResult mutating func decide(
    _ verdict: String = "approve", on subject: JSONString = "post", by person: String,
    signedBy signer: String? = nil,
    unsigned: Bool = false, purpose: String = "ligne-review-v1", workspace: String = TrustRoom.workspace,
    id: JSONString? = nil, policyVersion: String? = nil
  ) throws -> JSONString {
    let documents = try room.collection()
    let document = try #require(documents[subject])
    let hash =
      subject == "post"
      ? documents.contentHash(of: Post(document.value), on: ["fb"]) : documents.contentHash(of: document)
    let id = id ?? JSONString("review-\(room.documents.count)")
    var review: JSONObject = [
      "id": .string(id), "kind": "review", "subject": .string(subject), "verdict": JSONValue(verdict),
      "by": JSONValue(person), "at": "2026-11-20T10:00:00-05:00", "contentHash": JSONValue(hash.hex),
      "policyVersion": JSONValue(try policyVersion ?? authority().version.hex),
    ]
    if subject == "post" { review["scope"] = ["fb"] }
    if !unsigned, let key = keys[signer ?? person] {
      let statement = Review(.object(review)).statement(inWorkspace: workspace)
      review["signature"] = JSONValue(try Self.signature(of: statement, for: purpose, by: key))
    }
    room[id] = .object(review)
    return id
  }

  // MARK: OpenSSH's formats, by hand

  private static func number(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
  private static func string(_ bytes: some Collection<UInt8>) -> [UInt8] { number(bytes.count) + bytes }
  private static func string(_ text: String) -> [UInt8] { string(Array(text.utf8)) }

  private static func blob(_ key: Curve25519.Signing.PrivateKey) -> [UInt8] {
    string("ssh-ed25519") + string(Array(key.publicKey.rawRepresentation))
  }

  private static func line(of key: Curve25519.Signing.PrivateKey) -> String {
    "ssh-ed25519 \(Data(blob(key)).base64EncodedString())"
  }

  private static func signature(
    of message: [UInt8], for purpose: String, by key: Curve25519.Signing.PrivateKey
  ) throws -> String {
    let magic = Array("SSHSIG".utf8)
    let signed =
      magic + string(purpose) + string("") + string("sha512") + string(Array(SHA512.hash(data: message)))
    let value = string("ssh-ed25519") + string(Array(try key.signature(for: signed)))
    let bytes =
      magic + number(1) + string(blob(key)) + string(purpose) + string("") + string("sha512") + string(value)
    return
      "-----BEGIN SSH SIGNATURE-----\n\(Data(bytes).base64EncodedString())\n-----END SSH SIGNATURE-----\n"
  }
}

extension TrustRoom {
  /// Why a yes of this person to what waits in the team would not count.
  func objection(_ person: JSONString) throws -> ReviewStatus.Disqualification? {
    let states = try states()
    return states.objection(
      to: .approve, by: person, on: try #require(states.documents["team"]), channels: [])
  }

  /// Takes a person out of the team.
  mutating func remove(_ person: JSONString) throws {
    let members = try #require(room["team"]?["members"]?.array)
    room.set(.array(members.filter { $0["id"]?.string != person }), at: "/members", of: "team")
  }

  /// Begins the history anew with how things stand.
  mutating func restart(by person: String) throws {
    versions = []
    try commit(by: person)
  }
}
