import Documents
import EditorialReview
import JSONTree
import Wording

/// What is wrong with the times of releases: too close, too many, or when nobody is there.
///
/// Only of what is still to go out; what went out counts, though, for how many a day or a week hold.
struct Timing {
  /// By the place of the release.
  private(set) var remarks: [Int: [EditorialCalendar.Remark]] = [:]

  /// - Parameter releases: By time.
  init(
    of releases: [Release], on channels: [Channels.Channel], clocks: TimeZoneRules,
    zones: (String) -> TimeZoneRules?
  ) {
    let known = channels.reduce(into: [JSONString: Channels.Channel]()) { known, channel in
      if let id = channel.id { known[id] = channel }
    }
    for (channel, places) in Dictionary(grouping: releases.indices, by: { releases[$0].channel }) {
      let places = places.filter { releases[$0].takesItsPlace }
      lookForNeighbours(of: places, in: releases)
      guard let channel = known[channel] else { continue }
      let own = channel.timeZone.map { zones($0) } ?? clocks
      lookForAudience(of: channel, places, in: releases, clocks: own)
      lookForCapacity(of: channel, places, in: releases, clocks: own ?? clocks)
    }
  }

  private func isToLookAt(_ release: Release) -> Bool { release.state.isAhead && release.state != .expired }

  private mutating func lookForNeighbours(of places: [Int], in releases: [Release]) {
    let ahead = places.filter { isToLookAt(releases[$0]) }
    for (earlier, later) in zip(ahead, ahead.dropFirst()) {
      let (first, second) = (releases[earlier], releases[later])
      let distance = second.at.instant.secondsSince1970 - first.at.instant.secondsSince1970
      guard distance < Release.secondsTooClose, first.document.path != second.document.path else { continue }
      remarks[later, default: []].append(.tooClose(title: first.document.title))
    }
  }

  private mutating func lookForAudience(
    of channel: Channels.Channel, _ places: [Int], in releases: [Release], clocks: TimeZoneRules?
  ) {
    let audience = channel.audience
    guard !audience.isEmpty, let clocks else { return }
    for place in places where isToLookAt(releases[place]) {
      let moment = clocks.moment(releases[place].at.instant)
      if !audience.contains(where: { $0.contain(moment) }) {
        remarks[place, default: []].append(.outsideAudience)
      }
    }
  }

  private mutating func lookForCapacity(
    of channel: Channels.Channel, _ places: [Int], in releases: [Release], clocks: TimeZoneRules
  ) {
    let dates = places.map { clocks.moment(releases[$0].at.instant).date }
    func look(_ limit: Int?, _ unit: (CivilDate) -> CivilDate, _ remark: (Int) -> EditorialCalendar.Remark) {
      guard let limit else { return }
      var counts: [CivilDate: Int] = [:]
      for (place, date) in zip(places, dates) {
        counts[unit(date), default: 0] += 1
        if counts[unit(date), default: 0] > limit, isToLookAt(releases[place]) {
          remarks[place, default: []].append(remark(limit))
        }
      }
    }
    look(channel.postsPerDay, { $0 }, { .overDay(limit: $0) })
    look(channel.postsPerWeek, { $0.startOfWeek }, { .overWeek(limit: $0) })
  }
}
