public import ObjectModel

extension WorkspacePath {
  /// The last letters of the id at the end of a document’s file name; `nil` where the name ends with none.
  public var endOfID: String? {
    let ending = ".json"
    guard name.hasSuffix(ending), let last = name.dropLast(ending.count).split(separator: "-").last,
      last.utf8.count == 26
    else { return nil }
    return String(last.suffix(6))
  }

  /// What is enough to type for the document: the end of its id, else its path.
  public var shortName: String { endOfID ?? text }
}
