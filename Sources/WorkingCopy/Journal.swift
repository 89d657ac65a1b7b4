public import ObjectModel
import SystemPackage

/// What a command is about to do to the workspace, so that the next one can finish it.
public struct JournalEntry: Hashable, Sendable {
  /// The command that began it, for the message of the one that finishes it: `sync`.
  public var command: String
  /// The full name of the reference that moves: `refs/heads/main`.
  public var reference: String
  /// Where it was; `nil` if it did not exist.
  public var fromHead: ObjectID?
  /// Where it goes.
  public var toHead: ObjectID
  /// The files that follow, in the order of their paths.
  public var writes: [FileWrite]

  public init(
    command: String, reference: String, fromHead: ObjectID?, toHead: ObjectID, writes: [FileWrite]
  ) {
    self.command = command
    self.reference = reference
    self.fromHead = fromHead
    self.toHead = toHead
    self.writes = writes
  }
}

/// The intent of the step in progress, kept on disk from before its first change to after its last.
///
/// A step is: `begin`, the reference moves, the files follow, `finish`. Killed in between, the next command finds
/// the entry with `pending`, looks where the reference stands, and either applies the writes again (those already
/// done cost nothing) or drops the entry with `finish`.
public struct Journal {
  private let local: any SmallFiles

  public init(in local: some SmallFiles) { self.local = local }

  /// Writes the entry down. When it returns, a power cut can not take it away.
  ///
  /// - Throws: ``WorkingCopyError/unfinishedStep(command:)`` if another step was not finished.
  public func begin(_ entry: JournalEntry) throws(WorkingCopyError) {
    if let pending = try pending() { throw .unfinishedStep(command: pending.command) }
    try local.writeSmall(journalName, entry.encoded)
  }

  /// The step that was begun and not finished.
  ///
  /// A journal that is cut off or damaged was never begun: it is complete on disk before anything else moves.
  public func pending() throws(WorkingCopyError) -> JournalEntry? {
    try local.readSmall(journalName).flatMap(JournalEntry.init(decoding:))
  }

  /// Says that the step is done, or that it shall not be done.
  public func finish() throws(WorkingCopyError) {
    try local.removeSmall(journalName)
  }
}

private let journalName = "journal"
