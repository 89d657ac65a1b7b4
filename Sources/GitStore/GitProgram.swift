import Glibc
import Subprocess
import Synchronization
import SystemPackage

/// The `git` program of this computer, and how it is called: where, with which settings, and for how long.
struct GitProgram: Sendable {
  private let executable: FilePath
  /// "2.39.5"; empty if git did not say.
  private(set) var version = ""
  /// The folder relative addresses start from.
  var workingFolder: FilePath { place.workingFolder }
  private let place: Place
  private let environment: Environment
  private let prompts: Bool
  private let limits: TransferLimits

  /// Why there is nothing to look at.
  enum Failure: Error, Hashable {
    case missing
    case tooOld(String)
    case notStarted(String)
    case silent(Duration)
    case tooMuch(TransportError.TooMuch)
    case cancelled

    /// Whether a run that had ended well before the stop reached it counts as one that was not stopped: what it brought is
    /// whole, checked and there, and a report that it was refused would be untrue.
    fileprivate var isOvertakenByAnEnd: Bool {
      switch self {
      case .silent, .tooMuch(.objects), .tooMuch(.bytes): true
      default: false
      }
    }
  }

  /// How one run ended.
  struct Outcome {
    /// The exit status; 128 and the signal's number for a program that was killed, as shells count it.
    var status: Int32
    var output: [UInt8]
    var messages: GitMessages

    var lines: [Substring] {
      String(decoding: output, as: UTF8.self).split(separator: "\n")
    }
  }

  /// Which of the checks people set up around git (hooks) may run.
  enum OwnChecks {
    /// None: nobody asked for a fetch to run programs.
    case none
    /// Those git runs by itself. A `pre-push` check was put there to see everything that leaves this
    /// computer; going round it would be a breach, so a push asks it.
    case all
  }

  /// Finds git and asks for its version.
  static func find(
    gitFolder: String, environment overlay: [String: String], prompts: Bool, limits: TransferLimits
  ) async throws(Failure) -> GitProgram {
    let place = Place(gitFolder: gitFolder)
    var settings = settings(overlay: overlay, prompts: prompts)
    settings["GIT_CEILING_DIRECTORIES"] = place.ceiling
    let environment = Environment.inherit.updating(settings)
    let executable: FilePath
    do {
      // Only absolute folders of PATH are looked into, so a file named git in the workspace is never run.
      executable = try await Executable.name("git").resolveExecutablePath(in: environment)
    } catch {
      throw .missing
    }
    var program = GitProgram(
      executable: executable, place: place, environment: environment, prompts: prompts, limits: limits)
    let answer = try await program.run(["--version"], in: .anywhere)
    guard answer.status == 0 else {
      let words = answer.messages.mainText
      throw .notStarted(words.isEmpty ? "git --version ended with status \(answer.status)" : words)
    }
    program.version = answer.lines.first.map { numbers(in: $0) } ?? ""
    return program
  }

  /// Whether everything used here is there. 2.39 is what Debian 12 has, the oldest system Ligne is tried on.
  var isRecentEnough: Bool {
    let parts = version.split(separator: ".").prefix(2).compactMap { Int($0) }
    return parts.count == 2 && (parts[0], parts[1]) >= (2, 39)
  }

  /// Where git is run.
  enum Folder {
    case workspace
    /// Where it does not matter.
    case anywhere
  }

  /// Runs git to its end.
  ///
  /// - Parameters:
  ///   - input: What git reads on standard input; nothing else ever reaches it there.
  ///   - trace: Whether git also writes down the packets it exchanges, among its messages.
  ///   - settings: Variables laid over the environment.
  ///   - outputLimit: Bytes of standard output.
  ///   - progress: Called while it runs.
  /// - Throws: `.cancelled` if the task is, after git and all it started have ended, but for a shared connection of ssh.
  func run(
    _ arguments: [String], in folder: Folder = .workspace, input: String = "", checks: OwnChecks = .none,
    trace: Bool = false, settings: [Environment.Key: String?] = [:], outputLimit: Int = 1 << 20,
    progress: ((TransferProgress) -> Void)? = nil
  ) async throws(Failure) -> Outcome {
    let life = Life()
    var messages = GitMessages()
    var platform = PlatformOptions()
    // A session of its own has no terminal: ssh cannot stop and wait for an answer nobody will give, and one
    // signal ends git with all it started. Somebody at the terminal must be asked there, in the session they
    // are in.
    platform.createSession = !prompts
    platform.teardownSequence = teardown
    do {
      let result = try await Subprocess.run(
        .path("/bin/sh"), arguments: command(arguments, in: folder, checks),
        environment: environment.updating(
          trace ? settings.merging(["GIT_TRACE_PACKET": "1"]) { $1 } : settings),
        workingDirectory: folder == .workspace ? place.workingFolder : nil, platformOptions: platform,
        input: .string(input), output: .bytes(limit: outputLimit), error: .sequence
      ) { execution in
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask { [limits, teardown] in
            while true {
              let due = life.lastSign + limits.silence
              try await Task.sleep(until: due, clock: .continuous)
              if life.lastSign + limits.silence <= .now { break }
            }
            life.stop(.silent(limits.silence))
            await execution.teardown(using: teardown)
          }
          var talk = 0
          for try await buffer in execution.standardError {
            let bytes = buffer.withUnsafeBytes { Array($0) }
            let steps = messages.ownSteps
            messages.take(bytes) { step in
              progress?(step)
            }
            // Words alone, of the host or of anybody between, could keep a command waiting for ever.
            if messages.ownSteps == steps { talk += bytes.count }
            if messages.ownSteps > steps || talk < limits.talk { life.sign() }
            if let excess = messages.excess(over: limits), life.stop(.tooMuch(excess)) {
              await execution.teardown(using: teardown)
            }
          }
          group.cancelAll()
        }
      }
      messages.end()
      if let reason = life.reason, !(reason.isOvertakenByAnEnd && result.terminationStatus.isSuccess) {
        throw reason
      }
      if Task.isCancelled { throw Failure.cancelled }
      return Outcome(
        status: result.terminationStatus.asShell, output: result.standardOutput, messages: messages)
    } catch let failure as Failure {
      throw failure
    } catch {
      if Task.isCancelled { throw .cancelled }
      if let reason = life.reason { throw reason }
      if let error = error as? SubprocessError, error.code == .outputLimitExceeded {
        throw .tooMuch(.references(limit: limits.references))
      }
      throw .notStarted("\(error)")
    }
  }

  /// First politely, so that git takes its locks and half-written packages away, then not.
  private var teardown: [TeardownStep] {
    [.gracefulShutDown(toProcessGroup: !prompts, allowedDurationToNextStep: .seconds(2))]
  }

  /// The shell sets the limits on memory (in KiB), on the size of a file (in blocks of 512 bytes) and on the time on a
  /// processor, which git's own children inherit, and becomes git; it reads no word of the arguments. Only writable
  /// memory is limited: packs are mapped in windows, by the settings below.
  private func command(_ arguments: [String], in folder: Folder, _ checks: OwnChecks) -> Arguments {
    let shell = [
      "-c",
      #"ulimit -S -d "$0" 2>/dev/null; ulimit -S -f "$1" 2>/dev/null; ulimit -S -t "$2" 2>/dev/null; "#
        + #"shift 2; exec "$@""#,
      "\(limits.memory >> 10)", "\(limits.bytes >> 9 + 2048)", "\(limits.processorTime.components.seconds)",
    ]
    var git = [executable.string]
    if folder == .workspace { git += place.arguments }
    git += (Self.configuration + Self.frugality).flatMap { ["-c", $0] }
    if checks == .none { git += ["-c", "core.hooksPath=/dev/null"] }
    return Arguments(shell + git + arguments)
  }
}

extension GitProgram {
  /// What must not depend on the person's own configuration.
  private static let configuration = [
    // Nothing may run a program because of what an address or a folder holds.
    "protocol.ext.allow=never", "core.fsmonitor=false", "submodule.recurse=false",
    "push.recurseSubmodules=no", "fetch.recurseSubmodules=no",
    // A sync is not the moment for house cleaning, nor for touching tags.
    "gc.auto=0", "maintenance.auto=false", "fetch.writeCommitGraph=false", "fetch.pruneTags=false",
    "push.followTags=false", "fetch.showForcedUpdates=false",
    // What was fetched survives a power cut before any reference of ours leads to it.
    "core.fsync=committed",
    // Another git in the same folder holds a lock for milliseconds; wait for it.
    "core.filesRefLockTimeout=1000", "core.packedRefsTimeout=3000",
    "color.ui=false", "advice.fetchShowForcedUpdates=false",
  ]

  /// What keeps git below the limit on memory: it streams what is bigger than a document can be instead of holding it,
  /// and looks at packs through small windows.
  static let frugality = [
    "core.bigFileThreshold=16m", "core.deltaBaseCacheLimit=16m", "pack.windowMemory=32m", "pack.threads=1",
    "core.packedGitWindowSize=16m", "core.packedGitLimit=64m",
  ]

  /// The environment of git: this process's own, without what would lead it to another repository, then the
  /// caller's, then what Ligne needs to understand it.
  private static func settings(
    overlay: [String: String], prompts: Bool
  ) -> [Environment.Key: String?] {
    var settings: [Environment.Key: String?] = [:]
    // `git rev-parse --local-env-vars`, without the two that only carry `-c` settings of the person; and
    // those that are there when Ligne runs inside a hook of another repository.
    for name in [
      "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG", "GIT_OBJECT_DIRECTORY", "GIT_DIR", "GIT_WORK_TREE",
      "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_REPLACE_REF_BASE", "GIT_PREFIX", "GIT_SHALLOW_FILE",
      "GIT_COMMON_DIR", "GIT_INTERNAL_SUPER_PREFIX", "GIT_NAMESPACE", "GIT_QUARANTINE_PATH",
      // Traces go where messages are read.
      "GIT_TRACE", "GIT_TRACE_PACKET", "GIT_TRACE_PACKFILE", "GIT_TRACE_CURL", "GIT_CURL_VERBOSE",
      "GIT_TRACE_SETUP", "GIT_TRACE_PERFORMANCE", "GIT_TRACE_REFS", "GIT_TRACE_SHALLOW", "GIT_TRACE2",
    ] {
      settings[Environment.Key(stringLiteral: name)] = .some(nil)
    }
    for (name, value) in overlay { settings[Environment.Key(stringLiteral: name)] = value }
    settings["LC_ALL"] = "C"
    settings["LANGUAGE"] = .some(nil)
    // Replaced and grafted commits would make something look like forward that is not.
    settings["GIT_NO_REPLACE_OBJECTS"] = "1"
    settings["GIT_GRAFT_FILE"] = "/dev/null"
    if !prompts { settings["GIT_TERMINAL_PROMPT"] = "0" }
    // The list that counts, also for redirections and for `url.….insteadOf`; it can only get shorter.
    let allowed = ["file", "git", "http", "https", "ssh"]
    let given = overlay["GIT_ALLOW_PROTOCOL"] ?? getenv("GIT_ALLOW_PROTOCOL").map { String(cString: $0) }
    let kept = given.map { $0.split(separator: ":").map(String.init).filter(allowed.contains) } ?? allowed
    settings["GIT_ALLOW_PROTOCOL"] = kept.joined(separator: ":")
    return settings
  }

  /// "2.39.5" in "git version 2.39.5 (Apple Git-154)".
  private static func numbers(in line: Substring) -> String {
    String(line.drop { !$0.isASCII || !$0.isNumber }.prefix { $0 == "." || ($0.isASCII && $0.isNumber) })
  }
}

/// The repository, as git is told about it.
private struct Place: Sendable {
  let workingFolder: FilePath
  let arguments: [String]

  init(gitFolder: String) {
    let folder = FilePath(gitFolder).lexicallyNormalized()
    if folder.lastComponent == ".git" {
      // From the folder around it, so that git asks whom it belongs to; with --git-dir it would not. Relative
      // paths then also mean what they mean to git in the workspace.
      let workspace = folder.removingLastComponent()
      workingFolder = resolved(workspace.isEmpty ? "." : workspace)
      arguments = []
    } else {
      workingFolder = resolved(folder)
      arguments = ["--git-dir=."]
    }
  }

  /// Git must not look for a repository further up, or a damaged workspace inside another repository would
  /// have that one fetched into.
  var ceiling: String { workingFolder.removingLastComponent().string }
}

/// Without symbolic links; as given if there is no such folder, which git will say.
private func resolved(_ path: FilePath) -> FilePath {
  guard let resolved = realpath(path.string, nil) else { return path }
  defer { free(resolved) }
  return FilePath(String(cString: resolved))
}

/// Shared between the task that reads and the one that watches.
private final class Life: Sendable {
  private let state = Mutex((lastSign: ContinuousClock.now, reason: GitProgram.Failure?.none))

  var lastSign: ContinuousClock.Instant { state.withLock { $0.lastSign } }
  var reason: GitProgram.Failure? { state.withLock { $0.reason } }

  func sign() { state.withLock { $0.lastSign = .now } }

  /// Keeps the first reason; `false` if there was one.
  @discardableResult
  func stop(_ reason: GitProgram.Failure) -> Bool {
    state.withLock { state in
      guard state.reason == nil else { return false }
      state.reason = reason
      return true
    }
  }
}

extension TerminationStatus {
  fileprivate var asShell: Int32 {
    switch self {
    case .exited(let code): Int32(truncatingIfNeeded: code)
    case .signaled(let signal): 128 + Int32(truncatingIfNeeded: signal)
    }
  }
}
