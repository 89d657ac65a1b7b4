public import Documents
public import JSONTree
import Wording

/// One way of writing for everybody: the house's, without mixing in another.
///
/// Parameters: `convention`, as `inclusive/convention` of the guideline (`neutral`, `doublet`, `parentheses`,
/// `brackets`, `hyphen`, `middle-dot`), and `noMixing`. Shortened doublets of another convention are found: in a house
/// with a convention all others, in a house without one those that differ from the first that one channel shows of a
/// post. Full doublets are always welcome, but with `noMixing` not beside shortened ones there.
///
/// Source: Office québécois de la langue française, « Écriture inclusive », which keeps neutral wording, full doublets,
/// and parentheses or brackets where space is short.
public struct InclusiveWriting: GuidedRule, ReadingRule {
  public static let check = "inclusive"

  /// The ways of writing a doublet; `neutral` has none.
  enum Convention: String, CaseIterable, Hashable, Sendable {
    case neutral, doublet, parentheses, brackets, hyphen
    case middleDot = "middle-dot"
    /// Not to be chosen, but met.
    case fullStop = "full-stop"
    case slash, capital

    static let choices: [Convention] = [.neutral, .doublet, .parentheses, .brackets, .hyphen, .middleDot]

    var isShortened: Bool { self != .neutral && self != .doublet }
  }

  let convention: Convention?
  let allowsMixing: Bool

  public init(parameters: JSONValue?) throws(RuleProblem) {
    let settings = try RuleParameters(parameters, knowing: ["convention", "noMixing"])
    if let value = parameters?["convention"] {
      guard let convention = value.text.flatMap(Convention.init), Convention.choices.contains(convention)
      else {
        let names = Convention.choices.map(\.rawValue)
        throw RuleProblem(
          at: "/parameters/convention",
          Sentence(
            fr: "La convention est l’une de celles-ci\u{A0}: \(Language.french.listing(names)).",
            en: "The convention is one of these: \(Language.english.listing(names))."))
      }
      self.convention = convention
    } else {
      convention = nil
    }
    allowsMixing = !(try settings.bool("noMixing") ?? (convention == nil))
  }

  /// The parameters of a rule, and for what they do not say `inclusive` of its guideline.
  public static func parameters(_ own: JSONValue?, following line: Guideline) -> JSONValue {
    guard case .object(var object) = own ?? [:] else { return own ?? [:] }
    object["convention"] = object["convention"] ?? line.inclusiveConvention.map { JSONValue($0) }
    if object["noMixing"] == nil, line.allowsNoMixing { object["noMixing"] = true }
    return .object(object)
  }

  /// A house that has one convention and lets it stand beside doublets sees all in each text.
  public var readsTogether: Bool { convention == nil || !allowsMixing }

  public func matches(across texts: [CheckedText]) -> [PlacedMatch] {
    let read = texts.filter(\.isFrench).map { text in
      let forms = InclusiveForms(text.prose)
      return (text: text, forms: forms, shortened: forms.shortened())
    }
    guard let house = convention ?? read.lazy.flatMap(\.shortened).first?.convention else { return [] }
    let refusesDoublets =
      !allowsMixing && house.isShortened
      && read.contains { $0.shortened.contains { $0.convention == house } }
    return read.flatMap { text, forms, shortened in
      var found = shortened.filter { $0.convention != house }.map { form in
        RuleMatch(
          form.range, message: message(form, house), suggestion: form.rewritten(as: house).map { .init($0) })
      }
      if refusesDoublets {
        found += forms.doublets().map { range in
          RuleMatch(
            range,
            message: Sentence(
              fr: "Doublet complet là où d’autres sont abrégés.",
              en: "A full doublet where others are shortened."))
        }
      }
      return found.sorted { ($0.range?.lowerBound ?? 0) < ($1.range?.lowerBound ?? 0) }
        .map { PlacedMatch(text, $0) }
    }
  }

  private func message(_ form: InclusiveForms.Form, _ house: Convention) -> Sentence {
    guard convention != nil else {
      return Sentence(
        fr: "Deux conventions à la fois; ici, \(form.convention.name.french).",
        en: "Two conventions at once; here, \(form.convention.name.english).")
    }
    return Sentence(
      fr: "Doublet abrégé (\(form.convention.name.french)); la maison préfère \(house.name.french).",
      en: "A shortened doublet (\(form.convention.name.english)); the house prefers \(house.name.english).")
  }
}

extension InclusiveWriting.Convention {
  fileprivate var name: Sentence {
    switch self {
    case .neutral: Sentence(fr: "une formulation neutre", en: "neutral wording")
    case .doublet: Sentence(fr: "le doublet complet", en: "full doublets")
    case .parentheses: Sentence(fr: "les parenthèses", en: "parentheses")
    case .brackets: Sentence(fr: "les crochets", en: "brackets")
    case .hyphen: Sentence(fr: "le trait d’union", en: "the hyphen")
    case .middleDot: Sentence(fr: "le point médian", en: "the middle dot")
    case .fullStop: Sentence(fr: "le point", en: "the full stop")
    case .slash: Sentence(fr: "la barre oblique", en: "the slash")
    case .capital: Sentence(fr: "la majuscule", en: "the capital")
    }
  }
}

/// The doublets of a text, shortened and full.
struct InclusiveForms {
  struct Form: Hashable {
    var convention: InclusiveWriting.Convention
    var range: Range<Int>
    /// `étudiant`
    var base: String
    /// `e`, `trice`; without the s of the plural.
    var ending: String
    var isPlural: Bool

    /// The same words in another convention, where that is certain.
    func rewritten(as convention: InclusiveWriting.Convention) -> String? {
      let plural = isPlural ? "s" : ""
      switch convention {
      case .parentheses: return "\(base)(\(ending))\(plural)"
      case .brackets: return "\(base)[\(ending)]\(plural)"
      case .hyphen: return "\(base)-\(ending)\(isPlural ? "-s" : "")"
      case .middleDot: return "\(base)·\(ending)\(isPlural ? "·s" : "")"
      case .doublet:
        guard isPlural, let feminine else { return nil }
        return "\(feminine)s et \(base)s"
      case .neutral, .fullStop, .slash, .capital: return nil
      }
    }

    /// `réparatrice` of `réparateur` and `trice`.
    private var feminine: String? {
      let replaced = ["trice": "teur", "teuse": "teur", "euse": "eur", "ère": "er", "ive": "if"]
      guard let masculine = replaced[ending] else { return base + ending }
      return base.hasSuffix(masculine) ? base.dropLast(masculine.count) + ending : nil
    }
  }

  private let prose: Prose
  private let words: [Prose.Word]

  init(_ prose: Prose) {
    self.prose = prose
    words = prose.words
  }

  /// In the order of the text.
  func shortened() -> [Form] {
    var found: [Form] = []
    for word in words where word.range.lowerBound >= (found.last?.range.upperBound ?? 0) {
      if let form = withSigns(after: word) ?? capital(word) { found.append(form) }
    }
    return found
  }

  /// `étudiant(e)s`, `étudiant-e-s`, `étudiant·e`, `réparateur(-trice)s`.
  private func withSigns(after word: Prose.Word) -> Form? {
    // Most words stand before a space.
    guard let sign = prose[word.range.upperBound], sign != " ", Self.signs.contains(sign),
      word.range.count >= 2,
      isLowercase(word)
    else { return nil }
    var position = word.range.upperBound + 1
    let isBracketed = sign == "(" || sign == "["
    if isBracketed, prose[position] == "-" { position += 1 }
    let start = position
    while prose[position]?.properties.isLowercase ?? false { position += 1 }
    var ending = prose.text(start..<position)
    guard !ending.isEmpty else { return nil }
    var isPlural = false
    func takeS() -> Bool {
      guard prose[position] == "s" else { return false }
      position += 1
      return true
    }
    let convention: InclusiveWriting.Convention
    switch sign {
    case "(", "[":
      guard prose[position] == (sign == "(" ? ")" : "]") else { return nil }
      position += 1
      isPlural = takeS()
      convention = sign == "(" ? .parentheses : .brackets
    case "-", "·", "•", "‧", "⋅", ".":
      if prose[position] == sign {
        position += 1
        // étudiant-e-s, and nothing else after a second sign.
        guard takeS() else { return nil }
        isPlural = true
      }
      convention = sign == "-" ? .hyphen : sign == "." ? .fullStop : .middleDot
    case "/": convention = .slash
    default: return nil
    }
    if !isPlural, ending.count > 1, ending.hasSuffix("s") {
      ending.removeLast()
      isPlural = true
    }
    let isWhole = !(prose[position].map { $0.isWordSign || $0 == "-" || $0.isApostrophe } ?? false)
    guard isWhole, Self.endings.contains(ending), isCertain(convention, word, ending, position: position)
    else { return nil }
    return Form(
      convention: convention, range: word.range.lowerBound..<position, base: prose.text(word), ending: ending,
      isPlural: isPlural)
  }

  /// What may stand between a word and the ending of its feminine.
  private static let signs = "([-·•‧⋅./".unicodeScalars.map { $0 }

  /// Endings of feminines, without the s of the plural.
  static let endings: Set<String> = [
    "e", "ne", "le", "te", "se", "ve", "ère", "ière", "trice", "teuse", "euse", "ive", "elle", "enne", "onne",
    "esse", "ée",
    "eure", "sse",
  ]

  /// What is an ordinary word after a hyphen, a full stop or a slash.
  private func isCertain(
    _ convention: InclusiveWriting.Convention, _ word: Prose.Word, _ ending: String, position: Int
  ) -> Bool {
    switch convention {
    case .hyphen:
      // dit-elle, donne-le, prends-les; but étudiant-e, potentiel-le-s, lecteur-trice.
      let hasTwoHyphens = prose.text(word.range.upperBound..<position).unicodeScalars.count { $0 == "-" } > 1
      let isUnlikePronoun = ["e", "trice", "teuse", "euse", "ère", "ière", "enne", "ive"].contains(ending)
      return word.range.count >= 3 && (hasTwoHyphens || isUnlikePronoun)
    case .fullStop:
      // fin.elle is a missing space; host names are set apart before.
      return word.range.count >= 3 && ["e", "ne", "le", "te", "trice", "euse", "ère"].contains(ending)
    case .slash: return word.range.count >= 4 && ["e", "ne", "trice", "euse", "ère", "ière"].contains(ending)
    default: return true
    }
  }

  /// `étudiantE`, `étudiantEs`.
  private func capital(_ word: Prose.Word) -> Form? {
    let (scalars, end) = (prose.scalars, word.range.upperBound)
    var place = end - 1
    if scalars[place] == "s" || scalars[place] == "S" { place -= 1 }
    guard place >= word.range.lowerBound + 4, scalars[place] == "E" else { return nil }
    let base = word.range.lowerBound..<place
    guard scalars[base].allSatisfy(\.properties.isLowercase) else { return nil }
    return Form(
      convention: .capital, range: word.range, base: prose.text(base), ending: "e", isPlural: place < end - 1)
  }

  /// `les étudiantes et les étudiants`, `voisines et voisins`, `toutes et tous`.
  func doublets() -> [Range<Int>] {
    var found: [Range<Int>] = []
    for (place, first) in words.enumerated().dropLast(2) {
      guard ["et", "ou"].contains(prose.text(words[place + 1])) else { continue }
      var second = words[place + 2]
      if ["les", "des", "aux", "nos", "vos", "la", "le", "une", "un", "ces"].contains(prose.text(second)),
        place + 3 < words.count
      {
        second = words[place + 3]
      }
      let (one, other) = (prose.text(first), prose.text(second))
      if isPair(one, other) || isPair(other, one) {
        found.append(first.range.lowerBound..<second.range.upperBound)
      }
    }
    return found
  }

  private func isPair(_ feminine: String, _ masculine: String) -> Bool {
    if ["toutes": "tous", "celles": "ceux"][feminine] == masculine { return true }
    let (feminine, masculine) = (singular(feminine), singular(masculine))
    guard masculine.count >= 3, feminine != masculine else { return false }
    if feminine == masculine + "e" { return true }
    let endings = [
      ("trice", "teur"), ("euse", "eur"), ("ère", "er"), ("enne", "en"), ("onne", "on"), ("ive", "if"),
      ("elle", "el"), ("euse", "eux"),
    ]
    return endings.contains { pair in
      feminine.hasSuffix(pair.0) && masculine.hasSuffix(pair.1)
        && feminine.dropLast(pair.0.count) == masculine.dropLast(pair.1.count)
    }
  }

  private func singular(_ word: String) -> String { word.hasSuffix("s") ? String(word.dropLast()) : word }

  private func isLowercase(_ word: Prose.Word) -> Bool {
    prose.scalars[word.range].dropFirst().allSatisfy { $0.isLowercaseLetter || !$0.isWordLetter }
  }
}
