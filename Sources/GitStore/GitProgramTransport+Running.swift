import Glibc
import SystemPackage

extension GitTransport {
  func program() async throws(GitProgram.Failure) -> GitProgram {
    if let found { return found }
    let program = try await GitProgram.find(
      gitFolder: gitFolder, environment: environment, prompts: prompts, limits: limits)
    guard program.isRecentEnough else { throw .tooOld(program.version) }
    found = program
    return program
  }

  /// One run of git that speaks with the other side.
  func exchange(
    _ address: RemoteAddress, _ words: [String], input: String = "", checks: GitProgram.OwnChecks = .none,
    trace: Bool = false, progress: ((TransferProgress) -> Void)? = nil
  ) async throws(TransportError) -> GitProgram.Outcome {
    // A folder is nobody who asks for a password.
    let onQuestions = prompts && address.kind != .path && address.kind != .file ? onQuestions : nil
    onQuestions?(true)
    defer { onQuestions?(false) }
    func run() async throws(GitProgram.Failure) -> GitProgram.Outcome {
      try await program().run(
        words, input: input, checks: checks, trace: trace, settings: connection(to: address),
        outputLimit: 1 << 20 + limits.references * 256,
        progress: { step in
          onQuestions?(false)
          progress?(step)
        })
    }
    do throws(GitProgram.Failure) {
      let outcome = try await run()
      guard outcome.status != 0, case .shared = sshUse, outcome.messages.isAboutSharedConnection else {
        return outcome
      }
      sshUse = .asItIs
      return try await run()
    } catch {
      // Whoever fell silent is asked again in the plainest way.
      if case .shared = sshUse { sshUse = .asItIs }
      throw explained(error, address)
    }
  }

  /// One run of git inside the workspace.
  func local(_ words: [String], input: String = "") async throws(TransportError) -> GitProgram.Outcome {
    let outcome: GitProgram.Outcome
    do throws(GitProgram.Failure) {
      outcome = try await program().run(words, input: input, outputLimit: 64 << 20)
    } catch {
      throw explained(error, nil)
    }
    guard outcome.status == 0 else { throw .other(text: outcome.messages.mainText) }
    return outcome
  }

  func pause(_ duration: Duration) async throws(TransportError) {
    do { try await Task.sleep(for: duration) } catch { throw .cancelled }
  }

  func explained(_ failure: GitProgram.Failure, _ address: RemoteAddress?) -> TransportError {
    let shown = address?.shown ?? gitFolder
    return switch failure {
    case .missing: .noGit(found: nil)
    case .tooOld(let version): .noGit(found: version)
    case .notStarted(let reason): .other(text: legible(reason))
    case .silent(let duration): .unreachable(address: shown, .silent(duration))
    case .tooMuch(let what): .tooMuch(address: shown, what)
    case .cancelled: .cancelled
    }
  }

  /// What a failed run means, with what only a look at this computer can tell.
  func meaning(
    of outcome: GitProgram.Outcome, _ exchange: Exchange, _ address: RemoteAddress
  ) -> TransportError {
    let error = classify(outcome.messages, status: outcome.status, of: exchange, at: address)
    switch error {
    case .tooMuch(_, .memory):
      return .tooMuch(address: address.shown, .memory(limit: limits.memory))
    case .tooMuch(_, .bytes):
      return .tooMuch(address: address.shown, .bytes(limit: limits.bytes))
    case .tooMuch(_, .processorTime):
      return .tooMuch(address: address.shown, .processorTime(limit: limits.processorTime))
    case .notARepository(_, .nothingThere):
      guard let path = localPath(address), access(path, F_OK) != 0, errno == ENOENT || errno == ENOTDIR
      else { return error }
      return .unreachable(address: address.shown, .pathMissing)
    case .readOnly:
      // Git says the same whether it may not make a folder there or has no room for it.
      guard let path = localPath(address), access(path + "/objects", W_OK) == 0 else { return error }
      return .remoteFull(address: address.shown)
    default: return error
    }
  }

  /// The folder an address names on this computer.
  private func localPath(_ address: RemoteAddress) -> String? {
    switch address.kind {
    case .path:
      if address.text.hasPrefix("/") { return address.text }
      return found?.workingFolder.appending(address.text).string
    case .file: return percentDecoded(address.text.dropFirst("file://".count))
    default: return nil
    }
  }
}

/// As git reads a `file://` address.
private func percentDecoded(_ text: some StringProtocol) -> String {
  var bytes: [UInt8] = []
  var rest = Array(text.utf8)[...]
  while let byte = rest.popFirst() {
    if byte == UInt8(ascii: "%"), rest.count >= 2,
      let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
    {
      bytes.append(value)
      rest = rest.dropFirst(2)
    } else {
      bytes.append(byte)
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}

extension RemoteAddress {
  var isWeb: Bool { kind == .http || kind == .https }
}
