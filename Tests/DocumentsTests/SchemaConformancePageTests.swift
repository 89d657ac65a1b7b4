import Foundation
import TestSupport
import Testing

/// The page that lists what of JSON Schema is supported, made from the table that the official suite is held against.
///
///     LIGNE_WRITE_PAGES=1 swift test --filter SchemaConformancePage     writes it again
@Suite struct SchemaConformancePageTests {
  static let page = Corpus.packageRoot.appending(path: "docs/SCHEMA-CONFORMANCE.md")

  @Test func thePageSaysWhatTheSuiteSays() throws {
    if ProcessInfo.processInfo.environment["LIGNE_WRITE_PAGES"] == "1" {
      try Data(Self.text().utf8).write(to: Self.page)
    }
    #expect(try String(contentsOf: Self.page, encoding: .utf8) == Self.text())
  }

  static func text() -> String {
    let files = SchemaConformanceTests.files
    let required = files.filter { !$0.name.hasPrefix("optional/") }
    let left = files.filter { !$0.skipped.isEmpty }
    return """
      # What of JSON Schema is supported

      Made by a test from the table it holds against the official suite of JSON Schema 2020-12, file by file
      (`swift test --filter SchemaConformance`). What is left out is refused when a schema is read, never checked by half.

      | | pass | of |
      |---|---:|---:|
      | required tests | \(sum(required, \.passed)) | \(sum(required, \.total)) |
      | optional tests, formats among them | \(sum(files, \.passed) - sum(required, \.passed)) | \
      \(sum(files, \.total) - sum(required, \.total)) |
      | all | \(sum(files, \.passed)) | \(sum(files, \.total)) |

      ## Left out

      | file | pass | of | groups | which |
      |---|---:|---:|---|---|
      \(left.map(row).joined(separator: "\n"))

      ## Formats that are remarks

      Nothing is checked for these; all other formats of the specification are.

      \(SchemaConformanceTests.remarks.map { "`\($0)`" }.joined(separator: ", "))

      ## Files

      | file | pass | of |
      |---|---:|---:|
      \(files.map { "| \(stem($0)) | \($0.passed) | \($0.total) |" }.joined(separator: "\n"))

      """
  }

  private static func row(_ file: SchemaConformanceTests.File) -> String {
    var reasons: [String] = []
    for skipped in file.skipped where !reasons.contains(skipped.reason.rawValue) {
      reasons.append(skipped.reason.rawValue)
    }
    let groups = file.skipped.map { $0.group == "*" ? "all" : "“\($0.group.trimming)”" }
    return "| \(stem(file)) | \(file.passed) | \(file.total) | \(groups.joined(separator: ", ")) "
      + "| \(reasons.joined(separator: "; ")) |"
  }

  private static func stem(_ file: SchemaConformanceTests.File) -> Substring {
    file.name.dropLast(".json".count)
  }

  private static func sum(
    _ files: [SchemaConformanceTests.File], _ count: KeyPath<SchemaConformanceTests.File, Int>
  ) -> Int {
    files.map { $0[keyPath: count] }.reduce(0, +)
  }
}

extension String {
  fileprivate var trimming: String { trimmingCharacters(in: .whitespaces) }
}
