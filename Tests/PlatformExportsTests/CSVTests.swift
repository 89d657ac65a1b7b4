import JSONTree
import PlatformExports
import Testing
import Wording

/// Tables as spreadsheets and agencies write them.
@Suite struct CSVTests {
  @Test func theSampleIsRead() throws {
    let export = Exports.read(.csv, try Exports.files(.csv))
    #expect(
      export.told == [
        "comment c1",
        "2026-10-03T14:00:00Z | c1 | Jolyane B. | Bonjour, «\u{A0}deux\u{A0}»\nlignes; et \"guillemets\"",
        "2026-10-03T15:00:00Z | c2 | Oriane | Oui",
        "comment row-40eb23bfe1e90979bed8",
        "2026-10-04T08:00:00Z | row-40eb23bfe1e90979bed8 | Oriane | Sans identifiant",
        "skipped commentaires.csv, line 5: date", "skipped commentaires.csv, line 7: field",
        "skipped commentaires.csv, line 8: cells",
      ])
    #expect(export.conversations[0].messages[0].source == ["Note": "5"])
  }

  static let tables: [(name: String, text: String, told: [String])] = [
    ("commas and LF", "date,text\n2026-01-02,a\n", ["2026-01-02T00:00:00Z a"]),
    ("tabs and CR", "date\ttexte\r2026-01-02\ta;b\r", ["2026-01-02T00:00:00Z a;b"]),
    ("no line end at the end", "date;texte\n2026-01-02;a", ["2026-01-02T00:00:00Z a"]),
    ("empty lines", "date;texte\n\n2026-01-02;a\n\n", ["2026-01-02T00:00:00Z a"]),
    ("an empty quotation", "date;texte\n2026-01-02;\"\"", ["skipped 2 field"]),
    ("a quotation inside a cell", "date;texte\n2026-01-02;dit \"oui\"", ["2026-01-02T00:00:00Z dit \"oui\""]),
    ("a quotation never closed", "date;texte\n2026-01-02;\"a\nb", ["skipped 2 open-quotation"]),
    (
      "the day first, as one row tells", "date;texte\n13/02/2026;a\n05/06/2026;b",
      ["2026-02-13T00:00:00Z a", "2026-06-05T00:00:00Z b"]
    ),
    (
      "the month first", "date;texte\n02/13/2026;a\n05/06/2026;b",
      ["2026-02-13T00:00:00Z a", "2026-05-06T00:00:00Z b"]
    ),
    (
      "nobody can tell", "date;texte\n05/06/2026;b\n07/07/2026;c",
      ["2026-07-07T00:00:00Z c", "skipped 2 ambiguous-date"]
    ),
    ("French hours", "date;texte\n20.11.2026 9h30;a", ["2026-11-20T09:30:00Z a"]),
    ("with an offset", "date;texte\n2026-11-20T09:30:00-05:00;a", ["2026-11-20T14:30:00Z a"]),
    ("no such day", "date;texte\n30/02/2026;a", ["skipped 2 date"]),
    ("before there were platforms", "date;texte\n1970-01-01;a", ["skipped 2 date"]),
    ("no column for the text", "date;x\n2026-01-02;a", ["skipped 1 missing-column"]),
    ("two columns for it", "date;texte;message\n2026-01-02;a;b", ["skipped 1 double-column"]),
    ("nothing at all", "", ["skipped 0 unknown-shape"]),
  ]

  @Test(arguments: tables) func isRead(_ name: String, _ text: String, _ told: [String]) {
    let export = Exports.read(.csv, text)
    let messages = export.conversations.flatMap(\.messages).map { "\($0.at.rfc3339()) \($0.text)" }.sorted()
    #expect(messages + export.skipped.map { "skipped \($0.line ?? 0) \($0.reason.code)" } == told, "\(name)")
  }

  @Test func windowsIsRead() {
    let bytes = Array("date;texte\n2026-01-02;".utf8) + [0xC9, 0x74, 0xE9, 0x20, 0x80, 0x92]
    let export = Exports.read(.csv, [ExportFile(path: "t.csv", bytes: bytes)])
    #expect(export.conversations.flatMap(\.messages).map(\.text) == ["Été €’"])
    #expect(export.remarks == [.readAsWindows1252(file: "t.csv")])
  }

  /// UTF-8 with one broken row is not another encoding.
  @Test func oneBrokenRowIsNamed() {
    let bytes = Array("date;texte\n2026-01-02;été\n2026-01-03;".utf8) + [0xFF] + Array("\n2026-01-04;c".utf8)
    let export = Exports.read(.csv, [ExportFile(path: "t.csv", bytes: bytes)])
    #expect(export.conversations.flatMap(\.messages).map(\.text).sorted() == ["c", "été"])
    #expect(export.skipped == [SkippedItem(file: "t.csv", line: 3, .encoding)])
  }

  @Test func unicodeTextOfSpreadsheetsIsRead() {
    var bytes: [UInt8] = [0xFF, 0xFE]
    for unit in "date\ttexte\n2026-01-02\té🙂".utf16 { bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    #expect(
      Exports.read(.csv, [ExportFile(path: "t.txt", bytes: bytes)]).conversations.flatMap(\.messages).map(
        \.text) == ["é🙂"])
  }

  @Test func columnsMayBeNamed() {
    let table = CSVReading(map: [("Quoi", .text), ("Quand", .at)])
    let export = Exports.read(.csv, "Quand;Quoi;Date\n2026-01-02;a;hier", table: table)
    #expect(export.conversations.flatMap(\.messages).map(\.source) == [["Date": "hier"]])
    let missing = Exports.read(.csv, "Quand;Date;Texte\n", table: CSVReading(map: [("Quoi", .text)]))
    #expect(missing.skipped.map(\.reason) == [.unknownColumn("Quoi", known: ["Quand", "Date", "Texte"])])
  }

  @Test func rowsMayBePosts() {
    let export = Exports.read(
      .csv, "id;date;texte;url\n7;2026-01-02;a;pas une adresse", table: CSVReading(holdsPosts: true))
    #expect(export.conversations.isEmpty)
    #expect(export.posts.map(\.text) == ["a"])
    #expect(export.posts.map(\.url) == [nil])
    #expect(export.posts.map(\.source) == [["url": "pas une adresse"]])
  }
}
