import Foundation
import JSONTree

/// Other mergers, which `peers.py` lets merge the same cases as ours.
public struct Peers {
  /// Three contents to be merged.
  public struct Case: Sendable {
    public var id: String
    /// Merged as JSON; otherwise as text.
    public var isJSON: Bool
    public var base: [UInt8]
    public var ours: [UInt8]
    public var theirs: [UInt8]

    public init(id: String, isJSON: Bool, base: [UInt8], ours: [UInt8], theirs: [UInt8]) {
      (self.id, self.isJSON) = (id, isJSON)
      (self.base, self.ours, self.theirs) = (base, ours, theirs)
    }
  }

  /// What one merger made of one case.
  public struct Answer: Sendable {
    public var peer: String
    public var id: String
    /// The merged content; `nil` where the merger found a conflict, refused or crashed.
    public var result: [UInt8]?
    /// From three contents to the merged one, without the start of a program other than git.
    public var seconds: Double
    /// Why there is no result, other than a conflict.
    public var trouble: String?
  }

  /// Why the others could not be asked.
  public struct Trouble: Error, CustomStringConvertible {
    public var description: String
  }

  /// The Python that has their packages; `Tools/peers.sh` prepares it and says which.
  private let python: String
  private let script: URL

  /// - Throws: ``Trouble`` where nobody prepared them.
  public init() throws {
    guard let python = ProcessInfo.processInfo.environment["LIGNE_PEERS_PYTHON"] else {
      throw Trouble(description: "The other mergers are not here: run this by its script under Tools.")
    }
    self.python = python
    script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "peers.py")
  }

  /// Lets the others merge.
  ///
  /// - Parameters:
  ///   - only: The mergers to ask, by name; `nil` for all that are here.
  ///   - jobs: How many at a time; one where seconds are to be compared.
  /// - Returns: Their answers: case by case, and within a case always in the same order.
  public func answers(to cases: [Case], only: [String]? = nil, jobs: Int = 2) throws -> [Answer] {
    let questions = FileManager.default.temporaryDirectory.appending(path: "ligne-peers-\(UUID()).jsonl")
    defer { try? FileManager.default.removeItem(at: questions) }
    try lines(of: cases).write(to: questions)

    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = [script.path, "--jobs", "\(jobs)"] + (only ?? []).flatMap { ["--only", $0] }
    process.standardInput = try FileHandle(forReadingFrom: questions)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let answers = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Trouble(description: "\(script.lastPathComponent) ended with \(process.terminationStatus)")
    }
    return try answers.split(separator: UInt8(ascii: "\n")).map { line in
      let answer = try JSONValue(parsing: line)
      guard let peer = answer["peer"]?.text, let id = answer["id"]?.text,
        let seconds = answer["seconds"]?.number.flatMap({ Double($0.text) })
      else { throw Trouble(description: "\(script.lastPathComponent) says what nobody understands") }
      let isClean = answer["clean"]?.bool == true
      return Answer(
        peer: peer, id: id, result: isClean ? answer["result"]?.text.map { Array($0.utf8) } : nil,
        seconds: seconds, trouble: answer["error"]?.text)
    }
  }

  private func lines(of cases: [Case]) -> Data {
    var lines = Data()
    for question in cases {
      let text = [question.base, question.ours, question.theirs].map {
        JSONValue(String(decoding: $0, as: UTF8.self))
      }
      let line: JSONValue = [
        "id": JSONValue(question.id), "form": question.isJSON ? "json" : "text", "base": text[0],
        "ours": text[1], "theirs": text[2],
      ]
      // On one line: the canonical bytes of RFC 8785 hold no line end.
      lines += line.canonicalBytes
      lines.append(UInt8(ascii: "\n"))
    }
    return lines
  }
}
