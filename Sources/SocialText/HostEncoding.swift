/// The length of a host name in the encoding that domain names are registered in.
///
/// - Returns: `nil` where a label is empty, longer than 63 characters when encoded, or pretends to be encoded.
///
/// Source: RFC 3490, section 4.1 (ToASCII) and RFC 1035, section 2.3.4.
func encodedLength(ofHost host: ArraySlice<Unicode.Scalar>) -> Int? {
  var total = -1
  for label in host.split(separator: ".", omittingEmptySubsequences: false) {
    // No encoding is shorter than what it encodes.
    guard (1...63).contains(label.count) else { return nil }
    var length = label.count
    if !label.allSatisfy(\.isASCII) {
      if label.prefix(4).map(\.lowercased).elementsEqual("xn--".unicodeScalars) { return nil }
      length = 4 + punycodeLength(of: label.map(\.lowercased))
    }
    guard length <= 63 else { return nil }
    total += length + 1
  }
  return total
}

/// Source: RFC 3492, section 6.3, with the parameters of section 5.
private func punycodeLength(of label: [Unicode.Scalar]) -> Int {
  let (base, smallest, largest, skew) = (36, 1, 26, 38)
  let basic = label.count(where: \.isASCII)
  var length = basic + (basic > 0 ? 1 : 0)
  var (handled, code, delta, bias) = (basic, 128, 0, 72)
  while handled < label.count {
    let next = label.lazy.map { Int($0.value) }.filter { $0 >= code }.min() ?? code
    delta += (next - code) * (handled + 1)
    code = next
    for scalar in label {
      if scalar.value < code { delta += 1 }
      guard scalar.value == code else { continue }
      var (rest, place) = (delta, base)
      while true {
        let threshold = min(max(place - bias, smallest), largest)
        length += 1
        if rest < threshold { break }
        rest = (rest - threshold) / (base - threshold)
        place += base
      }
      bias = adapted(delta, handled + 1, isFirst: handled == basic)
      (delta, handled) = (0, handled + 1)
    }
    delta += 1
    code += 1
  }
  return length

  func adapted(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / count
    var steps = 0
    while delta > ((base - smallest) * largest) / 2 {
      delta /= base - smallest
      steps += base
    }
    return steps + (base - smallest + 1) * delta / (delta + skew)
  }
}
