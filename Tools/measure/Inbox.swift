import ArgumentParser
import Documents
import EditorialDesk
import EditorialReview
import Foundation
import JSONTree
import ObjectModel
import Wording

/// Times the inbox: computed in memory, then by the program in a folder, beside `ligne list` of the same folder.
///
/// In memory, reading files and JSON does not count. The folder is made from the same seed, committed, and gone
/// afterwards.
struct InboxTimes: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inbox", abstract: "The inbox of 100,000 conversations, in memory and by the program")

  @Argument(help: "The program; without one, only what is in memory is timed") var ligne: String?
  @Option(help: "How often each is run") var runs = 5
  @Option(help: "How many conversations in memory, at most") var conversations = 100_000
  @Option(help: "How many conversations in the folder") var files = 10_000
  @Option(help: "What they are made from") var seed: UInt64 = 1
  @Option(help: "The sample workspace") var sample = "Workspace"
  @Option(help: "The clocks of the workspace") var zone = "/usr/share/zoneinfo/America/Toronto"

  func run() throws {
    guard let rules = TimeZoneRules(tzif: Array(try Data(contentsOf: URL(filePath: zone)))) else {
      throw ValidationError("\(zone) holds no time zone")
    }
    var columns = Columns([
      "conversations", "documents", "states, ms", "inbox, ms", "coverage, ms", "conversations/s", "open",
    ])
    for count in [1_000, 10_000, 100_000] where count <= conversations {
      let documents = try ManyConversations(count, seed: seed, sample: sample).documents
      let now = EditorialWorkspace.now
      let clock = ContinuousClock()
      var states = EditorialStates(of: documents, at: now)
      let making = median(
        (0..<runs).map { _ in clock.measure { states = EditorialStates(of: documents, at: now) } })
      var open = 0
      let inbox = median(
        (0..<runs).map { _ in
          clock.measure { open = Inbox(of: states, zone: rules).entries.count { $0.state.isOpen } }
        })
      let coverage = median(
        (0..<runs).map { _ in clock.measure { _ = InboxCoverage(of: states, zone: rules) } })
      columns.add([
        decimal(Double(count), 0), decimal(Double(documents.all.count), 0), figure(making), figure(inbox),
        figure(coverage), figure(Double(count) / inbox * 1e3), decimal(Double(open), 0),
      ])
    }
    print("One core; medians of \(runs) runs.\n\n\(columns.text)\n")
    if let ligne { try timeProgram(ligne) }
  }

  private func timeProgram(_ ligne: String) throws {
    let place = FileManager.default.temporaryDirectory.appending(path: "ligne-measure-\(UUID())")
    defer { try? FileManager.default.removeItem(at: place) }
    try Folder.write(
      ManyConversations(files, seed: seed, sample: sample).documents, sample: sample, into: place)
    setenv("LIGNE_AUTHOR", "Étienne <etienne@laravaude.example>", 1)
    setenv("LIGNE_DATE", EditorialWorkspace.now.rfc3339(), 1)
    guard chdir(place.path) == 0 else { throw ValidationError("\(place.path) is no folder") }
    _ = try Command(words: ["git", "init", "--quiet", "--initial-branch=main"]).run()
    _ = try Command(words: [ligne, "commit", "-m", "Échantillon"]).run(accepting: 0...2)
    let jobs = [["inbox"], ["inbox", "--mine"], ["inbox", "stats"], ["list", "conversation"]]
    var columns = Columns(["\(decimal(Double(files), 0)) conversations", "ms"])
    for words in jobs {
      let command = Command(words: [ligne] + words)
      _ = try command.run()
      var times: [Duration] = []
      for _ in 0..<runs { times.append(try command.run()) }
      columns.add([words.joined(separator: " "), figure(median(times))])
    }
    print("\(runs) runs each; medians\n\n\(columns.text)\n")
  }
}
