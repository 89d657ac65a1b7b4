public import ObjectModel
import Wording

/// How versions travel between this computer and the team's copy.
///
/// Two users: `GitTransport`, which lets the `git` program speak, so that keys, agents, credential helpers,
/// proxies and the host's own checks work as the person set them up; and `InMemoryTransport`, for the
/// simulator and for tests. Nothing here decides what to share or whether the other side is the right
/// workspace.
///
/// A call that throws may still have reached the other side: the connection can break after the work is done
/// and before the answer. Look with `references(at:)` before saying anything about what is shared.
public protocol Transport {
  /// `refs/heads/main`, everything below `refs/ligne/`, and the branches below `refs/heads/ligne/` where a
  /// host only takes branches; sorted by the bytes of their names. Empty for a team's copy that is still
  /// empty.
  func references(at address: RemoteAddress) async throws(TransportError) -> [Reference]

  /// Whether there are branches that are neither `main` nor ours: a project of another kind, where there is no `main`.
  func holdsOtherBranches(at address: RemoteAddress) async throws(TransportError) -> Bool

  /// Brings objects here and lets references of ours follow references of theirs.
  ///
  /// A reference of ours that a specification covers and whose counterpart is gone over there is deleted, so
  /// `destination` must name references nobody writes otherwise (`refs/ligne/incoming/…`). Objects are
  /// checked on the way in; a reference that leads to damaged ones is left out and named in the report, the
  /// others arrive.
  ///
  /// - Parameter progress: Called in the caller's own isolation, a few times a second while something moves.
  func fetch(
    from address: RemoteAddress, _ specifications: [RefSpec], progress: ((TransferProgress) -> Void)?
  ) async throws(TransportError) -> FetchReport

  /// Moves references over there, each only from the value that was seen, and only forward.
  ///
  /// There is no way to ask for anything else: nothing here overwrites or deletes what others shared.
  ///
  /// - Returns: One result per update, in the same order.
  func push(
    to address: RemoteAddress, _ updates: [PushUpdate], as unit: PushUnit,
    progress: ((TransferProgress) -> Void)?
  ) async throws(TransportError) -> [PushResult]
}

extension Transport {
  public func fetch(
    from address: RemoteAddress, _ specifications: [RefSpec]
  ) async throws(TransportError) -> FetchReport {
    try await fetch(from: address, specifications, progress: nil)
  }

  public func push(
    to address: RemoteAddress, _ updates: [PushUpdate], as unit: PushUnit = .eachAlone
  ) async throws(TransportError) -> [PushResult] {
    try await push(to: address, updates, as: unit, progress: nil)
  }
}

/// Which reference of ours follows which of theirs: `refs/ligne/devices/*` to
/// `refs/ligne/incoming/devices/*`.
///
/// Ours takes the value of theirs, whatever it was before: what is fetched is what was seen, and judged
/// after.
public struct RefSpec: Hashable, Sendable {
  /// Over there. Names one reference, or every reference that fits where one `*` stands in it.
  public let source: String
  /// Here; with a `*` exactly where `source` has one.
  public let destination: String

  /// - Precondition: Both are full names below `refs/`, with one `*` each or none.
  public init(_ source: String, to destination: String) {
    for name in [source, destination] {
      precondition(name.utf8.starts(with: "refs/".utf8), "a full reference name")
      precondition(!name.utf8.contains { $0 <= 0x20 || $0 == 0x3A || $0 == 0x7F }, "a reference name")
    }
    let stars = [source, destination].map { name in name.utf8.count { $0 == UInt8(ascii: "*") } }
    precondition(stars == [0, 0] || stars == [1, 1], "one * on both sides, or none")
    self.source = source
    self.destination = destination
  }

  public var isPattern: Bool { source.utf8.contains(UInt8(ascii: "*")) }

  /// Where a reference of theirs goes here; `nil` if it is not covered.
  public func destination(of name: String) -> String? {
    guard let middle = middle(of: name, in: source) else { return nil }
    let parts = destination.split(separator: "*", omittingEmptySubsequences: false)
    return parts.count == 2 ? "\(parts[0])\(middle)\(parts[1])" : destination
  }

  /// Whether some reference of theirs could go to this one of ours.
  func mayLead(to name: String) -> Bool { middle(of: name, in: destination) != nil }

  /// What stands for the `*`, empty where the pattern has none; `nil` if the name does not fit.
  private func middle(of name: String, in pattern: String) -> Substring? {
    let (name, pattern) = (name.utf8, pattern.utf8)
    guard let star = pattern.firstIndex(of: UInt8(ascii: "*")) else {
      return pattern.elementsEqual(name) ? "" : nil
    }
    let head = pattern[..<star]
    let tail = pattern[pattern.index(after: star)...]
    guard name.count > head.count + tail.count, name.starts(with: head),
      name.suffix(tail.count).elementsEqual(tail)
    else { return nil }
    return Substring(name.dropFirst(head.count).dropLast(tail.count))
  }
}

/// What a fetch left out.
public struct FetchReport: Hashable, Sendable {
  /// Sources named without `*` that are not there; their destinations are gone here as well.
  public var absent: [String] = []
  /// References of theirs that lead to damaged objects, or to more than the limits allow. Ours stayed as they
  /// were.
  public var refused: [Refused] = []

  public struct Refused: Hashable, Sendable {
    /// Its name over there.
    public var reference: String
    /// `.damagedObjects` or `.tooMuch`, or what git said when it was asked for this reference alone.
    public var reason: TransportError

    public init(reference: String, reason: TransportError) {
      self.reference = reference
      self.reason = reason
    }

    /// What git found, in its own words, or in English what was too much.
    public var detail: String {
      switch reason {
      case .damagedObjects(let words), .other(let words), .refusedByHost(let words): words
      default: reason.message.english
      }
    }
  }

  public init(absent: [String] = [], refused: [Refused] = []) {
    self.absent = absent
    self.refused = refused
  }
}

/// A reference over there that shall move.
public struct PushUpdate: Hashable, Sendable {
  /// The full name over there.
  public var reference: String
  /// What was seen there; `nil` for "it does not exist".
  public var expected: ObjectID?
  /// Where it shall point: a commit that exists here and has `expected` among its ancestors.
  public var new: ObjectID

  public init(_ reference: String, from expected: ObjectID?, to new: ObjectID) {
    precondition(
      reference.utf8.starts(with: "refs/".utf8)
        && !reference.utf8.contains { $0 <= 0x20 || $0 == 0x2A || $0 == 0x3A || $0 == 0x7F },
      "a full reference name")
    self.reference = reference
    self.expected = expected
    self.new = new
  }
}

/// Whether several updates stand or fall together.
public enum PushUnit: Hashable, Sendable {
  /// One refused update does not keep the others back.
  case eachAlone
  /// All of them or none (`--atomic`; not every host can).
  case allOrNone
}

/// What became of one update.
public struct PushResult: Hashable, Sendable {
  public enum Outcome: Hashable, Sendable {
    /// The host answered that its reference holds the new value now.
    case moved
    /// The host said before that its reference holds the new value, and nothing was sent.
    case wasThere
    case rejected(PushRejection)
  }

  public var reference: String
  public var outcome: Outcome

  public init(reference: String, outcome: Outcome) {
    self.reference = reference
    self.outcome = outcome
  }
}

extension PushResult {
  /// Whether the host, or a check of the team, does not want this reference.
  public var isRefusedByHost: Bool {
    if case .rejected(.refusedByHost) = outcome { true } else { false }
  }
}

/// Why a reference over there was not moved.
public enum PushRejection: Hashable, Sendable {
  /// It no longer held what had been seen: somebody was faster. Fetch, and try again.
  case movedMeanwhile
  /// The new value does not have the expected one among its ancestors. Nothing was sent.
  case notForward
  /// Another update of the same `allOrNone` push was refused.
  case leftOut
  /// Another program at the host holds the reference right now, or one that crashed left its lock there.
  /// Worth a few more tries; if it lasts, somebody has to look at the host.
  case heldByAnother(String)
  /// The host or a check of the team said no, in these words.
  case refusedByHost(String)
}

/// How far a transfer is.
public struct TransferProgress: Hashable, Sendable {
  public enum Stage: Hashable, Sendable {
    /// Either side makes up its mind what has to travel.
    case preparing
    case receiving
    case sending
    /// Everything arrived and is looked at.
    case checking
  }

  public var stage: Stage
  /// Objects done in this stage.
  public var done: Int
  /// Objects in all; `nil` while nobody knows.
  public var total: Int?
  /// What travelled so far; `nil` where git does not count bytes.
  public var bytes: Int?

  public init(stage: Stage, done: Int, total: Int? = nil, bytes: Int? = nil) {
    self.stage = stage
    self.done = done
    self.total = total
    self.bytes = bytes
  }
}

/// How much a transfer may cost before it is ended.
///
/// A team's copy is not trusted: a package of a megabyte can unfold to hundreds, and a host can fall silent. Bytes and
/// objects are counted while they come; a package that was whole before anybody could end its transfer is kept.
public struct TransferLimits: Hashable, Sendable {
  /// No sign of life for this long.
  public var silence: Duration = .seconds(120)
  /// Bytes of one incoming package.
  public var bytes: Int = 1 << 30
  /// Objects in one incoming package.
  public var objects: Int = 2_000_000
  /// References the other side may show.
  public var references: Int = 10_000
  /// Bytes of memory each process of git may take. The history of a team of 100,000 versions needs half of it.
  public var memory: Int = 224 << 20
  /// Time on a processor each process of git may take, as soon as a host keeps it busy and not waiting.
  public var processorTime: Duration = .seconds(1800)
  /// Bytes of what a host says beside the protocol that count as a sign of life. One that only talks is silent.
  public var talk: Int = 64 << 10

  public init() {}
}
