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
  mutating func commit(by person: String?) throws {
    let documents = try room.collection()
    versions.append(
      Authority.Version(
        settings: documents["ligne"], team: documents["team"], by: person.map { [JSONString($0)] } ?? []))
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

/// Attacks on a yes, each with what becomes of it: refused, by every replica alike.
@Suite struct ReviewAttackTests {
  @Test func aSignedYesOfSomebodyWithTheRightCounts() throws {
    var trust = try TrustRoom()
    try trust.decide(by: "ana")
    #expect(try trust.status().decisions.map(\.signature) == [.verified])
    #expect(try trust.status().isApproved)
  }

  /// The author's name of a review is only what somebody wrote.
  @Test func aForgedNameIsNoSignature() throws {
    var trust = try TrustRoom()
    try trust.decide(by: "ana", unsigned: true)
    #expect(try trust.status().decisions.map(\.signature) == [.missing])
    try trust.decide(by: "ana", signedBy: "leo")
    #expect(try !trust.status().isApproved)
  }

  @Test func aForgedNameOfSomebodyWithoutAKeyIsShownAsUnverified() throws {
    var trust = try TrustRoom(keyed: [])
    try trust.decide(by: "ana")
    #expect(try trust.status().decisions.map(\.signature) == [.unverified])
  }

  @Test func aSignatureOfAnotherMemberIsRefused() throws {
    var trust = try TrustRoom()
    try trust.decide(by: "ana", signedBy: "pia")
    #expect(try trust.status().decisions.map(\.signature) == [.refused])
    #expect(try !trust.status().isApproved)
  }

  @Test func aYesOfSomebodyOutsideTheTeamIsIgnored() throws {
    var trust = try TrustRoom()
    _ = trust.makeKey("mallory")
    try trust.decide(by: "mallory")
    #expect(try trust.status().decisions.map(\.objection) == [.notOfTheTeam])
  }

  @Test func aYesCopiedToAnotherWorkspaceIsIgnored() throws {
    var trust = try TrustRoom()
    try trust.decide(by: "ana", workspace: String(repeating: "f", count: 40))
    #expect(try trust.status().decisions.map(\.signature) == [.refused])
  }

  /// Each field of a signed review changed by hand, one after the other: to another document, a later moment, another
  /// verdict, content, person, scope, id.
  @Test(arguments: [
    "subject", "verdict", "contentHash", "at", "by", "scope", "policyVersion", "sequence", "id", "remark",
    "onBehalfOf", "level", "contents", "unknown",
  ])
  func nothingInASignedReviewCanBeChanged(_ field: JSONString) throws {
    var trust = try TrustRoom()
    let id = try trust.decide(by: "ana")
    #expect(try trust.authority().standing(of: Review(try #require(trust.room[id])), id: id) == .verified)
    var review = try #require(trust.room[id]?.object)
    review[field] = field == "by" ? "pia" : "autre"
    #expect(try trust.authority().standing(of: Review(.object(review)), id: id) == .refused)
  }

  /// A copy of a file under another name is the same review with another id, and not signed.
  @Test func aCopyOfAYesIsNoSecondYes() throws {
    var trust = try TrustRoom()
    let id = try trust.decide(by: "ana")
    var copy = try #require(trust.room[id]?.object)
    copy["id"] = "copie"
    trust.room["copie"] = .object(copy)
    #expect(try trust.status().decisions.filter { $0.signature == .verified }.count == 1)
  }

  @Test func aYesForOlderWordsIsStale() throws {
    var trust = try TrustRoom()
    try trust.decide(by: "ana")
    trust.room.set("Autre chose.", at: "/body")
    #expect(try trust.status().isStale)
  }

  @Test func aSignatureForAnotherPurposeIsRefused() throws {
    var trust = try TrustRoom()
    try trust.decide(by: "ana", purpose: "git")
    #expect(try trust.status().decisions.map(\.signature) == [.refused])
  }

  /// Two keys of one person are two devices and one voice.
  @Test func twoDevicesOfOnePersonAreOneVoice() throws {
    var trust = try TrustRoom("multi-level")
    trust.room.set(
      [["id": "tous", "role": "direction", "need": "count", "count": 2]], at: "/workflow/levels", of: "ligne")
    let first = trust.currentKey("ana")
    let second = trust.makeKey("ana")
    trust.room.set([JSONValue(first), second], at: "/members/0/keys", of: "team")
    var fresh = trust
    try fresh.restart(by: "ana")
    try fresh.decide(by: "ana")
    try fresh.decide(by: "ana")
    #expect(try fresh.status().progress.map(\.approvedBy) == [["ana"]])
    #expect(try !fresh.status().isApproved)
  }

  /// A lost key: what it signed up to the named version counts, nothing after, whatever date it carries.
  @Test func aRevokedKeySignsNothingNew() throws {
    var trust = try TrustRoom()
    let old = try trust.decide(by: "ana")
    trust.there["aaaa"] = [old]
    trust.room.set(
      [["id": JSONValue(trust.fingerprint("ana")), "since": "aaaa"]], at: "/members/0/revokedKeys", of: "team"
    )
    try trust.commit(by: "pia")
    #expect(try trust.authority().waiting == [])
    #expect(try trust.status().isApproved)
    trust.room[old] = nil
    try trust.decide(by: "ana", id: "later")
    #expect(try trust.status().decisions.map(\.signature) == [.refused])
    // Nor does who lost the key pass for somebody without one.
    try trust.decide(by: "ana", unsigned: true)
    #expect(try !trust.status().isApproved)
  }

  /// The cost of nonsense grows with it, and no more.
  @Test func manyStatementsOfNobodyAreLookedAtOnce() throws {
    var trust = try TrustRoom()
    let junk: JSONObject = [
      "kind": "review", "subject": "post", "verdict": "approve", "by": "ana",
      "at": "2026-11-20T10:00:00-05:00",
      "contentHash": JSONValue(String(repeating: "0", count: 64)),
      "signature": "-----BEGIN SSH SIGNATURE-----",
    ]
    for number in 0..<5_000 { trust.room[JSONString("junk-\(number)")] = .object(junk) }
    try trust.decide(by: "ana")
    let status = try trust.status()
    #expect(status.decisions.filter(\.counts).count == 1)
    #expect(status.isApproved)
  }
}

extension TrustRoom {
  /// Why a yes of this person to what waits in the team would not count.
  func objection(_ person: JSONString) throws -> ReviewStatus.Disqualification? {
    let states = try states()
    return states.objection(
      to: .approve, by: person, on: try #require(states.documents["team"]), channels: [])
  }

  /// Begins the history anew with how things stand.
  mutating func restart(by person: String) throws {
    versions = []
    try commit(by: person)
  }
}

/// Who may change whose yes counts.
@Suite struct AuthorityTests {
  @Test func nobodyGivesThemselvesTheRight() throws {
    var trust = try TrustRoom()
    trust.room.set(["*": ["approve"]], at: "/members/1/rights", of: "team")
    try trust.commit(by: "leo")
    #expect(try trust.authority().waiting.map(\.field) == ["rights"])
    try trust.decide(by: "leo")
    #expect(try trust.status().decisions.map(\.objection) == [.noRight])

    try trust.decide(on: "team", by: "leo", unsigned: true)
    #expect(try trust.authority().waiting.count == 1)
    try trust.decide(on: "team", by: "ana")
    #expect(try trust.authority().waiting == [])
    try trust.decide(by: "leo")
    #expect(try trust.status().isApproved)
  }

  /// What somebody lost counts at once; what stays open is only whether fewer are asked.
  @Test func aRightThatWasTakenAwayIsGoneAtOnce() throws {
    var trust = try TrustRoom()
    try trust.decide(by: "ana")
    trust.room.set(["*": ["write"]], at: "/members/0/rights", of: "team")
    try trust.commit(by: "leo")
    #expect(try trust.status().decisions.map(\.objection) == [.noRight])
    #expect(try trust.authority().waiting.map(\.field) == ["rights"])
  }

  @Test func whoLeavesTheTeamHasNoSayAnyMore() throws {
    var trust = try TrustRoom()
    try trust.decide(by: "ana")
    var members = try #require(trust.room["team"]?["members"]?.array)
    members.removeFirst()
    trust.room.set(.array(members), at: "/members", of: "team")
    try trust.commit(by: "pia")
    #expect(try trust.status().decisions.map(\.objection) == [.notOfTheTeam])
  }

  static let loosenings: [(JSONPointer, JSONValue)] = [
    ("/workflow/preset", "optional"), ("/workflow/preset", "free"), ("/workflow/fourEyes", false),
  ]

  @Test(arguments: loosenings) func aLooserPolicyWaits(_ place: JSONPointer, _ value: JSONValue) throws {
    var trust = try TrustRoom()
    trust.room.set(true, at: "/workflow/fourEyes", of: "ligne")
    try trust.restart(by: "ana")
    let before = try trust.authority().policy
    trust.room.set(value, at: place, of: "ligne")
    try trust.commit(by: "ana")
    #expect(try trust.authority().policy == before)
    // By who changed it: not enough, somebody else may.
    try trust.decide(on: "ligne", by: "ana")
    #expect(try trust.authority().policy == before)
    try trust.decide(on: "ligne", by: "pia")
    #expect(try trust.authority().policy != before)
  }

  @Test func aStricterPolicyHoldsAtOnce() throws {
    var trust = try TrustRoom()
    trust.room.set(true, at: "/workflow/fourEyes", of: "ligne")
    try trust.commit(by: "leo")
    #expect(try trust.authority().policy.hasFourEyes)
    #expect(try trust.authority().waiting == [])
  }

  /// What is done in the same version is judged by what counted before it, which was nothing yet.
  @Test func whoAsksForApprovalFromNowOnMayDoTheRestAtOnce() throws {
    var trust = try TrustRoom("optional")
    trust.room.set("required", at: "/workflow/preset", of: "ligne")
    trust.room.set(["*": ["approve"]], at: "/members/1/rights", of: "team")
    try trust.commit(by: "leo")
    #expect(try trust.authority().policy.preset == .required)
    #expect(try trust.authority().waiting == [])
  }

  /// A commit that passes for a join says not who made it: one of two people is somebody else.
  @Test func aChangeByNobodyKnownNeedsTwo() throws {
    var trust = try TrustRoom()
    trust.room.set(["*": ["approve"]], at: "/members/1/rights", of: "team")
    try trust.commit(by: nil)
    try trust.decide(on: "team", by: "ana")
    #expect(try trust.authority().waiting.count == 1)
    try trust.decide(on: "team", by: "pia")
    #expect(try trust.authority().waiting == [])
  }

  /// A yes that changes nothing is refused before it is made, and approves nothing.
  @Test func whoseYesWouldChangeNothingIsTold() throws {
    var trust = try TrustRoom(keyed: ["ana", "leo", "pia"])
    let first = trust.currentKey("leo")
    let second = trust.makeKey("leo")
    trust.room.set([JSONValue(first), second], at: "/members/1/keys", of: "team")
    try trust.commit(by: "leo")
    #expect(try trust.objection("leo") == nil)
    trust.room.set(["*": ["approve"]], at: "/members/2/rights", of: "team")
    try trust.commit(by: "ana")
    #expect(try trust.objection("leo") == .noRight)
    #expect(try trust.objection("ana") == .ownWords)
    #expect(try trust.objection("pia") == nil)
    try trust.decide(on: "team", by: "ana")
    let states = try trust.states()
    let team = try #require(states.documents["team"])
    #expect(states.name(ofStateOf: team) == "in-review")
    #expect(states.awaitedReview(of: team).map { states.waits($0, for: "pia") } == true)
    #expect(states.awaitedReview(of: team).map { states.waits($0, for: "leo") } == false)
  }

  /// An old policy comes back with the yes it once had: that yes was given under other rules.
  @Test func anOldPolicyCanNotBePresentedAgain() throws {
    var trust = try TrustRoom()
    trust.room.set("optional", at: "/workflow/preset", of: "ligne")
    try trust.commit(by: "ana")
    try trust.decide(on: "ligne", by: "pia")
    #expect(try trust.authority().policy.preset == .optional)
    trust.room.set("required", at: "/workflow/preset", of: "ligne")
    try trust.commit(by: "ana")
    trust.room.set(["*": ["approve", "write"]], at: "/members/2/rights", of: "team")
    try trust.commit(by: "ana")
    try trust.decide(on: "team", by: "pia")
    #expect(try trust.authority().policy.preset == .required)
    trust.room.set("optional", at: "/workflow/preset", of: "ligne")
    try trust.commit(by: "leo")
    #expect(try trust.authority().policy.preset == .required)
  }

  /// What was agreed on in the middle counts from there on.
  @Test func aChangeInTheMiddleCountsFromThere() throws {
    var trust = try TrustRoom(judges: ["ana", "pia"])
    trust.room.set(["*": ["approve"]], at: "/members/1/rights", of: "team")
    try trust.commit(by: "ana")
    try trust.decide(on: "team", by: "pia")
    // Now Léo may: his yes lets Zoé in.
    let key = trust.makeKey("leo")
    trust.room.set([key], at: "/members/1/keys", of: "team")
    try trust.commit(by: "leo")
    trust.room.set(["*": ["approve"]], at: "/members/2/rights", of: "team")
    try trust.commit(by: "zoe")
    #expect(try trust.authority().waiting.count == 1)
    try trust.decide(on: "team", by: "leo")
    #expect(try trust.authority().waiting == [])
  }

  @Test func thresholdsAreNeverBelowOne() throws {
    for count in [0, -3] {
      var trust = try TrustRoom("multi-level")
      trust.room.set(
        [["id": "a", "role": "direction", "need": "count", "count": .number(JSONNumber(count))]],
        at: "/workflow/levels", of: "ligne")
      try trust.restart(by: "ana")
      #expect(try trust.status().progress.allSatisfy { $0.needed >= 1 })
      #expect(try !trust.status().isApproved)
    }
  }

  /// Two members of one id: what the first says holds, so that a second entry gives nobody rights.
  @Test func aSecondMemberOfTheSameIdGivesNothing() throws {
    var trust = try TrustRoom()
    var members = try #require(trust.room["team"]?["members"]?.array)
    members.append(["id": "leo", "name": "Léo", "rights": ["*": ["approve"]]])
    trust.room.set(.array(members), at: "/members", of: "team")
    try trust.commit(by: "leo")
    try trust.decide(by: "leo")
    #expect(try !trust.status().isApproved)
  }

  @Test func aFirstKeyCountsAtOnceAndASecondOnceTheFirstVouchesForIt() throws {
    var trust = try TrustRoom(keyed: ["pia"])
    let first = trust.makeKey("ana")
    trust.room.set([first], at: "/members/0/keys", of: "team")
    try trust.commit(by: "ana")
    #expect(try trust.authority().waiting == [])
    let before = trust
    let second = trust.makeKey("ana")
    trust.room.set([first, second], at: "/members/0/keys", of: "team")
    try trust.commit(by: "ana")
    #expect(try trust.authority().waiting.map(\.field) == ["keys"])
    // By the new key itself: no.
    try trust.decide(on: "team", by: "ana")
    #expect(try trust.authority().waiting.count == 1)
    trust.useKey(before, of: "ana")
    try trust.decide(on: "team", by: "ana")
    #expect(try trust.authority().waiting == [])
  }

  /// Somebody takes the name or the address of a person whose yes counts.
  @Test(arguments: ["name", "email"]) func nobodyTakesATrustedName(_ field: String) throws {
    var trust = try TrustRoom()
    trust.room.set(
      "mallory@exemple.org", at: JSONPointer([.key("members"), .index(0), .key(JSONString(field))]),
      of: "team")
    try trust.commit(by: "leo")
    #expect(try trust.authority().waiting.map(\.field) == [field])
  }

  /// Where there is only one who may, and they have no key, their own version says as much as a decision would.
  @Test func theOnlyOneWhoMayNeedsNobody() throws {
    var trust = try TrustRoom(judges: ["ana"], keyed: [])
    trust.room.set(["*": ["approve"]], at: "/members/1/rights", of: "team")
    try trust.commit(by: "ana")
    #expect(try trust.authority().waiting == [])
    var keyed = try TrustRoom(judges: ["ana"], keyed: ["ana"])
    keyed.room.set(["*": ["approve"]], at: "/members/1/rights", of: "team")
    try keyed.commit(by: "ana")
    #expect(try keyed.authority().waiting.count == 1)
    try keyed.decide(on: "team", by: "ana")
    #expect(try keyed.authority().waiting == [])
  }

  /// A change that is put back waits for nobody.
  @Test func whatWasPutBackNeedsNoYes() throws {
    var trust = try TrustRoom()
    let before = trust.room
    trust.room.set("optional", at: "/workflow/preset", of: "ligne")
    try trust.commit(by: "leo")
    #expect(try trust.authority().waiting.count == 1)
    trust.room = before
    try trust.commit(by: "pia")
    #expect(try trust.authority().waiting == [])
  }

  @Test(arguments: ["free", "optional"]) func whereNothingIsRequiredEverybodyChangesEverything(
    _ preset: String
  ) throws {
    var trust = try TrustRoom(preset)
    trust.room.set(["*": ["approve"]], at: "/members/1/rights", of: "team")
    try trust.commit(by: "leo")
    #expect(try trust.authority().waiting == [])
  }
}
