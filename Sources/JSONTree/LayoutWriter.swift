/// Writes a value over the parts of a document that it still has.
struct LayoutWriter {
  private let source: [UInt8]
  private let tree: SourceTree
  private let keyField: (JSONPointer) -> JSONString
  private(set) var output: JSONWriter

  /// A part of a container to be written, and the part of the source it comes from, if any.
  private struct NewPart {
    var step: JSONPointer.Step
    var value: JSONValue
    var origin: Int?
  }

  init(
    source: [UInt8], tree: SourceTree, style: WritingStyle, keyField: @escaping (JSONPointer) -> JSONString
  ) {
    self.source = source
    self.tree = tree
    self.keyField = keyField
    output = JSONWriter(style)
  }

  mutating func copy(_ range: Range<Int>) { output.bytes += source[range] }

  /// - Parameters:
  ///   - margin: The indentation of the line that the value begins on.
  ///   - form: How a new container is laid out here, where the ones beside it show it.
  mutating func write(
    _ new: JSONValue, over old: JSONValue, node: Int, at pointer: JSONPointer, margin: [UInt8],
    form: WritingStyle.Form?
  ) {
    if new == old { return copy(tree.nodes[node].value) }
    switch (new, old) {
    case (.object(let new), .object(let old)) where !new.isEmpty && !old.isEmpty:
      write(members(new, over: old), over: .object(old), node: node, at: pointer, margin: margin)
    case (.array(let new), .array(let old)) where !new.isEmpty && !old.isEmpty:
      let field = keyField(pointer)
      let origins = matchElements(new, to: old, keyField: field)
      let parts = zip(new, origins).enumerated().map { index, element in
        let name = element.0[field]?.string
        return NewPart(
          step: name.map { .element($0) } ?? .index(index), value: element.0, origin: element.1)
      }
      write(parts, over: .array(old), node: node, at: pointer, margin: margin)
    default:
      output.margin = margin
      output.write(new, form: form)
    }
  }

  /// The members in the order to write them: what was there as it was, what is new behind its left neighbour.
  private func members(_ new: JSONObject, over old: JSONObject) -> [NewPart] {
    var places: [JSONString: Int] = [:]
    for (index, member) in old.members.enumerated() { places[member.key] = index }
    var kept: [NewPart?] = Array(repeating: nil, count: old.count)
    var leading: [NewPart] = []
    var following: [[NewPart]] = Array(repeating: [], count: old.count)
    var neighbour: Int?
    for member in new.members {
      let part = NewPart(step: .key(member.key), value: member.value, origin: places[member.key])
      if let place = part.origin {
        kept[place] = part
        neighbour = place
      } else if let neighbour {
        following[neighbour].append(part)
      } else {
        leading.append(part)
      }
    }
    return leading + zip(kept, following).flatMap { kept, following in [kept].compactMap { $0 } + following }
  }

  /// Writes a container that has parts now and had some before.
  private mutating func write(
    _ parts: [NewPart], over old: JSONValue, node: Int, at pointer: JSONPointer, margin: [UInt8]
  ) {
    let container = SourceContainer(node, in: tree, source.span)
    let spacing = PartSpacing(container, in: source, output.style)
    let forms = PartForms(container, in: tree, source.span)
    let brackets = tree.nodes[node].value
    copy(brackets.prefix(1))
    for (index, part) in parts.enumerated() {
      let lead = spacing.lead(
        of: part.origin, after: index == 0 ? nil : .some(parts[index - 1].origin),
        before: index + 1 < parts.count ? parts[index + 1].origin : nil)
      output.bytes += lead
      let margin = lineBreakEnd(in: lead).map { Array(lead[$0...]) } ?? margin
      let form = forms.form(of: part.value)
      if let origin = part.origin {
        let child = container.parts[origin].node
        copy(tree.nodes[child].start..<tree.nodes[child].value.lowerBound)
        write(
          part.value, over: old.child(origin), node: child, at: pointer.appending(part.step), margin: margin,
          form: form)
      } else {
        if case .key(let key) = part.step {
          output.bytes.appendQuoted(key, output.style.escaping)
          output.bytes += output.style.colon
        }
        output.margin = margin
        output.write(part.value, form: form)
      }
      output.bytes += spacing.trail(of: part.origin, isLast: index + 1 == parts.count)
      if index + 1 < parts.count { output.bytes.append(.comma) }
    }
    copy(brackets.suffix(1))
  }
}

/// The white space around the parts of a container, old and new ones.
private struct PartSpacing {
  private let source: [UInt8]
  private let parts: [SourceContainer.Part]
  /// Before and behind a part in the middle for which the source has nothing.
  private let middle: (lead: [UInt8], trail: [UInt8])

  init(_ container: SourceContainer, in source: [UInt8], _ style: WritingStyle) {
    self.source = source
    parts = container.parts
    let only = Array(source[parts[0].lead])
    let lead =
      parts.count > 1
      ? Array(source[parts[1].lead]) : container.form == .lines ? only : Array(style.comma.dropFirst())
    middle = (lead, parts.count > 1 ? Array(source[parts[0].trail]) : [])
  }

  /// - Parameters:
  ///   - part: The index in the source of the part to be written; `nil` if it is new.
  ///   - previous: The same of the one before it; `.some(nil)` if that one is new, `nil` if there is none.
  ///   - next: The same of the one behind it.
  func lead(of part: Int?, after previous: Int??, before next: Int?) -> [UInt8] {
    guard let previous else { return Array(source[parts[0].lead]) }
    if let part, part > 0 { return Array(source[parts[part].lead]) }
    for neighbour in [previous, next] {
      if let neighbour, neighbour > 0 { return withoutEmptyLines(Array(source[parts[neighbour].lead])) }
    }
    return withoutEmptyLines(middle.lead)
  }

  func trail(of part: Int?, isLast: Bool) -> [UInt8] {
    if isLast { return Array(source[parts[parts.count - 1].trail]) }
    if let part, part < parts.count - 1 { return Array(source[parts[part].trail]) }
    return middle.trail
  }

  /// Empty lines before a part belong to that part.
  private func withoutEmptyLines(_ lead: [UInt8]) -> [UInt8] {
    guard let end = lineBreakEnd(in: lead) else { return lead }
    let isCRLF = end > 1 && lead[end - 2] == .carriageReturn && lead[end - 1] == .lineFeed
    return Array(lead[(isCRLF ? end - 2 : end - 1)...])
  }
}

/// How the containers among the parts of a container are laid out, for new ones beside them.
private struct PartForms {
  private var all: WritingStyle.Form?
  private var objects: WritingStyle.Form?
  private var arrays: WritingStyle.Form?
  private var plainArrays: WritingStyle.Form?

  init(_ container: SourceContainer, in tree: SourceTree, _ bytes: Span<UInt8>) {
    if container.form == .oneLine {
      all = .oneLine
      return
    }
    for part in container.parts where tree.nodes[part.node].next > part.node + 1 {
      let isObject = bytes[tree.nodes[part.node].value.lowerBound] == .openingBrace
      if isObject ? objects != nil : arrays != nil && plainArrays != nil { continue }
      let child = SourceContainer(part.node, in: tree, bytes)
      if isObject {
        objects = child.form
      } else if child.isPlain {
        plainArrays = plainArrays ?? child.form
      } else {
        arrays = arrays ?? child.form
      }
    }
  }

  func form(of value: JSONValue) -> WritingStyle.Form? {
    if let all { return all }
    guard case .array(let elements) = value else { return objects }
    return elements.allSatisfy(\.isScalar) ? plainArrays : arrays
  }
}

/// The place behind the last line end in some white space; `nil` if no line ends there.
private func lineBreakEnd(in space: [UInt8]) -> Int? {
  lastLine(of: space.indices, in: space.span)?.lowerBound
}
