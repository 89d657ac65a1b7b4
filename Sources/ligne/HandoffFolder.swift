import Documents
import EditorialDesk
import JSONTree
import SystemPackage
import Wording

/// A folder from which texts are sent: of each a JSON file for a program, and a text to paste.
///
/// A file that an earlier hand-over of the same document and channel wrote is written anew; nothing else is.
struct HandoffFolder {
  private let path: String

  /// Takes a folder, and makes it if need be.
  init(_ path: String) throws {
    self.path = path
    do {
      try System.makeFolder(FilePath(path))
    } catch let error as Errno {
      throw FileTrouble.unwritable(path, reason: error)
    }
  }

  /// - Returns: The paths of the two files.
  func write(_ handoff: Handoff, text: String) throws -> [String] {
    let preflight = handoff.preflight
    let name = "\(path)/\(preflight.document.id.text)-\(preflight.channel.text)"
    let (json, plain) = ("\(name).json", "\(name).txt")
    guard try isOurs(json, handoff) else { throw FileTrouble.inTheWay(json) }
    if try earlier(json) == nil, try read(plain) != nil { throw FileTrouble.inTheWay(plain) }
    // The JSON file first: it is by it that the other one is known.
    try FileContents.write(Array((JSONPrinter.pretty().text(of: handoff.json) + "\n").utf8), to: json)
    try FileContents.write(Array((text + "\n").utf8), to: plain)
    return [json, plain]
  }

  private func isOurs(_ file: String, _ handoff: Handoff) throws -> Bool {
    guard try read(file) != nil else { return true }
    guard let earlier = try earlier(file) else { return false }
    return earlier["format"] == handoff.json["format"] && earlier["id"] == handoff.json["id"]
      && earlier["channel"] == handoff.json["channel"]
  }

  /// What an earlier hand-over wrote; `nil` for no file, and for one that says nothing of the kind.
  private func earlier(_ file: String) throws -> JSONValue? {
    guard let bytes = try read(file), let value = try? JSONValue(parsing: bytes) else { return nil }
    return value["format"] == nil ? nil : value
  }

  private func read(_ file: String) throws -> [UInt8]? {
    do {
      return try FileContents.read(file)
    } catch FileTrouble.unreadable(_, reason: .noSuchFileOrDirectory) {
      return nil
    }
  }
}
