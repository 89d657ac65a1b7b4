public import JSONTree

/// A stretch of words that two texts share, or that one of them has.
public struct WordRun: Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    /// In both texts.
    case same
    /// Only in the old one.
    case removed
    /// Only in the new one.
    case added
  }

  public var kind: Kind
  public var text: String

  public init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }
}

extension WordRun: Hashable {
  /// Texts are compared by their bytes: an accent written in another way is a change.
  public static func == (left: Self, right: Self) -> Bool {
    left.kind == right.kind && JSONString(left.text) == JSONString(right.text)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(JSONString(text))
  }
}

/// Compares two texts word by word, so that the result can be read.
///
/// The removed and the unchanged runs, put together, are the old text; the added and the unchanged ones are the
/// new. Where words were replaced, the removed run comes first. Two changed words with one space between them are
/// one changed phrase. Where an insertion or a deletion could stand at several places, it is a whole line or
/// sentence if it can be.
public func wordRuns(from old: String, to new: String) -> [WordRun] {
  var runs: [WordRun] = []
  func append(_ kind: WordRun.Kind, _ tokens: [JSONString]) {
    if !tokens.isEmpty { runs.append(WordRun(kind, tokens.map(\.text).joined())) }
  }
  for spot in coalesced(aligned(spots(from: textTokens(old), to: textTokens(new)))) {
    append(.removed, spot.removed)
    append(.added, spot.added)
    append(.same, spot.same)
  }
  return runs
}

/// Which words of a new text were there before, as ``wordRuns(from:to:)`` reads the change.
///
/// - Parameters:
///   - old: The tokens of the old text; see ``textTokens(_:)``.
///   - new: Those of the new one.
/// - Returns: For each new token, the index of the old one that it is; `nil` for what was added.
public func keptWords(from old: [JSONString], to new: [JSONString]) -> [Int?] {
  var kept: [Int?] = []
  kept.reserveCapacity(new.count)
  var position = 0
  for spot in aligned(spots(from: old, to: new)) {
    position += spot.removed.count
    kept += spot.added.map { _ in nil }
    kept += (position..<position + spot.same.count).map { $0 }
    position += spot.same.count
  }
  return kept
}

/// The changed runs with some words around them; what is left out between shows as “…”.
///
/// - Parameters:
///   - runs: Of ``wordRuns(from:to:)``.
///   - context: How many words or marks of an unchanged run stay on the side of a change.
/// - Returns: Nothing where nothing changed. Changed runs are never cut.
public func excerpt(of runs: [WordRun], context: Int = 6) -> [WordRun] {
  guard runs.contains(where: { $0.kind != .same }) else { return [] }
  return runs.indices.compactMap { index in
    let run = runs[index]
    guard run.kind == .same else { return run }
    let text = shortened(
      run.text, keepingStart: index > runs.startIndex ? context : 0,
      keepingEnd: index < runs.endIndex - 1 ? context : 0)
    return text.utf8.isEmpty ? nil : WordRun(.same, text)
  }
}

// MARK: -

/// A change, and the unchanged words up to the next one.
private struct Spot {
  var removed: [JSONString] = []
  var added: [JSONString] = []
  var same: [JSONString] = []
}

private func spots(from old: [JSONString], to new: [JSONString]) -> [Spot] {
  var spots = [Spot()]
  var (oldStart, newStart) = (0, 0)
  func take(_ oldEnd: Int, _ newEnd: Int) {
    if oldStart == oldEnd, newStart == newEnd { return }
    spots.append(Spot(removed: Array(old[oldStart..<oldEnd]), added: Array(new[newStart..<newEnd])))
  }
  for (i, j) in SequenceDiff(from: old, to: new).matches.enumerated() where j >= 0 {
    take(i, j)
    spots[spots.count - 1].same.append(old[i])
    (oldStart, newStart) = (i + 1, j + 1)
  }
  take(old.count, new.count)
  return spots
}

/// Puts each pure insertion or deletion where it reads best among the places that mean the same.
///
/// In “A b. A c.” without its first sentence, both “A b. ” and “b. A ” could be what is gone.
private func aligned(_ spots: [Spot]) -> [Spot] {
  var spots = spots
  for index in spots.indices.dropFirst() where spots[index].removed.isEmpty != spots[index].added.isEmpty {
    let run = spots[index].removed + spots[index].added
    let tokens = spots[index - 1].same + run
    let end = spots[index - 1].same.count
    var start = end
    var best = (start: start, score: beginning(at: start, of: tokens, isText: index == 1))
    // The run can begin one token earlier if that token is also the one it would leave behind.
    while start > 0, tokens[start - 1] == tokens[start - 1 + run.count] {
      start -= 1
      let score = beginning(at: start, of: tokens, isText: index == 1)
      if score > best.score { best = (start, score) }
    }
    if best.start == end { continue }
    let slid = Array(tokens[best.start..<best.start + run.count])
    if spots[index].added.isEmpty { spots[index].removed = slid } else { spots[index].added = slid }
    spots[index].same = Array(tokens[best.start..<end]) + spots[index].same
    spots[index - 1].same = Array(tokens[..<best.start])
  }
  return spots
}

/// How naturally something begins at a place: a line, a sentence, a word, anything else.
private func beginning(at place: Int, of tokens: [JSONString], isText: Bool) -> Int {
  if place == 0 { return isText ? 3 : 0 }
  let last = tokens[place - 1]
  if last.endsLine { return 3 }
  if last.isSpace, place > 1, [".", "!", "?", "…"].contains(tokens[place - 2]) { return 2 }
  return tokens[place].isSpace || closing.contains(tokens[place]) ? 0 : 1
}

/// Marks that belong to the words before them, where nothing begins.
private let closing: Set<JSONString> = [".", ",", ";", ":", "!", "?", "…", ")", "]", "»", "”"]

/// Joins changes that only one space keeps apart, if both took words away or both brought some.
private func coalesced(_ spots: [Spot]) -> [Spot] {
  var result: [Spot] = []
  for spot in spots {
    guard let last = result.last, last.same.count == 1, last.same[0].isSpace, !last.same[0].endsLine,
      !last.removed.isEmpty && !spot.removed.isEmpty || !last.added.isEmpty && !spot.added.isEmpty
    else {
      result.append(spot)
      continue
    }
    result[result.count - 1] = Spot(
      removed: last.removed + last.same + spot.removed, added: last.added + last.same + spot.added,
      same: spot.same)
  }
  return result
}

private func shortened(_ text: String, keepingStart start: Int, keepingEnd end: Int) -> String {
  let tokens = textTokens(text)
  let words = tokens.indices.filter { !tokens[$0].isSpace }
  // Two words more or less are no reason to cut.
  if words.count <= start + end + 2 { return text }
  let head = start > 0 ? tokens[...words[start - 1]] : []
  let tail = end > 0 ? tokens[words[words.count - end]...] : []
  let gap = [head.isEmpty ? nil : " ", JSONString("…"), tail.isEmpty ? nil : " "].compactMap { $0 }
  return (head + gap + tail).map(\.text).joined()
}

extension JSONString {
  fileprivate var isSpace: Bool { text.unicodeScalars.first.map { ScalarClass($0) == .space } ?? false }

  fileprivate var endsLine: Bool {
    guard let last = text.unicodeScalars.last else { return false }
    return ["\n", "\r", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}"].contains(last)
  }
}
