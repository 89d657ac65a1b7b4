/// What git was asked to do; the same words mean different things to who reads and who writes.
enum Exchange: Hashable, Sendable {
  case references, fetch, push
}

/// What a failed run of git means.
///
/// Git has no codes for this, only words; those below are the words of git 2.39 and newer, of the curl and
/// OpenSSH it speaks with, and of the large hosts. `LC_ALL=C` keeps them English. The first rule that fits
/// wins, so the order goes from what explains most to what merely follows from it: a full disk also makes the
/// other end hang up.
///
/// - Parameters:
///   - stderr: All git wrote there.
///   - status: Its exit status, 128 and more for a signal.
func classify(
  stderr: String, status: Int32, of exchange: Exchange, at address: RemoteAddress
) -> TransportError {
  classify(GitMessages(stderr), status: status, of: exchange, at: address)
}

func classify(
  _ messages: GitMessages, status: Int32, of exchange: Exchange, at address: RemoteAddress
) -> TransportError {
  for rule in rules where rule.exchanges.contains(exchange) {
    let lines = rule.speaker == .git ? messages.own : messages.host
    for line in lines where rule.fits(line) {
      return rule.meaning(Finding(line: line, messages: messages, address: address, exchange: exchange))
    }
  }
  // A host that says something and ends the conversation meant what it said.
  if exchange == .push, !messages.host.isEmpty { return .refusedByHost(text: messages.hostText) }
  if messages.isEmpty, status >= 128 {
    return .other(text: "git ended with status \(status)")
  }
  return .other(text: messages.mainText)
}

extension GitMessages {
  var isEmpty: Bool { own.isEmpty && host.isEmpty }

  /// What the host said, for a person.
  var hostText: String { legible(host.map(withoutLabel).joined(separator: " ")) }

  /// The lines that say what went wrong; all of them if none claims to.
  var mainText: String {
    let marked = own.filter { line in labels.contains { line.hasPrefix($0) } }
    let lines = marked.isEmpty ? own + host : marked
    return legible(lines.map(withoutLabel).joined(separator: " "))
  }

  /// The name in `couldn't find remote ref refs/heads/main`.
  var missingReference: String? {
    own.lazy.compactMap { line in
      line.hasPrefix("fatal: couldn't find remote ref ")
        ? String(line.dropFirst("fatal: couldn't find remote ref ".count)) : nil
    }.first
  }
}

private let labels = ["fatal: ", "error: ", "ERROR: "]

private func withoutLabel(_ line: String) -> String {
  for label in labels where line.hasPrefix(label) { return String(line.dropFirst(label.count)) }
  return line
}

/// A line that fitted, with what is around it.
private struct Finding {
  var line: String
  var messages: GitMessages
  var address: RemoteAddress
  var exchange: Exchange

  var shown: String { address.shown }
  var text: String { legible(withoutLabel(line)) }
  var isWeb: Bool { address.kind == .http || address.kind == .https }

  /// Cut before anything was said, it is a network that does not reach; cut later, an exchange that broke.
  var broken: TransportError {
    exchange == .references
      ? .unreachable(address: shown, .noConnection) : .truncated(address: shown)
  }
}

private struct Rule: Sendable {
  enum Speaker { case git, host }

  var speaker: Speaker
  var exchanges: Set<Exchange>
  /// One of them is in the line, in any case of letters.
  var words: [String]
  var meaning: @Sendable (Finding) -> TransportError

  func fits(_ line: String) -> Bool {
    let line = line.lowercased()
    return words.contains { line.contains($0) }
  }
}

private let always: Set<Exchange> = [.references, .fetch, .push]

private func git(
  _ words: String..., in exchanges: Set<Exchange> = always,
  means meaning: @escaping @Sendable (Finding) -> TransportError
) -> Rule {
  Rule(speaker: .git, exchanges: exchanges, words: words.map { $0.lowercased() }, meaning: meaning)
}

private func host(
  _ words: String..., in exchanges: Set<Exchange> = always,
  means meaning: @escaping @Sendable (Finding) -> TransportError
) -> Rule {
  Rule(speaker: .host, exchanges: exchanges, words: words.map { $0.lowercased() }, meaning: meaning)
}

private let rules: [Rule] = [
  // This computer.
  git("detected dubious ownership in repository at '") { finding in
    // Over ssh the same words come from the other end; then the connection is said to have ended, too.
    let isHost =
      finding.address.kind == .ssh
      && finding.messages.own.contains { $0.contains("Could not read from remote") }
    return .dubiousOwnership(path: quoted(in: finding.line), isHost ? .host : .thisComputer)
  },
  git("out of memory", "cannot allocate memory") { .tooMuch(address: $0.shown, .memory(limit: 0)) },
  git("died of signal 25", "file size limit exceeded", in: [.references, .fetch]) {
    .tooMuch(address: $0.shown, .bytes(limit: 0))
  },
  git("died of signal 24", "cpu time limit exceeded", in: [.references, .fetch]) {
    .tooMuch(address: $0.shown, .processorTime(limit: .zero))
  },
  git("no space left on device", "disk quota exceeded") { _ in .localDiskFull },
  git("unable to create '", "cannot lock ref", "unable to update local ref", in: [.fetch]) {
    .busy(detail: $0.text)
  },

  // The other computer, before it lets anybody in.
  git("remote host identification has changed") { .hostKey(address: $0.shown, .changed) },
  git("host key verification failed", "host key is known for") {
    .hostKey(address: $0.shown, .unknown)
  },
  git(
    "ssl certificate problem", "certificate verification failed", "certificate verify failed",
    "gnutls_handshake() failed", "no alternative certificate subject name", "does not match target host",
    "ssl connect error", "ssl_connect", "ssl routines:", "tlsv1 alert",
    "unable to get local issuer certificate",
    "server certificate"
  ) { .tls(address: $0.shown, detail: tlsDetail($0.line)) },
  git(
    "could not resolve host", "unable to look up", "name or service not known",
    "temporary failure in name resolution", "nodename nor servname"
  ) { .unreachable(address: $0.shown, .hostUnknown) },
  git("connection refused") { .unreachable(address: $0.shown, .nothingListens) },
  git("url returned error: 5", "http 5", "url returned error: 429") {
    .unreachable(address: $0.shown, .notServing)
  },
  git(
    "couldn't connect to server", "failed to connect to", "no route to host", "network is unreachable",
    "network is down", "host is down", "timed out", "could not resolve proxy", "unable to connect to",
    "kex_exchange_identification", "from proxy", "proxy connect aborted", "tunnel failed",
    "empty reply from server"
  ) { .unreachable(address: $0.shown, .noConnection) },

  // Who is asking.
  git(
    "permission denied (", "could not read username", "could not read password", "authentication failed for",
    "url returned error: 401", "too many authentication failures", "signing failed", "no such identity",
    "support for password authentication was removed", "invalid username or"
  ) { .authentication(address: $0.shown) },
  host("http basic: access denied", "invalid username or", "support for password authentication was removed")
  {
    .authentication(address: $0.shown)
  },

  // Writing is not reading.
  host(
    "denied to", "you are not allowed to push", "not allowed to upload code", "not allowed to push code",
    "write access to repository not granted", "insufficient permission for adding an object",
    "read-only file system", "marked as read only", in: [.push]
  ) { .readOnly(address: $0.shown) },
  git(
    "marked as read only", "denied to ", "write access to repository not granted",
    "you are not allowed to push", "not allowed to upload code", "not allowed to push code",
    "service not enabled: ", "access denied or repository not exported", "read-only file system",
    "url returned error: 403", in: [.push]
  ) { .readOnly(address: $0.shown) },
  git("unable to create temporary object directory", in: [.push]) { .readOnly(address: $0.shown) },
  host("no space left on device", "disk quota exceeded", "quota exceeded", "disk full", in: [.push]) {
    .remoteFull(address: $0.shown)
  },
  git("url returned error: 507", "http 507", in: [.push]) { .remoteFull(address: $0.shown) },
  git("url returned error: 413", "http 413", in: [.push]) { .tooLargeForHost(address: $0.shown) },

  // Something else than a team's workspace.
  git("unable to update url base from redirection", "git-http-push failed") {
    .notARepository(address: $0.shown, .webPage)
  },
  git(
    "info/refs not valid", "bad line length character", "invalid server response", "expected service, got"
  ) { .notARepository(address: $0.shown, $0.isWeb ? .webPage : .somethingElse) },
  git("command not found", "-pack: not found", "is not a git command") {
    .notARepository(address: $0.shown, .somethingElse)
  },
  git(
    "does not appear to be a git repository", "not found", "no such repository",
    "access denied or repository not exported", "service not enabled", "url returned error: 403",
    "url returned error: 404", "url returned error: 410", "could not be found", "does not exist"
  ) { .notARepository(address: $0.shown, .nothingThere) },

  // What arrives. A connection that broke also leaves a package that cannot be read, so it comes first.
  // The host shows a reference whose object it has not, or can't read.
  git("upload-pack: not our ref", in: [.fetch]) { .damagedObjects(detail: $0.text) },
  host("possible repository corruption on the remote", "bad tree object", "is corrupt", in: [.fetch]) {
    .damagedObjects(detail: $0.text)
  },
  git(
    "early eof", "unexpected disconnect", "unexpected eof", "bytes remaining to read",
    "outstanding read data",
    "bytes of body are still expected", "premature end of pack", "rpc failed",
    "remote failed to report status",
    "connection reset", "connection closed by", "broken pipe", "recv failure", "send failure",
    "gnutls recv error",
    "ssl_read", "ssl_write", "closed abruptly", "expected flush after", "expected 'packfile'"
  ) { $0.broken },
  git(
    "fsck error", "did not send all necessary objects", "possible repository corruption on the remote",
    "pack has bad object", "pack signature mismatch", "is corrupt", "inflate", "pack is corrupted",
    "object corrupt",
    "sha1 collision", "not all child objects of", "did not receive expected object", "invalid object",
    "missing necessary objects",
    "unresolved delta", "bad object"
  ) { .damagedObjects(detail: $0.messages.damage) },
  git("hung up unexpectedly", "invalid index-pack output", "bad pack header") { $0.broken },
  git("hung up upon initial contact") { .unreachable(address: $0.shown, .noConnection) },
  git("remote error: ") { .refusedByHost(text: $0.text) },
  git("could not read from remote repository") { finding in
    // Alone, it is all git knows: the other end closed the door. Else what ssh or the host said stands before
    // it.
    let others = finding.messages.own.filter { !$0.contains("Could not read from remote repository") }
    return others.isEmpty
      ? .unreachable(address: finding.shown, .noConnection)
      : .other(text: legible(others.map(withoutLabel).joined(separator: " ")))
  },
]

/// What stands between the first two straight quotes.
private func quoted(in line: String) -> String {
  let parts = line.split(separator: "'", omittingEmptySubsequences: false)
  return parts.count > 2 ? legible(parts[1]) : ""
}

/// What follows the address in `unable to access 'https://…': why`.
private func tlsDetail(_ line: String) -> String {
  guard let end = line.firstRange(of: "': ") else { return legible(withoutLabel(line)) }
  return legible(line[end.upperBound...], limit: 200)
}

extension GitMessages {
  /// What the check of objects found, which git says before it gives up.
  fileprivate var damage: String {
    let lines = own.filter { $0.hasPrefix("error: ") || $0.contains("fsck error") }
    return legible((lines.isEmpty ? own : lines).map(withoutLabel).joined(separator: " "))
  }
}
