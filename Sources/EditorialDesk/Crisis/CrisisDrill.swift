public import Documents
public import EditorialReview
public import JSONTree
public import Wording

/// What a declaration would do today, and where the plan would let people down.
public struct CrisisDrill: Sendable {
  /// Something to put right on a good day.
  public enum Gap: Hashable, Sendable {
    case noLevels
    case noTimes(level: String)
    case noStatement(level: String)
    case noHolder(role: String)
    case noDeputy(role: String)
    /// Somebody of the roster who is not in the team any more.
    case gone(person: String, role: String)
    /// Something is asked of a role that nobody has.
    case unknownRole(String)
    case contactOver(name: String, since: CivilDate)
    /// A gap of the text that the plan does not declare, and may be filled with anything or forgotten.
    case undeclaredSlot(statement: String, slot: String)
    case unknownChannel(statement: String, channel: String)
    case notApproved
    case reviewOverdue(since: CivilDate)
  }

  public let plan: Document
  public let level: CrisisPlan.Level?
  public let held: [HeldPost]
  public let duties: [CrisisDuty]
  public let statements: [PreparedStatement]
  public let gaps: [Gap]

  /// The id of the crisis that is only played.
  public static let activationID: JSONString = "drill"

  /// The crisis that is only played: everything is held.
  public static func activation(of plan: Document, at level: CrisisPlan.Level?) -> JSONValue {
    [
      "id": .string(activationID), "kind": .string(CrisisActivation.kind), "plan": .string(plan.id),
      "level": level?.id.map(JSONValue.string) ?? .null, "state": "active", "hold": "all",
    ]
  }

  /// - Parameters:
  ///   - states: Those with the played crisis among the documents.
  ///   - today: The day at the place of whoever rehearses.
  public init(of plan: Document, at level: CrisisPlan.Level?, in states: EditorialStates, today: CivilDate) {
    let view = CrisisPlan(plan.value)
    (self.plan, self.level) = (plan, level)
    held = states.heldPosts(by: Self.activationID)
    let team = states.documents.single(Team.self)
    let duties = view.duties(at: level, team: team, now: states.now)
    self.duties = duties
    statements = view.preparedStatements.filter { $0.level == level?.id }
    gaps =
      view.gapsOfLevels + view.gapsOfRoster(team) + view.gapsOfContacts(today)
      + view.gapsOfStatements(states.documents.channels.compactMap(\.id))
      + states.gapsOfReview(of: plan, today: today)
  }
}

extension CrisisPlan {
  fileprivate var gapsOfLevels: [CrisisDrill.Gap] {
    if levels.isEmpty { return [.noLevels] }
    let prepared = Set(preparedStatements.compactMap(\.level))
    return levels.flatMap { level -> [CrisisDrill.Gap] in
      var gaps: [CrisisDrill.Gap] = []
      if level.firstResponse == nil || level.updateEvery == nil {
        gaps.append(.noTimes(level: level.shownName))
      }
      if !(level.id.map(prepared.contains) ?? false) { gaps.append(.noStatement(level: level.shownName)) }
      return gaps
    }
  }

  fileprivate func gapsOfRoster(_ team: Team?) -> [CrisisDrill.Gap] {
    var gaps: [CrisisDrill.Gap] = []
    for (role, entry) in roster {
      let people = [entry["holder"]?.string, entry["deputy"]?.string]
      if people[0] == nil { gaps.append(.noHolder(role: role)) }
      if people[1] == nil || people[1] == people[0] { gaps.append(.noDeputy(role: role)) }
      guard let team else { continue }
      var seen: Set<JSONString> = []
      for person in people.compactMap({ $0 }) where seen.insert(person).inserted && team.member(person) == nil
      {
        gaps.append(.gone(person: person.text, role: role))
      }
    }
    let known = Set(roster.map { JSONString($0.role) })
    let asked = (levels.flatMap(\.actions) + checklist).compactMap { $0["role"]?.string }
    let unknown = Set(asked).subtracting(known).sorted()
    return gaps + unknown.map { .unknownRole($0.text) }
  }

  fileprivate func gapsOfContacts(_ today: CivilDate) -> [CrisisDrill.Gap] {
    contacts.compactMap { contact in
      guard let end = contact["validUntil"]?.text.flatMap({ CivilDate($0) }), end < today else { return nil }
      return .contactOver(name: contact["name"]?.text ?? contact["id"]?.text ?? "?", since: end)
    }
  }

  fileprivate func gapsOfStatements(_ channels: [JSONString]) -> [CrisisDrill.Gap] {
    preparedStatements.flatMap { statement -> [CrisisDrill.Gap] in
      let id = statement.id?.text ?? "?"
      let declared = Set(statement.value["slots"]?.object?.members.map(\.key) ?? [])
      let undeclared = Set(SlotText(statement.body).names).subtracting(declared).sorted()
      let unknown = statement.channels.filter { !channels.contains(JSONString($0)) }
      return undeclared.map { .undeclaredSlot(statement: id, slot: $0.text) }
        + unknown.map { .unknownChannel(statement: id, channel: $0) }
    }
  }
}

extension EditorialStates {
  fileprivate func gapsOfReview(of plan: Document, today: CivilDate) -> [CrisisDrill.Gap] {
    let status = reviewStatus(of: plan)
    let approved = status.approvals.compactMap { $0.review.at.flatMap { Moment(rfc3339: $0) } }
    let made = plan.value["createdAt"]?.text.flatMap { Moment(rfc3339: $0) }
    let read = (approved.max { $0.instant < $1.instant } ?? made)?.date
    var gaps: [CrisisDrill.Gap] = status.isApproved ? [] : [.notApproved]
    if let read, let period = CrisisPlan(plan.value).reviewEvery.flatMap({ Period($0) }),
      case let due = period.date(after: read), due < today
    {
      gaps.append(.reviewOverdue(since: due))
    }
    return gaps
  }
}
