import CLibgit2
import Glibc
import ObjectModel

/// Objects that lie in files of their own, one each, before git packs them together.
///
/// Read here and not by libgit2: given a file that ends too early, as a power cut leaves one, libgit2 1.5.1 never
/// returns from reading it. Packed objects have checks of their own and are read by libgit2.
///
/// Source: gitformat-loose(5); gitrepository-layout(5) for `alternates`.
struct LooseObjects {
  /// The repository's own folder of objects, then those it borrows from.
  private let folders: [String]

  init(at folder: String) {
    var folders = [folder]
    // A list that grows while it is walked: borrowed folders borrow. No longer than git follows them.
    for depth in 0..<64 where depth < folders.count {
      for other in Self.alternates(of: folders[depth]) where !folders.contains(other) {
        folders.append(other)
      }
    }
    self.folders = folders
  }

  /// The repository's own.
  var own: String { folders[0] }

  /// Where the file of an object lies in a folder of objects.
  static func path(of id: ObjectID) -> (folder: String, name: String) {
    let hex = id.hex
    return (String(hex.prefix(2)), String(hex.dropFirst(2)))
  }

  private static func alternates(of folder: String) -> [String] {
    guard let bytes = try? DiskFile.read(folder + "/info/alternates").bytes else { return [] }
    return bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
      let path = String(decoding: line, as: UTF8.self)
      if path.hasPrefix("#") { return nil }
      return path.hasPrefix("/") ? path : folder + "/" + path
    }
  }

  /// The object of this id; `nil` if it lies in no file of its own.
  ///
  /// - Throws: `GitError` of the kind `.damaged` if the bytes are not those of the id.
  func object(_ id: ObjectID) throws(GitError) -> RawObject? {
    guard let (packed, length) = try file(id) else { return nil }
    let header = try LooseHeader(of: packed, length: length, id)
    let whole = try unpacked(packed, upTo: header.length + header.size, id)
    guard whole.count == header.length + header.size else { throw damaged(id, "it ends too early") }
    guard ObjectID(checksumOf: whole[...]) == id else { throw damaged(id, "its bytes have another id") }
    return RawObject(kind: header.kind, bytes: Array(whole.dropFirst(header.length)))
  }

  /// Kind and size, from the beginning of the file alone; `nil` if it lies in no file of its own.
  func header(of id: ObjectID) throws(GitError) -> ObjectHeader? {
    // Of a file that can be as long as a disk, a few bytes.
    guard let (packed, length) = try file(id, upTo: 256) else { return nil }
    let header = try LooseHeader(of: packed, length: length, id)
    return ObjectHeader(kind: header.kind, size: header.size)
  }

  /// The packed bytes, from the beginning up to a limit, and how many there are in all.
  private func file(
    _ id: ObjectID, upTo limit: Int? = nil
  ) throws(GitError) -> (bytes: [UInt8], length: Int)? {
    let path = Self.path(of: id)
    for folder in folders {
      do throws(GitError) {
        let file = try DiskFile.read("\(folder)/\(path.folder)/\(path.name)", upTo: limit)
        return (file.bytes, Int(file.status.st_size))
      } catch  where error.kind == .notFound {
        continue
      }
    }
    return nil
  }
}

/// `blob 1234\0`
private struct LooseHeader {
  var kind: ObjectKind
  var size: Int
  /// Its own bytes, the zero included.
  var length: Int

  /// - Parameters:
  ///   - packed: The beginning of the file.
  ///   - fileLength: Bytes of the whole file.
  init(of packed: [UInt8], length fileLength: Int, _ id: ObjectID) throws(GitError) {
    let start = try unpacked(packed, upTo: 32, id)
    guard let end = start.firstIndex(of: 0) else { throw damaged(id, "it has no header") }
    let words = start[..<end].split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard words.count == 2, let kind = ObjectKind(rawValue: String(decoding: words[0], as: UTF8.self)),
      let size = Int(String(decoding: words[1], as: UTF8.self)), size >= 0
    else { throw damaged(id, "its header is unreadable") }
    // No compression of zlib's goes further, so nobody makes us reserve what the file can't hold.
    guard size / 1040 <= fileLength else { throw damaged(id, "it is too short for its size") }
    (self.kind, self.size, length) = (kind, size, end + 1)
  }
}

/// Unpacks bytes until there are no more or the limit is reached.
private func unpacked(_ packed: [UInt8], upTo limit: Int, _ id: ObjectID) throws(GitError) -> [UInt8] {
  var code = Z_OK
  let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
    var length = uLongf(limit)
    code = uncompress(buffer.baseAddress, &length, packed, uLong(packed.count))
    count = Int(length)
  }
  // A full buffer is reported like an empty file; which one it is shows in the bytes.
  guard code == Z_OK || (code == Z_BUF_ERROR && bytes.count == limit) else {
    throw damaged(id, code == Z_MEM_ERROR ? "there is no memory for it" : "it can't be unpacked")
  }
  return bytes
}

private func damaged(_ id: ObjectID, _ detail: String) -> GitError {
  GitError(operation: "read \(id)", kind: .damaged, detail: "\(id): \(detail)")
}
