public import Documents
public import EditorialReview
public import JSONTree
public import Wording

/// What a month was: what people said to us, what went out, what we follow, which crises there were.
///
/// A pure function of the documents, the moment and the clocks of the brand. Dialogue comes first: the answers people got
/// say more than the number of those who follow.
public struct MonthReview: Sendable {
  /// The first day.
  public let month: CivilDate
  public let brand: String
  /// Who got an answer, and how long it took; of what came in the month.
  public let dialogue: InboxCoverage
  /// What went out, by channel; only channels that are open, or on which something went out.
  public let channels: [ChannelFigures]
  /// What went out, was put right or was taken back, by time; at the same second by post and channel.
  public let outings: [Outing]
  /// How much of what went out belongs to each pillar of the line, sorted by name; with what the line wants.
  public let pillars: [PillarShare]
  /// Posts by their nature, sorted by it.
  public let natures: [(nature: String, count: Int)]
  public let indicators: [IndicatorSeries]
  /// Crises that were open on a day of the month, by when they were declared.
  public let crises: [Document]
  /// What is planned for the month after.
  public let planned: Int

  public struct ChannelFigures: Hashable, Sendable {
    public var channel: JSONString
    public var published = 0
    /// Texts that were put right after they went out.
    public var corrected = 0
    public var withdrawn = 0
    /// Planned for a day of the month that is over, and never out.
    public var missed = 0
  }

  /// Something that the public saw change.
  public struct Outing: Hashable, Sendable {
    public var at: Moment
    public var channel: JSONString
    public var title: String
    public var nature: Publication.Nature
    public var url: String?
  }

  public struct PillarShare: Hashable, Sendable {
    public var pillar: String
    public var count: Int
    /// Of 1; `nil` where the line wants nothing of it.
    public var wanted: JSONNumber?
  }

  /// - Parameter month: Any day of it.
  public init(of month: CivilDate, _ states: EditorialStates, clocks: TimeZoneRules) {
    let days = month.startOfMonth...month.endOfMonth
    self.month = days.lowerBound
    let documents = states.documents
    brand = documents.single(WorkspaceSettings.self)?.brand ?? "Ligne"
    let publications = documents.views(Publication.self).filter { entry in
      guard let at = entry.view.at.flatMap({ Instant(rfc3339: $0) }) else { return false }
      return days.contains(clocks.moment(at).date)
        && entry.view.post.flatMap { documents[$0] }?.kind.name == Post.kind
    }.map(\.view)
    dialogue = InboxCoverage(of: states, zone: clocks, from: days.lowerBound, to: days.upperBound)
    let releases = states.releases
    outings = Self.outings(publications, in: documents, clocks)
    channels = Self.channels(of: documents, publications, releases, days, clocks)
    let posts = Set(publications.filter { $0.nature == .publication }.compactMap(\.post))
      .sorted().compactMap { documents[$0] }
    pillars = Self.pillars(of: posts, in: documents)
    natures = Dictionary(grouping: posts.compactMap { Post($0.value).nature }, by: { JSONString($0) })
      .sorted { $0.key < $1.key }.map { ($0.key.text, $0.value.count) }
    indicators = IndicatorSeries.all(in: documents, clocks: clocks)
    crises = Self.crises(of: documents, days, clocks)
    let next = days.upperBound.adding(days: 1)
    planned = releases.count { release in
      release.state.isAhead && (next...next.endOfMonth).contains(clocks.moment(release.at.instant).date)
    }
  }

  private static func channels(
    of documents: DocumentCollection, _ publications: [Publication], _ releases: [Release],
    _ days: ClosedRange<CivilDate>, _ clocks: TimeZoneRules
  ) -> [ChannelFigures] {
    var figures: [JSONString: ChannelFigures] = [:]
    func count(_ channel: JSONString, _ field: WritableKeyPath<ChannelFigures, Int>) {
      figures[channel, default: ChannelFigures(channel: channel)][keyPath: field] += 1
    }
    for publication in publications {
      guard let channel = publication.channel else { continue }
      switch publication.nature {
      case .publication: count(channel, \.published)
      case .correction: count(channel, \.corrected)
      case .withdrawal: count(channel, \.withdrawn)
      }
    }
    for release in releases where release.state == .expired {
      if days.contains(clocks.moment(release.at.instant).date) { count(release.channel, \.missed) }
    }
    let open = documents.channels.filter { $0.state == "active" }.compactMap(\.id)
    for channel in open where figures[channel] == nil { figures[channel] = ChannelFigures(channel: channel) }
    return figures.values.sorted { $0.channel < $1.channel }
  }

  private static func outings(
    _ publications: [Publication], in documents: DocumentCollection, _ clocks: TimeZoneRules
  ) -> [Outing] {
    let outings = publications.compactMap { publication -> (post: JSONString, outing: Outing)? in
      guard let post = publication.post, let channel = publication.channel,
        let at = publication.at.flatMap({ Instant(rfc3339: $0) })
      else { return nil }
      return (
        post,
        Outing(
          at: clocks.moment(at), channel: channel, title: documents[post]?.title ?? post.text,
          nature: publication.nature, url: publication.url)
      )
    }
    return outings.sorted {
      ($0.outing.at.instant.secondsSince1970, $0.post, $0.outing.channel)
        < ($1.outing.at.instant.secondsSince1970, $1.post, $1.outing.channel)
    }.map(\.outing)
  }

  private static func pillars(of posts: [Document], in documents: DocumentCollection) -> [PillarShare] {
    var counts: [JSONString: Int] = [:]
    for post in posts {
      if let pillar = post.value["pillar"]?.string { counts[pillar, default: 0] += 1 }
    }
    var wanted: [JSONString: JSONNumber] = [:]
    for (_, guideline) in documents.views(Guideline.self) {
      for (name, share) in guideline.pillars { wanted[JSONString(name)] = share }
    }
    return Set(counts.keys).union(wanted.keys).sorted().map { name in
      PillarShare(pillar: name.text, count: counts[name] ?? 0, wanted: wanted[name])
    }
  }

  private static func crises(
    of documents: DocumentCollection, _ days: ClosedRange<CivilDate>, _ clocks: TimeZoneRules
  ) -> [Document] {
    let open = documents.views(CrisisActivation.self).compactMap { document, crisis -> (Int, Document)? in
      guard let start = crisis.declaredAt.flatMap({ Instant(rfc3339: $0) }),
        clocks.moment(start).date <= days.upperBound
      else { return nil }
      if crisis.isClosed, let end = crisis.closedAt.flatMap({ Instant(rfc3339: $0) }),
        clocks.moment(end).date < days.lowerBound
      {
        return nil
      }
      return (start.secondsSince1970, document)
    }
    return open.sorted { ($0.0, $0.1.path) < ($1.0, $1.1.path) }.map(\.1)
  }
}
