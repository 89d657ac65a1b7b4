import Foundation
import Glibc

/// An OpenSSH server of the test's own, with its own keys, that lets in who holds the right one.
public final class SSHServer: Sendable {
  /// Which key the client comes with.
  public enum Key: String, Sendable, CaseIterable {
    case right, wrong
  }

  /// What the client knows of the host.
  public enum Host: String, Sendable, CaseIterable {
    case known, unknown
    /// It knows another key under this name.
    case changed
  }

  private let server: Server
  private let folder: TemporaryFolder

  /// Whether it can be started here: as root it wants a folder of its own below `/run`, which is given to it
  /// in a file system nobody else sees.
  public static var isInstalled: Bool {
    guard Server.path(of: "sshd") != nil, Server.path(of: "ssh-keygen") != nil else { return false }
    if getuid() != 0 || FileManager.default.fileExists(atPath: "/run/sshd") { return true }
    return (try? Program.run("unshare", ["--mount", "mount", "-t", "tmpfs", "none", "/run"]))?.status == 0
  }

  /// - Parameters:
  ///   - greeting: A command the server runs in the place of what is asked, such as `echo hello`.
  ///   - sessions: How many sessions one connection may carry at once.
  public init(greeting: String? = nil, sessions: Int = 10) throws {
    let folder = try TemporaryFolder("ligne-ssh")
    self.folder = folder
    for name in ["host", "right", "wrong"] {
      let made = try Program.run(
        "ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder[name].path])
      guard made.status == 0 else { throw Server.Failure.notStarted("ssh-keygen", reason: made.errorText) }
    }
    let options = greeting.map { "command=\"\($0)\" " } ?? ""
    try folder.write(options + String(decoding: folder.read("right.pub"), as: UTF8.self), to: "allowed")
    guard let program = Server.path(of: "sshd") else {
      throw Server.Failure.notStarted("sshd", reason: "it is not installed")
    }
    server = try Server { port in
      try folder.write(
        """
        Port \(port)
        ListenAddress 127.0.0.1
        HostKey \(folder["host"].path)
        AuthorizedKeysFile \(folder["allowed"].path)
        StrictModes no
        UsePAM no
        PidFile none
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        MaxStartups 200
        MaxSessions \(sessions)
        """, to: "sshd_config")
      let command = [program, "-D", "-e", "-f", folder["sshd_config"].path]
      if getuid() != 0 || FileManager.default.fileExists(atPath: "/run/sshd") { return command }
      let prepare = "mount -t tmpfs none /run && mkdir /run/sshd && exec \"$@\""
      return ["unshare", "--mount", "sh", "-c", prepare, "sh"] + command
    }
    for (host, key) in [(Host.known, "host"), (.changed, "wrong")] {
      let words = String(decoding: try folder.read("\(key).pub"), as: UTF8.self).split(separator: " ")
      try folder.write("[127.0.0.1]:\(server.port) \(words[0]) \(words[1])\n", to: "hosts-\(host.rawValue)")
    }
    for key in Key.allCases {
      for host in Host.allCases {
        try folder.write(
          """
          Host *
            IdentityFile \(folder[key.rawValue].path)
            IdentitiesOnly yes
            IdentityAgent none
            UserKnownHostsFile \(folder["hosts-\(host.rawValue)"].path)
            GlobalKnownHostsFile /dev/null
          Host team
            HostName 127.0.0.1
            Port \(server.port)
          """, to: "client-\(key.rawValue)-\(host.rawValue)")
      }
    }
  }

  public var port: Int { server.port }

  /// The environment in which git reaches it; `ssh` then also knows it by the name `team`.
  public func environment(_ key: Key = .right, _ host: Host = .known) -> [String: String] {
    ["GIT_SSH_COMMAND": "ssh -F \(folder["client-\(key.rawValue)-\(host.rawValue)"].path)"]
  }

  /// The address of a repository, by its absolute path.
  public func address(_ path: String) -> String {
    "ssh://\(NSUserName())@127.0.0.1:\(server.port)\(path)"
  }

  public var log: String { server.log }

  /// Ends all connections, as a host does that starts anew.
  public func endConnections() throws { try server.endConnections() }

  /// How many connections were let in so far, and how many of them have ended.
  public var connections: (begun: Int, ended: Int) {
    let lines = log.split(whereSeparator: \.isNewline)
    return (
      lines.count { $0.contains("Accepted publickey") }, lines.count { $0.contains("Disconnected from user") }
    )
  }
}
