import Documents
import JSONTree
import ObjectModel
import Testing

/// The sample workspace as a whole; what each document has to be is a matter of `DocumentsTests`.
@Suite struct SampleWorkspaceTests {
  static let files = Project.files(in: "Workspace", endingWith: ".json")

  @Test func itsSchemasCanAllBeUsed() throws {
    let schemas = try Self.files.filter { $0.hasPrefix("Workspace/schemas/") }.map { path in
      (
        path: try WorkspacePath(String(path.dropFirst("Workspace/".count))),
        bytes: Array(try Project.text(path).utf8)
      )
    }
    #expect(schemas.count > 10)
    #expect(SchemaSet(files: schemas).problems.isEmpty)
  }

  /// `ligne commit` takes every file as it is, byte for byte.
  @Test(arguments: files) func isInCanonicalForm(_ path: String) throws {
    let bytes = Array(try Project.text(path).utf8)
    #expect(try JSONValue(parsing: bytes).canonicalForm == bytes)
  }

  @Test func idsAreUnique() throws {
    var seen: [String: String] = [:]
    for path in Self.files {
      guard let id = try JSONValue(parsing: Array(try Project.text(path).utf8))["id"]?.text else { continue }
      if let other = seen.updateValue(path, forKey: id) {
        Issue.record("\(path) and \(other) are both \(id)")
      }
    }
    #expect(seen.count > 50)
  }
}
