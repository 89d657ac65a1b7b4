import Glibc

/// How programs save a file.
public enum EditorStyle: String, CaseIterable, Sendable {
  /// Empty the file and write it anew: nano, many small editors.
  case inPlace
  /// Write another file and give it the name: VS Code on some systems, most libraries.
  case renamed
  /// Give the old file another name, then write a new one: vim.
  case withBackup
  /// Change the bytes through a mapping.
  case mapped

  /// Saves a text as such a program would.
  ///
  /// - Parameter pause: Microseconds between the two parts in which it is written.
  public func save(_ text: String, to file: String, pause: UInt32 = 0) {
    let bytes = Array(text.utf8)
    func write(_ path: String, _ flags: Int32) {
      let descriptor = open(path, flags | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else { return }
      // In two parts, so that there is a moment at which the file is half-written.
      _ = Glibc.write(descriptor, bytes, bytes.count / 2)
      if pause > 0 { usleep(pause) }
      _ = bytes[(bytes.count / 2)...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      close(descriptor)
    }
    switch self {
    case .inPlace:
      write(file, O_WRONLY | O_CREAT | O_TRUNC)
    case .renamed:
      write(file + "~", O_WRONLY | O_CREAT | O_TRUNC)
      rename(file + "~", file)
    case .withBackup:
      rename(file, file + "~")
      write(file, O_WRONLY | O_CREAT | O_TRUNC)
    case .mapped:
      let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else { return }
      ftruncate(descriptor, off_t(bytes.count))
      let memory = mmap(nil, bytes.count, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
      close(descriptor)
      guard let memory, memory != MAP_FAILED else { return }
      memory.copyMemory(from: bytes, byteCount: bytes.count)
      munmap(memory, bytes.count)
    }
  }
}
