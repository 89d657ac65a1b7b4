import JSONTree

extension Channels.Channel {
  /// How many posts it takes a day without wearying people; `nil` where nobody said.
  public var postsPerDay: Int? { value["capacity"]?["perDay"]?.count }
  /// The same of a week.
  public var postsPerWeek: Int? { value["capacity"]?["perWeek"]?.count }
  /// The zone of its audience, where it is not that of the brand.
  public var timeZone: String? { value["timeZone"]?.text }
}
