import Documents
import EditorialDesk
import EditorialReview
import JSONTree
import ObjectModel
import Testing
import Wording

@testable import EditorialReports

/// The report of a month, in its three readings.
@Suite struct MonthReportTests {
  static func report(_ brand: String, in language: Language) throws -> MonthReport {
    let documents = DocumentCollection([
      try ReportTests.document(
        "ligne.json", "workspace",
        [
          "id": "w", "brand": JSONValue(brand),
          "indicators": [
            ["id": "a", "name": JSONValue("Réponses | \(brand)"), "unit": "%", "target": 1000],
            ["id": "b", "name": "=2+2"],
          ],
        ]),
      try ReportTests.document(
        "metrics/1.json", "metrics",
        [
          "id": "1", "subject": "w", "source": "A;B,\"C\"", "takenAt": "2026-10-20T10:00:00Z",
          "values": ["a": .number(JSONNumber(unchecked: "1250.5")), "b": -3],
        ]),
      try ReportTests.document(
        "metrics/2.json", "metrics",
        [
          "id": "2", "subject": "w", "source": "Relevé", "takenAt": "2026-11-20T10:00:00Z",
          "values": ["a": .number(JSONNumber(unchecked: "625.25"))],
        ]),
      try ReportTests.document(
        "channels.json", "channels",
        ["id": "c", "channels": [["id": "fb", "platform": "facebook", "handle": "r"]]]),
    ])
    let states = EditorialStates(of: documents, at: try #require(Instant(rfc3339: "2026-11-20T12:00:00Z")))
    let review = MonthReview(of: try #require(CivilDate("2026-11-01")), states, clocks: .utc)
    return MonthReport(review, in: language)
  }

  @Test func markdownEscapesWhatAPersonWrote() throws {
    let text = try Self.report("*Ravaude* <b>\u{202E}", in: .french).markdown
    #expect(text.hasPrefix("# \\*Ravaude\\* \\<b\\>"))
    #expect(!text.contains("\u{202E}"))
    let row = try #require(text.split(separator: "\n").first { $0.contains("Réponses") })
    #expect(
      row.contains("Réponses \\| ")
        && row.contains("| 625,25 | 1\u{A0}250,5 | 1\u{A0}000 | █▅ | Relevé, le 20"))
    #expect(text.contains("| --- | --: | --: | --: | --: | --- |"))
    #expect(text.hasSuffix("Pour décembre 2026\u{A0}: 0\u{A0}sortie prévue.\n"))
  }

  @Test func aSpreadsheetGetsWhatItsLanguageExpects() throws {
    let french = try Self.report("R", in: .french).csv
    #expect(french.hasPrefix("\u{FEFF}tableau;élément;mesure;valeur\r\n"))
    #expect(french.contains(";Ce mois;625,25\r\n") && french.contains(";Douze mois 2026-10;1250,5\r\n"))
    let english = try Self.report("R", in: .english).csv
    #expect(
      english.contains(",This month,625.25\r\n")
        && english.contains(",\"Relevé, November\u{A0}20, 2026\"\r\n"))
    // What could be taken for a formula is a text; a number below zero is a number.
    #expect(english.contains("What we follow,'=2+2,Before,-3\r\n"))
  }

  @Test func aPageHoldsNothingThatABrowserWouldObey() throws {
    let page = try Self.report("<script>alert(1)</script>", in: .english).html
    #expect(!page.contains("<script") && !page.contains("http"))
    #expect(
      page.contains(
        "<svg role=\"img\" aria-label=\"October 2026: 1,250.5, November 2026: 625.25\" width=\"16\""))
    #expect(page.contains("height=\"14\""))  // Half of what the month before had.
  }

  /// What went out is listed with its address; one that is no address of the web is only text.
  @Test(
    arguments: [
      (
        "https://social.example/@r/1_2?a=1&b=\"|",
        "<a href=\"https://social.example/@r/1_2?a=1&amp;b=&quot;|\">",
        "<https://social.example/@r/1_2?a=1&b=\"%7C>"
      ),
      ("javascript:alert(1)", "<td class=\"words\">javascript:alert(1)</td>", "javascript:alert(1)"),
      ("data:text/html,x", "<td class=\"words\">data:text/html,x</td>", "data:text/html,x"),
      ("https://x> [a](b", "<a href=\"https://x&gt; [a](b\">", "https://x\\> \\[a\\](b"),
    ])
  func whatWentOutHasItsAddress(_ address: String, _ shown: String, _ marked: String) throws {
    let documents = DocumentCollection([
      try ReportTests.document("ligne.json", "workspace", ["id": "w", "brand": "R"]),
      try ReportTests.document("posts/p.json", "post", ["id": "p", "title": "Trois | points"]),
      try ReportTests.document(
        "publications/1.json", "publication",
        [
          "id": "1", "post": "p", "channel": "fb", "at": "2026-11-10T09:05:00Z", "nature": "publication",
          "url": JSONValue(address),
        ]),
    ])
    let states = EditorialStates(of: documents, at: try #require(Instant(rfc3339: "2026-11-20T12:00:00Z")))
    let review = MonthReview(of: try #require(CivilDate("2026-11-01")), states, clocks: .utc)
    let report = MonthReport(review, in: .english)
    #expect(report.html.contains(shown), "\(report.html)")
    #expect(
      report.markdown.contains("| fb | Trois \\| points | published | \(marked) |\n"), "\(report.markdown)")
    // In a spreadsheet a row is told from the others of its day.
    #expect(
      report.csv.contains(
        "Day by day,\"November\u{A0}10, 2026, fb, Trois | points\",What happened,published\r\n"))
  }

  @Test(arguments: [
    ("0", "0", "0"), ("-0.5", "-0,5", "-0.5"), ("1234567", "1\u{A0}234\u{A0}567", "1,234,567"),
    ("12.50", "12,50", "12.50"),
    ("1e3", "1e3", "1e3"), ("-1234.5", "-1\u{A0}234,5", "-1,234.5"),
  ])
  func numbersAreWrittenAsPeopleDo(_ text: String, _ french: String, _ english: String) {
    let number = JSONNumber(unchecked: text)
    #expect(Language.french.number(number) == french && Language.english.number(number) == english)
  }
}
