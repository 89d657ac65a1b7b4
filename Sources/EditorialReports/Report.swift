public import Documents
public import EditorialHistory
public import EditorialReview
public import JSONTree
public import ObjectModel
public import Wording

/// What a report is made of: a workspace at a moment.
public struct ReportSource: Sendable {
  public var documents: DocumentCollection
  /// What is to be settled, by document.
  public var conflicts: [WorkspacePath: [Settlement]]
  /// Newest first.
  public var versions: [Version]
  /// What the folder has and no version does.
  public var uncommitted: [DocumentChange]
  /// Whose words these are and whose yes counts; `nil` where the history is not known.
  public var provenance: Provenance?
  /// The clocks by which times are told, at the moment of the report. Whose they are is said once on each page.
  public let clock: ZonedClock

  public var now: Instant { clock.now }

  /// A place where two people changed the same thing.
  public struct Settlement: Hashable, Sendable {
    public var pointer: JSONPointer
    /// What a person may choose.
    public var candidates: [Candidate]
    /// Which of them the document shows, from 0.
    public var shown: Int

    public init(at pointer: JSONPointer, shown: Int, candidates: [Candidate]) {
      (self.pointer, self.shown, self.candidates) = (pointer, shown, candidates)
    }
  }

  public struct Candidate: Hashable, Sendable {
    /// `nil` where it is that nothing stands there.
    public var value: JSONValue?
    /// Who wrote it; `nil` where nobody knows.
    public var by: String?

    public init(_ value: JSONValue?, by person: String?) { (self.value, by) = (value, person) }
  }

  public init(
    documents: DocumentCollection, conflicts: [WorkspacePath: [Settlement]], versions: [Version],
    uncommitted: [DocumentChange], provenance: Provenance? = nil, clock: ZonedClock
  ) {
    (self.documents, self.conflicts, self.versions) = (documents, conflicts, versions)
    (self.uncommitted, self.clock) = (uncommitted, clock.withoutPlaces)
    self.provenance = provenance
  }
}

/// Pages about a workspace for people who read in a browser or on paper.
///
/// A pure function of the source and the language: the same workspace at the same moment gives the same bytes. Pages
/// hold no script and lead nowhere outside the report; all text of people passes the gate of ``HTML``.
public struct Report: Sendable {
  public let language: Language
  let source: ReportSource
  let states: EditorialStates
  let threads: CommentThreads
  let brand: String
  /// Of texts that do not say their own; a BCP 47 tag.
  let textLanguage: String
  private let team: Team?
  private let pages: [WorkspacePath: PageName]
  /// Which versions changed a document: places in the list of versions and of their documents.
  private let changes: [JSONString: [(version: Int, document: Int)]]
  /// Whether the page is read without the others.
  var isAlone = false

  public init(_ source: ReportSource, in language: Language) {
    (self.source, self.language) = (source, language)
    let documents = source.documents
    let conflicted = documents.all.filter { source.conflicts[$0.path] != nil }.map(\.id)
    states = EditorialStates(
      of: documents, at: source.now, conflicted: Set(conflicted), provenance: source.provenance)
    threads = CommentThreads(of: documents.documents(of: Comment.kind))
    team = documents.single(Team.self)
    let settings = documents.single(WorkspaceSettings.self)
    brand = settings?.value["brand"]?.text ?? "Ligne"
    textLanguage = settings?.languages.first ?? ""
    pages = Self.pages(of: documents)
    var changes: [JSONString: [(version: Int, document: Int)]] = [:]
    for (version, entry) in source.versions.enumerated() {
      for (document, change) in entry.documents.enumerated() {
        changes[Self.key(change), default: []].append((version, document))
      }
    }
    self.changes = changes
  }

  /// The documents that have a page, in the order of their paths.
  ///
  /// Records that are written once, such as reviews, and comments are told on the page of what they are about.
  public var documents: [Document] { source.documents.all.filter { pages[$0.path] != nil } }

  /// The page of a document; `nil` where it has none.
  public func pageName(of document: Document) -> PageName? { pages[document.path] }

  /// The overview: what waits, what is to be settled, what is planned, what changed lately, and all documents.
  public func index() -> String { IndexPage(report: self).html }

  /// The page of a document: its texts with the comments at their words, who decided what, and its versions.
  ///
  /// - Parameter isAlone: Leads to no other page, for a page that is read without the others.
  public func page(of document: Document, isAlone: Bool = false) -> String {
    var report = self
    report.isAlone = isAlone
    return DocumentPage(report: report, document: document).html
  }

  /// By id; by path where a document has no id that can be the name of a file, or shares it.
  private static func pages(of documents: DocumentCollection) -> [WorkspacePath: PageName] {
    var pages: [WorkspacePath: PageName] = [:]
    var taken: Set<PageName> = [.index]
    for document in documents.all where !document.isRecord {
      let byPath = "path-" + SHA256Digest(of: document.path.text).hex.prefix(32)
      guard
        let name = [document.id.text, byPath].compactMap({ PageName($0) }).first(where: {
          !taken.contains($0)
        })
      else { continue }
      taken.insert(name)
      pages[document.path] = name
    }
    return pages
  }

  private static func key(_ change: DocumentChange) -> JSONString {
    change.id ?? JSONString(change.path.text)
  }
}

// MARK: - Looking things up

extension Report {
  func say(fr french: String, en english: String) -> String {
    Sentence(fr: french, en: english).text(in: language)
  }

  func text(of sentence: Sentence) -> String { sentence.text(in: language) }

  /// A person as the team calls them, else as the record does.
  func name(of person: JSONString?) -> String {
    guard let person else { return "?" }
    return team?.member(person)?.name ?? person.text
  }

  /// The versions that changed a document, newest first.
  func history(of document: Document) -> [(version: Version, change: DocumentChange)] {
    let key = document.id.text.isEmpty ? JSONString(document.path.text) : document.id
    return (changes[key] ?? []).map { place in
      (source.versions[place.version], source.versions[place.version].documents[place.document])
    }
  }

  /// What the folder has of a document and no version does.
  func uncommittedChange(of document: Document) -> DocumentChange? {
    source.uncommitted.first { $0.path == document.path }
  }

  /// Where a post or a reply stands; `nil` for kinds without a computed state.
  func state(of document: Document) -> EditorialState? {
    switch document.kind.name {
    case Post.kind: states.state(ofPost: document)
    case Reply.kind: states.state(ofReply: document)
    default: source.conflicts[document.path] == nil ? nil : .conflicted
    }
  }

  /// The document a record is about; the document itself for anything else.
  func subject(of document: Document) -> Document? {
    guard document.isRecord else { return document }
    let fields: [JSONString] = ["subject", "post", "guideline", "activation", "person"]
    return fields.lazy.compactMap { document.value[$0]?.string }.compactMap { source.documents[$0] }.first
  }

  /// The tag of the language a document is written in.
  func textLanguage(of document: Document) -> String { document.value["language"]?.text ?? textLanguage }
}

// MARK: - Pieces

extension Report {
  func text(fr french: String, en english: String) -> HTML { .text(say(fr: french, en: english)) }

  /// A link to the page of a document, or its name where it has none.
  func link(to document: Document) -> HTML {
    let name = HTML.text(shortened(document.title))
    let spoken = HTML.element("span", [.lang(textLanguage(of: document))], name)
    guard !isAlone, let page = pages[document.path] else { return spoken }
    return .element("a", [.href(page)], spoken)
  }

  /// A text that names a document in a list: some call the whole text of a reply its title.
  private func shortened(_ title: String) -> String {
    let longest = 90
    guard title.count > longest else { return title }
    let cut = title.prefix(longest)
    let end = cut.lastIndex(where: \.isWhitespace) ?? cut.endIndex
    return cut[..<end] + "\u{A0}…"
  }

  func time(_ moment: Moment) -> HTML {
    .element(
      "time", [.plain(.dateTime, moment.description)],
      .text(source.clock.fullWording(of: moment.instant).text(in: language)))
  }

  /// A time stamp of a document; the text itself where it is none.
  func time(_ stamp: String?) -> HTML {
    guard let stamp, let (instant, offset) = Instant.parse(rfc3339: stamp) else { return .text(stamp ?? "") }
    return time(Moment(instant: instant, offset: offset))
  }

  func badge(_ state: EditorialState) -> HTML {
    let words = HTML.text(state.wording.text(in: language))
    return switch state {
    case .conflicted, .held, .expired, .changesRequested, .stale, .publishedDiverged, .sentDiverged,
      .inReview,
      .proposed:
      .element("span", [.class("state waits")], words)
    case .approved, .scheduled, .published, .sent: .element("span", [.class("state done")], words)
    case .draft, .idea, .withdrawn, .cancelled, .archived, .superseded:
      .element("span", [.class("state")], words)
    }
  }

  /// A table with its caption; the first cell of a row names it.
  func table(
    _ caption: String, _ titles: [String], _ rows: [[HTML]]
  ) -> HTML {
    let head = HTML(titles.map { .element("th", [.plain(.scope, "col")], .text($0)) })
    let body = rows.map { row in
      HTML.element(
        "tr", [],
        HTML(
          row.enumerated().map { index, cell in
            index == 0 ? .element("th", [.plain(.scope, "row")], cell) : .element("td", [], cell)
          })) + .newline
    }
    return .element(
      "table", [.class("wide")], .element("caption", [], .text(caption)), .newline,
      .element("thead", [], .element("tr", [], head)), .newline, .element("tbody", [], .newline, HTML(body)))
      + .newline
  }

  /// A page around its content: language, style, the way back, the moment it was made.
  func page(title: String, _ content: HTML) -> String {
    let moment = source.clock.moment(source.now)
    let home = isAlone ? HTML.text(brand) : .element("a", [.href(.index)], .text(brand))
    let header = HTML.element(
      "header", [], .element("p", [], home),
      .element("span", [.class("quiet")], text(fr: "Rapport", en: "Report")))
    let footer = HTML.element(
      "footer", [],
      .element(
        "p", [], text(fr: "État du dossier ", en: "The folder as it stood "), time(moment),
        HTML.text(source.clock.place.map { say(fr: " (heures de \($0))", en: " (times of \($0))") } ?? ""),
        text(
          fr: ". Cette page est une copie : elle ne change pas avec l’espace de travail.",
          en: ". This page is a copy: it does not change with the workspace.")))
    return HTML.document(
      language: language == .french ? "fr" : "en",
      head: [
        .void("meta", [.plain(.charset, "utf-8")]),
        .void("meta", [.plain(.name, "generator"), .plain(.content, "Ligne")]),
        .void("meta", [.plain(.name, "viewport"), .plain(.content, "width=device-width, initial-scale=1")]),
        .element("title", [], .text(title)),
        .void("link", [.plain(.rel, "stylesheet"), .href(.style)]),
      ],
      body: .element(
        "body", [], .newline,
        .element(
          "a", [.class("skip"), .href(nil, PageAnchor("content"))],
          text(fr: "Aller au contenu", en: "Skip to content")),
        .newline, header, .newline, .element("main", [.id(PageAnchor("content"))], .newline, content),
        .newline,
        footer, .newline))
  }
}

extension Document {
  /// Whether it only says something about another document, whose page tells it.
  var isRecord: Bool { kind.placement.isWrittenOnce || kind.name == Comment.kind }
}

extension CountedNoun {
  static let documents = CountedNoun(fr: ("document", "documents"), en: ("document", "documents"))
  static let versions = CountedNoun(fr: ("version", "versions"), en: ("version", "versions"))
  static let openComments = CountedNoun(
    fr: ("commentaire ouvert", "commentaires ouverts"), en: ("open comment", "open comments"))
}
