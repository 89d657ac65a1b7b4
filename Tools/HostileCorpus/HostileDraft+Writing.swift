import Crypto
public import Foundation
import ObjectModel

extension HostileDraft {
  /// Writes everything into a repository, past everything that could object.
  ///
  /// - Parameter gitFolder: A bare repository.
  /// - Throws: What the file system says.
  public func write(into gitFolder: URL) throws {
    for (id, object) in objects {
      let head = Array("\(object.kind.rawValue) \(object.bytes.count)\0".utf8)
      try write(Deflated.stored(head + object.bytes), to: place(of: id), in: gitFolder)
    }
    for (id, count) in zeros {
      let packed = Deflated.stored(Array("blob \(count)\0".utf8), thenZeros: count)
      try write(packed, to: place(of: id), in: gitFolder)
    }
    for (file, bytes) in files { try write(bytes, to: file, in: gitFolder) }
  }

  private func place(of id: ObjectID) -> String { "objects/\(id.hex.prefix(2))/\(id.hex.dropFirst(2))" }

  private func write(_ bytes: [UInt8], to path: String, in folder: URL) throws {
    // By its bytes: a URL would change the form of accents.
    let file = folder.path + "/" + path
    let above = String(file[..<(file.lastIndex(of: "/") ?? file.startIndex)])
    try FileManager.default.createDirectory(atPath: above, withIntermediateDirectories: true)
    try? FileManager.default.removeItem(atPath: file)
    try Data(bytes).write(to: URL(filePath: file))
  }
}

extension ObjectID {
  /// The id git gives a file of so many zeros.
  init(zeros count: Int) {
    var hash = Insecure.SHA1()
    hash.update(data: Array("blob \(count)\0".utf8))
    let part = [UInt8](repeating: 0, count: 1 << 20)
    for _ in 0..<(count >> 20) { hash.update(data: part) }
    hash.update(data: part.prefix(count & (1 << 20 - 1)))
    self.init(bytes: Array(hash.finalize()))
  }
}
