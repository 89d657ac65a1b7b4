import Foundation

/// A web server as teams run one (lighttpd), with `git http-backend` behind it, for the repositories of a
/// folder. Hosts that misbehave are `GitHTTPServer`s.
///
/// Needs `lighttpd`, and for https its module and `openssl`.
public final class WebServer: Sendable {
  private let server: Server
  private let folder: TemporaryFolder
  private let isEncrypted: Bool

  public static var isInstalled: Bool { Server.path(of: "lighttpd") != nil }

  /// Whether it can speak https.
  public static var canEncrypt: Bool {
    guard isInstalled, Server.path(of: "openssl") != nil,
      let folder = try? TemporaryFolder("ligne-web"),
      let settings = try? folder.write(
        "server.document-root = \"\(folder.path)\"\nserver.modules = (\"mod_openssl\")\n", to: "settings"),
      let answer = try? Program.run(program, ["-tt", "-f", settings.path])
    else { return false }
    return answer.status == 0
  }

  private static var program: String { Server.path(of: "lighttpd") ?? "lighttpd" }

  /// - Parameters:
  ///   - login: Only who gives this name and password comes in (basic authentication).
  ///   - isEncrypted: https, with a certificate of its own for `localhost` that nobody else vouches for.
  ///   - largestRequest: In kilobytes; whoever sends more is answered with 413.
  public init(
    root: String, login: (user: String, password: String)? = nil, isEncrypted: Bool = false,
    largestRequest: Int? = nil
  ) throws {
    let folder = try TemporaryFolder("ligne-web")
    (self.folder, self.isEncrypted) = (folder, isEncrypted)
    let programs = try Program.run("git", ["--exec-path"]).text
    var modules = ["mod_alias", "mod_setenv", "mod_cgi"]
    var settings = """
      server.document-root = "\(root)"
      server.bind = "127.0.0.1"
      server.upload-dirs = ("\(folder.path)")
      alias.url = ("/" => "\(programs)/git-http-backend/")
      setenv.add-environment = ("GIT_PROJECT_ROOT" => "\(root)", "GIT_HTTP_EXPORT_ALL" => "1")
      cgi.assign = ("" => "")

      """
    if let login {
      modules.insert(contentsOf: ["mod_auth", "mod_authn_file"], at: 0)
      try folder.write("\(login.user):\(login.password)\n", to: "people")
      settings += """
        auth.backend = "plain"
        auth.backend.plain.userfile = "\(folder["people"].path)"
        auth.require = ("" => ("method" => "basic", "realm" => "team", "require" => "valid-user"))

        """
    } else {
      // Whom git http-backend takes for somebody: it lets nobody write who has no name.
      settings += "setenv.set-environment = (\"REMOTE_USER\" => \"anyone\")\n"
    }
    if isEncrypted {
      modules.append("mod_openssl")
      let certificate = try SelfSignedCertificate(in: folder)
      settings += """
        ssl.engine = "enable"
        ssl.pemfile = "\(certificate.file)"
        ssl.privkey = "\(certificate.key)"

        """
    }
    if let largestRequest { settings += "server.max-request-size = \(largestRequest)\n" }
    settings += "server.modules = (\(modules.map { "\"\($0)\"" }.joined(separator: ", ")))\n"
    server = try Server { port in
      try folder.write(settings + "server.port = \(port)\n", to: "settings")
      return [WebServer.program, "-D", "-f", folder["settings"].path]
    }
  }

  public var port: Int { server.port }

  /// The certificate git would have to trust (`GIT_SSL_CAINFO`).
  public var certificate: String { SelfSignedCertificate.file(in: folder) }

  /// The address of a repository below the root.
  public func address(_ path: String, user: String? = nil) -> String {
    let login = user.map { $0 + "@" } ?? ""
    return isEncrypted
      ? "https://\(login)localhost:\(port)/\(path)" : "http://\(login)127.0.0.1:\(port)/\(path)"
  }

  public var log: String { server.log }
}

/// A certificate for `localhost` nobody else vouches for, good for two days.
struct SelfSignedCertificate {
  let file: String
  let key: String

  /// Makes one in this folder, with `openssl`.
  init(in folder: TemporaryFolder) throws {
    file = SelfSignedCertificate.file(in: folder)
    key = folder["key.pem"].path
    let made = try Program.run(
      "openssl",
      [
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
        "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", file,
      ])
    guard made.status == 0 else { throw Server.Failure.notStarted("openssl", reason: made.errorText) }
  }

  static func file(in folder: TemporaryFolder) -> String { folder["cert.pem"].path }
}
