import Documents
import Foundation
import JSONTree
import ObjectModel
import TestSupport
import Testing
import Wording

/// Files that are documents, and what is said of those that are not.
@Suite struct DocumentTests {
  static var path: WorkspacePath { get throws { try WorkspacePath("posts/2026/11/a.json") } }

  static func problem(_ text: String, _ schemas: SchemaSet = .builtIn) throws -> DocumentProblem? {
    switch try Document.read(path, Array(text.utf8), schemas: schemas) {
    case .success: nil
    case .failure(let problem): problem
    }
  }

  static let post = """
    {
      "id": "01m6pp5qb0wb7d3mnfvs9552f1",
      "kind": "post",
      "title": "Trois points",
      "createdAt": "2026-11-03T09:30:00-05:00",
      "createdBy": "ana",
      "state": "draft"
    }
    """

  @Test func reads() throws {
    let document = try Document.read(Self.path, Array(Self.post.utf8), schemas: .builtIn).get()
    #expect(document.id == "01m6pp5qb0wb7d3mnfvs9552f1")
    #expect(document.kind.name == "post")
    #expect(document.title == "Trois points")
  }

  @Test func unknownFieldsAreKept() throws {
    let text = Self.post.replacing("\"state\"", with: "\"ours\": [1.0, {\"a\": null}], \"state\"")
    let document = try Document.read(Self.path, Array(text.utf8), schemas: .builtIn).get()
    #expect(document.value["ours"]?.description == #"[1.0,{"a":null}]"#)
  }

  @Test(
    arguments: [
      (
        "a comma too many", post.replacing("\"draft\"", with: "\"draft\","), "broken-json", 7,
        "virgule de trop"
      ),
      ("nothing", "", "broken-json", 1, "le fichier est vide"),
      (
        "a key twice", post.replacing("\"kind\": \"post\"", with: "\"kind\": \"post\", \"kind\": \"post\""),
        "broken-json", 3, "déjà à la ligne 3"
      ),
      (
        "curly quotation marks", post.replacing("\"draft\"", with: "“draft”"), "broken-json", 7,
        "guillemet droit"
      ),
      (
        "too deep", post.replacing("\"draft\"", with: String(repeating: "[", count: 70)), "too-deep", 7,
        "plus de 64"
      ),
      (
        "an unknown kind", post.replacing("\"post\"", with: "\"poste\""), "unknown-kind", nil,
        "«\u{A0}poste\u{A0}»"
      ),
      ("no kind", "{}", "unknown-kind", nil, "kind"),
      (
        "a state that does not exist", post.replacing("\"draft\"", with: "\"approved\""), "schema", 7,
        "«\u{A0}state\u{A0}» doit être l’une de\u{A0}: idea (idée), draft (brouillon), in-review (en révision), cancelled (annulée), archived (archivée)"
      ),
      (
        "a missing field", post.replacing("\"title\": \"Trois points\",", with: ""), "schema", 1,
        "«\u{A0}title\u{A0}»"
      ),
      (
        "two mistakes, the first of the file first",
        post.replacing("\"ana\"", with: "1").replacing("\"draft\"", with: "2"), "schema", 6,
        "(et 1\u{A0}autre erreur)"
      ),
    ] as [(String, String, String, Int?, String)])
  func says(_ name: String, _ text: String, _ code: String, _ line: Int?, _ words: String) throws {
    let problem = try #require(try Self.problem(text))
    #expect(problem.code == code)
    #expect(problem.position?.line == line)
    #expect(problem.message.french.contains(words), "\(problem.message.french)")
    #expect(!problem.message.english.isEmpty)
  }

  @Test func tooBigIsNotEvenRead() throws {
    let problem = try #require(try Self.problem(String(repeating: " ", count: DocumentLimits.size + 1)))
    #expect(problem.code == "too-big")
    #expect(problem.message.english == "The file is too big: 4,194,305 bytes, where 4,194,304 are allowed.")
  }

  @Test func aSchemaIsCheckedAsASchema() throws {
    let path = try WorkspacePath("schemas/post.schema.json")
    #expect(try checkDocument(path, Array("{}".utf8), schemas: .builtIn).get() == [:])
    let broken = checkDocument(path, Array(#"{"typ": "object"}"#.utf8), schemas: .builtIn)
    let problem = #expect(throws: DocumentProblem.self) { try broken.get() }
    #expect(problem?.code == "broken-schema")
  }

  @Test func aBrokenReasonOfEachKindHasASentence() throws {
    // Every case of the parser's own corpus that must not parse says where, in both languages.
    guard let folder = Corpus.folder("json-parsing") else { return }
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    where name.hasPrefix("n_") {
      let bytes = Array(try Data(contentsOf: folder.appending(path: name)))
      guard case .failure(let problem) = try readDocument(Self.path, bytes) else {
        Issue.record("\(name) was read")
        continue
      }
      #expect(problem.message.french.hasPrefix("Ligne "), "\(name)")
      #expect(problem.message.english.hasPrefix("Line "), "\(name)")
    }
  }
}
