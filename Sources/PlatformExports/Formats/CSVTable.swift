/// The rows of a table in text.
///
/// Fields may stand in quotation marks, and hold line ends then; two marks are one. Lines end with CRLF, LF or CR. The
/// sign between fields is the one of comma, semicolon and tab that the first line has most of outside quotations.
///
/// Source: RFC 4180, section 2; spreadsheets set to French write `;`.
struct CSVTable {
  struct Row {
    /// From 1.
    var line: Int
    var cells: [[UInt8]]
    /// Whether a quotation runs to the end of the text.
    var isOpen = false
  }

  let rows: [Row]

  init(_ bytes: [UInt8]) {
    let separator = Self.separator(of: bytes)
    var rows: [Row] = []
    var row = Row(line: 1, cells: [])
    var cell: [UInt8] = []
    var line = 1
    var isQuoted = false
    var at = 0
    func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
    func finishRow() {
      row.cells.append(cell)
      cell = []
      // An empty line is no row.
      if row.cells.count > 1 || row.cells[0].contains(where: { $0 != UInt8(ascii: " ") }) { rows.append(row) }
    }
    while at < bytes.count {
      let byte = bytes[at]
      if isQuoted {
        if byte == UInt8(ascii: "\"") {
          if at + 1 < bytes.count, bytes[at + 1] == byte {
            cell.append(byte)
            at += 1
          } else {
            isQuoted = false
          }
        } else {
          if byte == UInt8(ascii: "\n") { line += 1 }
          cell.append(byte)
        }
      } else if byte == UInt8(ascii: "\""), cell.isEmpty {
        isQuoted = true
      } else if byte == separator {
        row.cells.append(cell)
        cell = []
      } else if isLineEnd(byte) {
        finishRow()
        if byte == UInt8(ascii: "\r"), at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "\n") { at += 1 }
        line += 1
        row = Row(line: line, cells: [])
      } else {
        cell.append(byte)
      }
      at += 1
    }
    if isQuoted { row.isOpen = true }
    if !cell.isEmpty || !row.cells.isEmpty || row.isOpen { finishRow() }
    self.rows = rows
  }

  private static func separator(of bytes: [UInt8]) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted, byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
      if !isQuoted { counts[byte, default: 0] += 1 }
    }
    // Of two that stand as often, the one of the standard.
    let choices = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    var best = choices[0]
    for choice in choices.dropFirst() where counts[choice] ?? 0 > counts[best] ?? 0 { best = choice }
    return best
  }
}

/// The text of a table's file, whatever program of an office wrote it.
enum CSVEncoding {
  /// The characters of Windows-1252 from 80 to 9F; 0 where it has none.
  ///
  /// Source: unicode.org, MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT.
  private static let high: [UInt32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
    0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,
    0x017E,
    0x0178,
  ]

  /// Whether bytes that are no UTF-8 are those of Windows-1252: all stand for characters there, and no two of them side by
  /// side make one of UTF-8, as they would in a damaged UTF-8 file.
  static func isWindows1252(_ bytes: [UInt8]) -> Bool {
    var previous: UInt8 = 0
    for byte in bytes {
      if (0x80...0x9F).contains(byte), high[Int(byte) - 0x80] == 0 { return false }
      if byte & 0xC0 == 0x80, previous >= 0xC2, previous <= 0xF4 { return false }
      previous = byte
    }
    return true
  }

  static func utf8(ofWindows1252 bytes: [UInt8]) -> [UInt8] {
    var text = String.UnicodeScalarView()
    for byte in bytes {
      let value = (0x80...0x9F).contains(byte) ? high[Int(byte) - 0x80] : UInt32(byte)
      text.append(Unicode.Scalar(value) ?? "\u{FFFD}")
    }
    return Array(String(text).utf8)
  }

  /// UTF-16 with its mark, as spreadsheets call “Unicode text”.
  static func utf8(ofMarkedUTF16 bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count >= 2, bytes.count.isMultiple(of: 2) else { return nil }
    let isLittle: Bool
    switch (bytes[0], bytes[1]) {
    case (0xFF, 0xFE): isLittle = true
    case (0xFE, 0xFF): isLittle = false
    default: return nil
    }
    let units = stride(from: 2, to: bytes.count, by: 2).map { at -> UInt16 in
      let (high, low) = isLittle ? (bytes[at + 1], bytes[at]) : (bytes[at], bytes[at + 1])
      return UInt16(high) << 8 | UInt16(low)
    }
    return String(validating: units, as: UTF16.self).map { Array($0.utf8) }
  }
}
