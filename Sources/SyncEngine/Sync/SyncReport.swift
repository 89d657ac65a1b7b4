public import EditorialChecks
public import JSONTree
public import ObjectModel
public import ThreeWayMerge
public import Wording

/// How much a sync may do.
public struct SyncOptions: Hashable, Sendable {
  /// Take in, and share nothing.
  public var keepsOwnWork = false
  /// Say what would be exchanged, and change nothing.
  public var isRehearsal = false

  public init(keepsOwnWork: Bool = false, isRehearsal: Bool = false) {
    self.keepsOwnWork = keepsOwnWork
    self.isRehearsal = isRehearsal
  }
}

/// What a sync did.
public struct SyncReport: Hashable, Sendable {
  public enum Result: String, Sendable {
    case upToDate = "up-to-date"
    case received, shared, joined
  }

  /// A place where a person has to choose.
  public struct OpenPlace: Hashable, Sendable {
    public var path: WorkspacePath
    public var pointer: JSONPointer
    public var kind: Conflict.Kind
  }

  /// Something at the address that was not taken in. It blocks only itself.
  public struct Refused: Hashable, Sendable {
    /// The name of the reference there.
    public var reference: String
    /// Why, for scripts: `damaged-objects`, `too-much`, `history-unreadable`, `other-workspace`, or the code of the file’s
    /// refusal.
    public var code: String
    public var reason: Sentence
    public var hint: Sentence?
    /// The bytes of the path it is about; `nil` where it is about the whole.
    public var path: [UInt8]?
    /// The version that brought it, and who made that.
    public var commit: ObjectID?
    public var author: Signature?

    /// Whether it is the team's own version, not what one device shared.
    public var isMain: Bool { reference.utf8.elementsEqual(SyncReferences.main.utf8) }

    /// The beginning of the device's name, as people are told it; for `main`, `nil`.
    public var device: String? {
      isMain ? nil : String((SyncReferences.device(of: reference) ?? reference).prefix(8))
    }

    public init(reference: String, code: String, reason: Sentence, hint: Sentence? = nil) {
      self.reference = reference
      self.code = code
      self.reason = reason
      self.hint = hint
    }
  }

  /// A `main` at the address that does not hold what it held before.
  public struct Rewritten: Hashable, Sendable {
    /// What it was moved to.
    public var commit: ObjectID
    /// Who made that, and when.
    public var by: Signature
    /// The versions that had been in it and were not any more, oldest first.
    public var missing: [ObjectID]
  }

  /// What became of a crisis by what was received: the team has to know before anything else.
  public struct CrisisNews: Hashable, Sendable {
    public enum Step: String, Sendable {
      case declared, raised, closed
      /// Somebody here had closed it, and somebody else saw it graver at the same time.
      case goesOn = "goes-on"
    }

    public var path: WorkspacePath
    public var id: JSONString
    public var step: Step
    public var title: String
    /// The id of its level.
    public var level: String?
    /// Who declared or closed it, as the team calls them.
    public var by: String?
  }

  public var result: Result = .upToDate
  /// Versions of others that were taken in, oldest first.
  public var received: [ObjectID] = []
  /// Own versions that were shared, read back from the address, oldest first.
  public var shared: [ObjectID] = []
  /// Own versions that still wait to be shared.
  public var waiting: [ObjectID] = []
  /// The newest version here now.
  public var head: ObjectID?
  /// Joint commits this sync made.
  public var joined: [ObjectID] = []
  /// Everything open in the workspace, by path and pointer, committed or not.
  public var conflicts: [OpenPlace] = []
  /// What was settled by rule on the way.
  public var notices: [FileNotice] = []
  /// What is to be said of the documents that were received or joined, and was not to be said before.
  public var findings: [Finding] = []
  /// Crises that somebody else declared, raised or closed, by path.
  public var crises: [CrisisNews] = []
  public var refused: [Refused] = []
  /// Files changed and not committed, which were carried along.
  public var carried: [WorkspacePath] = []
  /// Those of them that contradict what was received: both are kept, and a person has to choose.
  public var contradicted: [WorkspacePath] = []
  /// Files left exactly as they are, because they can't be read, while others changed them.
  public var passedBy: [WorkspacePath] = []
  /// Documents of the newest version that nobody can read, or of a kind no schema describes; each left as it is.
  public var unreadable: [CommitReport.LeftOut] = []
  /// Joint commits that hold something else than what they join.
  public var forgedJoints: [ObjectID] = []
  /// How the team's `main` had been put back or rewritten; what was seen before is joined in again.
  public var rewritten: Rewritten?
  /// Whether the address held nothing any more, though the team had shared there.
  public var wasEmptied = false
  /// Under which names the address takes what a device shares.
  public var manners = HostManners.devices
  /// Whether that was learnt by this sync.
  public var hasNewManners = false
  /// How often the team's `main` moved while this sync was on its way, plus one.
  public var attempts = 1
}
