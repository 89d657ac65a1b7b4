import JSONTree
import PlatformExports
import SyncEngine
import Wording

/// What an import did, in words.
struct ImportAnswer {
  var channel: String
  var report: ImportReport
  /// What could not be read or kept.
  var skipped: [SkippedItem]
  var remarks: [ExportRemark]

  private var created: Int { report.created.conversations + report.created.posts }
  private var changed: Int { report.changed.conversations + report.changed.posts }
  private var unchanged: Int { report.unchanged.conversations + report.unchanged.posts }

  func json(in language: Language) -> JSONValue {
    func number(_ value: Int) -> JSONValue { .number(JSONNumber(value)) }
    func counts(_ part: (ImportReport.Count) -> Int) -> JSONValue {
      [
        "created": number(part(report.created)), "changed": number(part(report.changed)),
        "unchanged": number(part(report.unchanged)),
      ]
    }
    return [
      "channel": JSONValue(channel), "created": number(created), "changed": number(changed),
      "unchanged": number(unchanged), "conversations": counts(\.conversations), "posts": counts(\.posts),
      "skipped": .array(
        skipped.map { item in
          [
            "file": JSONValue(item.file), "line": item.line.map(number) ?? .null,
            "item": item.item.map { JSONValue($0) } ?? .null, "reason": JSONValue(item.reason.code),
            "message": JSONValue(item.reason.message.text(in: language)),
          ]
        }), "remarks": .array(remarks.map { JSONValue($0.message.text(in: language)) }),
    ]
  }

  func described(in language: Language) -> Page {
    var page = Page(StyledText(summary.text(in: language), .strong))
    page.lines(details(in: language), indent: 2)
    for remark in remarks { page.line(StyledText(remark.message.text(in: language), .quiet)) }
    if !skipped.isEmpty {
      page.blank()
      page.line(StyledText(Self.leftOut.counted(skipped.count).text(in: language), .attention))
      var table = Table([
        Table.Column(title: "", isFlexible: true), Table.Column(title: "", isFlexible: true),
      ])
      for item in skipped {
        table.add([
          StyledText("  ") + StyledText(item.place.text(in: language), .name),
          StyledText(item.reason.message.text(in: language)),
        ])
      }
      page.table(table)
    }
    if created + changed > 0 { page.next = .commitKeepsIt }
    return page
  }

  private var summary: Sentence {
    if created + changed + unchanged == 0 {
      return Sentence(fr: "Rien à importer.", en: "Nothing to import.")
    }
    if created + changed == 0 {
      return Sentence(fr: "Tout y était déjà.", en: "Everything was there already.")
    }
    let counted = Self.documents.counted(created)
    return Sentence(fr: "\(counted.french) sur \(channel)", en: "\(counted.english) on \(channel)")
  }

  /// One line for conversations and one for posts, of what is not nothing.
  private func details(in language: Language) -> [StyledText] {
    let rows: [(CountedNoun, (ImportReport.Count) -> Int)] = [
      (
        CountedNoun(fr: ("conversation", "conversations"), en: ("conversation", "conversations")),
        \.conversations
      ),
      (CountedNoun(fr: ("publication", "publications"), en: ("post", "posts")), \.posts),
    ]
    return rows.compactMap { noun, part in
      let counts = [part(report.created), part(report.changed), part(report.unchanged)]
      guard counts.contains(where: { $0 > 0 }) else { return nil }
      let whole = noun.counted(counts.reduce(0, +)).text(in: language)
      let words = [Self.new, Self.completed, Self.known]
      let parts = zip(words, counts).compactMap { $1 > 0 ? $0.counted($1).text(in: language) : nil }
      let colon = Sentence(fr: "\u{A0}: ", en: ": ").text(in: language)
      return StyledText(whole + colon + parts.joined(separator: ", "))
    }
  }

  private static let documents = CountedNoun(
    fr: ("document ajouté", "documents ajoutés"), en: ("document added", "documents added"))
  private static let new = CountedNoun(fr: ("nouvelle", "nouvelles"), en: ("new", "new"))
  private static let completed = CountedNoun(fr: ("complétée", "complétées"), en: ("completed", "completed"))
  private static let known = CountedNoun(fr: ("inchangée", "inchangées"), en: ("unchanged", "unchanged"))
  private static let leftOut = CountedNoun(
    fr: ("élément laissé de côté", "éléments laissés de côté"), en: ("item left out", "items left out"))
}
