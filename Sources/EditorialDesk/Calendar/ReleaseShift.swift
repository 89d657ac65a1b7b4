import Documents
import EditorialReview
public import JSONTree
public import ObjectModel
public import Wording

/// Releases of some days, each moved by the same distance, and those that stay.
public struct ReleaseShift: Sendable {
  /// A release with another time.
  public struct Move: Sendable {
    public var release: Release
    /// By the clocks of the zone it was chosen for.
    public var to: Moment
    public var note: Note?
  }

  /// What the clocks made of the hour.
  public enum Note: Hashable, Sendable {
    /// They are put forward over it that day: it is later by so many seconds.
    case skipped(Int)
    /// They show it twice that day: it is the first time.
    case twice
  }

  /// Why a release stays where it is.
  public enum Reason: Hashable, Sendable {
    /// It hangs on a milestone, and moves with it.
    case anchored(milestone: String)
    /// This computer does not know the clocks of its zone.
    case unknownZone(String)
  }

  public private(set) var moves: [Move] = []
  public private(set) var left: [(release: Release, reason: Reason)] = []

  /// - Parameters:
  ///   - entries: What is in the calendar; what went out and what was cancelled is passed over.
  ///   - distance: How far.
  ///   - zones: The clocks of a zone, by its name.
  public init(
    of entries: [EditorialCalendar.Entry], by distance: TimeShift, zones: (String) -> TimeZoneRules?
  ) {
    for entry in entries where entry.release.state.isAhead {
      let release = entry.release
      guard let zone = release.zone else { continue }
      if let anchor = entry.anchor {
        left.append((release, .anchored(milestone: anchor.milestone)))
      } else if let clocks = zones(zone) {
        let (moment, reading) = distance.moved(release.at.instant, clocks: clocks)
        let note: Note? =
          switch reading {
          case .once: nil
          case .twice: .twice
          case .never(let skipped): .skipped(skipped)
          }
        moves.append(Move(release: release, to: clocks.moment(moment), note: note))
      } else {
        left.append((release, .unknownZone(zone)))
      }
    }
  }

  /// The documents that change, in the order of their paths.
  public var paths: [WorkspacePath] { Set(moves.map(\.release.document.path)).sorted() }

  /// A post with its new times.
  ///
  /// - Throws: `JSONEditError` where a schedule is gone meanwhile.
  public func applied(to value: JSONValue, at path: WorkspacePath) throws(JSONEditError) -> JSONValue {
    var value = value
    for move in moves where move.release.document.path == path {
      let place = JSONPointer([.key("variants"), .key(move.release.channel), .key("schedule"), .key("at")])
      try value.set(JSONValue(move.to.description), at: place)
    }
    return value
  }
}
