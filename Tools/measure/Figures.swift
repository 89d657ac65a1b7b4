import ArgumentParser
import Glibc

/// The middle one of the times, in milliseconds.
func median(_ times: [Duration]) -> Double { median(times.map(\.milliseconds)) }

/// The middle one; the upper of the two where there is no middle.
func median(_ figures: [Double]) -> Double { figures.sorted()[figures.count / 2] }

extension Duration {
  var milliseconds: Double { Double(components.seconds) * 1e3 + Double(components.attoseconds) / 1e15 }
}

func decimal(_ number: Double, _ digits: Int) -> String {
  let scale = pow(10.0, Double(digits))
  let whole = Int((number * scale).rounded())
  let unit = Int(scale)
  guard digits > 0 else { return grouped(whole) }
  let fraction = String(whole % unit)
  return grouped(whole / unit) + "." + String(repeating: "0", count: digits - fraction.utf8.count) + fraction
}

/// Three digits that say something, and no more: `0.0123`, `4.56`, `789`, `12,300`.
func figure(_ number: Double) -> String {
  guard number > 0 else { return "0" }
  return decimal(number, max(0, 2 - Int(log10(number).rounded(.down))))
}

private func grouped(_ number: Int) -> String {
  let digits = Array(String(number))
  return digits.enumerated().map { index, digit in
    (index > 0 && (digits.count - index).isMultiple(of: 3) ? "," : "") + String(digit)
  }.joined()
}

/// Columns of a table, the first flush left and the others flush right.
struct Columns {
  fileprivate var rows: [[String]] = []

  init(_ titles: [String]) { rows = [titles] }

  mutating func add(_ row: [String]) { rows.append(row) }

  var text: String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      row.enumerated().map { index, cell in
        let space = String(repeating: " ", count: widths[index] - cell.count)
        return index == 0 ? cell + space : space + cell
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}

extension Columns {
  /// The same as Markdown.
  var markdown: String {
    let sides = ["---"] + rows[0].dropFirst().map { _ in "--:" }
    return ([rows[0], sides] + rows.dropFirst()).map { "| " + $0.joined(separator: " | ") + " |" }
      .joined(separator: "\n")
  }
}

/// The most memory this process has had, in MB. Source: proc(5), `VmHWM`.
func peakMemory() throws -> Double {
  guard let file = fopen("/proc/self/status", "r") else { throw ValidationError("There is no /proc here.") }
  defer { fclose(file) }
  var line: UnsafeMutablePointer<CChar>?
  var size = 0
  defer { free(line) }
  while getline(&line, &size, file) >= 0 {
    guard let line else { break }
    let words = String(cString: line).split { $0 == " " || $0 == "\t" || $0 == "\n" }
    if words.first == "VmHWM:", words.count > 1, let kilobytes = Double(words[1]) { return kilobytes / 1e3 }
  }
  throw ValidationError("/proc/self/status does not say the most memory.")
}

/// A word of complaint, where it does not disturb the figures.
func complain(_ text: String) {
  for byte in (text + "\n").utf8 { withUnsafeBytes(of: byte) { _ = write(STDERR_FILENO, $0.baseAddress, 1) } }
}
