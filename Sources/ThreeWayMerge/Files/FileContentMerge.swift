public import JSONTree

/// What merging three versions of one file's content gives.
public struct FileContentOutcome: Sendable {
  /// The merged content.
  public var bytes: [UInt8]
  /// The merged value: the document, or the whole text as a string.
  public var value: JSONValue
  public var conflicts: OpenConflicts
  public var notices: [Notice]
}

/// Why three versions of a file can't be merged by meaning.
public enum FileContentError: Error, Hashable, Sendable {
  /// This version is neither JSON nor text.
  case unreadable(Version)

  public enum Version: String, Sendable { case base, ours, theirs }
}

/// Merges three versions of a file: JSON by its rules, anything else that is UTF-8 by lines and words.
///
/// Documents in canonical form stay so, byte for byte what a sync writes; others keep their layout wherever nothing
/// changed. In a conflict the content is valid and shows one candidate.
///
/// - Parameters:
///   - isJSON: Whether the file is known as JSON by its name; otherwise it is JSON where all versions parse.
///   - recorded: Conflicts that were open in each version.
/// - Throws: `.unreadable` for content that is not UTF-8, or not JSON where it has to be.
public func mergeFileContents(
  _ versions: Versions<[UInt8]>, isJSON: Bool?, recorded: Versions<OpenConflicts>? = nil, rules: MergeRules
) throws(FileContentError) -> FileContentOutcome {
  var documents = JSONVersions()
  let read = versions.map(Optional.some).parsed(by: &documents)
  let parsed = read.map { $0?.value }
  // An empty base is how git hands over a file that both sides added.
  let isAdded = versions.base.isEmpty
  let values: Versions<JSONValue?>
  let rule: MergeRule
  let form: FileForm
  if let ours = parsed.ours, let theirs = parsed.theirs, parsed.base != nil || isAdded, isJSON != false {
    (values, form) = (parsed, .json)
    rule = rules.rule(for: [parsed.base, ours, theirs].compactMap { $0 })
  } else if isJSON == true {
    throw .unreadable(parsed.ours == nil ? .ours : parsed.theirs == nil ? .theirs : .base)
  } else {
    let texts = versions.map { plainText(of: $0) }
    guard let ours = texts.ours else { throw .unreadable(.ours) }
    guard let theirs = texts.theirs else { throw .unreadable(.theirs) }
    guard let base = texts.base else { throw .unreadable(.base) }
    values = Versions(base: JSONValue(base), ours: JSONValue(ours), theirs: JSONValue(theirs))
    (rule, form) = (.text, .text)
  }
  let open = recorded ?? Versions(base: .none, ours: .none, theirs: .none)
  let states = Versions(
    base: DocumentState(document: values.base, recorded: open.base, rule: rule),
    ours: DocumentState(document: values.ours, recorded: open.ours, rule: rule),
    theirs: DocumentState(document: values.theirs, recorded: open.theirs, rule: rule))
  let outcome = mergeJSON(states, rule: rule)
  // Both sides exist, so the merge does.
  let value = outcome.state.value ?? .null
  let bytes: [UInt8]
  if form == .text {
    bytes = Array((value.text ?? "").utf8)
  } else if read.ours?.isCanonical == true, read.theirs?.isCanonical == true {
    bytes = documents.canonicalForm(of: value)
  } else {
    bytes = written(value, in: versions, values, rule: rule)
  }
  return FileContentOutcome(
    bytes: bytes, value: value, conflicts: outcome.state.conflicts, notices: outcome.notices)
}

/// The bytes of a merged document, of which one side at least is not in canonical form.
///
/// The layout is that of the side that laid the document out anew, if one did; else that of the side whose bytes sort
/// first. Exchanging the sides changes nothing.
private func written(
  _ value: JSONValue, in versions: Versions<[UInt8]>, _ values: Versions<JSONValue?>, rule: MergeRule
) -> [UInt8] {
  var sides = [(bytes: versions.ours, value: values.ours), (bytes: versions.theirs, value: values.theirs)]
  sides.sort { $0.bytes.lexicographicallyPrecedes($1.bytes) }
  // What one side alone did stays as that side wrote it.
  let same = sides.filter { $0.value == value }.map(\.bytes)
  if let same = same.first(where: { $0 != versions.base }) ?? same.first { return same }

  let base = try? JSONLayout(of: versions.base)
  let laidOutAnew = sides.filter { side in
    guard let base, let value = side.value else { return true }
    return base.bytes(of: value, keyField: rule.keyField) != side.bytes
  }
  let template = laidOutAnew.count == 1 ? laidOutAnew[0] : sides[0]
  guard let layout = try? JSONLayout(of: template.bytes) else { return value.canonicalForm }
  return layout.bytes(of: value, keyField: rule.keyField)
}
