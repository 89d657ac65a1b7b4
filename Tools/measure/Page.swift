import ArgumentParser
import Documents
import Foundation
import Wording

/// A page of the documentation into which a measurement writes its table, between two markers.
struct Page {
  private let file: String

  /// - Parameter file: Its path; looked for in the folder this process stands in now.
  init(_ file: String) { self.file = URL(filePath: file).absoluteURL.path }

  /// Writes Markdown between `<!-- name: begin -->` and `<!-- name: end -->`, after a line that says when and where it
  /// was measured.
  func write(_ table: String, named name: String, after sentence: String) throws {
    let text = try String(contentsOfFile: file, encoding: .utf8)
    guard let begin = text.range(of: "<!-- \(name): begin -->"),
      let end = text.range(of: "<!-- \(name): end -->"), begin.upperBound <= end.lowerBound
    else { throw ValidationError("\(file) lacks the markers of \(name)") }
    let date = Instant(secondsSince1970: Int(Date().timeIntervalSince1970)).date(offset: .utc)
    let new = "\nMeasured on \(date) with \(try Self.machine()).\n\(sentence)\n\n\(table)\n\n"
    try String(text[..<begin.upperBound] + new + text[end.lowerBound...])
      .write(toFile: file, atomically: true, encoding: .utf8)
  }

  private static func machine() throws -> String {
    let information = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let model = information.split(separator: "\n").first { $0.hasPrefix("model name") }?
      .split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
    let processors = ProcessInfo.processInfo.activeProcessorCount
    return "\(processors) × \(model ?? "an unnamed processor"), \(try output(of: ["git", "--version"]))"
  }
}

/// What a program prints, without the space around it.
func output(of words: [String]) throws -> String {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = words
  let pipe = Pipe()
  process.standardOutput = pipe
  try process.run()
  let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  guard process.terminationStatus == 0 else {
    throw ValidationError("\(words.joined(separator: " ")) ended with \(process.terminationStatus)")
  }
  return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
}

/// Jobs beside each other as Markdown.
func markdown(_ rows: [Row]) -> String {
  var lines = [
    "| job | beside | posts | ligne | git | ratio | MB |", "|---|---|--:|--:|--:|--:|--:|",
  ]
  for row in rows {
    let cells = row.cells
    lines.append(
      "| \(row.job) | \(row.beside ?? "") | \(cells[1]) | \(cells[2]) | \(cells[3]) | \(cells[4]) | \(cells[5]) |"
    )
  }
  return lines.joined(separator: "\n")
}
