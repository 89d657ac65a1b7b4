import Foundation

/// A host that offers the repositories of a folder over `git://`, to everybody.
public final class GitDaemon: Sendable {
  public enum Access: Sendable { case readOnly, writable }

  private let server: Server

  public static var isInstalled: Bool {
    guard let folder = try? Program.run("git", ["--exec-path"]).text else { return false }
    return FileManager.default.isExecutableFile(atPath: "\(folder)/git-daemon")
  }

  public init(
    root: String, _ access: Access = .readOnly, environment: [String: String] = [:]
  ) throws {
    server = try Server(environment: environment) { port in
      [
        "git", "daemon", "--listen=127.0.0.1", "--port=\(port)", "--base-path=\(root)", "--export-all",
        "--reuseaddr", access == .writable ? "--enable=receive-pack" : "--disable=receive-pack",
      ]
    }
  }

  public var port: Int { server.port }

  public func address(_ path: String) -> String { "git://127.0.0.1:\(server.port)/\(path)" }
}

/// Stands between git and a server on loopback, and spoils the connection at a chosen byte.
public final class SpoilingProxy: Sendable {
  public enum Direction: String, Sendable {
    case toServer = "up"
    case fromServer = "down"
  }

  public enum Fault: String, Sendable {
    /// Both ends see the connection closed.
    case cut
    /// Nothing more is passed on, and nothing is closed.
    case stall
    /// This one byte is changed, the rest is passed on.
    case corrupt
    /// All is passed on at about 400 KB a second, and from that byte nothing more.
    case crawl
  }

  private let server: Server
  private let folder: TemporaryFolder

  public static var isInstalled: Bool { Server.path(of: "python3") != nil }

  /// - Parameters:
  ///   - port: The server's.
  ///   - byte: How many bytes pass, in each connection, before the fault.
  public init(before port: Int, _ fault: Fault, after byte: Int, _ direction: Direction) throws {
    folder = try TemporaryFolder("ligne-proxy")
    let script = try folder.write(program, to: "proxy.py")
    server = try Server(announcing: [
      "python3", script.path, "\(port)", fault.rawValue, "\(byte)", direction.rawValue,
    ])
  }

  public var port: Int { server.port }
}

private let program = #"""
  import socket, sys, threading, time

  target, fault, limit, direction = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]


  def close(*ends):
      for end in ends:
          try:
              end.shutdown(socket.SHUT_RDWR)
          except OSError:
              pass


  def pump(source, sink, spoiled):
      passed = 0
      try:
          while data := source.recv(4096):
              if spoiled and passed <= limit < passed + len(data):
                  if fault == "corrupt":
                      place = limit - passed
                      data = data[:place] + bytes([data[place] ^ 0x40]) + data[place + 1:]
                  else:
                      sink.sendall(data[:limit - passed])
                      while fault != "cut":
                          time.sleep(1)
                      return close(source, sink)
              sink.sendall(data)
              passed += len(data)
              if spoiled and fault == "crawl":
                  time.sleep(0.01)
          sink.shutdown(socket.SHUT_WR)
      except OSError:
          close(source, sink)


  listener = socket.create_server(("127.0.0.1", 0))
  print("ready", listener.getsockname()[1], flush=True)
  while True:
      client, _ = listener.accept()
      server = socket.create_connection(("127.0.0.1", target))
      for source, sink, way in ((client, server, "up"), (server, client, "down")):
          threading.Thread(target=pump, args=(source, sink, way == direction), daemon=True).start()
  """#
