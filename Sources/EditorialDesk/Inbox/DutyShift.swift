public import Documents
public import JSONTree
public import Wording

/// Hours in which a member looks after some channels.
struct DutyShift: Sendable {
  /// None stands for every day.
  let days: [String]
  let hours: ClockRange
  /// None stands for all.
  let channels: [JSONString]

  /// - Parameter value: An element of a member’s `shifts`. One without hours is for the whole day.
  init(_ value: JSONValue) {
    days = value["days"]?.array?.compactMap(\.text) ?? []
    hours = ClockRange(from: value["from"]?.text, to: value["to"]?.text) ?? .wholeDay
    channels = value["channels"]?.array?.compactMap(\.string) ?? []
  }

  /// Whether it is on at a moment, by the clocks of the place.
  func isOn(at moment: Moment) -> Bool {
    let minute = moment.instant.secondsOfDay(offset: moment.offset) / 60
    let today = moment.date
    let yesterday = CivilDate(daysSince1970: today.daysSince1970 - 1)
    return isOn(minute, of: today) || isOn(minute + ClockRange.minutesOfDay, of: yesterday)
  }

  private func isOn(_ minute: Int, of date: CivilDate) -> Bool {
    let name = weekdayNames[date.weekday]
    return hours.from <= minute && minute < hours.to
      && (days.isEmpty || days.contains { $0.utf8.elementsEqual(name.utf8) })
  }
}

/// Somebody who is on duty.
public struct OnDuty: Sendable {
  public let member: Team.Member
  /// Where; none stands for everywhere.
  public let channels: [JSONString]

  /// Whether the member looks after a channel.
  public func covers(_ channel: JSONString) -> Bool { channels.isEmpty || channels.contains(channel) }
}

extension Team {
  /// Who is on duty at a moment, in the order of the team.
  ///
  /// - Parameter moment: By the clocks of the workspace’s place.
  public func onDuty(at moment: Moment) -> [OnDuty] {
    members.compactMap { member in
      let shifts = (member.value["shifts"]?.array ?? []).map(DutyShift.init).filter { $0.isOn(at: moment) }
      guard !shifts.isEmpty else { return nil }
      let isEverywhere = shifts.contains { $0.channels.isEmpty }
      return OnDuty(member: member, channels: isEverywhere ? [] : Set(shifts.flatMap(\.channels)).sorted())
    }
  }
}
