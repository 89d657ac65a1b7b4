import Documents
public import JSONTree
public import ObjectModel
import ThreeWayMerge
public import Wording

/// That somebody is asked to decide.
public struct ReviewRequest: Sendable {
  /// Who was asked, by id; nobody in particular where it is empty.
  public var reviewers: [JSONString]
  /// The comment that says what is asked; `nil` where nothing was said.
  public var comment: JSONString?
}

extension Workspace {
  /// Asks for a decision on a post or a reply: its state says so from now on, and whom; nothing is committed.
  ///
  /// - Parameters:
  ///   - people: Ids, addresses or names of members; added to those asked already.
  ///   - message: What is asked; becomes a comment on the document.
  /// - Throws: `WorkspaceError.notReviewable` for other kinds, of which everything waits that was decided about before;
  ///   `MemberError`.
  public func requestReview(
    of path: WorkspacePath, from people: [String], message: String?, by attribution: Attribution,
    random: inout some RandomNumberGenerator
  ) throws -> ReviewRequest {
    let document = try document(at: path)
    let kind = document["kind"]?.string
    guard kind == Post.kind || kind == Reply.kind else { throw WorkspaceError.notReviewable(path) }
    let asked = try people.map(member(named:))
    let step = kind == Post.kind ? "in-review" : "proposed"
    var reviewers = document["reviewers"]?.array?.compactMap(\.string) ?? []
    reviewers += asked.filter { !reviewers.contains($0) }
    if document["state"]?.text != step { try set(path, "/state", to: JSONValue(step), by: attribution) }
    if !asked.isEmpty, kind == Post.kind {
      try set(path, "/reviewers", to: .array(reviewers.map(JSONValue.string)), by: attribution)
    }
    var comment: JSONString?
    if let message, let id = document["id"] {
      let made = try makeDocument(
        kind: Comment.kind.text,
        DocumentWishes(fields: [
          ("/subject", id), ("/body", JSONValue(message)), ("/nature", "question"),
        ]), by: attribution, random: &random)
      comment = made.value["id"]?.string
    }
    return ReviewRequest(reviewers: kind == Post.kind ? reviewers : asked, comment: comment)
  }

  /// The member somebody means: by id, by address, or by a part of the name that only one has.
  public func member(named words: String) throws -> JSONString {
    guard let path = Self.teamPath, let bytes = try bytes(at: path),
      let value = try? JSONValue(parsing: bytes)
    else { throw MemberError.unknown(words, known: []) }
    let members = Team(value).members
    if let exact = members.first(where: { $0.id == JSONString(words) })?.id { return exact }
    if let addressee = Team(value).member(withEmail: words)?.id { return addressee }
    let part = words.lowercased()
    let matches = members.filter { $0.name?.lowercased().contains(part) ?? false }
    let names = (matches.isEmpty ? members : matches).compactMap { $0.id?.text }
    guard matches.count == 1, let id = matches[0].id else {
      throw matches.isEmpty ? MemberError.unknown(words, known: names) : .ambiguous(words, matches: names)
    }
    return id
  }
}

/// A person who was named and is not known.
public enum MemberError: Error, Hashable, Sendable {
  case unknown(String, known: [String])
  case ambiguous(String, matches: [String])
}

extension MemberError: ExplainedError {
  public var code: String {
    switch self {
    case .unknown: "unknown-member"
    case .ambiguous: "ambiguous-member"
    }
  }

  public var message: Sentence {
    switch self {
    case .unknown(let words, _):
      Sentence(
        fr: "Personne de l’équipe ne s’appelle \(Language.french.quoted(words)).",
        en: "Nobody of the team is called \(Language.english.quoted(words)).")
    case .ambiguous(let words, _):
      Sentence(
        fr: "Plusieurs personnes répondent à \(Language.french.quoted(words)).",
        en: "Several people answer to \(Language.english.quoted(words)).")
    }
  }

  public var hint: Sentence? {
    let names =
      switch self {
      case .unknown(_, let known): known
      case .ambiguous(_, let matches): matches
      }
    guard !names.isEmpty else { return nil }
    let listed = names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", …" : "")
    return Sentence(fr: "Les membres, par id : \(listed)", en: "The members, by id: \(listed)")
  }
}
