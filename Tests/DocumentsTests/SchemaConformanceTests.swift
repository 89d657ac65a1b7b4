import Documents
import Foundation
import JSONTree
import TestSupport
import Testing

/// The official test suite of JSON Schema 2020-12, every file of it, with what passes of each.
///
/// A group is either checked in full or named here with the reason why not; its schema then has to be refused when it
/// is read, never accepted and checked by half.
@Suite(.enabled(if: Corpus.folder("json-schema") != nil, "the corpus is not on this machine"))
struct SchemaConformanceTests {
  enum Reason: String {
    case unknownKeyword = "uses a keyword nobody defined, which is refused here, never ignored"
    case noSchema = "refers to a place that holds no schema"
    case metaSchema = "refers to the schema of schemas, which is not shipped"
    case dialect = "is written in another dialect than 2020-12"
  }

  struct File: CustomTestStringConvertible {
    let name: String
    let passed: Int
    let total: Int
    /// Groups left out, by the beginning of their description; `*` is every group.
    let skipped: [(group: String, reason: Reason)]

    init(_ name: String, passed: Int, of total: Int, skipping skipped: [(String, Reason)] = []) {
      (self.name, self.passed, self.total) = (name, passed, total)
      self.skipped = skipped.map { (group: $0, reason: $1) }
    }

    var testDescription: String { "\(name): \(passed) of \(total)" }

    func reason(toSkip group: String) -> Reason? {
      skipped.first { $0.group == "*" || group.hasPrefix($0.group) }?.reason
    }
  }

  static let files = [
    File("additionalProperties.json", passed: 21, of: 21),
    File("allOf.json", passed: 30, of: 30),
    File("anchor.json", passed: 8, of: 8),
    File("anyOf.json", passed: 18, of: 18),
    File("boolean_schema.json", passed: 18, of: 18),
    File("const.json", passed: 54, of: 54),
    File("contains.json", passed: 21, of: 21),
    File("content.json", passed: 18, of: 18),
    File("default.json", passed: 7, of: 7),
    File("defs.json", passed: 0, of: 2, skipping: [("validate definition", .metaSchema)]),
    File("dependentRequired.json", passed: 20, of: 20),
    File("dependentSchemas.json", passed: 20, of: 20),
    File("dynamicRef.json", passed: 44, of: 44),
    File("enum.json", passed: 51, of: 51),
    File("exclusiveMaximum.json", passed: 4, of: 4),
    File("exclusiveMinimum.json", passed: 4, of: 4),
    File("if-then-else.json", passed: 30, of: 30),
    File("infinite-loop-detection.json", passed: 2, of: 2),
    File("items.json", passed: 29, of: 29),
    File("maxContains.json", passed: 14, of: 14),
    File("maxItems.json", passed: 6, of: 6),
    File("maxLength.json", passed: 7, of: 7),
    File("maxProperties.json", passed: 10, of: 10),
    File("maximum.json", passed: 8, of: 8),
    File("minContains.json", passed: 28, of: 28),
    File("minItems.json", passed: 6, of: 6),
    File("minLength.json", passed: 7, of: 7),
    File("minProperties.json", passed: 10, of: 10),
    File("minimum.json", passed: 11, of: 11),
    File("multipleOf.json", passed: 11, of: 11),
    File("not.json", passed: 40, of: 40),
    File("oneOf.json", passed: 27, of: 27),
    File("optional/anchor.json", passed: 4, of: 4),
    File("optional/bignum.json", passed: 9, of: 9),
    File("optional/cross-draft.json", passed: 0, of: 1, skipping: [("refs to historic drafts", .dialect)]),
    File("optional/dependencies-compatibility.json", passed: 0, of: 36, skipping: [("*", .unknownKeyword)]),
    File("optional/dynamicRef.json", passed: 2, of: 2),
    File("optional/ecmascript-regex.json", passed: 74, of: 74),
    File("optional/float-overflow.json", passed: 1, of: 1),
    File(
      "optional/format-assertion.json", passed: 0, of: 4,
      skipping: [
        ("schema that uses custom metaschema with format-assertion: false", .dialect),
        ("schema that uses custom metaschema with format-assertion: true", .dialect),
      ]),
    File("optional/format/date-time.json", passed: 33, of: 33),
    File("optional/format/date.json", passed: 81, of: 81),
    File("optional/format/duration.json", passed: 52, of: 52),
    File("optional/format/email.json", passed: 27, of: 27),
    File("optional/format/iri.json", passed: 24, of: 24),
    File("optional/format/time.json", passed: 47, of: 47),
    File("optional/format/unknown.json", passed: 7, of: 7),
    File("optional/format/uri.json", passed: 46, of: 46),
    File("optional/format/uuid.json", passed: 28, of: 28),
    File("optional/id.json", passed: 3, of: 3),
    File("optional/no-schema.json", passed: 3, of: 3),
    File("optional/non-bmp-regex.json", passed: 12, of: 12),
    File(
      "optional/refOfUnknownKeyword.json", passed: 0, of: 10,
      skipping: [
        ("reference of a root arbitrary keyword ", .unknownKeyword),
        ("reference of a root arbitrary keyword with", .unknownKeyword),
        ("reference of an arbitrary keyword of a sub-schema", .unknownKeyword),
        ("reference internals of known non-applicator", .noSchema),
      ]),
    File(
      "optional/unknownKeyword.json", passed: 0, of: 3, skipping: [("$id inside an unknown", .unknownKeyword)]
    ),
    File("pattern.json", passed: 12, of: 12),
    File("patternProperties.json", passed: 25, of: 25),
    File("prefixItems.json", passed: 11, of: 11),
    File("properties.json", passed: 28, of: 28),
    File("propertyNames.json", passed: 22, of: 22),
    File("ref.json", passed: 77, of: 79, skipping: [("remote ref, containing", .metaSchema)]),
    File("refRemote.json", passed: 31, of: 31),
    File("required.json", passed: 18, of: 18),
    File("type.json", passed: 80, of: 80),
    File("unevaluatedItems.json", passed: 71, of: 71),
    File("unevaluatedProperties.json", passed: 129, of: 129),
    File("uniqueItems.json", passed: 69, of: 69),
    File(
      "vocabulary.json", passed: 0, of: 5,
      skipping: [("schema that uses custom", .dialect), ("ignore unrecognized", .dialect)]),
  ]

  /// Formats that are remarks for readers here, so that their tests have nothing to check.
  static let remarks = [
    "ecmascript-regex", "hostname", "idn-email", "idn-hostname", "ipv4", "ipv6", "iri-reference",
    "json-pointer",
    "regex", "relative-json-pointer", "uri-reference", "uri-template",
  ]
  /// Expects of formats that nothing is checked, where here they are.
  static let formatsAsRemarks = "format.json"

  @Test(arguments: files) func passes(_ file: File) throws {
    var passed = 0
    var total = 0
    for group in try Self.groups(of: file.name) {
      let description = group["description"]?.text ?? ""
      let tests = group["tests"]?.array ?? []
      total += tests.count
      if let reason = file.reason(toSkip: description) {
        #expect(throws: SchemaError.self, "\(description): \(reason.rawValue)") {
          try Schema(group["schema"] ?? .null, library: Self.library)
        }
        continue
      }
      let schema = try Schema(group["schema"] ?? .null, library: Self.library)
      for test in tests {
        let isRight = schema.accepts(test["data"] ?? .null) == test["valid"]?.bool
        #expect(isRight, "\(description): \(test["description"]?.text ?? "")")
        if isRight { passed += 1 }
      }
    }
    #expect(passed == file.passed)
    #expect(total == file.total)
  }

  @Test func everyFileOfTheSuiteIsNamed() throws {
    let folder = try #require(Corpus.folder("json-schema")).appending(path: "tests/draft2020-12")
    let found = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".json")
    }
    let named =
      Self.files.map(\.name) + Self.remarks.map { "optional/format/\($0).json" } + [Self.formatsAsRemarks]
    #expect(Set(found) == Set(named))
    #expect(Self.files.map(\.passed).reduce(0, +) == 1610)
    #expect(Self.files.map(\.total).reduce(0, +) == 1673)
  }

  static func groups(of name: String) throws -> [JSONValue] {
    let folder = try #require(Corpus.folder("json-schema")).appending(path: "tests/draft2020-12")
    return try #require(try JSONValue(parsing: Data(contentsOf: folder.appending(path: name))).array)
  }

  /// The files the suite serves at `localhost:1234`.
  static let library: [String: JSONValue] = {
    guard let folder = Corpus.folder("json-schema")?.appending(path: "remotes/draft2020-12"),
      let names = try? FileManager.default.subpathsOfDirectory(atPath: folder.path)
    else { return [:] }
    var library: [String: JSONValue] = [:]
    for name in names where name.hasSuffix(".json") {
      guard let data = try? Data(contentsOf: folder.appending(path: name)) else { continue }
      library["http://localhost:1234/draft2020-12/\(name)"] = try? JSONValue(parsing: data)
    }
    return library
  }()
}
