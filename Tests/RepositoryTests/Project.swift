import Foundation
import TestSupport

/// The files of this project, as they lie on disk.
enum Project {
  static let root = Corpus.packageRoot

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appending(path: path).path)
  }

  /// All files below a folder, as paths from the root, sorted; what tools and git keep for themselves is left out.
  static func files(in folder: String = "", endingWith ending: String = "") -> [String] {
    var found: [String] = []
    var folders = [folder]
    while let folder = folders.popLast() {
      let names =
        (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)) ?? []
      for name in names where ![".git", ".build"].contains(name) {
        let path = folder.isEmpty ? name : "\(folder)/\(name)"
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: root.appending(path: path).path, isDirectory: &isFolder)
        if isFolder.boolValue { folders.append(path) } else if path.hasSuffix(ending) { found.append(path) }
      }
    }
    return found.sorted()
  }

  /// All Swift files of `Sources`, read once.
  static let sources: [(path: String, source: SwiftSource)] = files(in: "Sources", endingWith: ".swift")
    .compactMap { path in
      guard let bytes = try? Data(contentsOf: root.appending(path: path)) else { return nil }
      return (path, SwiftSource([UInt8](bytes)))
    }
}

/// What a module may import, and what it is for: a row of the table in ARCHITECTURE.md.
struct FloorRow {
  var module: String
  var imports: Set<String>

  /// Reads the table that begins with the columns `module` and `imports`.
  static func table() throws -> [FloorRow] {
    let lines = try Project.text("ARCHITECTURE.md").split(separator: "\n", omittingEmptySubsequences: false)
    let rows = lines.drop { !$0.hasPrefix("| module | imports |") }.dropFirst(2).prefix { $0.hasPrefix("|") }
    return rows.map { row in
      let cells = row.split(separator: "|").map { names(in: $0) }
      return FloorRow(module: cells[0].first ?? "", imports: Set(cells[1]))
    }
  }

  /// The words between backticks.
  private static func names(in cell: Substring) -> [String] {
    cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }
}
