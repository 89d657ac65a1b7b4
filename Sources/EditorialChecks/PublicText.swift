public import Documents
import JSONTree

/// The text of a post as the public reads it on one channel.
struct PublicText {
  var text: String
  /// How much of it, from its beginning, is the body somebody wrote; in Unicode code points.
  var bodyLength: Int
  /// The place of that body in the post.
  var pointer: JSONPointer
}

/// The text of a post as the public reads it on one channel: what is counted, and what is pasted.
///
/// The body, then the links with their parameters and the hashtags that do not stand in it yet, each group after an empty
/// line.
public func publicText(of post: Post, as variant: Post.Variant) -> String {
  post.publicText(of: variant).text
}

extension Post {
  /// The body, then the links and the hashtags that do not stand in it yet.
  ///
  /// Links stand on lines of their own, hashtags together on one, each group after an empty line.
  func publicText(of variant: Variant) -> PublicText {
    let body = variant.text(ofPost: self.body)
    let pointer: JSONPointer =
      variant.diverges ? JSONPointer([.key("variants"), .key(variant.channel), .key("body")]) : "/body"
    let scalars = body.scalars
    let signs = SignsPresent(scalars)
    func stands(_ words: String) -> Bool {
      words.unicodeScalars.allSatisfy(signs.mayHold) && holds(scalars, words)
    }
    let added = [
      links.compactMap(publicAddress).filter { !stands($0) }.joined(separator: "\n"),
      hashtags.map { "#\($0)" }.filter { !stands($0) }.joined(separator: " "),
    ]
    let parts = ([body] + added).filter { !$0.isEmpty }
    return PublicText(
      text: parts.joined(separator: "\n\n"), bodyLength: scalars.count, pointer: pointer)
  }
}

/// The address of a link with the parameters that tell where people came from: `utm_source=…`.
private func publicAddress(_ link: JSONValue) -> String? {
  guard let url = link["url"]?.text else { return nil }
  let parameters = (link["utm"]?.object?.sortedByKey().members ?? []).compactMap { member in
    member.value.text.map { "utm_\(encoded(member.key.text))=\(encoded($0))" }
  }
  guard !parameters.isEmpty else { return url }
  let fragment = url.firstIndex(of: "#") ?? url.endIndex
  let address = url[..<fragment]
  let joint = !address.contains("?") ? "?" : address.hasSuffix("?") || address.hasSuffix("&") ? "" : "&"
  return address + joint + parameters.joined(separator: "&") + url[fragment...]
}

/// Source: RFC 3986, sections 2.1 and 2.3.
private func encoded(_ text: String) -> String {
  if text.utf8.allSatisfy(isUnreserved) { return text }
  return text.utf8.reduce(into: "") { result, byte in
    if isUnreserved(byte) {
      result.unicodeScalars.append(Unicode.Scalar(byte))
    } else {
      let digits = String(byte, radix: 16, uppercase: true)
      result += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
    }
  }
}

private func isUnreserved(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
    UInt8(ascii: "~"):
    true
  default: false
  }
}

/// Whether `words` stand in a text and no letter or digit follows them: `#Mai` does not stand in `#Maison`.
private func holds(_ text: [Unicode.Scalar], _ words: String) -> Bool {
  let words = words.scalars
  guard !words.isEmpty, words.count <= text.count else { return words.isEmpty }
  return (0...(text.count - words.count)).contains { start in
    guard text[start] == words[0], text[start..<(start + words.count)].elementsEqual(words) else {
      return false
    }
    let end = start + words.count
    return end == text.count
      || !(text[end].properties.isAlphabetic || text[end].properties.numericType != nil)
  }
}
