public import Documents
public import JSONTree
public import Wording

/// A role of a crisis plan: who has it today, and what is to be done by whoever has it.
public struct CrisisDuty: Hashable, Sendable {
  /// Something to do, in the plan's words.
  public struct Task: Hashable, Sendable {
    public var id: String
    public var text: String
    /// When it is due, in the plan's words.
    public var when: String?
  }

  /// `nil` for what the plan asks of nobody in particular.
  public var role: String?
  public var holder: JSONString?
  public var deputy: JSONString?
  /// Who decides for the holder today: the person they gave their voice to.
  public var standIn: JSONString?
  /// How to reach them, in the plan's words.
  public var contact: String?
  /// What the level asks for, then the checklist.
  public var tasks: [Task]
}

extension CrisisPlan {
  /// Who does what at a level, by role; what is asked of nobody in particular comes last.
  ///
  /// - Parameters:
  ///   - level: `nil` for the checklist alone.
  ///   - team: Who gave their voice to whom.
  public func duties(at level: Level?, team: Team?, now: Instant) -> [CrisisDuty] {
    let asked = (level?.actions ?? []) + checklist
    let roles = Set(roster.map { JSONString($0.role) } + asked.compactMap { $0["role"]?.string }).sorted()
    let named = roles.map { role in
      let entry = roster.first { JSONString($0.role) == role }?.entry
      let holder = entry?["holder"]?.string
      let delegation = holder.flatMap { team?.member($0) }?.delegations.first { $0.lasts(at: now) }
      return CrisisDuty(
        role: role.text, holder: holder, deputy: entry?["deputy"]?.string, standIn: delegation?.to,
        contact: entry?["contact"]?.text,
        tasks: asked.filter { $0["role"]?.string == role }.map(CrisisDuty.Task.init))
    }
    let rest = asked.filter { $0["role"]?.string == nil }
    if rest.isEmpty { return named }
    return named + [CrisisDuty(role: nil, tasks: rest.map(CrisisDuty.Task.init))]
  }
}

extension CrisisDuty.Task {
  fileprivate init(_ value: JSONValue) {
    (id, text, when) = (value["id"]?.text ?? "", value["text"]?.text ?? "", value["when"]?.text)
  }
}

extension Team.Delegation {
  /// Whether it holds at a moment; an end that can't be read ends nothing.
  func lasts(at now: Instant) -> Bool {
    let start = from.flatMap { Instant(rfc3339: $0) }
    let end = until.flatMap { Instant(rfc3339: $0) }
    return (start.map { $0 <= now } ?? true) && (end.map { now < $0 } ?? true)
  }
}
