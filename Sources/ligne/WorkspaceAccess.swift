import Documents
import EditorialHistory
import GitStore
import HistoryIndex
import JSONTree
import ObjectModel
import SyncEngine
import SystemPackage
import ThreeWayMerge
import Wording

extension Session {
  /// The folder the command works in, as an absolute path without `.` and `..`.
  func absoluteFolder() throws -> FilePath {
    try System.currentFolder().pushing(FilePath(folder)).lexicallyNormalized()
  }

  /// The workspace that folder belongs to. Says when a command that had been killed was finished or taken back.
  func openWorkspace() throws -> Workspace {
    let output = output
    let workspace = try Workspace(
      containing: absoluteFolder().string,
      onWait: { command in
        let command = command ?? "?"
        output.remark(
          Sentence(
            fr: "« ligne \(command) » est en cours dans cet espace; on attend son tour…",
            en: "“ligne \(command)” is at work in this workspace; waiting for its turn…"), .quiet)
      },
      onGitLock: { output.remark($0.told, .quiet) })
    if let recovery = workspace.recovery {
      let command = recovery.command
      output.remark(
        recovery.wasFinished
          ? Sentence(
            fr: "« ligne \(command) » avait été interrompue; elle est maintenant terminée.",
            en: "“ligne \(command)” had been interrupted; it is finished now.")
          : Sentence(
            fr: "« ligne \(command) » avait été interrompue avant de rien changer.",
            en: "“ligne \(command)” had been interrupted before it changed anything."),
        .attention)
    }
    if !workspace.savedMeanwhile.isEmpty {
      let paths = workspace.savedMeanwhile.map(\.text).joined(separator: ", ")
      output.remark(
        Sentence(
          fr:
            "Enregistré ailleurs pendant que Ligne écrivait, et repris : \(paths). « ligne kept » en a une copie.",
          en: "Saved elsewhere while Ligne was writing, and taken up: \(paths). “ligne kept” has a copy."),
        .attention)
    }
    if try workspace.lacksSettings() {
      output.remark(
        Sentence(
          fr: """
            ligne.json manque dans ce dossier : les réglages de la dernière version comptent. \
            « ligne restore ligne.json --to -1 » le ramène.
            """,
          en: """
            ligne.json is missing in this folder: the settings of the newest version count. \
            “ligne restore ligne.json --to -1” brings it back.
            """), .attention)
    }
    return workspace
  }

  /// Who does what is done now, and when.
  ///
  /// - Parameter folder: Where a workspace is to be made; a repository that is there already may have a person of its own.
  /// - Throws: `WorkspaceError.noAuthor` where neither `LIGNE_AUTHOR` nor git says who this is.
  func attribution(in workspace: Workspace?, beginningAt folder: String? = nil) throws -> Attribution {
    let (instant, offset) = try date()
    let repository = folder.flatMap { try? GitRepository.open(at: $0) }
    guard
      let (name, email) = try author() ?? workspace?.userIdentity() ?? repository?.userIdentity()
        ?? GitRepository.personOfThisComputer()
    else { throw WorkspaceError.noAuthor }
    return Attribution(
      name: name, email: email, time: Int64(instant.secondsSince1970), offsetMinutes: offset.seconds / 60)
  }

  /// Who works here, where that is said; looking must not need it.
  func attributionIfKnown(in workspace: Workspace) throws -> Attribution? {
    do {
      return try attribution(in: workspace)
    } catch WorkspaceError.noAuthor {
      return nil
    }
  }

  /// The document a person means; paths are those of the folder they stand in.
  ///
  /// - Parameter lookingBack: Whether it may be one that was deleted and stands in older versions only.
  /// - Throws: `WorkspaceError.deletedDocument` for such a one where today's is wanted.
  func document(
    _ words: String, in workspace: Workspace, lookingBack: Bool = false
  ) throws -> WorkspacePath {
    var inside: WorkspacePath?
    var here = try absoluteFolder()
    if here.removePrefix(FilePath(workspace.folder)), !here.isEmpty {
      inside = try? WorkspacePath(here.string)
    }
    var words = words
    var typed = FilePath(words)
    // As a shell completes it.
    if ["./", "../"].contains(where: words.hasPrefix) {
      typed = try absoluteFolder().pushing(typed).lexicallyNormalized()
    }
    if typed.isAbsolute, typed.removePrefix(FilePath(workspace.folder)) { words = typed.string }
    func only(of paths: [WorkspacePath]) throws -> WorkspacePath? {
      if paths.count > 1 { throw try ambiguous(words, paths, in: workspace) }
      return paths.first
    }
    do {
      let path = try workspace.findDocument(words, from: inside)
      if try isNamed(path, words, in: workspace) { return try workspace.whereabouts(ofCommitted: path) }
      // Letters of an id or of a file name are there by chance; who types them may mean a title.
      return try only(of: workspace.documents(titled: words).calledSo) ?? path
    } catch let unknown as WorkspaceError {
      if case .ambiguousDocument(_, let matches) = unknown {
        // Words of several titles may be the whole of one.
        let called = try workspace.documents(titled: words).calledSo
        if called.count == 1 { return called[0] }
        throw try ambiguous(words, matches, in: workspace)
      }
      guard case .unknownDocument = unknown else { throw unknown }
      // A title is a name; words of one are so only where nothing that was deleted is called so.
      let titled = try workspace.documents(titled: words)
      if let path = try only(of: titled.calledSo) { return path }
      guard let lost = try lostDocument(words, from: inside, in: workspace) else {
        if let path = try only(of: titled.holdingIt) { return path }
        // Its old path says which one it is.
        guard let id = (try? WorkspacePath(words))?.idInName else { throw unknown }
        return try workspace.findDocument(id)
      }
      if let living = try livingDocument(of: lost, in: workspace) { return living }
      if lookingBack { return lost.path }
      throw WorkspaceError.deletedDocument(lost.path)
    }
  }

  /// Whether words are the whole name of a document’s file, or so much of its id that nothing else is meant.
  private func isNamed(_ path: WorkspacePath, _ words: String, in workspace: Workspace) throws -> Bool {
    let typed = FilePath(words).lexicallyNormalized().string
    if [path.text, path.name].contains(where: { $0.utf8.elementsEqual(typed.utf8) }) { return true }
    guard words.utf8.count >= Self.lettersOfAShortID else { return false }
    // What can’t be read says nothing of its id.
    let id = path.idInName ?? (try? workspace.document(at: path))?["id"]?.text
    return id.map { $0.lowercased().contains(words.lowercased()) } ?? false
  }

  /// The document of the past that somebody means; `nil` where nothing that was deleted is called so.
  private func lostDocument(
    _ words: String, from folder: WorkspacePath?, in workspace: Workspace
  ) throws -> LostDocument? {
    let lost = try history(of: workspace).lostDocuments()
    do {
      let path = try workspace.findDocument(
        words, from: folder, among: Dictionary(uniqueKeysWithValues: lost.map { ($0.path, $0.id) }))
      return lost.first { $0.path == path }
    } catch WorkspaceError.unknownDocument {
      return nil
    } catch WorkspaceError.ambiguousDocument(let words, let matches) {
      // Somebody moved it while somebody else deleted it: where it was last is meant.
      let meant = lost.filter { matches.contains($0.path) }
      guard Swift.Set(meant.map(\.id)).count == 1, meant.first?.id != nil else {
        throw WorkspaceError.ambiguousDocument(words, matches: matches)
      }
      return meant.min { $0.place < $1.place }
    }
  }

  /// Where a document is that was deleted at one place and came back at another; `nil` where it did not, and of a copy, which stood
  /// beside it.
  private func livingDocument(of lost: LostDocument, in workspace: Workspace) throws -> WorkspacePath? {
    guard let id = lost.id else { return nil }
    do {
      let path = try workspace.findDocument(id.text)
      let isCopy = try workspace.objects.file(at: path, in: lost.tree) != nil
      // What can’t be read is another one for all anybody knows.
      let isIt = (try? workspace.document(at: path))?["id"]?.string == id
      return isIt && !isCopy ? path : nil
    } catch WorkspaceError.unknownDocument, WorkspaceError.ambiguousDocument {
      return nil
    }
  }

  /// As many as lists show of an id.
  private static let lettersOfAShortID = 6

  private func ambiguous(
    _ words: String, _ matches: [WorkspacePath], in workspace: Workspace
  ) throws -> AmbiguousDocument {
    let named = Array(matches.prefix(AmbiguousDocument.mostNamed))
    let schemas = try workspace.schemas()
    let titles = Dictionary(
      uniqueKeysWithValues: try workspace.documents(at: named).map { path, document in
        // What can’t be read has no title.
        (path, (try? document.get()).flatMap { schemas.kind(of: $0)?.title(of: $0) })
      })
    // Copies of one document have one id.
    let names = Dictionary(grouping: named, by: \.shortName)
    return AmbiguousDocument(
      words: words,
      matches: named.map { path in
        (names[path.shortName]?.count == 1 ? path.shortName : path.typed, titles[path] ?? nil)
      }, isCut: matches.count > named.count)
  }

  /// The versions of a workspace, with an index of everything that was ever written.
  ///
  /// - Parameter limit: If more versions than these are missing in it, they are left out.
  func rememberedHistory(
    of workspace: Workspace, readingAtMost limit: Int = .max
  ) throws -> RememberedHistory {
    try output.progress(Sentence(fr: "Lecture de l’historique", en: "Reading the history")) { progress in
      try RememberedHistory(
        at: "\(workspace.gitFolder)/ligne/\(HistoryIndex.fileName)",
        of: { try history(of: workspace, remembering: $0) }, readingAtMost: limit,
        progress: { progress.count($0, of: $1) })
    }
  }

  /// The same for who needs no word of it, and would wait longer for the index than for an answer without it.
  func historyOfDocuments(in workspace: Workspace) throws -> RememberedHistory {
    try rememberedHistory(of: workspace, readingAtMost: 500)
  }

  /// The versions of a workspace.
  func history(
    of workspace: Workspace, remembering memory: (any HistoryMemory)? = nil
  ) throws -> History {
    try History(
      head: workspace.head(), in: workspace.objects, remembering: memory,
      isJoint: { _, commit throws(ObjectStoreError) in workspace.isJoint(commit) },
      before: { commit throws(ObjectStoreError) in try workspace.treeBefore(commit) },
      rules: { schemas throws(ObjectStoreError) in try workspace.rulebook.mergeRules(in: schemas) })
  }

  /// Where the newest version has a document of the folder, which may have moved since.
  func committedPath(of path: WorkspacePath, in workspace: Workspace) throws -> WorkspacePath {
    guard let tree = try workspace.head().map({ try workspace.objects.commit($0).tree }),
      try workspace.objects.file(at: path, in: tree) == nil
    else { return path }
    let status = try workspace.status()
    let changes = try documentChanges(from: tree, to: status.folderTree, in: workspace.objects) {
      schemas throws(ObjectStoreError) in try workspace.rulebook.mergeRules(in: schemas)
    }
    return changes.first { $0.path == path }?.formerPath ?? path
  }

  /// The state a person means by a name such as `-1`, a date or the beginning of an id.
  func state(
    _ name: String, of document: WorkspacePath? = nil, in workspace: Workspace
  ) throws -> NamedState {
    // One that was moved in the folder has its past where the newest version has it.
    try history(of: workspace).state(
      named: name, of: document.map { try committedPath(of: $0, in: workspace) },
      isGone: document.map(workspace.isGone) ?? false, clock: when(in: workspace).clock)
  }

  /// The one version a person means by a name.
  func version(_ name: String, in workspace: Workspace) throws -> ObjectID {
    try history(of: workspace).version(named: name, clock: when(in: workspace).clock)
  }
}

extension Session {
  /// The team's copy, spoken to by git, which may ask the person at the terminal.
  func transport(gitFolder: String) -> GitTransport {
    GitTransport(gitFolder: gitFolder, onQuestions: output.terminalLoan)
  }

  /// A team's address as it was typed; a folder is meant from where it was typed.
  func teamAddress(_ text: String) throws -> String {
    let address = try RemoteAddress(text)
    guard address.kind == .path, text.utf8.first != UInt8(ascii: "/") else { return text }
    return try absoluteFolder().pushing(FilePath(text)).lexicallyNormalized().string
  }

  /// A value a person writes in their editor, starting from the one that is there.
  func written(startingFrom value: JSONValue, in workspace: Workspace) throws -> JSONValue {
    let editor = try Editor(environment: environment)
    // Texts are written as texts, everything else as JSON.
    let isText = value.text != nil
    let start = value.text.map { Array($0.utf8) } ?? value.canonicalForm
    let scratch = try workspace.makeScratchFile(start, ending: isText ? "txt" : "json")
    defer { scratch.remove() }
    try output.lendingTerminal { try editor.open(scratch.path) }
    let bytes = try scratch.read()
    if !isText { return try JSONValue(parsing: bytes) }
    let text = String(decoding: bytes, as: UTF8.self)
    // Editors end a file with a line feed that the text did not have.
    return JSONValue(
      text.hasSuffix("\n") && value.text?.hasSuffix("\n") == false ? String(text.dropLast()) : text)
  }
}

extension Workspace {
  /// The channel a person named; `nil` where they named none.
  ///
  /// - Throws: `WorkspaceError.unknownChannel`.
  func channel(named name: String?) throws -> JSONString? {
    guard let name else { return nil }
    try refuseUnknown(channels: [name])
    return JSONString(name)
  }
}

/// The field a person means: by its pointer, or by what it is called where it is shown.
///
/// - Parameter kind: Whose field it is; asked for only where it was not a pointer.
func pointer(_ text: String, of kind: @autoclosure () throws -> DocumentKind?) throws -> JSONPointer {
  guard text.isEmpty || text.hasPrefix("/") else {
    let names = FieldNames(of: try kind())
    if let place = names.pointer(called: text) { return place }
    let known = names.topFields.map(names.name)
    throw WorkspaceError.malformedPointer(
      text, reason: Sentence(fr: "aucun ne s’appelle ainsi", en: "none is called so"), known: known)
  }
  do throws(JSONPointerError) {
    return try JSONPointer(parsing: text)
  } catch {
    throw WorkspaceError.malformedPointer(text, reason: error.wording, known: [])
  }
}

extension Session {
  /// What a field shall hold, as it was typed: members of the team by their names as well as by their ids.
  ///
  /// Somebody who is not of the team may join it later: such a name is kept, and said.
  ///
  /// - Throws: `TeamError.ambiguousMember`.
  func value(
    typed text: String, at place: JSONPointer, of kind: DocumentKind?, in workspace: Workspace
  ) throws -> JSONValue {
    let (field, elements) = (
      kind?.schema.field(at: place), kind?.schema.field(at: place.appending(.key("-")))
    )
    let value = JSONValue(typed: text, in: field, elements: elements)
    let isList = value.array != nil
    guard (isList ? elements : field)?.refersTo == "member" else { return value }
    let path = try WorkspacePath("team.json")
    // A team that can't be read knows nobody; `status` says so.
    guard let team = (try? workspace.document(at: path)).map({ Documents.Team($0) }) else { return value }
    func member(_ value: JSONValue) throws -> JSONValue {
      guard let words = value.text else { return value }
      do throws(TeamError) {
        return try team.member(meantBy: words).id.map(JSONValue.string) ?? value
      } catch {
        guard case .unknownMember = error else { throw error }
        output.remark(error.message, .attention)
        return value
      }
    }
    return try value.array.map { .array(try $0.map(member)) } ?? member(value)
  }

  /// The kind of a document that somebody named: as the folder has it, else as the newest version has it.
  func kind(of words: String, in workspace: Workspace) throws -> DocumentKind? {
    let path = try document(words, in: workspace, lookingBack: true)
    if let kind = try workspace.kind(at: path) { return kind }
    // What can't be read is of no kind.
    let value = try workspace.tree(of: workspace.head()).flatMap {
      try? workspace.document(at: path, inTree: $0)
    }
    return try value.flatMap { try workspace.schemas().kind(of: $0) }
  }

  /// Says that nobody has thought of a field, which may be a slip.
  func remark(
    unknown pointer: String, of kind: DocumentKind, then consequence: Sentence = Sentence(fr: "", en: "")
  ) {
    let name = kind.title
    output.remark(
      Sentence(
        fr:
          "Le genre «\u{A0}\(name.french)\u{A0}» ne connaît pas le champ \(pointer)\(consequence.french). Une faute de frappe?",
        en:
          "The kind “\(name.english)” does not know the field \(pointer)\(consequence.english). A slip of the pen?"
      ),
      .attention)
  }
}

extension Workspace {
  /// The kind of a document of the folder, `nil` where it is of none; of what can't be read as well.
  func kind(at path: WorkspacePath) throws -> DocumentKind? {
    guard path.isDocument, let value = try? document(at: path) else { return nil }
    return try schemas().kind(of: value)
  }
}

extension JSONPointerError {
  fileprivate var wording: Sentence {
    Sentence(fr: "caractère \(column)", en: "character \(column)")
  }
}

/// Words that several documents answer to.
struct AmbiguousDocument: ExplainedError {
  /// How many of them are named.
  static let mostNamed = 8

  var words: String
  /// What is enough to type for each, and its title.
  var matches: [(name: String, title: String?)]
  /// Whether there are more.
  var isCut: Bool

  var code: String { "ambiguous-document" }

  var message: Sentence {
    let named = matches.map { name, title in
      let title = title.map(Sentence.quoting)
      return Sentence(
        fr: title.map { "\(name) \($0.french)" } ?? name, en: title.map { "\(name) \($0.english)" } ?? name)
    }
    let words = Sentence.quoting(words)
    let end = isCut ? "; …" : ""
    return Sentence(
      fr: "Plusieurs documents répondent à \(words.french)\u{A0}: "
        + named.map(\.french).joined(separator: "; ") + end,
      en: "Several documents answer to \(words.english): " + named.map(\.english).joined(separator: "; ")
        + end)
  }

  var hint: Sentence? {
    Sentence(
      fr: "Ajoutez quelques lettres, ou prenez ce qui précède le titre.",
      en: "Add a few letters, or take what stands before the title.")
  }
}

extension GitLockNews {
  fileprivate var told: Sentence {
    switch self {
    case .waiting(let lock, let program):
      Sentence(
        fr: "\(program ?? "git") travaille dans cet espace; on attend un peu… (\(lock))",
        en: "\(program ?? "git") is at work in this workspace; waiting a little… (\(lock))")
    case .movedAside(let lock, let place):
      Sentence(
        fr: "Un programme interrompu avait laissé un verrou : \(lock). Il est mis de côté : \(place)",
        en: "A program that was killed had left a lock: \(lock). It is put aside: \(place)")
    }
  }
}

// MARK: What nobody can read

extension Session {
  /// Every document of the folder. One that can't be read is in no list that is made of them, and is named.
  func documentsOfFolder(in workspace: Workspace) throws -> DocumentsOfFolder {
    let folder = try workspace.documentsOfFolder()
    tellUnreadable(in: folder)
    return folder
  }

  /// The same of what says where one of them stands.
  func documentsOfFolder(around path: WorkspacePath, in workspace: Workspace) throws -> DocumentsOfFolder {
    let folder = try workspace.documentsOfFolder(around: path)
    tellUnreadable(in: folder)
    return folder
  }

  private func tellUnreadable(in folder: DocumentsOfFolder) {
    tell(
      folder.unreadable,
      CountedNoun(
        fr: ("document illisible manque ici", "documents illisibles manquent ici"),
        en: ("document that can’t be read is missing here", "documents that can’t be read are missing here")))
    tell(
      folder.replaced,
      CountedNoun(
        fr: (
          "document illisible compte ici tel que la dernière version le montre",
          "documents illisibles comptent ici tels que la dernière version les montre"
        ),
        en: (
          "document that can’t be read counts here as the newest version has it",
          "documents that can’t be read count here as the newest version has them"
        )))
  }

  private func tell(_ paths: [WorkspacePath], _ noun: CountedNoun) {
    if paths.isEmpty { return }
    let count = noun.counted(paths.count)
    let names = (paths.prefix(3).map(\.text) + (paths.count > 3 ? ["…"] : [])).joined(separator: ", ")
    output.remark(
      Sentence(
        fr: "\(count.french) : \(names). « ligne status » dit pourquoi.",
        en: "\(count.english): \(names). “ligne status” says why."), .attention)
  }
}
