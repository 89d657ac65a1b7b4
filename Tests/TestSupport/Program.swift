import Foundation
import Glibc

/// Runs programs from tests: without a shell, with a time limit, with nothing of the test's own descriptors.
public enum Program {
  /// What a program left behind.
  public struct Result: Sendable {
    /// The exit status; 128 and the signal's number for a program that was killed, as shells count it.
    public let status: Int32
    public let output: [UInt8]
    public let errors: [UInt8]

    /// Standard output as text, without the line ends at its end.
    public var text: String { trimmed(output) }
    public var errorText: String { trimmed(errors) }

    private func trimmed(_ bytes: [UInt8]) -> String {
      var text = String(decoding: bytes, as: UTF8.self)
      while text.utf8.last == UInt8(ascii: "\n") { text.removeLast() }
      return text
    }
  }

  /// Why there is no result to look at.
  public enum Failure: Error, CustomStringConvertible {
    case notStarted(String, reason: String)
    case tookTooLong([String], limit: Duration, errors: String)
    case failed([String], folder: String?, status: Int32, errors: String)

    public var description: String {
      switch self {
      case .notStarted(let name, let reason): "\(name) could not be started: \(reason)"
      case .tookTooLong(let command, let limit, let errors):
        "\(command.joined(separator: " ")) was ended after \(limit)\n\(errors)"
      case .failed(let command, let folder, let status, let errors):
        "\(command.joined(separator: " ")) in \(folder ?? ".") ended with \(status)\n\(errors)"
      }
    }
  }

  /// Runs a program to its end; any exit status is a result.
  ///
  /// - Parameters:
  ///   - name: Looked for in `PATH`, unless it holds a `/`.
  ///   - environment: Laid over the environment of the test; an empty value stays an empty value.
  ///   - folder: Where it runs; the test's own folder if `nil`.
  ///   - input: Its standard input.
  ///   - timeLimit: After this long the program and all its children are killed, and the test fails.
  public static func run(
    _ name: String, _ arguments: [String] = [], environment: [String: String] = [:],
    folder: String? = nil, input: [UInt8] = [], timeLimit: Duration = .seconds(60)
  ) throws -> Result {
    var child = try Child(
      name, arguments, ProcessInfo.processInfo.environment.merging(environment) { _, new in new }, folder)
    let inTime = child.exchange(input: input, until: .now + timeLimit)
    let status = child.end(killing: !inTime)
    if !inTime {
      throw Failure.tookTooLong(
        [name] + arguments, limit: timeLimit, errors: String(decoding: child.errors, as: UTF8.self))
    }
    return Result(status: status, output: child.output, errors: child.errors)
  }

  /// Runs a program to its end, and looks at the memory it took.
  ///
  /// - Returns: Its result, and the most bytes that it, or a program it started and waited for, held at once.
  public static func measured(
    _ name: String, _ arguments: [String] = [], environment: [String: String] = [:],
    folder: String? = nil, timeLimit: Duration = .seconds(60)
  ) throws -> (result: Result, peakMemory: Int) {
    let report = try TemporaryFolder("ligne-measure")
    let file = report.path + "/kilobytes"
    let result = try run(
      "python3", ["-c", measuring, file, name] + arguments, environment: environment, folder: folder,
      timeLimit: timeLimit)
    guard let kilobytes = Int(try String(contentsOfFile: file, encoding: .utf8)) else {
      throw Failure.failed([name] + arguments, folder: folder, status: result.status, errors: "not measured")
    }
    return (result, kilobytes << 10)
  }

  /// A small program in between: what a started program is said to have held begins with what its starter held,
  /// and a test run holds much.
  private static let measuring = """
    import resource, subprocess, sys
    status = subprocess.call(sys.argv[2:])
    with open(sys.argv[1], "w") as report:
        report.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
    sys.exit(status if status >= 0 else 128 - status)
    """

  /// Puts a script where it can be run, with the folders above it.
  ///
  /// Another process writes it: a test beside this one that starts a program at that moment would hold the file open for
  /// as long as it takes to become that program, and whoever runs the script then meets a “Text file busy”.
  public static func install(_ script: String, at path: String) throws {
    let command = [
      "-c", #"mkdir -p "${1%/*}" && rm -f "$1" && cat > "$1" && chmod 755 "$1""#, "sh", path,
    ]
    let result = try run("sh", command, input: Array(script.utf8))
    guard result.status == 0 else {
      throw Failure.failed(["sh"] + command, folder: nil, status: result.status, errors: result.errorText)
    }
  }

  /// Runs `git` so that neither the machine's configuration nor its clock shows in the result.
  ///
  /// - Returns: Standard output as text, without the line ends at its end.
  /// - Throws: `Failure.failed` for any exit status but 0.
  @discardableResult
  public static func git(
    _ arguments: String..., in folder: String, environment: [String: String] = [:], input: [UInt8] = []
  ) throws -> String {
    try git(arguments, in: folder, environment: environment, input: input)
  }

  /// The same, with the arguments in a list.
  @discardableResult
  public static func git(
    _ arguments: [String], in folder: String, environment: [String: String] = [:], input: [UInt8] = []
  ) throws -> String {
    let result = try run(
      "git", arguments, environment: gitEnvironment.merging(environment) { _, new in new }, folder: folder,
      input: input)
    guard result.status == 0 else {
      throw Failure.failed(
        ["git"] + arguments, folder: folder, status: result.status, errors: result.errorText)
    }
    return result.text
  }

  /// No configuration but the repository's own, English messages, a fixed author, committer and time.
  public static let gitEnvironment = [
    "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C.UTF-8", "TZ": "UTC",
    "GIT_AUTHOR_NAME": "Ana Tremblay", "GIT_AUTHOR_EMAIL": "ana@example.org",
    "GIT_AUTHOR_DATE": "2024-05-03T10:00:00-0400",
    "GIT_COMMITTER_NAME": "Ana Tremblay", "GIT_COMMITTER_EMAIL": "ana@example.org",
    "GIT_COMMITTER_DATE": "2024-05-03T10:00:00-0400",
  ]
}

private let starting = NSLock()

/// A started program and our ends of its three pipes.
///
/// Foundation's `Process` is not used: on Linux it hands the descriptors of other running tests to the child,
/// so that a pipe of one test stays open until the program of another ends.
private struct Child {
  var output: [UInt8] = []
  var errors: [UInt8] = []
  private var pid: pid_t = 0
  private var input: Int32
  private var outputEnd: Int32
  private var errorEnd: Int32

  init(
    _ name: String, _ arguments: [String], _ environment: [String: String], _ folder: String?
  ) throws {
    // One start at a time: between `pipe` and `fcntl` another child would inherit our ends of the pipes.
    // (`pipe2`, which has no such moment, is not among the functions Swift sees of Glibc.)
    starting.lock()
    defer { starting.unlock() }
    var pipes: [[Int32]] = []
    for _ in 0..<3 {
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else {
        throw Program.Failure.notStarted(name, reason: String(cString: strerror(errno)))
      }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      pipes.append(ends)
    }
    (input, outputEnd, errorEnd) = (pipes[0][1], pipes[1][0], pipes[2][0])
    defer { for end in [pipes[0][0], pipes[1][1], pipes[2][1]] { close(end) } }

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, pipes[0][0], 0)
    posix_spawn_file_actions_adddup2(&actions, pipes[1][1], 1)
    posix_spawn_file_actions_adddup2(&actions, pipes[2][1], 2)

    // A group of its own, so that a program out of time takes its children with it; default signals.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var defaults = sigset_t()
    sigfillset(&defaults)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    var unblocked = sigset_t()
    sigemptyset(&unblocked)
    posix_spawnattr_setsigmask(&attributes, &unblocked)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    // Nor is posix_spawn_file_actions_addchdir_np: `env` changes the folder.
    let command = (folder.map { ["env", "--chdir", $0] } ?? []) + [name] + arguments
    var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    var settings: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for word in words + settings { free(word) } }
    let code = posix_spawnp(&pid, command[0], &actions, &attributes, &words, &settings)
    guard code == 0 else {
      for end in [input, outputEnd, errorEnd] { close(end) }
      throw Program.Failure.notStarted(name, reason: String(cString: strerror(code)))
    }
  }

  /// Feeds and reads the program until it has closed its outputs; `false` if the time was up first.
  mutating func exchange(input bytes: [UInt8], until deadline: ContinuousClock.Instant) -> Bool {
    // Non-blocking, or a program that writes before it has read everything would wait for us and we for it.
    _ = fcntl(input, F_SETFL, O_NONBLOCK)
    var rest = bytes[...]
    defer { closeInput() }
    while outputEnd >= 0 || errorEnd >= 0 {
      if rest.isEmpty { closeInput() }
      let left = ContinuousClock.now.duration(to: deadline).components
      guard left.seconds >= 0, left.attoseconds >= 0 else { return false }
      // poll skips descriptors below zero: those already closed.
      var polled = [
        pollfd(fd: input, events: Int16(POLLOUT), revents: 0),
        pollfd(fd: outputEnd, events: Int16(POLLIN), revents: 0),
        pollfd(fd: errorEnd, events: Int16(POLLIN), revents: 0),
      ]
      let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000 + 1
      guard poll(&polled, 3, Int32(clamping: milliseconds)) > 0 else { continue }
      if polled[0].revents != 0 {
        let sent = rest.withUnsafeBytes { writeQuietly(input, $0) }
        if sent > 0 { rest = rest.dropFirst(sent) } else if sent < 0 { rest = [] }
      }
      if polled[1].revents != 0 { Self.read(&outputEnd, into: &output) }
      if polled[2].revents != 0 { Self.read(&errorEnd, into: &errors) }
    }
    return true
  }

  /// Waits for the program and returns its status.
  mutating func end(killing: Bool) -> Int32 {
    if killing { kill(-pid, SIGKILL) }
    for end in [outputEnd, errorEnd] where end >= 0 { close(end) }
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }

  private mutating func closeInput() {
    if input >= 0 { close(input) }
    input = -1
  }

  /// Writes without a SIGPIPE that would end the test run when the program does not read its input.
  private func writeQuietly(_ end: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    signal(SIGPIPE, SIG_IGN)
    let count = write(end, bytes.baseAddress, bytes.count)
    return count < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : count
  }

  private static func read(_ end: inout Int32, into bytes: inout [UInt8]) {
    var buffer = [UInt8](repeating: 0, count: 65536)
    let count = Glibc.read(end, &buffer, buffer.count)
    if count > 0 {
      bytes += buffer[..<count]
    } else if count == 0 || errno != EINTR {
      close(end)
      end = -1
    }
  }
}
