public import Documents
public import EditorialReview
public import JSONTree
public import Wording

/// What goes out and what happens on some days, by the clocks of the brand.
///
/// A pure function of the documents, the moment and the clocks: what is planned and what went out, what is wrong with its
/// time, the milestones of campaigns, the days and channels without anything, and what has no date yet.
public struct EditorialCalendar: Sendable {
  /// A release and what a person should know of its time.
  public struct Entry: Sendable {
    public var release: Release
    /// Its time by the clocks of the calendar.
    public var at: Moment
    /// In the order of ``Remark``’s cases.
    public var remarks: [Remark]
    /// What it hangs on.
    public var anchor: Anchor?
  }

  /// A post whose time depends on a milestone.
  public struct Anchor: Hashable, Sendable {
    public var milestone: String
    /// After it; before it where the number is below zero.
    public var minutes: Int
    /// Whether the milestone is still so far away; it may have moved.
    public var holds: Bool
  }

  /// A post that has no time yet, and where.
  public struct Undated: Sendable {
    public var document: Document
    /// `nil` for a post that is for no channel yet.
    public var channel: JSONString?
    public var state: EditorialState
  }

  /// Why somebody may want to choose another time. Nothing is kept from going out for it.
  public enum Remark: Hashable, Sendable {
    /// Another post goes out on the channel in the same minutes.
    case tooClose(title: String)
    /// The audience of the channel is elsewhere at that time.
    case outsideAudience
    /// The channel takes so many a day, and this one is beyond.
    case overDay(limit: Int)
    /// The same of a week, Monday to Sunday.
    case overWeek(limit: Int)
    /// Its time has passed, and nobody has said that it went out.
    case late
  }

  /// A date that posts may hang on.
  public struct Milestone: Sendable {
    public var campaign: Document
    public var id: JSONString
    public var title: String
    public var at: Moment
  }

  /// Both included.
  public let days: ClosedRange<CivilDate>
  /// The day of the moment the calendar was made.
  public let today: CivilDate
  /// By time.
  public let entries: [Entry]
  /// By time.
  public let milestones: [Milestone]
  /// Posts that are not out, and have a channel without a time or no channel yet; by path, and then by channel.
  public let backlog: [Undated]
  /// What had its time before these days, and of which nobody has said that it went out; by time. Only where they are not over.
  public let late: [Entry]
  /// Active channels on which nothing goes out in these days.
  public let quietChannels: [JSONString]

  /// - Parameters:
  ///   - days: The first and the last one.
  ///   - channel: On this channel only; `nil` for all.
  ///   - clocks: Those of the brand.
  ///   - zones: Those of other zones, by name; `nil` for one that is not known, whose audience nothing is said of.
  public init(
    of states: EditorialStates, days: ClosedRange<CivilDate>, on channel: JSONString? = nil,
    clocks: TimeZoneRules, zones: (String) -> TimeZoneRules?
  ) {
    self.days = days
    let today = clocks.moment(states.now).date
    self.today = today
    let documents = states.documents
    let posts = states.standingPosts
    let releases = states.releases(of: posts).filter { channel == nil || $0.channel == channel }
    late =
      days.upperBound < today
      ? []
      : releases.filter { release in
        release.isLate(at: states.now) && clocks.moment(release.at.instant).date < days.lowerBound
      }.map { release in
        Entry(
          release: release, at: clocks.moment(release.at.instant), remarks: [.late],
          anchor: Self.anchor(of: release, in: documents))
      }
    let looked = Timing(of: releases, on: documents.channels, clocks: clocks, zones: zones)
    entries = releases.indices.compactMap { index in
      let at = clocks.moment(releases[index].at.instant)
      guard days.contains(at.date) else { return nil }
      let isLate = releases[index].isLate(at: states.now)
      return Entry(
        release: releases[index], at: at, remarks: (looked.remarks[index] ?? []) + (isLate ? [.late] : []),
        anchor: Self.anchor(of: releases[index], in: documents))
    }
    milestones = documents.views(Campaign.self).flatMap { document, campaign in
      campaign.milestones.compactMap { milestone -> Milestone? in
        guard let id = milestone.id, let at = milestone.at.flatMap({ Instant(rfc3339: $0) }) else {
          return nil
        }
        return Milestone(
          campaign: document, id: id, title: milestone.title ?? id.text, at: clocks.moment(at))
      }
    }.filter { days.contains($0.at.date) }.sorted {
      ($0.at.instant.secondsSince1970, $0.campaign.path, $0.id)
        < ($1.at.instant.secondsSince1970, $1.campaign.path, $1.id)
    }
    backlog = Self.backlog(of: posts, states, on: channel)
    let busy = Set(
      entries.filter(\.release.takesItsPlace).map(
        \.release.channel))
    quietChannels = documents.channels.filter { $0.state == "active" }.compactMap(\.id)
      .filter { !busy.contains($0) && (channel == nil || $0 == channel) }
  }

  private static func anchor(of release: Release, in documents: DocumentCollection) -> Anchor? {
    let post = Post(release.document.value)
    guard let anchor = post.variants.first(where: { $0.channel == release.channel })?.anchor,
      let campaign = post.campaign.flatMap({ documents[$0] }),
      let milestone = Campaign(campaign.value).milestones.first(where: { $0.id == anchor.milestone })
    else { return nil }
    let due = milestone.at.flatMap { Instant(rfc3339: $0) }.flatMap { anchor.due(after: $0) }
    return Anchor(
      milestone: milestone.title ?? anchor.milestone.text, minutes: anchor.minutes,
      holds: due == release.at.instant)
  }

  private static func backlog(
    of posts: [StandingPost], _ states: EditorialStates, on channel: JSONString?
  ) -> [Undated] {
    posts.flatMap { entry -> [Undated] in
      let waiting = entry.standings.filter { standing in
        standing.state.isAhead && entry.post.releaseTime(on: standing.channel) == nil
          && (channel == nil || standing.channel == channel)
      }
      if !entry.standings.isEmpty {
        return waiting.map { Undated(document: entry.document, channel: $0.channel, state: $0.state) }
      }
      let state = states.state(ofPost: entry.document, on: [])
      return channel == nil && state.isAhead ? [Undated(document: entry.document, state: state)] : []
    }
  }
}

extension EditorialCalendar {
  /// Days of the calendar that are not over and on which nothing goes out.
  public var gaps: [CivilDate] {
    let busy = Set(
      entries.filter(\.release.takesItsPlace).map(\.at.date))
    let first = max(days.lowerBound, today)
    guard first <= days.upperBound else { return [] }
    return (first.daysSince1970...days.upperBound.daysSince1970).map(CivilDate.init(daysSince1970:))
      .filter { !busy.contains($0) }
  }
}
