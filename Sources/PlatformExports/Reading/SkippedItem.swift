import Documents
public import JSONTree
public import Wording

/// Something of an export that could not be read, and where it stands.
public struct SkippedItem: Hashable, Sendable {
  /// The file, by its path in the export.
  public var file: String
  /// From 1; `nil` where it is about the file as a whole.
  public var line: Int?
  /// What the platform calls it, or which of the list it is: `no 12`.
  public var item: String?
  public var reason: Reason

  public enum Reason: Hashable, Sendable {
    case syntax(JSONSyntaxError.Reason)
    /// The list stops before its end.
    case cutOff
    /// Nothing in the file has the shape of such an export.
    case unknownShape
    /// A field is missing, or not what it has to be.
    case field(String)
    /// No date, or one that no message of a platform can have.
    case date(String)
    /// Day and month could be either.
    case ambiguousDate(String)
    /// More characters than a document should hold.
    case tooLong
    /// A row of a table that is no UTF-8.
    case encoding
    /// A row has more cells than the table has columns.
    case cells(Int, columns: Int)
    /// A cell opens a quotation that nothing closes.
    case openQuotation
    /// A column that is needed and that no name stands for.
    case missingColumn(String, known: [String])
    /// A column that was named by hand and that the table does not have.
    case unknownColumn(String, known: [String])
    /// Two columns are called alike.
    case doubleColumn(String)
    /// What the workspace's own schema does not take.
    case refused(Sentence)
  }

  public init(file: String, line: Int? = nil, item: String? = nil, _ reason: Reason) {
    (self.file, self.line, self.item, self.reason) = (file, line, item, reason)
  }
}

/// What was read in another way than it claims to be.
public enum ExportRemark: Hashable, Sendable {
  /// A table was read in the encoding that spreadsheets of Windows write.
  case readAsWindows1252(file: String)
  /// Accents had been broken by who wrote the file, and were mended.
  case mendedAccents(files: Int)
}

extension SkippedItem: Comparable {
  public static func < (left: Self, right: Self) -> Bool {
    if !left.file.utf8.elementsEqual(right.file.utf8) {
      return left.file.utf8.lexicographicallyPrecedes(right.file.utf8)
    }
    return (left.line ?? 0) < (right.line ?? 0)
  }
}

extension SkippedItem {
  /// `data/tweets.js, line 12`, with which item it is.
  public var place: Sentence {
    var place = Sentence(fr: file, en: file)
    if let line {
      place = Sentence(fr: "\(place.french), ligne \(line)", en: "\(place.english), line \(line)")
    }
    if let item { place = Sentence(fr: "\(place.french) (\(item))", en: "\(place.english) (\(item))") }
    return place
  }
}

extension SkippedItem.Reason {
  /// A stable name for scripts.
  public var code: String {
    switch self {
    case .syntax: "syntax"
    case .cutOff: "cut-off"
    case .unknownShape: "unknown-shape"
    case .field: "field"
    case .date: "date"
    case .ambiguousDate: "ambiguous-date"
    case .tooLong: "too-long"
    case .encoding: "encoding"
    case .cells: "cells"
    case .openQuotation: "open-quotation"
    case .missingColumn: "missing-column"
    case .unknownColumn: "unknown-column"
    case .doubleColumn: "double-column"
    case .refused: "refused"
    }
  }

  public var message: Sentence {
    switch self {
    case .syntax(let reason):
      Sentence(
        fr: "Ce n’est pas du JSON\u{A0}: \(reason.sentence.french)",
        en: "This is no JSON: \(reason.sentence.english)")
    case .cutOff:
      Sentence(
        fr: "Le fichier s’arrête avant la fin de sa liste.", en: "The file stops before the end of its list.")
    case .unknownShape:
      Sentence(
        fr: "Rien ici n’a la forme d’une telle exportation.",
        en: "Nothing here has the shape of such an export.")
    case .field(let name):
      Sentence(
        fr: "Le champ \(Language.french.quoted(name)) manque ou n’est pas ce qu’il doit être.",
        en: "The field \(Language.english.quoted(name)) is missing or not what it has to be.")
    case .date(let text):
      Sentence(
        fr: "Ce n’est pas une date possible\u{A0}: \(Language.french.quoted(text))",
        en: "This is not a possible date: \(Language.english.quoted(text))")
    case .ambiguousDate(let text):
      Sentence(
        fr: "Le jour et le mois se confondent\u{A0}: \(Language.french.quoted(text))",
        en: "Day and month can’t be told apart: \(Language.english.quoted(text))")
    case .tooLong: Sentence(fr: "Le texte est démesuré.", en: "The text is far too long.")
    case .encoding: Sentence(fr: "Ce n’est pas du texte UTF-8.", en: "This is no UTF-8 text.")
    case .cells(let count, let columns):
      Sentence(
        fr: "\(count) cellules pour \(columns) colonnes.", en: "\(count) cells for \(columns) columns.")
    case .openQuotation:
      Sentence(fr: "Un guillemet n’est jamais fermé.", en: "A quotation mark is never closed.")
    case .missingColumn(let field, let known):
      Sentence(
        fr: """
          Aucune colonne ne donne \(Language.french.quoted(field)). Colonnes\u{A0}: \
          \(known.map(Language.french.quoted).joined(separator: ", ")). \
          Dites-le ainsi\u{A0}: --map COLONNE=\(field)
          """,
        en: """
          No column gives \(Language.english.quoted(field)). Columns: \
          \(known.map(Language.english.quoted).joined(separator: ", ")). \
          Say it like this: --map COLUMN=\(field)
          """)
    case .unknownColumn(let name, let known):
      Sentence(
        fr: """
          Il n’y a pas de colonne \(Language.french.quoted(name)). Colonnes\u{A0}: \
          \(known.map(Language.french.quoted).joined(separator: ", "))
          """,
        en: """
          There is no column \(Language.english.quoted(name)). Columns: \
          \(known.map(Language.english.quoted).joined(separator: ", "))
          """)
    case .doubleColumn(let name):
      Sentence(
        fr: "Deux colonnes disent la même chose\u{A0}: \(Language.french.quoted(name))",
        en: "Two columns say the same: \(Language.english.quoted(name))")
    case .refused(let why): why
    }
  }
}

extension ExportRemark {
  public var message: Sentence {
    switch self {
    case .readAsWindows1252(let file):
      Sentence(
        fr: "\(file) n’est pas en UTF-8\u{A0}: il a été lu comme Excel l’écrit sous Windows.",
        en: "\(file) is not UTF-8: it was read the way Excel writes it on Windows.")
    case .mendedAccents(let files):
      Sentence(
        fr: "Accents réparés dans \(Self.files.counted(files).french).",
        en: "Accents were mended in \(Self.files.counted(files).english).")
    }
  }

  private static let files = CountedNoun(fr: ("fichier", "fichiers"), en: ("file", "files"))
}
