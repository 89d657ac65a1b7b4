import JSONTree
import ObjectModel
import Wording

/// A table of messages or posts: what the tools of agencies and spreadsheets give.
///
/// A column for the text and one for the date have to be there. A row without an identifier is called by its date, author
/// and text, so that the same row is the same message in every table.
enum CSVExport {
  static func wants(_ name: String) -> Bool {
    name.hasSuffix(".csv") || name.hasSuffix(".tsv") || name.hasSuffix(".txt")
  }

  static func read(_ file: ExportFile, _ reading: CSVReading, into draft: inout ExportDraft) {
    var bytes = file.bytes
    if let text = CSVEncoding.utf8(ofMarkedUTF16: bytes) { bytes = text }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    if String(validating: bytes, as: UTF8.self) == nil, CSVEncoding.isWindows1252(bytes) {
      bytes = CSVEncoding.utf8(ofWindows1252: bytes)
      draft.remarks.append(.readAsWindows1252(file: file.path))
    }
    let rows = CSVTable(bytes).rows
    guard let head = rows.first else { return draft.skip(file, nil, nil, .unknownShape) }
    let names = head.cells.map { trimmed(String(decoding: $0, as: UTF8.self)) }
    let columns: CSVColumns
    do throws(UnreadableItem) {
      columns = try CSVColumns(names, reading.map)
    } catch {
      return draft.skip(file, head.line, nil, error.reason)
    }
    let dates = DateOrder(rows.dropFirst().compactMap { text(of: $0, .at, columns) })
    for row in rows.dropFirst() {
      do throws(UnreadableItem) {
        try draft.add(item(row, columns, names.count, dates, reading))
      } catch {
        draft.skip(file, row.line, error.item, error.reason)
      }
    }
  }

  private static func item(
    _ row: CSVTable.Row, _ columns: CSVColumns, _ count: Int, _ dates: DateOrder, _ reading: CSVReading
  ) throws(UnreadableItem) -> ExportDraft.Item {
    if row.isOpen { throw UnreadableItem(.openQuotation) }
    // Spreadsheets put empty cells behind the last one.
    if row.cells.dropFirst(count).contains(where: { !$0.isEmpty }) {
      throw UnreadableItem(.cells(row.cells.count, columns: count))
    }
    guard row.cells.allSatisfy({ String(validating: $0, as: UTF8.self) != nil }) else {
      throw UnreadableItem(.encoding)
    }
    func cell(_ field: CSVField) -> String? { text(of: row, field, columns) }
    guard let text = cell(.text) else { throw UnreadableItem(.field("text")) }
    let typedDate = cell(.at) ?? ""
    let at = try dates.instant(typedDate, reading.zone)
    var item = ExportDraft.Item(
      externalId: cell(.id) ?? name(ofRow: [typedDate, cell(.author) ?? "", text]),
      isPublic: reading.holdsPosts,
      at: at, text: text)
    item.conversation = cell(.conversation)
    item.author = cell(.author)
    item.authorId = reading.holdsPosts ? author : item.author
    item.inReplyTo = reading.holdsPosts ? nil : cell(.inReplyTo)
    item.permalink = cell(.url)
    item.nature = cell(.nature).flatMap(nature) ?? .comment
    item.deletedAt = try cell(.deletedAt).map { text throws(UnreadableItem) in
      try dates.instant(text, reading.zone)
    }
    for (place, name) in columns.others where place < row.cells.count && !row.cells[place].isEmpty {
      item.source[JSONString(name)] = JSONValue(String(decoding: row.cells[place], as: UTF8.self))
    }
    return item
  }

  /// Rows that hold what we published are ours.
  private static let author = "csv:self"
  static let ownNames: Set<JSONString> = [JSONString(author)]

  /// A cell's text; `nil` where there is none or nothing but white space in it.
  private static func text(of row: CSVTable.Row, _ field: CSVField, _ columns: CSVColumns) -> String? {
    guard let place = columns.places[field], place < row.cells.count else { return nil }
    let text = trimmed(String(decoding: row.cells[place], as: UTF8.self))
    return text.isEmpty ? nil : text
  }

  private static func name(ofRow parts: [String]) -> String {
    let bytes = JSONValue.array(parts.map { JSONValue($0) }).canonicalBytes
    return "row-" + SHA256Digest(of: bytes).hex.prefix(20)
  }

  private static func nature(_ word: String) -> PlatformConversation.Nature? {
    switch CSVField.folded(word) {
    case "comment", "commentaire": .comment
    case "mention": .mention
    case "message", "dm", "mp", "messageprive", "privatemessage": .message
    case "review", "avis": .review
    default: nil
    }
  }

  private static func trimmed(_ text: String) -> String {
    var rest = Substring(text)
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}

/// How the dates of a column are written: `20/11/2026` says which is the day, `05/06/2026` does not, but the whole column may.
private struct DateOrder {
  private enum Order { case dayFirst, monthFirst, unknown }
  private let order: Order

  init(_ texts: [String]) {
    var (day, month) = (false, false)
    for text in texts {
      guard let (numbers, _) = Self.parts(text), numbers[0] < 100 else { continue }
      day = day || numbers[0] > 12
      month = month || numbers[1] > 12
    }
    order = day == month ? .unknown : day ? .dayFirst : .monthFirst
  }

  func instant(_ text: String, _ zone: TimeZoneRules) throws(UnreadableItem) -> Instant {
    if let instant = Instant(rfc3339: text) {
      guard ExportDate.isPossible(instant) else { throw UnreadableItem(.date(text)) }
      return instant
    }
    let wall: WallTime
    if let written = WallTime(text) { wall = written } else { wall = try wallTime(text) }
    let moment: Instant
    switch zone.reading(of: wall) {
    case .once(let instant): moment = instant
    // Which of the two nobody can say any more; the first, for everybody.
    case .twice(let first, _): moment = first
    case .never: throw UnreadableItem(.date(text))
    }
    guard ExportDate.isPossible(moment) else { throw UnreadableItem(.date(text)) }
    return moment
  }

  private func wallTime(_ text: String) throws(UnreadableItem) -> WallTime {
    guard let (numbers, time) = Self.parts(text) else { throw UnreadableItem(.date(text)) }
    let date: CivilDate?
    if numbers[0] >= 1000 {
      date = CivilDate(year: numbers[0], month: numbers[1], day: numbers[2])
    } else {
      let isDayFirst =
        switch order {
        case .dayFirst: true
        case .monthFirst: false
        // Alike both ways, it can be read.
        case .unknown where numbers[0] == numbers[1]: true
        case .unknown where numbers[0] > 12: true
        case .unknown where numbers[1] > 12: false
        case .unknown: throw UnreadableItem(.ambiguousDate(text))
        }
      date = CivilDate(
        year: numbers[2], month: isDayFirst ? numbers[1] : numbers[0],
        day: isDayFirst ? numbers[0] : numbers[1])
    }
    guard let date else { throw UnreadableItem(.date(text)) }
    return WallTime(date: date, secondsOfDay: time)
  }

  /// Three numbers of a day, and the seconds since midnight: `20/11/2026 9:30`, `2026-11-20`, `20.11.2026 09:30:15`.
  private static func parts(_ text: String) -> (numbers: [Int], time: Int)? {
    let words = text.split(whereSeparator: { $0 == " " || $0 == "\u{A0}" || $0 == "\u{202F}" || $0 == "T" })
    guard let day = words.first, words.count <= 2 else { return nil }
    let numbers = day.split(whereSeparator: { $0 == "/" || $0 == "-" || $0 == "." }).map { Int($0) }
    guard numbers.count == 3, let first = numbers[0], let second = numbers[1], let third = numbers[2] else {
      return nil
    }
    guard words.count == 2 else { return ([first, second, third], 0) }
    let clock = words[1].split(whereSeparator: { $0 == ":" || $0 == "h" }).map { Int($0) }
    guard (1...3).contains(clock.count), let hour = clock[0], (0..<24).contains(hour) else { return nil }
    let rest = clock.dropFirst().compactMap { $0 }.filter { (0..<60).contains($0) }
    guard rest.count == clock.count - 1 else { return nil }
    return ([first, second, third], hour * 3600 + (rest.first ?? 0) * 60 + (rest.count > 1 ? rest[1] : 0))
  }
}
