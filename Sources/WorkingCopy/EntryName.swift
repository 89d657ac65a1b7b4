/// The name of one entry of a folder, in the bytes of the file system, ready to be handed to it.
struct EntryName: Hashable, Comparable, Sendable {
  /// Ends with the zero that the system wants to see.
  private let terminated: [UInt8]

  /// - Parameter bytes: Not empty, without a zero byte and without a `/`.
  init(_ bytes: some Collection<UInt8>) {
    precondition(!bytes.isEmpty && !bytes.contains(0) && !bytes.contains(UInt8(ascii: "/")))
    var terminated: [UInt8] = []
    terminated.reserveCapacity(bytes.count + 1)
    terminated.append(contentsOf: bytes)
    terminated.append(0)
    self.terminated = terminated
  }

  init(_ text: String) { self.init(text.utf8) }

  /// The name as the system hands it out, up to and without the zero.
  init(systemName: UnsafePointer<CChar>) {
    var terminated: [UInt8] = []
    var place = systemName
    while place.pointee != 0 {
      terminated.append(UInt8(bitPattern: place.pointee))
      place += 1
    }
    terminated.append(0)
    self.terminated = terminated
  }

  var bytes: ArraySlice<UInt8> { terminated.dropLast() }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  static func < (left: Self, right: Self) -> Bool {
    left.terminated.lexicographicallyPrecedes(right.terminated)
  }

  func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    terminated.withUnsafeBytes { body($0.baseAddress!.assumingMemoryBound(to: CChar.self)) }
  }
}
