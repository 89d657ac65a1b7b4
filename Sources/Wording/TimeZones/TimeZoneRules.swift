/// What the clocks of a time zone show at every moment, from a compiled file of the time zone database.
///
/// Source: RFC 8536 (TZif), versions 1 to 4.
public struct TimeZoneRules: Hashable, Sendable {
  /// Where the offset changes, in the order of time.
  private var transitions: [Transition] = []
  /// The offset before the first change.
  private var first: Int
  /// What holds after the last change; `nil` where the file says nothing, and the last offset stays.
  private var rule: YearlyTimeRule?

  private struct Transition: Hashable {
    /// Seconds since 1970.
    var at: Int
    /// Seconds from UTC, from then on.
    var offset: Int
  }

  public static let utc = TimeZoneRules(first: 0)

  private init(first: Int) { self.first = first }

  /// Clocks that are never changed.
  public init(fixed offset: UTCOffset) { self.init(first: offset.seconds) }

  /// - Parameter bytes: A whole file, such as `/usr/share/zoneinfo/America/Toronto`.
  /// - Returns: `nil` for what is no such file, or ends too early.
  public init?(tzif bytes: [UInt8]) {
    var reader = BigEndianReader(bytes)
    guard let outer = Header(&reader) else { return nil }
    var block = outer
    var width = 4
    if outer.version >= UInt8(ascii: "2") {
      // The same again with wide numbers, which every reader of today prefers.
      guard reader.skip(outer.size(timeWidth: 4)), let inner = Header(&reader) else { return nil }
      (block, width) = (inner, 8)
    }
    guard block.types > 0 else { return nil }
    var times: [Int] = []
    for _ in 0..<block.times {
      guard let time = reader.signed(bytes: width) else { return nil }
      times.append(time)
    }
    guard let kinds = reader.take(block.times) else { return nil }
    var offsets: [Int] = []
    for _ in 0..<block.types {
      guard let offset = reader.signed(bytes: 4), reader.skip(2) else { return nil }
      offsets.append(offset)
    }
    guard kinds.allSatisfy({ Int($0) < offsets.count }),
      zip(times, times.dropFirst()).allSatisfy({ $0 < $1 }),
      reader.skip(block.characters + block.leaps * (width + 4) + block.standards + block.universals)
    else { return nil }
    self.init(first: offsets[0])
    transitions = zip(times, kinds).map { Transition(at: $0, offset: offsets[Int($1)]) }
    if width == 8 {
      guard let footer = reader.line() else { return nil }
      if !footer.isEmpty {
        guard let rule = YearlyTimeRule(footer) else { return nil }
        self.rule = rule
      }
    }
  }

  /// The counts at the beginning of a block. Source: RFC 8536, section 3.1.
  private struct Header {
    var version: UInt8
    var universals, standards, leaps, times, types, characters: Int

    init?(_ reader: inout BigEndianReader) {
      guard let magic = reader.take(4), magic.elementsEqual("TZif".utf8), let version = reader.take(1)?.first,
        reader.skip(15)
      else { return nil }
      var counts: [Int] = []
      for _ in 0..<6 {
        guard let count = reader.signed(bytes: 4), count >= 0 else { return nil }
        counts.append(count)
      }
      self.version = version
      (universals, standards, leaps) = (counts[0], counts[1], counts[2])
      (times, types, characters) = (counts[3], counts[4], counts[5])
    }

    func size(timeWidth: Int) -> Int {
      times * (timeWidth + 1) + types * 6 + characters + leaps * (timeWidth + 4) + standards + universals
    }
  }
}

extension TimeZoneRules {
  /// What the clocks are ahead of UTC at a moment, to the minute.
  public func offset(at moment: Instant) -> UTCOffset {
    UTCOffset(minutes: seconds(at: moment.secondsSince1970).flooredQuotient(by: 60))
  }

  private func seconds(at time: Int) -> Int {
    var (low, high) = (0, transitions.count)
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle].at <= time { low = middle + 1 } else { high = middle }
    }
    if low == transitions.count, let rule { return rule.offset(at: time) }
    return low == 0 ? first : transitions[low - 1].offset
  }

  /// A moment at which the clocks are put forward or back.
  public struct Change: Hashable, Sendable {
    public var at: Instant
    public var before, after: UTCOffset
  }

  /// The changes of a range of time, in its order.
  ///
  /// - Parameter range: Of some years; every day of it is looked at.
  public func changes(in range: Range<Instant>) -> [Change] {
    var changes: [Change] = []
    var time = range.lowerBound.secondsSince1970
    let end = range.upperBound.secondsSince1970
    var before = seconds(at: time)
    // A day has one change at most; then it is found to the second.
    while time < end {
      let next = min(time + 86_400, end)
      let after = seconds(at: next)
      if after != before {
        var (low, high) = (time, next)
        while high - low > 1 {
          let middle = low + (high - low) / 2
          if seconds(at: middle) == before { low = middle } else { high = middle }
        }
        changes.append(
          Change(
            at: Instant(secondsSince1970: high), before: UTCOffset(minutes: before.flooredQuotient(by: 60)),
            after: UTCOffset(minutes: after.flooredQuotient(by: 60))))
      }
      (time, before) = (next, after)
    }
    return changes
  }

  /// The moment a time of the clocks stands for, where it must be one: the earlier of two, and of a time that is
  /// skipped the one at which the clocks show what they show instead.
  public func moment(of wall: WallTime) -> Instant {
    switch reading(of: wall) {
    case .once(let moment), .twice(let moment, _): moment
    case .never(let skipped):
      switch reading(of: wall.adding(seconds: skipped)) {
      case .once(let moment), .twice(let moment, _): moment
      // No clocks are put forward twice within a day.
      case .never:
        Instant(secondsSince1970: wall.date.daysSince1970 * 86_400 + wall.secondsOfDay)
      }
    }
  }

  /// A moment by these clocks.
  public func moment(_ instant: Instant) -> Moment { Moment(instant: instant, offset: offset(at: instant)) }

  /// What a reading of the clocks stands for.
  public enum Reading: Hashable, Sendable {
    case once(Instant)
    /// The clocks show it twice, when they are put back; the earlier moment first.
    case twice(Instant, Instant)
    /// The clocks never show it: they are put forward over it, by this many seconds.
    case never(skipped: Int)
  }

  /// The moments at which the clocks show a time.
  public func reading(of wall: WallTime) -> Reading {
    let local = wall.date.daysSince1970 * 86_400 + wall.secondsOfDay
    // No place is further than 26 hours from UTC.
    let near = Set((-26...26).map { offset(at: Instant(secondsSince1970: local + $0 * 3600)) })
    let moments = near.map { Instant(secondsSince1970: local - $0.seconds) }
      .filter { $0.secondsSince1970 + offset(at: $0).seconds == local }.sorted()
    if let earlier = moments.first, let later = moments.last {
      return earlier == later ? .once(earlier) : .twice(earlier, later)
    }
    let offsets = near.map(\.seconds)
    return .never(skipped: (offsets.max() ?? 0) - (offsets.min() ?? 0))
  }
}

/// Reads numbers of fixed width, the highest byte first.
private struct BigEndianReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, count <= rest.count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  mutating func skip(_ count: Int) -> Bool { take(count) != nil }

  mutating func signed(bytes count: Int) -> Int? {
    guard let bytes = take(count), let first = bytes.first else { return nil }
    return bytes.dropFirst().reduce(Int(Int8(bitPattern: first))) { $0 << 8 | Int($1) }
  }

  /// What stands between two line feeds.
  mutating func line() -> String? {
    guard let start = take(1)?.first, start == UInt8(ascii: "\n"),
      let end = rest.firstIndex(of: UInt8(ascii: "\n"))
    else { return nil }
    return String(decoding: rest[..<end], as: UTF8.self)
  }
}
