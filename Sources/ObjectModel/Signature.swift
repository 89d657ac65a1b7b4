/// Who made a commit and when, as git writes it: `Ana Tremblay <ana@example.org> 1714744800 -0400`.
///
/// The line is kept byte for byte, whatever its encoding, so that a commit read and written again keeps its id.
public struct Signature: Hashable, Sendable {
  /// The whole line.
  public let line: [UInt8]
  /// Seconds since 1970, UTC.
  public let time: Int64
  /// What the person's clock showed, in minutes ahead of UTC.
  public let offsetMinutes: Int

  /// - Parameters:
  ///   - name: Bytes that would break the line (`<`, `>`, line ends, zero) are left out, and spaces and punctuation
  ///     at its ends, as git does.
  ///   - email: The same.
  ///   - time: Seconds since 1970, not before.
  ///   - offsetMinutes: Between -5999 and 5999, which git's four digits can hold.
  public init(name: String, email: String, time: Int64, offsetMinutes: Int) {
    precondition(time >= 0, "git has no time before 1970")
    precondition(abs(offsetMinutes) < 100 * 60, "a zone has two digits for hours")
    let hours = abs(offsetMinutes) / 60
    let minutes = abs(offsetMinutes) % 60
    let zone = (offsetMinutes < 0 ? "-" : "+") + twoDigits(hours) + twoDigits(minutes)
    line = withoutCrud(name) + Array(" <".utf8) + withoutCrud(email) + Array("> \(time) \(zone)".utf8)
    self.time = time
    self.offsetMinutes = offsetMinutes
  }

  /// The person's name; bytes that are not UTF-8 show as U+FFFD.
  public var name: String {
    guard let end = line.firstIndex(of: UInt8(ascii: "<")) else { return "" }
    var name = line[..<end]
    if name.last == space { name.removeLast() }
    return String(decoding: name, as: UTF8.self)
  }

  /// The person's address; bytes that are not UTF-8 show as U+FFFD.
  public var email: String {
    guard let start = line.firstIndex(of: UInt8(ascii: "<")),
      let end = line[start...].firstIndex(of: UInt8(ascii: ">"))
    else { return "" }
    return String(decoding: line[(start + 1)..<end], as: UTF8.self)
  }
}

extension Signature {
  /// Reads what follows `author ` or `committer `.
  ///
  /// Old and foreign tools wrote names that git would not write today, and zones such as `+051800`; they are
  /// accepted, since nobody can change them. A line without address or time is not.
  ///
  /// - Returns: `nil` if there is no address in `<` and `>`, followed by a time and a zone.
  public init?(decoding line: ArraySlice<UInt8>) {
    guard let open = line.firstIndex(of: UInt8(ascii: "<")),
      let close = line.lastIndex(of: UInt8(ascii: ">")), open < close, !line.contains(0)
    else { return nil }
    let rest = line[(close + 1)...]
    guard rest.first == space, let gap = rest.dropFirst().firstIndex(of: space),
      let time = Int64(digits: rest[..<gap].dropFirst()), let sign = rest[gap...].dropFirst().first,
      sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      let zone = Int64(digits: rest[gap...].dropFirst(2)),
      let minutes = Int(exactly: zone / 100 * 60 + zone % 100)
    else { return nil }
    self.line = Array(line)
    self.time = time
    offsetMinutes = sign == UInt8(ascii: "-") ? -minutes : minutes
  }
}

private let space = UInt8(ascii: " ")

private func twoDigits(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }

extension Int64 {
  /// Reads decimal digits and nothing else.
  fileprivate init?(digits: ArraySlice<UInt8>) {
    guard !digits.isEmpty, digits.count <= 18 else { return nil }
    self = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      self = self * 10 + Int64(digit & 15)
    }
  }
}

/// The bytes of a name or an address as git's `strbuf_addstr_without_crud` writes them.
private func withoutCrud(_ text: String) -> [UInt8] {
  var bytes = text.utf8.filter { ![0, 10, UInt8(ascii: "<"), UInt8(ascii: ">")].contains($0) }[...]
  func isCrud(_ byte: UInt8) -> Bool { byte <= 32 || ".,:;<>\"\\'".utf8.contains(byte) }
  while let first = bytes.first, isCrud(first) { bytes.removeFirst() }
  while let last = bytes.last, isCrud(last) { bytes.removeLast() }
  return Array(bytes)
}
