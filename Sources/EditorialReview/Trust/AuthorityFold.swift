import Documents
import JSONTree

/// The versions of the two guarded files, taken in one after the other.
struct AuthorityFold {
  private(set) var facts: GuardedFacts
  private var waiting: [GuardedFacts.Fact: Waiting] = [:]
  /// Keys and delegations that count without anybody's yes, with what counted before and who made them, the oldest first.
  private var unconfirmed: [(fact: GuardedFacts.Fact, before: JSONValue?, by: [JSONString])] = []
  /// Those of them that count no more since the team counts signed yeses only.
  private var putBack: [GuardedFacts.Fact: Waiting] = [:]
  /// Who may approve everywhere by what counts, and had that or their place taken away by a version.
  private(set) var left: Set<JSONString> = []
  private var isFirst = true
  private let reviews: [JSONString: [(document: Document, review: Review)]]
  private let signatures: SignatureRecords
  /// The team as it stands at the end: what it lost counts for nothing, whenever it was said.
  let declared: Team?
  /// The versions in which each person lost something that a yes needs; `nil` for what is not committed.
  private let losses: [Authority.Loss: [String?]]
  /// The team as the version has it that is taken in.
  private var present: Team?

  private struct Waiting {
    var value: JSONValue?
    var by: Set<JSONString>
  }

  init(documents: DocumentCollection, versions: [Authority.Version], signatures: SignatureRecords) {
    facts = GuardedFacts(settings: nil, team: nil)
    let subjects = Set(versions.flatMap { [$0.settings?.id, $0.team?.id].compactMap { $0 } })
    reviews = Dictionary(
      grouping: documents.views(Review.self).compactMap { entry in
        entry.view.subject.map(subjects.contains) ?? false ? (entry.document, entry.view) : nil
      }, by: { $0.1.subject ?? "" })
    self.signatures = signatures
    declared = versions.last?.team.map { Team($0.value) }
    losses = versions.reduce(into: [:]) { losses, version in
      for loss in version.losses { losses[loss, default: []].append(version.commit) }
    }
  }

  mutating func take(in version: Authority.Version) {
    let seen = GuardedFacts(settings: version.settings?.value, team: version.team?.value)
    present = version.team.map { Team($0.value) }
    if isFirst {
      // Whoever joins a team starts from what its first version says.
      (facts, isFirst) = (seen, false)
      return
    }
    noteWhoLeft(in: version)
    for fact in waiting.keys where seen[fact] == facts[fact] { waiting[fact] = nil }
    // Judged by what counted before it, all of it: who asks for approval from now on may still do the rest at once.
    let before = facts
    for fact in seen.differences(from: before) {
      // But of the keys it notes as lost, for one has to be left.
      let judge = if case .member(_, .revokedKeys) = fact { facts } else { before }
      if judge.allow(fact, toBecome: seen[fact], by: version.by) || isOnlyJudge(version.by, before.team) {
        if fact.isOwnToGive { unconfirmed.append((fact, facts[fact], version.by)) }
        accept(fact, seen[fact])
      } else if waiting[fact].map({ $0.value != seen[fact] }) ?? true {
        let earlier = putBack[fact].flatMap { $0.value == seen[fact] ? $0 : nil }
        waiting[fact] =
          earlier ?? Waiting(value: seen[fact], by: Set(version.by).union(waiting[fact]?.by ?? []))
      }
    }
    // One yes can make another count: that of a person who just got the right.
    while let document = [version.settings, version.team].compactMap({ $0 }).first(where: isAgreedOn) {
      for fact in waitingFacts(of: document) {
        unconfirmed.removeAll { $0.fact == fact }
        accept(fact, seen[fact])
      }
    }
    if !before.countsSignedYesesOnly, facts.countsSignedYesesOnly { putBackWhatIsFromBeside(version) }
  }

  private mutating func noteWhoLeft(in version: Authority.Version) {
    for loss in version.losses where !loss.isOfVoice { left.insert(loss.person) }
    left = left.filter { present?.member($0)?.may("approve", on: "*") != true }
  }

  /// Whoever asks for signatures does so of the keys and voices they see. One that others wrote down meanwhile, or that is made
  /// up in a version from before, waits for a yes like any that comes later. Where no key would be left the first stays: somebody
  /// has to begin.
  private mutating func putBackWhatIsFromBeside(_ version: Authority.Version) {
    let known = ([version.team] + version.teamsBefore).map { GuardedFacts(settings: nil, team: $0?.value) }
    let beside = unconfirmed.filter { change in
      known.allSatisfy { !(facts[change.fact] ?? .null).isPart(of: $0[change.fact] ?? .null) }
    }
    unconfirmed = []
    let (counting, keysOfJudges) = (
      facts, facts.team.judges(withKey: true).map { GuardedFacts.Fact.member($0, .keys) }
    )
    // The newest first: what counted before the oldest is what counts again.
    for (fact, before, authors) in beside.reversed() {
      if putBack[fact] == nil { putBack[fact] = Waiting(value: facts[fact], by: Set(authors)) }
      facts[fact] = before
    }
    guard facts.team.judges(withKey: true).isEmpty,
      let first = beside.first(where: { keysOfJudges.contains($0.fact) })?.fact
    else { return }
    facts[first] = counting[first]
    putBack[first] = nil
  }

  /// Whether a change is by the one person left who may approve everywhere, who has no key: there is nobody else to ask, and
  /// a decision of theirs would prove no more than the version does.
  private func isOnlyJudge(_ authors: [JSONString], _ team: Team) -> Bool {
    let judges = team.judges(withKey: false, without: left)
    guard judges.count == 1, let judge = team.member(judges[0]) else { return false }
    return judge.keys.isEmpty && authors == judges
  }

  private mutating func accept(_ fact: GuardedFacts.Fact, _ value: JSONValue?) {
    facts[fact] = value
    waiting[fact] = nil
  }

  private func waitingFacts(of document: Document) -> [GuardedFacts.Fact] {
    waiting.keys.filter { $0.kind == document.kind.name }.sorted()
  }

  /// Whether somebody whose yes counts has said yes to what waits in a document.
  private func isAgreedOn(_ document: Document) -> Bool {
    let waitingFacts = waitingFacts(of: document)
    guard !waitingFacts.isEmpty, let about = reviews[document.id] else { return false }
    let hash = DocumentCollection([document]).contentHash(of: document)
    let version = facts.version
    let current = about.filter { entry in
      // A yes given under other facts was a yes to another change.
      entry.review.contentHash == hash
        && entry.review.policyVersion.flatMap { ContentHash($0) } == version
    }
    guard !current.isEmpty else { return false }
    return isApproved(current, of: waitingFacts) || isVouchedFor(current, waitingFacts)
  }

  /// By somebody else who may approve everywhere. Where there is nobody else, their own yes is all there can be; where
  /// nobody knows who made the change, one of two people is somebody else.
  private func isApproved(
    _ reviews: [(document: Document, review: Review)], of waitingFacts: [GuardedFacts.Fact]
  ) -> Bool {
    let authors = waitingFacts.reduce(into: Set<JSONString>()) { $0.formUnion(waiting[$1]?.by ?? []) }
    let team = facts.team
    let isSigned = facts.countsSignedYesesOnly
    let judges = team.judges(withKey: isSigned, without: left)
    let (reviews, declared) = asTheyWere(reviews)
    let others = judges.filter { !authors.contains($0) }
    let policy = ApprovalPolicy(
      preset: .required, hasFourEyes: !others.isEmpty, wantsSignatures: isSigned)
    let context = ReviewContext(policy: policy, team: team, declared: declared) { review, id in
      signatures.standing(of: review, id: id, team: team, declared: declared)
    }
    // A no in the name of somebody who signs is none: it would undo what was agreed on long ago.
    let said = reviews.filter { document, review in
      review.verdict == .approve || ![.missing, .refused].contains(context.signature(review, document.id))
    }
    let status = ReviewStatus(
      of: said.map { ($0.document, $0.review, true) }, on: nil, authors: authors, in: context)
    let needed = authors.isEmpty ? min(2, judges.count) : 1
    return status.isApproved && Set(status.approvals.map(\.by)).count >= needed
  }

  /// By the person themself, with a key that counts: keys and voices are theirs to give.
  private func isVouchedFor(
    _ reviews: [(document: Document, review: Review)], _ waitingFacts: [GuardedFacts.Fact]
  ) -> Bool {
    let people = Set(
      waitingFacts.map { fact -> JSONString? in
        switch fact {
        case .member(let id, .keys), .member(let id, .delegations): id
        case .workflow, .member: nil
        }
      })
    guard people.count == 1, case let person?? = people.first else { return false }
    let team = facts.team
    let (reviews, declared) = asTheyWere(reviews)
    // Who has left gives nothing any more.
    if let declared, declared.member(person) == nil { return false }
    return reviews.contains { entry in
      entry.review.by == person && entry.review.onBehalfOf == nil && entry.review.verdict == .approve
        && signatures.standing(of: entry.review, id: entry.document.id, team: team, declared: declared)
          == .verified
    }
  }

  /// The team by which a yes to a change is judged: as it stands at the end, but for whom it took something from since. What they
  /// had said by then was theirs to say, and what was agreed on stays so when they leave.
  ///
  /// - Returns: Also those decisions that count under it: what came later in the name of who left is nobody's.
  private func asTheyWere(
    _ reviews: [(document: Document, review: Review)]
  ) -> (reviews: [(document: Document, review: Review)], declared: Team?) {
    guard let declared, let present, !losses.isEmpty else { return (reviews, declared) }
    var members = Dictionary(declared.members.map { ($0.id ?? "", $0.value) }) { first, _ in first }
    var reviews = reviews
    for person in Set(reviews.flatMap { [$0.review.by, $0.review.onBehalfOf].compactMap(\.self) }) {
      let own = losses[Authority.Loss(person: person, isOfVoice: false)] ?? []
      let ofVoice = losses[Authority.Loss(person: person, isOfVoice: true)] ?? []
      guard !own.isEmpty || !ofVoice.isEmpty, var member = present.member(person)?.value.object else {
        continue
      }
      func wasThere(_ entry: (document: Document, review: Review)) -> Bool {
        let review = entry.review
        let mattering = review.onBehalfOf == person ? own + ofVoice : review.by == person ? own : []
        return mattering.allSatisfy { $0.map { signatures.wasThere(entry.document.id, $0) } ?? true }
      }
      guard
        reviews.contains(where: { [$0.review.by, $0.review.onBehalfOf].contains(person) && wasThere($0) })
      else { continue }
      let isStillThere = declared.member(person) != nil
      reviews.removeAll { !wasThere($0) && !(isStillThere && $0.review.verdict != .approve) }
      // That a key is lost is never forgotten.
      let revoked = JSONString(GuardedFacts.Part.revokedKeys.rawValue)
      let noted = [declared, facts.team].flatMap { $0.member(person)?.value[revoked]?.array ?? [] }
      member[revoked] = .array(noted + (member[revoked]?.array ?? []))
      members[person] = .object(member)
    }
    return (reviews, Team(["members": .array(members.sorted { $0.key < $1.key }.map(\.value))]))
  }

  var waitingChanges: [Authority.WaitingChange] {
    waiting.sorted { $0.key < $1.key }.map { fact, change in
      let subject: Authority.WaitingChange.Subject
      let field: String?
      switch fact {
      case .workflow: (subject, field) = (.workflow, nil)
      case .member(let id, let part): (subject, field) = (.member(id), part.rawValue)
      }
      return Authority.WaitingChange(
        subject: subject, field: field, before: facts[fact], after: change.value, by: change.by.sorted())
    }
  }
}
