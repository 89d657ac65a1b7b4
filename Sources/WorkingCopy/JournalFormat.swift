import ObjectModel

// The journal, and the plan kept with the files being exchanged, are text: one fact a line, the same bytes for the
// same entry. The last line is git's name for everything before it, so that a cut or damaged file is known for one.
//
//     ligne journal 1
//     command sync
//     reference refs/heads/main
//     from 9daeafb9864cf43055ae93beb0afd6c7d144bfa4
//     to e83c5163316f89bfbde7d9ab23ca2e25604af290
//     write 5b1d…  100644 78ab…  posts/2026/launch.json
//     end 8ab686eafeb1f44702738c8b0f24f2567c36da6d
//
// In a `write`: the id expected, the mode and the id that shall be; `-` for no file. The path ends the line: no path
// holds a line end (see WorkspacePath).

extension JournalEntry {
  package var encoded: [UInt8] {
    precondition(oneLine(reference).utf8.elementsEqual(reference.utf8), "no reference holds a line end")
    let facts = [
      "command \(oneLine(command))", "reference \(reference)", "from \(fromHead?.hex ?? "-")",
      "to \(toHead.hex)",
    ]
    return sealed([journalTitle] + facts + writes.map(\.line))
  }

  /// `nil` for anything `encoded` did not write.
  package init?(decoding bytes: [UInt8]) {
    guard let lines = unsealed(bytes, title: journalTitle) else { return nil }
    self.init(facts: lines)
  }

  /// The same of lines that nothing vouches for: what a reader of bytes by chance has to begin with.
  package init?(decodingUnsealed bytes: [UInt8]) {
    self.init(decoding: bytes + seal(of: bytes))
  }

  private init?(facts: ArraySlice<ArraySlice<UInt8>>) {
    var lines = facts
    guard let command = fact("command", in: lines.popFirst()),
      let reference = fact("reference", in: lines.popFirst()),
      let from = fact("from", in: lines.popFirst()).flatMap(idOrNothing),
      let to = fact("to", in: lines.popFirst()).flatMap(ObjectID.init(hex:)),
      let writes = FileWrite.all(in: lines)
    else { return nil }
    self.init(command: command, reference: reference, fromHead: from, toHead: to, writes: writes)
  }
}

/// The plan of one ``WorkingTree/apply(_:content:)``, kept with its files.
enum PlanFormat {
  static func encoded(_ writes: [FileWrite]) -> [UInt8] { sealed([planTitle] + writes.map(\.line)) }

  /// `nil` for anything `encoded` did not write.
  static func decoded(_ bytes: [UInt8]) -> [FileWrite]? {
    unsealed(bytes, title: planTitle).flatMap(FileWrite.all(in:))
  }
}

extension FileWrite {
  fileprivate var line: String {
    let new = new.map { "\(String($0.mode.bits, radix: 8)) \($0.id.hex)" } ?? "- -"
    return "write \(expected?.hex ?? "-") \(new) \(path.text)"
  }

  fileprivate init?(line: ArraySlice<UInt8>) {
    let words = line.split(separator: UInt8(ascii: " "), maxSplits: 4, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard words.count == 5, words[0] == "write", let expected = idOrNothing(words[1]),
      let id = idOrNothing(words[3]), let path = try? WorkspacePath(words[4])
    else { return nil }
    let mode = UInt32(words[2], radix: 8).map(FileMode.init(bits:))
    switch (mode, id) {
    case (let mode?, let id?) where mode.isFile:
      self.init(path: path, expected: expected, new: TreeFile(mode: mode, id: id))
    case (nil, nil) where words[2] == "-":
      self.init(path: path, expected: expected, new: nil)
    default: return nil
    }
  }

  /// One for each line; `nil` if any line is something else.
  fileprivate static func all(in lines: ArraySlice<ArraySlice<UInt8>>) -> [FileWrite]? {
    let writes = lines.compactMap { FileWrite(line: $0) }
    return writes.count == lines.count ? writes : nil
  }
}

private let journalTitle = "ligne journal 1"
private let planTitle = "ligne plan 1"

/// The lines, and a last one that vouches for them.
private func sealed(_ lines: [String]) -> [UInt8] {
  var bytes: [UInt8] = []
  for line in lines {
    bytes += line.utf8
    bytes.append(lineEnd)
  }
  return bytes + seal(of: bytes)
}

/// The lines after the title, if the last one vouches for them all.
private func unsealed(_ bytes: [UInt8], title: String) -> ArraySlice<ArraySlice<UInt8>>? {
  let sealLength = seal(of: []).count
  guard bytes.count > sealLength else { return nil }
  let content = Array(bytes.dropLast(sealLength))
  guard bytes.suffix(sealLength).elementsEqual(seal(of: content)), content.last == lineEnd else { return nil }
  var lines = content.split(separator: lineEnd, omittingEmptySubsequences: false).dropLast()
  return lines.popFirst().map { $0.elementsEqual(title.utf8) } == true ? lines : nil
}

private func seal(of content: [UInt8]) -> [UInt8] { Array("end \(ObjectID(blob: content).hex)\n".utf8) }

/// The rest of a line that begins with this word.
private func fact(_ key: String, in line: ArraySlice<UInt8>?) -> String? {
  let start = Array("\(key) ".utf8)
  guard let line, line.starts(with: start) else { return nil }
  return String(validating: line.dropFirst(start.count), as: UTF8.self)
}

/// An id, or `-` for none (then `.some(nil)`); `nil` for anything else.
private func idOrNothing(_ text: String) -> ObjectID?? {
  if text == "-" { return .some(nil) }
  return ObjectID(hex: text).map { .some($0) }
}

/// The text with a space for each control character.
func oneLine(_ text: String) -> String {
  String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 ? " " : $0 }))
}

private let lineEnd = UInt8(ascii: "\n")
