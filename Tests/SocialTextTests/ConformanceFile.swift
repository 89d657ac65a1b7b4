import Foundation

/// A file of twitter-text's conformance suite: YAML, as much of it as those files use.
///
/// What is not understood is an error, never passed over.
enum ConformanceFile {
  indirect enum Value: Equatable, Sendable {
    case null
    case bool(Bool)
    case number(Int)
    case text(String)
    case list([Value])
    case map([String: Value])

    subscript(key: String) -> Value? { if case .map(let members) = self { members[key] } else { nil } }
    var text: String? { if case .text(let text) = self { text } else { nil } }
    var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    var number: Int? { if case .number(let value) = self { value } else { nil } }
    var list: [Value]? { if case .list(let items) = self { items } else { nil } }
  }

  struct NotUnderstood: Error {
    var line: String
  }

  /// The sections below `tests`, each with its cases.
  static func sections(_ file: URL) throws -> [String: [Value]] {
    var reader = Reader(try String(contentsOf: file, encoding: .utf8))
    let document = try reader.block(indent: 0)
    guard case .map(let sections)? = document["tests"], reader.isAtEnd else {
      throw NotUnderstood(line: reader.line)
    }
    return try sections.mapValues { section in
      guard let cases = section.list else { throw NotUnderstood(line: "\(section)") }
      return cases
    }
  }

  private struct Reader {
    private var lines: [(indent: Int, text: Substring)]
    private var next = 0

    init(_ text: String) {
      // Not by `Character`: a combining mark after a quotation mark would hide it.
      lines = text.unicodeScalars.split(separator: "\n").map(Substring.init).compactMap { line in
        let content = line.drop { $0 == " " }
        let isBlank = content.isEmpty || content.hasPrefix("#") || content == "---"
        return isBlank ? nil : (line.count - content.count, content)
      }
    }

    var isAtEnd: Bool { next == lines.count }
    var line: String { isAtEnd ? "the end" : String(lines[next].text) }

    /// A map, or a list of maps, whose lines stand at `indent`.
    mutating func block(indent: Int) throws -> Value {
      var items: [Value] = []
      var members: [String: Value] = [:]
      while !isAtEnd, lines[next].indent >= indent {
        guard lines[next].indent == indent else { throw NotUnderstood(line: line) }
        if lines[next].text.hasPrefix("- ") {
          guard members.isEmpty else { break }
          guard lines[next].text.contains(": ") else {
            items.append(try scalar(lines[next].text.dropFirst(2)))
            next += 1
            continue
          }
          // An item is a map that begins two columns further on.
          lines[next] = (indent + 2, lines[next].text.dropFirst(2))
          items.append(try block(indent: indent + 2))
        } else {
          if !items.isEmpty { break }
          guard let colon = lines[next].text.firstIndex(of: ":") else {
            throw NotUnderstood(line: line)
          }
          let key = String(lines[next].text[..<colon])
          let rest = lines[next].text[lines[next].text.index(after: colon)...].drop { $0 == " " }
          next += 1
          members[key] =
            if !rest.isEmpty {
              try scalar(rest)
            } else if !isAtEnd, lines[next].indent > indent {
              try block(indent: lines[next].indent)
            } else if !isAtEnd, lines[next].indent == indent, lines[next].text.hasPrefix("- ") {
              try block(indent: indent)
            } else {
              .null
            }
        }
      }
      return items.isEmpty ? .map(members) : .list(items)
    }

    private func scalar(_ text: Substring) throws -> Value {
      var scalars = text.unicodeScalars[...]
      let value = try scalar(&scalars)
      guard scalars.allSatisfy({ $0 == " " }) else { throw NotUnderstood(line: String(text)) }
      return value
    }

    private func scalar(_ text: inout Substring.UnicodeScalarView.SubSequence) throws -> Value {
      guard let first = text.first else { throw NotUnderstood(line: String(text)) }
      switch first {
      case "\"": return .text(try quoted(&text))
      case "[":
        var items: [Value] = []
        text.removeFirst()
        while true {
          text = text.drop { $0 == " " || $0 == "," }
          if text.first == "]" { break }
          items.append(try scalar(&text))
        }
        text.removeFirst()
        return .list(items)
      default:
        let word = text.prefix { $0 != "," && $0 != "]" }
        text = text[word.endIndex...]
        switch String(word) {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case let word: return Int(word).map(Value.number) ?? .text(word)
        }
      }
    }

    private func quoted(_ text: inout Substring.UnicodeScalarView.SubSequence) throws -> String {
      var result = String.UnicodeScalarView()
      text.removeFirst()
      while let scalar = text.popFirst() {
        if scalar == "\"" { return String(result) }
        guard scalar == "\\" else {
          result.append(scalar)
          continue
        }
        let digits: Int
        switch text.popFirst() {
        case "n":
          result.append("\n")
          continue
        case let sign? where sign == "\"" || sign == "\\":
          result.append(sign)
          continue
        case "u": digits = 4
        case "U": digits = 8
        case let other: throw NotUnderstood(line: "\\\(other.map(String.init) ?? "")")
        }
        guard let code = UInt32(String(text.prefix(digits)), radix: 16), let scalar = Unicode.Scalar(code)
        else {
          throw NotUnderstood(line: String(text))
        }
        result.append(scalar)
        text = text.dropFirst(digits)
      }
      throw NotUnderstood(line: "a text that does not end")
    }
  }
}
