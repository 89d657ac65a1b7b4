public import ObjectModel

extension WorkspacePath {
  /// Whether no person wrote the file: what a workspace is made with for git and for editors.
  public var isOfTheSetUp: Bool { components.first?.utf8.first == UInt8(ascii: ".") }

  /// The last letters of the id at the end of a document’s file name; `nil` where the name ends with none.
  public var endOfID: String? {
    let ending = ".json"
    guard name.hasSuffix(ending), let last = name.dropLast(ending.count).split(separator: "-").last,
      last.utf8.count == 26
    else { return nil }
    return String(last.suffix(6))
  }

  /// What is enough to type for the document: the end of its id, else its path.
  public var shortName: String { endOfID ?? typed }

  /// The path as somebody types it: in quotation marks where a shell would not take it as one word.
  public var typed: String {
    let isPlain = text.unicodeScalars.allSatisfy { scalar in
      !scalar.isASCII || "/._-+@:,%=".unicodeScalars.contains(scalar)
        || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
    }
    if isPlain { return text }
    let apostrophe: Unicode.Scalar = "'"
    var quoted = "'"
    for scalar in text.unicodeScalars {
      // Nothing has a meaning between these but the mark itself.
      quoted += scalar == apostrophe ? "'\\''" : String(Character(scalar))
    }
    return quoted + "'"
  }
}
