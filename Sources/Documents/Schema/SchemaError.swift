public import JSONTree
public import Wording

/// Why a schema can't be used, and where in it.
public struct SchemaError: Error, Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// A schema is an object, `true` or `false`.
    case notASchema
    /// A keyword that Ligne does not know. Ignoring it would accept what the schema's author meant to refuse.
    case unknownKeyword(String)
    /// `$schema` names another language than JSON Schema 2020-12.
    case otherDialect(String)
    /// The value of a keyword has the wrong form.
    case malformed(keyword: String, Form)
    /// A `$ref` that leads to no schema.
    case unresolvedReference(String)
    /// References that lead back without going into the value, so that checking would never end.
    case endlessReference
    /// An `$id`, `$anchor` or `$dynamicAnchor` that another schema of the file has.
    case repeatedName(String)
    case badPattern(String, PatternError)
    case tooDeep(limit: Int)
    case tooLarge(limit: Int)
  }

  /// What the value of a keyword has to be.
  public enum Form: Hashable, Sendable {
    case text, object, list, notEmptyList, boolean
    /// A whole number, 0 or more.
    case count
    case number
    /// More than 0, with at most nine digits.
    case divisor
    /// One of these, or a list of them.
    case oneOf([String])
    /// A list of texts, each once.
    case texts
    /// `#` and letters, digits, `-`, `_`, `.`.
    case name
    /// `$id` without a fragment.
    case address
    /// What `x-merge` may be.
    case mergeRule
    /// What `x-document` may be.
    case placement
  }

  public let reason: Reason
  /// The schema, or the part of it, that can't be used.
  public let pointer: JSONPointer
}

extension SchemaError: ExplainedError {
  public var code: String { "broken-schema" }

  public var message: Sentence {
    let what = reason.sentence
    if pointer.steps.isEmpty { return what }
    return Sentence(
      fr: "\(what.french) Endroit : \(pointer)", en: "\(what.english) Place: \(pointer)")
  }

  public var hint: Sentence? {
    Sentence(
      fr: "Corrigez le schéma; d’ici là, la forme livrée avec Ligne vaut pour ce type de document.",
      en: "Mend the schema; until then, the shape that comes with Ligne holds for this kind of document.")
  }
}

extension SchemaError.Reason {
  fileprivate var sentence: Sentence {
    switch self {
    case .notASchema:
      Sentence(
        fr: "Un schéma est un objet, true ou false.", en: "A schema is an object, true or false.")
    case .unknownKeyword(let name):
      Sentence(
        fr: "Ligne ne connaît pas le mot-clé « \(name) »; une remarque à vous commence par « x- ».",
        en: "Ligne does not know the keyword “\(name)”; a remark of your own begins with “x-”.")
    case .otherDialect(let name):
      Sentence(
        fr: "Le schéma est écrit en « \(name) »; Ligne lit JSON Schema 2020-12.",
        en: "The schema is written in “\(name)”; Ligne reads JSON Schema 2020-12.")
    case .malformed(let keyword, let form):
      Sentence(
        fr: "« \(keyword) » doit être \(form.phrase.french).",
        en: "“\(keyword)” has to be \(form.phrase.english).")
    case .unresolvedReference(let target):
      Sentence(fr: "« \(target) » ne mène à aucun schéma.", en: "“\(target)” leads to no schema.")
    case .endlessReference:
      Sentence(fr: "Ces renvois tournent en rond.", en: "These references go in circles.")
    case .repeatedName(let name):
      Sentence(fr: "Deux schémas portent le nom « \(name) ».", en: "Two schemas have the name “\(name)”.")
    case .badPattern(let text, let error): error.message(about: text)
    case .tooDeep(let limit):
      Sentence(
        fr: "Les schémas sont emboîtés sur plus de \(limit) niveaux.",
        en: "The schemas are nested more than \(limit) levels deep.")
    case .tooLarge(let limit):
      Sentence(
        fr: "Le fichier contient plus de \(limit) schémas.", en: "The file holds more than \(limit) schemas.")
    }
  }
}

extension SchemaError.Form {
  fileprivate var phrase: Sentence {
    switch self {
    case .text: Sentence(fr: "un texte", en: "a text")
    case .object: Sentence(fr: "un objet", en: "an object")
    case .list: Sentence(fr: "une liste", en: "a list")
    case .notEmptyList: Sentence(fr: "une liste qui n’est pas vide", en: "a list that is not empty")
    case .boolean: Sentence(fr: "true ou false", en: "true or false")
    case .count: Sentence(fr: "un nombre entier, 0 ou plus", en: "a whole number, 0 or more")
    case .number: Sentence(fr: "un nombre", en: "a number")
    case .divisor:
      Sentence(
        fr: "un nombre plus grand que 0, d’au plus \(ExactNumber.longestDivisor) chiffres",
        en: "a number greater than 0, of at most \(ExactNumber.longestDivisor) digits")
    case .oneOf(let values):
      Sentence(
        fr: "l’une de ces valeurs : \(values.joined(separator: ", "))",
        en: "one of: \(values.joined(separator: ", "))")
    case .texts: Sentence(fr: "une liste de textes, chacun une fois", en: "a list of texts, each once")
    case .name:
      Sentence(
        fr: "un nom fait de lettres, de chiffres, de « - », « _ » et « . »",
        en: "a name made of letters, digits, “-”, “_” and “.”")
    case .address: Sentence(fr: "une adresse sans « # »", en: "an address without “#”")
    case .mergeRule:
      Sentence(
        fr:
          "\"atomic\", \"text\", \"set\", \"map\", \"sequence\", \"derived\", \"earliest\", {\"list\":\"id\"} ou {\"ordered\":[du moins sûr au plus sûr]}",
        en:
          "\"atomic\", \"text\", \"set\", \"map\", \"sequence\", \"derived\", \"earliest\", {\"list\":\"id\"} or {\"ordered\":[least safe to safest]}"
      )
    case .placement:
      Sentence(
        fr: "un objet avec « path », un chemin comme posts/{year}/{month}/{words}-{id}.json",
        en: "an object with “path”, a path such as posts/{year}/{month}/{words}-{id}.json")
    }
  }
}

extension PatternError {
  /// What is wrong with a pattern, for the person who wrote it.
  public func message(about pattern: String) -> Sentence {
    Sentence(
      fr: "Le motif « \(pattern) » ne se lit pas, au caractère \(offset + 1) : \(reason.phrase.french).",
      en: "The pattern “\(pattern)” can’t be read, at character \(offset + 1): \(reason.phrase.english).")
  }
}

extension PatternError.Reason {
  fileprivate var phrase: Sentence {
    switch self {
    case .unfinished: Sentence(fr: "la suite manque", en: "the rest is missing")
    case .unexpected(let scalar):
      Sentence(fr: "« \(scalar) » ne peut pas être ici", en: "“\(scalar)” can’t stand here")
    case .unknownEscape(let scalar):
      Sentence(fr: "« \\\(scalar) » ne veut rien dire", en: "“\\\(scalar)” means nothing")
    case .rangeOutOfOrder: Sentence(fr: "l’intervalle est à l’envers", en: "the range is the wrong way round")
    case .unknownProperty(let name):
      Sentence(
        fr: "Ligne ne connaît pas la propriété « \(name) »", en: "Ligne does not know the property “\(name)”")
    case .unsupported(let text):
      Sentence(fr: "Ligne ne permet pas « \(text) »", en: "Ligne does not allow “\(text)”")
    case .tooLarge: Sentence(fr: "les répétitions sont trop grandes", en: "the repetitions are too large")
    }
  }
}
