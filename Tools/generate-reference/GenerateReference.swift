import Foundation
import JSONTree
import Wording

/// Writes the reference of the kinds of documents, in both languages, from the schemas of the sample workspace.
///
///     swift run generate-reference        (in the folder of the package)
///
/// With `--check` nothing is written, and the exit status is 1 if a page is not what it should be; a test runs that.
@main struct GenerateReference {
  static let source = "Workspace/schemas"
  static let folders: [(language: Language, path: String)] = [
    (.english, "docs/reference"), (.french, "docs/reference/fr"),
  ]

  static func main() throws {
    let pages = try pages()
    guard CommandLine.arguments.dropFirst() == ["--check"] else {
      for (path, text) in pages {
        let file = URL(filePath: path)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
      }
      return print("\(pages.count) pages → \(folders[0].path)")
    }
    let stale = pages.filter { path, text in
      !(FileManager.default.contents(atPath: path) ?? Data()).elementsEqual(text.utf8)
    }
    // A page of a kind that is gone.
    let known = Set(pages.map(\.path))
    let left = folders.flatMap { folder in
      ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
        .filter { $0.hasSuffix(".md") }.map { folder.path + "/" + $0 }
    }.filter { !known.contains($0) }
    let wrong = stale.map(\.path) + left.sorted()
    if !wrong.isEmpty {
      print("not up to date: \(wrong.joined(separator: ", ")); swift run generate-reference")
      exit(1)
    }
  }

  /// Every page with its path: one a kind, and one that lists them, in each language.
  static func pages() throws -> [(path: String, text: String)] {
    let ending = ".schema.json"
    let kinds = try FileManager.default.contentsOfDirectory(atPath: source)
      .filter { $0.hasSuffix(ending) }.sorted()
      .map { name in
        let value = try JSONValue(parsing: Data(contentsOf: URL(filePath: "\(source)/\(name)")))
        return DocumentedKind(name: String(name.dropLast(ending.count)), schema: value)
      }
    return folders.flatMap { language, folder in
      kinds.map { (path: "\(folder)/\($0.name).md", text: $0.page(in: language)) }
        + [(path: "\(folder)/README.md", text: DocumentedKind.index(of: kinds, in: language))]
    }
  }
}
