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

  /// The next character, in UTF-8.
  private static func character(from file: FileDescriptor) -> Character? {
    guard let first = byte(from: file), first != 3, first != 4 else { return nil }
    var bytes = [first]
    let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    while bytes.count < length, let next = byte(from: file) { bytes.append(next) }
    return String(decoding: bytes, as: UTF8.self).first
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
    while true {
      do {
        return try unsafe byte.withUnsafeMutableBytes({ try unsafe file.read(into: $0) }) == 1 ? byte[0] : nil
      } catch Errno.interrupted {
        continue
      } catch {
        return nil
      }
    }
  }
}
