import Foundation
import JSONTree

/// Writes the schemas of the sample workspace into the program, so that it knows its documents in any folder.
///
///     swift run generate-schemas        (in the folder of the package)
///
/// `BuiltInSchemasTests` fails while the two differ.
@main struct GenerateSchemas {
  static let source = "Workspace/schemas"
  static let target = "Sources/Documents/BuiltInSchemas+Generated.swift"

  static func main() throws {
    let ending = ".schema.json"
    let names = try FileManager.default.contentsOfDirectory(atPath: source).filter { $0.hasSuffix(ending) }
      .sorted()
    var text = """
      // swift-format-ignore-file
      // Made by `swift run generate-schemas` from \(source); change those files, not this one.

      enum BuiltInSchemas {
        /// Each kind with its schema, as JSON on one line; sorted by kind.
        static let files: [(kind: String, text: String)] = [

      """
    for name in names {
      let value = try JSONValue(parsing: Data(contentsOf: URL(filePath: "\(source)/\(name)")))
      let json = String(decoding: value.canonicalBytes, as: UTF8.self)
      // Raw strings end at a quotation mark and a number sign; no schema has reason to hold both side by side.
      guard !json.contains("\"##") else { throw CocoaError(.fileReadCorruptFile) }
      text += "    (\"\(name.dropLast(ending.count))\", ##\"\(json)\"##),\n"
    }
    text += "  ]\n}\n"
    try Data(text.utf8).write(to: URL(filePath: target))
    print("\(names.count) schemas → \(target)")
  }
}
