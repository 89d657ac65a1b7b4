import Documents
import JSONTree
import Wording

/// Where a rule holds; what is not said is everywhere.
struct RuleScope: Sendable {
  private let channels: Set<JSONString>?
  private let kinds: Set<JSONString>?
  /// Names of fields (`body`, `altText`), or places (`/variants/linkedin`).
  private let names: Set<JSONString>?
  private let places: [JSONPointer]

  init(_ value: JSONValue?) {
    func set(_ name: JSONString) -> Set<JSONString>? {
      // A list that people emptied says nothing, and nothing means everywhere.
      value?[name]?.array.flatMap { $0.isEmpty ? nil : Set($0.compactMap(\.string)) }
    }
    channels = set("channels")
    kinds = set("kinds")
    let fields = set("fields")
    names = fields.map { $0.filter { !isPlace($0) } }
    places = (fields ?? []).filter(isPlace).compactMap { try? JSONPointer(parsing: $0.text) }
  }

  func includes(kind: JSONString) -> Bool { kinds?.contains(kind) ?? true }

  /// - Parameter channel: `nil` for all.
  func includes(channel: JSONString?) -> Bool { includesChannels(channel.map { [$0] }) }

  func includes(_ pointer: JSONPointer) -> Bool {
    guard let names else { return true }
    return places.contains { pointer.hasPrefix($0) }
      || pointer.steps.contains { step in if case .key(let key) = step { names.contains(key) } else { false }
      }
  }

  func includes(_ text: CheckedText, in documents: DocumentCollection) -> Bool {
    includes(kind: text.document.kind.name) && includes(text.pointer)
      && includesChannels(channels.flatMap { _ in EditorialChecks.channels(of: text, in: documents) })
  }

  func includes(_ match: PlacedMatch) -> Bool {
    includes(kind: match.document.kind.name)
      && includes(match.missing.map { match.pointer.appending(.key($0)) } ?? match.pointer)
      && includesChannels(match.channel.map { [$0] } ?? documentChannels(match.document))
  }

  func includes(_ found: StandingCheck.Found, in documents: DocumentCollection) -> Bool {
    guard let document = documents[found.finding.id] else { return true }
    return includes(PlacedMatch(document, found.finding.pointer, RuleMatch(), channel: found.channel))
  }

  /// A text of no channel in particular is one of all.
  private func includesChannels(_ going: Set<JSONString>?) -> Bool {
    guard let channels, let going else { return true }
    return !channels.isDisjoint(with: going)
  }

  private func documentChannels(_ document: Document) -> Set<JSONString>? {
    guard channels != nil, let place = document.kind.placement.channels,
      let value = document.value.value(at: place)
    else { return nil }
    return Set(value.object?.keys ?? value.array?.compactMap(\.string) ?? [value.string].compactMap { $0 })
  }

  // MARK: - What can't be meant

  /// The entries of a scope that name nothing, each with its place in the scope.
  static func problems(
    in value: JSONValue?, schemas: SchemaSet, channels: Set<JSONString>?
  ) -> [RuleProblem] {
    func unknown(_ name: JSONString, _ isKnown: (JSONString) -> Bool, _ what: Sentence) -> [RuleProblem] {
      (value?[name]?.array ?? []).enumerated().compactMap { index, entry in
        guard let text = entry.string, !isKnown(text) else { return nil }
        return RuleProblem(
          at: JSONPointer([.key("scope"), .key(name), .index(index)]),
          Sentence(
            fr: "\(what.french) « \(text) » n’existe pas ici; la règle n’y change rien.",
            en: "There is no \(what.english) “\(text)” here; the rule changes nothing there."))
      }
    }
    let wanted = value?["kinds"]?.array?.compactMap(\.string).compactMap(schemas.kind(named:))
    let kinds = wanted.flatMap { $0.isEmpty ? nil : $0 } ?? schemas.kinds
    return unknown("kinds", { schemas.kind(named: $0) != nil }, Sentence(fr: "Le type", en: "kind"))
      + unknown("channels", { channels?.contains($0) ?? true }, Sentence(fr: "Le canal", en: "channel"))
      + unknown(
        "fields", { field in kinds.contains { $0.has(field) } }, Sentence(fr: "Le champ", en: "field"))
  }
}

private func isPlace(_ field: JSONString) -> Bool { field.text.utf8.first == UInt8(ascii: "/") }

extension DocumentKind {
  /// Whether documents of the kind have a field of that name, or at that place.
  fileprivate func has(_ field: JSONString) -> Bool {
    if isPlace(field) {
      return (try? JSONPointer(parsing: field.text)).map { schema.field(at: $0) != nil } ?? false
    }
    return Self.surroundings.contains { schema.field(at: JSONPointer($0 + [.key(field)])) != nil }
  }

  /// Where texts stand in the kinds that come with Ligne; of others, the top.
  private static let surroundings: [[JSONPointer.Step]] = [
    [], [.key("assets"), .index(0)], [.key("links"), .index(0)], [.key("statements"), .index(0)],
    [.key("variants"), .key("*")], [.key("variants"), .key("*"), .key("thread"), .index(0)],
  ]
}
