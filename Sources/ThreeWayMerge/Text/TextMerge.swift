import JSONTree

/// What came out of merging a text: one candidate where everything merged, several where a span is contested.
struct TextMergeOutcome {
  /// Sorted by bytes. Each is a whole text: the merged parts and, in each contested span, one side's whole words.
  var candidates: [JSONString]
  /// Sentences that hold changes of both sides.
  var sentencesToReadAgain: [String] = []
  /// Runs that both sides inserted at one place.
  var insertedTogether: [String] = []
}

/// Merges texts by lines, and by words where lines cannot settle it.
///
/// Each version is the set of candidates of its open conflict, or one text. What merges by lines merges so; in
/// what lines contest, words are compared; a span where both sides wrote and nothing between is unchanged is
/// contested and stays so, the rest merges. Both sides inserting at one place keeps both runs whole, ordered by
/// their bytes. Exchanging the sides gives the same outcome.
func mergeText(_ versions: Versions<[JSONString]>) -> TextMergeOutcome {
  let cut = versions.map { candidates in candidates.map { textTokens($0.text) } }
  let atoms = cut.map(textAtoms(of:))
  var pieces: [Piece] = []
  for region in threeWayRegions(atoms.map(lines(of:))) {
    switch region {
    case .agreed(let lines, _): pieces.append(Piece(Array(lines.joined())))
    case .changed(let side, _, let lines): pieces.append(Piece(Array(lines.joined()), changedBy: side))
    case .contested(let lines):
      let contested = lines.map { Array($0.joined()) }
      // Two runs of whole lines at one place stay whole.
      if contested.base.isEmpty, atoms.base.count > 0, let piece = bothInsertions(contested) {
        pieces.append(piece)
      } else {
        pieces += mergeWords(contested, baseIsEmpty: atoms.base.isEmpty)
      }
    }
  }
  let outcome = compose(pieces, sides: versions)
  // Words that only became one by standing side by side were written by nobody.
  let written = Set((cut.base + cut.ours + cut.theirs).joined())
  let isInvented = outcome.candidates.contains { !textTokens($0.text).allSatisfy(written.contains) }
  if isInvented {
    let whole = mergeCandidates(versions.map { Set($0) })
    return TextMergeOutcome(candidates: whole.sorted())
  }
  return outcome
}

/// A word of a text, or the place of an open conflict in it.
enum TextAtom: Hashable {
  case word(JSONString)
  /// What may stand here: the words of each candidate, in the order of the candidates.
  case open([JSONString])

  /// The words of one candidate.
  func words(ofCandidate index: Int) -> JSONString {
    switch self {
    case .word(let word): word
    case .open(let alternatives): alternatives[min(index, alternatives.count - 1)]
    }
  }
}

/// The words that the candidates of a text share, and the places where they differ.
func textAtoms(of cut: [[JSONString]]) -> [TextAtom] {
  guard let shownTokens = cut.last, cut.count > 1 else { return cut.first?.map(TextAtom.word) ?? [] }
  let matches = cut.map { SequenceDiff(from: shownTokens, to: $0).matches }

  var atoms: [TextAtom] = []
  var positions = Array(repeating: 0, count: cut.count)
  func closeSpan(upTo ends: [Int]) {
    let spans = zip(cut, zip(positions, ends)).map { tokens, range in
      JSONString(tokens[range.0..<range.1].map(\.text).joined())
    }
    if spans.contains(where: { !$0.text.isEmpty }) { atoms.append(.open(spans)) }
  }
  for (index, token) in shownTokens.enumerated() {
    let places = matches.map { $0[index] }
    guard places.allSatisfy({ $0 >= 0 }) else { continue }
    closeSpan(upTo: places)
    atoms.append(.word(token))
    positions = places.map { $0 + 1 }
  }
  closeSpan(upTo: cut.map(\.count))
  return atoms
}

private func lines(of atoms: [TextAtom]) -> [[TextAtom]] {
  var lines: [[TextAtom]] = []
  var line: [TextAtom] = []
  for atom in atoms {
    line.append(atom)
    if case .word(let word) = atom, word.text.utf8.last == UInt8(ascii: "\n") {
      lines.append(line)
      line = []
    }
  }
  if !line.isEmpty { lines.append(line) }
  return lines
}

/// A stretch of the merged text.
private struct Piece {
  var atoms: [TextAtom] = []
  /// Whose change it is, where it is one side's.
  var changedBy: Side?
  /// Where a span is contested: what each candidate of ours and of theirs has here, and which of it still counts.
  var contested: (ours: [JSONString], theirs: [JSONString], kept: Set<JSONString>)?
  var insertedTogether: String?

  init(_ atoms: [TextAtom], changedBy side: Side? = nil) {
    self.atoms = atoms
    changedBy = side
  }
}

private func mergeWords(_ versions: Versions<[TextAtom]>, baseIsEmpty: Bool) -> [Piece] {
  phrases(threeWayRegions(versions, touching: .contestInReach)).map { region in
    switch region {
    case .agreed(let atoms, _): return Piece(Array(atoms))
    case .changed(let side, _, let atoms): return Piece(Array(atoms), changedBy: side)
    case .contested(let spans):
      let arrays = spans.map { Array($0) }
      // Two texts that replace an empty one have nothing to hold on to: a person chooses.
      if arrays.base.isEmpty, !baseIsEmpty, let piece = bothInsertions(arrays) { return piece }
      let candidates = arrays.map(expansions(of:))
      var piece = Piece([])
      piece.contested = (
        candidates.ours, candidates.theirs, mergeCandidates(candidates.map { Set($0) })
      )
      return piece
    }
  }
}

/// Widens contested spans to whole phrases.
///
/// “se font rares” against “manquent partout” share their spaces with “manquent déjà” and nothing else. Taken word by
/// word, one candidate would read “se partout”, which nobody wrote. So what stands beside a contested span and is
/// parted from it by white space alone is contested with it. No text that merged cleanly is touched.
private func phrases(_ regions: [MergeRegion<TextAtom>]) -> [MergeRegion<TextAtom>] {
  var phrases: [MergeRegion<TextAtom>] = []
  for region in regions {
    phrases.append(region)
    // The last three may be one phrase: a change, a space, a change, one of them contested; or two that touch.
    while let joined = joinedEnd(of: phrases) {
      phrases.replaceSubrange((phrases.count - joined.count)..., with: [joined.region])
    }
  }
  return phrases
}

private func joinedEnd(
  of regions: [MergeRegion<TextAtom>]
) -> (count: Int, region: MergeRegion<TextAtom>)? {
  guard let last = regions.last, last.isChange else { return nil }
  if regions.count >= 2, case let before = regions[regions.count - 2], before.isChange {
    guard before.isContested || last.isContested else { return nil }
    return (2, joined([before, last]))
  }
  guard regions.count >= 3, case let gap = regions[regions.count - 2], gap.isWhiteSpace,
    case let before = regions[regions.count - 3], before.isChange, before.isContested || last.isContested
  else { return nil }
  return (3, joined([before, gap, last]))
}

/// Regions that follow each other, as one contested span.
private func joined(_ regions: [MergeRegion<TextAtom>]) -> MergeRegion<TextAtom> {
  let spans = regions.map(\.spans)
  return .contested(
    Versions(
      base: spans.flatMap(\.base)[...], ours: spans.flatMap(\.ours)[...],
      theirs: spans.flatMap(\.theirs)[...]))
}

extension MergeRegion<TextAtom> {
  fileprivate var isContested: Bool { if case .contested = self { true } else { false } }
  fileprivate var isChange: Bool { if case .agreed = self { false } else { true } }

  /// Nothing but white space that nobody touched.
  fileprivate var isWhiteSpace: Bool {
    guard case .agreed(let atoms, let base) = self, atoms == base else { return false }
    return atoms.allSatisfy { atom in
      guard case .word(let word) = atom else { return false }
      return word.text.unicodeScalars.allSatisfy { ScalarClass($0) == .space }
    }
  }
}

/// Both sides inserted at one place: the runs one after the other.
///
/// A run that the other begins or ends with is not repeated. `nil` where a run holds an open conflict, or where
/// the runs would grow together into a word that nobody wrote.
private func bothInsertions(_ versions: Versions<[TextAtom]>) -> Piece? {
  let (ours, theirs) = (versions.ours, versions.theirs)
  let hasOpen = (ours + theirs).contains { if case .open = $0 { true } else { false } }
  if hasOpen { return nil }
  for (long, short) in [(ours, theirs), (theirs, ours)] where long.count >= short.count {
    if Array(long.prefix(short.count)) == short || Array(long.suffix(short.count)) == short {
      return Piece(long)
    }
  }
  // What goes on with a line stands before what begins another; else the smaller by bytes is first.
  let runs = [ours, theirs].sorted {
    let (left, right) = (text(of: $0), text(of: $1))
    let (leftBreaks, rightBreaks) = (left.beginsWithLineBreak, right.beginsWithLineBreak)
    return leftBreaks != rightBreaks ? rightBreaks : left < right
  }
  let joined = text(of: runs[0] + runs[1])
  guard textTokens(joined.text).count == ours.count + theirs.count else { return nil }
  var piece = Piece(runs[0] + runs[1])
  piece.insertedTogether = joined.text
  return piece
}

extension JSONString {
  fileprivate var beginsWithLineBreak: Bool {
    text.utf8.first == UInt8(ascii: "\n") || text.utf8.first == UInt8(ascii: "\r")
  }
}

private func text(of atoms: [TextAtom], candidate: Int = 0) -> JSONString {
  JSONString(atoms.map { $0.words(ofCandidate: candidate).text }.joined())
}

/// The texts a stretch may stand for, one per candidate.
private func expansions(of atoms: [TextAtom]) -> [JSONString] {
  let count = atoms.map { if case .open(let alternatives) = $0 { alternatives.count } else { 1 } }.max() ?? 1
  return (0..<count).map { text(of: atoms, candidate: $0) }
}

/// Puts the pieces together, once for each candidate of either side.
///
/// Taking one side's words in all contested spans keeps each candidate a text that one person meant.
private func compose(_ pieces: [Piece], sides: Versions<[JSONString]>) -> TextMergeOutcome {
  var found: Set<JSONString> = []
  for (side, count) in [(Side.ours, sides.ours.count), (.theirs, sides.theirs.count)] {
    for index in 0..<max(count, 1) {
      var text = ""
      for piece in pieces {
        guard let contested = piece.contested else {
          for atom in piece.atoms { text += atom.words(ofCandidate: index).text }
          continue
        }
        let spans = side == .ours ? contested.ours : contested.theirs
        let span = spans[min(index, spans.count - 1)]
        // What somebody already settled against gives way to what still counts.
        text += (contested.kept.contains(span) ? span : contested.kept.min() ?? span).text
      }
      found.insert(JSONString(text))
    }
  }
  var outcome = TextMergeOutcome(candidates: found.sorted())
  outcome.insertedTogether = pieces.compactMap(\.insertedTogether)
  if found.count == 1 { outcome.sentencesToReadAgain = sentencesOfBothSides(pieces) }
  return outcome
}

/// The sentences of a cleanly merged text in which both sides changed something.
private func sentencesOfBothSides(_ pieces: [Piece]) -> [String] {
  var sentences: [String] = []
  var sentence = ""
  var sides: Set<Side> = []
  var mayEnd = false
  func close() {
    if sides.count == 2 { sentences.append(trimmed(sentence)) }
    sentence = ""
    sides = []
    mayEnd = false
  }
  for piece in pieces {
    if piece.atoms.isEmpty, let side = piece.changedBy { sides.insert(side) }
    for atom in piece.atoms {
      let word = atom.words(ofCandidate: 0).text
      let isSpace = word.unicodeScalars.first.map { ScalarClass($0) == .space } ?? false
      if mayEnd, isSpace { close() }
      sentence += word
      if let side = piece.changedBy { sides.insert(side) }
      mayEnd = [".", "!", "?", "…"].contains(word)
      if word.utf8.last == UInt8(ascii: "\n") { close() }
    }
  }
  close()
  return sentences
}

private func trimmed(_ text: String) -> String {
  let isSpace = { (scalar: Unicode.Scalar) in ScalarClass(scalar) == .space }
  let scalars = Array(text.unicodeScalars.drop(while: isSpace))
  let end = scalars.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? 0
  var view = String.UnicodeScalarView()
  view.append(contentsOf: scalars[..<end])
  return String(view)
}
