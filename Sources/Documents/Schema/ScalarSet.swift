/// The characters that one place of a pattern takes.
struct ScalarSet: Hashable, Sendable {
  private var ranges: [ClosedRange<UInt32>] = []
  private var categories: Set<Unicode.GeneralCategory> = []
  /// Taken when they do not hold the character: `\P{L}` or `\W` inside a class.
  private var complements: [ScalarSet] = []
  var isNegated = false

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    let isListed =
      ranges.contains { $0.contains(scalar.value) }
      || (!categories.isEmpty && categories.contains(scalar.properties.generalCategory))
      || complements.contains { !$0.contains(scalar) }
    return isListed != isNegated
  }

  var negated: ScalarSet {
    var copy = self
    copy.isNegated.toggle()
    return copy
  }

  mutating func insert(_ range: ClosedRange<Unicode.Scalar>) {
    ranges.append(range.lowerBound.value...range.upperBound.value)
  }

  mutating func formUnion(_ other: ScalarSet) {
    if other.isNegated {
      complements.append(other.negated)
    } else {
      ranges += other.ranges
      categories.formUnion(other.categories)
      complements += other.complements
    }
  }
}

// MARK: - Classes with a name

extension ScalarSet {
  init(_ ranges: ClosedRange<Unicode.Scalar>...) {
    for range in ranges { insert(range) }
  }

  init(categories: Set<Unicode.GeneralCategory>) { self.categories = categories }

  // Source: ECMA-262, section 22.2.2.9 (CharacterClassEscape): ASCII digits and word characters, whatever the flags.
  static let digits = ScalarSet("0"..."9")
  static let wordCharacters = ScalarSet("a"..."z", "A"..."Z", "0"..."9", "_"..."_")
  /// Source: ECMA-262, sections 12.2 (WhiteSpace) and 12.3 (LineTerminator).
  static let space = ScalarSet(
    "\t"..."\r", " "..." ", "\u{A0}"..."\u{A0}", "\u{1680}"..."\u{1680}", "\u{2000}"..."\u{200A}",
    "\u{2028}"..."\u{2029}", "\u{202F}"..."\u{202F}", "\u{205F}"..."\u{205F}", "\u{3000}"..."\u{3000}",
    "\u{FEFF}"..."\u{FEFF}")
  static let lineTerminators = ScalarSet("\n"..."\n", "\r"..."\r", "\u{2028}"..."\u{2029}")

  /// The characters of a general category, by its short or long name: `L`, `Lu`, `Uppercase_Letter`.
  ///
  /// Source: Unicode Standard Annex 44, table 12, and ECMA-262, table 71 (names are matched exactly).
  init?(generalCategory name: String) {
    guard let categories = Self.categoriesByName[name] else { return nil }
    self.init(categories: categories)
  }

  private static let categoriesByName: [String: Set<Unicode.GeneralCategory>] = {
    var table: [String: Set<Unicode.GeneralCategory>] = [:]
    func add(_ names: [String], _ categories: Set<Unicode.GeneralCategory>) {
      for name in names { table[name] = categories }
    }
    let letters: Set<Unicode.GeneralCategory> = [.uppercaseLetter, .lowercaseLetter, .titlecaseLetter]
    add(["Lu", "Uppercase_Letter"], [.uppercaseLetter])
    add(["Ll", "Lowercase_Letter"], [.lowercaseLetter])
    add(["Lt", "Titlecase_Letter"], [.titlecaseLetter])
    add(["LC", "Cased_Letter"], letters)
    add(["Lm", "Modifier_Letter"], [.modifierLetter])
    add(["Lo", "Other_Letter"], [.otherLetter])
    add(["L", "Letter"], letters.union([.modifierLetter, .otherLetter]))
    add(["Mn", "Nonspacing_Mark"], [.nonspacingMark])
    add(["Mc", "Spacing_Mark"], [.spacingMark])
    add(["Me", "Enclosing_Mark"], [.enclosingMark])
    add(["M", "Mark", "Combining_Mark"], [.nonspacingMark, .spacingMark, .enclosingMark])
    add(["Nd", "Decimal_Number", "digit"], [.decimalNumber])
    add(["Nl", "Letter_Number"], [.letterNumber])
    add(["No", "Other_Number"], [.otherNumber])
    add(["N", "Number"], [.decimalNumber, .letterNumber, .otherNumber])
    add(["Pc", "Connector_Punctuation"], [.connectorPunctuation])
    add(["Pd", "Dash_Punctuation"], [.dashPunctuation])
    add(["Ps", "Open_Punctuation"], [.openPunctuation])
    add(["Pe", "Close_Punctuation"], [.closePunctuation])
    add(["Pi", "Initial_Punctuation"], [.initialPunctuation])
    add(["Pf", "Final_Punctuation"], [.finalPunctuation])
    add(["Po", "Other_Punctuation"], [.otherPunctuation])
    add(
      ["P", "Punctuation", "punct"],
      [
        .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
        .finalPunctuation, .otherPunctuation,
      ])
    add(["Sm", "Math_Symbol"], [.mathSymbol])
    add(["Sc", "Currency_Symbol"], [.currencySymbol])
    add(["Sk", "Modifier_Symbol"], [.modifierSymbol])
    add(["So", "Other_Symbol"], [.otherSymbol])
    add(["S", "Symbol"], [.mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol])
    add(["Zs", "Space_Separator"], [.spaceSeparator])
    add(["Zl", "Line_Separator"], [.lineSeparator])
    add(["Zp", "Paragraph_Separator"], [.paragraphSeparator])
    add(["Z", "Separator"], [.spaceSeparator, .lineSeparator, .paragraphSeparator])
    add(["Cc", "Control", "cntrl"], [.control])
    add(["Cf", "Format"], [.format])
    add(["Co", "Private_Use"], [.privateUse])
    add(["Cn", "Unassigned"], [.unassigned])
    add(["C", "Other"], [.control, .format, .privateUse, .unassigned, .surrogate])
    return table
  }()
}
