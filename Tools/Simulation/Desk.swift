import JSONTree
import ObjectModel
import ThreeWayMerge

/// A person's folder while they change it: a tree, and the older ones they can go back to.
struct Desk {
  let reader: Reader
  var tree: ObjectID
  /// The trees this person had, newest first.
  let past: [ObjectID]

  /// Makes a change; one that finds nothing to change changes nothing.
  mutating func make(_ change: Change) throws {
    switch change.kind {
    case .create, .delete, .rename, .layout, .revert: try changeFile(change)
    case .occupy:
      // Another document where this one may be moved to. Its id is no word: one that stands in two places could be taken
      // out of each by another person, and of both by nobody.
      let paths = try Team.paths(ofDocument: change.document)
      let path = paths[change.other % paths.count]
      if path.name.hasSuffix(".json"), try bytes(at: path, in: tree) == nil {
        try put(["id": JSONValue("d\(change.word)"), "title": JSONValue(change.newWord)], at: path)
      }
    case .swap:
      if let left = try path(of: change.document), let right = try path(of: change.other), left != right,
        left.name.hasSuffix(".json"), right.name.hasSuffix(".json")
      {
        let contents = (try bytes(at: left, in: tree), try bytes(at: right, in: tree))
        try put(contents.1, at: left)
        try put(contents.0, at: right)
      }
    case .log: try put(["text": JSONValue(change.newWord)], at: WorkspacePath("log/\(change.newWord).json"))
    case .image: try put([0] + Array(change.newWord.utf8), at: WorkspacePath("image.bin"))
    case .clash:
      let path = try WorkspacePath(change.place.isMultiple(of: 2) ? "clash" : "clash/x.txt")
      try put(Array("\(change.newWord)\n".utf8), at: path)
    case .schema: try changeSchema(change)
    case .choose, .chooseOther, .chooseAll, .chooseByHand: try settle(change)
    default: try changeContent(change)
    }
  }

  // MARK: - Files

  private func path(of document: Int) throws -> WorkspacePath? {
    try Team.paths(ofDocument: document).first { try reader.store.file(at: $0, in: tree) != nil }
  }

  private func bytes(at path: WorkspacePath, in tree: ObjectID) throws -> [UInt8]? {
    try reader.store.file(at: path, in: tree).map { try reader.store.blob($0.id) }
  }

  private mutating func put(_ value: JSONValue, at path: WorkspacePath) throws {
    try put(value.canonicalForm, at: path)
  }

  /// Where a file is in the way of a folder or the reverse, what was there goes.
  private mutating func put(_ bytes: [UInt8]?, at path: WorkspacePath) throws {
    var edits: [(WorkspacePath, TreeFile?)] = [(path, try bytes.map { try reader.store.file($0) })]
    if let parent = path.parent, try reader.store.file(at: parent, in: tree) != nil {
      edits.append((parent, nil))
    }
    tree = try reader.store.tree(applying: edits, to: tree)
  }

  private mutating func changeFile(_ change: Change) throws {
    let paths = try Team.paths(ofDocument: change.document)
    guard let path = try path(of: change.document) else {
      if change.kind == .create { try create(change) }
      if change.kind == .revert { try revert(change, at: nil) }
      return
    }
    switch change.kind {
    case .delete:
      try put(nil, at: path)
      // Ligne takes the record along; plain git leaves it.
      if change.place.isMultiple(of: 2) { try put(nil, at: path.conflictRecord) }
    case .rename:
      let target = paths[change.other % paths.count]
      if target == path { return }
      let (content, record) = (try bytes(at: path, in: tree), try bytes(at: path.conflictRecord, in: tree))
      try put(nil, at: path)
      try put(content, at: target)
      if change.place.isMultiple(of: 2) {
        try put(nil, at: path.conflictRecord)
        try put(record, at: target.conflictRecord)
      }
    case .layout:
      if let value = try bytes(at: path, in: tree).flatMap({ try? JSONValue(parsing: $0) }) {
        try put(value.canonicalBytes, at: path)
      }
    case .revert: try revert(change, at: path)
    default: break
    }
  }

  private mutating func create(_ change: Change) throws {
    let paths = try Team.paths(ofDocument: change.document)
    let path = paths[change.other % paths.count]
    if change.document % 4 == 3 {
      try put(Array("\(change.newWord)\n".utf8), at: path)
      return
    }
    let kind = change.document % 4 == 2 ? nil : "post"
    var post = Team.start(id: Team.name(ofDocument: change.document), kind: kind)
    if change.place.isMultiple(of: 2) { post["title"] = JSONValue(change.newWord) }
    try put(.object(post), at: path)
  }

  /// Writes back what an older version had, a document that is gone included.
  private mutating func revert(_ change: Change, at path: WorkspacePath?) throws {
    let old = past[min(1 + change.place, past.count - 1)]
    for candidate in try Team.paths(ofDocument: change.document) {
      if let before = try bytes(at: candidate, in: old) {
        try put(before, at: path ?? candidate)
        return
      }
    }
    if let path { try put(nil, at: path) }
  }

  private mutating func changeSchema(_ change: Change) throws {
    let path = try WorkspacePath(Rules.path)
    guard var schema = try bytes(at: path, in: tree).flatMap({ try? JSONValue(parsing: $0) })?.object,
      var members = schema["members"]?.object
    else { return }
    let member = Rules.start[change.place % Rules.start.count].member
    members[member] = ["atomic", "text", "set", "sequence", "list", "shape"][change.other % 6]
    schema["members"] = .object(members)
    try put(.object(schema), at: path)
  }

  // MARK: - Open conflicts

  private mutating func settle(_ change: Change) throws {
    let open = try reader.documents(in: tree).flatMap { document in
      document.state.questions.map { (document, $0.pointer, $0.conflict) }
    }
    guard !open.isEmpty else { return }
    let (document, pointer, conflict) = open[change.place % open.count]
    var state = document.state
    let keyField = document.rule.keyField
    switch change.kind {
    case .chooseAll:
      // As shown, every one of them.
      state.conflicts = .none
    case .choose:
      state.conflicts[pointer] = nil
      switch conflict.candidates[change.other % conflict.candidates.count] {
      case .kept: break
      case .deleted:
        if pointer.steps.isEmpty {
          state = .absent
        } else {
          _ = try? state.value?.remove(at: pointer, keyField: keyField)
        }
      case .value(let value): state.value?.put(value, at: pointer, keyField: keyField)
      }
    default:
      guard document.form != .opaque, case .string? = state.value?.value(at: pointer, keyField: keyField)
      else { return }
      state.conflicts[pointer] = nil
      state.value?.put(JSONValue(change.newWord), at: pointer, keyField: keyField)
      if change.kind == .chooseByHand {
        // The record stays as it was.
        try put(document.bytes(of: state.value, in: reader.store), at: document.path)
        return
      }
    }
    var bytes = try document.bytes(of: state.value, in: reader.store)
    if document.form == .opaque, !state.conflicts.isEmpty, let chosen = bytes {
      let file = FileContent(chosen, of: ObjectID(blob: chosen), at: document.path)
      if case .document(let value) = file {
        state = DocumentState(
          chosen: file, waiting: state.conflicts,
          rule: try reader.rules(in: reader.store.folder(named: "schemas", in: tree)).rule(for: value))
        if state.value != value { bytes = state.value?.canonicalForm }
      }
    }
    try put(bytes, at: document.path)
    let record = state.conflicts.isEmpty ? nil : ConflictRecord(state.conflicts).value.canonicalForm
    try put(record, at: document.path.conflictRecord)
  }

  // MARK: - Content

  private mutating func changeContent(_ change: Change) throws {
    guard let path = try path(of: change.document), let bytes = try bytes(at: path, in: tree) else { return }
    if change.document % 4 == 3 {
      let text = String(decoding: bytes, as: UTF8.self)
      try put(Array(change.text(of: text).utf8), at: path)
      return
    }
    guard case .object(var object)? = try? JSONValue(parsing: bytes) else { return }
    if change.kind == .revertTitle || change.kind == .revertText {
      let key: JSONString = change.kind == .revertTitle ? "title" : "body"
      let old = past[min(1 + change.place, past.count - 1)]
      guard let before = try self.bytes(at: path, in: old).flatMap({ try? JSONValue(parsing: $0) }) else {
        return
      }
      object[key] = before[key]
    } else {
      change.apply(to: &object)
    }
    // Somebody who keeps another layout keeps it.
    let isCanonical = (try? JSONValue(parsing: bytes))?.canonicalForm == bytes
    let value = JSONValue.object(object)
    try put(isCanonical ? value.canonicalForm : value.canonicalBytes, at: path)
  }
}

extension JSONValue {
  fileprivate mutating func put(
    _ value: JSONValue, at pointer: JSONPointer, keyField: (JSONPointer) -> JSONString
  ) {
    // A record of somebody's making may name a place that is not there; then there is nothing to choose.
    try? set(value, at: pointer, keyField: keyField)
  }
}

extension Change {
  var newWord: String { "m\(word)" }

  /// A text after this change.
  func text(of text: String) -> String {
    var tokens = textTokens(text).map(\.text)
    let place = tokens.isEmpty ? 0 : self.place * 3 % tokens.count
    switch kind {
    case .insertion: tokens.insert(contentsOf: [newWord, " "], at: place)
    case .gap where !tokens.isEmpty: tokens.remove(at: place)
    case .cut where !tokens.isEmpty: tokens.removeSubrange(place..<min(place + 1 + other, tokens.count))
    case .line:
      let ends = tokens.indices.filter { tokens[$0] == "\n" }.map { $0 + 1 }
      tokens.insert("\(newWord) \(newWord).\n", at: ([0] + ends)[self.place % (ends.count + 1)])
    case .ending: tokens += [" ", newWord]
    case .glue: tokens.insert(newWord, at: place)
    case .rewriting: tokens = ["\(newWord).\n"]
    case .word where !tokens.isEmpty: tokens[place] = newWord
    default: break
    }
    return tokens.joined()
  }

  func apply(to object: inout JSONObject) {
    let new = JSONValue(newWord)
    switch kind {
    case .title: object["title"] = other == 0 ? "Marché d’automne" : new
    case .room: object["room"] = other == 0 ? nil : new
    case .number: object["size"] = .number(JSONNumber(unchecked: ["1", "1.0", "2", "1e3"][place % 4]))
    case .shape:
      object["title"] = [["words": new], [new], .null, .number(JSONNumber(word))][place % 4]
    case .word, .insertion, .gap, .cut, .line, .ending, .glue, .rewriting:
      if let text = object["body"]?.string?.text { object["body"] = JSONValue(self.text(of: text)) }
    case .state: object["state"] = .string(Rules.steps[place % Rules.steps.count])
    case .moment:
      object["at"] =
        [
          "2026-11-20T10:00:00-05:00", "2026-11-20T15:00:00Z", "2026-11-20T15:30:00+01:00", "demain", .null,
          JSONValue("2026-11-\(10 + word % 20)T08:00:00Z"),
        ][place % 6]
    case .derived:
      object["count"] = .number(JSONNumber(textTokens(object["body"]?.string?.text ?? "").count))
    case .label, .unlabel: changeList(&object, "labels", new)
    case .point, .pointAway, .pointOther: changeList(&object, "points", new)
    case .member, .memberAway, .memberNull:
      guard var meta = object["meta"]?.object else { return }
      meta[JSONString("k\(place % 4)")] = kind == .member ? new : kind == .memberNull ? .null : nil
      object["meta"] = .object(meta)
    case .element, .sameElement, .removal, .move, .elementText, .elementNote, .repeatedKey:
      guard var thread = object["thread"]?.array else { return }
      changeThread(&thread)
      object["thread"] = .array(thread)
    default: break
    }
  }

  private func changeList(_ object: inout JSONObject, _ key: JSONString, _ new: JSONValue) {
    guard var list = object[key]?.array else { return }
    switch kind {
    case .label, .point: list.insert(new, at: place % (list.count + 1))
    case .unlabel, .pointAway: if !list.isEmpty { list.remove(at: place % list.count) }
    default: if !list.isEmpty { list[place % list.count] = new }
    }
    object[key] = .array(list)
  }

  private func changeThread(_ thread: inout [JSONValue]) {
    func element(_ key: String) -> JSONValue { ["body": JSONValue(newWord), "id": JSONValue(key)] }
    let place = thread.isEmpty ? 0 : self.place % thread.count
    switch kind {
    case .element: thread.insert(element(newWord), at: place)
    case .sameElement:
      let key = "k\(other)"
      if !thread.contains(where: { $0["id"]?.text == key }) { thread.insert(element(key), at: place) }
    case .repeatedKey:
      if !thread.isEmpty { thread.append(element(thread[place]["id"]?.text ?? "k0")) }
    case .removal: if !thread.isEmpty { thread.remove(at: place) }
    case .move:
      if thread.count > 1 {
        let moved = thread.remove(at: place)
        thread.insert(moved, at: other % (thread.count + 1))
      }
    default:
      let new = JSONValue(newWord)
      guard !thread.isEmpty, case .object(var object) = thread[place] else { return }
      if kind == .elementNote {
        // A note may say what another element is called.
        object["note"] = other == 1 ? JSONValue("k\((self.place + 1) % 3)") : new
      } else {
        var tokens = textTokens(object["body"]?.string?.text ?? "").map(\.text)
        if other.isMultiple(of: 2), !tokens.isEmpty {
          tokens[other % tokens.count] = newWord
        } else {
          tokens.insert(contentsOf: [newWord, " "], at: 0)
        }
        object["body"] = JSONValue(tokens.joined())
      }
      thread[place] = .object(object)
    }
  }
}
