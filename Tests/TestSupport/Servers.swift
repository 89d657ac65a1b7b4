import Foundation
import Glibc

/// A program that serves on loopback while a test runs, and is gone with the value.
///
/// It is ended with everything it started when the value goes, and by itself within a second if the test run
/// dies first. What it writes is kept in `log` for the message of a failing test.
public final class Server: @unchecked Sendable {
  /// Where it listens on 127.0.0.1.
  public let port: Int
  private let group: pid_t
  private let folder: TemporaryFolder

  /// Why it does not serve.
  public enum Failure: Error, CustomStringConvertible {
    case notStarted(String, reason: String)
    case notReady(String, log: String)

    public var description: String {
      switch self {
      case .notStarted(let name, let reason): "\(name) could not be started: \(reason)"
      case .notReady(let name, let log): "\(name) did not begin to serve\n\(log)"
      }
    }
  }

  /// Starts a program that chooses its port itself and writes `ready <port>` as its first line.
  public init(announcing command: [String], environment: [String: String] = [:]) throws {
    folder = try TemporaryFolder("ligne-server")
    group = try start(command, environment, folder)
    do {
      port = try wait(for: command[0], group, folder) { log in
        guard let line = log.split(separator: "\n").first, line.hasPrefix("ready ") else { return nil }
        return Int(line.dropFirst("ready ".count))
      }
    } catch {
      end(group)
      throw error
    }
  }

  /// Starts a program that has to be told its port, and waits until it answers there.
  ///
  /// Between looking for a free port and opening it another program may take it; then another port is tried.
  public init(
    environment: [String: String] = [:], command: (_ port: Int) throws -> [String]
  ) throws {
    folder = try TemporaryFolder("ligne-server")
    var last: any Error = Failure.notReady("", log: "")
    for _ in 0..<5 {
      let port = try freePort()
      let command = try command(port)
      let group = try start(command, environment, folder)
      do {
        _ = try wait(for: command[0], group, folder) { _ in answers(port) ? port : nil }
        self.port = port
        self.group = group
        return
      } catch {
        end(group)
        last = error
      }
    }
    throw last
  }

  deinit { end(group) }

  /// Ends what it started to serve one connection each, if it is one that starts programs for that.
  public func endConnections() throws {
    // It is a child itself of what watches over it.
    let server = try Program.run("pgrep", ["-P", "\(group)"]).text.split(separator: "\n").joined(
      separator: ",")
    _ = try Program.run("pkill", ["-P", server])
    for _ in 0..<100 where try Program.run("pgrep", ["-P", server]).status == 0 { usleep(20_000) }
  }

  /// What it has written so far.
  public var log: String {
    ["output", "errors"].map { (try? String(contentsOf: folder[$0], encoding: .utf8)) ?? "" }.joined()
  }

  /// The full path of a program, looked for in `PATH` and where servers are kept; `nil` if it is not
  /// installed.
  public static func path(of program: String) -> String? {
    let folders =
      (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
      + ["/usr/sbin", "/usr/local/sbin", "/sbin"]
    return folders.lazy.map { "\($0)/\(program)" }.first { access($0, X_OK) == 0 }
  }
}

/// Runs beside the server: ends it and all its children once the test run is gone.
private let watch = """
  "$@" &
  server=$!
  while kill -0 "$LIGNE_TEST_RUN" 2>/dev/null && kill -0 "$server" 2>/dev/null; do sleep 1; done
  kill -9 0
  """

/// Starts the program in a process group of its own and returns its number.
private func start(
  _ command: [String], _ environment: [String: String], _ folder: TemporaryFolder
) throws -> pid_t {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  // Files, opened in the child: no pipe whose ends other children could inherit.
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
  posix_spawn_file_actions_addopen(
    &actions, 1, folder["output"].path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  posix_spawn_file_actions_addopen(
    &actions, 2, folder["errors"].path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var none = sigset_t()
  var all = sigset_t()
  sigemptyset(&none)
  sigfillset(&all)
  posix_spawnattr_setsigmask(&attributes, &none)
  posix_spawnattr_setsigdefault(&attributes, &all)
  posix_spawnattr_setflags(
    &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

  let settings = ProcessInfo.processInfo.environment
    .merging(Program.gitEnvironment) { _, new in new }
    .merging(environment) { _, new in new }
    .merging(["LIGNE_TEST_RUN": "\(getpid())"]) { _, new in new }
  var words: [UnsafeMutablePointer<CChar>?] =
    (["sh", "-c", watch, "sh"] + command).map { strdup($0) } + [nil]
  var variables: [UnsafeMutablePointer<CChar>?] = settings.map { strdup("\($0)=\($1)") } + [nil]
  defer { for word in words + variables { free(word) } }
  var pid: pid_t = 0
  let code = posix_spawn(&pid, "/bin/sh", &actions, &attributes, &words, &variables)
  guard code == 0 else {
    throw Server.Failure.notStarted(command[0], reason: String(cString: strerror(code)))
  }
  return pid
}

/// Looks at the log until it says what is waited for, at most fifteen seconds.
private func wait<Value>(
  for name: String, _ group: pid_t, _ folder: TemporaryFolder, _ ready: (String) -> Value?
) throws -> Value {
  let deadline = ContinuousClock.now + .seconds(15)
  while ContinuousClock.now < deadline {
    let output = (try? String(contentsOf: folder["output"], encoding: .utf8)) ?? ""
    if let value = ready(output) { return value }
    // The group ends itself when its server has ended.
    var status: Int32 = 0
    if waitpid(group, &status, WNOHANG) == group { break }
    usleep(20_000)
  }
  let log = ["output", "errors"].map { (try? String(contentsOf: folder[$0], encoding: .utf8)) ?? "" }.joined()
  throw Server.Failure.notReady(name, log: log)
}

private func end(_ group: pid_t) {
  kill(-group, SIGKILL)
  var status: Int32 = 0
  while waitpid(group, &status, 0) < 0 && errno == EINTR {}
}

private func loopback(_ port: Int) -> sockaddr_in {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = in_port_t(port).bigEndian
  address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
  return address
}

private func withSocket<Value>(
  _ port: Int, _ body: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Value
) -> Value {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
  defer { close(descriptor) }
  var address = loopback(port)
  return withUnsafePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      body(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
    }
  }
}

/// A port nobody listens on right now.
public func freePort() throws -> Int {
  let port = withSocket(0) { descriptor, address, length -> Int in
    guard bind(descriptor, address, length) == 0 else { return 0 }
    var bound = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &bound) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
    }
    return code == 0 ? Int(in_port_t(bigEndian: bound.sin_port)) : 0
  }
  guard port > 0 else {
    throw Server.Failure.notStarted("socket", reason: String(cString: strerror(errno)))
  }
  return port
}

private func answers(_ port: Int) -> Bool {
  withSocket(port) { descriptor, address, length in connect(descriptor, address, length) == 0 }
}
