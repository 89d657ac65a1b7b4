import Testing
import Wording

@testable import GitStore

/// What git's words mean. Every text was seen: with git 2.39.5, curl 7.88 (GnuTLS) and OpenSSH 9.2 against
/// servers on loopback, or, where "seen by" says so, in reports of others about hosts and libraries that are
/// not here.
@Suite struct TransportClassificationTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var exchanges: [Exchange]
    var address: String
    var stderr: String
    var status: Int32 = 128
    var meaning: TransportError
    var testDescription: String { name }

    init(
      _ name: String, of exchanges: [Exchange] = [.references, .fetch, .push],
      at address: String = "https://example.org/team.git", status: Int32 = 128, _ stderr: String,
      _ meaning: TransportError
    ) {
      self.name = name
      self.exchanges = exchanges
      self.address = address
      self.stderr = stderr
      self.status = status
      self.meaning = meaning
    }
  }

  static let web = "https://example.org/team.git"
  static let ssh = "ssh://git@example.org/team.git"
  static let path = "/srv/team.git"
  static let end = """
    fatal: Could not read from remote repository.

    Please make sure you have the correct access rights
    and the repository exists.
    """

  static let cases = [
    // Not there.
    Case(
      "no such folder", at: path, "fatal: '/srv/team.git' does not appear to be a git repository\n" + end,
      .notARepository(address: path, .nothingThere)),
    Case(
      "no such repository over ssh", at: ssh,
      "fatal: '/team.git' does not appear to be a git repository\n" + end,
      .notARepository(address: ssh, .nothingThere)),
    Case(
      "http 404", "remote: some words\nfatal: repository 'https://example.org/team.git/' not found",
      .notARepository(address: web, .nothingThere)),
    Case(
      "GitHub over ssh (seen by others)", at: ssh, "ERROR: Repository not found.\n" + end,
      .notARepository(address: ssh, .nothingThere)),
    Case(
      "http 410",
      "fatal: unable to access 'https://example.org/team.git/': The requested URL returned error: 410",
      .notARepository(address: web, .nothingThere)),
    Case(
      "http 403 to a reader", of: [.references, .fetch],
      "fatal: unable to access 'https://example.org/team.git/': The requested URL returned error: 403",
      .notARepository(address: web, .nothingThere)),
    Case(
      "git daemon, not exported", of: [.references, .fetch], at: "git://example.org/x",
      "fatal: remote error: access denied or repository not exported: /x",
      .notARepository(address: "git://example.org/x", .nothingThere)),
    Case(
      "git daemon, informative", of: [.references, .fetch], at: "git://example.org/x",
      "fatal: remote error: no such repository: /x",
      .notARepository(address: "git://example.org/x", .nothingThere)),
    Case(
      "a host without git", at: ssh, "bash: line 1: git-upload-pack: command not found\n" + end,
      .notARepository(address: ssh, .somethingElse)),

    // Something else there.
    Case(
      "a page of several lines",
      "fatal: https://example.org/team.git/info/refs not valid: could not determine hash algorithm; "
        + "is this a git repository?", .notARepository(address: web, .webPage)),
    Case(
      "a page, older words",
      "fatal: https://example.org/team.git/info/refs not valid: is this a git repository?",
      .notARepository(address: web, .webPage)),
    Case(
      "a page, asked to take a push", of: [.push], status: 1,
      """
      error: Cannot access URL https://example.org/team.git/, return code 22
      fatal: git-http-push failed
      error: failed to push some refs to 'https://example.org/team.git'
      """, .notARepository(address: web, .webPage)),
    Case(
      "a portal that redirects",
      """
      fatal: unable to update url base from redirection:
        asked for: https://example.org/team.git/info/refs?service=git-upload-pack
         redirect: https://example.org/sign-in?from=somewhere
      """, .notARepository(address: web, .webPage)),
    Case(
      "a shell that greets", at: ssh, "fatal: protocol error: bad line length character: Welc",
      .notARepository(address: ssh, .somethingElse)),

    // Not reached.
    Case(
      "unknown host over https",
      "fatal: unable to access 'https://example.org/team.git/': Could not resolve host: example.org",
      .unreachable(address: web, .hostUnknown)),
    Case(
      "unknown host over ssh", at: ssh,
      "ssh: Could not resolve hostname example.org: Name or service not known\n" + end,
      .unreachable(address: ssh, .hostUnknown)),
    Case(
      "unknown host over git", at: "git://example.org/x",
      "fatal: unable to look up example.org (port 9418) (Name or service not known)",
      .unreachable(address: "git://example.org/x", .hostUnknown)),
    Case(
      "nobody listens, ssh", at: ssh, "ssh: connect to host example.org port 22: Connection refused\n" + end,
      .unreachable(address: ssh, .nothingListens)),
    Case(
      "nobody listens, git", at: "git://127.0.0.1:9/x",
      "fatal: unable to connect to 127.0.0.1:\n127.0.0.1[0: 127.0.0.1]: errno=Connection refused\n",
      .unreachable(address: "git://127.0.0.1:9/x", .nothingListens)),
    Case(
      "nobody listens, https: curl does not say more",
      "fatal: unable to access 'https://example.org/team.git/': Failed to connect to example.org port 443 after "
        + "0 ms: Couldn't connect to server", .unreachable(address: web, .noConnection)),
    Case(
      "ssh waits in vain (seen by others)", at: ssh,
      "ssh: connect to host example.org port 22: Connection timed out\n" + end,
      .unreachable(address: ssh, .noConnection)),
    Case(
      "no network (seen by others)", at: ssh,
      "ssh: connect to host example.org port 22: Network is unreachable\n" + end,
      .unreachable(address: ssh, .noConnection)),
    Case(
      "an ssh server that hangs up (seen by others)", at: ssh,
      "kex_exchange_identification: Connection closed by remote host\nConnection closed by 192.0.2.1 port 22\n"
        + end,
      .unreachable(address: ssh, .noConnection)),
    Case(
      "a proxy that says no (seen by others)",
      "fatal: unable to access 'https://example.org/team.git/': Received HTTP code 407 from proxy after CONNECT",
      .unreachable(address: web, .noConnection)),
    Case(
      "http 503",
      "remote: some words\nfatal: unable to access 'https://example.org/team.git/': The requested URL returned error: 503",
      .unreachable(address: web, .notServing)),
    Case("nothing but the end", at: ssh, end, .unreachable(address: ssh, .noConnection)),

    // Not let in.
    Case(
      "wrong key", at: ssh, "git@example.org: Permission denied (publickey).\n" + end,
      .authentication(address: ssh)),
    Case(
      "no password at hand",
      "fatal: could not read Username for 'https://example.org': terminal prompts disabled",
      .authentication(address: web)),
    Case(
      "wrong password", at: "https://ana:wrong@example.org/team.git",
      "fatal: Authentication failed for 'https://ana:wrong@example.org/team.git/'",
      .authentication(address: "https://***@example.org/team.git")),
    Case(
      "GitHub without tokens (seen by others)",
      """
      remote: Support for password authentication was removed on August 13, 2021.
      fatal: Authentication failed for 'https://example.org/team.git/'
      """, .authentication(address: web)),
    Case(
      "GitLab (seen by others)",
      """
      remote: HTTP Basic: Access denied
      fatal: Authentication failed for 'https://example.org/team.git/'
      """, .authentication(address: web)),
    Case(
      "host never met", at: ssh, "Host key verification failed.\n" + end, .hostKey(address: ssh, .unknown)),
    Case(
      "host with another key", at: ssh,
      """
      @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
      @    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @
      @@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@
      IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!
      Offending ED25519 key in /home/ana/.ssh/known_hosts:1
      Host key for example.org has changed and you have requested strict checking.
      Host key verification failed.
      """ + end, .hostKey(address: ssh, .changed)),
    Case(
      "a certificate of its own (GnuTLS)",
      "fatal: unable to access 'https://example.org/team.git/': server certificate verification failed. "
        + "CAfile: /etc/ssl/certs/ca-certificates.crt CRLfile: none",
      .tls(
        address: web,
        detail:
          "server certificate verification failed. CAfile: /etc/ssl/certs/ca-certificates.crt CRLfile: none")),
    Case(
      "a certificate of its own (OpenSSL, seen by others)",
      "fatal: unable to access 'https://example.org/team.git/': SSL certificate problem: self-signed certificate in "
        + "certificate chain",
      .tls(address: web, detail: "SSL certificate problem: self-signed certificate in certificate chain")),
    Case(
      "not https at all",
      "fatal: unable to access 'https://example.org/team.git/': gnutls_handshake() failed: An unexpected TLS packet "
        + "was received.",
      .tls(address: web, detail: "gnutls_handshake() failed: An unexpected TLS packet was received.")),

    // Not to write.
    Case(
      "http 403 to a writer", of: [.push],
      "remote: you may only read\nfatal: unable to access 'https://example.org/team.git/': The requested URL "
        + "returned error: 403", .readOnly(address: web)),
    Case(
      "GitHub (seen by others)", of: [.push],
      """
      remote: Permission to team/team.git denied to leo.
      fatal: unable to access 'https://example.org/team.git/': The requested URL returned error: 403
      """, .readOnly(address: web)),
    Case(
      "GitLab over ssh (seen by others)", of: [.push], at: ssh,
      "remote: GitLab: You are not allowed to push code to this project.\n" + end, .readOnly(address: ssh)),
    Case(
      "GitHub's key for reading (seen by others)", of: [.push], at: ssh,
      "ERROR: The key you are authenticating with has been marked as read only.\n" + end,
      .readOnly(address: ssh)),
    Case(
      "git daemon", of: [.push], at: "git://example.org/x", "fatal: remote error: service not enabled: /x",
      .readOnly(address: "git://example.org/x")),
    Case(
      "a folder without the right to write", of: [.push], at: ssh, status: 1,
      "error: remote unpack failed: unable to create temporary object directory\n"
        + "error: failed to push some refs to 'example.org:team.git'", .readOnly(address: ssh)),
    Case(
      "objects of somebody else (seen by others)", of: [.push], at: ssh, status: 1,
      """
      remote: error: insufficient permission for adding an object to repository database ./objects
      remote: fatal: failed to write object
      error: remote unpack failed: unpack-objects abnormal exit
      error: failed to push some refs to 'example.org:team.git'
      """, .readOnly(address: ssh)),

    // No room.
    Case(
      "full host", of: [.push], at: path, status: 1,
      """
      remote: fatal: unable to write loose object file: No space left on device
      error: remote unpack failed: unpack-objects abnormal exit
      error: failed to push some refs to '/srv/team.git'
      """, .remoteFull(address: path)),
    Case(
      "full disk here", of: [.fetch], at: path,
      "fatal: unable to write loose object file: No space left on device\nfatal: unpack-objects failed",
      .localDiskFull),
    Case(
      "full disk here, a big package", of: [.fetch], at: path,
      "remote: Enumerating objects: 7, done.        \nReceiving objects:  71% (5/7)\rfatal: write error: No space "
        + "left on device\nfatal: fetch-pack: invalid index-pack output", .localDiskFull),
    Case(
      "too big for the host", of: [.push], status: 1,
      "error: RPC failed; HTTP 413 curl 22 The requested URL returned error: 413\nfatal: the remote end hung up "
        + "unexpectedly",
      .tooLargeForHost(address: web)),

    // Ownership.
    Case(
      "a folder of somebody else", at: path,
      "fatal: detected dubious ownership in repository at '/srv/team.git'\nTo add an exception for this directory, "
        + "call:\n\n\tgit config --global --add safe.directory /srv/team.git\n" + end,
      .dubiousOwnership(path: "/srv/team.git", .thisComputer)),
    Case(
      "a workspace of somebody else", at: ssh,
      "fatal: detected dubious ownership in repository at '/home/leo/w'",
      .dubiousOwnership(path: "/home/leo/w", .thisComputer)),
    Case(
      "a folder of somebody else at the host", at: ssh,
      "fatal: detected dubious ownership in repository at '/srv/team.git'\n" + end,
      .dubiousOwnership(path: "/srv/team.git", .host)),

    // Broken in the middle.
    Case(
      "cut (seen by others)", of: [.fetch],
      """
      error: RPC failed; curl 56 GnuTLS recv error (-110): The TLS connection was non-properly terminated.
      error: 5357 bytes of body are still expected
      fetch-pack: unexpected disconnect while reading sideband packet
      fatal: early EOF
      fatal: fetch-pack: invalid index-pack output
      """, .truncated(address: web)),
    Case(
      "cut, older words (seen by others)", of: [.fetch],
      """
      error: RPC failed; curl 56 GnuTLS recv error (-54): Error in the pull function.
      fatal: the remote end hung up unexpectedly
      fatal: early EOF
      fatal: index-pack failed
      """, .truncated(address: web)),

    // Damaged.
    Case(
      "a name git refuses", of: [.fetch], at: path,
      """
      error: object 1b1b2b8a0cb4a5f2b0eb3f2c2c1e1d5c5a1f9a33: hasDotgit: contains '.git'
      fatal: fsck error in packed object
      fatal: fetch-pack: invalid index-pack output
      """,
      .damagedObjects(
        detail: "object 1b1b2b8a0cb4a5f2b0eb3f2c2c1e1d5c5a1f9a33: hasDotgit: contains '.git' "
          + "fsck error in packed object")),

    // Others.
    Case(
      "a lock here", of: [.fetch], at: path, status: 1,
      """
      error: cannot lock ref 'refs/x/main': Unable to create '/w/.git/refs/x/main.lock': File exists.

      Another git process seems to be running in this repository, e.g.
      From /srv/team
       ! [new branch]      main       -> refs/x/main  (unable to update local ref)
      """,
      .busy(
        detail: "cannot lock ref 'refs/x/main': Unable to create '/w/.git/refs/x/main.lock': File exists.")),
    Case(
      "a host that only says something", of: [.references], at: ssh, "Interactive login is disabled\n" + end,
      .other(text: "Interactive login is disabled")),
    Case(
      "no ssh program", at: ssh,
      "error: cannot run nosuchssh: No such file or directory\nfatal: ssh variant 'simple' does not support setting port",
      .other(
        text:
          "cannot run nosuchssh: No such file or directory ssh variant 'simple' does not support setting port"
      )),
    Case(
      "memory", of: [.fetch], at: path,
      "fatal: Out of memory, malloc failed (tried to allocate 400000000 bytes)",
      .tooMuch(address: path, .memory(limit: 0))),
    Case("ended from outside", at: path, status: 137, "", .other(text: "git ended with status 137")),
  ]

  @Test(arguments: cases) func means(_ sample: Case) throws {
    for exchange in sample.exchanges {
      let address = try RemoteAddress(sample.address)
      #expect(
        classify(stderr: sample.stderr, status: sample.status, of: exchange, at: address) == sample.meaning,
        "\(exchange)")
    }
  }

  /// What a host says can be anything; it must not pass for what git says here.
  @Test func theHostCannotSpeakForGit() throws {
    let address = try RemoteAddress(Self.web)
    let stderr = """
      remote: fatal: detected dubious ownership in repository at '/'
      remote: No space left on device
      remote: Host key verification failed.
      fatal: early EOF
      """
    #expect(classify(stderr: stderr, status: 128, of: .fetch, at: address) == .truncated(address: Self.web))
  }

  @Test func eachCaseHasItsWords() {
    let errors: [TransportError] =
      Self.cases.map(\.meaning) + [
        .noGit(found: nil), .noGit(found: "2.30.1"), .unreachable(address: "x", .silent(.seconds(120))),
        .unreachable(address: "x", .pathMissing), .cancelled, .refusedByOwnCheck(text: "x"),
        .tooMuch(address: "x", .bytes(limit: 1)), .tooMuch(address: "x", .objects(limit: 1)),
        .tooMuch(address: "x", .references(limit: 1)),
      ] + TransportAddressTests.refused.map { .addressRefused("x", $1) }
    for error in errors {
      #expect(error.code.allSatisfy { $0.isLowercase || $0 == "-" })
      for sentence in [error.message, error.hint].compactMap(\.self) {
        for language in Language.allCases {
          let text = sentence.text(in: language)
          #expect(text.count > 15)
          #expect(text.first?.isUppercase == true)
        }
        #expect(sentence.french != sentence.english)
        // Typographic apostrophes and spaces, but in the words of others.
        let parts = sentence.french.split(separator: "«\u{A0}", omittingEmptySubsequences: false)
        let ours = parts.enumerated().map { place, part in
          place == 0 ? part : part.split(separator: "\u{A0}»", omittingEmptySubsequences: false).last ?? ""
        }.joined()
        #expect(!ours.contains("'"), "\(ours)")
        #expect(!ours.contains(" :") && !ours.contains("« ") && !ours.contains(" »"), "\(ours)")
      }
      #expect(error.hint != nil)
    }
  }
}
