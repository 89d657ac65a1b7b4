import Foundation
import JSONTree
import Wording

/// Writes the manual page, in both languages, from what `ligne` says of its own commands.
///
///     swift build && swift run generate-man-pages       (in the folder of the package)
///     man -M docs/man ligne                          (the page in the reader's language)
///
/// With `--check` nothing is written, and the exit status is 1 if a page is not what it should be; a test runs that.
@main struct GenerateManPages {
  static let pages: [(language: Language, path: String)] = [
    (.english, "docs/man/man1/ligne.1"), (.french, "docs/man/fr/man1/ligne.1"),
  ]

  static func main() throws {
    let checksOnly = CommandLine.arguments.dropFirst() == ["--check"]
    var stale: [String] = []
    for (language, path) in pages {
      let text = try ManualPage(dump: helpDump(in: language), language: language).text
      let file = URL(filePath: path)
      if checksOnly {
        let found = FileManager.default.contents(atPath: path) ?? Data()
        if !found.elementsEqual(text.utf8) { stale.append(path) }
      } else {
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        print(path)
      }
    }
    if !stale.isEmpty {
      print("not up to date: \(stale.joined(separator: ", ")); swift build && swift run generate-man-pages")
      exit(1)
    }
  }

  /// ArgumentParser's description of the commands, from the program built beside this one.
  static func helpDump(in language: Language) throws -> JSONValue {
    let program = Process()
    program.executableURL = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "ligne")
    program.arguments = ["--experimental-dump-help"]
    program.environment = ["LIGNE_LANG": language.rawValue]
    let output = Pipe()
    program.standardOutput = output
    try program.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    program.waitUntilExit()
    return try JSONValue(parsing: bytes)
  }
}
