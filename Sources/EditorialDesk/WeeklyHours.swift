import Documents
import JSONTree
import Wording

/// Hours that come again every week: Tuesday to Thursday from 16:00 to 20:00.
struct WeeklyHours: Sendable {
  /// None stands for every day.
  let days: [JSONString]
  let hours: ClockRange

  /// - Parameter value: `{"days": ["mon", …], "from": "09:00", "to": "16:30"}`; without hours it is the whole day.
  init(_ value: JSONValue) {
    days = value["days"]?.array?.compactMap(\.string) ?? []
    hours = ClockRange(from: value["from"]?.text, to: value["to"]?.text) ?? .wholeDay
  }

  /// Whether they are on at a moment, by the clocks of the place; their end is no part of them.
  func contain(_ moment: Moment) -> Bool {
    let minute = moment.instant.secondsOfDay(offset: moment.offset) / 60
    // Those of the evening before may not be over.
    return contain(minute, of: moment.date)
      || contain(minute + ClockRange.minutesOfDay, of: moment.date.adding(days: -1))
  }

  private func contain(_ minute: Int, of date: CivilDate) -> Bool {
    hours.from <= minute && minute < hours.to
      && (days.isEmpty || days.contains(JSONString(weekdayNames[date.weekday])))
  }
}

extension Channels.Channel {
  /// When its audience is there; empty where nobody said.
  var audience: [WeeklyHours] { value["audience"]?.array?.map(WeeklyHours.init) ?? [] }
}
