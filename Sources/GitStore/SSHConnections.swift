import Glibc
import Subprocess

/// One connection for everything that goes to a host over ssh while this value lives.
///
/// A sync runs git three times at least: to fetch, to send, to read back. Each run would connect and sign in anew, which on
/// a far host is most of a sync's time, and a key that has to be touched would have to be touched each time. So the
/// first one leaves its connection open for the others, in a folder that nobody else can enter.
///
/// What a person set up stays as it is: whoever shares connections already (`ControlPath`) keeps sharing those, and who sets
/// `GIT_SSH_COMMAND="ssh -S none"` shares none. A connection that leads through another host is left alone as well: what
/// is wrong there would be said to nobody.
///
/// Source: ssh_config(5), `ControlMaster`.
final class SSHConnections {
  /// What the paths of our connections begin with.
  private let place: String
  private let program: String

  /// - Parameter program: How OpenSSH is called, in the words of a shell.
  /// - Returns: `nil` if there is no place for a connection.
  init?(through program: String) {
    guard let folder = privateFolder() else { return nil }
    self.program = program
    place = "\(folder)/\(String(UInt64.random(in: .min ... .max), radix: 36))-"
  }

  /// What git is told.
  ///
  /// Git calls ssh with the host, the port and more; ssh is first asked, in these very words, what it makes of them (`-G`).
  /// A connection is shared by what has the same answer, but for what only one run sends with it.
  var settings: [Environment.Key: String?] {
    let sharing = "-o ControlMaster=auto -o ControlPersist=\(Self.patience)"
    let function = """
      shared() {
        case $(\(program) -V 2>&1 </dev/null) in OpenSSH*) ;; *) exec \(program) "$@" ;; esac
        said=$(\(program) -G "$@" 2>/dev/null </dev/null)
        case $said in
          *controlpath*|*proxyjump*|*proxycommand*|*'loglevel DEBUG'*) exec \(program) "$@" ;;
          *hostname*) ;;
          *) exec \(program) "$@" ;;
        esac
        name=$(printf '%s\\n' "$said" | grep -v '^sendenv ' | cksum)
        exec \(program) \(sharing) -o "ControlPath=\(place)${name%% *}" "$@"
      }
      shared
      """
    // From such a command git could not tell whose options it takes.
    return ["GIT_SSH_COMMAND": function, "GIT_SSH_VARIANT": "ssh"]
  }

  /// Seconds a connection waits for the next run of git, for as long as a big team's tree may take to be joined between
  /// two of them; it ends by itself if this process is killed.
  private static let patience = 300

  deinit {
    // In the background: nobody has to wait for a goodbye.
    let farewell = """
      exec </dev/null >/dev/null 2>&1
      (for it in "$0"*; do test -S "$it" && ssh -F none -O exit -S "$it" host; done) &
      """
    let command: [String] = ["sh", "-c", farewell, place]
    var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    var settings: [UnsafeMutablePointer<CChar>?] = [strdup("PATH=\(path)"), nil]
    defer { for pointer in words + settings { free(pointer) } }
    var process: pid_t = 0
    guard posix_spawn(&process, "/bin/sh", nil, nil, &words, &settings) == 0 else { return }
    while waitpid(process, nil, 0) == -1, errno == EINTR {}
  }
}

/// This person's folder for connections, made if it is not there; `nil` where somebody else could enter it, or its name is
/// nothing for a socket.
private func privateFolder() -> String? {
  let runtime = getenv("XDG_RUNTIME_DIR").map { String(cString: $0) }
  if let runtime, isOwn(runtime, keepingOut: 0o022), let folder = folder(at: runtime + "/ligne") {
    return folder
  }
  return folder(at: "/tmp/ligne-\(geteuid())")

  func folder(at path: String) -> String? {
    let isPlain = path.utf8.allSatisfy { byte in
      UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
        || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || "/._-".utf8.contains(byte)
    }
    // ssh reads `%` and `$` in it. Our names have 25 bytes at most, ssh appends 17 while it begins, and the path of a
    // socket is shorter than 104 on the tightest of our systems.
    guard isPlain, path.hasPrefix("/"), path.utf8.count + 25 + 17 < 104 else { return nil }
    guard mkdir(path, 0o700) == 0 || errno == EEXIST, isOwn(path, keepingOut: 0o077) else { return nil }
    return path
  }

  /// Whether it is a folder of this person, and no link to one.
  func isOwn(_ path: String, keepingOut rights: mode_t) -> Bool {
    var found = stat()
    return lstat(path, &found) == 0 && found.st_mode & S_IFMT == S_IFDIR && found.st_uid == geteuid()
      && found.st_mode & rights == 0
  }
}

extension GitMessages {
  /// Whether ssh could not make or use a shared connection. It says so before git has said a word to the host.
  var isAboutSharedConnection: Bool {
    let marks = ["muxserver_listen", "unix_listener", "mux listener", "control master"]
    return own.contains { line in marks.contains { line.lowercased().contains($0) } }
  }
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
