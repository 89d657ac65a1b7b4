/// A version of the workspace: what it held, what came before, who made it and why.
///
/// Every commit git itself accepts is read and written again byte for byte: headers Ligne does not know, signatures
/// and texts in other encodings are kept as they are.
public struct Commit: Hashable, Sendable {
  public var tree: ObjectID
  /// None for the first commit, several for a merge; their order is part of the commit.
  public var parents: [ObjectID]
  /// Who wrote the change.
  public var author: Signature
  /// Who recorded it.
  public var committer: Signature
  /// The header lines after the committer, such as `encoding` and `gpgsig`, each with its line end.
  public var extraHeaders: [UInt8]
  /// The message as it is stored, in the encoding the header names, UTF-8 if none does.
  public var messageBytes: [UInt8]
  /// Whether the empty line between headers and message is there; only commits of other tools lack it.
  private var hasSeparator = true

  public init(
    tree: ObjectID, parents: [ObjectID], author: Signature, committer: Signature, message: String,
    extraHeaders: [UInt8] = []
  ) {
    self.tree = tree
    self.parents = parents
    self.author = author
    self.committer = committer
    self.extraHeaders = extraHeaders
    self.messageBytes = Array(message.utf8)
  }

  /// The message as text.
  ///
  /// Bytes that are not UTF-8 are read as Latin 1 if the commit says so, else they show as U+FFFD.
  public var message: String {
    if let text = String(validating: messageBytes, as: UTF8.self) { return text }
    let encoding = header("encoding").map { String(decoding: $0, as: UTF8.self).uppercased() }
    if let encoding, ["ISO-8859-1", "ISO8859-1", "LATIN1", "LATIN-1"].contains(encoding) {
      return String(String.UnicodeScalarView(messageBytes.map { Unicode.Scalar($0) }))
    }
    return String(decoding: messageBytes, as: UTF8.self)
  }

  /// The value of an extra header, such as the signature in `gpgsig`, without the spaces that continue its lines.
  public func header(_ name: String) -> [UInt8]? {
    var value: [UInt8]?
    for line in extraHeaders.split(separator: lineEnd) {
      if value != nil {
        guard line.first == space else { return value }
        value?.append(lineEnd)
        value?.append(contentsOf: line.dropFirst())
      } else if line.starts(with: Array((name + " ").utf8)) {
        value = Array(line.dropFirst(name.utf8.count + 1))
      }
    }
    return value
  }

  /// The value of a trailer, such as `1` for `Ligne-Join: 1`.
  ///
  /// Trailers are the last paragraph of a message, if it is not the first one and holds nothing else; a line that
  /// begins with a space continues the one before. Names are compared without regard to ASCII case; of several
  /// trailers of one name the last one counts, as in git.
  public func trailer(_ name: String) -> String? {
    var lines = message.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    while let last = lines.last, trimmed(last).isEmpty { lines.removeLast() }
    guard let gap = lines.lastIndex(where: { trimmed($0).isEmpty }),
      lines[..<gap].contains(where: { !trimmed($0).isEmpty })
    else { return nil }
    var trailers: [(name: String, value: String)] = []
    for line in lines[(gap + 1)...] {
      if line.first?.isWhitespace == true, let last = trailers.indices.last {
        trailers[last].value += " " + trimmed(line)
      } else if let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
        line[..<colon].utf8.allSatisfy(isTokenByte)
      {
        let value = line[line.utf8.index(after: colon)...]
        trailers.append((line[..<colon].lowercased(), String(trimmed(value))))
      } else {
        return nil
      }
    }
    return trailers.last { $0.name == name.lowercased() }?.value
  }
}

/// Why bytes are not a commit.
public enum MalformedCommit: Error, Hashable, Sendable {
  /// The line of this header is missing, not at its place, or not readable.
  case header(String)
  /// The headers do not end in a line end.
  case truncated
}

extension Commit {
  /// Reads the content of a commit object.
  public init(decoding bytes: [UInt8]) throws(MalformedCommit) {
    var lines = HeaderLines(rest: bytes[...])
    guard let tree = lines.id(of: treeName) else { throw .header("tree") }
    var parents: [ObjectID] = []
    while lines.begins(with: parentName) {
      guard let parent = lines.id(of: parentName) else { throw .header("parent") }
      parents.append(parent)
    }
    guard let author = lines.value(of: authorName).flatMap(Signature.init(decoding:)) else {
      throw .header("author")
    }
    guard let committer = lines.value(of: committerName).flatMap(Signature.init(decoding:)) else {
      throw .header("committer")
    }
    let extra = lines.rest.startIndex
    while let first = lines.rest.first, first != lineEnd {
      guard lines.next() != nil else { throw .truncated }
    }
    self.tree = tree
    self.parents = parents
    self.author = author
    self.committer = committer
    extraHeaders = Array(bytes[extra..<lines.rest.startIndex])
    hasSeparator = !lines.rest.isEmpty
    messageBytes = Array(lines.rest.dropFirst())
  }

  /// The content of the commit object.
  public var encoded: [UInt8] {
    var bytes = Array("tree \(tree.hex)\n".utf8)
    for parent in parents { bytes += "parent \(parent.hex)\n".utf8 }
    bytes += Array("author ".utf8) + author.line
    bytes += Array("\ncommitter ".utf8) + committer.line
    bytes.append(lineEnd)
    bytes += extraHeaders
    if hasSeparator || !messageBytes.isEmpty { bytes.append(lineEnd) }
    return bytes + messageBytes
  }
}

private let space = UInt8(ascii: " ")
private let lineEnd = UInt8(ascii: "\n")

/// The headers of a commit, taken line by line.
private struct HeaderLines {
  var rest: ArraySlice<UInt8>

  /// The next line, without its end; `nil` if nothing ends it.
  mutating func next() -> ArraySlice<UInt8>? {
    guard let end = rest.firstIndex(of: lineEnd) else { return nil }
    defer { rest = rest[(end + 1)...] }
    return rest[..<end]
  }

  func begins(with name: [UInt8]) -> Bool {
    rest.starts(with: name) && rest.dropFirst(name.count).first == space
  }

  mutating func value(of name: [UInt8]) -> ArraySlice<UInt8>? {
    begins(with: name) ? next()?.dropFirst(name.count + 1) : nil
  }

  mutating func id(of name: [UInt8]) -> ObjectID? {
    // Capitals would not come back as they were.
    guard let value = value(of: name),
      !value.contains(where: (UInt8(ascii: "A")...UInt8(ascii: "F")).contains)
    else { return nil }
    return ObjectID(hexDigits: value)
  }
}

private let treeName = Array("tree".utf8)
private let parentName = Array("parent".utf8)
private let authorName = Array("author".utf8)
private let committerName = Array("committer".utf8)

private func trimmed(_ text: Substring) -> Substring {
  var text = text
  while text.first?.isWhitespace == true { text.removeFirst() }
  while text.last?.isWhitespace == true { text.removeLast() }
  return text
}

private func isTokenByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
    true
  default: false
  }
}
