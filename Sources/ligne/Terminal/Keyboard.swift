import SystemPackage

/// What a person types while a command waits for them.
///
/// Tests bring one that types by itself.
struct Keyboard: Sendable {
  /// Whether there is a person to ask.
  var isThere: Bool
  /// One key, without the return key; `nil` when nobody will type any more: the end of the input, Ctrl-C, Ctrl-D.
  var key: @Sendable () -> Character?
  /// One line, as it stands; `nil` when nobody will type any more.
  var line: @Sendable () -> String?

  /// Nobody: a pipe, a script, a test.
  static let none = Keyboard(isThere: false, key: { nil }, line: { nil })

  /// The terminal the program was started on.
  static func ofProcess() -> Keyboard {
    Keyboard(
      isThere: System.isTerminal(.standardInput) && System.isTerminal(.standardOutput),
      key: {
        // Ctrl-C is a key here like any other, so that it leaves by the same door and never a terminal without echo.
        System.withoutLineEditing { character(from: .standardInput) }
      },
      line: { line(from: .standardInput) })
  }

  /// The key that was pressed. One read gives all that a key sends, an arrow for instance several bytes; what else was
  /// typed by then is let go, since nobody says yes to words they have not seen.
  private static func character(from file: FileDescriptor) -> Character? {
    var bytes = [UInt8](repeating: 0, count: 256)
    guard let count = read(file, into: &bytes), count > 0, bytes[0] != 3, bytes[0] != 4 else { return nil }
    return String(decoding: bytes[..<count], as: UTF8.self).first
  }

  private static func line(from file: FileDescriptor) -> String? {
    var bytes: [UInt8] = []
    while let next = byte(from: file) {
      if next == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(next)
    }
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
  }

  private static func byte(from file: FileDescriptor) -> UInt8? {
    var byte: [UInt8] = [0]
    return read(file, into: &byte) == 1 ? byte[0] : nil
  }

  /// - Returns: How many bytes; 0 at the end, `nil` where nothing can be read.
  private static func read(_ file: FileDescriptor, into bytes: inout [UInt8]) -> Int? {
    while true {
      do {
        return try unsafe bytes.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
      } catch Errno.interrupted {
        continue
      } catch {
        return nil
      }
    }
  }
}
