import Documents
import EditorialHistory
import JSONTree
import ObjectModel
import Wording

/// Who wrote a document, for reading: its texts with names beside them, then its other fields.
struct BlameReading {
  /// The most columns of a name and a date beside a text.
  private static let widestName = 28
  /// Lines of a text that are still easy to follow.
  private static let widestText = 72

  var title: String
  var fields: [BlamedField]
  /// What was blamed, and the key that names the elements of its lists.
  var document: JSONValue
  var keyField: @Sendable (JSONPointer) -> JSONString
  var names: FieldNames
  /// By which it is told when each wrote.
  var clock: ZonedClock
  var language: Language

  func page() -> Page {
    let isWhole = fields.contains { !$0.isGiven }
    let written = fields.filter { !$0.passages.isEmpty && !$0.isEmptyList && !(isWhole && $0.isGiven) }
    guard !written.isEmpty else {
      return Page(
        StyledText(Sentence(fr: "Rien n’y est écrit.", en: "Nothing is written there.").text(in: language)))
    }
    var page = Page(first(of: written))
    for field in written where field.form == .text {
      page.blank()
      page.line(names.heading(of: field.pointer, in: language))
      page.table(text(of: field))
    }
    let others = written.filter { $0.form != .text }
    if !others.isEmpty {
      page.blank()
      page.table(values(of: others))
    }
    return page
  }

  /// “Soirée: 3 people, 5 versions”.
  private func first(of fields: [BlamedField]) -> StyledText {
    let origins = Set(fields.flatMap(\.passages).compactMap(\.by.origin))
    let people = CountedNoun(fr: ("personne", "personnes"), en: ("person", "people"))
      .counted(Set(origins.map(\.by)).count)
    let versions = CountedNoun.versions.counted(Set(origins.map(\.commit)).count)
    var line = StyledText(title, .strong)
    if origins.isEmpty {
      return line
        + StyledText(
          Sentence(fr: "\u{A0}: pas encore enregistré", en: ": not committed yet").text(in: language))
    }
    line += StyledText(
      Sentence(
        fr: "\u{A0}: \(people.french), \(versions.french)", en: ": \(people.english), \(versions.english)"
      ).text(in: language))
    if fields.flatMap(\.passages).contains(where: { $0.by == .notCommitted }) {
      line += StyledText(
        Sentence(fr: "; le reste n’est pas enregistré", en: "; the rest is not committed").text(in: language))
    }
    return line
  }

  private func text(of field: BlamedField) -> Table {
    var table = Table([
      .init(title: "", isFlexible: true, wrapsAt: Self.widestText),
      .init(title: "", wrapsAt: Self.widestName), .init(title: ""),
    ])
    table.showsAllRows = true
    for passage in field.passages {
      for (number, line) in lines(of: passage).enumerated() {
        let isFirst = number == 0
        table.add([
          StyledText("  ") + StyledText(line), isFirst ? who(passage.by) : StyledText(),
          isFirst ? id(passage.by) : StyledText(),
        ])
      }
    }
    return table
  }

  /// A passage begins and ends wherever its words do: empty lines around it are layout, and not shown.
  private func lines(of passage: BlamedPassage) -> [SafeText] {
    let isBlank = { (line: SafeText) in line.text.allSatisfy(\.isWhitespace) }
    var lines = SafeText(block: passage.text).lines
    while lines.count > 1, let last = lines.last, isBlank(last) { lines.removeLast() }
    while lines.count > 1, isBlank(lines[0]) { lines.removeFirst() }
    return lines
  }

  private func values(of fields: [BlamedField]) -> Table {
    var table = Table([
      .init(title: "", isFlexible: true), .init(title: "", isFlexible: true),
      .init(title: "", wrapsAt: Self.widestName),
      .init(title: ""),
    ])
    table.showsAllRows = true
    for field in fields {
      for (number, passage) in field.passages.enumerated() {
        table.add([
          number == 0
            ? StyledText(names.mention(of: field.pointer, in: language), .strong) : StyledText(),
          StyledText(words(of: passage, in: field)), who(passage.by), id(passage.by),
        ])
      }
    }
    return table
  }

  /// One value stands in a field that is no text; in a set each member is a passage.
  private func words(of passage: BlamedPassage, in field: BlamedField) -> String {
    let value = document.value(at: field.pointer, keyField: keyField)
    let members = value?.array ?? []
    let text = JSONString(passage.text)
    // A text that reads like a number is a text.
    if value?.string != nil || members.contains(where: { $0.string == text }) {
      return names.words(of: text, at: field.pointer, in: language)
    }
    let written = members.first { JSONString(JSONPrinter.compact.text(of: $0)) == text } ?? value
    return written.map { names.shortWords(of: $0, at: field.pointer, in: language) } ?? passage.text
  }

  private func who(_ authorship: Authorship) -> StyledText {
    switch authorship {
    case .version(let origin):
      let day = clock.moment(origin.at.instant).date
      let days = day.daysSince1970 - clock.today.daysSince1970
      let when = (-1...0).contains(days) ? clock.wording(of: origin.at.instant) : day.wording
      return StyledText(origin.by.name) + StyledText(", " + when.text(in: language), .quiet)
    case .notCommitted:
      return StyledText(Sentence(fr: "pas enregistré", en: "not committed").text(in: language), .attention)
    case .unaccounted:
      return StyledText(
        Sentence(
          fr: "on ne sait qui\u{A0}: «\u{A0}ligne verify\u{A0}»", en: "nobody known: see “ligne verify”"
        )
        .text(in: language), .bad)
    }
  }

  private func id(_ authorship: Authorship) -> StyledText {
    switch authorship {
    case .version(let origin): StyledText(String(origin.commit.hex.prefix(8)), .name)
    case .unaccounted(let joint): StyledText(String(joint.hex.prefix(8)), .name)
    case .notCommitted: StyledText()
    }
  }
}

extension Authorship {
  var origin: Origin? { if case .version(let origin) = self { origin } else { nil } }
}

extension BlamedField {
  /// A list or an object without anything in it, which a schema's defaults are full of.
  fileprivate var isEmptyList: Bool {
    form == .value
      && passages.allSatisfy {
        $0.text.utf8.elementsEqual("[]".utf8) || $0.text.utf8.elementsEqual("{}".utf8)
      }
  }

  /// What nobody wrote and nobody can change: the whole document’s id, kind and making.
  fileprivate var isGiven: Bool {
    let given: [JSONString] = ["$schema", "createdAt", "createdBy", "id", "kind"]
    return given.contains { pointer == JSONPointer([.key($0)]) }
  }

  var json: JSONValue {
    ["pointer": JSONValue(pointer.description), "spans": .array(passages.map(\.json))]
  }
}

extension BlamedPassage {
  fileprivate var json: JSONValue {
    let origin = by.origin
    let commit: JSONValue =
      switch by {
      case .version(let origin): JSONValue(origin.commit.hex)
      case .unaccounted(let joint): JSONValue(joint.hex)
      case .notCommitted: .null
      }
    return [
      "text": JSONValue(text), "commit": commit, "by": origin.map { JSONValue($0.by.name) } ?? .null,
      "at": origin.map { JSONValue($0.at.description) } ?? .null,
    ]
  }
}
