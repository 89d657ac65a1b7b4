/// A stretch of a text that may hold host names: letters, digits, `-`, `_` and full stops, cut into labels.
///
/// It answers for any beginning inside it, so that a long stretch is read once and not once for each beginning.
struct HostRun {
  private struct Label {
    var range: Range<Int>
    /// Whether a full stop follows, and the label begins and ends as one must. A beginning inside is looked at apart.
    var endsWell: Bool
    var startsWell: Bool
    var lastUnderscore: Int?
    /// The end of the top-level domain this label begins with.
    var topEnd: Int?
    /// The first label from here on that no name can pass through.
    var barrier = 0
    /// The last label up to here that ends a host with the label before it.
    var lastTop: Int?
  }

  let range: Range<Int>
  private let text: [Unicode.Scalar]
  private var labels: [Label] = []

  /// The stretch that begins at `start`.
  init(_ text: [Unicode.Scalar], from start: Int) {
    self.text = text
    var (index, labelStart) = (start, start)
    var underscore: Int?
    while true {
      let isStop = index < text.count && text[index] == "."
      if isStop || index == text.count || !text[index].isLabelSign {
        let label = labelStart..<index
        labels.append(
          Label(
            range: label, endsWell: isStop && !label.isEmpty && text[index - 1].isHostLetter,
            startsWell: !label.isEmpty && text[labelStart].isHostLetter, lastUnderscore: underscore,
            // No name ends with its first label.
            topEnd: labels.isEmpty ? nil : endOfTopLevelDomain(text, from: labelStart, limit: text.count)))
        guard isStop else { break }
        (labelStart, underscore) = (index + 1, nil)
      } else if text[index] == "_" {
        underscore = index
      }
      index += 1
    }
    range = start..<max(index, start + 1)
    for place in labels.indices.reversed() {
      let isWhole = labels[place].endsWell && labels[place].startsWell
      labels[place].barrier = isWhole && place + 1 < labels.count ? labels[place + 1].barrier : place
    }
    for place in labels.indices.dropFirst() {
      let before = labels[place - 1]
      let isTop =
        labels[place].topEnd != nil && before.endsWell && before.startsWell && before.lastUnderscore == nil
      labels[place].lastTop = isTop ? place : before.lastTop
    }
  }

  /// The end of the label signs at a place, where no full stop follows them and so no host begins among them.
  static func endOfLoneLabel(_ text: [Unicode.Scalar], from start: Int) -> Int? {
    var end = start
    while end < text.count, text[end].isLabelSign { end += 1 }
    return end < text.count && text[end] == "." ? nil : end
  }

  /// The longest host name that begins at a place of the stretch: at least one label and a top-level domain.
  func host(startingAt start: Int) -> Range<Int>? {
    guard let first = labelIndex(of: start), text[start].isHostLetter, labels[first].endsWell else {
      return nil
    }
    // The labels from the second on have to be whole, up to the one before the last.
    let next = first + 1
    let limit = labels[next].barrier
    if let top = labels[limit].lastTop, top > next {
      return start..<labels[top].topEnd!
    }
    let hasUnderscore = labels[first].lastUnderscore.map { $0 >= start } ?? false
    guard !hasUnderscore, let end = labels[next].topEnd else { return nil }
    return start..<end
  }

  /// By halves: labels are in order.
  private func labelIndex(of position: Int) -> Int? {
    var (low, high) = (0, labels.count)
    while low < high {
      let middle = (low + high) / 2
      if labels[middle].range.upperBound <= position { low = middle + 1 } else { high = middle }
    }
    return low < labels.count && labels[low].range.contains(position) ? low : nil
  }
}

/// The hosts in a host name whose other letters may be ordinary text of another script around them.
func latinHosts(_ text: [Unicode.Scalar], in host: Range<Int>) -> [Range<Int>] {
  var found: [Range<Int>] = []
  var position = host.lowerBound
  while position < host.upperBound {
    // A chain of labels in Latin letters: the end of one, whole ones, and one that is only looked at for its beginning.
    var start = position
    while start < host.upperBound, !text[start].isLatinHostSign { start += 1 }
    var stops: [Int] = []
    var index = start
    while index < host.upperBound {
      if text[index].isLatinHostSign {
        index += 1
      } else if text[index] == ".", index > start, text[index - 1] != "." {
        stops.append(index)
        index += 1
      } else {
        break
      }
    }
    let end = stops.reversed().lazy
      .compactMap { endOfTopLevelDomain(text, from: $0 + 1, limit: host.upperBound) }.first
    if let end {
      found.append(start..<end)
      position = end
    } else {
      position = max(index, start + 1)
    }
  }
  return found
}

/// The end of the top-level domain that stands at `start`: a known one, or one in the encoding of foreign letters.
private func endOfTopLevelDomain(_ text: [Unicode.Scalar], from start: Int, limit: Int) -> Int? {
  func mayEnd(at end: Int) -> Bool {
    end >= limit || !(text[end].isASCIIAlphanumeric || "@+-".unicodeScalars.contains(text[end]))
  }
  guard start < limit else { return nil }
  var ascii = start
  while ascii < limit, text[ascii].isASCIIAlphanumeric { ascii += 1 }
  if ascii > start, ascii == limit || text[ascii].isASCII {
    if ascii - start <= TopLevelDomains.longest, mayEnd(at: ascii), isKnown(text[start..<ascii]) {
      return ascii
    }
    // Known ones of other scripts in their encoding: xn--p1ai.
    let prefix = "xn--".unicodeScalars
    let name = start + prefix.count
    guard name < limit, text[start..<name].lazy.map(\.lowercased).elementsEqual(prefix) else { return nil }
    var end = name
    while end < limit, text[end].isASCIIAlphanumeric { end += 1 }
    return end > name ? end : nil
  }
  // Text of the same script may follow without a space.
  let most = min(start + TopLevelDomains.longest, limit)
  let longest = text[start..<most].firstIndex { !$0.isHostLetter } ?? most
  return stride(from: longest, to: start, by: -1).first { mayEnd(at: $0) && isKnown(text[start..<$0]) }
}

private func isKnown(_ name: ArraySlice<Unicode.Scalar>) -> Bool {
  guard name.count >= 2 else { return false }
  var text = String.UnicodeScalarView()
  text.append(contentsOf: name.lazy.map(\.lowercased))
  // Names that differ only in how an accent is encoded are one name.
  return TopLevelDomains.all.contains(String(text))
}

extension Unicode.Scalar {
  fileprivate var isLabelSign: Bool { isHostLetter || self == "-" || self == "_" }
  fileprivate var isLatinHostSign: Bool {
    isASCIIAlphanumeric || self == "-" || self == "_" || isAccentedLatin
  }
}
