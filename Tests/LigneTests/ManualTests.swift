import Foundation
import TestSupport
import Testing

@Suite struct ManualTests {
  /// The pages under docs/man are made from the commands; who changes a command makes them anew.
  @Test func theManualSaysWhatTheCommandsSay() throws {
    let tool = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(
      path: "generate-man-pages")
    let result = try TestSupport.Program.run(tool.path, ["--check"], folder: Corpus.packageRoot.path)
    #expect(result.status == 0, "\(result.text)")
  }

  /// The pages under docs/reference are made from the schemas.
  @Test func theReferenceSaysWhatTheSchemasSay() throws {
    let tool = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(
      path: "generate-reference")
    let result = try TestSupport.Program.run(tool.path, ["--check"], folder: Corpus.packageRoot.path)
    #expect(result.status == 0, "\(result.text)")
  }

  @Test(arguments: ["man1", "fr/man1"]) func roffHasNothingToComplainAbout(_ folder: String) throws {
    let page = Corpus.packageRoot.appending(path: "docs/man/\(folder)/ligne.1").path
    guard (try? TestSupport.Program.run("groff", ["--version"])) != nil else { return }
    let result = try TestSupport.Program.run("groff", ["-man", "-k", "-Tutf8", "-ww", "-z", page])
    #expect(result.errorText.isEmpty, "\(result.errorText)")
  }
}
