import SystemPackage
import Wording

/// The right to change the workspace: only one command has it at a time.
///
/// Held while something is changed, which takes milliseconds where it is not thousands of documents; never during the network.
/// The system takes it back by itself when the process ends,
/// however it ends. The file it stands for is never deleted: two processes would each lock a file of their own.
///
/// Source: `flock(2)`.
public final class WorkspaceLock {
  private var file: OpenFile?
  /// When the command before this one took the workspace, if it ended without giving it back: it was killed.
  public let interruptedSince: FileTime?

  private init(_ file: OpenFile, interruptedSince: FileTime?) {
    self.file = file
    self.interruptedSince = interruptedSince
  }

  deinit { release() }

  /// Gives the workspace back. Once is enough; without it, the end of the value does the same.
  public func release() {
    // The name of whoever has the workspace goes with it: one that stays tells of a command that was killed. Where it
    // can't be taken away, the next command looks for what was left behind, and finds nothing.
    try? file?.replaceContent(with: [])
    file = nil
  }

  /// Takes the workspace, and waits for it if another command has it.
  ///
  /// - Parameters:
  ///   - holder: Who we are, for the messages of those who wait for us.
  ///   - limit: How long to wait; zero tries once.
  ///   - onWait: Called once, after a quarter of a second of waiting, with whoever has the workspace, if known.
  /// - Throws: ``WorkingCopyError/held(by:)`` when the time is up; `.disk` if the lock's file can not be opened, or
  ///   if its disk knows no locks.
  public static func acquire(
    in local: LocalFolder, as holder: LockHolder, waitingAtMost limit: Duration = .seconds(30),
    onWait: (LockHolder?) -> Void = { _ in }
  ) throws(WorkingCopyError) -> WorkspaceLock {
    let start = ContinuousClock.now
    var announced = false
    var pause = 1
    while true {
      let folder = try local.openCreating()
      let file = try folder.openOrCreate(lockName)
      if try file.tryLock() {
        // Somebody may have deleted `.git/ligne` between our opening and our locking; then others lock another file.
        guard try folder.status(of: lockName)?.stamp.inode == file.status().stamp.inode else { continue }
        let left = try file.status().stamp
        try file.replaceContent(with: holder.encoded)
        return WorkspaceLock(file, interruptedSince: left.size > 0 ? left.modified : nil)
      }
      let waited = start.duration(to: .now)
      if waited >= limit { throw .held(by: try LockHolder(of: file)) }
      if waited >= waitBeforeTelling, !announced {
        announced = true
        onWait(try LockHolder(of: file))
      }
      Pause.milliseconds(pause)
      pause = min(pause * 2, longestPause)
    }
  }
}

/// Who has the workspace, as they wrote it into the lock's file.
public struct LockHolder: Hashable, Sendable {
  public var process: Int32
  /// The name of the computer.
  public var host: String
  /// What the person typed after `ligne`: `sync`.
  public var command: String
  /// Seconds since 1970 in UTC.
  public var startedAt: Int64

  public init(process: Int32, host: String, command: String, startedAt: Int64) {
    self.process = process
    self.host = host
    self.command = command
    self.startedAt = startedAt
  }

  /// This process on this computer.
  public static func thisProcess(command: String, startedAt: Int64) -> LockHolder {
    LockHolder(
      process: ThisComputer.process, host: ThisComputer.name, command: command, startedAt: startedAt)
  }

  /// `« sync » (processus 123 sur poste-ana)`
  var described: Sentence {
    Sentence(
      fr: "«\u{A0}\(command)\u{A0}» (processus \(process) sur \(host))",
      en: "“\(command)” (process \(process) on \(host))")
  }
}

// MARK: The lock's file
//
//     process 123
//     host poste-ana
//     command sync
//     started 1764000000

extension LockHolder {
  var encoded: [UInt8] {
    let lines = [
      "process \(process)", "host \(oneLine(host))", "command \(oneLine(command))", "started \(startedAt)",
    ]
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// Reads what the holder wrote; `nil` if it is only just being written.
  init?(decoding bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    guard lines.count == 5, lines[4].isEmpty,
      let process = Int32(value("process", in: lines[0])),
      let startedAt = Int64(value("started", in: lines[3]))
    else { return nil }
    self.init(
      process: process, host: value("host", in: lines[1]), command: value("command", in: lines[2]),
      startedAt: startedAt)
  }

  fileprivate init?(of file: OpenFile) throws(WorkingCopyError) {
    self.init(decoding: try file.readAll(expecting: 4096, limit: 4096))
  }
}

/// The rest of a line that begins with `key`; empty for any other line.
private func value(_ key: String, in line: Substring) -> String {
  line.hasPrefix(key + " ") ? String(line.dropFirst(key.count + 1)) : ""
}

private let lockName = EntryName("lock")
private let waitBeforeTelling = Duration.milliseconds(250)
/// Milliseconds: a lock is mostly held for less than that, and those who wait do not keep the processor busy.
private let longestPause = 16
