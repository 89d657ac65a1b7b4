public import SSHSignatures
import Subprocess
public import SystemPackage

/// The `ssh-keygen` program of this computer, which signs with a person's key: from a file, from an agent, in a device.
///
/// It asks for a passphrase or a touch by itself, on the person's terminal. Checking signatures needs no program.
public struct SSHKeygen: Sendable {
  private let executable: FilePath

  /// How long a person may take to find a passphrase or touch a device.
  private static let patience = Duration.seconds(300)
  private static let outputLimit = 1 << 20

  public static func find() async throws(SSHKeygenError) -> SSHKeygen {
    SSHKeygen(executable: try await path(of: "ssh-keygen"))
  }

  /// Signs bytes for one purpose.
  ///
  /// - Parameter file: The private key; or a public one, whose private half an agent has.
  /// - Returns: The signature with the lines around it, as ``SSHSignature`` reads it.
  public func sign(
    _ message: [UInt8], for purpose: String, withKeyIn file: FilePath
  ) async throws(SSHKeygenError) -> String {
    try await Self.run(
      executable, ["-Y", "sign", "-n", purpose, "-f", file.string, "-q"], input: message, .inherit)
  }

  /// Makes an Ed25519 key without a passphrase: `file`, and beside it `file.pub`.
  ///
  /// - Parameter comment: What is remarked behind it: an email address.
  public func makeKey(at file: FilePath, comment: String) async throws(SSHKeygenError) {
    let words = ["-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", file.string]
    _ = try await Self.run(executable, words, input: [], .inherit)
  }

  /// The public keys whose private halves the person's agent has; none where no agent answers.
  public static func keysOfAgent() async -> [SSHPublicKey] {
    guard let program = try? await path(of: "ssh-add"),
      let answer = try? await run(program, ["-L"], input: [], .inherit)
    else { return [] }
    return answer.split(separator: "\n").compactMap { try? SSHPublicKey(line: String($0)) }
  }

  private static func path(of program: String) async throws(SSHKeygenError) -> FilePath {
    do {
      return try await Executable.name(program).resolveExecutablePath(in: .inherit)
    } catch {
      throw .missingProgram
    }
  }

  private static func run(
    _ executable: FilePath, _ arguments: [String], input: [UInt8], _ environment: Environment
  ) async throws(SSHKeygenError) -> String {
    let running = Task {
      try await Subprocess.run(
        .path(executable), arguments: Arguments(arguments), environment: environment, input: .array(input),
        output: .string(limit: outputLimit), error: .string(limit: outputLimit))
    }
    // A cancelled run ends its program.
    let guardian = Task {
      try await Task.sleep(for: patience)
      running.cancel()
    }
    defer { guardian.cancel() }
    do {
      let result = try await running.value
      guard case .exited(0) = result.terminationStatus else {
        throw SSHKeygenError.stopped(result.standardError)
      }
      return result.standardOutput
    } catch let error as SSHKeygenError {
      throw error
    } catch {
      throw running.isCancelled ? .silent : .stopped("\(error)")
    }
  }
}
