import Foundation
import Synchronization

/// What is checked in every seed, and has a name for the table.
public protocol CheckedProperty: Hashable, Sendable, CaseIterable, RawRepresentable<String> {}

/// What came of many seeds.
public struct SeedTally<Property: CheckedProperty>: Sendable {
  /// The seeds in which a property did not hold, in any order.
  public var broken: [Property: [UInt64]] = [:]
  /// How often something was met.
  public var met: [String: Int] = [:]
  /// The traces of all seeds, put together without regard to their order.
  public var trace: UInt64 = 0

  public init() {}

  public var brokenCount: Int { broken.values.reduce(0) { $0 + $1.count } }

  /// Adds what one seed showed.
  ///
  /// - Parameter trace: Changes with everything that happened under the seed.
  public mutating func add(
    _ seed: UInt64, breaking properties: Set<Property>, met things: [String: Int], trace: UInt64
  ) {
    for property in properties { broken[property, default: []].append(seed) }
    met.merge(things) { $0 + $1 }
    self.trace ^= trace &* (seed | 1)
  }

  mutating func add(_ other: Self) {
    broken.merge(other.broken) { $0 + $1 }
    met.merge(other.met) { $0 + $1 }
    trace ^= other.trace
  }

  /// The seeds that broke a property, sorted.
  public func seeds(breaking property: Property) -> [UInt64] { (broken[property] ?? []).sorted() }

  /// Two tables: what was met, and which properties broke, those of `checked` also where they held.
  public func tables(metIn place: String, checked: Set<Property>, named title: String) -> String {
    var lines = ["", place]
    for (thing, count) in met.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      lines.append(row(thing, count))
    }
    lines += ["", title]
    for property in Property.allCases where checked.contains(property) || broken[property] != nil {
      let seeds = seeds(breaking: property)
      let some = seeds.prefix(5).map(String.init).joined(separator: " ")
      lines.append(row(property.rawValue, seeds.count) + (seeds.isEmpty ? "" : "  seeds \(some)"))
    }
    return lines.joined(separator: "\n")
  }

  /// A line of a table: a name, and a number below the others.
  private func row(_ name: String, _ count: Int) -> String {
    let digits = String(count)
    return "  " + name + String(repeating: " ", count: max(40 - name.count - digits.count, 1)) + digits
  }
}

/// Many seeds, as far as they were played.
public struct SeedRun<Property: CheckedProperty>: Sendable {
  public var tally = SeedTally<Property>()
  /// How many were played: all, or the first of them where somebody stopped the run.
  public var played = 0
  public var seconds = 0.0
  /// Where a run goes on that was stopped.
  public var next: UInt64?

  /// The last line of a report, and how to go on with a run that was stopped.
  ///
  /// - Parameters:
  ///   - things: What was played, such as `lives`.
  ///   - properties: What was checked in them, such as `laws`.
  public func summary(of things: String, checking properties: String, asked count: Int) -> String {
    let rate = Int(Double(played) / max(seconds, 0.001))
    let line =
      "\n\(played) \(things), \(tally.brokenCount) \(properties) broken, \(Int(seconds)) s, \(rate) a second, "
      + "trace \(String(tally.trace, radix: 16))"
    guard let next else { return line }
    return line + "\nStopped; the others: --seed \(next) --histories \(count - played)"
  }
}

/// Plays seeds one after another on several threads, and says on standard error how far it is.
///
/// Where somebody interrupts it (SIGINT), the seeds that were begun are played to their end, and what was found until then
/// is told; the second time it ends at once.
///
/// - Parameters:
///   - jobs: How many are played at once.
///   - play: Plays one seed and adds what it showed; called for each once, in no order.
public func playSeeds<Property: CheckedProperty>(
  from first: UInt64, count: Int, jobs: Int, checking: Property.Type,
  _ play: @escaping @Sendable (UInt64, inout SeedTally<Property>) async -> Void
) async -> SeedRun<Property> {
  let start = ContinuousClock.now
  func seconds() -> Double { max((ContinuousClock.now - start) / .milliseconds(1), 1) / 1000 }
  say("Seeds \(first) to \(first + UInt64(max(count, 1)) - 1), \(jobs) at once")
  let chunk = 20
  let interruption = Interruption()
  var run = SeedRun<Property>()
  await withTaskGroup(of: (SeedTally<Property>, Int).self) { group in
    var next = 0
    func addNext() {
      guard next < count, !interruption.hasCome else { return }
      let range = next..<min(next + chunk, count)
      next = range.upperBound
      group.addTask {
        var part = SeedTally<Property>()
        for index in range { await play(first + UInt64(index), &part) }
        return (part, range.count)
      }
    }
    for _ in 0..<jobs { addNext() }
    for await (part, played) in group {
      run.tally.add(part)
      run.played += played
      for property in Property.allCases {
        for seed in part.seeds(breaking: property) { say("Seed \(seed) breaks \(property.rawValue)") }
      }
      if run.played % 1_000 == 0 || run.played == count {
        let rate = Int(Double(run.played) / seconds())
        say("\(run.played) of \(count), \(run.tally.brokenCount) broken, \(rate) a second")
      }
      addNext()
    }
  }
  run.seconds = seconds()
  if run.played < count { run.next = first + UInt64(run.played) }
  return run
}

/// Whether somebody asked to stop (SIGINT); from the second time on the system stops the program.
private final class Interruption {
  private final class Flag: Sendable {
    let isSet = Mutex(false)
  }

  private let flag = Flag()
  private let source = DispatchSource.makeSignalSource(signal: SIGINT)

  init() {
    // Where the shell has told a program to ignore it, as with one in the background, this listens all the same.
    signal(SIGINT, SIG_IGN)
    source.setEventHandler { [flag] in
      flag.isSet.withLock { $0 = true }
      signal(SIGINT, SIG_DFL)
      say("Stopping after the seeds that were begun…")
    }
    source.resume()
  }

  deinit {
    source.cancel()
    signal(SIGINT, SIG_DFL)
  }

  var hasCome: Bool { flag.isSet.withLock { $0 } }
}

/// The first of many seeds that shows something, and what it shows; `nil` where none does. Plays on several threads.
///
/// - Parameters:
///   - jobs: How many are played at once.
///   - play: Plays one seed; `nil` where it shows nothing.
public func firstSeed<Finding: Sendable>(
  from first: UInt64, count: Int, jobs: Int, _ play: @escaping @Sendable (UInt64) async -> Finding?
) async -> (seed: UInt64, finding: Finding)? {
  var found: (seed: UInt64, finding: Finding)?
  await withTaskGroup(of: (UInt64, Finding?).self) { group in
    var next = first
    func addNext() {
      // Those before the one that was found are played to their end: one of them may be the first.
      guard found == nil, next - first < count else { return }
      let seed = next
      next += 1
      group.addTask { (seed, await play(seed)) }
    }
    for _ in 0..<jobs { addNext() }
    for await (seed, finding) in group {
      if let finding, found.map({ seed < $0.seed }) ?? true { found = (seed, finding) }
      addNext()
    }
  }
  return found
}

/// Progress, beside the results.
public func say(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
