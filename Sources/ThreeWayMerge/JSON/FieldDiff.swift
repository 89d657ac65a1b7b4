public import JSONTree

/// One thing that differs between two versions of a document, as a person would name it.
public struct FieldChange: Hashable, Sendable {
  public enum Change: String, CaseIterable, Sendable {
    /// A field, an element, a member of a set or the whole document is new.
    case added
    /// It is gone.
    case removed
    /// It has another value.
    case changed
    /// The element stands elsewhere in its list; whatever it says itself is reported apart.
    case moved
  }

  /// Where: elements of keyed lists by their key, elements of other lists by their index (in the old list for a
  /// removed one, else in the new), members of a set by the place of the set.
  public var pointer: JSONPointer
  public var change: Change
  /// What it was; for a move, the number of the old place in the list, from 0. `nil` for what was added.
  public var from: JSONValue?
  /// What it is; for a move, the number of the new place in the list, from 0. `nil` for what was removed.
  public var to: JSONValue?
  /// Where an added element of a keyed list stands in it, from 0; `nil` for everything else.
  public var place: Int?
  /// Whether it is a text, of which one reads the words that changed.
  public var isText: Bool

  public init(
    _ change: Change, at pointer: JSONPointer, from: JSONValue? = nil, to: JSONValue? = nil,
    place: Int? = nil, isText: Bool = false
  ) {
    self.pointer = pointer
    self.change = change
    self.from = from
    self.to = to
    self.place = place
    self.isText = isText
  }

  /// The words of a changed text, unchanged ones among them; `nil` for everything else.
  public var words: [WordRun]? {
    guard isText, change == .changed, let from = from?.text, let to = to?.text else { return nil }
    return wordRuns(from: from, to: to)
  }
}

/// What changed between two versions of a value, by field.
///
/// Objects are compared member by member, lists by what their elements are known by, sets by member. Something
/// new is one change that holds all of it. A key moved in an object and a member moved in a set are no change;
/// an element of a keyed list is moved only if it is not in the longest run of elements that kept their order.
/// Applied to `old`, the changes give `new`, up to the order of keys and of the members of sets.
///
/// - Parameters:
///   - old: `nil` for what did not exist.
///   - new: `nil` for what does not exist any more.
///   - rule: What the value means; the rule the merge uses.
///   - pointer: The place of the value in its document, which the pointers of the changes begin with.
/// - Returns: Members in the order of the bytes of their keys, elements in the order of their list, each removed
///   one behind the element that stood before it.
public func fieldChanges(
  from old: JSONValue?, to new: JSONValue?, rule: MergeRule, at pointer: JSONPointer = .root
) -> [FieldChange] {
  var diff = FieldDiff()
  diff.compare(old, new, rule: rule, at: pointer)
  return diff.changes
}

/// One comparison on its way through a document. The functions for lists are in an extension.
struct FieldDiff {
  var changes: [FieldChange] = []

  mutating func compare(_ old: JSONValue?, _ new: JSONValue?, rule: MergeRule, at pointer: JSONPointer) {
    switch (old, new) {
    case (nil, nil): break
    case (nil, let new?):
      changes.append(FieldChange(.added, at: pointer, to: new, isText: rule.isText))
    case (let old?, nil):
      changes.append(FieldChange(.removed, at: pointer, from: old, isText: rule.isText))
    case (let old?, let new?) where old != new:
      switch (old, new) {
      case (.object(let old), .object(let new)) where rule.looksIntoObjects:
        compareMembers(old, new, rule: rule, at: pointer)
      case (.array(let old), .array(let new)) where rule.looksIntoLists:
        compareLists(old, new, rule: rule, at: pointer)
      default:
        changes.append(FieldChange(.changed, at: pointer, from: old, to: new, isText: rule.isText))
      }
    default: break
    }
  }

  private mutating func compareMembers(
    _ old: JSONObject, _ new: JSONObject, rule: MergeRule, at pointer: JSONPointer
  ) {
    // Looking members up one by one would cost the square of their number.
    let olds = Dictionary(old.members.map { ($0.key, $0.value) }) { first, _ in first }
    let news = Dictionary(new.members.map { ($0.key, $0.value) }) { first, _ in first }
    for key in Set(olds.keys).union(news.keys).sorted() {
      compare(olds[key], news[key], rule: rule.rule(forMember: key), at: pointer.appending(.key(key)))
    }
  }
}

extension MergeRule {
  fileprivate var isText: Bool { self == .text }

  fileprivate var looksIntoObjects: Bool {
    switch self {
    case .byShape, .object: true
    default: false
    }
  }

  fileprivate var looksIntoLists: Bool {
    switch self {
    case .byShape, .set, .list, .sequence: true
    default: false
    }
  }
}
