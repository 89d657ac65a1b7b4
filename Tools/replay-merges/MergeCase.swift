import Foundation
import JSONTree
import ThreeWayMerge

/// A merge that people once made: three versions of a file, and what came of them.
struct MergeCase: Sendable {
  /// `repository@merge:path`.
  var id: String
  var versions: Versions<[UInt8]>
  /// What the people committed, or the text that is known to be right.
  var result: [UInt8]
  /// What git's line merge made of it when the case was collected.
  var git: LineMerge
  /// Whose version the people took: `ours`, `theirs`, `mix`, …
  var human: String

  enum LineMerge: Sendable {
    case conflict
    case clean(isTheHumans: Bool)
    /// Not tried.
    case unknown
  }
}

/// Why the material can't be replayed.
struct ReplayTrouble: Error, CustomStringConvertible {
  var description: String
}

extension MergeCase {
  /// Reads the cases of one kind: `json`, `prose` or `traces`.
  ///
  /// Of the JSON merges those of content are taken in which both sides have the file and no version is invalid; a file
  /// that both added has no base.
  static func read(_ kind: String, in corpus: URL) throws -> [MergeCase] {
    let folder = corpus.appending(path: "merges/\(kind)")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.lastPathComponent.hasSuffix(".jsonl.gz") }
      .sorted { $0.lastPathComponent.utf8.lexicographicallyPrecedes($1.lastPathComponent.utf8) }
    if files.isEmpty { throw ReplayTrouble(description: "\(folder.path) holds no *.jsonl.gz") }
    return try files.flatMap { file in
      try decompressed(file).split(separator: UInt8(ascii: "\n")).compactMap { line in
        try MergeCase(JSONValue(parsing: line))
      }
    }
  }

  /// `nil` for a case that is not among those replayed.
  private init?(_ line: JSONValue) {
    func bytes(_ key: JSONString) -> [UInt8]? { line[key]?.text.map { Array($0.utf8) } }
    guard let id = line["id"]?.text, let ours = bytes("ours"), let theirs = bytes("theirs"),
      let result = bytes("result")
    else { return nil }
    if let kind = line["class"]?.text, kind != "content" { return nil }
    let valid = line["valid"]?.array?.map(\.text) ?? []
    if valid.contains("invalid") || valid.dropFirst().contains("absent") { return nil }
    if result.isEmpty || ours.isEmpty || theirs.isEmpty { return nil }
    self.id = id
    versions = Versions(base: bytes("base") ?? [], ours: ours, theirs: theirs)
    self.result = result
    git = LineMerge(line["git"])
    human = line["human_is"]?.text ?? ""
  }
}

extension MergeCase.LineMerge {
  fileprivate init(_ verdict: JSONValue?) {
    switch verdict?["status"]?.text {
    case "conflict": self = .conflict
    case "clean":
      let isTheHumans = verdict?["eq_bytes"]?.bool == true || verdict?["eq_sem"]?.bool == true
      self = .clean(isTheHumans: isTheHumans)
    default: self = .unknown
    }
  }
}

/// The content of a file that gzip packed.
func decompressed(_ file: URL) throws -> Data {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = ["gzip", "--decompress", "--stdout", file.path]
  let output = Pipe()
  process.standardOutput = output
  try process.run()
  let content = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  guard process.terminationStatus == 0 else {
    throw ReplayTrouble(description: "gzip can't read \(file.path)")
  }
  return content
}
