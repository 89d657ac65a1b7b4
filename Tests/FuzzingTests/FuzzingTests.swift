import Foundation
import Fuzzing
import TestSupport
import Testing

/// Whatever bytes come, what must hold of them does: for the inputs that are kept, each of which once broke something
/// or leads deep into the code, and for some made of those by chance.
@Suite struct FuzzingTests {
  static let folder = Corpus.packageRoot.appending(path: "Tests/FuzzingTests/Corpus")

  /// The kept inputs of a target, by name.
  static func kept(_ target: FuzzTarget) throws -> [(name: String, bytes: [UInt8])] {
    let folder = folder.appending(path: target.rawValue)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
      ($0, [UInt8](try Data(contentsOf: folder.appending(path: $0))))
    }
  }

  @Test(arguments: FuzzTarget.allCases) func keptInputsHold(_ target: FuzzTarget) throws {
    let kept = try Self.kept(target)
    #expect(!kept.isEmpty)
    for (name, bytes) in kept {
      #expect(target.brokenProperty(of: bytes) == nil, "\(target.rawValue)/\(name)")
    }
  }

  @Test(arguments: FuzzTarget.allCases) func inputsMadeByChanceHold(_ target: FuzzTarget) throws {
    let kept = try Self.kept(target).map(\.bytes)
    let seed: UInt64 = 20
    var random = SeededRandom(seed: seed)
    for round in 0..<400 {
      var bytes = random.pick(kept)
      for _ in 0...Int(random.next() % 4) { mutate(&bytes, with: random.pick(kept), &random) }
      if bytes.count > 2000 { bytes = Array(bytes.prefix(2000)) }
      if let broken = target.brokenProperty(of: bytes) {
        Issue.record("seed \(seed), round \(round): \(broken), in \(Data(bytes).base64EncodedString())")
        return
      }
    }
  }

  private func mutate(_ bytes: inout [UInt8], with other: [UInt8], _ random: inout SeededRandom) {
    let place = Int(random.next() % UInt64(bytes.count + 1))
    let length = Int(random.next() % 16)
    switch random.next() % 5 {
    case 0: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
    case 1: bytes.removeSubrange(place..<min(place + length, bytes.count))
    case 2 where place < bytes.count: bytes[place] ^= 1 << UInt8(random.next() % 8)
    case 3: bytes.insert(contentsOf: bytes[place..<min(place + length, bytes.count)], at: place)
    default:
      let start = Int(random.next() % UInt64(other.count + 1))
      bytes.insert(contentsOf: other[start..<min(start + length, other.count)], at: place)
    }
  }
}
