import ObjectModel
import Wording
import WorkingCopy

/// A journal is what was written, or nothing.
func brokenJournal(_ input: [UInt8]) -> String? {
  guard let entry = JournalEntry(decoding: input) else {
    // Nobody finds a seal by chance: the same lines, with theirs.
    guard let entry = JournalEntry(decodingUnsealed: input) else { return nil }
    return JournalEntry(decoding: entry.encoded) == entry ? nil : "an entry is read as another one"
  }
  return entry.encoded == input ? nil : "an entry is written in other bytes"
}

/// A folder that is read is written in the same bytes; what is not refused is a name every computer can hold.
func brokenTree(_ input: [UInt8]) -> String? {
  guard let tree = try? Tree(decoding: input) else { return nil }
  if tree.encoded != input { return "a folder is written in other bytes" }
  let store = InMemoryObjectStore()
  do {
    let blob = try store.write(blob: Array("a".utf8))
    let entries = tree.entries.map { TreeEntry(name: $0.name, mode: $0.mode, id: blob) }
    let id = try store.write(Tree(entries))
    let refusals = try store.refusals(in: id, notIn: nil)
    let refused = Set(refusals.map(\.path))
    for entry in entries where entry.mode.isFile && !refused.contains(entry.name) {
      guard let path = try? WorkspacePath(utf8: entry.name) else {
        return "a name is taken in that no path can have"
      }
      if !path.text.utf8.elementsEqual(entry.name) { return "a name is read as another one" }
    }
    // Each is explained.
    for refusal in refusals where refusal.message.english.isEmpty { return "a refusal says nothing" }
    return nil
  } catch {
    return "the folder could not be looked at: \(error)"
  }
}
