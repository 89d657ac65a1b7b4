import Documents
import EditorialHistory
import JSONTree
import ObjectModel
import SyncEngine
import Wording

/// A document in `ligne list`.
struct ListRow {
  var document: ListedDocument

  init(_ document: ListedDocument) { self.document = document }

  var kind: String? { document.value["kind"]?.text }
  var title: String { document.kind?.title(of: document.value) ?? document.path.text }

  /// Its step in the workflow; a document with something to settle says so first.
  var state: String? { document.isConflicted ? "conflicted" : document.value["state"]?.text }

  var channels: [String] {
    guard let pointer = document.kind?.placement.channels, let value = document.value.value(at: pointer)
    else {
      return []
    }
    switch value {
    case .object(let object): return object.keys.map(\.text)
    case .array(let elements): return elements.compactMap { $0.text ?? $0["id"]?.text }
    default: return [value.text].compactMap { $0 }
    }
  }

  var labels: [String] { document.value["labels"]?.array?.compactMap(\.text) ?? [] }

  private var moment: Moment? { document.lastChange.map { Moment($0) } }

  var json: JSONValue {
    [
      "id": document.value["id"] ?? .null, "kind": kind.map { JSONValue($0) } ?? .null,
      "path": JSONValue(document.path.text), "title": JSONValue(title),
      "state": state.map { JSONValue($0) } ?? .null, "channels": .array(channels.map { JSONValue($0) }),
      "updatedAt": moment.map { JSONValue($0.description) } ?? .null,
      "updatedBy": document.lastChange.map { JSONValue($0.name) } ?? .null,
    ]
  }

  /// A document that can't be read, or that no schema describes, in the list.
  static func json(_ left: CommitReport.LeftOut) -> JSONValue {
    [
      "id": .null, "kind": .null, "path": JSONValue(left.path.text), "title": JSONValue(left.path.text),
      "state": .null, "channels": [], "updatedAt": .null, "updatedBy": .null, "problem": left.json,
    ]
  }

  /// The states documents of some kinds may have; `conflicted` is one that any may have.
  static func states(of kinds: [DocumentKind]) -> [String] {
    let state = JSONPointer([.key("state")])
    return ["conflicted"]
      + kinds.flatMap { $0.schema.field(at: state)?.allowedValues.compactMap(\.text) ?? [] }
  }

  /// - Parameter withKind: Whether the documents may be of several kinds.
  static func describe(
    _ rows: [ListRow], problems: [CommitReport.LeftOut] = [], withKind: Bool = true, in language: Language
  ) -> Page {
    guard !rows.isEmpty || !problems.isEmpty else {
      return Page(StyledText(Sentence(fr: "Aucun document.", en: "No document.").text(in: language)))
    }
    var page = Page(StyledText(CountedNoun.documents.counted(rows.count).text(in: language), .strong))
    var columns = [
      Table.Column(title: title(fr: "titre", en: "title", language), isFlexible: true),
      Table.Column(title: title(fr: "état", en: "state", language)),
      Table.Column(title: title(fr: "modifié", en: "changed", language)),
      Table.Column(title: title(fr: "par", en: "by", language), isDispensable: true),
      Table.Column(title: title(fr: "id", en: "id", language)),
    ]
    if withKind { columns.insert(Table.Column(title: title(fr: "genre", en: "kind", language)), at: 0) }
    var table = Table(columns)
    for row in rows {
      let kind = row.document.kind?.title.text(in: language) ?? row.kind ?? ""
      let day = row.moment.map { "\($0.instant.date(offset: $0.offset))" } ?? ""
      table.add(
        (withKind ? [StyledText(kind, .quiet)] : []) + [
          StyledText(row.title), row.isConflictedWording(in: language), StyledText(day, .quiet),
          StyledText(row.document.lastChange?.name ?? "", .quiet),
          StyledText(String(row.document.value["id"]?.text?.suffix(6) ?? ""), .name),
        ])
    }
    if !rows.isEmpty { page.table(table) }
    page.append(CommitReport.described(problems, in: language))
    return page
  }

  private func isConflictedWording(in language: Language) -> StyledText {
    if document.isConflicted {
      return StyledText(Sentence(fr: "à trancher", en: "to settle").text(in: language), .attention)
    }
    let field = document.kind?.schema.field(at: JSONPointer([.key("state")]))
    let word = state.flatMap { field?.valueTitles[JSONString($0)]?.text(in: language) } ?? state ?? ""
    return StyledText(word)
  }

  private static func title(fr french: String, en english: String, _ language: Language) -> SafeText {
    SafeText(line: Sentence(fr: french, en: english).text(in: language))
  }
}
