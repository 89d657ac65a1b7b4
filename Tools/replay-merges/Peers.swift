import Foundation
import JSONTree
import ThreeWayMerge

/// Other mergers on the same cases, run by `peers.py` and judged like ours.
struct Peers {
  /// The Python that has their packages; `Tools/replay --peers` prepares it and says which.
  private let python: String
  private let script: URL

  init() throws {
    guard let python = ProcessInfo.processInfo.environment["LIGNE_PEERS_PYTHON"] else {
      throw ReplayTrouble(description: "Run it as “Tools/replay --peers”, which prepares the other mergers.")
    }
    self.python = python
    script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "peers.py")
  }

  /// - Returns: The answers of each peer, by its name, in the order they first answer.
  func answers(to cases: [MergeCase], isJSON: Bool) throws -> [(peer: String, verdicts: [Verdict])] {
    let questions = FileManager.default.temporaryDirectory.appending(path: "ligne-replay-\(UUID()).jsonl")
    defer { try? FileManager.default.removeItem(at: questions) }
    try questionLines(cases, isJSON: isJSON).write(to: questions)

    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = [script.path]
    process.standardInput = try FileHandle(forReadingFrom: questions)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let answers = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw ReplayTrouble(description: "\(script.lastPathComponent) ended with \(process.terminationStatus)")
    }

    let byID = Dictionary(cases.map { ($0.id, $0) }) { first, _ in first }
    var names: [String] = []
    var verdicts: [String: [Verdict]] = [:]
    for line in answers.split(separator: UInt8(ascii: "\n")) {
      let answer = try JSONValue(parsing: line)
      guard let peer = answer["peer"]?.text, let id = answer["id"]?.text, let asked = byID[id] else {
        continue
      }
      if verdicts[peer] == nil { names.append(peer) }
      let isClean = answer["clean"]?.bool == true
      let result = answer["result"]?.text
      verdicts[peer, default: []].append(
        asked.verdict(on: isClean ? result.map { Array($0.utf8) } : nil, isJSON: isJSON))
    }
    return names.map { ($0, verdicts[$0] ?? []) }
  }

  private func questionLines(_ cases: [MergeCase], isJSON: Bool) -> Data {
    var lines = Data()
    for question in cases {
      let text = question.versions.map { JSONValue(String(decoding: $0, as: UTF8.self)) }
      let line: JSONValue = [
        "id": JSONValue(question.id), "form": isJSON ? "json" : "text", "base": text.base, "ours": text.ours,
        "theirs": text.theirs,
      ]
      // On one line: the canonical bytes of RFC 8785 hold no line end.
      lines += line.canonicalBytes
      lines.append(UInt8(ascii: "\n"))
    }
    return lines
  }
}

extension MergeCase {
  /// How a peer's merge compares with the people's; `nil` for one with conflicts or none at all.
  fileprivate func verdict(on result: [UInt8]?, isJSON: Bool) -> Verdict {
    guard let result, let value = Self.value(result, isJSON: isJSON),
      let human = Self.value(self.result, isJSON: isJSON)
    else { return .conflict }
    if value == human { return .right }
    return value.withSortedLists == human.withSortedLists ? .rightButOrder : .other
  }
}
