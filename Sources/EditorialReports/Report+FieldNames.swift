import Documents
import EditorialHistory
import JSONTree
import ThreeWayMerge
import Wording

/// The fields of a document in the words of its schema.
struct FieldNames {
  private let document: Document
  private let report: Report

  init(of document: Document, in report: Report) { (self.document, self.report) = (document, report) }

  /// “Texte”, “Versions par canal › mastodon › Texte”.
  func name(of pointer: JSONPointer) -> String {
    if pointer.steps.isEmpty { return report.say(fr: "tout le document", en: "the whole document") }
    return pointer.steps.indices.map { index in
      let place = JSONPointer(Array(pointer.steps[...index]))
      let step = pointer.steps[index]
      guard case .key(let key) = step, let field = document.kind.schema.field(at: place), isNamed(key, field)
      else { return step.name.text }
      return field.title?.text(in: report.language) ?? key.text
    }.joined(separator: " › ")
  }

  /// Whether the schema names this very member, and does not only say what all members of a map are.
  private func isNamed(_ key: JSONString, _ field: SchemaField) -> Bool {
    let steps = field.place.steps.suffix(2)
    return steps.first?.name == "properties" && steps.last?.name == key
  }

  /// A value in words: names instead of ids, dates as people say them, lists one after the other.
  func words(_ value: JSONValue, at pointer: JSONPointer) -> String {
    switch value {
    case .null: ""
    case .bool(let bool): bool ? report.say(fr: "oui", en: "yes") : report.say(fr: "non", en: "no")
    case .number(let number): number.text
    case .string(let string): words(string, at: pointer)
    case .array(let elements):
      elements.enumerated().map { words($1, at: pointer.appending(.index($0))) }.joined(separator: ", ")
    case .object(let object):
      object.members.map { member in
        let place = pointer.appending(.key(member.key))
        let name = lastName(of: place)
        let value = words(member.value, at: place)
        return report.say(fr: "\(name)\u{A0}: \(value)", en: "\(name): \(value)")
      }.joined(separator: "; ")
    }
  }

  private func lastName(of pointer: JSONPointer) -> String {
    guard case .key(let key)? = pointer.steps.last, let field = document.kind.schema.field(at: pointer),
      isNamed(key, field)
    else { return pointer.steps.last?.name.text ?? "" }
    return field.title?.text(in: report.language) ?? key.text
  }

  private func words(_ string: JSONString, at pointer: JSONPointer) -> String {
    let field = document.kind.schema.field(at: pointer)
    if let title = field?.valueTitles[string] { return title.text(in: report.language) }
    switch field?.refersTo {
    case "member": return report.name(of: string)
    case "channel", "role", nil: break
    default: if let other = report.source.documents[string] { return other.title }
    }
    if let (instant, offset) = Instant.parse(rfc3339: string.text) {
      return instant.fullWording(offset: offset).text(in: report.language)
    }
    return string.text
  }

  /// The document a value names, so that one can go there.
  func referred(_ value: JSONValue, at pointer: JSONPointer) -> Document? {
    guard let string = value.string, let kind = document.kind.schema.field(at: pointer)?.refersTo,
      !["member", "channel", "role"].contains(kind)
    else { return nil }
    return report.source.documents[string]
  }
}
