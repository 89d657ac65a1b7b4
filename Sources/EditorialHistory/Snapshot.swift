import JSONTree
import ObjectModel
import ThreeWayMerge

/// A file of one version, read, with what is recorded of its conflicts.
struct Snapshot {
  var path: WorkspacePath
  var file: TreeFile
  var content: FileContent
  /// What the conflict record says; ``openConflicts(rule:)`` is what is left of it.
  var recorded = OpenConflicts.none

  var id: JSONString? { content["id"] }

  /// The conflicts that are still open, now that the document says this.
  func openConflicts(rule: MergeRule) -> OpenConflicts {
    if recorded.isEmpty { return .none }
    return DocumentState(content, of: file.id, recorded: recorded, rule: rule).conflicts
  }
}

extension FileContent {
  var form: DocumentChange.Form {
    switch self {
    case .document: .document
    case .text: .text
    case .opaque: .opaque
    }
  }

  subscript(member: JSONString) -> JSONString? {
    if case .document(let value) = self { value[member]?.string } else { nil }
  }
}

/// One document in two versions, and the rule of its values.
struct SnapshotPair {
  var old: Snapshot?
  var new: Snapshot?
  let rule: MergeRule

  init(old: Snapshot?, new: Snapshot?, rules: MergeRules) {
    self.old = old
    self.new = new
    rule = (new ?? old)?.content.rule(rules) ?? .byShape
  }

  /// What changed, if anything did that belongs to the document.
  ///
  /// - Parameter field: Only changes at this place, inside it, or of something around it that changed it.
  func change(at field: JSONPointer? = nil) -> DocumentChange? {
    guard let shown = new ?? old else { return nil }
    let conflicts = ConflictChange(
      from: old?.openConflicts(rule: rule) ?? .none, to: new?.openConflicts(rule: rule) ?? .none)
    let isSame = old?.path == new?.path && old?.file == new?.file
    if isSame, conflicts == nil { return nil }
    let form =
      old.map { $0.content.form == shown.content.form ? shown.content.form : .opaque } ?? shown.content.form
    let kind: DocumentChange.Change =
      old == nil ? .added : new == nil ? .removed : old?.path == new?.path ? .changed : .moved
    var change = DocumentChange(
      kind, at: shown.path, from: kind == .moved ? old?.path : nil, id: shown.id, kind: shown.content["kind"],
      title: shown.content["title"], form: form, conflicts: conflicts)
    if form != .opaque { change.fields = fields }
    if let field {
      change.fields = change.fields.flatMap { $0.narrowed(to: field, rule: rule) }
      let touched = [conflicts?.opened, conflicts?.settled, conflicts?.changed].compactMap { $0 }.joined()
      if change.fields.isEmpty, !touched.contains(where: { $0.hasPrefix(field) }) { return nil }
    }
    return change
  }

  var fields: [FieldChange] { fieldChanges(from: old?.content.value, to: new?.content.value, rule: rule) }
}

extension FieldChange {
  /// The change as seen from one place: itself if it is there or inside, its part of a larger change, or nothing.
  fileprivate func narrowed(to place: JSONPointer, rule: MergeRule) -> [FieldChange] {
    if pointer.hasPrefix(place) { return [self] }
    guard change != .moved, place.hasPrefix(pointer) else { return [] }
    // Something around it came, went or changed as a whole, and the place with it.
    let rule = rule.rule(at: pointer.steps[...])
    let inside = place.steps[pointer.steps.count...]
    return fieldChanges(
      from: from?.value(at: inside, rule: rule), to: to?.value(at: inside, rule: rule),
      rule: rule.rule(at: inside), at: place)
  }
}

extension MergeRule {
  /// The rule of the value at a place.
  func rule(at steps: ArraySlice<JSONPointer.Step>) -> MergeRule {
    steps.reduce(self) { rule, step in
      switch (step, rule) {
      case (.index, _), (.element, _): rule.elementKey.element
      case (.key, .list), (.key, .sequence): rule.elementKey.element
      case (.key(let key), _): rule.rule(forMember: key)
      }
    }
  }
}
