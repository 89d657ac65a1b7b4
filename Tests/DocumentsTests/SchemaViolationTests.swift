import Documents
import JSONTree
import Testing
import Wording

/// What people read when a document is not as its schema wants it.
@Suite struct SchemaViolationTests {
  struct Case: CustomTestStringConvertible {
    let schema: JSONValue
    let value: JSONValue
    let pointer: JSONPointer
    let french: String
    let english: String

    init(
      _ schema: JSONValue, _ value: JSONValue, at pointer: JSONPointer, fr french: String, en english: String
    ) {
      (self.schema, self.value, self.pointer) = (schema, value, pointer)
      // Plain spaces here, for the reader; no-break spaces inside « » and before a colon there.
      self.french = french.replacing("« ", with: "«\u{A0}").replacing(" »", with: "\u{A0}»")
        .replacing(" :", with: "\u{A0}:")
      self.english = english
    }

    var testDescription: String { english }
  }

  static let cases: [Case] = [
    Case(
      ["properties": ["nature": ["enum": ["idea", "original", "relay"]]]], ["nature": "blog"], at: "/nature",
      fr: "« nature » doit être l’une de : idea, original, relay",
      en: "“nature” has to be one of: idea, original, relay"),
    Case(
      ["properties": ["body": ["type": "string"]]], ["body": ["a"]], at: "/body",
      fr: "« body » doit être un texte, pas une liste [ ].", en: "“body” has to be a text, not a list [ ]."),
    Case(
      ["properties": ["n": ["type": ["integer", "null"]]]], ["n": "3"], at: "/n",
      fr: "« n » doit être null ou un nombre entier, pas un texte.",
      en: "“n” has to be null or a whole number, not a text."),
    Case(
      ["required": ["title"]], [:], at: "",
      fr: "Le document a besoin du champ « title ».", en: "The document needs the field “title”."),
    Case(
      ["properties": ["l": ["items": ["required": ["url"]]]]], ["l": [["id": "a"], ["url": "b"]]],
      at: "/l/@a",
      fr: "L’élément « a » a besoin du champ « url ».", en: "Element “a” needs the field “url”."),
    Case(
      ["properties": ["l": ["items": ["type": "string"]]]], ["l": ["a", 1]], at: "/l/1",
      fr: "L’élément 2 doit être un texte, pas un nombre entier.",
      en: "Element 2 has to be a text, not a whole number."),
    Case(
      ["properties": ["at": ["format": "date-time"]]], ["at": "demain"], at: "/at",
      fr: "« at » doit être une date et une heure avec décalage, comme 2026-11-23T09:30:00-05:00.",
      en: "“at” has to be a date and time with offset, such as 2026-11-23T09:30:00-05:00."),
    Case(
      ["properties": ["language": ["pattern": "^[a-z]{2}$", "examples": ["fr"]]]], ["language": "français"],
      at: "/language",
      fr: "« language » n’a pas la bonne forme. Exemple : fr",
      en: "“language” does not have the right form. Example: fr"),
    Case(
      ["properties": ["humour": ["maximum": 3]]], ["humour": 5], at: "/humour",
      fr: "« humour » doit être au plus 3.", en: "“humour” has to be at most 3."),
    Case(
      ["properties": ["brand": ["minLength": 1]]], ["brand": ""], at: "/brand",
      fr: "« brand » ne peut pas être vide.", en: "“brand” can’t be empty."),
    Case(
      ["properties": ["id": ["maxLength": 3]]], ["id": "équipe"], at: "/id",
      fr: "« id » peut avoir au plus 3\u{A0}caractères; il y en a 6.",
      en: "“id” can have at most 3 characters; it has 6."),
    Case(
      ["properties": ["labels": ["uniqueItems": true]]], ["labels": ["a", "b", "a"]], at: "/labels/2",
      fr: "L’élément 3 répète un élément de la liste : a", en: "Element 3 repeats an element of the list: a"),
    Case(
      ["additionalProperties": false], ["x": 1], at: "/x",
      fr: "« x » n’est pas prévu ici.", en: "“x” has no place here."),
    Case(
      ["propertyNames": ["enum": ["mon", "tue"]]], ["lun": []], at: "/lun",
      fr: "Ce nom de champ ne convient pas : « lun » doit être l’une de : mon, tue",
      en: "This name of a field won’t do: “lun” has to be one of: mon, tue"),
    Case(
      ["oneOf": [["const": "free"], ["type": "array", "minItems": 1]]], [], at: "",
      fr: "Le document ne peut pas être vide.", en: "The document can’t be empty."),
    Case(
      ["anyOf": [["const": "a"], ["enum": ["b", "c"]]]], "d", at: "",
      fr: "Le document doit être l’une de : a, b, c", en: "The document has to be one of: a, b, c"),
    Case(
      ["dependentRequired": ["from": ["to"]]], ["from": "09:00"], at: "",
      fr: "Le document a besoin du champ « to », parce que « from » est là.",
      en: "The document needs the field “to”, because “from” is there."),
  ]

  @Test(arguments: cases) func saysWhatIsAllowed(_ c: Case) throws {
    let violations = try Schema(c.schema).violations(of: c.value)
    #expect(violations.map(\.pointer) == [c.pointer])
    #expect(violations.first?.message.french == c.french)
    #expect(violations.first?.message.english == c.english)
  }

  @Test func theOrderIsThatOfThePlaces() throws {
    let schema = try Schema(["additionalProperties": ["type": "string"], "required": ["z"]])
    let violations = schema.violations(of: ["c": 1, "a": 1, "b": 1])
    #expect(violations.map(\.pointer) == ["", "/a", "/b", "/c"])
  }

  @Test func elementsWithOneKeyAreToldApart() throws {
    let schema = try Schema(["items": ["required": ["x"]]])
    let violations = schema.violations(of: [["id": "a"], ["id": "a"], [:]])
    #expect(violations.map(\.pointer) == ["/1", "/2", "/@a"])
  }
}
