import Documents
import Foundation
import JSONTree
import ObjectModel
import TestSupport
import Testing
import Wording

/// The documents of the sample workspace are what its schemas say.
@Suite struct SampleWorkspaceTests {
  static let folder = Corpus.packageRoot.appending(path: "Workspace").resolvingSymlinksInPath()

  static func documents() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
      .filter { $0.hasSuffix(".json") && !$0.hasPrefix("schemas/") && !$0.hasPrefix(".") }
  }

  @Test func thereAreSome() throws { #expect(try Self.documents().count > 40) }

  @Test(arguments: try documents()) func isValidAndInCanonicalForm(_ name: String) throws {
    let bytes = Array(try Data(contentsOf: Self.folder.appending(path: name)))
    switch Document.read(try WorkspacePath(name), bytes, schemas: .builtIn) {
    case .failure(let problem): Issue.record("\(name): \(problem.message.french)")
    case .success(let document):
      #expect(document.value.canonicalForm == bytes)
      if !document.kind.placement.isSingle, document.kind.name != "limits" {
        #expect(name.hasSuffix("\(document.id).json"))
      }
    }
  }
}
