import Glibc
public import ObjectModel

/// The team's copy, spoken to by the `git` program.
///
/// Keys, agents, hardware keys, credential helpers, proxies, private certificates and the host's own checks
/// work as the person set them up for git. Nothing of libgit2 touches the network: its push to a folder moves
/// references without looking, and answers "done" for what was refused.
public final class GitTransport: Transport {
  let gitFolder: String
  let environment: [String: String]
  let prompts: Bool
  let onQuestions: (@Sendable (_ mayBeAsked: Bool) -> Void)?
  let limits: TransferLimits
  /// Found on first use: without git, everything but the network works.
  var found: GitProgram?
  /// Decided when an address is first reached over ssh.
  var sshUse = SSHUse.undecided

  /// - Parameters:
  ///   - gitFolder: The workspace's `.git` folder.
  ///   - environment: Laid over the environment of this process.
  ///   - prompts: Whether git and ssh may ask for a password, a confirmation, the touch of a key.
  ///   - onQuestions: Told when git and ssh may begin to ask, so that nothing else is drawn there, and when they are
  ///     through: at the first word of how far the exchange is, or at its end.
  ///   - limits: What one exchange may cost.
  public init(
    gitFolder: String, environment: [String: String] = [:], prompts: Prompts = .ifSomebodyIsThere,
    onQuestions: (@Sendable (_ mayBeAsked: Bool) -> Void)? = nil,
    limits: TransferLimits = TransferLimits()
  ) {
    self.gitFolder = gitFolder
    self.environment = environment
    self.limits = limits
    self.onQuestions = onQuestions
    self.prompts =
      switch prompts {
      case .allowed: true
      case .refused: false
      case .ifSomebodyIsThere: isatty(STDIN_FILENO) == 1
      }
  }

  /// Makes sure that there is a git program, and one that is recent enough.
  ///
  /// - Throws: `TransportError.noGit`; `.other` with its words if it does not run.
  public func checkProgram() async throws(TransportError) {
    do throws(GitProgram.Failure) { _ = try await program() } catch { throw explained(error, nil) }
  }

  public func references(at address: RemoteAddress) async throws(TransportError) -> [Reference] {
    try await references(at: address, matching: ["refs/heads/main", "refs/ligne/*", "refs/heads/ligne/*"])
      .filter { isShared($0.name) }
  }

  public func holdsOtherBranches(at address: RemoteAddress) async throws(TransportError) -> Bool {
    try await references(at: address, matching: ["refs/heads/*"]).contains { !isShared($0.name) }
  }

  public func push(
    to address: RemoteAddress, _ updates: [PushUpdate], as unit: PushUnit,
    progress: ((TransferProgress) -> Void)?
  ) async throws(TransportError) -> [PushResult] {
    let forward = try self.forward(updates)
    let isComplete = forward.count == updates.count
    if forward.isEmpty || (unit == .allOrNone && !isComplete) {
      return updates.map { update in
        PushResult(
          reference: update.reference, outcome: .rejected(forward.contains(update) ? .leftOut : .notForward))
      }
    }
    let outcome = try await exchange(
      address, pushWords(forward, address, unit), checks: .all, progress: progress)
    let report = PushReport(outcome)
    switch report.failure {
    case .general: throw meaning(of: outcome, .push, address)
    case .ownCheck(let text): throw .refusedByOwnCheck(text: text)
    case nil: break
    }
    return try updates.map { update throws(TransportError) in
      guard forward.contains(update) else {
        return PushResult(reference: update.reference, outcome: .rejected(.notForward))
      }
      guard let answer = report[update.reference] else { throw meaning(of: outcome, .push, address) }
      return PushResult(reference: update.reference, outcome: answer)
    }
  }
}

/// Whether git may ask the person at the terminal.
public enum Prompts: Hashable, Sendable {
  case allowed, refused
  /// Allowed if standard input is a terminal.
  case ifSomebodyIsThere
}

extension GitTransport {
  /// All references over there that fit one of the patterns.
  func references(
    at address: RemoteAddress, matching patterns: [String]
  ) async throws(TransportError) -> [Reference] {
    let words = ["ls-remote", "--refs", "--", address.text] + patterns
    let outcome = try await exchange(address, words)
    guard outcome.status == 0 else { throw meaning(of: outcome, .references, address) }
    let references = outcome.lines.compactMap { line -> Reference? in
      let parts = line.split(separator: "\t", maxSplits: 1)
      guard parts.count == 2, let id = ObjectID(hex: parts[0]) else { return nil }
      return Reference(name: String(parts[1]), id: id)
    }
    guard references.count <= limits.references else {
      throw .tooMuch(address: address.shown, .references(limit: limits.references))
    }
    if references.isEmpty, address.isWeb { try await makeSureItIsGit(address) }
    return references.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// Tells an empty team's copy from a web page.
  ///
  /// Git still speaks the old http protocol, which is files: a page of one line is a list of references
  /// without any reference in it, and git is content (seen with 2.39). Only a real git on the other side
  /// sends packets.
  private func makeSureItIsGit(_ address: RemoteAddress) async throws(TransportError) {
    let outcome = try await exchange(address, ["ls-remote", "--", address.text], trace: true)
    guard outcome.status == 0 else { throw meaning(of: outcome, .references, address) }
    guard outcome.messages.own.contains(where: { $0.contains("packet:") && $0.contains("< ") }) else {
      throw .notARepository(address: address.shown, .webPage)
    }
  }
}

extension GitTransport {
  /// Those of the updates that have what was seen among their ancestors.
  private func forward(_ updates: [PushUpdate]) throws(TransportError) -> [PushUpdate] {
    if updates.allSatisfy({ $0.expected == nil }) { return updates }
    do {
      let repository = try GitRepository.open(at: gitFolder)
      return try updates.filter { update in
        guard let expected = update.expected else { return true }
        return try repository.isAncestor(expected, of: update.new)
      }
    } catch { throw .other(text: legible("\(error)")) }
  }

  private func pushWords(_ updates: [PushUpdate], _ address: RemoteAddress, _ unit: PushUnit) -> [String] {
    var words = ["push", "--porcelain", "--progress", "--recurse-submodules=no"]
    if unit == .allOrNone { words.append("--atomic") }
    if address.kind == .path || address.kind == .file {
      // The other end is this computer: what it says it has shall survive a power cut or a pulled stick.
      words.append("--receive-pack=git -c core.fsync=committed receive-pack")
    }
    // Compare and swap against what was seen. It would let the reference go backwards, too: that is why
    // `forward` came first.
    words += updates.map { "--force-with-lease=\($0.reference):\($0.expected?.hex ?? "")" }
    return words + ["--", address.text] + updates.map { "\($0.new.hex):\($0.reference)" }
  }
}
