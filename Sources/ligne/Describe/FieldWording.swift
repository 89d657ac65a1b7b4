import Documents
import JSONTree
import ObjectModel
import SyncEngine
import ThreeWayMerge
import Wording

/// What fields are called, and what stands in them, as the team says it: people and documents by their names, times by the
/// clocks of the brand.
struct FieldWording {
  private let schemas: SchemaSet
  private var people: Team?
  private var titles: [JSONString: String] = [:]
  private var clock: ZonedClock?

  /// - Parameter values: What is going to be said, each with its place and the kind of its document; none where only the names
  ///   of fields are.
  init(
    _ schemas: SchemaSet, saying values: [(kind: JSONString?, pointer: JSONPointer, value: JSONValue)],
    by clock: ZonedClock?, in workspace: Workspace
  ) throws {
    self.schemas = schemas
    if values.isEmpty { return }
    let named = values.flatMap { kind, pointer, value in
      FieldNames(of: kind.flatMap(schemas.kind(named:))).references(in: value, at: pointer)
    }
    // What can't be read is no reason not to say the rest: people are called by their ids then.
    if named.contains(where: { $0.what == "member" }) {
      people = (try? workspace.document(at: WorkspacePath("team.json"))).map { Team($0) }
    }
    self.clock = clock
    titles = try workspace.titles(of: Swift.Set(named.filter { $0.what != "member" }.map(\.id)))
  }

  /// The fields of a kind, or of a document that says none.
  subscript(kind: JSONString?) -> FieldNames {
    let (people, titles) = (people, titles)
    return FieldNames(
      of: kind.flatMap(schemas.kind(named:)),
      calling: { id, what in what == "member" ? people?.member(id)?.name : titles[id] }, clock: clock)
  }
}

extension FieldNames {
  /// “Texte  /body”: what people call a field, and how it is typed.
  func heading(of pointer: JSONPointer, in language: Language) -> StyledText {
    let typed = pointer.steps.isEmpty ? "/" : pointer.description
    if !isNamed(pointer) { return StyledText(typed, .strong) }
    return StyledText(name(of: pointer).text(in: language), .strong) + "  " + StyledText(typed, .quiet)
  }

  /// A field in a line: by its name, or by its place where the schema has none for it.
  func mention(of pointer: JSONPointer, in language: Language) -> String {
    isNamed(pointer) ? name(of: pointer).text(in: language) : pointer.description
  }

  /// The first fields, for one line: “Titre, Texte, …”.
  func mentions(of pointers: [JSONPointer], atMost limit: Int = 4, in language: Language) -> String {
    var mentions: [String] = []
    // Several places in one field may be called alike.
    for mention in pointers.map({ mention(of: $0, in: language) }) where !mentions.contains(mention) {
      mentions.append(mention)
    }
    return (mentions.prefix(limit) + (mentions.count > limit ? ["…"] : [])).joined(separator: ", ")
  }

  /// Several values that are told beside each other. Those that would read alike, such as one moment by two clocks, are told as they
  /// are written as well.
  func shortWords(ofAll values: [JSONValue], at pointer: JSONPointer, in language: Language) -> [String] {
    let words = values.map { shortWords(of: $0, at: pointer, in: language) }
    return zip(values, words).map { value, said in
      let isAlone = zip(values, words).allSatisfy { $0 == value || JSONString($1) != JSONString(said) }
      return isAlone ? said : "\(said) (\(JSONPrinter.compact.text(of: value)))"
    }
  }

  /// A value as a person would write it down: of an object what it is called or else its fields, long lists counted.
  func shortWords(of value: JSONValue, at pointer: JSONPointer, in language: Language) -> String {
    func element(_ index: Int, _ value: JSONValue) -> String {
      shortWords(of: value, at: pointer.appending(.index(index)), in: language)
    }
    switch value {
    case .array(let elements) where elements.allSatisfy({ $0.string != nil }):
      return language.listing(elements.enumerated().map(element))
    case .array(let elements) where elements.count <= 3:
      return elements.enumerated().map(element).joined(separator: "; ")
    case .array(let elements): return CountedNoun.elements.counted(elements.count).text(in: language)
    case .object(let object):
      let called = ["body", "title", "name", "message"].lazy.compactMap { object[JSONString($0)]?.text }.first
      return called
        ?? object.members.filter { $0.key != "id" }.map { member in
          let place = pointer.appending(.key(member.key))
          let colon = Sentence(fr: "\u{A0}: ", en: ": ").text(in: language)
          return lastName(of: place).text(in: language) + colon
            + shortWords(of: member.value, at: place, in: language)
        }.joined(separator: "; ")
    default: return words(of: value, at: pointer, in: language)
    }
  }
}
