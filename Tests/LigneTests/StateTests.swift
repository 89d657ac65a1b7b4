import Foundation
import JSONTree
import TestSupport
import Testing

/// `list` and `show` say where a document stands, from what the folder records.
@Suite struct StateTests {
  /// A desk with one post for a channel and another document, and the post's path.
  private func desk() throws -> (Desk, post: String) {
    let desk = try Desk()
    try desk.write(
      """
      {"id": "01m20fy9a0t9ne85h343v1qmpv", "kind": "channels", "createdAt": "2026-09-08T08:30:00-04:00",
       "createdBy": "ana", "channels": [{"id": "fb", "platform": "facebook", "handle": "ravaude"}]}
      """, to: "channels.json")
    let made = try desk.ligne([
      "new", "post", "--title", "Mitaines", "--channel", "fb", "--body", "Un fil.", "--json",
    ])
    let answer = try JSONValue(parsing: made.output)
    return (desk, try #require(answer["path"]?.text))
  }

  private func row(_ desk: Desk, _ words: String...) throws -> JSONValue {
    let answer = try desk.ligne(["list", "post", "--json"] + words)
    return try #require(try JSONValue(parsing: answer.output).array?.first)
  }

  @Test func aPostIsScheduledHeldAndArchived() throws {
    let (desk, post) = try desk()
    #expect(try row(desk)["state"] == "draft")
    #expect(try row(desk)["states"] == ["fb": "draft"])

    let schedule = "{\"at\": \"2026-11-23T09:00:00-05:00\", \"zone\": \"America/Toronto\"}"
    _ = try desk.ligne(["set", post, "/variants/fb/schedule", schedule])
    #expect(try row(desk, "--state", "scheduled")["states"] == ["fb": "scheduled"])
    #expect(try desk.ligne(["list", "post"]).text.contains("programmée"))
    #expect(try desk.ligne(["show", post], in: "en").text.contains("fb  scheduled"))

    try desk.write(
      """
      {"id": "01m7rny2h0mcmf4sqh0apfmtzb", "kind": "crisis-activation", "createdAt": "2026-11-20T08:30:00-04:00",
       "createdBy": "ana", "plan": "01m2n88tr0t9ew9553j694r6bw", "level": "2", "state": "active", "hold": "all"}
      """, to: "crisis/activations/panne-01m7rny2h0mcmf4sqh0apfmtzb.json")
    #expect(try row(desk, "--state", "held")["state"] == "held")
    #expect(try desk.ligne(["show", post]).text.contains("fb  retenue"))
    #expect(try desk.ligne(["list"], in: "en").text.contains("held"))

    _ = try desk.ligne(["set", post, "/state", "archived"])
    #expect(try row(desk)["state"] == "archived")
    // The document is what it was.
    let shown = try JSONValue(parsing: desk.ligne(["show", post, "--json"]).output)
    #expect(shown["state"] == "archived" && shown["states"] == nil)
  }

  /// A post on two channels is found by where it stands on either, and told as it is on the one that is asked for.
  @Test func eachChannelHasAState() throws {
    let desk = try Desk(wishing: ["--channel", "fb=facebook:r", "--channel", "x=x:r"])
    _ = try desk.ligne(["new", "post", "--title", "Deux", "--channel", "fb", "--channel", "x"])
    let words = ["schedule", "Deux", "--channel", "fb", "--at", "2026-12-01T10:00"]
    #expect(try desk.ligne(words).status == 0)
    for state in ["draft", "scheduled"] {
      #expect(try row(desk, "--state", state)["states"] == ["fb": "scheduled", "x": "draft"])
    }
    let both = try desk.ligne(["list", "post"]).text
    #expect(both.contains("brouillon") && both.contains("programmée"))
    #expect(try !desk.ligne(["list", "post", "--channel", "x"]).text.contains("programmée"))
    #expect(try desk.ligne(["list", "--channel", "x", "--state", "scheduled", "--json"]).text == "[]")
  }

  @Test func otherKindsHaveTheStepTheyName() throws {
    let desk = try Desk()
    _ = try desk.ligne(["new", "campaign", "--title", "Hiver"])
    let answer = try JSONValue(parsing: desk.ligne(["list", "campaign", "--json"]).output)
    let state = try #require(answer.array?.first?["state"]?.text)
    #expect(try desk.ligne(["list", "campaign", "--state", state]).status == 0)
    let guideline = try JSONValue(parsing: desk.ligne(["list", "guideline", "--json"]).output)
    #expect(guideline.array?.first?["state"] == .null)
  }
}
