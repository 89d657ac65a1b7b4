import Documents
import EditorialHistory
import EditorialReview
import JSONTree
import ObjectModel
import SyncEngine
import Wording

/// A comment in a list, with the names of people as the team knows them.
struct ListedComment {
  var comment: StandingComment
  var document: Document
  var names: [JSONString: String]
  /// Whether its document was deleted; `document` stands for it then.
  var isLeft = false
  /// Whether it answers another one in the list.
  var isAnswer = false

  var view: Comment { comment.comment }

  func name(_ document: Document) -> String {
    let person = document.value["createdBy"]?.string ?? "?"
    return names[person] ?? person.text
  }

  var author: String { name(comment.document) }

  var json: JSONObject {
    let place = comment.place
    var object: JSONObject = [
      "id": .string(comment.document.id), "path": JSONValue(comment.document.path.text),
      "subject": .string(document.id), "document": isLeft ? .null : JSONValue(document.path.text),
      "nature": JSONValue(view.nature.rawValue), "body": JSONValue(view.body), "by": JSONValue(author),
      "at": comment.document.value["createdAt"] ?? .null,
      "visibility": JSONValue(view.visibility ?? "internal"), "state": JSONValue(comment.state.rawValue),
      "place": JSONValue(place.standing.rawValue), "pointer": .null, "quote": .null, "words": .null,
      "start": .null,
    ]
    object["pointer"] = place.pointer.map { JSONValue($0.description) } ?? .null
    object["quote"] = place.quote.map { JSONValue($0) } ?? .null
    object["words"] = place.words.map { JSONValue($0) } ?? .null
    object["start"] = place.range.map { .number(JSONNumber($0.lowerBound)) } ?? .null
    object["replacement"] = view.replacement.map { JSONValue($0) }
    object["parent"] = view.parent.map { .string($0) }
    if !comment.settlements.isEmpty {
      object["settledBy"] = .array(comment.settlements.map { JSONValue(name($0)) })
      let words = comment.settlements.map { Comment($0.value).body }.filter { !$0.isEmpty }
      if !words.isEmpty { object["settledWith"] = .array(words.map { JSONValue($0) }) }
    }
    return object
  }
}

extension WrittenComment {
  var json: JSONValue {
    var object: JSONObject = [
      "id": JSONValue(id), "path": JSONValue(path.text), "document": JSONValue(subject.text),
      "nature": value["nature"] ?? .null,
    ]
    for key in ["pointer", "parent", "anchor"] as [JSONString] { object[key] = value[key] }
    return .object(object)
  }
}

extension Workspace {
  /// The comments of the folder by document and place, answers behind what they answer.
  ///
  /// - Parameters:
  ///   - path: Only those on this document.
  ///   - onlyOpen: Only conversations that wait for somebody.
  func listedComments(on path: WorkspacePath?, onlyOpen: Bool) throws -> [ListedComment] {
    let only = try path.map { try readableDocument(at: $0) }
    let comments = try comments(on: only?.id)
    let threads = CommentThreads(of: comments)
    let subjects = try only.map { [(document: $0, isLeft: false)] } ?? threads.subjects.map(subject)
    var names: [JSONString: String] = [:]
    for person in Set(comments.compactMap { $0.value["createdBy"]?.string }) {
      names[person] = try name(of: person)
    }
    return subjects.sorted { $0.document.path < $1.document.path }.flatMap { document, isLeft in
      threads.threads(on: document).filter { !onlyOpen || $0.isOpen }.flatMap { thread in
        ([thread.first] + thread.answers).enumerated().map { index, comment in
          ListedComment(
            comment: comment, document: document, names: names, isLeft: isLeft, isAnswer: index > 0)
        }
      }
    }
  }

  /// The document with this id; what is commented on and was deleted is known by its id alone.
  private func subject(_ id: JSONString) throws -> (document: Document, isLeft: Bool) {
    do {
      return (try readableDocument(at: findDocument(id.text)), false)
    } catch let error as WorkspaceError {
      guard let kind = try schemas().kind(named: Comment.kind) else { throw error }
      let path = try WorkspacePath("comments/\(id)")
      return (Document(path: path, value: ["id": .string(id)], kind: kind), true)
    }
  }
}

extension [ListedComment] {
  func described(
    onlyOpen: Bool, when: ClockWording, in language: Language
  ) -> Page {
    let first = filter { !$0.isAnswer }
    if isEmpty {
      return Page(
        StyledText(
          (onlyOpen
            ? Sentence(fr: "Aucun commentaire n’attend.", en: "No comment waits.")
            : Sentence(fr: "Aucun commentaire.", en: "No comments.")).text(in: language)))
    }
    let open = CountedNoun(fr: ("ouvert", "ouverts"), en: ("open", "open")).counted(
      first.count { $0.comment.isOpen })
    let count = CountedNoun.comments.counted(first.count)
    var page = Page(
      StyledText(
        Sentence(fr: "\(count.french), \(open.french)", en: "\(count.english), \(open.english)").text(
          in: language), .strong))
    var document: WorkspacePath?
    for listed in self {
      if listed.document.path != document {
        page.blank()
        page.line(
          listed.isLeft
            ? StyledText(
              Sentence(fr: "Un document qui n’est plus là", en: "A document that is not there any more").text(
                in: language), .attention)
            : StyledText(listed.document.title, .strong))
        page.line(StyledText(listed.document.path.text, .name))
        document = listed.document.path
      }
      page.add(listed, when: when, in: language)
    }
    if contains(where: { $0.comment.isOpen }) {
      page.next = Sentence(
        fr: "« ligne comment accept ID » prend une suggestion, « ligne comment resolve ID » règle le reste.",
        en: "“ligne comment accept ID” takes a suggestion, “ligne comment resolve ID” settles the rest.")
    }
    return page
  }
}

extension Page {
  fileprivate mutating func add(
    _ listed: ListedComment, when: ClockWording, in language: Language
  ) {
    let indent = listed.isAnswer ? 4 : 2
    if !listed.isAnswer {
      blank()
      line(listed.place(in: language), indent: indent)
    }
    var head: StyledText = "\(listed.author, .strong)"
    if let stamp = listed.comment.document.value["createdAt"]?.text,
      let (instant, offset) = Instant.parse(rfc3339: stamp)
    {
      head += ", " + StyledText(when(Moment(instant: instant, offset: offset)), .quiet)
    }
    head += "  " + StyledText(listed.comment.document.id.text, .name)
    if let settled = listed.settled(in: language) { head += "  " + StyledText(settled, .good) }
    line(head, indent: indent)
    if let suggestion = listed.suggestion(in: language) { line(suggestion, indent: indent + 2) }
    if !listed.view.body.isEmpty { quote(listed.view.body, indent: indent + 2) }
    for settlement in listed.comment.settlements {
      let words = Comment(settlement.value).body
      if words.isEmpty { continue }
      line(StyledText(listed.name(settlement), .strong), indent: indent + 2)
      quote(words, indent: indent + 4)
    }
  }
}

extension ListedComment {
  /// Where it belongs, in words: the field, the words, and what became of them.
  func place(in language: Language) -> StyledText {
    let place = comment.place
    guard let pointer = place.pointer else {
      return StyledText(
        Sentence(fr: "tout le document", en: "the whole document").text(in: language), .quiet)
    }
    var line = StyledText(pointer.description, .quiet)
    if let quote = place.quote { line += "  " + StyledText(language.quoted(quote)) }
    switch place.standing {
    case .exact, .moved: break
    case .changed:
      let now = language.quoted(place.words ?? "")
      line +=
        "  "
        + StyledText(
          Sentence(fr: "on y lit maintenant \(now)", en: "it now reads \(now)").text(in: language), .attention
        )
    case .orphaned:
      line +=
        "  "
        + StyledText(
          (place.quote == nil
            ? Sentence(fr: "ce champ n’est plus là", en: "this field is gone")
            : Sentence(fr: "ces mots ne sont plus là", en: "these words are gone")).text(in: language),
          .attention)
    }
    return line
  }

  func suggestion(in language: Language) -> StyledText? {
    guard view.nature == .suggestion, let replacement = view.replacement else { return nil }
    if replacement.isEmpty {
      return StyledText(
        Sentence(fr: "propose de les enlever", en: "suggests taking them out").text(in: language), .quiet)
    }
    return StyledText(Sentence(fr: "propose ", en: "suggests ").text(in: language), .quiet)
      + StyledText(replacement, .inserted)
  }

  /// Who settled it, and how; `nil` for an open one.
  func settled(in language: Language) -> String? {
    let people = language.listing(comment.settlements.map(name))
    return switch comment.state {
    case .open: nil
    case .accepted: Sentence(fr: "acceptée par \(people)", en: "accepted by \(people)").text(in: language)
    case .resolved: Sentence(fr: "réglé par \(people)", en: "resolved by \(people)").text(in: language)
    }
  }

  /// In one line, beside the place it belongs to.
  func line(in language: Language) -> StyledText {
    var line = StyledText(author, .strong)
    if let quote = comment.place.quote {
      line += StyledText(
        Sentence(fr: " sur \(language.quoted(quote))", en: " on \(language.quoted(quote))").text(in: language)
      )
    }
    if comment.place.quote != nil, !comment.place.standing.holdsWords {
      line += StyledText(
        Sentence(fr: " (a changé)", en: " (has changed)").text(in: language), .attention)
    }
    line += StyledText(language == .french ? "\u{A0}: " : ": ")
    if let suggestion = suggestion(in: language) { line += suggestion + (view.body.isEmpty ? "" : "  ") }
    return line + StyledText(view.body) + "  " + StyledText(comment.document.id.text, .name)
  }
}

extension CountedNoun {
  static let comments = CountedNoun(fr: ("commentaire", "commentaires"), en: ("comment", "comments"))
}
