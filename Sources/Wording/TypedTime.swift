/// A day, an hour or both, as people type them: “hier”, “jeudi 8 h”, “12 novembre à 9 h 30”, “next monday”, “in 3 days”.
///
/// Both languages are read, whichever the program speaks, with their accents or without. A word that is none of theirs makes
/// the whole text unreadable: nothing is guessed. So does a weekday that is not that of the day beside it.
public struct TypedTime: Hashable, Sendable {
  public var date: CivilDate
  /// Since midnight; `nil` where only a day was typed.
  public var secondsOfDay: Int?

  /// Which of several days or hours is meant, such as the mondays.
  public enum Direction: Sendable {
    /// The last one that has begun.
    case past
    /// The next one that has not passed.
    case future
    /// The nearest day of a calendar; of weekdays and hours the next.
    case nearest
  }

  /// - Parameters:
  ///   - now: What the clocks of the place show.
  ///   - start: From when on one looks for a weekday or a day without a year; now, if nothing is said.
  ///   - direction: Where one looks for a day without a year, a weekday, or an hour without a day.
  /// - Returns: `nil` for what is no such text.
  public init?(
    _ text: String, seenFrom now: WallTime, from start: CivilDate? = nil, towards direction: Direction
  ) {
    if let wall = WallTime(text) {
      self.init(date: wall.date, secondsOfDay: wall.secondsOfDay)
      return
    }
    let tokens = Token.all(of: text)
    // “mar.” is mardi, and “Mar” March.
    let readings = [false, true].lazy.compactMap { marIsMarch in
      Reading(tokens, marIsMarch: marIsMarch)?.time(seenFrom: now, from: start, towards: direction)
    }
    guard let time = readings.first else { return nil }
    self.init(date: time.date, secondsOfDay: time.secondsOfDay)
  }

  private init(date: CivilDate, secondsOfDay: Int?) { (self.date, self.secondsOfDay) = (date, secondsOfDay) }
}

/// The parts of a typed time.
private enum Token: Hashable {
  /// Of at most four digits.
  case number(Int)
  case word(String)
  case colon
  case date(CivilDate)
  /// What belongs to no time.
  case other

  static func all(of text: String) -> [Token] {
    TypedTime.folded(text).split { $0.isWhitespace || $0 == "," }.flatMap { part -> [Token] in
      if let date = CivilDate(String(part)) { return [.date(date)] }
      var tokens: [Token] = []
      var rest = part[...]
      while let first = rest.first {
        let run = rest.prefix { kind(of: $0) == kind(of: first) }
        rest = rest.dropFirst(run.count)
        switch kind(of: first) {
        case .digit: tokens.append(run.utf8.count <= 4 ? .number(Int(run) ?? 0) : .other)
        case .letter:
          // “nov.”, “a.m.”
          let word = run.filter { $0 != "." }
          if !word.isEmpty { tokens.append(.word(String(word))) }
        case .colon: tokens += run.map { _ in .colon }
        case .other: tokens.append(.other)
        }
      }
      return tokens
    }
  }

  private enum Kind { case digit, letter, colon, other }

  private static func kind(of character: Character) -> Kind {
    switch character {
    case "0"..."9": .digit
    case "a"..."z", ".", "-", "'": .letter
    case ":": .colon
    default: .other
    }
  }
}

extension TypedTime {
  /// In small letters without accents, which people leave out where a keyboard has none.
  static func folded(_ text: String) -> String {
    let plain: [Unicode.Scalar: Unicode.Scalar] = [
      "à": "a", "â": "a", "ç": "c", "è": "e", "é": "e", "ê": "e", "ë": "e", "î": "i", "ï": "i", "ô": "o",
      "ù": "u", "û": "u", "ü": "u", "’": "'",
    ]
    let combining: ClosedRange<Unicode.Scalar> = "\u{300}"..."\u{36F}"
    let scalars = text.lowercased().unicodeScalars.lazy.filter { !combining.contains($0) }
    return String(String.UnicodeScalarView(scalars.map { plain[$0] ?? $0 }))
  }
}

/// What the parts of a typed time say, each once at most.
private struct Reading {
  private var day: Day?
  private var weekday: Int?
  private var order: Order?
  private var secondsOfDay: Int?
  private var part: PartOfDay?

  private enum PartOfDay: Hashable { case morning, afternoon, evening }

  private enum Day: Hashable {
    case date(CivilDate)
    /// So many days after today.
    case relative(Int)
    case inYear(month: Int, day: Int)
  }

  private enum Order: Hashable { case last, next }

  private static let relatives = [
    "avant-hier": -2, "hier": -1, "yesterday": -1, "aujourd'hui": 0, "today": 0, "demain": 1, "tomorrow": 1,
    "apres-demain": 2,
  ]
  private static let orders: [String: Order] = [
    "dernier": .last, "last": .last, "prochain": .next, "next": .next,
  ]
  private static let parts: [String: PartOfDay] = [
    "matin": .morning, "morning": .morning, "apres-midi": .afternoon, "afternoon": .afternoon,
    "soir": .evening, "evening": .evening, "tonight": .evening,
  ]
  private static let hourWords: Set = ["h", "heure", "heures"]
  /// In days.
  private static let units = [
    "jour": 1, "jours": 1, "j": 1, "day": 1, "days": 1, "d": 1, "semaine": 7, "semaines": 7, "week": 7,
    "weeks": 7,
  ]
  private static let ordinals: Set = ["er", "st", "nd", "rd", "th"]
  private static let thisWords: Set = ["ce", "cet", "cette", "this"]
  private static let fillers = thisWords.union(["le", "a", "at", "on", "the", "of", "du"])

  private static func numbers(of names: [Sentence], from first: Int) -> [String: Int] {
    let pairs = names.enumerated().flatMap { number, name in
      [name.french, name.english].map { (TypedTime.folded($0).filter { $0 != "." }, first + number) }
    }
    return Dictionary(pairs) { first, _ in first }
  }
  private static let weekdays = numbers(of: CivilDate.weekdays, from: 0)
    .merging(numbers(of: CivilDate.shortWeekdays, from: 0)) { full, _ in full }
    .merging(["tues": 2, "thur": 4, "thurs": 4]) { full, _ in full }
  private static let months = numbers(of: CivilDate.months, from: 1)
    .merging(numbers(of: CivilDate.shortMonths, from: 1)) { full, _ in full }
    .merging(["juil": 7, "sept": 9]) { full, _ in full }

  init?(_ tokens: [Token], marIsMarch: Bool) {
    var rest = tokens[...]
    while let token = rest.popFirst() {
      switch token {
      case .date(let date): guard set(&day, .date(date)) else { return nil }
      case .number(let number): guard read(number, &rest, marIsMarch) else { return nil }
      case .word(let word): guard read(word, &rest, marIsMarch) else { return nil }
      case .colon, .other: return nil
      }
    }
    if day == nil, weekday == nil, secondsOfDay == nil || order != nil { return nil }
    if order != nil, day != nil || weekday == nil { return nil }
    if let part {
      // “jeudi matin” names no hour.
      guard let seconds = secondsOfDay else { return nil }
      switch part {
      case .morning: if seconds >= 12 * 3600 { return nil }
      case .afternoon, .evening: if seconds < 12 * 3600 { secondsOfDay = seconds + 12 * 3600 }
      }
    }
  }

  private mutating func read(_ word: String, _ rest: inout ArraySlice<Token>, _ marIsMarch: Bool) -> Bool {
    if let days = Self.relatives[word] { return set(&day, .relative(days)) }
    if let order = Self.orders[word] { return set(&self.order, order) }
    // Midnight belongs to two days, and nobody knows which one is meant.
    if word == "midi" || word == "noon" { return set(&secondsOfDay, 12 * 3600) }
    if let part = Self.parts[word] {
      return set(&self.part, part) && (word != "tonight" || set(&day, .relative(0)))
    }
    // “ce soir” is today’s.
    if Self.thisWords.contains(word), case .word(let next)? = rest.first, Self.parts[next] != nil {
      return set(&day, .relative(0))
    }
    if word == "mar", marIsMarch { return readDay(ofMonth: 3, &rest) }
    if let weekday = Self.weekdays[word] { return set(&self.weekday, weekday) }
    if let month = Self.months[word] { return readDay(ofMonth: month, &rest) }
    // “in the morning”
    if word == "in", rest.first == .word("the") { return true }
    if word == "dans" || word == "in" { return readDistance(&rest, sign: 1) }
    if word == "il", take("y", &rest), take("a", &rest) { return readDistance(&rest, sign: -1) }
    return Self.fillers.contains(word)
  }

  private mutating func read(_ number: Int, _ rest: inout ArraySlice<Token>, _ marIsMarch: Bool) -> Bool {
    guard let next = rest.popFirst() else { return false }
    switch next {
    case .colon:
      guard case .number(let minute)? = rest.popFirst() else { return false }
      return setTime(hour: number, minute: minute, &rest)
    case .word(let hour) where Self.hourWords.contains(hour):
      // “8 h 3 novembre”
      if case .number(let minute)? = rest.first, !isDay(rest.dropFirst().first) {
        rest.removeFirst()
        return setTime(hour: number, minute: minute)
      }
      return setTime(hour: number, minute: 0)
    case .word("am"), .word("pm"):
      rest = [next] + rest
      return setTime(hour: number, minute: 0, &rest)
    case .word(let ending) where Self.ordinals.contains(ending):
      _ = take("of", &rest)
      guard case .word(let name)? = rest.popFirst(), let month = Self.months[name] else { return false }
      return readYear(&rest, month: month, day: number)
    case .word(let name):
      let month = name == "mar" ? (marIsMarch ? 3 : nil) : Self.months[name]
      if let month { return readYear(&rest, month: month, day: number) }
      guard let unit = Self.units[name], take("ago", &rest) else { return false }
      return set(&day, .relative(-number * unit))
    case .number, .date, .other: return false
    }
  }

  /// Whether what follows a number makes it one of a day.
  private func isDay(_ token: Token?) -> Bool {
    guard case .word(let word)? = token else { return false }
    return Self.ordinals.contains(word) || Self.months[word] != nil
  }

  /// “3”, “3rd”, “1er” after the name of a month.
  private mutating func readDay(ofMonth month: Int, _ rest: inout ArraySlice<Token>) -> Bool {
    guard case .number(let day)? = rest.popFirst() else { return false }
    if case .word(let ending)? = rest.first, Self.ordinals.contains(ending) { rest.removeFirst() }
    return readYear(&rest, month: month, day: day)
  }

  /// A year of four digits, if one follows.
  private mutating func readYear(_ rest: inout ArraySlice<Token>, month: Int, day: Int) -> Bool {
    guard case .number(let year)? = rest.first, year >= 1900 else {
      return set(&self.day, .inYear(month: month, day: day))
    }
    rest.removeFirst()
    return CivilDate(year: year, month: month, day: day).map { set(&self.day, .date($0)) } ?? false
  }

  /// “3 jours”, “2 weeks”.
  private mutating func readDistance(_ rest: inout ArraySlice<Token>, sign: Int) -> Bool {
    guard case .number(let count)? = rest.popFirst(), case .word(let name)? = rest.popFirst(),
      let unit = Self.units[name]
    else { return false }
    return set(&day, .relative(sign * count * unit))
  }

  private mutating func setTime(hour: Int, minute: Int, _ rest: inout ArraySlice<Token>) -> Bool {
    let isMorning = take("am", &rest)
    guard isMorning || take("pm", &rest) else { return setTime(hour: hour, minute: minute) }
    guard (1...12).contains(hour) else { return false }
    return setTime(hour: hour % 12 + (isMorning ? 0 : 12), minute: minute)
  }

  private mutating func setTime(hour: Int, minute: Int) -> Bool {
    guard hour < 24, minute < 60 else { return false }
    return set(&secondsOfDay, hour * 3600 + minute * 60)
  }

  private func take(_ word: String, _ rest: inout ArraySlice<Token>) -> Bool {
    guard rest.first == .word(word) else { return false }
    rest.removeFirst()
    return true
  }

  func time(
    seenFrom now: WallTime, from start: CivilDate?, towards direction: TypedTime.Direction
  ) -> (date: CivilDate, secondsOfDay: Int?)? {
    guard let date = date(seenFrom: now, from: start, towards: direction) else { return nil }
    if let weekday, date.weekday != weekday { return nil }
    return (date, secondsOfDay)
  }

  private func date(
    seenFrom now: WallTime, from start: CivilDate?, towards direction: TypedTime.Direction
  ) -> CivilDate? {
    let base = start.map { WallTime(date: $0, secondsOfDay: 0) } ?? now
    switch day {
    case .date(let date): return date
    case .relative(let days): return now.date.adding(days: days)
    case .inYear(let month, let day):
      // Eight years may lie between two that have a 29 February.
      let days = (-8...8).compactMap { CivilDate(year: base.date.year + $0, month: month, day: day) }
      return nearest(of: days, to: base, towards: direction)
    case nil:
      let days = (-7...7).map((order == nil ? base : now).date.adding(days:))
        .filter { day in weekday.map { $0 == day.weekday } ?? true }
      return switch order {
      case .last: days.last { $0 < now.date }
      case .next: days.first { $0 > now.date }
      case nil: nearest(of: days, to: base, towards: direction)
      }
    }
  }

  /// - Parameter days: In their order.
  private func nearest(
    of days: [CivilDate], to now: WallTime, towards direction: TypedTime.Direction
  ) -> CivilDate? {
    let isOfCalendar = if case .inYear = day { true } else { false }
    switch direction {
    case .past:
      return days.last { ($0, secondsOfDay ?? 0) <= (now.date, now.secondsOfDay) }
    case .nearest where isOfCalendar:
      return days.min {
        abs($0.daysSince1970 - now.date.daysSince1970) < abs($1.daysSince1970 - now.date.daysSince1970)
      }
    case .future, .nearest:
      return days.first { ($0, secondsOfDay ?? .max) > (now.date, now.secondsOfDay) }
    }
  }

  /// - Returns: Whether nothing was there before.
  private func set<Value>(_ place: inout Value?, _ value: Value) -> Bool {
    guard place == nil else { return false }
    place = value
    return true
  }
}
