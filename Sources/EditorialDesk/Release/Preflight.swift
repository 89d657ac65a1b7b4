public import Documents
public import EditorialReview
public import JSONTree
public import Wording

/// What somebody is about to say went out.
public struct ReleaseWish: Sendable {
  public var channel: JSONString
  /// `nil` for what it must be: a correction where something else went out before, else a publication.
  public var nature: Publication.Nature?
  /// When it went out, or goes out, by the clocks of the workspace’s place, which shifts go by.
  public var at: Moment
  /// Who publishes: the id of a member, else a name.
  public var by: JSONString
  /// Where it went out, or what is taken back; `nil` where that is not said.
  public var url: String?

  public init(
    on channel: JSONString, nature: Publication.Nature? = nil, at: Moment, by: JSONString, url: String? = nil
  ) {
    (self.channel, self.nature, self.at, self.by, self.url) = (channel, nature, at, by, url)
  }
}

/// What a rule at level error says of a text, for whoever is about to publish it.
public struct RuleObjection: Hashable, Sendable {
  public var rule: String
  public var message: Sentence

  public init(rule: String, message: Sentence) { (self.rule, self.message) = (rule, message) }
}

/// Everything to know before a text goes out on a channel, in one look.
///
/// A pure function of the states and the findings: what holds it back, what a person should know, and exactly what would be
/// recorded.
public struct Preflight: Sendable {
  public let document: Document
  public let channel: JSONString
  /// The account it appears under; `nil` for a channel that is gone.
  public let account: Channels.Channel?
  /// What the public will see, as it is named by `contentHash`.
  public let content: JSONValue
  public let contentHash: ContentHash
  public let nature: Publication.Nature
  public let at: Moment
  public let state: EditorialState
  /// When it is to go out; `nil` without a time.
  public let scheduledAt: Moment?
  /// Whose yes is on these very words.
  public var approvedBy: [JSONString] { approvals.map(\.voice) }
  /// The same with who said it, which is somebody else where a voice was given away; by voice.
  public let approvals: [(voice: JSONString, by: [JSONString])]
  public let blockers: [ReleaseBlocker]
  public let cautions: [ReleaseCaution]

  /// Whether nothing stands against it.
  public var isClear: Bool { blockers.isEmpty }

  /// - Parameters:
  ///   - document: A post or a reply, one of the documents of the states.
  ///   - objections: What rules at level error say of its text on this channel.
  public init(
    of document: Document, _ wish: ReleaseWish, in states: EditorialStates, objections: [RuleObjection]
  ) {
    let documents = states.documents
    (self.document, channel, at) = (document, wish.channel, wish.at)
    let account = documents.channels.first { $0.id == wish.channel }
    self.account = account
    let isPost = document.kind.name == Post.kind
    let post = Post(document.value)
    if isPost {
      let seen = documents.content(of: post, on: wish.channel)
      (content, contentHash) = (seen.value, seen.hash)
      state = states.state(of: document, on: wish.channel)
    } else {
      content = documents.content(of: document)
      contentHash = documents.contentHash(of: document)
      state = states.state(ofReply: document)
    }
    let schedule = post.variants.first { $0.channel == wish.channel }?.schedule
    let scheduledAt = isPost ? schedule.flatMap { Moment(rfc3339: $0.at) } : nil
    self.scheduledAt = scheduledAt
    let reviews =
      isPost
      ? states.reviewStatus(of: document, on: wish.channel)
      : states.reviewStatus(of: document, rightsOn: wish.channel)
    approvals = Dictionary(grouping: reviews.approvals, by: \.voice).sorted { $0.key < $1.key }
      .map { ($0.key, Set($0.value.map(\.by)).sorted()) }

    let outside = OutsideText(all: states.textsOutside(of: document, on: wish.channel))
    let nature = wish.nature ?? outside.nature(of: contentHash)
    self.nature = nature
    var blockers = outside.blockers(of: contentHash, nature, at: wish.url)
    var cautions: [ReleaseCaution] = []
    if wish.at.instant > states.now { blockers.append(.notYet(wish.at)) }
    // What is taken back needs nobody's yes.
    if nature != .withdrawal {
      blockers += states.blockers(of: document, wish, account, reviews, isPost: isPost)
      blockers += objections.map(ReleaseBlocker.rule)
      // A correction comes when something is wrong.
      cautions += states.cautions(
        of: document, wish, account, reviews, nature == .correction ? nil : scheduledAt)
    }
    cautions += states.cautions(about: wish.by, on: wish.channel, at: wish.at)
    self.blockers = blockers
    self.cautions = cautions
  }
}

/// What is out there of a document on a channel.
private struct OutsideText {
  let all: [TextOutside]

  /// What went out last; `nil` for nothing, and for what was taken back.
  var last: Publication? { all.last?.last }

  func nature(of hash: ContentHash) -> Publication.Nature {
    last.map { $0.contentHash == hash ? .publication : .correction } ?? .publication
  }

  func blockers(of hash: ContentHash, _ nature: Publication.Nature, at url: String?) -> [ReleaseBlocker] {
    let urls = all.flatMap(\.urls)
    if nature == .withdrawal, let url, !urls.isEmpty,
      !urls.contains(where: { $0.utf8.elementsEqual(url.utf8) })
    {
      return [.notAtAddress(url)]
    }
    return switch (nature, last) {
    case (.publication, let last?): [.alreadyOut(last)]
    case (.correction, let last?): last.contentHash == hash ? [.nothingCorrected(last)] : []
    case (.correction, nil), (.withdrawal, nil): [.nothingOut]
    case (.publication, nil), (.withdrawal, .some): []
    }
  }
}

extension EditorialStates {
  fileprivate func blockers(
    of document: Document, _ wish: ReleaseWish, _ account: Channels.Channel?, _ reviews: ReviewStatus,
    isPost: Bool
  ) -> [ReleaseBlocker] {
    var blockers: [ReleaseBlocker] = []
    let post = Post(document.value)
    if isPost { blockers += holds(on: post, channel: wish.channel).map(ReleaseBlocker.held) }
    if isConflicted(document) { blockers.append(.conflicted) }
    let stored = document.value["state"]?.text ?? ""
    if let given = EditorialState(rawValue: stored), Self.givenUp.contains(given) {
      blockers.append(.givenUp(given))
    }
    if !reviews.isReady {
      if let objection = reviews.objections.last {
        blockers.append(.objected(by: objection.by, remark: objection.review.remark))
      } else {
        let voices = reviews.staleApprovals.map(\.voice)
        let each = voices.enumerated().filter { !voices[..<$0.offset].contains($0.element) }.map(\.element)
        let content = isPost ? documents.content(of: post, on: wish.channel) : nil
        let isOfPictures = reviews.staleApprovals.allSatisfy { decision in
          let contents = decision.review.contents
          guard let content, let seen = contents.first(where: { $0.channel == wish.channel })?.seen else {
            return false
          }
          return seen.text == content.text && seen.account == content.account
        }
        blockers.append(reviews.isStale ? .stale(each, isOfPictures: isOfPictures) : .notApproved)
      }
    }
    switch account?.state {
    case nil: blockers.append(.noChannel)
    case "closed": blockers.append(.channelClosed)
    default: break
    }
    for (asset, view) in assets(of: document, on: wish.channel) {
      let isOver = view.permissionUntil.flatMap { Instant(rfc3339: $0) }.map { $0 <= wish.at.instant }
      if view.permission == .refused {
        blockers.append(.permissionRefused(asset))
      } else if isOver ?? false {
        blockers.append(.permissionOver(asset))
      }
    }
    if let end = post.embargoUntil.flatMap({ Moment(rfc3339: $0) }), isPost, wish.at.instant < end.instant {
      blockers.append(.embargo(until: end))
    }
    if let end = post.expiresAt.flatMap({ Moment(rfc3339: $0) }), isPost, end.instant <= wish.at.instant {
      blockers.append(.expired(since: end))
    }
    return blockers
  }

  private static let givenUp: Set<EditorialState> = [.cancelled, .archived, .withdrawn, .superseded]

  /// The pictures, films and sounds that go with it, each once.
  private func assets(of document: Document, on channel: JSONString) -> [(Document, Asset)] {
    let post = Post(document.value)
    let thread = post.variants.first { $0.channel == channel }?.thread ?? []
    let ids =
      post.assets.compactMap { $0["asset"]?.string }
      + thread.flatMap { $0["assets"]?.array ?? [] }.compactMap(\.string)
    var seen: Set<JSONString> = []
    return ids.filter { seen.insert($0).inserted }.compactMap { id in
      documents[id].flatMap { $0.kind.name == Asset.kind ? ($0, Asset($0.value)) : nil }
    }
  }

  fileprivate func cautions(
    of document: Document, _ wish: ReleaseWish, _ account: Channels.Channel?, _ reviews: ReviewStatus,
    _ scheduledAt: Moment?
  ) -> [ReleaseCaution] {
    var cautions: [ReleaseCaution] = []
    if reviews.approvals.isEmpty, reviews.isReady, reviews.policy.preset == .optional {
      cautions.append(.nobodyApproved)
    }
    if account?.state == "dormant" { cautions.append(.dormant) }
    for (asset, view) in assets(of: document, on: wish.channel) {
      if view.permission == .asked { cautions.append(.permissionAsked(asset)) }
      let own = Post(document.value).assets.first { $0["asset"]?.string == asset.id }?["altText"]?.text
      if (own ?? "").utf8.isEmpty, (view.altText ?? "").utf8.isEmpty { cautions.append(.noAltText(asset)) }
    }
    if let scheduledAt {
      let late = wish.at.instant.secondsSince1970 - scheduledAt.instant.secondsSince1970
      if late < -Self.tolerance { cautions.append(.early(scheduledAt)) }
      if late > Self.tolerance { cautions.append(.late(scheduledAt)) }
    }
    return cautions
  }

  /// A quarter of an hour around its time is its time, in seconds.
  private static let tolerance = 900

  fileprivate func cautions(
    about person: JSONString, on channel: JSONString, at: Moment
  ) -> [ReleaseCaution] {
    guard let team = documents.single(Team.self) else { return [] }
    guard let member = team.member(person) else { return [.notOfTheTeam] }
    var cautions: [ReleaseCaution] = []
    // Where nobody has the right, the team does not use it.
    let isUsed = team.members.contains { $0.may("publish", on: channel) }
    if isUsed, !member.may("publish", on: channel) { cautions.append(.noRight) }
    if team.keepsShifts(on: channel) {
      let onDuty = team.onDuty(at: at).filter { $0.covers(channel) }.map(\.member)
      if !onDuty.contains(where: { $0.id == person }) {
        cautions.append(.offDuty(others: onDuty.map(\.shownName)))
      }
    }
    return cautions
  }
}
