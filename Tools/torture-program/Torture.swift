import ArgumentParser
import Foundation
import TestSupport

/// Drives the real `ligne` as people do, while everything around it goes wrong, and counts what was lost.
@main
struct Torture: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Tools/torture",
    abstract: "Run the real ligne under faults, with many at once, and on bad networks",
    discussion: """
      Without a name, every part runs, in its short form. Ends with 1 where anything was lost, said wrongly, or \
      needed a hand; what was found is printed with the words that do it again.
      """,
    subcommands: [
      All.self, Kills.self, Faults.self, Processes.self, Editors.self, Rivals.self, Network.self,
    ],
    defaultSubcommand: All.self)
}

/// What every part is told.
struct TortureOptions: ParsableArguments {
  @Option(help: "The program; built beside this one if not given")
  var ligne: String?

  @Flag(help: "Everything, instead of a share chosen by the seed")
  var full = false

  @Option(help: "Chooses what the short form runs, and what people do")
  var seed: UInt64 = 1

  @Option(help: "How many runs at once, where runs do not disturb each other")
  var jobs = 2

  @Option(help: "Where the folders of people and teams are made; in memory if there is such a place")
  var place: String?

  /// The program, by its absolute path.
  func program() throws -> String {
    let beside = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "ligne")
    let path = ligne.map { URL(filePath: $0) } ?? beside
    guard FileManager.default.isExecutableFile(atPath: path.path) else {
      throw ValidationError("There is no program at \(path.path); --ligne names it")
    }
    return path.resolvingSymlinksInPath().path
  }

  /// The library that spoils calls, by its absolute path.
  func library() throws -> String {
    guard let shim = ProcessInfo.processInfo.environment["LIGNE_TORTURE_SHIM"],
      FileManager.default.fileExists(atPath: shim)
    else {
      throw TortureFailure("Tools/torture builds the library that spoils calls, and names it; start that")
    }
    return URL(filePath: shim).resolvingSymlinksInPath().path
  }

  /// A new folder for one part; gone with the value.
  func newPlace() throws -> TemporaryFolder {
    let memory = "/dev/shm"
    return try TemporaryFolder(
      "ligne-torture", in: place ?? (FileManager.default.isWritableFile(atPath: memory) ? memory : nil))
  }
}

/// All parts, one after the other.
struct All: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "all", abstract: "Every part")

  @OptionGroup var options: TortureOptions

  func run() throws {
    var findings = 0
    findings += try Kills.torture(options, only: nil, at: [], points: nil)
    findings += try Faults.torture(options, only: nil, at: [], points: nil)
    findings += try Processes.torture(options, people: nil, commands: nil)
    findings += try Editors.torture(options, rounds: nil)
    findings += try Rivals.torture(options, people: nil, rounds: nil, over: nil)
    findings += try Network.torture(options)
    if findings > 0 { throw ExitCode(1) }
  }
}

/// Progress and findings, beside the tables.
func say(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
