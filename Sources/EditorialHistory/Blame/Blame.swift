public import JSONTree
public import ObjectModel
import ThreeWayMerge
import Wording

/// Who wrote a passage.
public enum Authorship: Hashable, Sendable {
  /// The person of this version.
  case version(Origin)
  /// It stands in the folder and in no version: nobody has put their name to it yet.
  case notCommitted
  /// A joint commit brought it though nothing it joins has it; `verify` names such a commit.
  case unaccounted(joint: ObjectID)
}

/// Words, or a value, that one version brought.
public struct BlamedPassage: Hashable, Sendable {
  /// A part of a text, a string as it is, anything else as JSON on one line.
  public var text: String
  public var by: Authorship

  public init(text: String, by: Authorship) {
    self.text = text
    self.by = by
  }
}

/// A field of a document, and who wrote what of it.
public struct BlamedField: Hashable, Sendable {
  public var pointer: JSONPointer
  public var form: Form
  /// Those of a text, put together, are the text; a set has one for each member, any other value exactly one.
  public var passages: [BlamedPassage]

  public enum Form: Hashable, Sendable {
    case text
    case set
    case value
  }

  public init(_ form: Form, at pointer: JSONPointer, passages: [BlamedPassage]) {
    self.pointer = pointer
    self.form = form
    self.passages = passages
  }
}

extension History {
  /// Who wrote the words of a document: the version that brought each, down to words in texts and to values elsewhere.
  ///
  /// Every version of the document is replayed from the first on. What is still there in the next one stays with who
  /// wrote it; joins, moves of the file and of list elements, and the choice between the candidates of a conflict make
  /// nobody an author. A document that comes back after it was deleted keeps its authors. Of people who wrote the same
  /// words apart from each other it is the newest version. White space belongs to the words before it.
  ///
  /// - Parameters:
  ///   - document: Where it is at the head; anywhere for a document that no version holds.
  ///   - standing: The document as it is in the folder.
  ///   - field: The place to look at, and what is in it.
  /// - Returns: The fields in the order of the document; `nil` where it has nothing at that place.
  public func blame(
    of document: WorkspacePath, as standing: JSONValue, at field: JSONPointer = .root
  ) throws(ObjectStoreError) -> [BlamedField]? {
    let rule = try rules(schemas(of: commits.first?.tree, in: store)).rule(for: standing)
    var walk = BlameWalk(of: document, in: self, rule: rule)
    let credited = try walk.credited(standing)

    // A place inside a value that changes as one is by whoever wrote that value.
    var depth = field.steps.count
    while depth > 0, credited.part(at: field.steps.prefix(depth), rule: rule) == nil { depth -= 1 }
    guard let part = credited.part(at: field.steps.prefix(depth), rule: rule) else { return nil }
    let partRule = rule.rule(at: field.steps.prefix(depth))
    var shown = part
    var shownRule = partRule
    if depth < field.steps.count {
      guard let value = part.value.value(at: field.steps.dropFirst(depth), rule: partRule),
        let credit = part.credits.credit(ofPart: value)
      else { return nil }
      (shown, shownRule) = (CreditedValue(value: value, credits: .whole(credit)), .atomic)
    }

    var reading = BlameReading()
    reading.read(shown, rule: shownRule, at: field)
    var origins: [Credit: Authorship] = [.nobodyYet: .notCommitted]
    for credit in reading.credits where origins[credit] == nil {
      let id = commits[credit].id
      let commit = try store.commit(id)
      origins[credit] =
        try isJoint(id, commit)
        ? .unaccounted(joint: id)
        : .version(Origin(commit: id, by: Author(commit.author), at: Moment(commit.author)))
    }
    return reading.fields.map { field in
      BlamedField(
        field.form, at: field.pointer,
        passages: field.passages.compactMap { passage in
          origins[passage.credit].map { BlamedPassage(text: passage.text, by: $0) }
        })
    }
  }
}

/// Reads the passages of a value off its credits.
private struct BlameReading {
  struct Field {
    var form: BlamedField.Form
    var pointer: JSONPointer
    var passages: [(text: String, credit: Credit)]
  }

  private(set) var fields: [Field] = []

  var credits: [Credit] { fields.flatMap { $0.passages.map(\.credit) } }

  mutating func read(_ credited: CreditedValue, rule: MergeRule, at pointer: JSONPointer) {
    switch (CreditedShape(of: credited.value, rule: rule), credited.credits) {
    case (.object(let object), .object):
      for key in object.keys {
        guard let member = credited.member(key) else { continue }
        read(member, rule: rule.rule(forMember: key), at: pointer.appending(.key(key)))
      }
    case (.list(let elements), .list):
      let (key, element) = rule.elementKey
      let names = elements.compactMap { $0[key]?.string }
      let isKeyed = if case .sequence = rule { false } else { Set(names).count == elements.count }
      for index in elements.indices {
        guard let part = credited.element(index) else { continue }
        read(part, rule: element, at: pointer.appending(isKeyed ? .element(names[index]) : .index(index)))
      }
    case (.members(let members), .members(let credits)):
      let passages = members.compactMap { member in credits[member].map { (wording(of: member), $0) } }
      fields.append(Field(form: .set, pointer: pointer, passages: passages))
    case (_, .words(let words, let credits)):
      fields.append(Field(form: .text, pointer: pointer, passages: passages(of: words, credits)))
    case (_, let credits):
      let passages = credits.newest.map { [(wording(of: credited.value), $0)] } ?? []
      fields.append(Field(form: .value, pointer: pointer, passages: passages))
    }
  }

  private func wording(of value: JSONValue) -> String { value.text ?? JSONPrinter.compact.text(of: value) }

  private func passages(of words: [JSONString], _ credits: [Credit]) -> [(text: String, credit: Credit)] {
    let isSpace = words.map { $0.text.allSatisfy(\.isWhitespace) }
    let firstWord = isSpace.firstIndex(of: false)
    var passages: [(text: String, credit: Credit)] = []
    var current = firstWord.map { credits[$0] }
    for (index, word) in words.enumerated() {
      if !isSpace[index] || firstWord == nil { current = credits[index] }
      guard let current else { continue }
      if passages.last?.credit == current {
        passages[passages.count - 1].text += word.text
      } else {
        passages.append((word.text, current))
      }
    }
    return passages
  }
}
