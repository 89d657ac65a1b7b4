public import Documents
public import JSONTree

extension CrisisPlan {
  /// The level with this id; `nil` where the plan has none any more.
  public func level(_ id: JSONString) -> Level? { levels.first { $0.id == id } }

  /// The level a person means by its id, its rank or its name.
  ///
  /// Of several that fit the highest: who is unsure between two levels takes the higher one, and can argue later.
  ///
  /// - Throws: `CrisisRefused.unknownLevel`.
  public func level(meantBy words: String) throws(CrisisRefused) -> Level {
    let folded = Self.folded(words)
    let fitting = levels.filter { level in
      [level.id?.text, level.rank.map { String($0) }, level.name].compactMap { $0 }
        .contains { Self.folded($0) == folded }
    }
    guard let highest = fitting.last(where: { $0.id != nil }) else {
      throw .unknownLevel(words, known: levels.map(\.shownName))
    }
    return highest
  }

  /// Capitals make no difference to who is in a hurry.
  private static func folded(_ words: String) -> JSONString { JSONString(words.lowercased()) }
}

extension CrisisPlan.Level {
  /// What people call it: “2, Alerte”.
  public var shownName: String {
    let id = id?.text ?? rank.map { String($0) } ?? "?"
    guard let name, !name.utf8.isEmpty, JSONString(name) != JSONString(id) else { return id }
    return "\(id), \(name)"
  }
}
