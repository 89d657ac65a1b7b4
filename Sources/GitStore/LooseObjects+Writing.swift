import Glibc
import ObjectModel

extension LooseObjects {
  /// Writes objects into files of their own; whatever bears such a name already holds the same, or is damaged.
  ///
  /// When it returns, they survive a power cut. If it throws, or the process is killed, those before some place in the
  /// order are there, and those after it are not.
  func write(_ objects: some Collection<RawObject>) throws(GitError) {
    if objects.isEmpty { return }
    let compressor = try Compressor()
    var rest = objects[...]
    while !rest.isEmpty {
      // The disk takes some together faster than one after the other, and so few may be open at once anywhere.
      try writeTogether(rest.prefix(64), compressor)
      rest = rest.dropFirst(64)
    }
  }

  private func writeTogether(_ objects: some Collection<RawObject>, _ compressor: Compressor) throws(GitError)
  {
    var files: [(file: NewFile, name: String)] = []
    var touched: Set<String> = []
    for object in objects {
      let path = Self.path(of: ObjectID(hashing: object))
      let folder = own + "/" + path.folder
      if try DiskFile.makeFolder(folder) { touched.insert(own) }
      touched.insert(folder)
      let file = try NewFile(in: folder, "obj")
      try file.write(
        compressor.compressed(Array("\(object.kind.rawValue) \(object.bytes.count)\0".utf8) + object.bytes))
      files.append((file, path.name))
    }
    for (file, _) in files { try file.startFlushing() }
    for (file, _) in files { try file.flush() }
    for (file, name) in files { try file.name(name) }
    for folder in touched.sorted() { try DiskFile.flushFolder(folder) }
  }
}
