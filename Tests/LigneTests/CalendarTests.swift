import Foundation
import JSONTree
import TestSupport
import Testing

/// The calendar, moving what is planned, and posts that hang on milestones, by the program itself.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/America/Toronto")))
struct CalendarTests {
  static func desk() throws -> (desk: Desk, post: String) {
    let (desk, post) = try ScheduleTests.desk()
    let made = try desk.ligne([
      "new", "campaign", "--title", "Hiver", "--json", "--set",
      #"/milestones=[{"id":"opening","title":"Ouverture","at":"2026-12-03T08:00:00-05:00"}]"#,
    ])
    let campaign = try #require(try JSONValue(parsing: made.output)["id"]?.text, "\(made.text)")
    _ = try desk.ligne(["set", post, "/campaign", campaign])
    return (desk, post)
  }

  @Test func aPostHangsOnAMilestoneAndMovesNoMore() throws {
    let (desk, post) = try Self.desk()
    let wrong = try desk.ligne(["schedule", post, "--channel", "x", "--milestone", "open"], in: "en")
    #expect(wrong.status == 1 && wrong.errorText.contains("There are: opening."))
    let chosen = try desk.ligne([
      "schedule", post, "--channel", "x", "--milestone", "opening", "--by", "-2d", "--json",
    ])
    let value = try JSONValue(parsing: chosen.output)
    #expect(value["at"] == "2026-12-01T08:00:00-05:00" && value["anchor"]?["minutes"] == -2880)
    let shift = try JSONValue(
      parsing: desk.ligne(["shift", "--from", "2026-12", "--by", "1d", "--json"]).output)
    #expect(shift["moved"] == [] && shift["left"]?.array?.first?["reason"] == "anchored")
    // The milestone moves: the check says so, the calendar marks it, and a time of its own settles it.
    let campaign = try JSONValue(parsing: desk.ligne(["list", "campaign", "--json"]).output).array?.first?[
      "id"]?.text
    _ = try desk.ligne(["set", campaign ?? "", "/milestones/@opening/at", "2026-12-05T08:00:00-05:00"])
    #expect(try desk.ligne(["check"], in: "en").text.contains("milestone"))
    let marked = try desk.ligne(["calendar", "week", "--from", "2026-12-01"], in: "en").text
    #expect(marked.contains("the milestone “Ouverture” has another time now"), "\(marked)")
    _ = try desk.ligne(["schedule", post, "--channel", "x", "--at", "2026-12-02T08:00"])
    let variant = try JSONValue(parsing: desk.ligne(["show", post, "--json"]).output)["variants"]?["x"]
    #expect(variant?["anchor"] == nil && variant?["schedule"]?["at"] == "2026-12-02T08:00:00-05:00")
  }

  @Test func everythingOfSomeDaysMovesTogetherAndKeepsItsHour() throws {
    let (desk, post) = try Self.desk()
    _ = try desk.ligne(["schedule", post, "--channel", "x", "--at", "2027-03-13T02:30"])
    let dry = try desk.ligne(["shift", "--from", "2027-03-13", "--by", "1d", "--dry-run"], in: "fr")
    #expect(dry.text.plainSpaces.hasPrefix("1 sortie à décaler; rien n’a changé\n"), "\(dry.text)")
    #expect(dry.text.plainSpaces.contains("on avance les horloges ce jour-là"))
    let done = try desk.ligne(["shift", "--from", "2027-03", "--by", "1d", "--json"])
    let move = try JSONValue(parsing: done.output)["moved"]?.array?.first
    #expect(move?["to"] == "2027-03-14T03:30:00-04:00" && move?["note"] == "skipped-hour")
    #expect(try ScheduleTests.schedule(desk, post)?["at"] == "2027-03-14T03:30:00-04:00")
    #expect(try desk.ligne(["shift", "--from", "2027-03", "--by", "soon"]).status == 1)
    #expect(try desk.ligne(["shift", "--by", "1d"]).status == 64)
  }

  @Test func daysAreChosenAndFilesAreWrittenOverNothingOfSomebodys() throws {
    let (desk, post) = try Self.desk()
    _ = try desk.ligne(["schedule", post, "--channel", "x", "--at", "2026-12-01T09:00"])
    let json = try JSONValue(parsing: desk.ligne(["calendar", "--json"]).output).array ?? []
    #expect(json.count == 1 && json[0]["id"]?.text == post && json[0]["channel"] == "x")
    #expect(json[0]["at"] == "2026-12-01T09:00:00-05:00" && json[0]["title"] == "Soirée")
    #expect(json[0]["state"] == "scheduled" && json[0]["remarks"] == [])
    let grid = try desk.ligne(["calendar", "month", "--from", "2026-12-24"], in: "fr").text.plainSpaces
    #expect(grid.contains("1 sortie en décembre 2026") && grid.contains("●09:00 x"), "\(grid)")
    #expect(grid.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(try desk.ligne(["calendar", "--from", "2026-12-02", "--to", "2026-12-01"]).status == 1)
    #expect(try desk.ligne(["calendar", "week", "--to", "2026-12-01"]).status == 64)
    #expect(try desk.ligne(["calendar", "--channel", "z"]).status == 1)
    for (option, file) in [("--ics", "c.ics"), ("--html", "c.html")] {
      for _ in 1...2 { #expect(try desk.ligne(["calendar", option, file]).status == 0) }
      try desk.write("à moi", to: "mine")
      let refused = try desk.ligne(["calendar", option, "mine"], in: "fr")
      #expect(refused.status == 1 && refused.errorText.contains("n’a pas été écrit par Ligne"))
      #expect(try desk.read("mine") == "à moi")
      // To a pipe, and nothing beside it: what a file would hold.
      let piped = try desk.ligne(["calendar", option, "-"])
      #expect(piped.status == 0)
      #expect(try piped.output == Array(desk.read(file).utf8))
      #expect(try desk.ligne(["calendar", option, "-", "--json"]).status == 64)
    }
    #expect(try desk.ligne(["calendar", "--ics", "-", "--html", "-"]).status == 64)
    #expect(try desk.read("c.ics").contains("DTSTART;TZID=America/Toronto:20261201T090000\r\n"))
  }
}
