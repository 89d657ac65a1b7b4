public import Documents
import EditorialReview
public import JSONTree
public import ObjectModel
import ThreeWayMerge
import Wording

/// What a person wants to say about a document.
public struct CommentWish: Sendable {
  /// The document, or a comment on it to answer.
  public var subject: WorkspacePath
  public var pointer: JSONPointer?
  public var quote: String?
  /// Which of several places with the quoted words, from 1.
  public var occurrence: Int?
  public var body: String
  public var isQuestion = false
  /// What to write in the place of the quote; the empty text takes it out.
  public var replacement: String?
  /// The comment it answers: a path, an id, or a unique part of an id.
  public var parent: String?
  /// `internal` or `client`; `nil` for what the schema starts with.
  public var visibility: String?

  public init(
    on subject: WorkspacePath, at pointer: JSONPointer? = nil, quoting quote: String? = nil,
    occurrence: Int? = nil, body: String
  ) {
    (self.subject, self.pointer, self.quote) = (subject, pointer, quote)
    (self.occurrence, self.body) = (occurrence, body)
  }
}

/// A record of somebody's words that was just written.
public struct WrittenComment: Sendable {
  public var path: WorkspacePath
  public var value: JSONValue
  /// The document it is about.
  public var subject: WorkspacePath

  public var id: String { value["id"]?.text ?? "" }
}

extension Workspace {
  /// Writes a comment into the folder; nothing is committed.
  ///
  /// - Throws: `CommentError` where it is not clear which words are meant, or nothing is said.
  public func comment(
    _ wish: CommentWish, by attribution: Attribution, random: inout some RandomNumberGenerator
  ) throws -> WrittenComment {
    var document = try readableDocument(at: wish.subject)
    var parent = try wish.parent.map { try commentDocument($0) }
    if document.kind.name == Comment.kind {
      parent = document
      document = try subject(of: document)
    }
    if let parent, Comment(parent.value).subject != document.id {
      throw CommentError.answersAnotherDocument(parent: parent.id.text)
    }
    let target = try CommentTarget(
      in: document, at: wish.pointer, quoting: wish.quote, occurrence: wish.occurrence)
    if wish.replacement != nil, target.anchor == nil { throw CommentError.nothingToReplace }
    guard wish.replacement != nil || wish.body.contains(where: { !$0.isWhitespace }) else {
      throw CommentError.noWords
    }
    let nature: Comment.Nature =
      wish.replacement != nil ? .suggestion : wish.isQuestion ? .question : .note
    var fields = Self.fields(of: nature, on: document, target, body: wish.body)
    if let replacement = wish.replacement { fields.append(("/replacement", JSONValue(replacement))) }
    if let parent { fields.append(("/parent", .string(parent.id))) }
    if let visibility = wish.visibility { fields.append(("/visibility", JSONValue(visibility))) }
    let made = try makeDocument(
      kind: "comment", DocumentWishes(fields: fields), by: attribution, random: &random)
    return WrittenComment(path: made.path, value: made.value, subject: document.path)
  }

  /// Writes what a suggestion suggests into its document, and that somebody did; both or neither, uncommitted.
  ///
  /// - Parameter words: The comment: a path, an id, or a unique part of an id.
  /// - Throws: `CommentError` for what is no open suggestion, and where its words are not there any more.
  public func acceptSuggestion(
    _ words: String, by attribution: Attribution, random: inout some RandomNumberGenerator
  ) throws -> WrittenComment {
    let suggestion = try openComment(words)
    let comment = Comment(suggestion.value)
    guard comment.nature == .suggestion, let replacement = comment.replacement else {
      throw CommentError.notASuggestion(suggestion.id.text)
    }
    let path = try subject(of: suggestion).path
    guard let bytes = try bytes(at: path) else { throw CommentError.subjectGone }
    var document = try readableDocument(at: path, bytes)
    let place = comment.place(in: document)
    guard place.standing.holdsWords, let pointer = place.pointer, let range = place.range,
      let text = place.text(replacingWordsWith: replacement)
    else {
      let quote = place.quote ?? ""
      throw place.words.map { CommentError.wordsChanged(quote: quote, now: $0) } ?? .wordsGone(quote: quote)
    }
    var value = document.value
    do throws(JSONEditError) {
      let rule = document.kind.mergeRule
      try value.set(JSONValue(text), at: pointer, keyField: { rule.keyField(at: $0) })
    } catch {
      throw CommentError.noSuchField(pointer)
    }
    document = Document(path: path, value: value, kind: document.kind)
    var target = try CommentTarget(in: document, at: pointer, quoting: nil)
    let end = range.lowerBound + replacement.unicodeScalars.count
    if end > range.lowerBound { target.anchor = CommentAnchor(range: range.lowerBound..<end, in: text) }
    let fields = Self.fields(of: .acceptance, on: document, target, body: "")
    let made = try unwrittenDocument(
      kind: "comment", DocumentWishes(fields: fields + [("/parent", .string(suggestion.id))]),
      by: attribution, random: &random)
    try write(
      [
        Edit(path: path, value: value, basis: .reading(try objects.write(blob: bytes))),
        Edit(path: made.path, value: made.value, basis: .reading(nil)),
      ], for: "comment", by: attribution)
    return WrittenComment(path: made.path, value: made.value, subject: path)
  }

  /// Writes down that a comment needs nobody any more, and how its passage reads now; nothing is committed.
  ///
  /// - Throws: `CommentError` for what is no open comment.
  public func resolveComment(
    _ words: String, body: String, by attribution: Attribution, random: inout some RandomNumberGenerator
  ) throws -> WrittenComment {
    let document = try openComment(words)
    let subject = try subject(of: document)
    let place = Comment(document.value).place(in: subject)
    var target = try CommentTarget(in: subject, at: nil, quoting: nil)
    if place.standing != .orphaned { target.pointer = place.pointer }
    if let text = place.text, let range = place.range, !range.isEmpty {
      target.anchor = CommentAnchor(range: range, in: text)
    }
    let fields = Self.fields(of: .resolution, on: subject, target, body: body)
    let made = try makeDocument(
      kind: "comment", DocumentWishes(fields: fields + [("/parent", .string(document.id))]), by: attribution,
      random: &random)
    return WrittenComment(path: made.path, value: made.value, subject: subject.path)
  }

  private static func fields(
    of nature: Comment.Nature, on document: Document, _ target: CommentTarget, body: String
  ) -> [(pointer: JSONPointer, value: JSONValue)] {
    var fields: [(pointer: JSONPointer, value: JSONValue)] = [
      ("/subject", .string(document.id)), ("/nature", JSONValue(nature.rawValue)), ("/body", JSONValue(body)),
    ]
    if let pointer = target.pointer { fields.append(("/pointer", JSONValue(pointer.description))) }
    if let anchor = target.anchor { fields.append(("/anchor", anchor.value)) }
    return fields
  }
}

// MARK: - Reading

extension Workspace {
  /// Every comment of the folder that can be read, by path.
  ///
  /// - Parameter subject: Only those on the document with this id.
  public func comments(on subject: JSONString? = nil) throws -> [Document] {
    let schemas = try schemas()
    let paths: [WorkspacePath]
    if let subject {
      // Where it has no folder of its own, there are none.
      guard let folder = try? WorkspacePath("comments/" + subject.text) else { return [] }
      paths = try smallFolder(folder).files.keys.filter { $0.isDocument && $0.isInside(folder) }.sorted()
    } else {
      let folder = try WorkspacePath("comments")
      paths = try documentPaths().filter { $0.isInside(folder) }
    }
    return try paths.compactMap { path in
      guard let bytes = try bytes(at: path) else { return nil }
      // What can't be read is named by `status`.
      return try? Document.recognize(path, bytes, schemas: schemas).get()
    }
  }

  /// The team's name for a person of a record, else what the record says.
  public func name(of person: JSONString) throws -> String {
    guard let bytes = try bytes(at: WorkspacePath("team.json")), let value = try? JSONValue(parsing: bytes)
    else { return person.text }
    return Team(value).member(person)?.name ?? person.text
  }

  /// A document of a known kind as it stands in the folder.
  ///
  /// - Throws: `WorkspaceError.problem`; `.deletedDocument` where there is no such file.
  public func readableDocument(at path: WorkspacePath) throws -> Document {
    guard let bytes = try bytes(at: path) else { throw WorkspaceError.deletedDocument(path) }
    return try readableDocument(at: path, bytes)
  }

  func readableDocument(at path: WorkspacePath, _ bytes: [UInt8]) throws -> Document {
    let schemas = try schemas()
    do throws(DocumentProblem) {
      return try Document.recognize(path, bytes, schemas: schemas).get()
    } catch {
      throw WorkspaceError.problem(error)
    }
  }

  private func commentDocument(_ words: String) throws -> Document {
    let path: WorkspacePath
    do {
      path = try findDocument(words)
    } catch WorkspaceError.unknownDocument {
      throw CommentError.notAComment(words)
    }
    let document = try readableDocument(at: path)
    guard document.kind.name == Comment.kind, !Comment(document.value).nature.settles else {
      throw CommentError.notAComment(words)
    }
    return document
  }

  private func openComment(_ words: String) throws -> Document {
    let document = try commentDocument(words)
    let threads = CommentThreads(of: try comments(on: Comment(document.value).subject))
    if let settlement = threads.settlements(of: document.id).first {
      let person = try settlement.value["createdBy"]?.string.map { try name(of: $0) }
      throw CommentError.settled(Comment(settlement.value).nature, by: person ?? "?")
    }
    return document
  }

  private func subject(of comment: Document) throws -> Document {
    guard let id = Comment(comment.value).subject else { throw CommentError.subjectGone }
    do {
      return try readableDocument(at: findDocument(id.text))
    } catch WorkspaceError.unknownDocument, WorkspaceError.deletedDocument {
      throw CommentError.subjectGone
    }
  }
}
