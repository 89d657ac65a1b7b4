/// The parts of a text that name a place and are not prose: web and mail addresses, handles, hashtags, {slots}.
///
/// Unlike `entities` of `SocialText`, which finds what a platform turns into a link, this asks what no writer means as a
/// word: also hosts that do not exist, handles of any letters, what is filled in later.
///
/// - Returns: Ranges in Unicode code points, from left to right and apart.
func addresses(in scalars: [Unicode.Scalar]) -> [Range<Int>] {
  var found = slots(in: scalars)
  var index = 0
  // Most words of a text have none of the signs without which there is no address.
  while let sign = scalars[index...].firstIndex(where: \.isOfAddresses) {
    var start = sign
    while start > index, !scalars[start - 1].isSpace { start -= 1 }
    index = sign + 1
    while index < scalars.count, !scalars[index].isSpace { index += 1 }
    if let range = address(in: scalars, word: start..<index) { found.append(range) }
  }
  // An address may hold a slot, and a slot an address.
  return found.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { apart, range in
    guard let last = apart.last, last.upperBound > range.lowerBound else { return apart.append(range) }
    apart[apart.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
  }
}

/// The address in a stretch without spaces, from its first sign to its last.
private func address(in scalars: [Unicode.Scalar], word: Range<Int>) -> Range<Int>? {
  guard let first = word.first(where: { scalars[$0].isInWord || "#@".unicodeScalars.contains(scalars[$0]) })
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
  if contains(part, "://") || contains(part, "@") || hasHostOrFileName(part) { return first..<last }
  return nil
}

/// `laravaude.example/bilan`, `notes.txt`. `étudiant.e` is none; a capital begins a sentence whose space was forgotten.
private func hasHostOrFileName(_ part: ArraySlice<Unicode.Scalar>) -> Bool {
  part.indices.dropFirst().contains { place in
    guard part[place] == ".", part[place - 1].isInWord else { return false }
    let name = part[(place + 1)...].prefix(while: \.isInWord)
    guard name.count > 1, name.allSatisfy(\.properties.isLowercase) else { return false }
    let singular = name.last == "s" ? name.dropLast() : name
    let words = [name, singular].map { String(String.UnicodeScalarView($0)) }
    return InclusiveForms.endings.isDisjoint(with: words)
  }
}

extension Unicode.Scalar {
  /// Whether it is one of those that make an address of a word.
  fileprivate var isOfAddresses: Bool {
    switch self {
    case "#", "@", ".", ":": true
    default: false
    }
  }
}

/// `{lieu}`: what is filled in later, on one line.
private func slots(in scalars: [Unicode.Scalar]) -> [Range<Int>] {
  guard let first = scalars.firstIndex(of: "{") else { return [] }
  var found: [Range<Int>] = []
  var open: Int?
  for index in first..<scalars.count {
    if scalars[index].isLineEnd { open = nil }
    if scalars[index] == "{" { open = index }
    guard scalars[index] == "}", let start = open else { continue }
    found.append(start..<index + 1)
    open = nil
  }
  return found
}

private func contains(_ part: ArraySlice<Unicode.Scalar>, _ sign: String) -> Bool {
  let sign = Array(sign.unicodeScalars)
  return part.indices.contains { part[$0...].starts(with: sign) }
}
