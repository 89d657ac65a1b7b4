public import Documents
public import JSONTree
import SSHSignatures

/// Whose yes counts, by everything that was agreed on up to now.
///
/// Where approval is required, `team.json` and the workflow in `ligne.json` change what a yes is worth. So a change of
/// them counts once somebody else who may approve everywhere has said yes to it under what counted before; until then
/// what counted before goes on counting, on every computer alike. What was taken away from somebody counts at once.
/// Below `required` nothing is withheld for want of a yes, and every change counts as it is made.
///
/// A pure function of the versions of the two files, of who made them, and of the reviews there are.
public struct Authority: Sendable {
  /// How approval works.
  public let policy: ApprovalPolicy
  /// Changes that count for nothing yet, in a fixed order.
  public let waiting: [WaitingChange]
  /// The name of what counts; a review says under which it was given.
  public let version: ContentHash
  /// Whether a change of who decides needs a signed yes.
  let countsSignedYesesOnly: Bool
  let team: Team
  /// The team as the newest version has it.
  let declared: Team?
  /// Who had the right to approve everywhere taken away by a version, whether that counts yet or not.
  private let left: Set<JSONString>
  private let signatures: SignatureRecords

  /// A change of what counts, which waits for somebody's yes.
  public struct WaitingChange: Hashable, Sendable {
    public enum Subject: Hashable, Sendable {
      case workflow
      case member(JSONString)
    }

    public let subject: Subject
    /// The field of the member; `nil` for the workflow.
    public let field: String?
    public let before, after: JSONValue?
    /// Who changed it: the id of a member, else an address. Nobody, where it is not known.
    public let by: [JSONString]
  }

  /// Both files as one version had them.
  public struct Version: Sendable {
    public var settings, team: Document?
    /// Who made the version: the id of a member, else an address; nobody for a joint one.
    public var by: [JSONString]
    /// Its commit; `nil` for what is not committed.
    public var commit: String?
    /// The team as each version had it that this one was made from.
    public var teamsBefore: [Document]

    public init(
      settings: Document?, team: Document?, by: [JSONString] = [], commit: String? = nil,
      teamsBefore: [Document] = []
    ) {
      (self.settings, self.team, self.by) = (settings, team, by)
      (self.commit, self.teamsBefore) = (commit, teamsBefore)
    }

    /// Who lost something by it that a yes of theirs needs.
    ///
    /// What they had said before goes on counting for what was agreed on then, as far as it stood in this version.
    public var peopleWhoLost: Set<JSONString> { Set(losses.map(\.person)) }

    var losses: Set<Loss> {
      let after = team.map { Team($0.value) }
      return teamsBefore.reduce(into: []) { losses, before in
        for member in Team(before.value).members {
          guard let id = member.id else { continue }
          let later = after?.member(id)
          if !member.decidesAsMuch(as: later) { losses.insert(Loss(person: id, isOfVoice: false)) }
          let voices = JSONString(GuardedFacts.Part.delegations.rawValue)
          if !(member.value[voices] ?? .null).isPart(of: later?.value[voices] ?? .null) {
            losses.insert(Loss(person: id, isOfVoice: true))
          }
        }
      }
    }
  }

  /// That a person lost their place in the team, a right to approve or a key; or that a voice they had given was taken back.
  struct Loss: Hashable {
    var person: JSONString
    var isOfVoice: Bool
  }

  /// - Parameters:
  ///   - versions: Each version that changed one of the two files, the oldest first; the last is how they stand. The first
  ///     is what everybody starts from.
  ///   - documents: Those of the newest version; reviews are looked up among them.
  ///   - signatures: What is needed to check signatures.
  public init(
    of versions: [Version], reviews documents: DocumentCollection, signatures: SignatureRecords = .unknown
  ) {
    var fold = AuthorityFold(documents: documents, versions: versions, signatures: signatures)
    for version in versions { fold.take(in: version) }
    (policy, version) = (fold.facts.policy, fold.facts.version)
    countsSignedYesesOnly = fold.facts.countsSignedYesesOnly
    (team, declared) = (fold.facts.team, fold.declared)
    waiting = fold.waitingChanges
    left = fold.left
    self.signatures = signatures
  }

  /// What counts by a folder alone, without its history: how it says it was before, where it says so.
  public init(of documents: DocumentCollection, signatures: SignatureRecords = .unknown) {
    let settings = documents.singleDocument(of: WorkspaceSettings.kind)
    let team = documents.singleDocument(of: Team.kind)
    var versions = [Version(settings: settings, team: team)]
    if let settings, let loosening = WorkspaceSettings(settings.value).loosening {
      var before = settings.value["workflow"]?.object ?? [:]
      before["preset"] = JSONValue(loosening.preset.rawValue)
      let old = Document(path: settings.path, value: ["workflow": .object(before)], kind: settings.kind)
      versions[0].by = [loosening.by]
      versions.insert(Version(settings: old, team: team), at: 0)
    }
    self.init(of: versions, reviews: documents, signatures: signatures)
  }

  /// What is known of a review's signature.
  public func standing(of review: Review, id: JSONString) -> SignatureStanding {
    signatures.standing(of: review, id: id, team: team, declared: declared)
  }

  /// Whether something in a document waits for a yes.
  ///
  /// - Parameter kind: `team` or `workspace`.
  public func isWaiting(in kind: JSONString) -> Bool { waiting.contains { $0.kind == kind } }

  /// What waits in a document, in a fixed order.
  public func waitingChanges(in kind: JSONString) -> [WaitingChange] { waiting.filter { $0.kind == kind } }

  /// Why a yes of a person to what waits in a document would change nothing; `nil` where it would, or nothing waits.
  ///
  /// - Parameter kind: `team` or `workspace`.
  public func objection(toYesBy person: JSONString, in kind: JSONString) -> ReviewStatus.Disqualification? {
    let changes = waitingChanges(in: kind)
    if changes.isEmpty { return nil }
    // Keys and voices are a person’s own to give.
    if changes.allSatisfy({ $0.isOwn(of: person) }) { return nil }
    guard team.judges.contains(where: { $0.id == person }) else { return .noRight }
    let authors = changes.flatMap(\.by)
    let judges = team.judges(withKey: countsSignedYesesOnly, without: left)
    return authors.contains(person) && !judges.allSatisfy(authors.contains) ? .ownWords : nil
  }

  /// Those who may approve somewhere and have no key, where only signed yeses count; by id.
  public var peopleWithoutKey: [JSONString] {
    guard policy.wantsSignatures else { return [] }
    return team.members.filter { member in
      member.keys.isEmpty && !member.placesToApprove.isEmpty
    }.compactMap(\.id).sorted()
  }

  /// Whether a key is the only one left by which anything of the team could still be confirmed.
  ///
  /// - Parameter fingerprint: `SHA256:…`
  public func isLastKey(_ fingerprint: String) -> Bool {
    countsSignedYesesOnly && keysOfJudges.flatMap(\.value) == [fingerprint]
  }

  /// Who would be left to confirm changes of the team without this person; `nil` where their leaving waits for nobody in particular:
  /// they may not approve everywhere, or have no key, which their yes would need.
  public func judges(without person: JSONString) -> [JSONString]? {
    guard policy.preset >= .required, keysOfJudges[person].map({ !$0.isEmpty }) ?? false else { return nil }
    let others = keysOfJudges.filter { $0.key != person && !(countsSignedYesesOnly && $0.value.isEmpty) }
    return others.keys.sorted()
  }

  /// The keys of those who may approve everywhere that are not lost, as fingerprints.
  private var keysOfJudges: [JSONString: [String]] {
    team.judges.reduce(into: [:]) { keys, judge in
      guard let id = judge.id, let now = declared?.member(id) else { return }
      let lost = Set((judge.revokedKeys + now.revokedKeys).map(\.fingerprint))
      keys[id] = judge.keys.compactMap { try? SSHPublicKey(line: $0).fingerprint }.filter {
        !lost.contains($0)
      }
    }
  }

  /// A member as far as it counts.
  public func member(_ id: JSONString) -> Team.Member? { team.member(id) }

  /// What a review is judged by.
  func under(_ policy: ApprovalPolicy, signature: SignatureJudge? = nil) -> ReviewContext {
    ReviewContext(
      policy: policy, team: team, declared: declared, signature: signature ?? { standing(of: $0, id: $1) })
  }
}

extension Authority.WaitingChange {
  /// Whether it gives nobody anything: whatever it leaves was there before. Such a change counts against a yes at once.
  public var onlyTakesAway: Bool {
    let parts: [GuardedFacts.Part] = [.rights, .keys, .delegations]
    let isOfDecisions = field.map { name in parts.contains { $0.rawValue == name } } ?? false
    return isOfDecisions && (after ?? .null).isPart(of: before ?? .null)
  }

  /// The kind of the document it stands in.
  var kind: JSONString {
    switch subject {
    case .workflow: WorkspaceSettings.kind
    case .member: Team.kind
    }
  }

  fileprivate func isOwn(of person: JSONString) -> Bool {
    let own = [GuardedFacts.Part.keys, .delegations].map(\.rawValue)
    return subject == .member(person) && field.map(own.contains) ?? false
  }
}

extension Team.Member {
  /// Whether a later entry of the same person has every key and every right to approve of this one.
  fileprivate func decidesAsMuch(as later: Team.Member?) -> Bool {
    guard let later else { return false }
    let places = later.placesToApprove
    return Set(keys).isSubset(of: later.keys)
      && (places.contains("*") || placesToApprove.isSubset(of: places))
  }

  fileprivate var placesToApprove: Set<JSONString> {
    Set(
      (value["rights"]?.object?.members ?? []).filter { $0.value.array?.contains("approve") ?? false }
        .map(\.key))
  }
}

extension JSONValue {
  /// Whether it holds no member and no element that the other does not.
  func isPart(of other: JSONValue) -> Bool {
    switch (self, other) {
    case (.null, _): true
    case (.array(let elements), .array(let others)): elements.allSatisfy(others.contains)
    case (.object(let object), .object(let others)):
      object.members.allSatisfy { member in others[member.key].map { member.value.isPart(of: $0) } ?? false }
    default: self == other
    }
  }
}
