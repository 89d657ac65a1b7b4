/// Which elements of an old sequence are still there in a new one, in the same order.
///
/// Elements that occur once in both are matched first, in their longest increasing order (patience diff, Bram
/// Cohen); what lies between is matched by the shortest edit script (Myers, "An O(ND) difference algorithm and
/// its variations", 1986). The result is the same on every machine.
public struct SequenceDiff: Sendable {
  /// For each index of the old sequence, the index of its match in the new one, or -1. Increasing where not -1.
  public let matches: [Int]

  public init<Element: Hashable>(from old: [Element], to new: [Element]) {
    // Nearly all of two versions is what they begin and end with, and that needs no names.
    let shorter = min(old.count, new.count)
    let begin = (0..<shorter).first { old[$0] != new[$0] } ?? shorter
    let end =
      (0..<shorter - begin).first { old[old.count - 1 - $0] != new[new.count - 1 - $0] } ?? shorter - begin
    let (oldMiddle, newMiddle) = (begin..<old.count - end, begin..<new.count - end)
    // Small whole numbers compare and hash faster than words.
    var names: [Element: Int32] = [:]
    func name(_ element: Element) -> Int32 {
      if let known = names[element] { return known }
      let next = Int32(names.count)
      names[element] = next
      return next
    }
    let oldNames = old[oldMiddle].map(name)
    let newNames = new[newMiddle].map(name)
    var matcher = Matcher(old: oldNames, new: newNames, nameCount: names.count)
    matcher.run()
    matches =
      Array(0..<begin) + matcher.matches.map { $0 < 0 ? $0 : $0 + begin }
      + Array(newMiddle.upperBound..<new.count)
  }
}

/// A part of both sequences still to be matched: `old[oldRange]` against `new[newRange]`.
private struct Block {
  var old: Range<Int>
  var new: Range<Int>
}

private struct Matcher {
  let old: [Int32]
  let new: [Int32]
  var matches: [Int]
  /// Scratch space for counting occurrences in a block, one place per name.
  private var oldCount: [Int32]
  private var newCount: [Int32]
  private var newPlace: [Int]

  /// Beyond this many differing elements a block is taken as rewritten: the exact answer would cost the square of
  /// it, and no reader could follow it.
  private static let mostDifferences = 2000

  init(old: [Int32], new: [Int32], nameCount: Int) {
    self.old = old
    self.new = new
    matches = Array(repeating: -1, count: old.count)
    oldCount = Array(repeating: 0, count: nameCount)
    newCount = Array(repeating: 0, count: nameCount)
    newPlace = Array(repeating: 0, count: nameCount)
  }

  mutating func run() {
    var blocks = [Block(old: old.indices, new: new.indices)]
    while var block = blocks.popLast() {
      matchEnds(&block)
      if block.old.isEmpty || block.new.isEmpty { continue }
      let anchors = uniqueAnchors(in: block)
      if anchors.isEmpty {
        matchShortestEdit(block)
        continue
      }
      var oldStart = block.old.lowerBound
      var newStart = block.new.lowerBound
      for anchor in anchors {
        matches[anchor.old] = anchor.new
        blocks.append(Block(old: oldStart..<anchor.old, new: newStart..<anchor.new))
        oldStart = anchor.old + 1
        newStart = anchor.new + 1
      }
      blocks.append(Block(old: oldStart..<block.old.upperBound, new: newStart..<block.new.upperBound))
    }
  }

  /// Matches what the block begins and ends with on both sides, and takes it off.
  private mutating func matchEnds(_ block: inout Block) {
    var (oldStart, oldEnd) = (block.old.lowerBound, block.old.upperBound)
    var (newStart, newEnd) = (block.new.lowerBound, block.new.upperBound)
    while oldStart < oldEnd, newStart < newEnd, old[oldStart] == new[newStart] {
      matches[oldStart] = newStart
      oldStart += 1
      newStart += 1
    }
    while oldStart < oldEnd, newStart < newEnd, old[oldEnd - 1] == new[newEnd - 1] {
      oldEnd -= 1
      newEnd -= 1
      matches[oldEnd] = newEnd
    }
    block = Block(old: oldStart..<oldEnd, new: newStart..<newEnd)
  }

  /// The elements that occur exactly once on both sides of the block, in the longest order they share.
  private mutating func uniqueAnchors(in block: Block) -> [(old: Int, new: Int)] {
    for index in block.old { oldCount[Int(old[index])] += 1 }
    for index in block.new {
      newCount[Int(new[index])] += 1
      newPlace[Int(new[index])] = index
    }
    var candidates: [(old: Int, new: Int)] = []
    for index in block.old {
      let name = Int(old[index])
      if oldCount[name] == 1, newCount[name] == 1 { candidates.append((index, newPlace[name])) }
    }
    for index in block.old { oldCount[Int(old[index])] = 0 }
    for index in block.new { newCount[Int(new[index])] = 0 }
    return longestIncreasing(candidates.map(\.new)).map { candidates[$0] }
  }

  /// Matches a block by the shortest edit script: the furthest-reaching paths of Myers, kept per difference
  /// count, then walked back.
  private mutating func matchShortestEdit(_ block: Block) {
    let (oldLength, newLength) = (block.old.count, block.new.count)
    let limit = min(oldLength + newLength, Self.mostDifferences)
    // furthest[k + offset]: how far into the old sequence the best path on diagonal k reaches.
    let offset = limit + 1
    var furthest = Array(repeating: 0, count: 2 * limit + 3)
    var trace: [[Int]] = []
    var end: Int?
    search: for differences in 0...limit {
      for diagonal in stride(from: -differences, through: differences, by: 2) {
        let down =
          diagonal == -differences
          || (diagonal != differences
            && furthest[offset + diagonal - 1] < furthest[offset + diagonal + 1])
        var x = down ? furthest[offset + diagonal + 1] : furthest[offset + diagonal - 1] + 1
        var y = x - diagonal
        while x < oldLength, y < newLength, x >= 0, y >= 0,
          old[block.old.lowerBound + x] == new[block.new.lowerBound + y]
        {
          x += 1
          y += 1
        }
        furthest[offset + diagonal] = x
        if x >= oldLength, y >= newLength {
          trace.append(Array(furthest[(offset - differences)...(offset + differences)]))
          end = differences
          break search
        }
      }
      trace.append(Array(furthest[(offset - differences)...(offset + differences)]))
    }
    guard let end else { return }  // Rewritten: nothing between matches.
    var (x, y) = (oldLength, newLength)
    for differences in stride(from: end, through: 0, by: -1) {
      let diagonal = x - y
      var (fromX, fromY) = (0, 0)
      if differences > 0 {
        let before = trace[differences - 1]
        func reach(_ k: Int) -> Int {
          let index = k + differences - 1
          return before.indices.contains(index) ? before[index] : -1
        }
        let down =
          diagonal == -differences
          || (diagonal != differences && reach(diagonal - 1) < reach(diagonal + 1))
        let previous = down ? diagonal + 1 : diagonal - 1
        fromX = reach(previous)
        fromY = fromX - previous
      }
      while x > fromX, y > fromY, x > 0, y > 0,
        old[block.old.lowerBound + x - 1] == new[block.new.lowerBound + y - 1]
      {
        x -= 1
        y -= 1
        matches[block.old.lowerBound + x] = block.new.lowerBound + y
      }
      (x, y) = (fromX, fromY)
    }
  }
}

/// The indices of a longest strictly increasing run of `values`, in order; of several, always the same one.
///
/// Source: patience sorting, Aldous and Diaconis, 1999.
func longestIncreasing(_ values: [Int]) -> [Int] {
  var piles: [Int] = []  // Indices of the smallest last value of a run of each length.
  var before = Array(repeating: -1, count: values.count)
  for (index, value) in values.enumerated() {
    var (low, high) = (0, piles.count)
    while low < high {
      let middle = (low + high) / 2
      if values[piles[middle]] < value { low = middle + 1 } else { high = middle }
    }
    before[index] = low > 0 ? piles[low - 1] : -1
    if low == piles.count { piles.append(index) } else { piles[low] = index }
  }
  var run: [Int] = []
  var index = piles.last ?? -1
  while index >= 0 {
    run.append(index)
    index = before[index]
  }
  return run.reversed()
}
