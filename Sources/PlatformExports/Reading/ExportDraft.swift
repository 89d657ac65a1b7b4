import JSONTree
import Wording

/// What was read so far, before it is known who is who and what answers what.
struct ExportDraft {
  /// One thing somebody wrote.
  struct Item {
    var externalId: String
    /// Whether the platform names it by its time only, so that two things may have one name.
    var isNamedByTime = false
    /// What the platform calls the conversation; `nil` where only `inReplyTo` tells.
    var conversation: String?
    var nature = PlatformConversation.Nature.comment
    /// Whether it stands in public, so that a text of ours which answers nobody is a post.
    var isPublic: Bool
    var isRelay = false
    /// The name people see.
    var author: String?
    /// What the platform calls its author.
    var authorId: String?
    /// What the platform calls the author of what it answers.
    var answersAuthor: String?
    var at: Instant
    var text: String
    var inReplyTo: String?
    var permalink: String?
    var language: String?
    var editedAt: Instant?
    var deletedAt: Instant?
    var source = JSONObject()
  }

  var items: [Item] = []
  /// Names and ids by which the export itself calls the account it belongs to.
  var ownNames: Set<JSONString> = []
  var skipped: [SkippedItem] = []
  var remarks: [ExportRemark] = []
  var mendedFiles = 0

  /// Reads the elements of a list one by one; one that can't be read is named, and the others are read.
  mutating func readElements(
    of list: RawJSON, in file: ExportFile,
    mending mend: ((JSONValue) -> JSONValue)? = nil,
    _ read: (JSONObject, inout ExportDraft) throws(UnreadableItem) -> Void
  ) {
    var lines = LineCounter(list.bytes)
    let parts = list.parts()
    for (index, part) in parts.parts.enumerated() {
      let item = "no\u{A0}\(index + 1)"
      do {
        let value = try list.part(part).value()
        guard let object = (mend?(value) ?? value).object else {
          skip(file, lines.line(at: part.range.lowerBound), item, .unknownShape)
          continue
        }
        do throws(UnreadableItem) {
          try read(object, &self)
        } catch {
          skip(file, lines.line(at: part.range.lowerBound), error.item ?? item, error.reason)
        }
      } catch {
        let line = lines.line(at: part.range.lowerBound) + error.position.line - 1
        skip(file, line, item, .syntax(error.reason.movedDown(by: lines.line(at: part.range.lowerBound) - 1)))
      }
    }
    if let place = parts.brokenAt { skip(file, lines.line(at: place), nil, .cutOff) }
  }

  mutating func skip(
    _ file: ExportFile, _ line: Int?, _ item: String?, _ reason: SkippedItem.Reason
  ) {
    skipped.append(SkippedItem(file: file.path, line: line, item: item, reason))
  }

  mutating func add(_ item: Item) throws(UnreadableItem) {
    guard !item.externalId.isEmpty else { throw UnreadableItem(.field("id")) }
    guard item.text.utf8.count <= Self.longestText, item.externalId.utf8.count <= Self.longestID else {
      throw UnreadableItem(.tooLong, item: item.externalId.utf8.count > 64 ? nil : item.externalId)
    }
    var item = item
    // What is no address is kept among what else the export says.
    if let address = item.permalink, !isAddress(address) {
      item.source["url"] = JSONValue(address)
      item.permalink = nil
    }
    items.append(item)
  }

  /// Whether a text can be the address of a page.
  ///
  /// Source: RFC 3986, appendix C, and RFC 3987: these characters stand in none.
  private func isAddress(_ text: String) -> Bool {
    (text.hasPrefix("https://") || text.hasPrefix("http://"))
      && text.unicodeScalars.allSatisfy { $0.value > 0x20 && !"<>\"{}|\\^`".unicodeScalars.contains($0) }
  }

  /// In bytes: more than the longest article of any platform.
  private static let longestText = 256 << 10
  private static let longestID = 2048
}

/// Why one thing of an export could not be read.
struct UnreadableItem: Error {
  var reason: SkippedItem.Reason
  var item: String?

  init(_ reason: SkippedItem.Reason, item: String? = nil) { (self.reason, self.item) = (reason, item) }
}

extension JSONSyntaxError.Reason {
  /// The same of a part that begins so many lines further down in its file.
  func movedDown(by lines: Int) -> Self {
    func moved(_ place: SourcePosition) -> SourcePosition {
      SourcePosition(line: place.line + lines, column: place.column, offset: place.offset)
    }
    return switch self {
    case .unexpectedEnd(let expected, let opened):
      .unexpectedEnd(expected: expected, opened: opened.map(moved))
    case .wrongClosingBracket(let container, let opened):
      .wrongClosingBracket(of: container, opened: moved(opened))
    default: self
    }
  }
}

extension JSONObject {
  /// The members that were not taken over into fields of ours.
  func without(_ keys: Set<JSONString>) -> JSONObject {
    JSONObject(uniqueMembers: members.filter { !keys.contains($0.key) })
  }

  /// A text that has to be there.
  func text(_ key: JSONString) throws(UnreadableItem) -> String {
    guard let text = self[key]?.text else { throw UnreadableItem(.field(key.text), item: self["id"]?.text) }
    return text
  }

  /// An identifier, which some exports write as a number.
  func identifier(_ key: JSONString) -> String? {
    guard let value = self[key] else { return nil }
    let text = value.text ?? value.number?.text
    return text.flatMap { $0.isEmpty ? nil : $0 }
  }

  func list(_ key: JSONString) -> [JSONObject] { self[key]?.array?.compactMap(\.object) ?? [] }
}
