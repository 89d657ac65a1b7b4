import Documents
import JSONTree
import Wording

/// The settings of a rule, read by name; what can't be used is a `RuleProblem` at its exact place.
struct RuleParameters {
  /// The setting that names another place of the guideline. Whoever reads the line has put what stands there in its
  /// place; see ``EditorialLine``.
  static let reference: JSONString = "from"
  /// The language whose words a rule means; that of the guideline where the rule says nothing.
  static let language: JSONString = "language"

  private let object: JSONObject

  /// - Parameter names: Every setting the kind knows; one that it does not know is a slip of the pen.
  init(_ value: JSONValue?, knowing names: [JSONString]) throws(RuleProblem) {
    guard let value else {
      object = JSONObject()
      return
    }
    guard let object = value.object else {
      throw RuleProblem(
        at: "/parameters",
        Sentence(fr: "Les paramètres doivent être un objet.", en: "The parameters have to be an object."))
    }
    for key in object.keys where !names.contains(key) {
      if names.isEmpty {
        throw RuleProblem(
          at: Self.place(key),
          Sentence(
            fr: "Cette vérification n’a pas de paramètres; « \(key) » n’y change rien.",
            en: "This check has no parameters; “\(key)” changes nothing."))
      }
      let known = names.map { Sentence.quoting($0.text) }
      throw RuleProblem(
        at: Self.place(key),
        Sentence(
          fr: "Cette vérification ne connaît pas « \(key) »; elle connaît \(Sentence.listing(known).french).",
          en: "This check does not know “\(key)”; it knows \(Sentence.listing(known).english)."))
    }
    self.object = object
  }

  static func place(_ steps: JSONString...) -> JSONPointer {
    JSONPointer([.key("parameters")] + steps.map { .key($0) })
  }

  func has(_ name: JSONString) -> Bool { object[name] != nil }

  // MARK: - Values

  func bool(_ name: JSONString) throws(RuleProblem) -> Bool? {
    guard let value = object[name] else { return nil }
    guard let bool = value.bool else {
      throw expected(Sentence(fr: "true ou false", en: "true or false"), name)
    }
    return bool
  }

  /// A whole number from 0.
  func count(_ name: JSONString) throws(RuleProblem) -> Int? {
    guard let value = object[name] else { return nil }
    guard let count = value.count else {
      throw expected(Sentence(fr: "un nombre entier, 0 ou plus", en: "a whole number, 0 or more"), name)
    }
    return count
  }

  func text(_ name: JSONString) throws(RuleProblem) -> String? {
    guard let value = object[name] else { return nil }
    guard let text = value.text, !text.isEmpty else {
      throw expected(Sentence(fr: "un texte", en: "a text"), name)
    }
    return text
  }

  func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: JSONString, of type: Choice.Type
  ) throws(RuleProblem) -> Choice? {
    guard let text = try text(name) else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let known = Choice.allCases.map { Sentence.quoting($0.rawValue) }
    throw expected(
      Sentence(
        fr: "l’une de ces valeurs : \(known.map(\.french).joined(separator: ", "))",
        en: "one of: \(known.map(\.english).joined(separator: ", "))"), name)
  }

  /// A list of texts, or a text alone; empty where nothing is said, or `null` stands.
  func texts(_ name: JSONString) throws(RuleProblem) -> [String] {
    guard let value = object[name], value != .null else { return [] }
    if let text = value.text, !text.isEmpty { return [text] }
    guard let elements = value.array else {
      throw expected(Sentence(fr: "une liste de textes", en: "a list of texts"), name)
    }
    var texts: [String] = []
    for (index, element) in elements.enumerated() {
      guard let text = element.text, !text.isEmpty else {
        throw RuleProblem(
          at: Self.place(name).appending(.index(index)),
          Sentence(fr: "Il faut ici un texte.", en: "A text has to stand here."))
      }
      texts.append(text)
    }
    return texts
  }

  /// A map of texts to texts, in the order of its keys; empty where nothing is said, or `null` stands.
  func map(_ name: JSONString) throws(RuleProblem) -> [(key: String, value: String)] {
    guard let value = object[name], value != .null else { return [] }
    guard let members = value.object?.sortedByKey().members else {
      throw expected(
        Sentence(
          fr: "un objet de textes, comme {\"à éviter\":\"à préférer\"}",
          en: "an object of texts, such as {\"avoid\":\"prefer\"}"),
        name)
    }
    var pairs: [(key: String, value: String)] = []
    for member in members {
      guard let text = member.value.text else {
        throw RuleProblem(
          at: Self.place(name, member.key),
          Sentence(fr: "Il faut ici un texte.", en: "A text has to stand here."))
      }
      pairs.append((member.key.text, text))
    }
    return pairs
  }

  func patterns(_ name: JSONString) throws(RuleProblem) -> [SchemaPattern] {
    let texts = try texts(name)
    var patterns: [SchemaPattern] = []
    for (index, text) in texts.enumerated() {
      do throws(PatternError) {
        patterns.append(try SchemaPattern(text))
      } catch {
        let isList = object[name]?.array != nil
        let place = Self.place(name)
        throw RuleProblem(at: isList ? place.appending(.index(index)) : place, error.message(about: text))
      }
    }
    return patterns
  }

  // MARK: - Problems

  /// What a rule says where one of several settings has to be there and none is.
  func missing(_ names: [JSONString]) -> RuleProblem {
    let wanted = names.map { Sentence.quoting($0.text) }
    return RuleProblem(
      at: "/parameters",
      Sentence(
        fr: "Il manque ce que la règle cherche : \(wanted.map(\.french).joined(separator: " ou ")).",
        en: "What the rule looks for is missing: \(wanted.map(\.english).joined(separator: " or "))."))
  }

  private func expected(_ what: Sentence, _ name: JSONString) -> RuleProblem {
    RuleProblem(
      at: Self.place(name),
      Sentence(fr: "« \(name) » doit être \(what.french).", en: "“\(name)” has to be \(what.english)."))
  }
}
