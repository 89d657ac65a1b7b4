import Crypto
import Documents
import EditorialReview
import Foundation
import JSONTree
import ObjectModel
import Testing

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

  static let endings: [(String, JSONValue)] = [
    ("its end is noted", [["id": "d", "to": "leo", "until": "2026-11-01T00:00:00Z"]]),
    ("it is taken out", []),
  ]

  /// Whoever takes their voice back, or has it taken, is not spoken for while that waits for a yes.
  @Test(arguments: endings) func aVoiceThatWasTakenBackIsGoneAtOnce(_ how: (String, JSONValue)) throws {
    var trust = try TrustRoom()
    trust.room.set([["id": "d", "to": "leo"]], at: "/members/0/delegations", of: "team")
    try trust.restart(by: "ana")
    #expect(try trust.states().voices(givenTo: "leo") == ["ana"])
    trust.room.set(how.1, at: "/members/0/delegations", of: "team")
    try trust.commit(by: "ana")
    #expect(try trust.states().voices(givenTo: "leo") == [])
    #expect(try trust.authority().waiting == [])
    // A longer one is given anew.
    trust.room.set(
      [["id": "d", "to": "leo", "until": "2027-12-01T00:00:00Z"]], at: "/members/0/delegations", of: "team")
    try trust.commit(by: "leo")
    #expect(try trust.states().voices(givenTo: "leo") == [])
    #expect(try trust.authority().waiting.map(\.field) == ["delegations"])
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
    ("/workflow/signed", false),
  ]

  @Test(arguments: loosenings) func aLooserPolicyWaits(_ place: JSONPointer, _ value: JSONValue) throws {
    var trust = try TrustRoom()
    for field in ["/workflow/fourEyes", "/workflow/signed"] as [JSONPointer] {
      trust.room.set(true, at: field, of: "ligne")
    }
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

  /// A first key or a voice is a person's own to give, or written down by who may approve everywhere.
  @Test(arguments: [("ana", true), ("pia", true), ("leo", false)], ["keys", "delegations"])
  func aFirstKeyOfAnothersHandWaits(_ author: (by: String, counts: Bool), _ field: JSONString) throws {
    var trust = try TrustRoom(keyed: ["pia"])
    let value: JSONValue = field == "keys" ? [trust.makeKey("ana")] : [["id": "d", "to": "leo"]]
    trust.room.set(value, at: TrustRoom.place(0, field), of: "team")
    try trust.commit(by: author.by)
    #expect(try trust.authority().waiting.map(\.field) == (author.counts ? [] : [field.text]))
  }

  /// What is no key would stand in the way of every key that comes later, which only a key could confirm.
  @Test func whatIsNoKeyWaits() throws {
    var trust = try TrustRoom(keyed: ["pia"])
    trust.room.set(["ssh-rsa nonsense"], at: TrustRoom.place(0, "keys"), of: "team")
    try trust.commit(by: "ana")
    #expect(try trust.authority().waiting.map(\.field) == ["keys"])
  }

  // MARK: - Who leaves

  /// What somebody agreed on while it was theirs to say stays agreed on when they leave or lose the right; what they say later,
  /// with a key they still have, is nobody's.
  @Test(arguments: [true, false], [true, false])
  func whatWasAgreedOnStaysAgreedOn(_ isSaidBefore: Bool, _ isGone: Bool) throws {
    var trust = try TrustRoom(keyed: ["ana", "pia"])
    trust.room.set(["*": ["approve"]], at: TrustRoom.place(1, "rights"), of: "team")
    try trust.commit(by: "pia", named: "aaaa")
    let yes = try trust.decide(on: "team", by: "ana")
    #expect(try trust.authority().waiting == [])
    if isGone {
      try trust.remove("ana")
    } else {
      trust.room.set(["*": ["write"]], at: TrustRoom.place(0, "rights"), of: "team")
    }
    try trust.commit(by: "pia", named: "bbbb")
    if isSaidBefore { trust.there["bbbb"] = [yes] }
    let waiting = try Set(trust.authority().waiting.map(\.subject))
    #expect(waiting == (isSaidBefore ? [.member("ana")] : [.member("ana"), .member("leo")]))
    // Léo’s word counts as far as it was agreed on, for what comes next.
    try trust.decide(by: "leo")
    #expect(try trust.status().approvals.map(\.by) == (isSaidBefore ? ["leo"] : []))
    // Ana’s counts for nothing new.
    try trust.decide(by: "ana")
    #expect(try !trust.status().approvals.contains { $0.by == "ana" })
  }

  /// A file that anybody drops in somebody's name takes nothing back.
  @Test(arguments: ["approve", "refuse"]) func nothingSaidLaterUndoesWhatWasAgreedOn(_ verdict: String) throws
  {
    for person in ["ana", "pia"] {
      var trust = try TrustRoom(keyed: ["ana", "pia"])
      trust.room.set(["*": ["approve"]], at: TrustRoom.place(1, "rights"), of: "team")
      try trust.commit(by: "pia", named: "aaaa")
      let yes = try trust.decide(on: "team", by: "ana")
      let junk = try trust.decide(verdict, on: "team", by: person, unsigned: true)
      let said = trust.room[junk]
      trust.room[junk] = nil
      try trust.remove("ana")
      try trust.commit(by: "zoe", named: "bbbb")
      trust.there["bbbb"] = [yes]
      trust.room[junk] = said
      #expect(try trust.authority().waiting.allSatisfy { $0.subject == .member("ana") })
    }
  }

  /// A branch that has never heard of somebody takes nothing from them: whoever founds a team on two computers goes on having the
  /// people of both.
  @Test func whoIsUnknownToABranchHasNotLeft() throws {
    var trust = try TrustRoom(judges: ["ana"], keyed: [])
    let before = trust.room
    trust.room.set(["*": ["approve", "write"]], at: TrustRoom.place(3, "rights"), of: "team")
    try trust.commit(by: "ana")
    let team = trust.room["team"]
    trust.room = before
    trust.room.set("America/Montreal", at: "/timeZone", of: "ligne")
    try trust.commit(by: "ana", after: [0])
    trust.room["team"] = team
    try trust.commit(by: nil, after: [1, 2])
    #expect(try trust.authority().waiting == [])
    try trust.decide(by: "pia")
    #expect(try trust.status().approvals.map(\.by) == ["pia"])
  }

  /// One of two people with keys does not get rid of the other, also where nobody has to sign; where somebody else writes down that
  /// one leaves, the other's yes is enough.
  @Test func whoHasAKeyIsNotTakenOutByTheOther() throws {
    for (remover, isEnough) in [("pia", false), ("ana", true)] {
      var trust = try TrustRoom(keyed: ["ana", "pia"])
      #expect(try trust.authority().judges(without: "ana") == ["pia"])
      try trust.remove("ana")
      try trust.commit(by: remover)
      try trust.decide(on: "team", by: "pia")
      #expect(try trust.authority().waiting.isEmpty == isEnough, "\(remover)")
    }
  }

  /// Where nobody signs, the one who stays may do what two did: there is nobody else to ask.
  @Test func theOneWhoStaysIsNotLockedOut() throws {
    var trust = try TrustRoom(judges: ["ana", "pia"], keyed: [])
    try trust.remove("ana")
    try trust.commit(by: "pia")
    #expect(try trust.authority().waiting == [])
    trust.room.set(["*": ["approve"]], at: TrustRoom.place(0, "rights"), of: "team")
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
