/// Whether a text has the form of the ids that people give to members and channels: `ana`, `leo-b`.
///
/// Source: the `pattern` of these ids in `schemas/team.schema.json` and `schemas/channels.schema.json`.
func isShortID(_ text: String) -> Bool {
  let bytes = Array(text.utf8)
  func isPlain(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
  guard let first = bytes.first, let last = bytes.last, bytes.count <= 64 else { return false }
  return isPlain(first) && isPlain(last) && bytes.allSatisfy { isPlain($0) || "._-".utf8.contains($0) }
}
