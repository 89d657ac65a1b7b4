import Documents
import EditorialReview
import JSONTree
import ObjectModel
import Wording

/// A document, or a part of it, for reading.
struct DocumentReading {
  var path: WorkspacePath
  var document: JSONValue
  /// What its kind is called; `nil` for one that no schema describes.
  var kind: Sentence?
  var names: FieldNames
  /// Only this part; `nil` for the whole document.
  var part: Part?
  /// Columns before each line of the part.
  var indent = 0
  /// Places with an open conflict.
  var open: [JSONPointer]
  /// Which version of it this is, in words; `nil` for the one of today.
  var version: Sentence?
  /// Where it stands today; empty for kinds that have no computed state.
  var states: [Standing] = []
  /// Those that wait for somebody; they stand below their field, and below everything where there is none.
  var comments: [ListedComment] = []

  /// A field that is shown alone.
  struct Part {
    var place: JSONPointer
    var value: JSONValue
  }

  /// A state, on a channel or as a whole.
  struct Standing {
    var channel: JSONString?
    var state: EditorialState
  }

  func described(in language: Language) -> Page {
    if let part {
      // What one asks for by itself is given as it stands, to be copied or counted on.
      if let text = part.value.text {
        var page = Page()
        page.quote(text, indent: indent)
        return page
      }
      var page = Page()
      var none: [ListedComment] = []
      write(part.value, at: part.place, indent: indent, on: &page, with: &none, in: language)
      return page
    }
    var page = Page(StyledText(document["title"]?.text ?? document["brand"]?.text ?? path.text, .strong))
    page.line(
      StyledText(kind?.text(in: language) ?? document["kind"]?.text ?? "", .quiet) + StyledText("  ")
        + StyledText(path.text, .name))
    if let version { page.line(StyledText(version.text(in: language), .attention)) }
    for standing in states {
      page.line(
        StyledText(standing.channel.map { $0.text + "  " } ?? "", .quiet)
          + StyledText(standing.state.wording.text(in: language), standing.state.style))
    }
    page.blank()
    var waiting = comments
    // The step that somebody noted says less than where it stands.
    let inHead = states.isEmpty ? Self.inHead : Self.inHead.union(["state"])
    for member in document.object?.sortedByKey().members ?? [] where !inHead.contains(member.key) {
      write(
        member.value, named: name(of: JSONPointer([.key(member.key)]), in: language),
        at: JSONPointer([.key(member.key)]), indent: 0, on: &page,
        with: &waiting, in: language)
    }
    page.append(rest(of: waiting, in: language))
    if !open.isEmpty {
      page.next = Sentence(
        fr: "Des champs restent à trancher : « ligne conflicts \(path.shortName) ».",
        en: "Some fields are to be settled: “ligne conflicts \(path.shortName)”.")
    }
    return page
  }

  /// The comments that stand beside no field shown above, and how many there are in all.
  func rest(of waiting: [ListedComment], in language: Language) -> Page {
    var page = Page()
    if comments.isEmpty { return page }
    page.blank()
    let count = CountedNoun(
      fr: ("commentaire ouvert", "commentaires ouverts"), en: ("open comment", "open comments")
    ).counted(comments.count { !$0.isAnswer && $0.comment.isOpen })
    page.line(
      StyledText(count.text(in: language), .attention)
        + StyledText("  ligne comment list \(path.shortName)", .quiet))
    for comment in waiting {
      page.line("\(comment.place(in: language))", indent: 2)
      page.line(comment.line(in: language), indent: 4)
    }
    return page
  }

  /// Said in the first lines, or of no interest to a reader.
  private static let inHead: Swift.Set<JSONString> = ["title", "kind", "id", "$schema"]

  private func name(of pointer: JSONPointer, in language: Language) -> String {
    names.lastName(of: pointer).text(in: language)
  }

  /// A value, and below it the comments on it.
  private func write(
    _ value: JSONValue, named name: String? = nil, at pointer: JSONPointer, indent: Int, on page: inout Page,
    with waiting: inout [ListedComment], in language: Language
  ) {
    writeValue(value, named: name, at: pointer, indent: indent, on: &page, with: &waiting, in: language)
    let here = waiting.filter { $0.comment.place.pointer == pointer }
    waiting.removeAll { $0.comment.place.pointer == pointer }
    for comment in here {
      page.line(StyledText("> ", .attention) + comment.line(in: language), indent: indent + 2)
    }
  }

  private func writeValue(
    _ value: JSONValue, named name: String?, at pointer: JSONPointer, indent: Int, on page: inout Page,
    with waiting: inout [ListedComment], in language: Language
  ) {
    let isOpen = open.contains(pointer)
    let mark =
      isOpen
      ? StyledText(Sentence(fr: "  à trancher", en: "  to settle").text(in: language), .attention)
      : StyledText()
    let head = name.map { StyledText($0, .quiet) } ?? StyledText()
    switch value {
    case .object(let object):
      if name != nil { page.line(head + mark, indent: indent) }
      for member in object.members {
        write(
          member.value, named: self.name(of: pointer.appending(.key(member.key)), in: language),
          at: pointer.appending(.key(member.key)),
          indent: indent + (name == nil ? 0 : 2), on: &page, with: &waiting, in: language)
      }
    case .array(let elements) where elements.allSatisfy({ $0.object == nil && $0.array == nil }):
      page.line(
        head + "  " + StyledText(names.words(of: value, at: pointer, in: language))
          + mark, indent: indent)
    case .array(let elements):
      if name != nil || isOpen { page.line(head + mark, indent: indent) }
      for (index, element) in elements.enumerated() {
        let step = element["id"]?.string.map(JSONPointer.Step.element) ?? .index(index)
        write(
          element, named: "\(index + 1)", at: pointer.appending(step), indent: indent + 2, on: &page,
          with: &waiting, in: language)
      }
    case .string(let string) where string.text.contains(where: \.isNewline) || string.text.utf8.count > 60:
      page.line(head + mark, indent: indent)
      page.quote(string.text, indent: indent + 2)
    default:
      page.line(
        head + "  " + StyledText(names.shortWords(of: value, at: pointer, in: language)) + mark,
        indent: indent)
    }
  }
}
