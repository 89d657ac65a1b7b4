import Foundation
import HostileCorpus
import JSONTree
import ObjectModel
import TestSupport
import Testing

/// What a hostile colleague or address may send: each case is decided as it says, nothing of the bad part is written
/// or moved, a sound document that lies beside it arrives, and what is printed is only shown.
///
/// Devices that are refused are met many at once: each blocks only itself. `LIGNE_HOSTILE=all` lets each case have a
/// team of its own, the heavy ones too; `LIGNE_HOSTILE=heavy` those alone, other words the cases that have them in
/// their names.
@Suite struct HostileCorpusTests {
  static let plays = Play.all(alone: Play.chosen)

  @Test func everyCaseHasANameOfItsOwn() {
    #expect(hostileCases.count >= 150)
    #expect(Set(hostileCases.map(\.name)).count == hostileCases.count)
  }

  @Test(arguments: plays) func isDecidedAsWritten(_ play: Play) throws {
    let team = try Team(meeting: play.cases)
    let start = ContinuousClock.now
    let answer = try team.ligne("sync", "--json")
    if Play.chosen != nil {
      print("\(answer.peakMemory >> 20) MB, \(ContinuousClock.now - start): \(play.testDescription)")
    }
    let json = try JSONValue(parsing: answer.output)
    #expect(answer.firstObeyed == nil)
    #expect(answer.peakMemory < mostMemory, "\(answer.peakMemory >> 20) MB")
    if case .stopped(let code) = play.verdict {
      #expect(answer.status == 1)
      #expect(json["error"]?["code"] == JSONValue(code), "\(answer.text)")
      #expect(try Team.state(of: team.ana) == team.before)
    } else {
      #expect(answer.status == 0 || answer.status == 2, "\(answer.text)")
      #expect(FileManager.default.fileExists(atPath: team.ana + "/" + Team.soundPath))
      #expect(try team.git("status", "--porcelain") == "")
    }
    for draft in team.drafts { try checkVerdict(of: draft, json: json, in: team) }
    if case .refused = play.verdict {
      #expect(json["refused"]?.array?.count == team.drafts.count, "\(answer.text)")
      #expect(try team.git("diff", "--name-only", team.base.hex, "HEAD") == Team.soundPath)
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: team.folder.path).sorted() == ["ana", "team.git"])
    try checkWords(of: team, play)
  }

  private func checkVerdict(of met: Team.Met, json: JSONValue, in team: Team) throws {
    let refused = json["refused"]?.array?.first { $0["reference"] == JSONValue(met.reference) }
    let said: Comment = "\(met.hostile): \(json)"
    switch met.hostile.verdict {
    case .refused(let refusal):
      let fromGit = ["damaged-objects", "too-much", "git-said"].contains(refused?["code"]?.text)
      switch refusal {
      case .path(let path):
        #expect(refused?["path"] == JSONValue(String(decoding: path, as: UTF8.self)), said)
        #expect(refused?["commit"] == met.draft.hostile.map { JSONValue($0.hex) }, said)
      case .arrival: #expect(fromGit, said)
      case .history: #expect(refused != nil && refused?["path"] == nil && !fromGit, said)
      }
    case .left(let document):
      #expect(json["left"]?.array?.map { $0["path"] } == [JSONValue(document)], said)
      let version = try #require(met.draft.hostile)
      let kept = try team.git("hash-object", "--no-filters", document)
      #expect(try team.git("rev-parse", "\(version.hex):\(document)") == kept, said)
    case .shown:
      #expect(refused == nil, said)
      if let version = met.draft.hostile {
        #expect(try team.git("merge-base", "HEAD", version.hex) == version.hex, said)
      }
    case .stopped: break
    }
  }

  /// What people read, in both languages: nothing of it is obeyed, and a refusal names the device and the version.
  private func checkWords(of team: Team, _ play: Play) throws {
    for language in play.languages {
      let answer = try team.ligne("sync", language: language)
      #expect(answer.firstObeyed == nil)
      #expect(answer.status <= 2)
      #expect(!answer.text.contains("refs/"))
      for met in team.drafts {
        guard case .refused(let refusal) = met.hostile.verdict else { continue }
        if met.reference != HostileDraft.main, met.reference.utf8.allSatisfy({ $0 < 0x80 }) {
          let device = met.reference.dropFirst("refs/ligne/devices/".count).prefix(8)
          #expect(answer.text.contains(device), "\(answer.text)")
        }
        if case .path = refusal, let commit = met.draft.hostile {
          #expect(answer.text.contains(commit.hex.prefix(8)), "\(answer.text)")
        }
      }
    }
    for words in play.readings {
      let answer = try team.ligne(words)
      #expect(answer.firstObeyed == nil, "\(words): \(answer.text.prefix(2000).debugDescription)")
      #expect(answer.status <= 2, "\(words): \(answer.text.prefix(2000))")
      #expect(answer.peakMemory < mostMemory, "\(words): \(answer.peakMemory >> 20) MB")
    }
  }
}

/// Bytes that the program, and each program it starts, may hold.
private let mostMemory = 256 << 20

/// Cases that one team meets, and what is asked of the program afterwards.
struct Play: Sendable, CustomTestStringConvertible {
  var cases: [HostileCase]
  var languages: [String]
  var readings: [String]

  var verdict: HostileCase.Verdict { cases[0].verdict }
  var testDescription: String {
    cases.count == 1 ? cases[0].name : "\(cases.count) devices at once: \(cases[0].name), …"
  }

  /// Words that choose cases to be played alone, with what each costs; `nil` for an ordinary run.
  static let chosen = ProcessInfo.processInfo.environment["LIGNE_HOSTILE"]

  static func all(alone: String?) -> [Play] {
    if let alone {
      let chosen = hostileCases.filter {
        alone == "all" || (alone == "heavy" ? $0.weight == .heavy : $0.name.contains(alone))
      }
      return chosen.map { Play(cases: [$0], languages: ["fr", "en"], readings: reading($0, alone: true)) }
    }
    var together: [HostileCase] = []
    var plays: [Play] = []
    for (place, hostile) in hostileCases.filter({ $0.weight == .light }).enumerated() {
      if case .refused = hostile.verdict, hostile.reference == nil {
        together.append(hostile)
      } else {
        let languages = hostile.isAboutWords ? ["fr", "en"] : [place % 2 == 0 ? "fr" : "en"]
        plays.append(Play(cases: [hostile], languages: languages, readings: reading(hostile, alone: false)))
      }
    }
    return stride(from: 0, to: together.count, by: 20).map { start in
      Play(cases: Array(together[start...].prefix(20)), languages: ["fr", "en"], readings: [])
    } + plays
  }

  private static func reading(_ hostile: HostileCase, alone: Bool) -> [String] {
    switch hostile.verdict {
    case .refused, .stopped: []
    case .left, .shown:
      alone ? ["status", "log", "list", "check"] : hostile.isAboutWords ? ["log", "list"] : []
    }
  }
}

extension HostileCase {
  /// Whether it is about what is printed.
  fileprivate var isAboutWords: Bool {
    name.hasPrefix("what a terminal would obey") || name.hasPrefix("a version ")
  }
}
