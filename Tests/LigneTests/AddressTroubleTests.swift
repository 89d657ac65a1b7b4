import Foundation
import JSONTree
import TestSupport
import Testing

/// Each trouble at the team's address has its code and its sentence, and leaves the workspace as it was.
@Suite struct AddressTroubleTests {
  struct Trouble: Sendable, CustomTestStringConvertible {
    let name: String
    let code: String
    /// What a person reads in French.
    let words: String
    /// Whether this computer can play it.
    var isPossible = true
    /// Does it to the address; the environment of what follows, and what has to live as long as that.
    let harm:
      @Sendable (Desk, _ address: String) throws -> (environment: [String: String], server: AnyObject?)
    var testDescription: String { name }
  }

  static let canMount =
    (try? TestSupport.Program.run("unshare", ["--mount", "mount", "-t", "tmpfs", "none", "/mnt"]))?.status
    == 0

  static let troubles = [
    Trouble(name: "it was deleted", code: "unreachable", words: "n’existe pas") { _, address in
      try FileManager.default.removeItem(atPath: address)
      return ([:], nil)
    },
    Trouble(name: "it is an empty folder by now", code: "not-a-repository", words: "d’espace d’équipe") {
      _, address in
      try FileManager.default.removeItem(atPath: address)
      try FileManager.default.createDirectory(atPath: address, withIntermediateDirectories: true)
      return ([:], nil)
    },
    Trouble(name: "another team's workspace took its place", code: "unrelated-repository", words: "autre") {
      desk, address in
      let other = try Desk("Max Roy <max@autre.example>", in: desk.folder)
      try FileManager.default.removeItem(atPath: address)
      try TestSupport.Program.git("clone", "-q", "--bare", other.path, address, in: desk.folder.path)
      return ([:], nil)
    },
    Trouble(
      name: "it may only be read", code: "read-only", words: "pas y écrire", isPossible: GitDaemon.isInstalled
    ) { desk, _ in
      let daemon = try GitDaemon(root: desk.folder.path)
      #expect(try desk.ligne(["remote", daemon.address("equipe.git")]).status == 0)
      return ([:], daemon)
    },
    Trouble(name: "it is full", code: "remote-full", words: "plus de place", isPossible: canMount) {
      desk, address in
      // More than is free over there.
      try Data((0..<400_000).map { _ in UInt8.random(in: 0...255) }).write(
        to: URL(filePath: desk.path + "/image.png"))
      _ = try desk.ligne(["commit", "-m", "Une image", "image.png"])
      let size = try TestSupport.Program.run("du", ["-sk", address]).text.prefix { $0.isNumber }
      let disk = desk.folder.path + "/disque"
      let git = """
        #!/bin/sh
        exec unshare --mount sh -c '
          real=$1 ; shift
          cp -a "\(address)" "\(address).avant"
          mount -t tmpfs -o size=\((Int(size) ?? 0) + 150)k none "\(address)"
          cp -a "\(address).avant/." "\(address)/"
          rm -rf "\(address).avant"
          exec "$real" "$@"' sh \(try #require(Server.path(of: "git"))) "$@"
        """
      try TestSupport.Program.install(git, at: disk + "/git")
      let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
      return (["PATH": disk + ":" + path], nil)
    },
    Trouble(
      name: "it takes only small requests", code: "too-large-for-host", words: "aussi gros",
      isPossible: WebServer.isInstalled
    ) { desk, address in
      try Data((0..<200_000).map { _ in UInt8.random(in: 0...255) }).write(
        to: URL(filePath: desk.path + "/image.png"))
      #expect(try desk.ligne(["commit", "-m", "Une image", "image.png"]).status == 0)
      try TestSupport.Program.git("config", "http.receivepack", "true", in: address)
      let host = try WebServer(root: desk.folder.path, largestRequest: 100)
      #expect(try desk.ligne(["remote", host.address("equipe.git")]).status == 0)
      return ([:], host)
    },
    Trouble(name: "a check of the team refuses it", code: "refused-by-host", words: "pas le vendredi") {
      _, address in
      try Self.hook("update", "echo 'pas le vendredi' >&2; exit 1", at: address)
      return ([:], nil)
    },
  ]

  static func hook(_ name: String, _ body: String, at address: String) throws {
    try TestSupport.Program.install("#!/bin/sh\n\(body)\n", at: address + "/hooks/" + name)
  }

  /// A workspace shared at an address on this disk, and its post.
  private func shared() throws -> (desk: Desk, address: String, post: String) {
    let desk = try Desk()
    let address = desk.folder.path + "/equipe.git"
    try TestSupport.Program.git("init", "-q", "--bare", "-b", "main", address, in: desk.folder.path)
    for words in [
      ["new", "post", "--title", "Soirée", "--body", "Un."], ["commit", "-m", "Un"], ["remote", address],
      ["sync"],
    ] {
      #expect(try desk.ligne(words).status == 0)
    }
    return (desk, address, try desk.git("ls-files", "posts"))
  }

  /// Everything of the workspace but what it remembers of the address.
  private func own(_ desk: Desk) throws -> [Substring] {
    try desk.fingerprint().split(separator: "\n").filter { !$0.contains("refs/ligne/incoming/") }
  }

  @Test(arguments: troubles.filter(\.isPossible)) func isSaidAndNothingMoves(_ trouble: Trouble) throws {
    let (desk, address, post) = try shared()
    _ = try desk.ligne(["set", post, "/body", "Deux."])
    _ = try desk.ligne(["commit", "-m", "Deux"])
    let (environment, server) = try trouble.harm(desk, address)
    defer { withExtendedLifetime(server) {} }
    _ = try desk.ligne(["set", post, "/body", "Pas encore."])
    let (before, text) = (try own(desk), try desk.read(post))
    let ahead = try JSONValue(parsing: desk.ligne(["status", "--json"]).output)["ahead"]
    #expect(ahead != 0)

    let answer = try desk.ligne(["sync", "--json"], environment: environment)
    #expect(answer.status == 1, "\(answer.text)")
    let error = try JSONValue(parsing: answer.output)["error"]
    #expect(error?["code"]?.text == trouble.code, "\(answer.text)")
    #expect(error?["message"]?.text?.contains(trouble.words) == true, "\(answer.text)")
    #expect(error?["hint"]?.text?.isEmpty == false)
    #expect(try own(desk) == before)
    #expect(try desk.read(post) == text)
    #expect(try JSONValue(parsing: desk.ligne(["status", "--json"]).output)["ahead"] == ahead)
  }

  /// What came in stays, and the next sync would not tell of it.
  @Test(arguments: [false, true]) func whatCameInIsToldAlsoWhereNothingCouldBeShared(_ asJSON: Bool) throws {
    let (ana, address, post) = try shared()
    let leo = try Desk("Léo Roy <leo@ravaude.example>", in: ana.folder, cloning: address)
    for (desk, title) in [(leo, "Chez Léo"), (ana, "Chez Ana")] {
      #expect(try desk.ligne(["set", post, "/title", title]).status == 0)
      #expect(try desk.ligne(["commit", "-m", title]).status == 0)
    }
    #expect(try leo.ligne(["sync"]).status == 0)
    try Self.hook("pre-receive", "echo 'pas le vendredi' >&2; exit 1", at: address)
    let answer = try ana.ligne(["sync"] + (asJSON ? ["--json"] : []))
    #expect(answer.status == 1)
    if asJSON {
      let value = try JSONValue(parsing: answer.output)
      #expect(value["error"]?["code"] == "refused-by-host")
      #expect(value["done"]?["received"] == 1 && value["done"]?["shared"] == 0)
      #expect(value["done"]?["conflicts"]?.array?.count == 1)
    } else {
      let text = answer.text.replacingOccurrences(of: "\u{A0}", with: " ")
      for words in ["Reçu : 1 version", "1 conflit à trancher", "1 version à partager plus tard"] {
        #expect(text.contains(words))
      }
      #expect(answer.errorText.contains("pas le vendredi"))
    }
    // Said once.
    #expect(try !ana.ligne(["sync"]).text.contains("Reçu"))
  }

  @Test func aRewrittenHistoryIsToldWithWhoAndWhenAndPutRight() throws {
    let (desk, address, post) = try shared()
    _ = try desk.ligne(["set", post, "/body", "Deux."])
    for words in [["commit", "-m", "Deux"], ["sync"]] { #expect(try desk.ligne(words).status == 0) }
    let lost = try desk.git("rev-parse", "HEAD")
    let first = try desk.git("rev-parse", "HEAD~1")
    for name in try desk.git("ls-remote", address, "refs/ligne/*").split(separator: "\n") {
      let reference = String(name.split(separator: "\t")[1])
      try TestSupport.Program.git("update-ref", "-d", reference, in: address)
    }
    try TestSupport.Program.git("update-ref", "refs/heads/main", first, in: address)

    let rehearsal = try desk.ligne(["sync", "--dry-run"])
    #expect(rehearsal.text.contains("réécrit") && rehearsal.text.contains("ligne clone"))
    #expect(try TestSupport.Program.git("rev-parse", "main", in: address) == first)
    let answer = try desk.ligne(["sync", "--json"])
    #expect(answer.status == 0)
    let rewritten = try JSONValue(parsing: answer.output)["rewritten"]
    #expect(rewritten?["commit"]?.text == first && rewritten?["by"] == "Ana Côté")
    #expect(rewritten?["at"] == "2026-11-21T09:00:00-05:00" && rewritten?["missing"] == [JSONValue(lost)])
    #expect(try TestSupport.Program.git("rev-parse", "main", in: address) == lost)
    #expect(try !desk.ligne(["sync"]).text.contains("réécrit"))
  }

  @Test func aHostThatTakesOnlyBranchesIsToldOnceAndInStatus() throws {
    let (desk, address, post) = try shared()
    try Self.hook("update", "case \"$1\" in refs/ligne/*) exit 1;; esac", at: address)
    _ = try desk.ligne(["set", post, "/body", "Deux."])
    _ = try desk.ligne(["commit", "-m", "Deux"])
    let told = "que des branches"
    #expect(try desk.ligne(["sync"]).text.contains(told))
    #expect(try !desk.ligne(["sync"]).text.contains(told))
    #expect(try desk.ligne(["status"]).text.contains(told))
    #expect(try JSONValue(parsing: desk.ligne(["status", "--json"]).output)["sharesThrough"] == "branches")
  }
}
