import Foundation
import JSONTree
import TestSupport
import Testing

/// Figures that somebody read, and the report of a month, by the program itself.
@Suite struct MeasureTests {
  @Test func figuresAreNotedAndReported() throws {
    let desk = try Desk()
    let none = try desk.ligne(["measure", "answers=3", "--source", "export"], in: "en")
    #expect(none.status == 1 && none.errorText.contains("The organisation does not follow “answers”."))
    _ = try desk.ligne([
      "set", "ligne.json", "/indicators", #"[{"id":"answers","name":"Réponses","target":100}]"#,
    ])
    for word in ["answers", "answers=beaucoup", "answers=1e400", "answers=-1e999"] {
      #expect(try desk.ligne(["measure", word, "--source", "x"]).status == 1, "\(word)")
    }
    #expect(try desk.ligne(["measure", "answers=1"]).status == 64)
    let twice = try desk.ligne(["measure", "answers=1", "answers=2", "--source", "x"], in: "en")
    #expect(twice.status == 1 && twice.errorText.contains("“answers” has two figures."))
    let noted = try desk.ligne(["measure", "answers=96,5", "--source", "Relevé", "--window", "P1M", "--json"])
    let value = try JSONValue(parsing: noted.output)
    #expect(
      noted.status == 0 && value["values"] == ["answers": .number(JSONNumber(unchecked: "96.5"))],
      "\(noted.text)")
    let report = try desk.ligne(["report", "--month", "2026-11", "--json"])
    let indicator = try JSONValue(parsing: report.output)["indicators"]?.array?.first
    #expect(indicator?["value"] == .number(JSONNumber(unchecked: "96.5")) && indicator?["source"] == "Relevé")
    #expect(indicator?["months"] == ["2026-11": .number(JSONNumber(unchecked: "96.5"))])
    let shown = try desk.ligne(["report", "--month", "2026-11"], in: "fr").text.plainSpaces
    #expect(
      shown.hasPrefix("# La Ravaude – novembre 2026\n") && shown.contains("| Réponses | 96,5 | – | 100 |"))
    // Files are written over reports of Ligne's, and over nothing else.
    for _ in 1...2 {
      let files = [
        "report", "--month", "2026-11", "--html", "m.html", "--csv", "m.csv", "--markdown", "m.md",
      ]
      #expect(try desk.ligne(files).status == 0)
    }
    try desk.write("à moi", to: "m.md")
    #expect(try desk.ligne(["report", "--month", "2026-11", "--markdown", "m.md"]).status == 1)
    #expect(try desk.read("m.md") == "à moi")
    #expect(try desk.ligne(["report", "--month", "2026-13"]).status == 1)
    #expect(try desk.ligne(["report", "--csv", "x.csv"]).status == 64)
    let piped = try desk.ligne(["report", "--month", "2026-11", "--csv", "-"])
    #expect(try piped.output == Array(Data(contentsOf: URL(filePath: desk.path + "/m.csv"))))
    #expect(try desk.ligne(["report", "--month", "2026-11", "--csv", "-", "--html", "-"]).status == 64)
  }
}
