/// What reads bytes that anybody may have made, and what must hold whatever they are.
///
/// `Tools/fuzz` asks it of inputs libFuzzer finds; the tests ask it of the inputs that are kept, and of some made from
/// those by chance.
public enum FuzzTarget: String, CaseIterable, Sendable {
  /// The parser and the printers of JSON.
  case json
  /// The merge of three versions of a document.
  case merge
  /// The merge of three versions of a text.
  case text
  /// The reader of the journal.
  case journal
  /// The reader of folders, and what refuses their entries.
  case tree
  /// The gate to the terminal.
  case terminal
  /// What a platform hands out of an account.
  case export

  /// Asks everything of one input.
  ///
  /// - Returns: What does not hold, in English; `nil` where all does. What crashes does not return.
  public func brokenProperty(of input: [UInt8]) -> String? {
    switch self {
    case .json: brokenJSON(input)
    case .merge: brokenMerge(input, isJSON: true)
    case .text: brokenMerge(input, isJSON: false)
    case .journal: brokenJournal(input)
    case .tree: brokenTree(input)
    case .terminal: brokenTerminal(input)
    case .export: brokenExport(input)
    }
  }
}

/// The parts of an input for what takes several: between the bytes 0x1E, which no document holds.
func parts(of input: [UInt8], _ count: Int) -> [[UInt8]]? {
  let parts = input.split(separator: 0x1E, maxSplits: count - 1, omittingEmptySubsequences: false).map(
    Array.init)
  return parts.count == count ? parts : nil
}
