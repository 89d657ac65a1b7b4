public import JSONTree
public import Wording

/// Somebody who shall join a team.
public struct Newcomer: Sendable {
  public var name: String
  public var email: String
  /// The id in the team; made from the name where nothing is said.
  public var id: String?
  public var roles: [String] = []
  public var rights: [ChannelRight] = []

  public init(name: String, email: String) { (self.name, self.email) = (name, email) }
}

/// What a member may do on a channel.
public struct ChannelRight: Hashable, Sendable {
  /// The id of a channel; `*` for all.
  public var channel: String
  /// One of the values the schema of `team.json` lists, such as `approve`.
  public var right: String

  public init(channel: String, right: String) { (self.channel, self.right) = (channel, right) }
}

/// Whether something is given to a member or taken away.
public enum Grant: Hashable, Sendable {
  case give, take
}

/// Changes of `team.json`, each as the whole new document. What changes nothing gives the document as it was.
extension Team {
  /// The team with somebody more, at the end.
  ///
  /// - Throws: `TeamError` for a name, an address or an id that can't be, or that is or looks like another member's.
  public func adding(_ newcomer: Newcomer) throws(TeamError) -> (document: JSONValue, id: String) {
    if let refusal = NameRefusal(of: newcomer.name) { throw .refusedName(newcomer.name, refusal) }
    guard SchemaFormat.email.accepts(newcomer.email) else { throw .malformedEmail(newcomer.email) }
    if let other = member(withEmail: newcomer.email) {
      throw .sameEmail(newcomer.email, other: other.shownName)
    }
    let appearance = NameAppearance(newcomer.name)
    if let other = members.first(where: { NameAppearance($0.shownName).isTaken(for: appearance) }) {
      throw .looksLike(newcomer.name, other: other.shownName)
    }
    let id = newcomer.id ?? freeID(for: newcomer)
    guard isShortID(id) else { throw .malformedID(id) }
    if let other = member(JSONString(id)) { throw .sameID(id, other: other.shownName) }

    var member: JSONObject = [
      "id": JSONValue(id), "name": JSONValue(newcomer.name), "email": JSONValue(newcomer.email),
    ]
    for role in newcomer.roles { member.change(role, in: "roles", .give) }
    for right in newcomer.rights { member.change(right, .give) }
    return (document(with: members.map(\.value) + [.object(member)]), id)
  }

  /// The team without a member, and without the delegations to them.
  public func removing(_ id: JSONString) -> JSONValue {
    document(
      with: members.filter { $0.id != id }.map { member in
        guard let delegations = member.value["delegations"]?.array, var object = member.value.object,
          case let left = delegations.filter({ Delegation(value: $0).to != id }), left != delegations
        else { return member.value }
        object["delegations"] = left.isEmpty ? nil : .array(left)
        return .object(object)
      })
  }

  /// The team after a member got roles or lost them.
  public func changing(roles: [String], of id: JSONString, _ grant: Grant) -> JSONValue {
    changing(id) { member in
      for role in roles { member.change(role, in: "roles", grant) }
    }
  }

  /// The team after a member got rights or lost them.
  public func changing(rights: [ChannelRight], of id: JSONString, _ grant: Grant) -> JSONValue {
    changing(id) { member in
      for right in rights { member.change(right, grant) }
    }
  }

  /// The team after a member gave somebody else their voice.
  ///
  /// - Parameters:
  ///   - delegation: The name of the new element in the list of delegations.
  ///   - from: When it begins; `nil` for the beginning of all time.
  ///   - until: The first moment at which it no longer holds; `nil` for no end.
  public func delegating(
    _ id: JSONString, to other: JSONString, from: Moment?, until: Moment?, as delegation: String
  ) throws(TeamError) -> JSONValue {
    if id == other { throw .delegationToOneself(member(id)?.shownName ?? id.text) }
    if let from, let until, until.instant <= from.instant { throw .endsBeforeItBegins }
    var element: JSONObject = ["id": JSONValue(delegation), "to": .string(other)]
    element["from"] = from.map { JSONValue($0.description) }
    element["until"] = until.map { JSONValue($0.description) }
    return changing(id) { member in
      member["delegations"] = .array((member["delegations"]?.array ?? []) + [.object(element)])
    }
  }

  /// The team after a member took their voice back.
  ///
  /// What was decided in their name until now goes on to count, so a delegation in force gets its end; one that has not
  /// begun is taken out.
  ///
  /// - Parameter other: Only from this person; `nil` for everybody.
  /// - Throws: `TeamError.noDelegation` where there is none that could end.
  public func endingDelegations(
    of id: JSONString, to other: JSONString?, at now: Instant, offset: UTCOffset
  ) throws(TeamError) -> JSONValue {
    let delegations = member(id)?.delegations ?? []
    let ending = delegations.filter { (other == nil || $0.to == other) && !$0.isOver(at: now) }
    if ending.isEmpty { throw .noDelegation(member(id)?.shownName ?? id.text) }
    let left = delegations.compactMap { delegation -> JSONValue? in
      guard ending.contains(delegation), var object = delegation.value.object else { return delegation.value }
      guard delegation.isInForce(at: now) else { return nil }
      object["until"] = JSONValue(now.rfc3339(offset: offset))
      return .object(object)
    }
    return changing(id) { $0["delegations"] = left.isEmpty ? nil : .array(left) }
  }

  private func changing(_ id: JSONString, _ change: (inout JSONObject) -> Void) -> JSONValue {
    document(
      with: members.map { member in
        guard member.id == id, var object = member.value.object else { return member.value }
        change(&object)
        return .object(object)
      })
  }

  private func document(with members: [JSONValue]) -> JSONValue {
    var object = value.object ?? JSONObject()
    object["members"] = .array(members)
    return .object(object)
  }

  /// An id nobody has, made from the name, else from the address.
  private func freeID(for newcomer: Newcomer) -> String {
    let address = newcomer.email.prefix { $0 != "@" }
    let bases = [readableWords(of: newcomer.name), readableWords(of: String(address)), "member"]
    let base = bases.first { !$0.isEmpty } ?? "member"
    var id = base
    var number = 2
    while member(JSONString(id)) != nil {
      id = "\(base)-\(number)"
      number += 1
    }
    return id
  }
}

extension Team.Delegation {
  /// Whether the other person may decide at this moment. A limit that can't be read gives no right.
  public func isInForce(at moment: Instant) -> Bool {
    let begins = from.map { text in Instant(rfc3339: text).map { $0 <= moment } ?? false } ?? true
    let lasts = until.map { text in Instant(rfc3339: text).map { moment < $0 } ?? false } ?? true
    return begins && lasts
  }

  /// Whether it begins later.
  public func isYetToCome(at moment: Instant) -> Bool {
    guard let from = from.flatMap({ Instant(rfc3339: $0) }), from > moment else { return false }
    return until.map { text in Instant(rfc3339: text).map { from < $0 } ?? false } ?? true
  }

  /// Whether it has ended, or can't hold at any time.
  fileprivate func isOver(at moment: Instant) -> Bool {
    if let from, Instant(rfc3339: from) == nil { return true }
    return until.map { text in Instant(rfc3339: text).map { $0 <= moment } ?? true } ?? false
  }
}

extension JSONObject {
  /// Puts a text into a set, or takes it out; a set that is left empty goes.
  fileprivate mutating func change(_ text: String, in set: JSONString, _ grant: Grant) {
    let element = JSONValue(text)
    var elements = self[set]?.array ?? []
    switch grant {
    case .give: if !elements.contains(element) { elements.append(element) }
    case .take: elements.removeAll { $0 == element }
    }
    self[set] = elements.isEmpty ? nil : .array(elements)
  }

  fileprivate mutating func change(_ right: ChannelRight, _ grant: Grant) {
    var rights = self["rights"]?.object ?? JSONObject()
    rights.change(right.right, in: JSONString(right.channel), grant)
    self["rights"] = rights.members.isEmpty ? nil : .object(rights)
  }
}
