import Foundation
import JSONTree
import TestSupport
import Testing

/// What went out, by the program itself.
@Suite struct PublishTests {
  static func json(_ desk: Desk, _ words: [String], minute: Int = 0, status: Int32 = 0) throws -> JSONValue {
    let at = "2026-11-21T09:\(minute < 10 ? "0" : "")\(minute):00-05:00"
    let answer = try desk.ligne(words + ["--json"], environment: ["LIGNE_DATE": at])
    #expect(answer.status == status, "\(words): \(answer.text)")
    return try JSONValue(parsing: answer.output)
  }

  @Test func whatWentOutIsRecordedOnceAndCorrectedAfterwards() throws {
    let (desk, post) = try ScheduleTests.desk(["--body", "La soirée a lieu jeudi."])
    let dry = try Self.json(desk, ["publish", post, "--channel", "x", "--dry-run"])
    #expect(dry["publication"] == .null && dry["clear"] == true && dry["account"] == "x:ravaude")
    #expect(try CheckTests.list(desk, "publication") == [])
    let out = try Self.json(desk, ["publish", post, "--url", "https://x.example/1"])
    #expect(out["publication"]?.text?.utf8.count == 26 && out["contentHash"] == dry["contentHash"])
    let record = try Self.json(desk, ["show", try #require(out["publication"]?.text)])
    #expect(record["url"] == "https://x.example/1" && record["by"] == "ana-cote")
    #expect(try Self.json(desk, ["list", "post"]).array?.first?["state"] == "published")

    // The same second: the order is that in which they were recorded.
    let twice = try Self.json(desk, ["publish", post], status: 1)["error"]
    #expect(
      twice?["code"] == "release-blocked" && twice?["message"]?.text?.contains("https://x.example/1") == true)
    _ = try desk.ligne(["set", post, "/body", "La soirée a lieu vendredi."])
    #expect(try Self.json(desk, ["publish", post])["nature"] == "correction")
    #expect(try Self.json(desk, ["list", "post"]).array?.first?["state"] == "published")
    #expect(try Self.json(desk, ["publish", post, "--nature", "withdrawal"])["nature"] == "withdrawal")
    #expect(try Self.json(desk, ["list", "post"]).array?.first?["state"] == "withdrawn")
  }

  @Test func aFactIsRecordedWhateverStoodAgainstIt() throws {
    let (desk, post) = try ScheduleTests.desk(["--body", "Jeudi."])
    _ = try desk.ligne(["channel", "close", "x"])
    let refused = try desk.ligne(["publish", post], in: "en")
    #expect(
      refused.status == 1 && refused.errorText.contains("This channel is closed. → ligne channel open x"))
    #expect(refused.errorText.contains("--record-anyway"))
    #expect(
      try Self.json(desk, ["publish", post, "--record-anyway"], status: 64)["error"]?["code"] == "usage")
    let words = ["publish", post, "--record-anyway", "-m", "Parti tout seul."]
    #expect(
      try Self.json(desk, words, status: 2)["blockers"]?.array?.map { $0["code"] } == ["channel-closed"])
    #expect(try Self.json(desk, ["publish", post, "--export", "-"], minute: 1, status: 1)["error"] != nil)
    // What can only be a slip is no fact.
    let slip = words + ["--nature", "correction"]
    #expect(try Self.json(desk, slip, status: 1)["error"]?["code"] == "release-blocked")
  }

  @Test func anAccountWithAPhraseWantsIt() throws {
    let desk = try Desk()
    _ = try desk.ligne(["channel", "add", "x=x:ravaude", "--guard-phrase", "La Ravaude parle"])
    _ = try desk.ligne(["new", "post", "--title", "Soirée", "--channel", "x", "--body", "Jeudi."])
    #expect(try Self.json(desk, ["publish", "soiree"], status: 1)["error"]?["code"] == "guard-phrase-needed")
    let wrong = ["publish", "soiree", "--guard-phrase", "la ravaude parle"]
    #expect(try Self.json(desk, wrong, status: 1)["error"]?["code"] == "wrong-guard-phrase")
    #expect(try CheckTests.list(desk, "publication") == [])
    _ = try Self.json(desk, ["publish", "soiree", "--guard-phrase", "La Ravaude parle"])
    #expect(try CheckTests.list(desk, "publication").count == 1)
  }

  @Test func theExactTextIsHandedOver() throws {
    let (desk, post) = try ScheduleTests.desk([
      "--body", "Jeudi.", "--set", #"/hashtags=["Ravaude"]"#, "--set",
      #"/links=[{"id":"a","url":"https://ravaude.example","utm":{"source":"x"}}]"#,
    ])
    let text = "Jeudi.\n\nhttps://ravaude.example?utm_source=x\n\n#Ravaude"
    #expect(try desk.ligne(["publish", post, "--export", "-"]).output == Array(text.utf8))
    #expect(
      try Self.json(desk, ["publish", post, "--export", "ici"], status: 1)["error"]?["code"]
        == "inside-workspace")
    for _ in 1...2 {
      let handed = try Self.json(desk, ["publish", post, "--export", "../sorties"])
      #expect(handed["files"]?.array?.count == 2)
    }
    let folder = desk.folder.path + "/sorties"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(names.count == 2)
    #expect(try String(contentsOfFile: folder + "/" + names[1], encoding: .utf8) == text + "\n")
    #expect(try CheckTests.list(desk, "publication") == [])
  }

  @Test func twoPeoplePublishAndBothLinksAreThere() throws {
    let (ana, leo) = try ConcurrentReviewTests.team()
    for (desk, link) in [(ana, "1"), (leo, "2")] {
      _ = try Self.json(desk, ["publish", "soiree", "--url", "https://ravaude.example/\(link)"])
      #expect(try desk.ligne(["commit", "-m", "Sorti"]).status == 0)
    }
    #expect(try ana.ligne(["sync"]).status == 0)
    let found = try Self.json(leo, ["sync"], status: 2)["findings"]?.array ?? []
    let alarm = try #require(found.first { $0["rule"] == "published-twice" }?["message"]?.text)
    #expect(alarm.contains("https://ravaude.example/1") && alarm.contains("https://ravaude.example/2"))
  }
}
