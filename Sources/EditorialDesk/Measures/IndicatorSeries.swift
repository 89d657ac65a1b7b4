public import Documents
public import JSONTree
public import Wording

/// An indicator of the organisation, month by month.
public struct IndicatorSeries: Sendable {
  /// A figure with where and when it was read.
  public struct Reading: Hashable, Sendable {
    /// The first day of the month it counts for.
    public var month: CivilDate
    public var number: JSONNumber
    public var source: String
    public var at: Moment
  }

  public let indicator: Indicator
  /// One for each month somebody took a figure in, the oldest first: the last of the month.
  public let readings: [Reading]

  /// The reading of a month; `nil` where nobody took one.
  public func reading(of month: CivilDate) -> Reading? { readings.first { $0.month == month } }

  /// The indicators of a workspace, in its order.
  ///
  /// A reading belongs to the month in which it was taken by the clocks of the brand; one that somebody takes on the first
  /// day of a month and that covers time (`window`) belongs to the month that has just ended.
  public static func all(in documents: DocumentCollection, clocks: TimeZoneRules) -> [IndicatorSeries] {
    guard let workspace = documents.singleDocument(of: WorkspaceSettings.kind) else { return [] }
    var readings: [JSONString: [CivilDate: (key: (Int, JSONString), reading: Reading)]] = [:]
    for (document, metrics) in documents.views(Metrics.self) where metrics.subject == workspace.id {
      guard let instant = metrics.takenAt.flatMap({ Instant(rfc3339: $0) }) else { continue }
      let at = clocks.moment(instant)
      let day = at.date.day == 1 && metrics.window != nil ? at.date.adding(days: -1) : at.date
      let key = (instant.secondsSince1970, document.id)
      for (name, number) in metrics.values {
        let known = readings[name]?[day.startOfMonth]?.key
        if let known, known >= key { continue }
        readings[name, default: [:]][day.startOfMonth] = (
          key,
          Reading(month: day.startOfMonth, number: number, source: metrics.source ?? "", at: at)
        )
      }
    }
    return WorkspaceSettings(workspace.value).indicators.map { indicator in
      let own = indicator.id.flatMap { readings[$0] } ?? [:]
      return IndicatorSeries(
        indicator: indicator, readings: own.values.map(\.reading).sorted { $0.month < $1.month })
    }
  }
}
