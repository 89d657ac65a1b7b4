import Foundation
import JSONTree

/// A recorded session of several people writing one text at the same time, keystroke by keystroke.
///
/// Source of the format and the recordings: josephg/editing-traces, `concurrent_traces/README.md`.
struct WritingSession {
  struct Step {
    var parents: [Int]
    var childCount: Int
    var agent: Int
    /// At a place counted in scalars, so many deleted, this inserted; one after the other.
    var patches: [(place: Int, deleted: Int, inserted: [Unicode.Scalar])]
  }

  var name: String
  var steps: [Step]
  var endText: String

  init(_ file: URL) throws {
    let recorded = try JSONValue(parsing: decompressed(file))
    name = String(file.lastPathComponent.prefix { $0 != "." })
    func number(_ value: JSONValue?) throws -> Int {
      guard let text = value?.number?.text, let number = Int(text) else {
        throw ReplayTrouble(description: "\(file.path) holds no writing session")
      }
      return number
    }
    guard let list = recorded["txns"]?.array, let end = recorded["endContent"]?.text else {
      throw ReplayTrouble(description: "\(file.path) holds no writing session")
    }
    endText = end
    steps = try list.map { step in
      Step(
        parents: try (step["parents"]?.array ?? []).map(number), childCount: try number(step["numChildren"]),
        agent: try number(step["agent"]),
        patches: try (step["patches"]?.array ?? []).map { patch in
          let parts = patch.array ?? []
          guard parts.count >= 3 else {
            throw ReplayTrouble(description: "\(file.path) has a patch without a text")
          }
          return (try number(parts[0]), try number(parts[1]), Array((parts[2].text ?? "").unicodeScalars))
        })
    }
  }
}

/// What each writer of a session had before their eyes: the known right text of every merge.
///
/// Every scalar ever written has its place in one order; a version shows those that were written before it and not
/// deleted before it. In the recordings nobody inserts where another does at the same time, so the order is certain.
struct SessionTexts {
  private var scalars: [Unicode.Scalar] = []
  private var writtenBy: [Int] = []
  private var deletedBy: [[Int]] = []
  /// Everything ever written, by index into the above.
  private var order: [Int] = []
  /// Bits of the steps each step comes after, itself included.
  private var known: [[UInt64]] = []
  /// What each step left, kept while steps that follow it need it.
  private var shown: [Int: [Int]] = [:]
  private var waiting: [Int: Int] = [:]

  /// Plays the next step.
  ///
  /// - Returns: The text its author began with, and the text the step left.
  mutating func play(_ step: WritingSession.Step) -> (before: String, after: String) {
    let number = known.count
    var past = [UInt64](repeating: 0, count: number / 64 + 1)
    for parent in step.parents { for (index, bits) in known[parent].enumerated() { past[index] |= bits } }

    var text: [Int]
    if let parent = step.parents.first, step.parents.count == 1, let left = shown[parent] {
      text = left
    } else {
      let isKnown = { (step: Int) in step / 64 < past.count && past[step / 64] >> (step % 64) & 1 == 1 }
      text = order.filter { isKnown(writtenBy[$0]) && !deletedBy[$0].contains(where: isKnown) }
    }
    let before = string(text)
    past[number / 64] |= 1 << (number % 64)
    known.append(past)

    for patch in step.patches {
      for scalar in text[patch.place..<patch.place + patch.deleted] { deletedBy[scalar].append(number) }
      text.removeSubrange(patch.place..<patch.place + patch.deleted)
      let new = scalars.count..<scalars.count + patch.inserted.count
      scalars += patch.inserted
      writtenBy += Array(repeating: number, count: new.count)
      deletedBy += Array(repeating: [], count: new.count)
      let left = patch.place > 0 ? order.firstIndex(of: text[patch.place - 1]).map { $0 + 1 } : 0
      order.insert(contentsOf: new, at: left ?? 0)
      text.insert(contentsOf: new, at: patch.place)
    }
    for parent in step.parents {
      waiting[parent, default: 1] -= 1
      if waiting[parent] == 0 { shown[parent] = nil }
    }
    waiting[number] = step.childCount
    shown[number] = text
    return (before, string(text))
  }

  private func string(_ text: [Int]) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: text.lazy.map { scalars[$0] })
    return String(view)
  }
}
