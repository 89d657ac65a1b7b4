import Foundation
import TestSupport
import Testing
import ligne

/// The program itself, started as a person or a script starts it.
@Suite struct ExecutableTests {
  /// Built beside the tests.
  static let path = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(
    path: "ligne"
  ).path

  private func ligne(_ arguments: String..., environment: [String: String] = [:]) throws
    -> TestSupport.Program.Result
  {
    let plain = ["LIGNE_LANG": "", "LC_ALL": "C.UTF-8", "TERM": "xterm"]
    return try TestSupport.Program.run(
      Self.path, arguments, environment: plain.merging(environment) { _, new in new }, timeLimit: .seconds(20)
    )
  }

  private func shell(_ line: String) throws -> TestSupport.Program.Result {
    try TestSupport.Program.run(
      "bash", ["-c", line], environment: ["LIGNE": Self.path, "LIGNE_LANG": "fr"], timeLimit: .seconds(20))
  }

  @Test func speaksTheLanguageOfTheEnvironment() throws {
    #expect(try ligne("--help").text.contains("USAGE: ligne"))
    #expect(try ligne("--help", environment: ["LC_ALL": "fr_CA.UTF-8"]).text.contains("UTILISATION"))
    #expect(
      try ligne("--help", environment: ["LC_ALL": "fr_CA.UTF-8", "LIGNE_LANG": "en"]).text.contains("USAGE:"))
  }

  @Test func hasTheStatusesOfTheContract() throws {
    #expect(try ligne("--version").status == 0)
    #expect(try ligne("no-such-command").status == 64)
    #expect(try ligne("--no-such-option").status == 64)
  }

  @Test func aPipeThatClosesEndsItQuietly() throws {
    let result = try shell("(sleep 0.3; \"$LIGNE\" --help; echo \"status $?\" >&2) | true")
    #expect(result.errorText == "status 0")
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "there is no /dev/full here"))
  func aFullDiskIsSaid() throws {
    let result = try shell("\"$LIGNE\" --help > /dev/full; echo \"status $?\"")
    #expect(result.text == "status 1")
    #expect(result.errorText.plainSpaces.hasPrefix("La réponse n’a pas pu être écrite en entier : "))
  }

  @Test func aClosedOutputIsSaidToo() throws {
    #expect(try shell("\"$LIGNE\" --help >&-; echo \"status $?\" >&2").errorText.hasSuffix("status 1"))
  }
}
