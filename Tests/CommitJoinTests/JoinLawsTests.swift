import Foundation
import JSONTree
import Simulation
import TestSupport
import Testing

/// The laws of ARCHITECTURE.md, on random histories of three to five people; `Tools/simulate` plays many more.
///
/// A failure names its seed; `Tools/simulate --seed N --histories 1` makes it small.
@Suite struct JoinLawsTests {
  @Test(arguments: UInt64(0)..<60) func everyLawHolds(seed: UInt64) {
    let history = History(seed: seed, steps: 12)
    for breach in Trial.report(of: history).breaches {
      Issue.record("seed \(seed) breaks \(breach)\n\(history)")
    }
  }

  @Test(arguments: UInt64(0)..<20) func aSeedAlwaysGivesTheSameHistory(seed: UInt64) throws {
    let history = History(seed: seed)
    #expect(history == History(seed: seed))
    #expect(try History(JSONValue(parsing: history.value.canonicalForm)) == history)
  }
}

/// Histories that once broke a law, made small. Each is played with every law.
///
/// A case that says `"open": true` is known to be broken; when its law holds, the test says so and the mark goes.
@Suite struct KeptCasesTests {
  static let files: [String] = {
    let folder = Corpus.packageRoot.appending(path: "Tests/CommitJoinTests/Cases")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".json") }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }()

  @Test(arguments: files) func holds(file: String) throws {
    let place = Corpus.packageRoot.appending(path: "Tests/CommitJoinTests/Cases/\(file)")
    let known = try #require(Case(JSONValue(parsing: Array(Data(contentsOf: place)))))
    let breaches = Trial.report(of: known.history).breaches
    if known.isOpen {
      withKnownIssue("\(known.note ?? known.law.rawValue)") {
        for breach in breaches { Issue.record("\(breach)") }
      }
    } else {
      for breach in breaches { Issue.record("\(breach)\n\(known.history)") }
    }
  }
}
