import Documents
import GitStore
import JSONTree
import ObjectModel
import ThreeWayMerge
import WorkingCopy

/// A question that a sync brought into the folder.
struct BroughtQuestion {
  var document: WorkspacePath
  /// Where its record lies, which is not beside it where it was moved and not committed.
  var place: WorkspacePath
  /// The document as it stands in the folder since then.
  var found: ObjectID
  /// What the document was before anybody could edit what the sync made of it: that itself, or for a file that can't be read
  /// the last version that can.
  var base: TreeFile
  /// The document of the version that came.
  var theirs: TreeFile
  /// What was open in it before the sync.
  var before: TreeFile?
  /// What is open in it now.
  var record: TreeFile
}

/// What is saved beside a question while the sync that brought it is still under way.
///
/// Whoever saves a document then has not seen the question, though its record lies there already: a sync may wait for a host
/// for a minute. Nobody knows whether the editor still had the text from before or had loaded the new one, so no choice is
/// taken for dropped: what was saved is one more.
extension Workspace {
  /// Notes what a step of the sync asked, beside what earlier ones did.
  ///
  /// - Parameters:
  ///   - records: Where records lie since then.
  ///   - tree: Of the version that came.
  ///   - state: The folder before the step.
  func note(
    _ writes: [FileWrite], at records: RecordPlaces, of tree: ObjectID, on state: LocalState,
    in questions: inout [WorkspacePath: BroughtQuestion]
  ) throws {
    let written = Dictionary(writes.map { ($0.path, $0) }) { first, _ in first }
    for write in writes {
      guard let document = records.document(of: write.path) else { continue }
      let earlier = questions.removeValue(forKey: document)
      guard let record = write.new else { continue }
      let before = try write.expected.flatMap { try objects.contains($0) ? TreeFile(id: $0) : nil }
      func ask(found: ObjectID, base: TreeFile, theirs: TreeFile) {
        questions[document] = BroughtQuestion(
          document: document, place: write.path, found: found, base: base, theirs: theirs,
          before: earlier.map(\.before) ?? before, record: record)
      }
      if let shown = written[document]?.new {
        ask(found: shown.id, base: shown, theirs: shown)
      } else if let base = try baseKept(of: document), try objects.contains(base),
        let theirs = try objects.file(at: document, in: tree), let found = state.file(at: document)
      {
        // One that can't be read was passed by, and may be put right while the sync goes on.
        ask(found: found.id, base: TreeFile(id: base), theirs: theirs)
      }
    }
  }

  /// Brings what was saved meanwhile together with the questions it did not know of. A copy of it is kept first.
  func reopen(_ questions: inout [WorkspacePath: BroughtQuestion], by attribution: Attribution) throws {
    if questions.isEmpty { return }
    let head = try head()
    var writes: [FileWrite] = []
    var caughtUp: [(path: WorkspacePath, base: ObjectID)] = []
    var found: [(WorkspacePath, TreeFile?)] = []
    for question in questions.values.sorted(by: { $0.document < $1.document }) {
      let (path, recordPath) = (question.document, question.place)
      guard let saved = try files.read(path), case let id = ObjectID(blob: saved.bytes),
        id != question.found,
        // Another record is an answer somebody gave by a command.
        let record = try files.read(recordPath), ObjectID(blob: record.bytes) == question.record.id
      else { continue }
      let ours = TreeFile(mode: saved.mode, id: try objects.write(blob: saved.bytes))
      guard try isMergeable(path, ours), try isMergeable(path, question.theirs) else { continue }
      guard let base = try unanswered(question) else { continue }
      let merged = try mergeFile(
        at: path,
        Versions(
          base: RecordedFile(file: base, record: question.before),
          ours: RecordedFile(file: ours, record: question.before),
          theirs: RecordedFile(file: question.theirs, record: question.record)),
        head: head)
      if merged.file != ours { writes.append(FileWrite(path: path, expected: id, new: merged.file)) }
      if merged.record != question.record {
        writes.append(FileWrite(path: recordPath, expected: question.record.id, new: merged.record))
      }
      caughtUp += try basesKept(of: [path])
      found.append((path, ours))
      questions[path] = nil
      if let shown = merged.file, let record = merged.record {
        questions[path] = BroughtQuestion(
          document: path, place: recordPath, found: shown.id, base: shown, theirs: shown,
          before: question.before, record: record
        )
      }
    }
    guard !writes.isEmpty, let head else { return }
    let standing = try objects.tree(applying: found, to: tree(of: head))
    if try standing != tree(of: head) { try keepCopy(of: standing, on: head, before: .sync, by: attribution) }
    try advance(from: head, to: head, writes: writes, command: "sync")
    try forgetBases(caughtUp)
  }

  /// The base of a text that answers nothing: where a question is open it says what was there before anybody changed it.
  ///
  /// - Returns: `nil` where the question is about the document as a whole; then what stands there is left to the person.
  private func unanswered(_ question: BroughtQuestion) throws -> TreeFile? {
    let path = question.document
    let content = FileContent(try objects.blob(question.base.id), of: question.base.id, at: path)
    let recorded = OpenConflicts(recordedIn: try objects.blob(question.record.id))
    let bytes: [UInt8]
    switch content {
    case .document(var value):
      guard recorded.here == nil else { return nil }
      let schemas = try schemas()
      let rule = content.rule(MergeRules { schemas.mergeRule(for: $0) })
      do throws(JSONEditError) {
        for (pointer, conflict) in recorded.list {
          if let before = conflict.base {
            try value.set(before, at: pointer, keyField: rule.keyField)
          } else {
            _ = try value.remove(at: pointer, keyField: rule.keyField)
          }
        }
      } catch {
        return nil
      }
      bytes = value.canonicalForm
    case .text:
      guard let text = recorded.here?.base?.text else { return nil }
      bytes = Array(text.utf8)
    case .opaque: return nil
    }
    return TreeFile(mode: question.base.mode, id: try objects.write(blob: bytes))
  }
}
