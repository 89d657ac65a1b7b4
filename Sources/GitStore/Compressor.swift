import CLibgit2

/// Compresses one piece of bytes after the other, with one set of tables for all.
final class Compressor {
  // At one address as long as it is used: zlib compares.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

  init() throws(GitError) {
    stream.initialize(to: z_stream())
    // As fast as it goes, like git's own objects in files.
    let code = deflateInit_(stream, Z_BEST_SPEED, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard code == Z_OK else { throw Self.failure(code) }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  /// - Parameter bytes: At most 2 GB, which zlib takes at once; a file of a workspace is far from it.
  func compressed(_ bytes: [UInt8]) throws(GitError) -> [UInt8] {
    guard bytes.count <= 1 << 31 else {
      throw GitError(operation: "compress an object", kind: .other, detail: "\(bytes.count) bytes at once")
    }
    deflateReset(stream)
    var code = Z_OK
    let result = [UInt8](unsafeUninitializedCapacity: Int(deflateBound(stream, uLong(bytes.count)))) {
      target, count in
      bytes.withUnsafeBufferPointer { source in
        // It is only read from.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
        stream.pointee.avail_in = uInt(source.count)
        stream.pointee.next_out = target.baseAddress
        stream.pointee.avail_out = uInt(target.count)
        code = deflate(stream, Z_FINISH)
      }
      count = Int(stream.pointee.total_out)
    }
    guard code == Z_STREAM_END else { throw Self.failure(code) }
    return result
  }

  private static func failure(_ code: Int32) -> GitError {
    GitError(operation: "compress an object", kind: .other, detail: "zlib answers \(code)")
  }
}
