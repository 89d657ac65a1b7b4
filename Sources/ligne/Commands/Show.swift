import ArgumentParser
import Documents
import EditorialChecks
import EditorialHistory
import EditorialReview
import JSONTree
import ObjectModel
import SyncEngine
import ThreeWayMerge
import Wording

extension Ligne {
  /// Shows a document for reading.
  struct Show: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "show", abstract: Sentence(fr: "Lire un document", en: "Read a document"))
    }

    @Argument(help: .document)
    var document: String

    @Argument(
      help: .init(
        fr: "Un seul champ, comme /title", en: "One field only, such as /title",
        value: Localized.Value.pointer))
    var pointer: String?

    @Option(
      help: .init(
        fr: "Tel qu’il était : une version, une date, une étiquette ou -1, la version d’avant",
        en: "As it was: a version, a date, a tag, or -1, the version before", value: Localized.Value.version))
    var at: String?

    @Option(
      help: .init(
        fr: "Écrire la ligne éditoriale comme une page Web dans ce fichier, à lire ou à imprimer",
        en: "Write the guideline as a web page into this file, to read or to print",
        value: Localized.Value.file))
    var html: String?

    @OptionGroup var options: GlobalOptions

    func validate() throws { try MadeFile.validate([html], options) }

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let path = try session.document(document, in: workspace, lookingBack: at != nil)
      let value: JSONValue
      var version: Sentence?
      if let at {
        let state = try session.state(at, of: path, in: workspace)
        guard let old = try state.path.flatMap({ try workspace.document(at: $0, inTree: state.tree) }) else {
          throw WorkspaceError.notThere(path)
        }
        value = old
        version = try state.place.wording(in: workspace, when: session.when(in: workspace))
      } else {
        value = try workspace.document(at: path)
      }
      let schemas = try workspace.schemas()
      let rule = schemas.mergeRule(for: value)
      var part: DocumentReading.Part?
      if let pointer {
        let place = try ligne.pointer(pointer, of: schemas.kind(of: value))
        guard let value = value.value(at: place, keyField: rule.keyField) else {
          throw WorkspaceError.unknownPlace(pointer: pointer, document: path)
        }
        part = DocumentReading.Part(place: place, value: value)
      }
      let guide = schemas.kind(of: value).flatMap { kind in
        kind.name == Guideline.kind
          ? StyleGuide(value, kind: kind, kinds: schemas, for: session.language) : nil
      }
      var files: [MadeFile] = []
      if let html {
        guard let guide, pointer == nil else { throw WorkspaceError.notAGuideline(path) }
        files.append(MadeFile(html, page: guide.html()))
      }
      let open = at == nil ? try workspace.openConflicts(in: path).map(\.pointer) : []
      try session.hand(
        over: files, json: part?.value ?? value,
        page: page(
          of: value, at: path, version, part, open, pointer == nil ? guide : nil,
          in: workspace, session))
    }

    /// A guideline reads like a style guide, all else field by field; a post and a reply say where they stand.
    private func page(
      of value: JSONValue, at path: WorkspacePath, _ version: Sentence?, _ part: DocumentReading.Part?,
      _ open: [JSONPointer],
      _ guide: StyleGuide?,
      in workspace: Workspace, _ session: Session
    ) throws -> Page {
      let language = session.language
      if let html {
        return Page(
          StyledText(
            Sentence(fr: "La page est écrite\u{A0}: ", en: "The page is written: ").text(in: language))
            + StyledText(html, .name))
      }
      // A part, or the document as it was, has no state of today.
      let kind = value["kind"]?.string
      let folder =
        at == nil && part == nil && (kind == Post.kind || kind == Reply.kind)
        ? try workspace.documentsOfFolder(around: path) : nil
      let document = folder?.collection.all.first { $0.path == path }
      var standings: [DocumentReading.Standing] = []
      if let folder, let document {
        standings = Self.standings(
          of: document, by: try workspace.states(of: folder, at: session.date().instant))
      }
      let comments = at == nil && part == nil ? try workspace.listedComments(on: path, onlyOpen: true) : []
      let reading = DocumentReading(
        path: path, document: value, kind: try workspace.schemas().kind(of: value)?.title,
        names: try FieldWording(
          workspace.schemas(), saying: [(kind, .root, value)], by: session.when(in: workspace).clock,
          in: workspace)[kind],
        part: part, open: open, version: version, states: standings, comments: comments)
      var page = reading.described(in: language)
      if let guide {
        let next = page.next
        page = guide.page()
        if let version { page.line(StyledText(version.text(in: language), .attention)) }
        page.append(reading.rest(of: comments, in: language))
        page.next = next
      }
      if let folder, let document, kind == Post.kind {
        page.append(described(remaining(of: document, in: folder.collection), in: language))
      }
      return page
    }

    /// Where a post stands on each channel, and a reply: by what the whole folder records.
    private static func standings(
      of document: Document, by states: EditorialStates
    ) -> [DocumentReading.Standing] {
      if document.kind.name == Reply.kind {
        return [DocumentReading.Standing(state: states.state(ofReply: document))]
      }
      let channels = states.standings(of: document)
      guard !channels.isEmpty else {
        return [DocumentReading.Standing(state: states.state(ofPost: document))]
      }
      return channels.map { DocumentReading.Standing(channel: $0.channel, state: $0.state) }
    }
  }
}

extension NamedState.Place {
  /// Which version it is, as a line of its own.
  fileprivate func wording(in workspace: Workspace, when: ClockWording) throws -> Sentence {
    switch self {
    case .version(let id):
      let author = try workspace.objects.commit(id).author
      let (at, short) = (when.clock.wording(of: Moment(author).instant), id.hex.prefix(8))
      return Sentence(
        fr: "version \(short), par \(author.name), \(at.french)",
        en: "version \(short), by \(author.name), \(at.english)")
    case .before(let id):
      let short = id.hex.prefix(8)
      return Sentence(fr: "avant la version \(short)", en: "before version \(short)")
    }
  }
}
