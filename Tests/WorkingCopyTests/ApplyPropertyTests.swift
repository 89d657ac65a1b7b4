import Foundation
import ObjectModel
import TestSupport
import Testing
import WorkingCopy

/// Any plan on any folder, with any edits at the last moment, against a model of a few lines.
@Suite struct ApplyPropertyTests {
  static let places = [
    "a", "b", "c.json", "d/a", "d/b", "d/e/f", "d/e/g", "d-/x", "h", "h/i", "h/i/j", "é/ü", "k l/m",
  ]

  @Test(arguments: Array(1...12) as [UInt64]) func everyByteIsAccountedFor(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for round in 0..<40 {
      let what = "seed \(seed), round \(round)"
      let believed = anyTree(&random)
      let wanted = anyTree(&random)
      // What really stands there: what is believed, but for what somebody did since.
      let sandbox = try Sandbox(believed, on: .inMemory)
      let plan = Set(believed.keys).union(wanted.keys).sorted().filter { believed[$0] != wanted[$0] }.map {
        Step($0, believed[$0], wanted[$0].map { Wanted($0) })
      }
      let editor = Editing(random: random, sandbox: sandbox)
      let report = try sandbox.tree.apply(plan) { path in editor.mayEdit(path.text) }
      random = editor.random
      let saved = editor.saved

      for displaced in report.displaced {
        let text = displaced.found.map { String(decoding: $0, as: UTF8.self) }
        if let text {
          #expect(saved.contains(text), "\(what): \(displaced.path) is said to have held \(text)")
        }
      }
      let displacedTexts = Set(
        report.displaced.compactMap { $0.found }.map { String(decoding: $0, as: UTF8.self) })
      let standing = Set(sandbox.files.values)
      for text in saved where !editor.replaced.contains(text) {
        #expect(displacedTexts.contains(text) || standing.contains(text), "\(what): \(text) is lost")
      }
      let blocked = Set(report.obstacles.map(\.path.text))
      for place in Self.places where !blocked.contains(place) {
        let text = sandbox.text(place)
        let isTheirs = editor.touched.contains(place) && (text == nil || text.map(saved.contains) == true)
        #expect(text == wanted[place] || isTheirs, "\(what): \(place) holds \(text ?? "nothing")")
      }
      // What the report knows of the files is what a scan sees.
      let scan = try sandbox.tree.scan()
      let scanned = Dictionary(uniqueKeysWithValues: scan.files.map { ($0.path, $0.known) })
      for (path, known) in report.written { #expect(scanned[path] == known, "\(what): \(path)") }
      for displaced in report.displaced { try sandbox.tree.settle(displaced) }
      #expect(try sandbox.leftForGood == [], "\(what)")
    }
  }

  private func anyTree(_ random: inout SeededRandom) -> [String: String] {
    var tree: [String: String] = [:]
    for place in Self.places where random.chance(1, in: 2) {
      // No file where a folder is.
      guard !tree.keys.contains(where: { place.hasPrefix($0 + "/") || $0.hasPrefix(place + "/") }) else {
        continue
      }
      tree[place] = "text \(random.next() % 5)"
    }
    return tree
  }
}

/// Somebody who saves files while they are being brought up to date.
private final class Editing {
  var random: SeededRandom
  private let sandbox: Sandbox
  private(set) var saved: Set<String> = []
  /// Texts the same person saved over since.
  private(set) var replaced: Set<String> = []
  private(set) var touched: Set<String> = []

  init(random: SeededRandom, sandbox: Sandbox) {
    self.random = random
    self.sandbox = sandbox
  }

  /// Sometimes saves the file that is just going to be exchanged, sometimes another, sometimes deletes one.
  func mayEdit(_ next: String) {
    guard random.chance(1, in: 2) else { return }
    let place = random.chance(1, in: 2) ? next : random.pick(ApplyPropertyTests.places)
    let standing = sandbox.text(place)
    if random.chance(1, in: 5), standing != nil {
      do { try sandbox.remove(place) } catch { return }
    } else {
      let text = "saved \(random.next())"
      // Where a folder is, nobody can save a file, nor below a file.
      do { try sandbox.write(text, to: place) } catch { return }
      saved.insert(text)
    }
    touched.insert(place)
    if let standing { replaced.insert(standing) }
  }
}
