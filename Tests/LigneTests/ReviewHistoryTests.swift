import Foundation
import JSONTree
import TestSupport
import Testing

/// A decision about one document reads few others; what it hangs on may lie in the past.
@Suite struct ReviewHistoryTests {
  /// The yes that gave somebody a right names the team by the id it had then.
  @Test func aRightStaysGivenWhereTheTeamHasAnotherId() throws {
    let (ana, leo) = try ConcurrentReviewTests.team()
    let post = try ConcurrentReviewTests.post(ana)
    func done(_ desk: Desk, _ words: [String]) throws {
      let answer = try desk.ligne(words)
      #expect(answer.status == 0, "\(words): \(answer.errorText)")
    }
    try done(ana, ["set", "ligne.json", "/workflow/preset", "required"])
    try done(ana, ["commit", "-m", "Les changements de l’équipe attendent un oui"])
    let pia = #"{"id":"pia-cho","name":"Pia Cho","email":"pia@ravaude.example","rights":{"*":["approve"]}}"#
    try done(ana, ["set", "team.json", "/members/-", pia])
    try done(ana, ["commit", "-m", "Pia"])
    try done(ana, ["sync"])
    let deskOfPia = try Desk(
      "Pia Cho <pia@ravaude.example>", in: ana.folder, cloning: ana.folder.path + "/equipe.git")
    let early = try deskOfPia.ligne(["review", "approve", post.path])
    #expect(early.status != 0, "nobody has agreed to her right yet")
    try done(leo, ["sync"])
    try done(leo, ["review", "approve", "team.json"])
    try done(leo, ["commit", "-m", "Oui à Pia"])
    try done(leo, ["sync"])
    try done(ana, ["sync"])
    let id = try #require(try JSONValue(parsing: Array(ana.read("team.json").utf8))["id"]?.text)
    try ana.write(
      try ana.read("team.json").replacing(id, with: "01m6pp5qb0wb7d3mnfvs9552fb"), to: "team.json")
    try done(ana, ["commit", "-m", "Un autre identifiant"])
    try done(ana, ["sync"])
    try done(deskOfPia, ["sync"])
    try done(deskOfPia, ["review", "approve", post.path])
    let shown = try JSONValue(parsing: deskOfPia.ligne(["review", "show", post.path, "--json"]).output)
    #expect(shown["state"] == "approved")
    #expect(shown["approvals"]?.array?.map { $0["by"] } == ["pia-cho"])
    let told = try deskOfPia.ligne(["show", post.path]).text
    #expect(told.contains("approuvé"), "\(told)")
  }

  /// What a decision was about may show a picture that the words of today show no more.
  @Test func aPictureOnlyEarlierWordsShowIsKnown() throws {
    let ana = try Desk()
    var assets: [JSONValue] = []
    for name in ["mitaine", "fil"] {
      let wishes = ["permission=not-needed", "url=https://medias.ravaude.example/\(name).jpg"]
      let words = [
        "new", "asset", "--title", name, "--set", "/\(wishes[0])", "--set", "/\(wishes[1])", "--json",
      ]
      let added = try ana.ligne(words)
      #expect(added.status == 0, "\(added.errorText)")
      assets.append(try #require(try JSONValue(parsing: added.output)["id"]))
    }
    #expect(try ana.ligne(["new", "post", "--title", "Soirée", "--body", "Un fil."]).status == 0)
    let post = try ConcurrentReviewTests.post(ana)
    func show(_ asset: JSONValue) throws {
      let list: JSONValue = [["id": "01m6pp5qb0wb7d3mnfvs9552fc", "asset": asset]]
      let text = String(decoding: list.canonicalForm, as: UTF8.self)
      let answer = try ana.ligne(["set", post.path, "/assets", text])
      #expect(answer.status == 0, "\(answer.errorText)")
      #expect(try ana.ligne(["commit", "-m", "Une image"]).status == 0)
    }
    try show(assets[0])
    let yes = try ana.ligne(["review", "approve", post.path])
    #expect(yes.status == 0, "\(yes.errorText)")
    #expect(try ana.ligne(["commit", "-m", "Oui"]).status == 0)
    try show(assets[1])
    let shown = try JSONValue(parsing: ana.ligne(["review", "show", post.path, "--json"]).output)
    let stale = try #require(shown["stale"]?.array?.first)
    let fields = try #require(stale["fields"]?.array, "the words that were approved are found")
    #expect(fields.map { $0["pointer"]?.text ?? "" }.allSatisfy { $0.hasPrefix("/assets") })
    #expect(!fields.isEmpty)
  }
}
