import Glibc

/// One run of a program, from start to end, with nothing of its output kept.
struct Command {
  /// Looked for in `PATH` unless it holds a `/`.
  var words: [String]

  enum Failure: Error, CustomStringConvertible {
    case notStarted(String, Int32)
    case failed(String, Int32)

    var description: String {
      switch self {
      case .notStarted(let name, let code): "\(name) does not start: \(String(cString: strerror(code)))"
      case .failed(let name, let status): "\(name) ended with \(status)"
      }
    }
  }

  /// Runs it once.
  ///
  /// - Parameter statuses: The exit statuses of a run that counts.
  /// - Returns: The time it took, the system's bookkeeping included.
  func run(accepting statuses: ClosedRange<Int32> = 0...0) throws -> Duration {
    try measured(accepting: statuses).time
  }

  /// The same, with the most memory it had, in MB. Source: getrusage(2), `ru_maxrss`, in KiB.
  func measured(accepting statuses: ClosedRange<Int32> = 0...0) throws -> (time: Duration, memory: Double) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
    }
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    let start = ContinuousClock.now
    let code = posix_spawnp(&process, words[0], &actions, nil, &arguments, environ)
    guard code == 0 else { throw Failure.notStarted(words[0], code) }
    var status: Int32 = 0
    var usage = rusage()
    while wait4(process, &status, 0, &usage) < 0 && errno == EINTR {}
    let time = start.duration(to: .now)
    // The low byte says whether a signal ended it.
    guard status & 0xFF == 0, statuses.contains(status >> 8) else {
      throw Failure.failed(words.joined(separator: " "), status)
    }
    return (time, Double(usage.ru_maxrss) * 1024 / 1e6)
  }
}
