import Glibc

/// What tells this process from others.
enum ThisComputer {
  static var process: Int32 { getpid() }

  /// The number of the person, as the owner of the files this process makes.
  static var user: UInt32 { geteuid() }

  static var name: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "?" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
