/// A file of Swift, taken apart as far as the tests here need it: what is code, and what stands in quotes.
struct SwiftSource {
  /// A string literal.
  struct Literal {
    /// Its place among the bytes of the file.
    var offset: Int
    var line: Int
    /// What it says, escapes decoded; ``SwiftSource/interpolation`` stands for each `\(…)`.
    var text: String
  }

  static let interpolation: Character = "\u{FFFC}"

  /// The bytes of the file with spaces in the place of comments and of what stands in quotes. Code inside `\(…)`
  /// is code. Lines and offsets are those of the file.
  private(set) var code: [UInt8]
  private(set) var literals: [Literal] = []

  private let bytes: [UInt8]
  private var place = 0
  private var line = 1

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    code = bytes.map { $0 == UInt8(ascii: "\n") ? $0 : UInt8(ascii: " ") }
    readCode(untilClosed: false)
  }

  /// The line, counted from 1, an offset is in.
  func line(at offset: Int) -> Int {
    1 + bytes[..<offset].count { $0 == UInt8(ascii: "\n") }
  }

  // MARK: - Reading

  private func starts(_ text: String, at start: Int) -> Bool {
    bytes[start...].starts(with: text.utf8)
  }

  private mutating func step(_ count: Int = 1) {
    for _ in 0..<count where place < bytes.count {
      if bytes[place] == UInt8(ascii: "\n") { line += 1 }
      place += 1
    }
  }

  /// - Parameter untilClosed: Whether to stop behind the parenthesis that closes an interpolation.
  private mutating func readCode(untilClosed: Bool) {
    var depth = 0
    while place < bytes.count {
      if starts("//", at: place) {
        while place < bytes.count, bytes[place] != UInt8(ascii: "\n") { step() }
      } else if starts("/*", at: place) {
        skipComment()
      } else if let pounds = poundsBeforeQuote() {
        readLiteral(pounds: pounds)
      } else {
        let byte = bytes[place]
        code[place] = byte
        step()
        if byte == UInt8(ascii: "(") { depth += 1 }
        if byte == UInt8(ascii: ")") {
          depth -= 1
          if untilClosed, depth == 0 { return }
        }
      }
    }
  }

  private mutating func skipComment() {
    var depth = 0
    repeat {
      if starts("/*", at: place) {
        depth += 1
        step(2)
      } else if starts("*/", at: place) {
        depth -= 1
        step(2)
      } else {
        step()
      }
    } while depth > 0 && place < bytes.count
  }

  /// How many `#` stand before a quotation mark here; `nil` where no literal begins.
  private func poundsBeforeQuote() -> Int? {
    let rest = bytes[place...]
    guard let end = rest.firstIndex(where: { $0 != UInt8(ascii: "#") }), bytes[end] == UInt8(ascii: "\"")
    else {
      return nil
    }
    return end - place
  }

  private mutating func readLiteral(pounds: Int) {
    let (offset, firstLine) = (place, line)
    let marks = starts(#"""""#, at: place + pounds) ? 3 : 1
    step(pounds + marks)
    let fence = String(repeating: "#", count: pounds)
    let (end, escape) = (String(repeating: "\"", count: marks) + fence, "\\" + fence)
    var text: [UInt8] = []
    while place < bytes.count, !starts(end, at: place) {
      if starts(escape, at: place) {
        step(escape.utf8.count)
        text += readEscape()
      } else {
        text.append(bytes[place])
        step()
        // How far the lines of a literal are indented is a matter of layout.
        if text.last == UInt8(ascii: "\n") { skipSpaces() }
      }
    }
    step(end.utf8.count)
    literals.append(
      Literal(offset: offset, line: firstLine, text: String(decoding: text, as: UTF8.self)))
  }

  private mutating func skipSpaces() {
    while place < bytes.count, bytes[place] == UInt8(ascii: " ") { step() }
  }

  private mutating func readEscape() -> [UInt8] {
    let byte = bytes[place]
    switch byte {
    case UInt8(ascii: "("):
      readCode(untilClosed: true)
      return Array(Self.interpolation.utf8)
    case UInt8(ascii: "u"):
      step(2)
      let digits = bytes[place...].prefix { $0 != UInt8(ascii: "}") }
      step(digits.count + 1)
      let scalar = UInt32(String(decoding: digits, as: UTF8.self), radix: 16).flatMap(Unicode.Scalar.init)
      return scalar.map { Array(String($0).utf8) } ?? []
    case UInt8(ascii: "\n"):
      step()
      skipSpaces()
      return []
    default:
      step()
      let named: [UInt8: UInt8] = [
        UInt8(ascii: "n"): UInt8(ascii: "\n"), UInt8(ascii: "t"): UInt8(ascii: "\t"),
        UInt8(ascii: "r"): UInt8(ascii: "\r"), UInt8(ascii: "0"): 0,
      ]
      return [named[byte] ?? byte]
    }
  }
}

extension SwiftSource {
  /// The modules the file imports.
  var imports: Set<String> {
    var modules: Set<String> = []
    for line in String(decoding: code, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ")
      guard let place = words.firstIndex(of: "import"), words[..<place].allSatisfy(isModifier) else {
        continue
      }
      // `import struct Module.Type` names the module before the dot.
      guard let name = words[words.index(after: place)...].last?.split(separator: ".").first else { continue }
      modules.insert(String(name))
    }
    return modules
  }

  private func isModifier(_ word: Substring) -> Bool {
    word.hasPrefix("@") || ["public", "package", "internal", "fileprivate", "private"].contains(word)
  }

  /// The lines of code with this word; one that ends with `*` stands for all words that begin so.
  func lines(with word: String) -> [Int] {
    let isPrefix = word.hasSuffix("*")
    let needle = Array(isPrefix ? word.dropLast().utf8 : word.utf8[...])
    guard let first = needle.first, let last = needle.last else { return [] }
    var found: [Int] = []
    var start = 0
    while let place = code[start...].firstIndex(of: first) {
      start = place + 1
      guard code[place...].starts(with: needle) else { continue }
      let end = place + needle.count
      if isNameByte(first), place > 0, isNameByte(code[place - 1]) { continue }
      if !isPrefix, isNameByte(last), end < code.count, isNameByte(code[end]) { continue }
      found.append(line(at: place))
    }
    return found
  }

  /// The literals that are the value of an argument with this label, those in a tuple or a choice included.
  func literals(labelled label: String) -> [Literal] {
    let needle = Array((label + ":").utf8)
    var found: [Literal] = []
    for start in code.indices where code[start...].starts(with: needle) {
      if start > 0, isNameByte(code[start - 1]) { continue }
      let end = endOfArgument(from: start + needle.count)
      found += literals.filter { start < $0.offset && $0.offset < end }
    }
    return found.sorted { $0.offset < $1.offset }
  }

  private func endOfArgument(from start: Int) -> Int {
    var depth = 0
    for place in start..<code.count {
      switch code[place] {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        if depth < 0 { return place }
      case UInt8(ascii: ","): if depth == 0 { return place }
      default: break
      }
    }
    return code.count
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_")
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }
}
