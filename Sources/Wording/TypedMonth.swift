extension ZonedClock {
  /// A month as people type it: “2026-11”, “novembre”, “dec. 2026”, “le mois dernier”, “this month”.
  ///
  /// - Parameters:
  ///   - start: From when on one looks for a month without a year; now, if nothing is said.
  ///   - direction: Where one looks for it.
  /// - Returns: Its first day; `nil` for what is no month.
  public func month(
    typed text: String, from start: CivilDate? = nil, towards direction: TypedTime.Direction
  ) -> CivilDate? {
    if let first = CivilDate(text + "-01") { return first }
    let words = TypedTime.folded(text).split(whereSeparator: \.isWhitespace)
    switch words.drop(while: { $0 == "le" }).joined(separator: " ") {
    case "ce mois", "ce mois-ci", "this month": return today.startOfMonth
    case "mois dernier", "last month": return today.startOfMonth.adding(days: -1).startOfMonth
    case "mois prochain", "next month": return today.endOfMonth.adding(days: 1)
    default: break
    }
    // “novembre 2026”: a name, and a year at most, is the month in which a day of that name lies.
    // What is a day by itself is that: “mar.” is mardi.
    guard typedTime(text, from: start, towards: direction) == nil, let name = words.first,
      !name.contains(where: \.isNumber), words.count <= 2,
      words.dropFirst().allSatisfy({ $0.utf8.count == 4 && $0.allSatisfy(\.isNumber) }),
      let time = typedTime("1 " + text, from: start?.startOfMonth, towards: direction),
      time.date.day == 1, time.secondsOfDay == nil
    else { return nil }
    return time.date
  }
}
