public import Documents
public import JSONTree
import ThreeWayMerge

/// What a new comment is tied to: a document, a field of it, or words of a field.
public struct CommentTarget: Hashable, Sendable {
  /// The field, elements of lists by their key; `nil` for the whole document.
  public var pointer: JSONPointer?
  /// The words; `nil` where none were quoted.
  public var anchor: CommentAnchor?

  /// Finds what a person means.
  ///
  /// - Parameters:
  ///   - pointer: As it was typed. An index in a list becomes the key of what stands there, which keeps its place when
  ///     others come and go. For words of an object that has a text of its own, such as a message of a thread, it is
  ///     that text. `nil` with a quote: the text of the document that has the words, its main text before all others.
  ///   - quote: Words that stand there.
  ///   - occurrence: Which of several places with these words, from 1.
  public init(
    in document: Document, at pointer: JSONPointer?, quoting quote: String?, occurrence: Int? = nil
  ) throws(CommentError) {
    guard var pointer = pointer.map({ document.value.namingElements(of: $0, document.kind) }) else {
      guard let quote else { return }
      self = try .init(searching: document, for: quote, occurrence: occurrence)
      return
    }
    let rule = document.kind.mergeRule
    guard let value = document.value.value(at: pointer, keyField: { rule.keyField(at: $0) }) else {
      throw .noSuchField(pointer)
    }
    guard let quote else {
      self.pointer = pointer
      return
    }
    guard let text = value.text ?? value["body"]?.text else { throw .notAText(pointer) }
    if value.text == nil { pointer = pointer.appending(.key("body")) }
    self.pointer = pointer
    anchor = try Self.anchor(quoting: quote, in: text, occurrence: occurrence)
  }

  private init(searching document: Document, for quote: String, occurrence: Int?) throws(CommentError) {
    let main = document.kind.placement.body
    var texts: [(pointer: JSONPointer, text: String)] = []
    document.value.collectTexts(under: document.kind.mergeRule, at: .root, into: &texts)
    var found: [(pointer: JSONPointer, anchor: Result<CommentAnchor, CommentError>)] = []
    for (pointer, text) in texts {
      do throws(CommentError) {
        found.append((pointer, .success(try Self.anchor(quoting: quote, in: text, occurrence: occurrence))))
      } catch .anchor(.notThere) {
        continue
      } catch {
        found.append((pointer, .failure(error)))
      }
    }
    if let inMain = found.first(where: { $0.pointer == main }) { found = [inMain] }
    guard let place = found.first else { throw .anchor(.notThere(quote: quote)) }
    if found.count > 1 { throw .inSeveralFields(quote: quote, found.map(\.pointer)) }
    pointer = place.pointer
    anchor = try place.anchor.get()
  }

  private static func anchor(
    quoting quote: String, in text: String, occurrence: Int?
  ) throws(CommentError) -> CommentAnchor {
    do throws(CommentAnchorError) {
      return try CommentAnchor(quoting: quote, in: text, occurrence: occurrence)
    } catch {
      throw .anchor(error)
    }
  }
}

extension JSONValue {
  /// The same place with the elements of lists by their key, where they have one.
  fileprivate func namingElements(of pointer: JSONPointer, _ kind: DocumentKind) -> JSONPointer {
    var named = JSONPointer.root
    for step in pointer.steps {
      let list = value(at: named, keyField: { kind.mergeRule.keyField(at: $0) })
      if let elements = list?.array, let index = step.listIndex, elements.indices.contains(index),
        let key = elements[index][kind.mergeRule.keyField(at: named)]?.string
      {
        named = named.appending(.element(key))
      } else {
        named = named.appending(step)
      }
    }
    return named
  }

  /// Every text that people edit by its words.
  fileprivate func collectTexts(
    under rule: MergeRule, at pointer: JSONPointer, into texts: inout [(pointer: JSONPointer, text: String)]
  ) {
    switch self {
    case .string(let string): if rule == .text { texts.append((pointer, string.text)) }
    case .object(let object):
      for member in object.members {
        member.value.collectTexts(
          under: rule.rule(forMember: member.key), at: pointer.appending(.key(member.key)), into: &texts)
      }
    case .array(let elements):
      let (key, elementRule) = rule.elementKey
      for (index, element) in elements.enumerated() {
        let step = element[key]?.string.map(JSONPointer.Step.element) ?? .index(index)
        element.collectTexts(under: elementRule, at: pointer.appending(step), into: &texts)
      }
    case .null, .bool, .number: break
    }
  }
}
