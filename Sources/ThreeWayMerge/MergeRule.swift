public import JSONTree

/// What a value means to a merge. Rules are data: they come from the `x-merge` of a schema, and the merge knows
/// no post and no brand.
public indirect enum MergeRule: Hashable, Sendable {
  /// The default for the shape of the value: objects member by member; lists as ``list(key:element:)`` keyed by
  /// `id` where every element has one, else as ``sequence(element:)``; everything else atomic.
  case byShape
  /// One value; two different changes make a conflict that holds both.
  case atomic
  /// A string whose words merge.
  case text
  /// A list whose members count once each, without order: labels, hashtags.
  case set
  /// A list whose elements are objects known by the text of one field.
  case list(key: JSONString, element: MergeRule)
  /// A list without identity: compared element by element, never by index.
  case sequence(element: MergeRule)
  /// An object: a rule per known member, and one for all the others.
  case object(members: [JSONString: MergeRule], others: MergeRule)
  /// Steps of a workflow, from the least safe to the safest; the safest of two different changes wins.
  case ordered([JSONString])
  /// A moment (RFC 3339); the earlier of two different changes holds.
  case earliest
  /// Computed from other values after the merge; never merged itself. The larger by bytes stands meanwhile.
  case derived

  /// The rule that holds for a member of a value under this rule.
  public func rule(forMember key: JSONString) -> MergeRule {
    if case .object(let members, let others) = self { members[key] ?? others } else { .byShape }
  }
}

extension MergeRule {
  /// Which field names the elements of a list, by the place of the list.
  public func keyField(at pointer: JSONPointer) -> JSONString {
    var rule = self
    for step in pointer.steps {
      switch step {
      case .key(let key): rule = rule.rule(forMember: key)
      case .index, .element: rule = rule.elementKey.element
      }
    }
    return rule.elementKey.key
  }
}

extension MergeRule {
  /// The field the elements of a list are known by, and their rule.
  public var elementKey: (key: JSONString, element: MergeRule) {
    switch self {
    case .list(let key, let element): (key, element)
    case .sequence(let element): ("id", element)
    default: ("id", .byShape)
    }
  }
}
