import JSONTree
import Wording

/// Figures in rows, before it is known whether they are read in a browser, as a text or in a spreadsheet.
struct FigureTable {
  var title: Sentence
  /// What to know before one reads them.
  var remark: Sentence?
  var columns: [Sentence]
  /// How many figures, from the first, tell a row from the others; more than one where the first alone does not.
  var namedBy = 1
  /// One figure for each column.
  var rows: [[Figure]]
  /// What is said where there is no row.
  var none: Sentence
}

/// What stands in a cell.
enum Figure {
  case text(String)
  case words(Sentence)
  /// An address; only one of the web can be followed.
  case link(String)
  case number(JSONNumber)
  /// Of a hundred.
  case percent(Int)
  /// How long something took.
  case minutes(Int)
  /// A figure of several months, the oldest first.
  case series([(month: CivilDate, number: JSONNumber)])
  case nothing

  static func count(_ number: Int) -> Figure { .number(JSONNumber(number)) }

  /// Whether it stands at the right of its column.
  var isNumber: Bool {
    switch self {
    case .number, .percent, .minutes, .series: true
    case .text, .words, .link, .nothing: false
    }
  }

  /// In words; a series as bars of text.
  func text(in language: Language) -> String {
    switch self {
    case .text(let text), .link(let text): text
    case .words(let sentence): sentence.text(in: language)
    case .number(let number): language.number(number)
    case .percent(let number): Sentence(fr: "\(number)\u{A0}%", en: "\(number)%").text(in: language)
    case .minutes(let minutes): Sentence.length(ofSeconds: minutes * 60).text(in: language)
    case .series(let points): Self.bars(points.map(\.number))
    case .nothing: "–"
    }
  }

  /// Bars of eight heights; the lowest is that of zero.
  private static func bars(_ numbers: [JSONNumber]) -> String {
    let signs = Array("▁▂▃▄▅▆▇█")
    return String(heights(of: numbers, steps: signs.count - 1).map { signs[$0] })
  }

  /// How high each figure stands beside the others, from 0 to so many steps; what is below zero is at the bottom.
  static func heights(of numbers: [JSONNumber], steps: Int) -> [Int] {
    let values = numbers.map { max(0, Double($0.text) ?? 0) }
    guard let top = values.max(), top > 0, top.isFinite else { return numbers.map { _ in 0 } }
    return values.map { Int(($0 / top * Double(steps)).rounded()) }
  }
}

extension Language {
  /// A number of a document as it is written for people: `1 234,5` in French, `1,234.5` in English; one with an
  /// exponent as it is.
  func number(_ number: JSONNumber) -> String {
    let parts = number.text.split(separator: ".", maxSplits: 1)
    guard let whole = parts.first.flatMap({ Int($0) }), !number.text.contains("e"), !number.text.contains("E")
    else { return number.text }
    let sign = whole == 0 && number.text.hasPrefix("-") ? "-" : ""
    guard parts.count == 2 else { return self.number(whole) }
    return sign + self.number(whole) + (self == .french ? "," : ".") + parts[1]
  }
}
