// How the author of a document writes, learnt from what is there.

extension WritingStyle {
  /// The style that most of a document is written in; the canonical one where the document does not say.
  ///
  /// Of two ways used equally often the first seen is taken, so that the same bytes always give the same style.
  init(of bytes: Span<UInt8>, _ tree: SourceTree) {
    self.init()
    var votes = StyleVotes()
    for node in tree.nodes.indices { votes.count(node, in: tree, bytes) }

    let anyForm = votes.anyForm ?? .lines
    objects = votes.objects.winner ?? anyForm
    arrays = votes.arrays.winner ?? anyForm
    plainArrays = votes.plainArrays.winner ?? arrays
    unit = votes.unit.winner ?? unit
    objectPadding = votes.objectPadding.winner ?? []
    arrayPadding = votes.arrayPadding.winner ?? []

    // Who leaves out the space in one place leaves it out in the other.
    let isDense =
      votes.colon.winner == [.colon] || votes.colon.winner == nil && votes.comma.winner == [.comma]
    colon = votes.colon.winner ?? (isDense ? [.colon] : colon)
    comma = votes.comma.winner ?? (isDense ? [.comma] : comma)

    if let end = bytes.indices.first(where: { bytes[$0] == .lineFeed || bytes[$0] == .carriageReturn }) {
      let isCRLF = bytes[end] == .carriageReturn && byte(end + 1, of: bytes) == .lineFeed
      lineBreak = isCRLF ? [.carriageReturn, .lineFeed] : [bytes[end]]
    }
    escaping = StringEscaping(of: bytes)
  }
}

private struct StyleVotes {
  var objects = Votes<WritingStyle.Form>()
  var arrays = Votes<WritingStyle.Form>()
  var plainArrays = Votes<WritingStyle.Form>()
  var unit = Votes<[UInt8]>()
  var colon = Votes<[UInt8]>()
  var comma = Votes<[UInt8]>()
  var objectPadding = Votes<[UInt8]>()
  var arrayPadding = Votes<[UInt8]>()
  /// `.lines` as soon as one container is laid out so.
  private(set) var anyForm: WritingStyle.Form?
  /// The indentation of the line that each container begins on, by its node.
  private var margins: [Int: Range<Int>] = [:]

  mutating func count(_ node: Int, in tree: SourceTree, _ bytes: Span<UInt8>) {
    let container = SourceContainer(node, in: tree, bytes)
    guard let first = container.parts.first else { return }
    let isObject = bytes[tree.nodes[node].value.lowerBound] == .openingBrace
    if isObject {
      objects.add(container.form)
    } else if container.isPlain {
      plainArrays.add(container.form)
    } else {
      arrays.add(container.form)
    }
    anyForm = anyForm == .lines ? .lines : container.form

    let margin = margins[node] ?? 0..<0
    for part in container.parts {
      let newLine = lastLine(of: part.lead, in: bytes)
      margins[part.node] = newLine ?? margin
      if let newLine {
        let (inner, outer) = (newLine.map { bytes[$0] }, margin.map { bytes[$0] })
        if inner.starts(with: outer) { unit.add(Array(inner.dropFirst(outer.count))) }
      }
      if container.form == .oneLine && part.node != first.node && part.trail.isEmpty {
        comma.add([.comma] + part.lead.map { bytes[$0] })
      }
      if let key = tree.nodes[part.node].key {
        let gap = key.upperBound..<tree.nodes[part.node].value.lowerBound
        if lastLine(of: gap, in: bytes) == nil { colon.add(gap.map { bytes[$0] }) }
      }
    }
    if container.form == .oneLine {
      let padding = first.lead.map { bytes[$0] }
      if isObject { objectPadding.add(padding) } else { arrayPadding.add(padding) }
    }
  }
}

/// Counts how often each of a few values was seen.
private struct Votes<Value: Equatable> {
  private var counts: [(value: Value, count: Int)] = []

  mutating func add(_ value: Value) {
    if let index = counts.firstIndex(where: { $0.value == value }) {
      counts[index].count += 1
    } else {
      counts.append((value, 1))
    }
  }

  /// The value seen most often, of several the one seen first; `nil` if none was.
  var winner: Value? {
    // `max(by:)` would take the last of several.
    let most = counts.map(\.count).max()
    return counts.first { $0.count == most }?.value
  }
}

extension StringEscaping {
  /// What is always escaped in a document although it need not be. Outside strings, JSON has none of these bytes.
  fileprivate init(of bytes: Span<UInt8>) {
    self.init()
    var hasSlash = false
    var hasNonASCII = false
    var index = 0
    while index < bytes.count {
      hasSlash = hasSlash || bytes[index] == .slash
      hasNonASCII = hasNonASCII || bytes[index] >= 0x80
      guard bytes[index] == .backslash else {
        index += 1
        continue
      }
      if bytes[index + 1] == .slash { escapesSlash = true }
      if bytes[index + 1] == UInt8(ascii: "u") {
        let digits = (index + 2..<index + 6).map { bytes[$0] }
        usesUpperCase =
          usesUpperCase || digits.contains { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "F") }
        escapesNonASCII =
          escapesNonASCII || !digits.starts(with: [.zero, .zero]) || digits[2] >= UInt8(ascii: "8")
      }
      index += 2
    }
    escapesSlash = escapesSlash && !hasSlash
    escapesNonASCII = escapesNonASCII && !hasNonASCII
  }
}
