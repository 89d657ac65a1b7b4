public import JSONTree

/// What some people do, step by step: everything a run depends on, as a value.
///
/// A step says what somebody does in numbers that mean something whatever came before: a place is taken modulo the
/// number of places there are, and a step that can do nothing does nothing. So any steps can be left out, and what
/// is left is a history again.
public struct History: Hashable, Sendable {
  public var people: Int
  public var steps: [Step]

  public init(people: Int, steps: [Step]) {
    self.people = people
    self.steps = steps
  }
}

/// Something one person does.
public struct Step: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    /// Changes documents and commits.
    case edit
    /// Takes in the work of others, all at once.
    case exchange
    /// Joins with the team's `main` and moves it.
    case sync
    /// Merges another's head by plain git, into a tree of one's own.
    case mergeByGit = "merge-by-git"
    /// Writes a commit that says it is a joint commit, and is none.
    case forge
  }

  public var kind: Kind
  public var by: Int
  /// The others whose work is taken in.
  public var from: [Int] = []
  /// How many heads ago the others' work is taken, as a device that has not heard of them for a while would.
  public var back = 0
  /// Which way a merge by git or a forgery goes.
  public var way = 0
  public var changes: [Change] = []

  public init(_ kind: Kind, by: Int) {
    self.kind = kind
    self.by = by
  }
}

/// One change of one document.
public struct Change: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    // A value that counts as a whole.
    case title, room, number, shape
    // A text.
    case word, insertion, gap, cut, line, ending, glue, rewriting
    // A set.
    case label, unlabel
    // A list whose elements have a key.
    case element
    case sameElement = "same-element"
    case removal, move
    case elementText = "element-text"
    case elementNote = "element-note"
    case repeatedKey = "repeated-key"
    // A list without identity.
    case point
    case pointAway = "point-away"
    case pointOther = "point-other"
    // An object.
    case member
    case memberAway = "member-away"
    case memberNull = "member-null"
    // A workflow, a moment, a value computed from others, a log.
    case state, moment, derived, log
    // Files.
    case create, delete, rename, occupy, swap, image, schema, clash, layout
    // What came before.
    case revert
    case revertTitle = "revert-title"
    case revertText = "revert-text"
    // Open conflicts.
    case choose
    case chooseOther = "choose-other"
    case chooseAll = "choose-all"
    case chooseByHand = "choose-by-hand"
  }

  public var kind: Kind
  public var document = 0
  public var place = 0
  public var other = 0
  /// Names the word this change writes; no two changes of a history write the same one.
  public var word = 0

  public init(_ kind: Kind) { self.kind = kind }
}

// MARK: - As a document

extension History {
  public var value: JSONValue {
    [
      "people": .number(JSONNumber(people)), "steps": .array(steps.map(\.value)),
    ]
  }

  /// Reads a history; `nil` where the document is none.
  public init?(_ value: JSONValue) {
    guard let people = value["people"]?.count, let steps = value["steps"]?.array else { return nil }
    self.people = people
    self.steps = steps.compactMap(Step.init)
    if self.steps.count != steps.count { return nil }
  }
}

extension Step {
  /// What is zero or empty is left out.
  var value: JSONValue {
    var object: JSONObject = [
      "by": .number(JSONNumber(by)), "do": JSONValue(kind.rawValue),
    ]
    if !from.isEmpty { object["from"] = .array(from.map { .number(JSONNumber($0)) }) }
    if back != 0 { object["back"] = .number(JSONNumber(back)) }
    if way != 0 { object["way"] = .number(JSONNumber(way)) }
    if !changes.isEmpty { object["changes"] = .array(changes.map(\.value)) }
    return .object(object)
  }

  init?(_ value: JSONValue) {
    guard let kind = value["do"]?.text.flatMap(Kind.init), let by = value["by"]?.count else { return nil }
    self.init(kind, by: by)
    from = (value["from"]?.array ?? []).compactMap(\.count)
    back = value["back"]?.count ?? 0
    way = value["way"]?.count ?? 0
    let list = value["changes"]?.array ?? []
    changes = list.compactMap(Change.init)
    if changes.count != list.count { return nil }
  }
}

extension Change {
  var value: JSONValue {
    var object: JSONObject = ["change": JSONValue(kind.rawValue)]
    for (key, number) in [
      ("document", document), ("place", place), ("other", other), ("word", word),
    ] where number != 0 {
      object[JSONString(key)] = .number(JSONNumber(number))
    }
    return .object(object)
  }

  init?(_ value: JSONValue) {
    guard let kind = value["change"]?.text.flatMap(Kind.init) else { return nil }
    self.init(kind)
    document = value["document"]?.count ?? 0
    place = value["place"]?.count ?? 0
    other = value["other"]?.count ?? 0
    word = value["word"]?.count ?? 0
  }
}

extension JSONValue {
  /// A number from zero up.
  fileprivate var count: Int? {
    guard case .number(let number) = self, let count = Int(number.text), count >= 0 else { return nil }
    return count
  }
}

// MARK: - To be read

extension History: CustomStringConvertible {
  public var description: String {
    let lines = steps.enumerated().map { "  \($0 + 1). \($1)" }
    return (["\(people) people, \(steps.count) steps"] + lines).joined(separator: "\n")
  }
}

extension Step: CustomStringConvertible {
  public var description: String {
    let others = from.map { "P\($0)" }.joined(separator: " and ")
    let old = back == 0 ? "" : " as it was \(back) heads ago"
    let what = changes.map(\.description).joined(separator: "; ")
    return switch kind {
    case .edit: "P\(by) commits: \(what)"
    case .exchange: "P\(by) takes in \(others)\(old)"
    case .sync: "P\(by) joins with main, and moves it"
    case .mergeByGit: "P\(by) merges \(others)\(old) by git, way \(way)" + (what.isEmpty ? "" : ": \(what)")
    case .forge: "P\(by) forges a join with \(others)\(old), way \(way)" + (what.isEmpty ? "" : ": \(what)")
    }
  }
}

extension Change: CustomStringConvertible {
  public var description: String {
    "\(kind.rawValue) in \(Team.name(ofDocument: document)) at \(place)/\(other), m\(word)"
  }
}
