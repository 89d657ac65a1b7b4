import Foundation

/// A host that offers the repositories of a folder over http or https, through `git http-backend`, and misbehaves
/// in the ways hosts do. One that does what it should, as teams run it, is a `WebServer`.
///
/// Needs `python3`, and `openssl` for https.
public final class GitHTTPServer: Sendable {
  /// How it behaves towards those who come.
  public enum Manner: Sendable {
    case friendly
    /// Only who gives this name and password comes in.
    case asking(user: String, password: String)
    /// Reading is for everybody, writing for nobody.
    case readOnly
    /// Answers everything with this status and these words.
    case status(Int, words: String)
    /// Answers everything with this page, as the portal of a public network does.
    case page(String)
    /// Sends everybody who asks for a repository to a page for signing in.
    case redirectingToPage
  }

  public enum Security: Sendable {
    case none
    /// A certificate of its own, for `localhost`, nobody else vouches for.
    case selfSigned
  }

  private let server: Server
  private let scheme: String
  private let folder: TemporaryFolder

  public static var isInstalled: Bool { Server.path(of: "python3") != nil }

  public init(root: String, _ manner: Manner = .friendly, security: Security = .none) throws {
    folder = try TemporaryFolder("ligne-http")
    var settings: [String: Any] = ["root": root]
    switch manner {
    case .friendly: break
    case .asking(let user, let password): settings["password"] = "\(user):\(password)"
    case .readOnly: settings["readOnly"] = true
    case .status(let status, let words): (settings["status"], settings["words"]) = (status, words)
    case .page(let page): settings["page"] = page
    case .redirectingToPage: settings["redirect"] = true
    }
    scheme = security == .none ? "http" : "https"
    if security == .selfSigned {
      let certificate = try SelfSignedCertificate(in: folder)
      (settings["certificate"], settings["key"]) = (certificate.file, certificate.key)
    }
    let script = try folder.write(program, to: "serve.py")
    let words = try JSONSerialization.data(withJSONObject: settings)
    server = try Server(announcing: ["python3", script.path, String(decoding: words, as: UTF8.self)])
  }

  public var port: Int { server.port }

  /// The certificate git would have to trust (`GIT_SSL_CAINFO`).
  public var certificate: String { SelfSignedCertificate.file(in: folder) }

  /// The address of a repository below the root.
  public func address(_ path: String, user: String? = nil, host: String? = nil) -> String {
    let host = host ?? (scheme == "https" ? "localhost" : "127.0.0.1")
    return "\(scheme)://\(user.map { $0 + "@" } ?? "")\(host):\(server.port)/\(path)"
  }

  public var log: String { server.log }
}

private let program = #"""
  import base64, http.server, json, os, ssl, subprocess, sys

  settings = json.loads(sys.argv[1])


  class Handler(http.server.BaseHTTPRequestHandler):
      protocol_version = "HTTP/1.1"

      def log_message(self, *words):
          pass

      def answer(self, status, body=b"", **headers):
          self.send_response(status)
          self.send_header("Content-Length", str(len(body)))
          for name, value in headers.items():
              self.send_header(name.replace("_", "-"), value)
          self.end_headers()
          self.wfile.write(body)

      def body(self):
          if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
              return self.rfile.read(int(self.headers.get("Content-Length") or 0))
          whole = b""
          while size := int(self.rfile.readline().split(b";")[0], 16):
              whole += self.rfile.read(size)
              self.rfile.readline()
          self.rfile.readline()
          return whole

      def refuse(self):
          page = settings.get("page")
          if page is not None:
              self.answer(200, page.encode(), Content_Type="text/html; charset=utf-8")
          elif settings.get("redirect") and not self.path.startswith("/sign-in"):
              self.answer(302, Location="/sign-in?from=somewhere")
          elif settings.get("redirect"):
              self.answer(200, b"<html>please sign in</html>", Content_Type="text/html")
          elif "status" in settings:
              self.answer(settings["status"], settings["words"].encode(), Content_Type="text/plain")
          elif settings.get("readOnly") and "git-receive-pack" in self.path:
              self.answer(403, b"you may only read", Content_Type="text/plain")
          elif "password" in settings and self.headers.get("Authorization") != "Basic " + base64.b64encode(
                  settings["password"].encode()).decode():
              self.answer(401, WWW_Authenticate='Basic realm="team"')
          else:
              return False
          return True

      def serve(self):
          body = self.body()
          if self.refuse():
              return
          path, _, query = self.path.partition("?")
          environment = dict(
              os.environ, GIT_PROJECT_ROOT=settings["root"], GIT_HTTP_EXPORT_ALL="1", PATH_INFO=path,
              QUERY_STRING=query, REQUEST_METHOD=self.command, REMOTE_ADDR="127.0.0.1", REMOTE_USER="anyone",
              CONTENT_TYPE=self.headers.get("Content-Type", ""), CONTENT_LENGTH=str(len(body)),
              HTTP_CONTENT_ENCODING=self.headers.get("Content-Encoding", ""),
              GIT_PROTOCOL=self.headers.get("Git-Protocol", ""))
          done = subprocess.run(["git", "http-backend"], input=body, env=environment, stdout=subprocess.PIPE)
          head, _, rest = done.stdout.partition(b"\r\n\r\n")
          headers = dict(line.split(b": ", 1) for line in head.split(b"\r\n") if b": " in line)
          status = int(headers.pop(b"Status", b"200").split()[0])
          self.answer(status, rest, **{k.decode().replace("-", "_"): v.decode() for k, v in headers.items()})

      do_GET = do_POST = do_HEAD = do_PROPFIND = serve


  # As many as come at once, as a real host would.
  http.server.ThreadingHTTPServer.request_queue_size = 128
  server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
  server.daemon_threads = True
  if "certificate" in settings:
      context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
      context.load_cert_chain(settings["certificate"], settings["key"])
      server.socket = context.wrap_socket(server.socket, server_side=True)
  print("ready", server.server_address[1], flush=True)
  server.serve_forever()
  """#
