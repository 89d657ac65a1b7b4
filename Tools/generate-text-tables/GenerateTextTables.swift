import Foundation

/// Writes the tables of names and letters that `SocialText` looks things up in.
///
///     swift run generate-text-tables PATH/tld_lib.yml        (in the folder of the package)
///
/// `tld_lib.yml` is the list of top-level domains of twitter-text (https://github.com/twitter/twitter-text,
/// `conformance/tld_lib.yml`, Apache License 2.0, kept beside the table). The canonical mappings are those of this computer's Foundation.
@main struct GenerateTextTables {
  static let folder = "Sources/SocialText"

  static func main() throws {
    guard CommandLine.arguments.count == 2 else {
      FileHandle.standardError.write(Data("Usage: generate-text-tables PATH/tld_lib.yml\n".utf8))
      exit(64)
    }
    try writeTopLevelDomains(from: CommandLine.arguments[1])
    try writeCanonicalMappings()
  }

  private static func writeTopLevelDomains(from path: String) throws {
    let names = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      .filter { $0.hasPrefix("- ") }
      .map { $0.dropFirst(2).trimmingCharacters(in: ["'", "\""]).lowercased() }
    let sorted = Set(names).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let longest = names.map(\.unicodeScalars.count).max() ?? 0
    try write(
      "TopLevelDomains+Generated.swift",
      """
      // swift-format-ignore-file
      // Made by `swift run generate-text-tables` from twitter-text's tld_lib.yml; change that program, not this file.
      // Source: https://github.com/twitter/twitter-text, conformance/tld_lib.yml, Apache License 2.0 (LICENSE-twitter-text).

      /// The top-level domains by which a link without a scheme is told from a word; in small letters.
      enum TopLevelDomains {
        /// In code points.
        static let longest = \(longest)
        static let all = Set(names.split(whereSeparator: \\.isWhitespace).map(String.init))

        private static let names = \"\"\"
      \(lines(of: sorted))
          \"\"\"
      }

      """)
    print("\(sorted.count) top-level domains")
  }

  /// The full canonical decompositions but Hangul's, which follow a formula; `!` after those nothing is composed to.
  private static func writeCanonicalMappings() throws {
    let mappings = (UInt32(0)...0x10FFFF).compactMap(Unicode.Scalar.init).compactMap { scalar -> String? in
      guard !(0xAC00...0xD7A3).contains(scalar.value) else { return nil }
      let text = String(scalar)
      let decomposed = Array(text.decomposedStringWithCanonicalMapping.unicodeScalars)
      guard decomposed != [scalar] else { return nil }
      let isComposed = Array(text.precomposedStringWithCanonicalMapping.unicodeScalars) == [scalar]
      let parts = decomposed.map { String($0.value, radix: 16) }.joined(separator: "+")
      return "\(String(scalar.value, radix: 16))=\(parts)\(isComposed ? "" : "!")"
    }
    try write(
      "CanonicalMappings+Generated.swift",
      """
      // swift-format-ignore-file
      // Made by `swift run generate-text-tables` from the Unicode data of Foundation; change that program, not this file.

      /// What letters with marks are made of: `e9=65+301`, in hexadecimal code points.
      ///
      /// With `!` where the letter is only ever taken apart (composition exclusions, and signs that stand for one other).
      enum CanonicalMappings {
        static let table = \"\"\"
      \(lines(of: mappings))
          \"\"\"
      }

      """)
    print("\(mappings.count) canonical mappings")
  }

  private static func lines(of words: [String]) -> String {
    var lines: [String] = []
    for word in words {
      if let last = lines.last, last.count + word.count < 116 {
        lines[lines.count - 1] += " \(word)"
      } else {
        lines.append("    \(word)")
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
  }
}
