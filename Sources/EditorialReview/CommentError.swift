public import Documents
public import JSONTree
public import Wording

/// Why a comment can't be written, accepted or resolved.
public enum CommentError: Error, Hashable, Sendable {
  case anchor(CommentAnchorError)
  case noSuchField(JSONPointer)
  /// Words were quoted from something that is no text.
  case notAText(JSONPointer)
  case inSeveralFields(quote: String, [JSONPointer])
  case noWords
  /// A suggestion says what to replace.
  case nothingToReplace
  case notAComment(String)
  case notASuggestion(String)
  case answersAnotherDocument(parent: String)
  case settled(Comment.Nature, by: String)
  /// The words a suggestion would replace are others now.
  case wordsChanged(quote: String, now: String)
  case wordsGone(quote: String)
  /// The document it is about is not there any more.
  case subjectGone
}

extension CommentError: ExplainedError {
  public var code: String {
    switch self {
    case .anchor(.emptyQuote), .anchor(.notThere): "quote-not-there"
    case .anchor(.severalTimes), .inSeveralFields: "ambiguous-quote"
    case .anchor(.noSuchOccurrence): "no-such-occurrence"
    case .noSuchField: "unknown-pointer"
    case .notAText: "not-a-text"
    case .noWords: "empty-message"
    case .nothingToReplace: "nothing-to-replace"
    case .notAComment: "not-a-comment"
    case .notASuggestion: "not-a-suggestion"
    case .answersAnotherDocument: "answers-another-document"
    case .settled: "already-settled"
    case .wordsChanged: "words-changed"
    case .wordsGone: "words-gone"
    case .subjectGone: "deleted-document"
    }
  }

  public var message: Sentence {
    switch self {
    case .anchor(.emptyQuote): Sentence(fr: "La citation est vide.", en: "The quote is empty.")
    case .anchor(.notThere(let quote)):
      Sentence(
        fr: "\(Language.french.quoted(quote)) ne se trouve pas dans ce texte.",
        en: "\(Language.english.quoted(quote)) does not stand in this text.")
    case .anchor(.severalTimes(let quote, let count)):
      Sentence(
        fr: "\(Language.french.quoted(quote)) s’y trouve \(count) fois; lequel?",
        en: "\(Language.english.quoted(quote)) stands there \(count) times; which one?")
    case .anchor(.noSuchOccurrence(let quote, let asked, let count)):
      Sentence(
        fr: "\(Language.french.quoted(quote)) s’y trouve \(count) fois; il n’y a pas de numéro \(asked).",
        en: "\(Language.english.quoted(quote)) stands there \(count) times; there is no number \(asked).")
    case .noSuchField(let pointer):
      Sentence(
        fr: "Ce document n’a pas de champ \(Language.french.quoted(pointer.description)).",
        en: "This document has no field \(Language.english.quoted(pointer.description)).")
    case .notAText(let pointer):
      Sentence(
        fr:
          "\(Language.french.quoted(pointer.description)) n’est pas un texte : on ne peut pas en citer des mots.",
        en: "\(Language.english.quoted(pointer.description)) is not a text: no words can be quoted from it.")
    case .inSeveralFields(let quote, let pointers):
      Sentence(
        fr: "\(Language.french.quoted(quote)) se trouve dans plusieurs champs : \(listed(pointers)).",
        en: "\(Language.english.quoted(quote)) stands in several fields: \(listed(pointers)).")
    case .noWords: Sentence(fr: "Le commentaire est vide.", en: "The comment is empty.")
    case .nothingToReplace:
      Sentence(
        fr: "Une suggestion remplace des mots : lesquels?", en: "A suggestion replaces words: which ones?")
    case .notAComment(let words):
      Sentence(
        fr: "\(Language.french.quoted(words)) n’est pas un commentaire.",
        en: "\(Language.english.quoted(words)) is not a comment.")
    case .notASuggestion(let id):
      Sentence(
        fr: "Ce commentaire ne suggère rien à accepter : \(id)",
        en: "This comment suggests nothing to accept: \(id)")
    case .answersAnotherDocument(let parent):
      Sentence(
        fr: "Le commentaire auquel vous répondez porte sur un autre document : \(parent)",
        en: "The comment you answer is about another document: \(parent)")
    case .settled(.acceptance, let person):
      Sentence(
        fr: "\(person) a déjà accepté cette suggestion.",
        en: "\(person) has already accepted this suggestion.")
    case .settled(_, let person):
      Sentence(
        fr: "\(person) a déjà réglé ce commentaire.", en: "\(person) has already resolved this comment.")
    case .wordsChanged(let quote, let now):
      Sentence(
        fr: """
          \(Language.french.quoted(quote)) a changé depuis la suggestion; on y lit maintenant \
          \(Language.french.quoted(now)).
          """,
        en: """
          \(Language.english.quoted(quote)) has changed since the suggestion; it now reads \
          \(Language.english.quoted(now)).
          """)
    case .wordsGone(let quote):
      Sentence(
        fr: "\(Language.french.quoted(quote)) n’est plus dans le texte.",
        en: "\(Language.english.quoted(quote)) is no longer in the text.")
    case .subjectGone:
      Sentence(
        fr: "Le document de ce commentaire n’est plus là.",
        en: "The document of this comment is not there any more.")
    }
  }

  public var hint: Sentence? {
    switch self {
    case .anchor(.severalTimes):
      Sentence(
        fr: "Citez plus de mots, ou ajoutez « --occurrence 1 » pour le premier.",
        en: "Quote more words, or add “--occurrence 1” for the first one.")
    case .anchor(.emptyQuote), .anchor(.notThere), .noSuchField, .notAText:
      Sentence(
        fr: "« ligne show DOCUMENT » montre les textes du document.",
        en: "“ligne show DOCUMENT” shows the texts of the document.")
    case .inSeveralFields:
      Sentence(
        fr: "Nommez le champ : « ligne comment DOCUMENT CHAMP --quote … ».",
        en: "Name the field: “ligne comment DOCUMENT FIELD --quote …”.")
    case .noWords: Sentence(fr: "Ajoutez -m \"…\".", en: "Add -m \"…\".")
    case .nothingToReplace:
      Sentence(fr: "Ajoutez --quote \"…\".", en: "Add --quote \"…\".")
    case .notAComment:
      Sentence(
        fr: "« ligne comment list » montre les commentaires et leurs ids.",
        en: "“ligne comment list” shows the comments and their ids.")
    case .notASuggestion, .wordsGone:
      Sentence(
        fr: "« ligne comment resolve ID » le règle sans changer le texte.",
        en: "“ligne comment resolve ID” settles it without changing the text.")
    case .wordsChanged:
      Sentence(
        fr: """
          Changez le texte vous-même avec « ligne edit DOCUMENT », puis réglez la suggestion avec \
          « ligne comment resolve ID ».
          """,
        en: """
          Change the text yourself with “ligne edit DOCUMENT”, then settle the suggestion with \
          “ligne comment resolve ID”.
          """)
    case .anchor(.noSuchOccurrence), .answersAnotherDocument, .settled, .subjectGone: nil
    }
  }
}

private func listed(_ pointers: [JSONPointer]) -> String {
  pointers.prefix(4).map(\.description).joined(separator: ", ") + (pointers.count > 4 ? ", …" : "")
}
