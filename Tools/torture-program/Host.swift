import ArgumentParser
import Foundation
import TestSupport

/// How people reach the team's address.
enum Route: String, CaseIterable, ExpressibleByArgument {
  case path, ssh, http

  var isInstalled: Bool {
    switch self {
    case .path: true
    case .ssh: SSHServer.isInstalled
    case .http: GitHTTPServer.isInstalled
    }
  }
}

/// Serves the repositories of a folder on loopback while the value lives.
final class Host: Sendable {
  private let root: String
  private let ssh: SSHServer?
  private let http: GitHTTPServer?

  init(_ route: Route, root: String) throws {
    self.root = root
    ssh = route == .ssh ? try SSHServer() : nil
    http = route == .http ? try GitHTTPServer(root: root) : nil
    if http != nil {
      for name in try FileManager.default.contentsOfDirectory(atPath: root) where name.hasSuffix(".git") {
        try Program.git("config", "http.receivepack", "true", in: "\(root)/\(name)")
      }
    }
  }

  /// The address of a repository below the root.
  func address(_ name: String) -> String {
    ssh?.address("\(root)/\(name)") ?? http?.address(name) ?? "\(root)/\(name)"
  }

  /// What git needs to get in.
  var environment: [String: String] { ssh?.environment() ?? [:] }
}
