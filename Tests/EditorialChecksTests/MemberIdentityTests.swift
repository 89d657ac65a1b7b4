import Documents
import JSONTree
import Testing
import Wording

@testable import EditorialChecks

/// Members of a team whom one can take for one another, however they came to be in it.
@Suite struct MemberIdentityTests {
  static func findings(_ members: [JSONValue]) throws -> [Finding] {
    let team = try SampleDocuments.make("team", "team.json", ["members": .array(members)])
    return check(DocumentCollection([team]), at: Instant(secondsSince1970: 1_795_000_000))
  }

  static func member(_ id: String, _ name: String, _ email: String? = nil) -> JSONValue {
    var member: JSONObject = ["id": JSONValue(id), "name": JSONValue(name)]
    member["email"] = email.map { JSONValue($0) }
    return .object(member)
  }

  @Test func aNameThatLooksLikeAnothersIsAnErrorAtItsPlace() throws {
    let findings = try Self.findings([
      Self.member("ana", "Ana Côté"), Self.member("b", "Léo"), Self.member("c", "ANA CÔTÉ"),
    ])
    #expect(findings.map(\.rule) == ["look-alike-member"])
    #expect(findings.first?.level == .error)
    #expect(findings.first?.pointer.description == "/members/@c/name")
    #expect(findings.first?.message.english.contains("ANA CÔTÉ (c) can be taken for Ana Côté (ana)") == true)
  }

  @Test(arguments: ["Mаria", "Ana\u{202E}", "\u{2066}Léo\u{2069}"])
  func aNameThatIsNoneIsFoundByItself(_ name: String) throws {
    let findings = try Self.findings([Self.member("ana", name)])
    #expect(findings.map(\.rule) == ["look-alike-member"])
    #expect(findings.first?.pointer.description == "/members/@ana/name")
  }

  @Test func anAddressOfTwoIsAWarning() throws {
    let findings = try Self.findings([
      Self.member("ana", "Ana", "desk@ravaude.example"), Self.member("leo", "Léo", "Desk@ravaude.example"),
      Self.member("zoe", "Zoé"), Self.member("eva", "Eva"),
    ])
    #expect(findings.map(\.rule) == ["same-email"])
    #expect(findings.first?.level == .warning)
    #expect(findings.first?.pointer.description == "/members/@leo/email")
  }

  @Test func aTeamOfDifferentPeopleIsLeftInPeace() throws {
    let findings = try Self.findings([
      Self.member("ana", "Ana Côté", "a@b.example"), Self.member("andre", "André Roy", "b@b.example"),
      Self.member("andre-b", "Andre Roy", "c@b.example"), Self.member("maria", "Мария", "d@b.example"),
    ])
    #expect(findings.isEmpty)
  }
}
