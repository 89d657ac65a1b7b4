public import JSONTree
public import ObjectModel

/// The official word on a subject, with its version.
public struct Statement: DocumentView {
  public static let kind: JSONString = "statement"
  public let value: JSONValue
  public init(_ value: JSONValue) { self.value = value }

  public enum Field: String, CaseIterable, Sendable {
    case topic = "/topic"
    case body = "/body"
    case version = "/version"
    case audience = "/audience"
    case supersedes = "/supersedes"
    case validFrom = "/validFrom"
    case validUntil = "/validUntil"
  }

  public var topic: String? { text(.topic) }
  public var body: String { text(.body) ?? "" }
  public var version: Int? { self[.version]?.count }
  public var audience: String? { text(.audience) }
  /// The statement it took the place of.
  public var supersedes: JSONString? { self[.supersedes]?.string }
  public var validFrom: String? { text(.validFrom) }
  public var validUntil: String? { text(.validUntil) }
}

/// A picture, a film, a sound: what it is and what we may do with it.
public struct Asset: DocumentView {
  public static let kind: JSONString = "asset"
  public let value: JSONValue
  public init(_ value: JSONValue) { self.value = value }

  public enum Field: String, CaseIterable, Sendable {
    case title = "/title"
    case altText = "/altText"
    case sha256 = "/sha256"
    case url = "/url"
    case file = "/file"
    case permission = "/permission"
    case permissionUntil = "/permissionUntil"
  }

  public enum Permission: String, CaseIterable, Sendable {
    case granted, asked, refused
    case notNeeded = "not-needed"
  }

  public var title: String? { text(.title) }
  public var altText: String? { text(.altText) }
  /// Where it is: in the workspace, else outside.
  public var place: String? { [text(.file), text(.url)].compactMap(\.self).first { !$0.utf8.isEmpty } }
  public var permission: Permission? { text(.permission).flatMap(Permission.init(rawValue:)) }
  public var permissionUntil: String? { text(.permissionUntil) }

  /// The file of the workspace that it names, if that is a path that one can have.
  public var path: WorkspacePath? { text(.file).flatMap { try? WorkspacePath($0) } }

  /// What its record says to tell the picture from others, by the field that says it best: its bytes, else where it is.
  public var picture: (field: JSONString, value: JSONString)? {
    let fields: [(JSONString, Field)] = [("sha256", .sha256), ("url", .url), ("file", .file)]
    return fields.lazy.compactMap { name, field in
      guard let value = self[field]?.string, !value.text.utf8.isEmpty else { return nil }
      return (name, value)
    }.first
  }
}

/// An effort that has a beginning and an end.
public struct Campaign: DocumentView {
  public static let kind: JSONString = "campaign"
  public let value: JSONValue
  public init(_ value: JSONValue) { self.value = value }

  public enum Field: String, CaseIterable, Sendable {
    case title = "/title"
    case start = "/start"
    case end = "/end"
    case milestones = "/milestones"
    case state = "/state"
  }

  public var title: String? { text(.title) }
  public var start: String? { text(.start) }
  public var end: String? { text(.end) }
  public var state: String? { text(.state) }
  public var milestones: [Milestone] { elements(.milestones).map(Milestone.init) }

  public struct Milestone: Hashable, Sendable {
    public let value: JSONValue

    public var id: JSONString? { value["id"]?.string }
    public var at: String? { value["at"]?.text }
    public var title: String? { value["title"]?.text }
  }
}

/// What a post leans on: an article, an interview, a document.
public struct Source: DocumentView {
  public static let kind: JSONString = "source"
  public let value: JSONValue
  public init(_ value: JSONValue) { self.value = value }

  public enum Field: String, CaseIterable, Sendable {
    case title = "/title"
    case nature = "/nature"
    case extract = "/extract"
    case consent = "/consent"
    case state = "/state"
  }

  public var title: String? { text(.title) }
  public var nature: String? { text(.nature) }
  public var extract: String? { text(.extract) }
  /// Whether the person who speaks in it said yes: `granted`, `asked`, `refused`.
  public var consent: String? { self[.consent]?["state"]?.text }
  public var state: String? { text(.state) }
}

/// A starting point for answers.
public struct SavedReply: DocumentView {
  public static let kind: JSONString = "saved-reply"
  public let value: JSONValue
  public init(_ value: JSONValue) { self.value = value }

  public enum Field: String, CaseIterable, Sendable {
    case title = "/title"
    case body = "/body"
    case version = "/version"
    case statement = "/statement"
  }

  public var title: String? { text(.title) }
  public var body: String { text(.body) ?? "" }
  public var version: Int? { self[.version]?.count }
  public var statement: JSONString? { self[.statement]?["id"]?.string }
  /// The version of the statement that it quotes.
  public var statementVersion: Int? { self[.statement]?["version"]?.count }
}
