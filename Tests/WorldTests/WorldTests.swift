import Foundation
import TestSupport
import Testing
import World

/// Lives of a team with its computers and its accidents, a short share of what `Tools/simulate world` plays.
@Suite struct WorldTests {
  /// Lives that once broke an invariant, each as small as it could be made.
  static let kept: [String] = {
    let folder = Corpus.packageRoot.appending(path: "Tests/WorldTests/Lives").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".json") }.sorted()
  }()

  static func life(_ name: String) throws -> Life {
    let file = Corpus.packageRoot.appending(path: "Tests/WorldTests/Lives").appending(path: name)
    return try JSONDecoder().decode(Life.self, from: Data(contentsOf: file))
  }

  @Test(arguments: kept) func aLifeThatWasKeptBreaksNothing(_ name: String) async throws {
    let life = try Self.life(name)
    #expect(await life.report().breaches == [], "\(life)")
  }

  @Test func livesAreKept() { #expect(Self.kept.count >= 5) }

  @Test(arguments: 0..<6) func livesOfTheseSeedsBreakNothing(_ chunk: UInt64) async {
    for seed in chunk * 10..<chunk * 10 + 10 {
      let report = await Life(seed: seed).report()
      #expect(report.breaches == [], "Tools/simulate world --seed \(seed) --histories 1")
    }
  }

  /// A check that can't fail is no check: each bug below the engine is found, by a seed that is known to meet it.
  @Test(arguments: PlantedBug.allCases) func aPlantedBugIsFound(_ bug: PlantedBug) async {
    let seed: UInt64 =
      switch bug {
      case .forgetsDisplaced: 429
      case .writesInPlace: 144
      case .fetchesNamesOnly: 15
      case .writesNoJournal: 80
      case .keepsNoCopies: 8
      case .losesObjects: 2
      case .removesNothing: 1
      default: 0
      }
    let report = await Life(seed: seed).report(bug: bug)
    #expect(!report.breaches.isEmpty, "Tools/simulate world --bugs")
  }
}
