import Glibc

/// The half-written packages of a fetch that did not end well.
///
/// Git leaves them (`objects/pack/tmp_pack_…`) to a house cleaning weeks later; on a bad network every try
/// would take the room of another one. What another git is writing right now must stay, so only those are
/// removed that appeared since the fetch began and that no process has open.
struct PackLeftovers {
  private let folder: String
  private let before: Set<String>

  /// - Parameter gitFolder: Looked into before git is started.
  init(gitFolder: String) {
    folder = gitFolder + "/objects/pack"
    before = Set(names(in: folder).filter(isTemporary))
  }

  /// Called when git and everything it started has ended.
  func remove() {
    let new = names(in: folder).filter { isTemporary($0) && !before.contains($0) }
    if new.isEmpty { return }
    guard let resolved = realpath(folder, nil) else { return }
    defer { free(resolved) }
    let paths = new.map { String(cString: resolved) + "/" + $0 }
    guard let open = openFiles(among: Set(paths)) else { return }
    for path in paths where !open.contains(path) { unlink(path) }
  }
}

private func isTemporary(_ name: String) -> Bool {
  ["tmp_pack_", "tmp_idx_", "tmp_rev_"].contains { name.hasPrefix($0) }
}

private func names(in folder: String) -> [String] {
  guard let directory = opendir(folder) else { return [] }
  defer { closedir(directory) }
  var names: [String] = []
  while let entry = readdir(directory) {
    withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
        names.append(String(cString: $0))
      }
    }
  }
  return names
}

/// Those of the files some process has open; `nil` where that cannot be known.
private func openFiles(among paths: Set<String>) -> Set<String>? {
  let processes = names(in: "/proc").filter { $0.first?.isNumber == true }
  if processes.isEmpty { return nil }
  var open: Set<String> = []
  for process in processes {
    let descriptors = "/proc/\(process)/fd"
    // Processes of others do not show what they hold. Only a git, or a Ligne that writes a pack, could hold these.
    if access(descriptors, R_OK) != 0, errno == EACCES, writesPacks(process) { return nil }
    for descriptor in names(in: descriptors) where descriptor.first?.isNumber == true {
      guard let target = realpath("\(descriptors)/\(descriptor)", nil) else { continue }
      let path = String(cString: target)
      free(target)
      if paths.contains(path) { open.insert(path) }
    }
  }
  return open
}

private func writesPacks(_ process: String) -> Bool {
  guard let file = fopen("/proc/\(process)/comm", "r") else { return false }
  defer { fclose(file) }
  var line = [CChar](repeating: 0, count: 32)
  guard fgets(&line, Int32(line.count), file) != nil else { return false }
  return ["git", "ligne"].contains { line.starts(with: $0.utf8.map(CChar.init)) }
}
