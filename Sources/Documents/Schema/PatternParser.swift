/// Reads a regular expression. Source: ECMA-262, section 22.2.1, with the `u` flag.
struct PatternParser {
  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var depth = 0

  /// Groups inside each other; more than any pattern a person writes, and few enough for the stack.
  private static let greatestDepth = 50
  private static let greatestCount = 1000

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  mutating func parse() throws(PatternError) -> PatternTree {
    let tree = try choice()
    if let next = peek { throw failure(.unexpected(next)) }
    return tree
  }

  private var peek: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == scalar else { return false }
    index += 1
    return true
  }

  private mutating func next() throws(PatternError) -> Unicode.Scalar {
    guard let scalar = peek else { throw failure(.unfinished) }
    index += 1
    return scalar
  }

  private func failure(_ reason: PatternError.Reason, at offset: Int? = nil) -> PatternError {
    PatternError(reason: reason, offset: offset ?? index)
  }

  // MARK: - Structure

  private mutating func choice() throws(PatternError) -> PatternTree {
    var options = [try sequence()]
    while take("|") { options.append(try sequence()) }
    return options.count == 1 ? options[0] : .choice(options)
  }

  private mutating func sequence() throws(PatternError) -> PatternTree {
    var parts: [PatternTree] = []
    while let scalar = peek, scalar != "|", scalar != ")" { parts.append(try term()) }
    return parts.count == 1 ? parts[0] : parts.isEmpty ? .empty : .sequence(parts)
  }

  private mutating func term() throws(PatternError) -> PatternTree {
    let start = index
    let scalar = try next()
    switch scalar {
    case "^": return .assertion(.start)
    case "$": return .assertion(.end)
    case "(": return try repeated(group())
    case "[": return try repeated(.character(characterClass()))
    case ".": return try repeated(.character(ScalarSet.lineTerminators.negated))
    case "\\":
      if take("b") { return .assertion(.wordBoundary) }
      if take("B") { return .assertion(.noWordBoundary) }
      return try repeated(.character(escape(inClass: false)))
    case "*", "+", "?", "{", "}", "]": throw failure(.unexpected(scalar), at: start)
    default: return try repeated(.character(ScalarSet(scalar...scalar)))
    }
  }

  private mutating func group() throws(PatternError) -> PatternTree {
    let start = index - 1
    depth += 1
    defer { depth -= 1 }
    if depth > Self.greatestDepth { throw failure(.tooLarge) }
    if take("?") {
      let kind = try next()
      switch kind {
      case ":": break
      case "=", "!": throw failure(.unsupported("(?\(kind)"), at: start)
      case "<":
        let name = try next()
        if name == "=" || name == "!" { throw failure(.unsupported("(?<\(name)"), at: start) }
        while try next() != ">" {}
      default: throw failure(.unexpected(kind), at: index - 1)
      }
    }
    let tree = try choice()
    guard take(")") else { throw failure(.unfinished) }
    return tree
  }

  private mutating func repeated(_ tree: PatternTree) throws(PatternError) -> PatternTree {
    let range: (least: Int, most: Int?)
    switch peek {
    case "*": range = (0, nil)
    case "+": range = (1, nil)
    case "?": range = (0, 1)
    case "{":
      index += 1
      range = try counts()
    default: return tree
    }
    index += 1
    // Greedy or not makes no difference to whether there is a match.
    _ = take("?")
    return .repetition(tree, atLeast: range.least, atMost: range.most)
  }

  /// `3`, `3,` or `3,5`, up to the closing brace.
  private mutating func counts() throws(PatternError) -> (Int, Int?) {
    let start = index
    let least = try number()
    var most: Int? = least
    if take(",") { most = peek == "}" ? nil : try number() }
    guard peek == "}" else { throw failure(.unfinished) }
    if let most, most < least { throw failure(.rangeOutOfOrder, at: start) }
    return (least, most)
  }

  private mutating func number() throws(PatternError) -> Int {
    var value: Int?
    while let digit = peek, ("0"..."9").contains(digit) {
      value = (value ?? 0) * 10 + Int(digit.value - 0x30)
      if let value, value > Self.greatestCount { throw failure(.tooLarge) }
      index += 1
    }
    guard let value else { throw failure(.unfinished) }
    return value
  }

  // MARK: - Characters

  /// What stands between `[` and `]`.
  private mutating func characterClass() throws(PatternError) -> ScalarSet {
    var set = ScalarSet()
    let isNegated = take("^")
    while !take("]") {
      let start = index
      let first = try classAtom()
      guard peek == "-", index + 1 < scalars.count, scalars[index + 1] != "]" else {
        set.formUnion(first.set)
        continue
      }
      index += 1
      let last = try classAtom()
      guard let lower = first.single, let upper = last.single else {
        throw failure(.unexpected("-"), at: start)
      }
      guard lower <= upper else { throw failure(.rangeOutOfOrder, at: start) }
      set.insert(lower...upper)
    }
    return isNegated ? set.negated : set
  }

  private mutating func classAtom() throws(PatternError) -> (set: ScalarSet, single: Unicode.Scalar?) {
    let scalar = try next()
    guard scalar == "\\" else { return (ScalarSet(scalar...scalar), scalar) }
    if take("b") { return (ScalarSet("\u{8}"..."\u{8}"), "\u{8}") }
    if let single = try singleEscape(inClass: true) { return (ScalarSet(single...single), single) }
    return (try classEscape(), nil)
  }

  /// What stands behind a backslash.
  private mutating func escape(inClass: Bool) throws(PatternError) -> ScalarSet {
    if let single = try singleEscape(inClass: inClass) { return ScalarSet(single...single) }
    return try classEscape()
  }

  /// `\d`, `\P{Lu}` and their kind.
  private mutating func classEscape() throws(PatternError) -> ScalarSet {
    let start = index
    let letter = try next()
    switch letter {
    case "d": return .digits
    case "D": return .digits.negated
    case "w": return .wordCharacters
    case "W": return .wordCharacters.negated
    case "s": return .space
    case "S": return .space.negated
    case "p": return try property()
    case "P": return try property().negated
    case "1"..."9", "k": throw failure(.unsupported("\\\(letter)"), at: start - 1)
    default: throw failure(.unknownEscape(letter), at: start - 1)
    }
  }

  private mutating func property() throws(PatternError) -> ScalarSet {
    let start = index
    guard take("{") else { throw failure(.unfinished) }
    var name = ""
    while true {
      let scalar = try next()
      if scalar == "}" { break }
      name.unicodeScalars.append(scalar)
    }
    let parts = name.split(separator: "=", omittingEmptySubsequences: false)
    let isCategory = parts.count == 1 || (parts.count == 2 && ["General_Category", "gc"].contains(parts[0]))
    guard isCategory, let value = parts.last, let set = ScalarSet(generalCategory: String(value)) else {
      throw failure(.unknownProperty(name), at: start)
    }
    return set
  }

  /// An escape that stands for one character; `nil`, with nothing taken, for one that stands for several.
  private mutating func singleEscape(inClass: Bool) throws(PatternError) -> Unicode.Scalar? {
    let start = index
    let letter = try next()
    switch letter {
    case "t": return "\t"
    case "n": return "\n"
    case "v": return "\u{B}"
    case "f": return "\u{C}"
    case "r": return "\r"
    case "0":
      if let digit = peek, ("0"..."9").contains(digit) { throw failure(.unknownEscape(digit), at: start) }
      return "\0"
    case "c":
      let control = try next()
      guard ("a"..."z").contains(control) || ("A"..."Z").contains(control) else {
        throw failure(.unknownEscape(control), at: start)
      }
      return Unicode.Scalar(UInt8(control.value & 0x1F))
    case "x": return try codePoint(hexDigits: 2, escape: start)
    case "u": return try unicodeEscape(at: start)
    case "!"..."/", ":"..."@", "["..."`", "{"..."~": return letter
    default:
      index = start
      return nil
    }
  }

  private mutating func unicodeEscape(at start: Int) throws(PatternError) -> Unicode.Scalar {
    if take("{") {
      var value: UInt32 = 0
      var count = 0
      while !take("}") {
        value = min(value << 4 | UInt32(try hex()), 0x110000)
        count += 1
      }
      guard count > 0, let scalar = Unicode.Scalar(value) else {
        throw failure(.unknownEscape("u"), at: start)
      }
      return scalar
    }
    let unit = try fourDigits()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    // Two halves of a surrogate pair are one character.
    guard UTF16.isLeadSurrogate(unit), take("\\"), take("u") else {
      throw failure(.unknownEscape("u"), at: start)
    }
    let low = try fourDigits()
    guard UTF16.isTrailSurrogate(low) else { throw failure(.unknownEscape("u"), at: start) }
    return UTF16.decode(UTF16.EncodedScalar([unit, low]))
  }

  private mutating func fourDigits() throws(PatternError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 { unit = unit << 4 | UInt16(try hex()) }
    return unit
  }

  private mutating func codePoint(hexDigits: Int, escape: Int) throws(PatternError) -> Unicode.Scalar {
    var value: UInt32 = 0
    for _ in 0..<hexDigits { value = value << 4 | UInt32(try hex()) }
    guard let scalar = Unicode.Scalar(value) else { throw failure(.unknownEscape("x"), at: escape) }
    return scalar
  }

  private mutating func hex() throws(PatternError) -> UInt8 {
    let scalar = try next()
    guard scalar.isASCII, let digit = hexDigit(UInt8(scalar.value)) else {
      throw failure(.unexpected(scalar), at: index - 1)
    }
    return digit
  }
}
