import Documents
import JSONTree
import SSHSignatures
import Wording

/// What decides whose yes counts: how approval works, and of each member who they are, what they may and their keys.
///
/// Everything else of `ligne.json` and `team.json` may be changed by anybody at any time.
struct GuardedFacts: Hashable, Sendable {
  private(set) var values: [Fact: JSONValue] = [:]

  enum Fact: Hashable, Sendable {
    case workflow
    case member(JSONString, Part)

    /// The document it stands in.
    var kind: JSONString {
      switch self {
      case .workflow: WorkspaceSettings.kind
      case .member: Team.kind
      }
    }

    /// Whether it is a key, or a voice: the person's own to give.
    var isOwnToGive: Bool {
      switch self {
      case .member(_, .keys), .member(_, .delegations): true
      case .workflow, .member: false
      }
    }
  }

  enum Part: String, CaseIterable, Sendable {
    case name, email, roles, rights, keys, revokedKeys, delegations
  }

  init(settings: JSONValue?, team: JSONValue?) {
    if case .object(var workflow)? = settings?["workflow"] {
      // How it was before is a note about this change, and no part of it.
      workflow["previous"] = nil
      values[.workflow] = .object(workflow)
    }
    for member in team.map({ Team($0).members }) ?? [] {
      guard let id = member.id else { continue }
      // Two members of one id are one: what the first says holds, as everywhere else.
      for part in Part.allCases where values[.member(id, part)] == nil {
        values[.member(id, part)] = member.value[JSONString(part.rawValue)]?.withoutEmptyMembers
      }
    }
    values = values.filter { !$0.value.isEmptyValue }
  }

  subscript(fact: Fact) -> JSONValue? {
    get { values[fact] }
    set { values[fact] = newValue }
  }

  func member(_ id: JSONString, _ part: Part) -> JSONValue? { values[.member(id, part)] }

  var policy: ApprovalPolicy {
    ApprovalPolicy(WorkspaceSettings(["workflow": values[.workflow] ?? [:]]))
  }

  /// The members as far as they are guarded, by id.
  var team: Team {
    var members: [JSONString: JSONObject] = [:]
    for (fact, value) in values {
      guard case .member(let id, let part) = fact else { continue }
      members[id, default: ["id": .string(id)]][JSONString(part.rawValue)] = value
    }
    return Team(["members": .array(members.sorted { $0.key < $1.key }.map { .object($0.value) })])
  }

  /// The name of these facts: what the `policyVersion` of a review says.
  var version: ContentHash {
    let members = team.value["members"] ?? []
    return ContentHash(of: [
      "format": "ligne-trust-1", "members": members, "workflow": values[.workflow] ?? [:],
    ])
  }

  /// The facts in which two differ, in a fixed order.
  func differences(from other: GuardedFacts) -> [Fact] {
    Set(values.keys).union(other.values.keys).filter { values[$0] != other.values[$0] }.sorted()
  }
}

extension GuardedFacts.Fact: Comparable {
  static func < (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.workflow, .member): true
    case (_, .workflow): false
    case (.member(let one, let part), .member(let other, let otherPart)):
      (one, part.order) < (other, otherPart.order)
    }
  }
}

extension GuardedFacts.Part {
  fileprivate var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension JSONValue {
  fileprivate var isEmptyValue: Bool {
    switch self {
    case .null: true
    case .string(let string): string.text.utf8.isEmpty
    case .array(let elements): elements.isEmpty
    case .object(let object): object.isEmpty
    case .bool, .number: false
    }
  }
}

// MARK: - What needs nobody's yes

extension GuardedFacts {
  /// Whether a change needs no yes under these facts: it takes nothing away from what a yes needs.
  ///
  /// - Parameter authors: Who made it; nobody where that is not known.
  func allow(_ fact: Fact, toBecome new: JSONValue?, by authors: [JSONString]) -> Bool {
    if policy.preset < .required { return true }
    switch fact {
    case .workflow:
      var after = self
      after[.workflow] = new
      return after.policy.isAtLeastAsStrict(as: policy)
    case .member(let id, .name), .member(let id, .email):
      // Nobody takes the name of a person whose yes counts.
      return !isTrusted(id)
    case .member(let id, .keys):
      // What is no key could never be confirmed by anything, and nobody could have another.
      return mayBeGivenUnsigned(to: id, by: authors)
        && (new?.array ?? []).allSatisfy { $0.text.map(isKey) ?? false }
    case .member(let id, .delegations):
      return mayBeGivenUnsigned(to: id, by: authors) || new.isNoMore(than: member(id, .delegations))
    case .member(let id, .roles):
      let roles = policy.levels.map { JSONString($0.role) }
      let changed = Set(names(in: member(id, .roles))).symmetricDifference(names(in: new))
      return changed.isDisjoint(with: roles)
    case .member(let id, .rights): return powers(in: member(id, .rights)) == powers(in: new)
    case .member(let id, .revokedKeys):
      let before = member(id, .revokedKeys)?.array ?? []
      guard Set(before).isSubset(of: new?.array ?? []) else { return false }
      // Somebody has to be left who could confirm that it was a mistake. In the file it counts as long as it stands there.
      var after = self
      after[fact] = new
      return !after.team.signers.isEmpty || team.signers.isEmpty
    }
  }

  /// Whether a first key or a delegation of a member counts as it is written down: until somebody has a key, their word counts
  /// unsigned. It is theirs to give, or that of somebody who may approve everywhere.
  private func mayBeGivenUnsigned(to id: JSONString, by authors: [JSONString]) -> Bool {
    let team = team
    return member(id, .keys) == nil && !countsSignedYesesOnly && !authors.isEmpty
      && authors.allSatisfy { author in author == id || team.judges.contains { $0.id == author } }
  }

  /// Whether a change of who decides needs a signed yes: the team wants signatures, and there is somebody who can give one.
  var countsSignedYesesOnly: Bool { policy.wantsSignatures && !team.judges(withKey: true).isEmpty }

  private func isTrusted(_ id: JSONString) -> Bool {
    member(id, .keys) != nil || !powers(in: member(id, .rights)).isEmpty
  }

  private func names(in list: JSONValue?) -> [JSONString] { list?.array?.compactMap(\.string) ?? [] }

  /// The rights that decide what goes out or who decides, by channel.
  private func powers(in rights: JSONValue?) -> Set<[JSONString]> {
    var powers: Set<[JSONString]> = []
    for member in rights?.object?.members ?? [] {
      for right in names(in: member.value) where Self.powers.contains(right) {
        powers.insert([member.key, right])
      }
    }
    return powers
  }

  private static let powers: Set<JSONString> = ["approve", "manage", "publish"]
}

extension JSONValue? {
  /// Whether these delegations are some of others, or end sooner.
  fileprivate func isNoMore(than others: JSONValue?) -> Bool {
    let others = others?.array ?? []
    return (self?.array ?? []).allSatisfy { delegation in
      guard case .object(var mine) = delegation else { return others.contains(delegation) }
      return others.contains { other in
        if delegation == other { return true }
        guard case .object(var its) = other, let end = mine["until"]?.text.flatMap({ Instant(rfc3339: $0) })
        else { return false }
        let itsEnd = its["until"]?.text.map { Instant(rfc3339: $0) }
        (mine["until"], its["until"]) = (nil, nil)
        // One whose end nobody can read holds at no time.
        return mine == its && (itsEnd.map { $0.map { end <= $0 } ?? false } ?? true)
      }
    }
  }
}

private func isKey(_ line: String) -> Bool { (try? SSHPublicKey(line: line)) != nil }

extension Team {
  /// Those who may approve everywhere.
  var judges: [Member] { members.filter { $0.may("approve", on: "*") } }

  /// Those with a key that is not lost.
  var signers: [JSONString] {
    judges.filter { judge in
      let lost = Set(judge.revokedKeys.map(\.fingerprint))
      return judge.keys.contains { key in
        (try? SSHPublicKey(line: key)).map { !lost.contains($0.fingerprint) } ?? false
      }
    }.compactMap(\.id)
  }

  /// Those of them whose yes can count.
  ///
  /// - Parameter isSigned: Whether only that of somebody with a key does.
  func judges(withKey isSigned: Bool) -> [JSONString] {
    judges.filter { !isSigned || $0.keys.contains(where: isKey) }.compactMap(\.id)
  }

  /// The same without those of whom nobody waits for a yes any more: who has left or lost that right, and had no key. Anybody could
  /// have written down their yes, and so anybody may write down that they left; what is signed, nobody can.
  func judges(withKey isSigned: Bool, without left: Set<JSONString>) -> [JSONString] {
    judges(withKey: isSigned).filter { id in
      isSigned || !left.contains(id) || member(id)?.keys.contains(where: isKey) ?? false
    }
  }
}

extension ApprovalPolicy {
  /// Whether nothing could go out under this policy that could not under the other.
  func isAtLeastAsStrict(as other: ApprovalPolicy) -> Bool {
    if preset < other.preset || !hasFourEyes && other.hasFourEyes { return false }
    if !wantsSignatures && other.wantsSignatures { return false }
    return other.preset < .multiLevel
      || levels.elementsEqual(other.levels) { ($0.id, $0.role) == ($1.id, $1.role) && $0.need == $1.need }
  }
}
