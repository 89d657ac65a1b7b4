import ConcurrentMap
import Glibc
import SystemPackage

/// The names in a folder and what the system says of each, in the order in which a walk meets whole paths: a folder sorts
/// as if its name ended in `/`.
struct FolderListing {
  /// All names, each ended by a zero, as the system wants to see them.
  fileprivate var bytes: [UInt8] = []
  fileprivate var entries: [Entry] = []
  /// The places of the entries, sorted, each with the first eight bytes of what it is sorted by: where names differ
  /// there, nothing else has to be looked at.
  private var order: [(key: UInt64, place: Int)] = []

  struct Entry {
    fileprivate var start: Int
    fileprivate var length: Int
    /// `nil` where the system would not say.
    fileprivate(set) var status: EntryStatus?
    /// Why it would not.
    fileprivate(set) var failure = Errno(rawValue: 0)
  }

  var count: Int { order.count }

  subscript(_ index: Int) -> Entry { entries[order[index].place] }

  /// A name without its zero, for the length of the closure.
  func withName<Result>(of entry: Entry, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    bytes.withUnsafeBytes {
      body(UnsafeRawBufferPointer(rebasing: $0[entry.start..<entry.start + entry.length]))
    }
  }

  func name(of entry: Entry) -> EntryName { EntryName(bytes[entry.start..<entry.start + entry.length]) }

  /// - Parameter name: Ended by a zero.
  fileprivate mutating func append(_ name: UnsafePointer<CChar>) {
    let length = strlen(name)
    entries.append(Entry(start: bytes.count, length: length))
    bytes.append(contentsOf: UnsafeRawBufferPointer(start: name, count: length + 1))
  }

  fileprivate mutating func sort() {
    order = bytes.withUnsafeBytes { bytes in
      var order: [(key: UInt64, place: Int)] = []
      order.reserveCapacity(entries.count)
      for (place, entry) in entries.enumerated() {
        // One that disappeared meanwhile is not there.
        if entry.failure == .noSuchFileOrDirectory { continue }
        var key: UInt64 = 0
        for index in 0..<min(8, entry.length) {
          key |= UInt64(bytes[entry.start + index]) << UInt64(56 - 8 * index)
        }
        if entry.length < 8, entry.isFolder { key |= UInt64(slash) << UInt64(56 - 8 * entry.length) }
        order.append((key, place))
      }
      order.sort { left, right in
        left.key != right.key
          ? left.key < right.key : precedes(entries[left.place], entries[right.place], in: bytes)
      }
      return order
    }
  }

  private func precedes(_ left: Entry, _ right: Entry, in bytes: UnsafeRawBufferPointer) -> Bool {
    let shared = min(left.length, right.length)
    if let start = bytes.baseAddress {
      let order = memcmp(start + left.start, start + right.start, shared)
      if order != 0 { return order < 0 }
    }
    let next = shared < left.length ? bytes[left.start + shared] : left.isFolder ? slash : 0
    let other = shared < right.length ? bytes[right.start + shared] : right.isFolder ? slash : 0
    return next != other ? next < other : left.length < right.length
  }
}

extension FolderListing.Entry {
  fileprivate var isFolder: Bool { status?.kind == .folder }
}

extension OpenFolder {
  /// Everything in it but `.` and `..`, links not followed.
  func listing() throws(WorkingCopyError) -> FolderListing {
    var listing = FolderListing()
    try forEachName { listing.append($0) }
    ask(for: &listing)
    return listing
  }

  /// The same of some names; those that are not there are left out.
  func listing(of names: [EntryName]) -> FolderListing {
    var listing = FolderListing()
    for name in names { name.withCString { listing.append($0) } }
    ask(for: &listing)
    return listing
  }

  private func ask(for listing: inout FolderListing) {
    let (bytes, descriptor) = (listing.bytes, descriptor)
    // Most of a walk is the system's answers, and two processors can wait for more of them than one.
    listing.entries = listing.entries.concurrentMap(portion: 256) { entry in
      var entry = entry
      var raw = stat()
      let code = bytes.withUnsafeBytes { bytes in
        let name = bytes.baseAddress.map { ($0 + entry.start).assumingMemoryBound(to: CChar.self) }
        return name.map { name in retrying { fstatat(descriptor, name, &raw, AT_SYMLINK_NOFOLLOW) } }
      }
      if code == 0 {
        entry.status = EntryStatus(raw)
      } else {
        entry.failure = .last
      }
      return entry
    }
    listing.sort()
  }
}

private let slash = UInt8(ascii: "/")
