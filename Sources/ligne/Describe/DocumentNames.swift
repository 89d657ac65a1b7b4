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
  /// What those say that only changed, and have no title.
  private var changed: [WorkspacePath: JSONValue] = [:]
  private let wording: FieldWording

  /// - Parameters:
  ///   - tree: Where those are read that have no title and only changed.
  ///   - clock: By which times are told, where it is going to be said what stands in fields and not only which they are.
  init(
    of changes: [DocumentChange], in workspace: Workspace, tree: ObjectID?,
    sayingValuesBy clock: ZonedClock? = nil
  ) throws {
    schemas = changes.isEmpty ? .builtIn : try workspace.schemas()
    for change in changes where !change.hasTitle && change.whole == nil && change.form == .document {
      // What can't be read is called by its path.
      guard let tree, changed[change.path] == nil else { continue }
      changed[change.path] = try? workspace.document(at: change.path, inTree: tree)
    }
    // The newest come first, where there are several versions.
    for change in changes where change.hasTitle {
      if let id = change.id, titles[id] == nil { titles[id] = change.title?.text }
    }
    let documents = changes.compactMap(\.whole) + changed.values
    let subjects = Swift.Set(documents.compactMap(Self.subject)).subtracting(titles.keys)
    titles.merge(try workspace.titles(of: subjects)) { own, _ in own }
    let changed = clock == nil ? [] : changes.filter { $0.whole == nil }
    wording = try FieldWording(
      schemas,
      saying: changed.flatMap { change in
        change.fields.flatMap { field in
          [field.from, field.to].compactMap(\.self).map { (change.kind, field.pointer, $0) }
        }
      }, by: clock, in: workspace)
  }

  /// The title of a document that came, went or changed, or what else it is called; its path where nothing says it.
  func label(of change: DocumentChange, in language: Language) -> String {
    if change.hasTitle, let title = change.title { return title.text }
    return (change.whole ?? changed[change.path]).flatMap(name)?.text(in: language) ?? change.path.text
  }

  /// For documents as they are.
  init(naming documents: [JSONValue], in workspace: Workspace) throws {
    schemas = try workspace.schemas()
    let subjects = documents.compactMap(Self.subject)
    if !subjects.isEmpty { titles = try workspace.titles(of: Swift.Set(subjects)) }
    wording = try FieldWording(schemas, saying: [], by: nil, in: workspace)
  }

  /// What the fields of a document that changed are called.
  func fields(of change: DocumentChange) -> FieldNames { wording[change.kind] }

  /// A document in a list: what became of it, what it is called, and where, or what in it.
  func row(of change: DocumentChange, in language: Language) -> [StyledText] {
    let label = label(of: change, in: language)
    return [
      StyledText(change.change.wording.text(in: language), change.change.style), StyledText(label),
      change.change != .changed
        ? StyledText(label == change.path.text ? "" : change.path.text, .quiet)
        : change.form == .document ? change.summary(saying: fields(of: change), in: language) : StyledText(),
    ]
  }

  /// The columns of such rows.
  static let columns = [
    Table.Column(title: ""), Table.Column(title: "", isFlexible: true),
    Table.Column(title: "", isFlexible: true),
  ]

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
        case .withdrawal: Sentence(fr: "retrait sur \(channel)", en: "withdrawn from \(channel)")
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
      if kind.placement.title != nil {
        let (french, english) = (kind.title.french.lowercased(), kind.title.english.lowercased())
        return own.map { Sentence(fr: $0, en: $0) }
          ?? Sentence(fr: "\(french) sans titre", en: "\(english) without a title")
      }
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
  fileprivate var hasTitle: Bool { title?.text.contains { !$0.isWhitespace } ?? false }

  /// What it says, of one that came or went.
  fileprivate var whole: JSONValue? {
    guard change == .added || change == .removed else { return nil }
    return fields.first { $0.pointer.steps.isEmpty }.flatMap { $0.to ?? $0.from }
  }
}
