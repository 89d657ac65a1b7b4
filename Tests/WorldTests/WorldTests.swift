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
      case .below(.forgetsDisplaced): 429
      case .below(.writesInPlace): 144
      case .below(.fetchesNamesOnly): 15
      case .below(.writesNoJournal): 80
      case .below(.keepsNoCopies): 8
      case .below(.losesObjects): 2
      case .below(.removesNothing): 1
      case .engine(.forgetsTheBase): 377
      case .engine(.finishesWhatNeverBegan): 238
      case .engine(.followsARewrite): 158
      case .engine(.recoversNothing): 80
      case .engine(.stopsAtTheFirstRefusal): 79
      case .engine(.judgesNothing): 41
      case .engine(.sharesUnasked): 33
      case .engine(.commitsTheWholeFolder): 25
      case .engine(.settlesByCommitting): 24
      case .engine(.keepsLookAlikes): 20
      case .engine(.takesStrangersIn): 5
      case .engine(.believesTheAnswer), .engine(.sharesMainOnly): 3
      case .engine(.takesOneSide), .engine(.losesRecordsOnTheMove), .engine(.trustsClocks): 2
      case .engine(.putsWorkAside), .engine(.finishesTooEarly): 2
      default: 0
      }
    let report = await Life(seed: seed).report(bug: bug)
    #expect(!report.breaches.isEmpty, "Tools/simulate world --bugs")
  }
}
