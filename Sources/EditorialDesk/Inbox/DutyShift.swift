public import Documents
public import JSONTree
public import Wording

/// Hours in which a member looks after some channels.
struct DutyShift: Sendable {
  let hours: WeeklyHours
  /// None stands for all.
  let channels: [JSONString]

  /// - Parameter value: An element of a member’s `shifts`.
  init(_ value: JSONValue) {
    hours = WeeklyHours(value)
    channels = value["channels"]?.array?.compactMap(\.string) ?? []
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
      let shifts = (member.value["shifts"]?.array ?? []).map(DutyShift.init).filter {
        $0.hours.contain(moment)
      }
      guard !shifts.isEmpty else { return nil }
      let isEverywhere = shifts.contains { $0.channels.isEmpty }
      return OnDuty(member: member, channels: isEverywhere ? [] : Set(shifts.flatMap(\.channels)).sorted())
    }
  }

  /// Whether anybody has hours in which they look after a channel.
  ///
  /// - Parameter channel: `nil` for any.
  public func keepsShifts(on channel: JSONString? = nil) -> Bool {
    members.contains { member in
      (member.value["shifts"]?.array ?? []).map(DutyShift.init).contains { shift in
        channel.map { shift.channels.isEmpty || shift.channels.contains($0) } ?? true
      }
    }
  }
}
