/// A noun that can be counted, in both languages.
///
/// ```swift
/// let field = CountedNoun(fr: ("champ", "champs"), en: ("field", "fields"))
/// field.counted(1200)  // "1 200 champs", "1,200 fields"
/// ```
public struct CountedNoun: Sendable {
  private let french: (one: String, many: String)
  private let english: (one: String, many: String)

  public init(fr french: (one: String, many: String), en english: (one: String, many: String)) {
    self.french = french
    self.english = english
  }

  /// The noun alone, in the form that goes with `count`.
  ///
  /// French says 0 in the singular (“0 champ”), English in the plural (“0 fields”). It serves for whole groups of
  /// words as well: ("version reçue", "versions reçues").
  ///
  /// Source: Unicode CLDR, plural rules of `fr` (one: i = 0, 1) and `en` (one: i = 1).
  public func form(for count: Int) -> Sentence {
    Sentence(
      fr: (-1...1).contains(count) ? french.one : french.many,
      en: count == 1 || count == -1 ? english.one : english.many)
  }

  /// The number and the noun.
  public func counted(_ count: Int) -> Sentence {
    let noun = form(for: count)
    return Sentence(
      fr: "\(Language.french.number(count))\u{A0}\(noun.french)",
      en: "\(Language.english.number(count)) \(noun.english)")
  }
}

extension Language {
  /// A whole number as it is written for people: `1 234` with no-break spaces in French, `1,234` in English.
  public func number(_ value: Int) -> String {
    let separator =
      switch self {
      case .french: "\u{A0}"
      case .english: ","
      }
    let digits = String(value.magnitude)
    var text = value < 0 ? "-" : ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0 { text += separator }
      text.append(digit)
    }
    return text
  }

  /// Quotation marks around words of a person or of a document: « mots », “words”.
  public func quoted(_ words: String) -> String {
    switch self {
    case .french: "«\u{A0}\(words)\u{A0}»"
    case .english: "“\(words)”"
    }
  }

  /// Several things named one after the other: “Ana”, “Ana et Léo”, “Ana, Léo et Zoé”.
  ///
  /// - Returns: The empty text for no thing at all.
  public func listing(_ items: [String]) -> String {
    guard let last = items.last else { return "" }
    guard items.count > 1 else { return last }
    let and =
      switch self {
      case .french: "et"
      case .english: "and"
      }
    return "\(items.dropLast().joined(separator: ", ")) \(and) \(last)"
  }
}

extension Sentence {
  /// Words of a person or of a document, in the quotation marks of each language.
  public static func quoting(_ words: String) -> Sentence {
    Sentence(fr: Language.french.quoted(words), en: Language.english.quoted(words))
  }

  /// Several things named one after the other, in both languages.
  public static func listing(_ items: [Sentence]) -> Sentence {
    Sentence(
      fr: Language.french.listing(items.map(\.french)), en: Language.english.listing(items.map(\.english)))
  }
}
