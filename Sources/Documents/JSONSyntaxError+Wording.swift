public import JSONTree
public import Wording

/// What keeps a file from being read, for people who never meant to write JSON.
extension JSONSyntaxError: ExplainedError {
  public var code: String { "broken-json" }

  /// What is wrong, and at which line and column.
  public var message: Sentence {
    let what = reason.sentence
    return Sentence(
      fr: "Ligne \(position.line), colonne \(position.column) : \(what.french)",
      en: "Line \(position.line), column \(position.column): \(what.english)")
  }

  public var hint: Sentence? { reason.advice }
}

extension JSONSyntaxError.Reason {
  /// What is wrong, without where: it goes on after a colon.
  public var sentence: Sentence {
    switch self {
    case .emptyDocument: Sentence(fr: "le fichier est vide.", en: "the file is empty.")
    case .unexpectedEnd(let expected, let opened):
      opened.map { opened in
        Sentence(
          fr: "le fichier s’arrête trop tôt; ce qui commence à la ligne \(opened.line) n’est pas fermé.",
          en: "the file ends too early; what begins at line \(opened.line) is not closed.")
      }
        ?? Sentence(
          fr: "le fichier s’arrête trop tôt; il manque \(expected.phrase.french).",
          en: "the file ends too early; \(expected.phrase.english) is missing.")
    case .contentAfterEnd:
      Sentence(
        fr: "le document est déjà fini; ce qui suit n’en fait pas partie.",
        en: "the document is complete already; what follows is not part of it.")
    case .depthExceeded(let limit):
      Sentence(
        fr: "plus de \(limit) objets et listes emboîtés.",
        en: "more than \(limit) objects and lists inside each other.")
    case .unexpectedCharacter(let scalar, let expected):
      Sentence(
        fr: "il faut \(expected.phrase.french), pas « \(scalar.shown) ».",
        en: "\(expected.phrase.english) has to stand here, not “\(scalar.shown)”.")
    case .unknownWord(let word, let expected):
      Sentence(
        fr: "il faut \(expected.phrase.french), pas « \(word) ».",
        en: "\(expected.phrase.english) has to stand here, not “\(word)”.")
    case .missingComma:
      Sentence(fr: "il manque une virgule avant ceci.", en: "a comma is missing before this.")
    case .trailingComma(.array):
      Sentence(
        fr: "une virgule de trop à la fin de la liste.", en: "one comma too many at the end of the list.")
    case .trailingComma(.object):
      Sentence(
        fr: "une virgule de trop à la fin de l’objet.", en: "one comma too many at the end of the object.")
    case .wrongClosingBracket(.array, let opened):
      Sentence(
        fr: "la liste ouverte à la ligne \(opened.line) se ferme avec « ] ».",
        en: "the list opened at line \(opened.line) closes with “]”.")
    case .wrongClosingBracket(.object, let opened):
      Sentence(
        fr: "l’objet ouvert à la ligne \(opened.line) se ferme avec « } ».",
        en: "the object opened at line \(opened.line) closes with “}”.")
    case .wrongQuotationMark(let scalar, _):
      Sentence(
        fr: "le guillemet « \(scalar) » ne convient pas ici; il faut le guillemet droit (\").",
        en: "the quotation mark “\(scalar)” won’t do here; it has to be the straight one (\").")
    case .comment: Sentence(fr: "un commentaire n’a pas sa place ici.", en: "a comment has no place here.")
    case .duplicateKey(let key, let first):
      Sentence(
        fr: "« \(key) » est déjà à la ligne \(first.line).",
        en: "“\(key)” stands at line \(first.line) already.")
    case .leadingZero: Sentence(fr: "un nombre ne commence pas par 0.", en: "a number does not begin with 0.")
    case .leadingPlus: Sentence(fr: "un nombre ne commence pas par +.", en: "a number does not begin with +.")
    case .leadingPoint:
      Sentence(fr: "il faut un 0 avant le point.", en: "a 0 has to come before the point.")
    case .missingDigits(let scalar):
      Sentence(fr: "il manque un chiffre après « \(scalar) ».", en: "a digit is missing after “\(scalar)”.")
    case .controlCharacter("\n"), .controlCharacter("\r"):
      Sentence(
        fr: "un texte ne change pas de ligne sans \\n, ou son guillemet de fin manque.",
        en: "a text does not break its line without \\n, or its closing quotation mark is missing.")
    case .controlCharacter("\t"):
      Sentence(fr: "une tabulation s’écrit \\t dans un texte.", en: "a tab is written \\t in a text.")
    case .controlCharacter(let scalar):
      Sentence(
        fr: "un texte contient un caractère invisible (\(scalar.shown)).",
        en: "a text holds an invisible character (\(scalar.shown)).")
    case .unknownEscape(let scalar):
      Sentence(
        fr: "« \\\(scalar.shown) » ne veut rien dire; une barre oblique inversée s’écrit \\\\.",
        en: "“\\\(scalar.shown)” means nothing; a backslash is written \\\\.")
    case .incompleteUnicodeEscape:
      Sentence(
        fr: "\\u doit être suivi de quatre chiffres de 0 à f.",
        en: "\\u has to be followed by four digits from 0 to f.")
    case .loneSurrogate:
      Sentence(
        fr: "cette suite \\u n’est que la moitié d’un caractère.",
        en: "this \\u sequence is only half a character.")
    case .byteOrderMark:
      Sentence(
        fr: "le fichier commence par une marque invisible (BOM).",
        en: "the file begins with an invisible mark (BOM).")
    case .otherEncoding(.utf16):
      Sentence(fr: "le fichier est en UTF-16.", en: "the file is in UTF-16.")
    case .otherEncoding(.utf32):
      Sentence(fr: "le fichier est en UTF-32.", en: "the file is in UTF-32.")
    case .invalidUTF8:
      Sentence(fr: "ceci n’est pas du texte UTF-8.", en: "this is not UTF-8 text.")
    }
  }

  /// What to do where the message does not say it.
  fileprivate var advice: Sentence? {
    switch self {
    case .comment:
      Sentence(
        fr: "Notez-le plutôt dans un champ.",
        en: "Note it in a field instead.")
    case .duplicateKey:
      Sentence(fr: "Gardez-en un seul.", en: "Keep one of them.")
    case .byteOrderMark, .otherEncoding, .invalidUTF8:
      Sentence(
        fr: "Enregistrez le fichier en « UTF-8 » (sans BOM) dans votre éditeur.",
        en: "Save the file as “UTF-8” (without BOM) in your editor.")
    case .wrongQuotationMark:
      Sentence(
        fr: "Votre éditeur remplace peut-être les guillemets; écrivez dans un éditeur de texte brut.",
        en: "Your editor may replace quotation marks; write in a plain text editor.")
    case .contentAfterEnd:
      Sentence(
        fr: "Vérifiez qu’une accolade ne ferme pas trop tôt.", en: "Check that no brace closes too early.")
    default: nil
    }
  }
}

extension JSONSyntaxError.Expectation {
  fileprivate var phrase: Sentence {
    switch self {
    case .value, .valueOrEndOfArray: Sentence(fr: "une valeur", en: "a value")
    case .key, .keyOrEndOfObject:
      Sentence(fr: "un nom de champ entre guillemets", en: "a field name in quotation marks")
    case .colon: Sentence(fr: "un deux-points", en: "a colon")
    case .commaOrEndOfArray: Sentence(fr: "une virgule ou « ] »", en: "a comma or “]”")
    case .commaOrEndOfObject: Sentence(fr: "une virgule ou « } »", en: "a comma or “}”")
    case .endOfString: Sentence(fr: "un guillemet de fin", en: "a closing quotation mark")
    }
  }
}

extension Unicode.Scalar {
  /// The character, or its number where it can't be seen.
  fileprivate var shown: String {
    switch properties.generalCategory {
    case .control, .format, .unassigned, .privateUse, .lineSeparator, .paragraphSeparator, .spaceSeparator,
      .nonspacingMark, .enclosingMark, .surrogate:
      let digits = String(value, radix: 16, uppercase: true)
      return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    default: return String(self)
    }
  }
}
