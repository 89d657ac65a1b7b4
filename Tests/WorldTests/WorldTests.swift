import Foundation
import PlantedBugs
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

  /// A check that can't fail is no check: each bug, in the engine and below it, is found, by a seed that is known to meet
  /// it.
  @Test(arguments: PlantedBug.allCases) func aPlantedBugIsFound(_ bug: PlantedBug) async {
    let seed: UInt64 =
      switch bug {
      case .engine(.settlesByRenaming): 2_024_678
      case .engine(.finishesWhatNeverBegan): 8803
      case .below(.writesInPlace): 464
      case .below(.forgetsDisplaced): 386
      case .engine(.forgetsTheBase): 173
      case .engine(.settlesByCommitting): 88
      case .engine(.followsARewrite): 78
      case .engine(.takesStrangersIn): 74
      case .engine(.stopsAtTheFirstRefusal): 68
      case .engine(.commitsTheWholeFolder): 44
      case .below(.writesNoJournal), .engine(.recoversNothing): 43
      case .engine(.missesWhatCameMeanwhile): 36
      case .engine(.believesTheAnswer): 35
      case .below(.fetchesNamesOnly): 16
      case .engine(.sharesUnasked), .engine(.finishesTooEarly): 10
      case .below(.keepsNoCopies): 8
      case .below(.losesObjects): 7
      case .engine(.sharesMainOnly), .engine(.judgesNothing): 5
      case .engine(.trustsClocks), .engine(.losesRecordsOnTheMove), .engine(.keepsLookAlikes),
        .engine(.putsWorkAside):
        4
      case .engine(.takesOneSide): 2
      case .below(.removesNothing): 1
      default: 0
      }
    let report = await Life(seed: seed).report(bug: bug)
    #expect(!report.breaches.isEmpty, "Tools/simulate world --bugs")
  }
}
