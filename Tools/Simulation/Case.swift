public import JSONTree

/// A history that broke a law, as it is kept in a file.
public struct Case: Hashable, Sendable {
  public var law: Law
  public var history: History
  /// The seed it was found with.
  public var seed: UInt64?
  /// What is known about it.
  public var note: String?
  /// Whether the law is still broken.
  public var isOpen: Bool

  public init(law: Law, history: History, seed: UInt64? = nil, note: String? = nil, isOpen: Bool = false) {
    self.law = law
    self.history = history
    self.seed = seed
    self.note = note
    self.isOpen = isOpen
  }
}

extension Case {
  public var value: JSONValue {
    var object: JSONObject = ["history": history.value, "law": JSONValue(law.rawValue)]
    // A number in JSON does not have to hold 64 bits.
    if let seed { object["seed"] = JSONValue(String(seed)) }
    if let note { object["note"] = JSONValue(note) }
    if isOpen { object["open"] = true }
    return .object(object)
  }

  /// Reads a case; `nil` where the document is none.
  public init?(_ value: JSONValue) {
    guard let law = value["law"]?.text.flatMap(Law.init), let history = value["history"].flatMap(History.init)
    else { return nil }
    self.init(
      law: law, history: history, seed: value["seed"]?.text.flatMap { UInt64($0) }, note: value["note"]?.text,
      isOpen: value["open"]?.bool == true)
  }
}
