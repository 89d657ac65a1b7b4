public import JSONTree
public import Wording

/// One thing that a schema does not accept in a document.
public struct SchemaViolation: Hashable, Sendable {
  public let reason: Reason
  /// The value it is about; elements of lists by their key, where they have one.
  public let pointer: JSONPointer
  /// A value the schema gives as an example, for messages.
  let example: JSONValue?
  /// What people call the values that are allowed.
  let valueTitles: [JSONString: Sentence]

  public indirect enum Reason: Hashable, Sendable {
    case wrongType(expected: [JSONType], found: JSONType)
    case notAllowed([JSONValue])
    case forbidden
    case outOfBounds(SchemaBound, JSONNumber)
    case notMultiple(of: JSONNumber)
    case tooShort(least: Int, count: Int)
    case tooLong(most: Int, count: Int)
    case mismatch(pattern: String)
    case badFormat(SchemaFormat)
    case tooFewElements(least: Int, count: Int)
    case tooManyElements(most: Int, count: Int)
    case repeatedElement(JSONValue)
    case tooFewMatching(least: Int, count: Int)
    case tooManyMatching(most: Int, count: Int)
    case missingMember(JSONString)
    /// A member that another one needs beside it.
    case missingCompanion(JSONString, of: JSONString)
    case tooFewMembers(least: Int, count: Int)
    case tooManyMembers(most: Int, count: Int)
    case unknownMember
    case badName(Reason)
    case noAlternative
    case severalAlternatives
    case tooDeep
  }
}

extension SchemaViolation.Reason {
  /// Whether it says that another kind of value was meant, rather than that something in it is wrong.
  var isAboutTheWhole: Bool {
    switch self {
    case .wrongType, .notAllowed, .forbidden: true
    default: false
    }
  }

  /// The values that would have been accepted, where they are few enough to name.
  var allowedValues: [JSONValue]? { if case .notAllowed(let values) = self { values } else { nil } }

  fileprivate var keyword: String {
    switch self {
    case .wrongType: "type"
    case .notAllowed(let values): values.count == 1 ? "const" : "enum"
    case .forbidden: "not"
    case .outOfBounds(.minimum, _): "minimum"
    case .outOfBounds(.exclusiveMinimum, _): "exclusiveMinimum"
    case .outOfBounds(.maximum, _): "maximum"
    case .outOfBounds(.exclusiveMaximum, _): "exclusiveMaximum"
    case .notMultiple: "multipleOf"
    case .tooShort: "minLength"
    case .tooLong: "maxLength"
    case .mismatch: "pattern"
    case .badFormat: "format"
    case .tooFewElements: "minItems"
    case .tooManyElements: "maxItems"
    case .repeatedElement: "uniqueItems"
    case .tooFewMatching: "contains"
    case .tooManyMatching: "maxContains"
    case .missingMember: "required"
    case .missingCompanion: "dependentRequired"
    case .tooFewMembers: "minProperties"
    case .tooManyMembers: "maxProperties"
    case .unknownMember: "additionalProperties"
    case .badName: "propertyNames"
    case .noAlternative: "anyOf"
    case .severalAlternatives: "oneOf"
    case .tooDeep: "depth"
    }
  }
}

// MARK: - In words

extension SchemaViolation {
  /// The keyword of the schema that objects, as JSON Schema names it.
  public var keyword: String { reason.keyword }

  /// What is wrong and what is allowed, in one sentence.
  public var message: Sentence {
    let sentence = reason.sentence(about: subject, valueTitles)
    // A pattern can't be read aloud; an example can. All other reasons say what is allowed.
    guard case .mismatch = reason, let example = example?.text else { return sentence }
    return Sentence(
      fr: "\(sentence.french) Exemple : \(example)", en: "\(sentence.english) Example: \(example)")
  }

  /// What it is about, as the beginning of a sentence.
  private var subject: Sentence {
    switch pointer.steps.last {
    case nil: Sentence(fr: "Le document", en: "The document")
    case .key(let name): .quoting(name.text)
    case .index(let index): Sentence(fr: "L’élément \(index + 1)", en: "Element \(index + 1)")
    case .element(let name): Sentence(fr: "L’élément « \(name) »", en: "Element “\(name)”")
    }
  }
}

extension SchemaViolation.Reason {
  fileprivate func sentence(
    about subject: Sentence, _ valueTitles: [JSONString: Sentence] = [:]
  ) -> Sentence {
    let (fr, en) = (subject.french, subject.english)
    switch self {
    case .wrongType(let expected, let found):
      let french = alternatives(expected.map(\.phrase.french), or: "ou")
      let english = alternatives(expected.map(\.phrase.english), or: "or")
      return Sentence(
        fr: "\(fr) doit être \(french), pas \(found.phrase.french).",
        en: "\(en) has to be \(english), not \(found.phrase.english).")
    case .notAllowed(let values):
      if values.count == 1 {
        let value = values[0].inWords
        return Sentence(fr: "\(fr) doit être \(value).", en: "\(en) has to be \(value).")
      }
      func shown(_ language: Language) -> String {
        let named = values.prefix(12).map { value in
          let (written, title) = (value.inWords, value.string.flatMap { valueTitles[$0] }?.text(in: language))
          guard let title, readableWords(of: title) != readableWords(of: written) else { return written }
          return "\(written) (\(title))"
        }
        return named.joined(separator: ", ") + (values.count > 12 ? ", …" : "")
      }
      return Sentence(
        fr: "\(fr) doit être l’une de\u{A0}: \(shown(.french))",
        en: "\(en) has to be one of: \(shown(.english))")
    case .forbidden:
      return Sentence(fr: "\(fr) ne peut pas avoir cette valeur.", en: "\(en) can’t have this value.")
    case .outOfBounds(let bound, let limit):
      let phrase = bound.phrase
      return Sentence(
        fr: "\(fr) doit être \(phrase.french) \(limit).", en: "\(en) has to be \(phrase.english) \(limit).")
    case .notMultiple(let divisor):
      return Sentence(
        fr: "\(fr) doit être un multiple de \(divisor).", en: "\(en) has to be a multiple of \(divisor).")
    case .tooShort(let least, let count):
      if count == 0 { return Sentence(fr: "\(fr) ne peut pas être vide.", en: "\(en) can’t be empty.") }
      return amount(fr, en, .character, atLeast: least, count)
    case .tooLong(let most, let count): return amount(fr, en, .character, atMost: most, count)
    case .mismatch:
      return Sentence(fr: "\(fr) n’a pas la bonne forme.", en: "\(en) does not have the right form.")
    case .badFormat(let format):
      return Sentence(
        fr: "\(fr) doit être \(format.phrase.french).", en: "\(en) has to be \(format.phrase.english).")
    case .tooFewElements(let least, let count):
      if count == 0 { return Sentence(fr: "\(fr) ne peut pas être vide.", en: "\(en) can’t be empty.") }
      return amount(fr, en, .element, atLeast: least, count)
    case .tooManyElements(let most, let count): return amount(fr, en, .element, atMost: most, count)
    case .repeatedElement(let value):
      return Sentence(
        fr: "\(fr) répète un élément de la liste : \(value.inWords)",
        en: "\(en) repeats an element of the list: \(value.inWords)")
    case .tooFewMatching(let least, let count): return amount(fr, en, .fitting, atLeast: least, count)
    case .tooManyMatching(let most, let count): return amount(fr, en, .fitting, atMost: most, count)
    case .missingMember(let name):
      return Sentence(fr: "\(fr) a besoin du champ « \(name) ».", en: "\(en) needs the field “\(name)”.")
    case .missingCompanion(let name, let member):
      return Sentence(
        fr: "\(fr) a besoin du champ « \(name) », parce que « \(member) » est là.",
        en: "\(en) needs the field “\(name)”, because “\(member)” is there.")
    case .tooFewMembers(let least, let count): return amount(fr, en, .member, atLeast: least, count)
    case .tooManyMembers(let most, let count): return amount(fr, en, .member, atMost: most, count)
    case .unknownMember:
      return Sentence(fr: "\(fr) n’est pas prévu ici.", en: "\(en) has no place here.")
    case .badName(let reason):
      let why = reason.sentence(about: subject)
      return Sentence(
        fr: "Ce nom de champ ne convient pas : \(why.french)",
        en: "This name of a field won’t do: \(why.english)")
    case .noAlternative:
      return Sentence(
        fr: "\(fr) n’a aucune des formes permises.", en: "\(en) has none of the forms that are allowed.")
    case .severalAlternatives:
      return Sentence(
        fr: "\(fr) a plusieurs des formes permises à la fois; une seule convient.",
        en: "\(en) has several of the allowed forms at once; only one will do.")
    case .tooDeep:
      return Sentence(fr: "\(fr) est trop profond pour être vérifié.", en: "\(en) is too deep to be checked.")
    }
  }

  private func amount(_ fr: String, _ en: String, _ noun: CountedNoun, atLeast least: Int, _ count: Int)
    -> Sentence
  {
    let (wanted, found) = (noun.counted(least), count)
    return Sentence(
      fr: "\(fr) doit avoir au moins \(wanted.french); il y en a \(found).",
      en: "\(en) has to have at least \(wanted.english); it has \(found).")
  }

  private func amount(_ fr: String, _ en: String, _ noun: CountedNoun, atMost most: Int, _ count: Int)
    -> Sentence
  {
    let (wanted, found) = (noun.counted(most), count)
    return Sentence(
      fr: "\(fr) peut avoir au plus \(wanted.french); il y en a \(found).",
      en: "\(en) can have at most \(wanted.english); it has \(found).")
  }
}

extension CountedNoun {
  fileprivate static let character = CountedNoun(
    fr: ("caractère", "caractères"), en: ("character", "characters"))
  fileprivate static let element = CountedNoun(fr: ("élément", "éléments"), en: ("element", "elements"))
  fileprivate static let member = CountedNoun(fr: ("champ", "champs"), en: ("field", "fields"))
  fileprivate static let fitting = CountedNoun(
    fr: ("élément qui convient", "éléments qui conviennent"), en: ("fitting element", "fitting elements"))
}

/// “a”, “a ou b”, “a, b ou c”.
private func alternatives(_ items: [String], or: String) -> String {
  guard let last = items.last, items.count > 1 else { return items.first ?? "" }
  return items.dropLast().joined(separator: ", ") + " \(or) \(last)"
}

extension JSONType {
  fileprivate var phrase: Sentence {
    switch self {
    case .null: Sentence(fr: "null", en: "null")
    case .boolean: Sentence(fr: "true ou false", en: "true or false")
    case .object: Sentence(fr: "un objet { }", en: "an object { }")
    case .array: Sentence(fr: "une liste [ ]", en: "a list [ ]")
    case .number: Sentence(fr: "un nombre", en: "a number")
    case .string: Sentence(fr: "un texte", en: "a text")
    case .integer: Sentence(fr: "un nombre entier", en: "a whole number")
    }
  }
}

extension SchemaBound {
  fileprivate var phrase: Sentence {
    switch self {
    case .minimum: Sentence(fr: "au moins", en: "at least")
    case .exclusiveMinimum: Sentence(fr: "plus que", en: "more than")
    case .maximum: Sentence(fr: "au plus", en: "at most")
    case .exclusiveMaximum: Sentence(fr: "moins que", en: "less than")
    }
  }
}

extension SchemaFormat {
  fileprivate var phrase: Sentence {
    switch self {
    case .dateTime:
      Sentence(
        fr: "une date et une heure avec décalage, comme 2026-11-23T09:30:00-05:00",
        en: "a date and time with offset, such as 2026-11-23T09:30:00-05:00")
    case .date: Sentence(fr: "une date, comme 2026-11-23", en: "a date, such as 2026-11-23")
    case .time:
      Sentence(
        fr: "une heure avec décalage, comme 09:30:00-05:00", en: "a time with offset, such as 09:30:00-05:00")
    case .duration:
      Sentence(
        fr: "une durée, comme PT30M (trente minutes), P7D (sept jours) ou P6M (six mois)",
        en: "a duration, such as PT30M (thirty minutes), P7D (seven days) or P6M (six months)")
    case .email: Sentence(fr: "une adresse de courriel", en: "an email address")
    case .uri, .iri:
      Sentence(
        fr: "une adresse web complète, comme https://exemple.quebec/page",
        en: "a full web address, such as https://example.org/page")
    case .uuid: Sentence(fr: "un identifiant UUID", en: "a UUID")
    case .ulid:
      Sentence(
        fr: "un identifiant de document : 26 lettres minuscules et chiffres",
        en: "the identifier of a document: 26 lower-case letters and digits")
    case .ianaZone:
      Sentence(fr: "un fuseau, comme America/Toronto", en: "a time zone, such as America/Toronto")
    }
  }
}

extension JSONValue {
  /// A value in the middle of a sentence: texts as they are, everything else as JSON.
  fileprivate var inWords: String { text ?? String(decoding: canonicalBytes, as: UTF8.self) }
}
