/// A text without e-mail addresses and telephone numbers.
///
/// A telephone number is what is written like one in North America or France, or begins with `+`; other long numbers, such
/// as those of an order, stay.
func masked(_ text: String, _ masks: (email: String, telephone: String)) -> String {
  let bytes = Array(text.utf8)
  var result: [UInt8] = []
  var at = 0
  while at < bytes.count {
    let follows = at > 0 && isWordByte(bytes[at - 1])
    if !follows, let end = emailEnd(at, in: bytes) {
      result += masks.email.utf8
      at = end
    } else if !follows, let end = telephoneEnd(at, in: bytes) {
      result += masks.telephone.utf8
      at = end
    } else {
      result.append(bytes[at])
      at += 1
    }
  }
  return String(decoding: result, as: UTF8.self)
}

/// `name@host.tld`, as people write it.
private func emailEnd(_ start: Int, in bytes: [UInt8]) -> Int? {
  var at = start
  while at < bytes.count, isWordByte(bytes[at]) || ".+-%".utf8.contains(bytes[at]) { at += 1 }
  guard at > start, at < bytes.count, bytes[at] == UInt8(ascii: "@") else { return nil }
  let host = at + 1
  var end = host
  while end < bytes.count, isWordByte(bytes[end]) || ".-".utf8.contains(bytes[end]) { end += 1 }
  while end > host, !isWordByte(bytes[end - 1]) { end -= 1 }
  return bytes[host..<end].contains(UInt8(ascii: ".")) ? end : nil
}

/// Groups of digits with signs between them, where their lengths are those of a telephone number.
private func telephoneEnd(_ start: Int, in bytes: [UInt8]) -> Int? {
  var at = start
  let isInternational = bytes[at] == UInt8(ascii: "+")
  if isInternational { at += 1 }
  var groups: [Int] = []
  var end = at
  var firstDigit: UInt8?
  while at < bytes.count, groups.count < 7 {
    if bytes[at] == UInt8(ascii: "("), groups.count <= 1 { at += 1 }
    var length = 0
    while at < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[at]) {
      firstDigit = firstDigit ?? bytes[at]
      length += 1
      at += 1
    }
    if length == 0 { break }
    groups.append(length)
    end = at
    if at < bytes.count, bytes[at] == UInt8(ascii: ")") { at += 1 }
    // One sign between groups, a no-break space of two bytes among them.
    if at < bytes.count, " -.\t".utf8.contains(bytes[at]) {
      at += 1
    } else if at + 1 < bytes.count, bytes[at] == 0xC2, bytes[at + 1] == 0xA0 {
      at += 2
    }
  }
  if end < bytes.count, isWordByte(bytes[end]) { return nil }
  let digits = groups.reduce(0, +)
  let isTelephone =
    switch groups {
    case _ where isInternational: (8...15).contains(digits)
    case [3, 3, 4], [1, 3, 3, 4], [3, 4], [10]: true
    case [2, 2, 2, 2, 2] where firstDigit == UInt8(ascii: "0"): true
    default: false
    }
  return isTelephone ? end : nil
}
