import ArgumentParser
import Foundation
import TestSupport

/// How people reach the team's address.
enum Route: String, CaseIterable, ExpressibleByArgument {
  case path, ssh, http, https

  var isInstalled: Bool {
    switch self {
    case .path: true
    case .ssh: SSHServer.isInstalled
    case .http: WebServer.isInstalled
    case .https: WebServer.canEncrypt
    }
  }
}

/// Serves the repositories of a folder on loopback while the value lives.
final class Host: Sendable {
  private let root: String
  private let ssh: SSHServer?
  private let web: WebServer?

  init(_ route: Route, root: String) throws {
    self.root = root
    ssh = route == .ssh ? try SSHServer() : nil
    web =
      switch route {
      case .path, .ssh: nil
      case .http: try WebServer(root: root)
      case .https: try WebServer(root: root, isEncrypted: true)
      }
    if web != nil {
      for name in try FileManager.default.contentsOfDirectory(atPath: root) where name.hasSuffix(".git") {
        try Program.git("config", "http.receivepack", "true", in: "\(root)/\(name)")
      }
    }
  }

  /// The address of a repository below the root.
  func address(_ name: String) -> String {
    ssh?.address("\(root)/\(name)") ?? web?.address(name) ?? "\(root)/\(name)"
  }

  /// What git needs to get in.
  var environment: [String: String] {
    ssh?.environment() ?? web.map { ["GIT_SSL_CAINFO": $0.certificate] } ?? [:]
  }
}
