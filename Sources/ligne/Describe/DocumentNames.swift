import Documents
import EditorialHistory
import EditorialReview
import JSONTree
import ObjectModel
import SyncEngine
import ThreeWayMerge
import Wording

/// What documents are called where several are listed.
///
/// Most have a title. What was decided, noted or answered has none: it is called by what it is, and by the title of the
/// document it is about.
struct DocumentNames {
  private let schemas: SchemaSet
  /// Titles by id.
  private var titles: [JSONString: String] = [:]

  /// - Parameter documents: Those that will be named.
  init(of documents: [JSONValue], in workspace: Workspace) throws {
    schemas = documents.isEmpty ? .builtIn : try workspace.schemas()
    for document in documents {
      if let id = document["id"]?.string, let title = document["title"]?.text { titles[id] = title }
    }
    let subjects = Swift.Set(documents.compactMap(Self.subject)).subtracting(titles.keys)
    titles.merge(try workspace.titles(of: subjects)) { own, _ in own }
  }

  init(of changes: [DocumentChange], in workspace: Workspace) throws {
    try self.init(of: changes.compactMap(\.whole), in: workspace)
  }

  /// What the documents at some paths of a version are called, where they have a name besides their path.
  static func labels(
    of paths: some Sequence<WorkspacePath>, in version: ObjectID, of workspace: Workspace, _ language: Language
  ) throws -> [WorkspacePath: String] {
    let tree = try workspace.objects.commit(version).tree
    var documents: [(path: WorkspacePath, value: JSONValue)] = []
    for path in paths where path.isDocument {
      // What is gone, or can't be read, is called by its path.
      if let value = try? workspace.document(at: path, inTree: tree) { documents.append((path, value)) }
    }
    let names = try DocumentNames(of: documents.map(\.value), in: workspace)
    return Dictionary(
      uniqueKeysWithValues: documents.compactMap { path, value in
        names.name(of: value).map { (path, $0.text(in: language)) }
      })
  }

  /// The title of a document that came, went or changed, or what else it is called; its path where nothing says it.
  func label(of change: DocumentChange, in language: Language) -> String {
    change.title?.text ?? change.whole.flatMap(name)?.text(in: language) ?? change.path.text
  }

  /// The text of a document that came or went; `nil` where it has none.
  func text(of change: DocumentChange) -> String? {
    change.whole.flatMap { document in
      schemas.kind(of: document)?.placement.body.flatMap { document.value(at: $0)?.text }
    }
  }

  /// What a document is called; `nil` where nothing in it says it.
  func name(of document: JSONValue) -> Sentence? {
    guard let kind = schemas.kind(of: document) else { return nil }
    let about = Self.subject(of: document).flatMap { titles[$0] }
    switch kind.name {
    case Review.kind:
      return Review(document).verdict.map { Self.phrase($0.wording, about) }
    case Publication.kind:
      let publication = Publication(document)
      let channel = publication.channel?.text ?? "?"
      let what =
        switch publication.nature {
        case .publication: Sentence(fr: "sortie sur \(channel)", en: "out on \(channel)")
        case .correction: Sentence(fr: "correction sur \(channel)", en: "correction on \(channel)")
        case .withdrawal: Sentence(fr: "retrait de \(channel)", en: "withdrawn from \(channel)")
        }
      return Self.phrase(what, about)
    case Comment.kind:
      let comment = Comment(document)
      let what =
        switch comment.nature {
        case .note, .question: Sentence(fr: "commentaire", en: "comment")
        case .suggestion: Sentence(fr: "suggestion", en: "suggestion")
        case .acceptance: Sentence(fr: "suggestion acceptée", en: "suggestion accepted")
        case .resolution: Sentence(fr: "commentaire réglé", en: "comment resolved")
        }
      return Self.phrase(what, [about, kind.title(of: document)].compactMap(\.self).joined(separator: " – "))
    case Conversation.kind: return Self.phrase(Self.inSentence(kind.title), Conversation(document).beginning)
    default:
      let own = kind.title(of: document)
      // What has a title needs no word for what it is.
      if kind.placement.title != nil { return own.map { Sentence(fr: $0, en: $0) } }
      return Self.phrase(Self.inSentence(kind.title), about ?? own)
    }
  }

  private static func phrase(_ what: Sentence, _ about: String?) -> Sentence {
    guard let about, !about.isEmpty else { return what }
    let short = about.count <= 60 ? about : about.prefix(59) + "…"
    return Sentence(fr: "\(what.french) : \(short)", en: "\(what.english): \(short)")
  }

  private static func inSentence(_ title: Sentence) -> Sentence {
    Sentence(fr: title.french.lowercased(), en: title.english.lowercased())
  }

  /// The id of the document that another one is about.
  private static func subject(of document: JSONValue) -> JSONString? {
    switch document["kind"]?.string {
    case Review.kind, Comment.kind, Metrics.kind: document["subject"]?.string
    case Publication.kind: document["post"]?.string
    case "ack": document["guideline"]?.string
    default: nil
    }
  }
}

extension DocumentChange {
  /// What it says, of one that came or went.
  fileprivate var whole: JSONValue? {
    guard change == .added || change == .removed else { return nil }
    return fields.first { $0.pointer.steps.isEmpty }.flatMap { $0.to ?? $0.from }
  }
}
