import ObjectModel

/// A person’s name as others see it on a screen: equal readings may be taken for one another.
///
/// Names carry approvals, so nobody shall be able to appear under the name of somebody else. Two names look alike where
/// they differ by nothing but capitals, the form of their accents, spaces, the form of hyphens and apostrophes, letters
/// of another alphabet with the same shape, or signs of Latin script with the same shape (`I` and `l`, `O` and `0`,
/// `rn` and `m`). An accent makes another name: Andre is not André.
///
/// Source: Unicode Technical Standard 39, section 4 (confusable detection), with the part of its table that names need.
public struct NameAppearance: Hashable, Sendable {
  /// Capitals and the form of accents aside.
  private let sound: LookAlikeName
  /// The same after letters of other alphabets were replaced by the Latin ones they look like.
  private let letters: LookAlikeName
  // Swift's String is equal to every canonically equivalent one: here that is what is wanted.
  private let shape: String

  public init(_ name: String) {
    let plain = withPlainPunctuation(name)
    let latin = latinLookingLetters(of: plain)
    sound = LookAlikeName(plain.utf8)
    letters = LookAlikeName(latin.utf8)
    shape = withOneSignPerShape(latin)
  }

  /// Whether one of the two names may be taken for the other.
  public func isTaken(for other: NameAppearance) -> Bool {
    sound == other.sound || letters == other.letters || shape == other.shape
  }
}

/// A name without spaces around it, and with one kind of space, of hyphen and of apostrophe.
private func withPlainPunctuation(_ name: String) -> String {
  var result = String.UnicodeScalarView()
  var needsSpace = false
  for scalar in name.unicodeScalars {
    if scalar.properties.isWhitespace {
      needsSpace = !result.isEmpty
      continue
    }
    if scalar.properties.isDefaultIgnorableCodePoint { continue }
    if needsSpace { result.append(" ") }
    needsSpace = false
    switch scalar {
    case "\u{2018}", "\u{2019}", "\u{201B}", "\u{2032}", "\u{2BC}", "\u{B4}", "`": result.append("'")
    case _ where scalar.properties.generalCategory == .dashPunctuation: result.append("-")
    default: result.append(scalar)
    }
  }
  return String(result)
}

/// Latin signs of one shape as one of them.
///
/// Source: `confusables.txt`, the rows whose two sides are Latin letters, digits or signs of ASCII.
private func withOneSignPerShape(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar {
    case "I", "1", "|", "\u{1C0}", "\u{196}": result.append("l")
    case "0": result.append("O")
    case "\u{131}", "\u{269}", "\u{26A}": result.append("i")
    case "\u{251}": result.append("a")
    case "\u{261}": result.append("g")
    case "\u{17F}": result.append("f")
    case "m": result.append(contentsOf: "rn".unicodeScalars)
    default: result.append(scalar)
    }
  }
  return String(result)
}

/// Why a text can’t be the name of a member, whoever else there is.
public enum NameRefusal: Error, Hashable, Sendable {
  case empty
  /// A sign that can't be seen or that changes the order in which others are shown.
  case invisible(Unicode.Scalar)
  /// A word with letters of several alphabets that look like each other.
  case mixedAlphabets(word: String)
}

extension NameRefusal {
  /// What is wrong with a name; `nil` where nothing is.
  ///
  /// Words may be in different alphabets, each in one: `Мария Tremblay` is a name, `Mаria` with a Cyrillic `а` is none.
  public init?(of name: String) {
    if let hidden = name.unicodeScalars.first(where: { !isPlainlyVisible($0) }) {
      self = .invisible(hidden)
      return
    }
    if name.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
      self = .empty
      return
    }
    var word = String.UnicodeScalarView()
    var alphabets: Set<Alphabet> = []
    for scalar in Array(name.unicodeScalars) + [" "] {
      let isPart =
        scalar.properties.isAlphabetic || scalar.properties.canonicalCombiningClass != .notReordered
      if isPart {
        word.append(scalar)
        if let alphabet = Alphabet(of: scalar) { alphabets.insert(alphabet) }
        continue
      }
      if alphabets.count > 1 {
        self = .mixedAlphabets(word: String(word))
        return
      }
      (word, alphabets) = (String.UnicodeScalarView(), [])
    }
    return nil
  }
}
