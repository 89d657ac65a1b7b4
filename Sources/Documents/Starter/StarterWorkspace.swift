public import JSONTree
public import ObjectModel
public import Wording

/// What a person says when they start a workspace.
public struct StarterWishes: Hashable, Sendable {
  public struct Channel: Hashable, Sendable {
    public var id: String
    public var platform: String
    public var handle: String

    public init(id: String, platform: String, handle: String) {
      (self.id, self.platform, self.handle) = (id, platform, handle)
    }
  }

  public var brand: String
  /// A BCP 47 tag; documents are in French for `fr…`, else in English.
  public var language = "fr-CA"
  public var timeZone = "America/Toronto"
  public var preset = WorkflowPreset.optional
  public var channels: [Channel] = []
  /// The first member of the team.
  public var authorName: String
  public var authorEmail: String?
  /// Without the starter line and crisis plan.
  public var isEmpty = false

  /// What a channel may be on at the start: the platforms whose limits are known, and two that have none.
  public static let platforms = (starterLimits.map(\.platform) + ["email", "web"]).sorted()

  public init(brand: String, authorName: String) {
    (self.brand, self.authorName) = (brand, authorName)
  }
}

/// The files a new workspace begins with, sorted by path.
///
/// The settings, the team with its first member, the channels, the limits of the platforms, every schema, and, unless
/// the wishes say otherwise, an editorial line and a crisis plan to adapt. The same arguments give the same bytes.
///
/// - Parameters:
///   - time: When it is made.
///   - offset: What the clocks show at that moment in the workspace's time zone.
///   - generator: Gives the random part of the ids.
/// - Throws: ``StarterError`` for a wish that a schema does not accept, such as a channel's id with a space.
public func starterFiles(
  _ wishes: StarterWishes, at time: Instant, offset: UTCOffset,
  using generator: inout some RandomNumberGenerator
) throws -> [(path: WorkspacePath, bytes: [UInt8])] {
  var files: [(path: WorkspacePath, bytes: [UInt8])] = [
    (try WorkspacePath(".gitattributes"), Array("*.json merge=ligne diff=ligne text eol=lf\n".utf8)),
    (try WorkspacePath(".gitignore"), Array(".DS_Store\nThumbs.db\n*~\n*.swp\n".utf8)),
    (
      try WorkspacePath(".vscode/settings.json"),
      editorSettings(for: SchemaSet.builtIn.kinds).canonicalForm
    ),
  ]
  for (kind, source) in BuiltInSchemas.sources {
    files.append((try WorkspacePath("schemas/\(kind).schema.json"), source.canonicalForm))
  }

  let author = wishes.memberID
  // Ids of one moment differ by their random part alone; they are made in this fixed order.
  for (kind, document) in starterDocuments(wishes, author: author) {
    guard let kind = SchemaSet.builtIn.kind(named: kind) else {
      preconditionFailure("no built-in kind \(kind)")
    }
    let milliseconds = UInt64(max(time.secondsSince1970, 0)) * 1000
    let creation = Creation(
      id: ULID(milliseconds: milliseconds, using: &generator), time: time, offset: offset, author: author,
      language: wishes.language, timeZone: wishes.timeZone)
    let (path, value) = try newDocument(of: kind, DocumentWishes(fields: document), creation)
    if let violation = kind.schema.violations(of: value).first {
      throw StarterError(kind: kind.name, violation: violation)
    }
    files.append((path, value.canonicalForm))
  }
  return files.sorted { $0.path < $1.path }
}

/// A wish for a new workspace that can't be met.
public struct StarterError: Error, Hashable, Sendable {
  /// The kind of document it would have stood in.
  public let kind: JSONString
  public let violation: SchemaViolation
}

extension StarterError: ExplainedError {
  public var code: String { "refused-value" }
  public var message: Sentence { violation.message }
  public var hint: Sentence? {
    let channel = Sentence(
      fr: "Un canal s’écrit id=plateforme:compte, l’id et la plateforme en minuscules et sans espace.",
      en: "A channel is written id=platform:handle, id and platform in lower case and without spaces.")
    return kind == Channels.kind ? channel : nil
  }
}

typealias StarterFields = [(pointer: JSONPointer, value: JSONValue)]

private func starterDocuments(
  _ wishes: StarterWishes, author: String
) -> [(kind: JSONString, fields: StarterFields)] {
  var documents: [(kind: JSONString, fields: StarterFields)] = [
    (
      "workspace",
      [
        ("/brand", JSONValue(wishes.brand)), ("/languages", [JSONValue(wishes.language)]),
        ("/timeZone", JSONValue(wishes.timeZone)),
        ("/workflow", ["preset": JSONValue(wishes.preset.rawValue)]),
      ]
    ),
    ("team", [("/members", [wishes.firstMember])]),
    ("channels", [("/channels", .array(wishes.channels.map(\.document)))]),
  ]
  documents += starterLimits.map { ("limits", $0.fields) }
  if !wishes.isEmpty {
    let isFrench = Language.isFrench(wishes.language)
    documents.append(("guideline", isFrench ? frenchGuideline : englishGuideline))
    let roster: JSONValue = ["holder": JSONValue(author)]
    documents.append(("crisis-plan", isFrench ? frenchCrisisPlan(roster) : englishCrisisPlan(roster)))
  }
  return documents
}

extension Language {
  /// Whether a BCP 47 tag names French of any country.
  fileprivate static func isFrench(_ tag: String) -> Bool {
    tag.utf8.prefix { $0 != UInt8(ascii: "-") }.elementsEqual("fr".utf8)
  }
}

extension StarterWishes {
  /// The author's id in the team: `ana-cote` for Ana Côté.
  public var memberID: String {
    let words = readableWords(of: authorName)
    return words.isEmpty ? (Language.isFrench(language) ? "membre" : "member") : words
  }

  fileprivate var firstMember: JSONValue {
    var member: JSONObject = [
      "id": JSONValue(memberID), "name": JSONValue(authorName),
      "rights": ["*": ["write", "answer", "approve", "publish", "manage"]],
    ]
    if let authorEmail, SchemaFormat.email.accepts(authorEmail) { member["email"] = JSONValue(authorEmail) }
    return .object(member)
  }
}

extension StarterWishes.Channel {
  fileprivate var document: JSONValue {
    [
      "id": JSONValue(id), "platform": JSONValue(platform), "handle": JSONValue(handle), "state": "active",
    ]
  }
}
