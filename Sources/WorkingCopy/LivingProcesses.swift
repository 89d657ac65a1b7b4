import Glibc
import SystemPackage

/// The processes of this computer, as far as we may see them.
struct LivingProcesses {
  struct Process: Hashable {
    var id: Int32
    /// Its name: `git`.
    var command: String
    var arguments: [String] = []
    /// Where it is at work, without links.
    var folder: [UInt8] = []
    /// The files it has open.
    var files: Set<FileIdentity> = []
  }

  /// Sorted by number.
  var processes: [Process] = []
  /// Whether no process of ours can be hidden: there is a process list, and we are not in a container.
  var areAll = false
}

extension LivingProcesses {
  /// Looks at all of them. One that ends meanwhile is left out.
  ///
  /// Of other people's processes only the name is known. Of our own, a few (such as key agents) hide their files
  /// from everybody; no git program does.
  ///
  /// Source: `proc(5)`.
  static func visible() -> LivingProcesses {
    do throws(WorkingCopyError) {
      let all = try OpenFolder.open("/proc", probe: .none)
      var processes: [Process] = []
      for name in try all.names() {
        guard let id = plainNumber(name.text).flatMap(Int32.init(exactly:)) else { continue }
        do throws(WorkingCopyError) {
          processes.append(try Process(id, in: try all.folder(named: name)))
        } catch {
          // It has ended.
        }
      }
      let space = try OpenFolder.open("/proc/self/ns", probe: .none).target(of: EntryName("pid"))
      return LivingProcesses(
        processes: processes.sorted { $0.id < $1.id },
        areAll: space.map { $0.elementsEqual(outermostProcessSpace.utf8) } ?? false)
    } catch {
      // No such list on this system: nobody is seen, and `areAll` says so.
      return LivingProcesses()
    }
  }

  func first(usingFileOf stamp: FileStamp) -> Process? {
    processes.first { $0.files.contains(stamp.identity) }
  }

  /// - Parameter folders: Paths without links.
  func first(runningGitIn folders: [[UInt8]]) -> Process? {
    processes.first { process in
      process.command.hasPrefix("git") && !process.arguments.contains(where: { neverLocking.contains($0) })
        && folders.contains { folder in
          process.folder.starts(with: folder)
            && (process.folder.count == folder.count || process.folder[folder.count] == UInt8(ascii: "/"))
        }
    }
  }
}

extension LivingProcesses.Process {
  fileprivate init(_ id: Int32, in folder: OpenFolder) throws(WorkingCopyError) {
    func text(_ name: String) throws(WorkingCopyError) -> [UInt8] {
      try folder.file(named: EntryName(name)).readAll(expecting: 4096, limit: 1 << 20)
    }
    let command = String(decoding: try text("comm").prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    self.init(id: id, command: command)
    arguments = try text("cmdline").split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    do throws(WorkingCopyError) {
      self.folder = folder.target(of: EntryName("cwd")) ?? []
      let open = try folder.folder(named: EntryName("fd"))
      for name in try open.names() {
        guard let status = try open.statusFollowingLink(name) else { continue }
        files.insert(status.stamp.identity)
      }
    } catch let error where error.reason?.isRefusal == true {
      // Somebody else's.
    }
  }
}

/// The disk a folder is on.
enum Disk {
  /// Whether only this computer can write to it, as far as its kind says.
  ///
  /// Source: `proc_pid_mountinfo(5)`.
  static func isLocal(_ folder: OpenFolder) -> Bool {
    guard let path = folder.canonicalPath, let table = mountTable() else { return false }
    return kind(of: path, in: table).map(localKinds.contains) ?? false
  }

  /// The kind of file system of the innermost mount point above a path.
  static func kind(of path: [UInt8], in table: [UInt8]) -> String? {
    var best: (length: Int, kind: String)?
    for line in table.split(separator: UInt8(ascii: "\n")) {
      let words = line.split(separator: UInt8(ascii: " "))
      guard words.count > 6, let hyphen = words.firstIndex(where: { $0.elementsEqual("-".utf8) }),
        hyphen + 1 < words.count
      else { continue }
      let point = unescaped(words[4])
      let isAbove =
        point.elementsEqual("/".utf8)
        || path.starts(with: point) && (path.count == point.count || path[point.count] == UInt8(ascii: "/"))
      // Of two on one point, the later one covers the other.
      if isAbove, point.count >= best?.length ?? 0 {
        best = (point.count, String(decoding: words[hyphen + 1], as: UTF8.self))
      }
    }
    return best?.kind
  }

  private static func mountTable() -> [UInt8]? {
    do throws(WorkingCopyError) {
      return try OpenFolder.open("/proc/self", probe: .none).file(named: EntryName("mountinfo"))
        .readAll(expecting: 1 << 16, limit: 1 << 24)
    } catch {
      return nil
    }
  }

  /// Undoes the octal escapes (`\040` for a space).
  private static func unescaped(_ word: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = word
    while let byte = rest.popFirst() {
      let digits = rest.prefix(3)
      if byte == UInt8(ascii: "\\"), digits.count == 3,
        let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
      {
        bytes.append(code)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }
}

/// The first space of process numbers, in which all others are visible. Source: Linux, `PROC_PID_INIT_INO`.
private let outermostProcessSpace = "pid:[4026531836]"
/// Git programs that stay for long and never take a lock.
private let neverLocking: Set = ["cat-file", "credential-cache--daemon", "daemon", "fsmonitor--daemon"]
/// File systems of disks in or on this computer.
private let localKinds: Set = [
  "apfs", "bcachefs", "btrfs", "exfat", "ext2", "ext3", "ext4", "f2fs", "fuseblk", "hfsplus", "jfs", "msdos",
  "ntfs", "ntfs3", "overlay", "ramfs", "tmpfs", "vfat", "xfs", "zfs",
]
