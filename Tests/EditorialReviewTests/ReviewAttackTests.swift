import Crypto
import Documents
import EditorialReview
import Foundation
import JSONTree
import ObjectModel
import Testing

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
    #expect(try trust.status().decisions.map(\.signature) == [.revoked])
    #expect(try trust.status().decisions.map(\.objection) == [.revokedKey])
    // Who waits for the yes that is gone is told so, and asked again.
    #expect(try trust.states().state(ofPost: #require(try trust.states().documents["post"])) == .inReview)
    // Nor does who lost the key pass for somebody without one.
    try trust.decide(by: "ana", unsigned: true)
    #expect(try !trust.status().isApproved)
  }

  /// A yes of a revoked key that was changed is no yes of that key.
  @Test func aForgedYesOfARevokedKeyIsRefused() throws {
    var trust = try TrustRoom()
    let id = try trust.decide(by: "ana")
    trust.room.set([["id": JSONValue(trust.fingerprint("ana"))]], at: "/members/0/revokedKeys", of: "team")
    try trust.commit(by: "pia")
    #expect(try trust.status().decisions.map(\.signature) == [.revoked])
    trust.room.set("2026-11-20T11:00:00-05:00", at: "/at", of: id)
    #expect(try trust.status().decisions.map(\.signature) == [.refused])
  }

  /// That a key is lost is not forgotten by a later note, nor by taking the note away.
  @Test(arguments: [[["since": "bbbb"]], []] as [[JSONObject]]) func aLostKeyStaysLost(_ notes: [JSONObject])
    throws
  {
    var trust = try TrustRoom()
    let id = JSONValue(trust.fingerprint("ana"))
    trust.room.set([["id": id, "since": "aaaa"]], at: TrustRoom.place(0, "revokedKeys"), of: "team")
    try trust.commit(by: "ana")
    let yes = try trust.decide(by: "ana")
    trust.there["bbbb"] = [yes]
    #expect(try trust.status().decisions.map(\.signature) == [.revoked])
    let later = notes.map { note in
      var note = note
      note["id"] = id
      return JSONValue.object(note)
    }
    trust.room.set(.array(later), at: TrustRoom.place(0, "revokedKeys"), of: "team")
    try trust.commit(by: "leo")
    #expect(try trust.authority().waiting.map(\.field) == ["revokedKeys"])
    #expect(try trust.authority().waiting.allSatisfy { !$0.onlyTakesAway })
    #expect(try trust.status().decisions.map(\.signature) == [.revoked])
  }

  /// Nobody gets rid of a no by revoking a key.
  @Test func aNoWithALostKeyIsStillANo() throws {
    var trust = try TrustRoom()
    try trust.decide("refuse", by: "ana")
    trust.room.set(
      [["id": JSONValue(trust.fingerprint("ana"))]], at: TrustRoom.place(0, "revokedKeys"), of: "team")
    try trust.commit(by: "leo")
    #expect(try trust.status().objections.map(\.by) == ["ana"])
  }

  // MARK: - Where only signed yeses count

  /// Who asks for signatures does so of the keys they see: one that is made up in a version from before counts no more than one
  /// that comes later, wherever its version stands in the order.
  @Test(arguments: ["keys", "delegations"]) func aKeyFromBesideTheChoiceWaits(_ field: JSONString) throws {
    var trust = try TrustRoom(keyed: [])
    trust.room.set([trust.makeKey("ana")], at: TrustRoom.place(0, "keys"), of: "team")
    try trust.commit(by: "ana")
    let before = trust.room
    let value: JSONValue = field == "keys" ? [trust.makeKey("pia")] : [["id": "d", "to": "leo"]]
    trust.room.set(value, at: TrustRoom.place(3, field), of: "team")
    try trust.commit(by: "pia")
    #expect(try trust.authority().waiting == [])
    let beside = trust.room["team"]
    trust.room = before
    trust.room.set(true, at: "/workflow/signed", of: "ligne")
    try trust.commit(by: "ana", after: [1])
    trust.room["team"] = beside
    try trust.commit(by: nil, after: [2, 3])
    #expect(try trust.authority().waiting.map(\.field) == [field.text])
    // A voice that a branch does not know it takes back; who gives it again where both meet is not known.
    #expect(try trust.authority().waiting.map(\.by) == [field == "keys" ? ["pia"] : []])
    try trust.decide(by: "pia")
    #expect(try trust.status().approvals.isEmpty)
    // Ana’s stays: without it nobody could confirm the other.
    try trust.decide(on: "team", by: "ana")
    #expect(try trust.authority().waiting == [])
  }

  /// Whoever takes a key away in the version that asks for signatures takes it away, and does not put another in its place.
  @Test(arguments: [("required", true), ("optional", true), ("optional", false)])
  func nobodyPutsTheirKeyInAnothersPlace(_ preset: String, _ isReplaced: Bool) throws {
    var trust = try TrustRoom(keyed: ["ana"])
    trust.room.set([trust.makeKey("pia")], at: TrustRoom.place(3, "keys"), of: "team")
    try trust.commit(by: "pia")
    let (mine, before) = (trust, trust.room)
    trust.room.set(true, at: "/workflow/signed", of: "ligne")
    trust.room.set(JSONValue(preset), at: "/workflow/preset", of: "ligne")
    trust.room.set(isReplaced ? [trust.makeKey("pia")] : [], at: TrustRoom.place(3, "keys"), of: "team")
    try trust.commit(by: "pia")
    try trust.decide(by: "pia", unsigned: !isReplaced)
    #expect(try !trust.status().approvals.contains { $0.by == "pia" })
    // Nor does another version make it so.
    let forged = trust.room["team"]
    trust.room["ligne"] = before["ligne"]
    trust.room["team"] = isReplaced ? forged : before["team"]
    try trust.commit(by: "pia")
    #expect(try trust.status().approvals.isEmpty)
    trust.room["team"] = before["team"]
    try trust.commit(by: "pia")
    trust.useKey(mine, of: "pia")
    try trust.decide(by: "pia")
    #expect(try trust.status().approvals.map(\.by) == ["pia"])
  }

  /// A key from beside stands in no version that whoever asks for signatures has seen, also where it sorts before theirs.
  @Test func aKeyFromBesideThatSortsFirstWaits() throws {
    var trust = try TrustRoom(keyed: [])
    let before = trust.room
    trust.room.set([trust.makeKey("pia")], at: TrustRoom.place(3, "keys"), of: "team")
    try trust.commit(by: "pia")
    trust.room = before
    trust.room.set([trust.makeKey("ana")], at: TrustRoom.place(0, "keys"), of: "team")
    try trust.commit(by: "ana", after: [0])
    trust.room.set(true, at: "/workflow/signed", of: "ligne")
    try trust.commit(by: "ana")
    let pia = trust.currentKey("pia")
    trust.room.set([JSONValue(pia)], at: TrustRoom.place(3, "keys"), of: "team")
    try trust.commit(by: nil, after: [1, 3])
    #expect(try trust.authority().waiting.map(\.field) == ["keys"])
    try trust.decide(by: "pia")
    #expect(try trust.status().approvals.isEmpty)
  }

  /// Whoever can write can note every key as lost: one is left to say that it was not, by what counts; and the notes that wait are
  /// gone with the file that holds them.
  @Test func notEveryKeyIsLostForEver() throws {
    var trust = try signed(keyed: ["ana", "pia"])
    let before = trust.room
    for (person, place) in [("ana", 0), ("pia", 3)] {
      let lost: JSONValue = [["id": JSONValue(trust.fingerprint(person))]]
      trust.room.set(lost, at: TrustRoom.place(place, "revokedKeys"), of: "team")
    }
    try trust.commit(by: "leo")
    #expect(try trust.authority().waiting.map(\.field) == ["revokedKeys"])
    try trust.decide(by: "pia")
    #expect(try trust.status().decisions.map(\.signature) == [.revoked])
    trust.room["team"] = before["team"]
    try trust.commit(by: "leo")
    try trust.decide(on: "team", by: "pia")
    #expect(try trust.authority().waiting.isEmpty)
    #expect(try trust.status().approvals.map(\.by) == ["pia"])
  }

  /// The first key stays where somebody asks for signatures without having seen it.
  @Test func theFirstKeyStaysWhoeverAsksForSignatures() throws {
    var trust = try TrustRoom(keyed: [])
    let before = trust.room
    trust.room.set([trust.makeKey("ana")], at: TrustRoom.place(0, "keys"), of: "team")
    try trust.commit(by: "ana")
    let team = trust.room["team"]
    trust.room = before
    trust.room.set(true, at: "/workflow/signed", of: "ligne")
    try trust.commit(by: "pia", after: [0])
    trust.room["team"] = team
    try trust.commit(by: nil, after: [1, 2])
    #expect(try trust.authority().waiting == [])
    try trust.decide(by: "ana")
    #expect(try trust.status().isApproved)
  }

  @Test func theLastKeyIsKnown() throws {
    var trust = try signed(keyed: ["ana", "pia"])
    let ana = trust.fingerprint("ana")
    #expect(try !trust.authority().isLastKey(ana))
    trust.room.set(
      [["id": JSONValue(trust.fingerprint("pia"))]], at: TrustRoom.place(3, "revokedKeys"), of: "team")
    try trust.commit(by: "pia")
    #expect(try trust.authority().isLastKey(ana))
  }

  @Test func whoseYesCountsForNothingIsKnown() throws {
    #expect(try signed(keyed: ["ana"]).authority().peopleWithoutKey == ["pia"])
    #expect(try TrustRoom(keyed: ["ana"]).authority().peopleWithoutKey == [])
  }

  /// The team wants signatures; of those who may approve, some have keys.
  private func signed(keyed: [String], preset: String = "required") throws -> TrustRoom {
    var trust = try TrustRoom(preset, keyed: keyed)
    trust.room.set(true, at: "/workflow/signed", of: "ligne")
    try trust.restart(by: "ana")
    return trust
  }

  @Test(arguments: ["free", "optional", "required", "multi-level"])
  func aYesWithoutAKeyCountsForNothing(_ preset: String) throws {
    var trust = try signed(keyed: ["ana"], preset: preset)
    try trust.decide(by: "pia")
    #expect(try trust.status().decisions.map(\.signature) == [.unverified])
    #expect(try trust.status().decisions.map(\.objection) == [.noKey])
    #expect(try !trust.status().isApproved)
    // A no does.
    try trust.decide("refuse", by: "pia")
    #expect(try trust.status().objections.count == 1)
    try trust.decide(by: "ana", unsigned: true)
    #expect(try trust.status().approvals.isEmpty)
    try trust.decide(by: "ana")
    #expect(try trust.status().approvals.map(\.by) == ["ana"])
  }

  /// Nobody makes up a key for somebody who has none, nor takes their voice.
  @Test(arguments: ["keys", "delegations"]) func aFirstKeyWaitsForASignedYes(_ field: JSONString) throws {
    var trust = try signed(keyed: ["ana"])
    let value: JSONValue = field == "keys" ? [trust.makeKey("pia")] : [["id": "d", "to": "leo"]]
    trust.room.set(value, at: TrustRoom.place(3, field), of: "team")
    try trust.commit(by: "leo")
    #expect(try trust.authority().waiting.map(\.field) == [field.text])
    try trust.decide(by: "pia")
    #expect(try trust.status().approvals.isEmpty)
    // Not by one that is not signed, nor by the new key itself.
    try trust.decide(on: "team", by: "ana", unsigned: true)
    try trust.decide(on: "team", by: "pia")
    #expect(try trust.authority().waiting.count == 1)
    try trust.decide(on: "team", by: "ana")
    #expect(try trust.authority().waiting.isEmpty)
    #expect(try trust.status().approvals.map(\.by) == (field == "keys" ? ["pia"] : []))
  }

  /// Whoever alone can sign confirms the others' keys, also those they wrote down themselves.
  @Test func whoAloneHasAKeyConfirmsTheNext() throws {
    var trust = try signed(keyed: ["ana"])
    trust.room.set([trust.makeKey("pia")], at: TrustRoom.place(3, "keys"), of: "team")
    try trust.commit(by: "ana")
    #expect(try trust.authority().waiting.count == 1)
    #expect(try trust.objection("ana") == nil)
    try trust.decide(on: "team", by: "ana")
    #expect(try trust.authority().waiting.isEmpty)
    // From here on there is somebody else.
    trust.room.set([trust.makeKey("leo")], at: TrustRoom.place(1, "keys"), of: "team")
    try trust.commit(by: "ana")
    #expect(try trust.objection("ana") == .ownWords)
    try trust.decide(on: "team", by: "ana")
    #expect(try trust.authority().waiting.count == 1)
    try trust.decide(on: "team", by: "pia")
    #expect(try trust.authority().waiting.isEmpty)
  }

  /// A team of which nobody can sign yet would wait for ever.
  @Test func theFirstKeyOfAllCountsAtOnce() throws {
    var trust = try signed(keyed: [])
    trust.room.set([trust.makeKey("ana")], at: TrustRoom.place(0, "keys"), of: "team")
    try trust.commit(by: "ana")
    #expect(try trust.authority().waiting.isEmpty)
    try trust.decide(by: "ana")
    #expect(try trust.status().isApproved)
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
