import Glibc
import Subprocess

/// One connection for everything that goes to a host over ssh while this value lives.
///
/// A sync runs git three times at least: to fetch, to send, to read back. Each run would connect and sign in anew, which on
/// a far host is most of a sync's time, and a key that has to be touched would have to be touched each time. So the
/// first one leaves its connection open for the others, in a folder that nobody else can enter.
///
/// What a person set up stays as it is: whoever shares connections already (`ControlPath`) keeps sharing those. Where
/// sharing is not possible (a host that takes one session for each connection, a connection that died), ssh itself
/// connects anew.
///
/// Source: ssh_config(5), `ControlMaster`.
final class SSHConnections {
  private let folder: String
  private let program: String

  /// - Parameter program: How ssh is called, in the words of a shell.
  /// - Returns: `nil` if there is no place for a connection.
  init?(through program: String) {
    self.program = program
    let runtime = getenv("XDG_RUNTIME_DIR").flatMap { privateFolder(in: String(cString: $0)) }
    guard let folder = runtime ?? privateFolder(in: "/tmp") else { return nil }
    self.folder = folder
  }

  /// What git is told.
  ///
  /// Git calls ssh with the host, the port and more; ssh is first asked, in these very words, what it makes of them (`-G`,
  /// which connects to nobody).
  var settings: [Environment.Key: String?] {
    let sharing = "-o ControlMaster=auto -o ControlPath=\(folder)/%C -o ControlPersist=\(Self.patience)"
    let function = """
      shared() {
        case $(\(program) -G "$@" 2>/dev/null) in
          *controlpath*) exec \(program) "$@" ;;
          *hostname*) exec \(program) \(sharing) "$@" ;;
          *) exec \(program) "$@" ;;
        esac
      }
      shared
      """
    // From such a command git could not tell whose options it takes.
    return ["GIT_SSH_COMMAND": function, "GIT_SSH_VARIANT": "ssh"]
  }

  /// Seconds a connection waits for the next run of git; it ends by itself if this process is killed.
  private static let patience = 30

  deinit {
    // Nobody connected, or the connection has ended already.
    if rmdir(folder) == 0 { return }
    // In the background: nobody has to wait for a goodbye.
    let farewell = """
      exec </dev/null >/dev/null 2>&1
      (for it in "$0"/*; do ssh -F none -O exit -S "$it" host; done; rm -rf "$0") &
      """
    let command: [String] = ["sh", "-c", farewell, folder]
    var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    var settings: [UnsafeMutablePointer<CChar>?] = [strdup("PATH=\(path)"), nil]
    defer { for pointer in words + settings { free(pointer) } }
    var process: pid_t = 0
    guard posix_spawn(&process, "/bin/sh", nil, nil, &words, &settings) == 0 else { return }
    while waitpid(process, nil, 0) == -1, errno == EINTR {}
  }
}

/// A new folder only this person can enter; `nil` if none can be made there, or its name is nothing for a socket.
///
/// ssh appends a name of 41 bytes and, while it begins, an ending of 17 to it; the path of a socket is shorter than 104 bytes
/// on the tightest of our systems. It also reads `%` and `$` in it.
private func privateFolder(in place: String) -> String? {
  let isPlain = place.utf8.allSatisfy { byte in
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
      || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || "/._-".utf8.contains(byte)
  }
  var template = Array("\(place)/ligne-\(String(repeating: "X", count: 6))".utf8CString)
  guard place.hasPrefix("/"), isPlain, template.count + 41 + 17 <= 104, mkdtemp(&template) != nil else {
    return nil
  }
  return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

extension GitTransport {
  /// How runs of git reach an address.
  enum SSHUse {
    case undecided
    /// As the person set it up.
    case asItIs
    case shared(SSHConnections)
  }

  /// What lets the runs of git that speak to an address share one connection.
  func connection(to address: RemoteAddress) async throws(GitProgram.Failure) -> [Environment.Key: String?] {
    guard address.kind == .ssh else { return [:] }
    if case .undecided = sshUse {
      sshUse = try await openSSH().flatMap { SSHConnections(through: $0) }.map { .shared($0) } ?? .asItIs
    }
    guard case .shared(let connections) = sshUse else { return [:] }
    return connections.settings
  }

  /// The command by which git would call OpenSSH; `nil` where it calls something else, or what cannot be known.
  ///
  /// Source: git's connect.c, `get_ssh_command` and `determine_ssh_variant`.
  private func openSSH() async throws(GitProgram.Failure) -> String? {
    func variable(_ name: String) -> String? {
      environment[name] ?? getenv(name).map { String(cString: $0) }
    }
    let settings = try await program().run([
      "config", "--null", "--get-regexp", #"^(core\.sshcommand|ssh\.variant)$"#,
    ])
    guard settings.status <= 1 else { return nil }
    var configured: [Substring: Substring] = [:]
    for setting in String(decoding: settings.output, as: UTF8.self).split(separator: "\0") {
      let parts = setting.split(separator: "\n", maxSplits: 1)
      if parts.count == 2 { configured[parts[0]] = parts[1] }
    }
    let variant = variable("GIT_SSH_VARIANT") ?? configured["ssh.variant"].map(String.init)
    guard variant == nil || variant == "ssh" || variant == "auto" else { return nil }
    let command: String
    if let given = variable("GIT_SSH_COMMAND") ?? configured["core.sshcommand"].map(String.init) {
      command = given
    } else if variable("GIT_SSH") == nil {
      command = "ssh"
    } else {
      return nil
    }
    let name = command.prefix { $0 != " " }
    return name == "ssh" || name.hasSuffix("/ssh") ? command : nil
  }
}
