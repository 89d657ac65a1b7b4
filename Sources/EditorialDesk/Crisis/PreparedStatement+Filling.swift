public import JSONTree

extension PreparedStatement {
  /// The text with every gap filled.
  ///
  /// - Parameter values: By the name of the gap.
  /// - Throws: `CrisisRefused` for a gap the text does not have, for one that is left, and for a value that the plan does
  ///   not allow there.
  public func filled(with values: [JSONString: String]) throws(CrisisRefused) -> String {
    let slots = slots
    for name in values.keys.sorted() where !slots.contains(where: { $0.name == name }) {
      throw .unknownSlot(name.text, known: slots.map(\.name.text))
    }
    let text = SlotText(body)
    let needed = Set(text.names)
    let left = slots.filter { needed.contains($0.name) && (values[$0.name] ?? "").allSatisfy(\.isWhitespace) }
    if !left.isEmpty { throw .emptySlots(left.map(\.shown)) }
    for slot in slots {
      guard let allowed = slot.allowed, let value = values[slot.name] else { continue }
      if !allowed.contains(where: { JSONString($0) == JSONString(value) }) {
        throw .refusedValue(value, slot: slot.name.text, allowed: allowed)
      }
    }
    return text.filled(with: values)
  }
}

extension PreparedStatement.Slot {
  /// `lieu (ici | là)`.
  fileprivate var shown: String {
    allowed.map { "\(name.text) (\($0.joined(separator: " | ")))" } ?? name.text
  }
}
