public import JSONTree
public import ObjectModel
public import Wording

/// A change that a person made to a workspace.
public struct Version: Hashable, Sendable {
  /// The commit it is.
  public var id: ObjectID
  /// Who wrote it.
  public var by: Author
  /// When, by that person's clock.
  public var at: Moment
  /// The first paragraph of the message, on one line.
  public var subject: String
  /// The rest of the message, without empty lines around it.
  public var body: String
  /// What it changed, sorted by path; empty for a version that changed nothing.
  public var documents: [DocumentChange]

  /// What a commit says of itself, and what it changed.
  public init(id: ObjectID, commit: Commit, documents: [DocumentChange]) {
    self.id = id
    by = Author(commit.author)
    at = Moment(commit.author)
    (subject, body) = paragraphs(of: commit.message)
    self.documents = documents
  }
}

/// A person, as their commits name them. Nobody has checked it.
public struct Author: Hashable, Sendable {
  public var name: String
  public var email: String

  public init(name: String, email: String) {
    self.name = name
    self.email = email
  }

  public init(_ signature: Signature) { self.init(name: signature.name, email: signature.email) }

  /// Whether the name or the address holds these words, in capitals or not.
  public func matches(_ words: String) -> Bool {
    "\(name) <\(email)>".lowercased().contains(words.lowercased())
  }
}

extension Moment {
  public init(_ signature: Signature) {
    self.init(
      instant: Instant(secondsSince1970: Int(clamping: signature.time)),
      offset: UTCOffset(minutes: signature.offsetMinutes))
  }
}

/// Which versions of a history to list; what is `nil` does not matter.
public struct VersionFilter: Hashable, Sendable {
  /// Those that changed something at this place of a document or inside it, and only these changes of them.
  public var field: JSONPointer?
  /// Those of people whose name or address holds these words.
  public var author: String?
  /// Those not older than this, by the clocks of those who made them.
  public var since: Instant?
  /// At most so many, the newest.
  public var limit: Int?

  public init(
    field: JSONPointer? = nil, author: String? = nil, since: Instant? = nil, limit: Int? = nil
  ) {
    self.field = field
    self.author = author
    self.since = since
    self.limit = limit
  }

  public static let all = VersionFilter()

  /// What can be said without looking at documents.
  func admits(_ commit: Commit) -> Bool {
    if let author, !Author(commit.author).matches(author) { return false }
    if let since, Moment(commit.author).instant < since { return false }
    return true
  }
}

private func paragraphs(of message: String) -> (subject: String, body: String) {
  let isEmpty = { (line: Substring) in line.allSatisfy(\.isWhitespace) }
  let lines = message.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).drop(
    while: isEmpty)
  let subject = lines.prefix { !isEmpty($0) }
  var body = lines.dropFirst(subject.count).drop(while: isEmpty)
  while let last = body.last, isEmpty(last) { body.removeLast() }
  return (subject.map { trimmed($0) }.joined(separator: " "), body.joined(separator: "\n"))
}

private func trimmed(_ line: Substring) -> Substring {
  var line = line.drop(while: \.isWhitespace)
  while line.last?.isWhitespace == true { line.removeLast() }
  return line
}
