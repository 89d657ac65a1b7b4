/// The parts of a text that name a place and are not prose: web and mail addresses, handles, hashtags, {slots}.
///
/// - Returns: Ranges in Unicode code points, from left to right.
func addresses(in scalars: [Unicode.Scalar]) -> [Range<Int>] {
  var found: [Range<Int>] = []
  var index = 0
  while index < scalars.count {
    if scalars[index].isSpace {
      index += 1
      continue
    }
    let start = index
    while index < scalars.count, !scalars[index].isSpace { index += 1 }
    if let range = address(in: scalars, word: start..<index) { found.append(range) }
  }
  return found
}

/// The address in a stretch without spaces, from its first sign to its last.
private func address(in scalars: [Unicode.Scalar], word: Range<Int>) -> Range<Int>? {
  guard let first = word.first(where: { scalars[$0].isInWord || "#@{".unicodeScalars.contains(scalars[$0]) })
  else { return nil }
  var last = word.upperBound
  while last > first, !scalars[last - 1].isInWord, scalars[last - 1] != "/", scalars[last - 1] != "}" {
    last -= 1
  }
  guard first < last else { return nil }
  let part = scalars[first..<last]
  if "#@".unicodeScalars.contains(part[first]), part.count > 1 {
    let end = part.dropFirst().firstIndex { !$0.isInWord && $0 != "@" && $0 != "." && $0 != "-" } ?? last
    return first..<end
  }
  if part[first] == "{" { return part.firstIndex(of: "}").map { first..<$0 + 1 } }
  if contains(part, "://") || contains(part, "@") { return first..<last }
  // `laravaude.example/bilan`; a capital begins a sentence whose space was forgotten.
  let dots = part.indices.dropFirst().dropLast().filter { part[$0] == "." }
  if dots.contains(where: { part[$0 - 1].isInWord && part[$0 + 1].properties.isLowercase }) {
    return first..<last
  }
  return nil
}

private func contains(_ part: ArraySlice<Unicode.Scalar>, _ sign: String) -> Bool {
  let sign = Array(sign.unicodeScalars)
  return part.indices.contains { part[$0...].starts(with: sign) }
}
