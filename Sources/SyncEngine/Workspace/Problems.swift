public import Documents
import GitStore
import JSONTree
public import ObjectModel
import ThreeWayMerge
import WorkingCopy

extension Workspace {
  /// Documents that are committed so that nobody can read them, or of a kind that no schema describes; by path.
  ///
  /// They came by plain git or from a colleague with another schema. They are left as they are and block only
  /// themselves; one that is mended in the folder is not among them.
  public func committedProblems() throws -> [CommitReport.LeftOut] {
    let paths = try problems(in: tree(of: head()))
    if paths.isEmpty { return [] }
    let schemas = try schemas()
    return try paths.compactMap { path in
      guard let reading = try files.read(path) else { return nil }
      return problem(path, reading.bytes, schemas: schemas).map {
        CommitReport.LeftOut(path: path, problem: $0)
      }
    }
  }

  /// What keeps a document of the folder from being read; `nil` for nothing, and where there is no such file.
  public func problem(at path: WorkspacePath) throws -> DocumentProblem? {
    guard path.isDocument, let reading = try files.read(path) else { return nil }
    return problem(path, reading.bytes, schemas: try schemas())
  }

  func problem(_ path: WorkspacePath, _ bytes: [UInt8], schemas: SchemaSet) -> DocumentProblem? {
    switch readDocument(path, bytes) {
    case .failure(let problem): return problem
    case .success(let value): return problem(of: value, at: path, schemas: schemas)
    }
  }

  /// What is wrong with a document that could be read.
  func problem(of value: JSONValue, at path: WorkspacePath, schemas: SchemaSet) -> DocumentProblem? {
    if path.isSchema || schemas.kind(of: value) != nil { return nil }
    return DocumentProblem(path: path, reason: .unknownKind(value["kind"]?.string))
  }

  /// The paths of such documents in a version.
  ///
  /// What was found is remembered, and only what changed since is read: a command costs what changed, not what there
  /// is. With other schemas everything is read again.
  func problems(in tree: ObjectID?) throws -> [WorkspacePath] {
    guard let tree else { return [] }
    let folder = try objects.folder(named: "schemas", in: tree)
    let remembered = try rememberedProblems()
    if let remembered, remembered.tree == tree { return remembered.paths }
    let candidates: [(path: WorkspacePath, file: TreeFile)]
    if let remembered, remembered.schemas == folder, try objects.contains(remembered.tree) {
      let changes = try objects.difference(from: remembered.tree, to: tree)
      let changed = Set(changes.map(\.path))
      let known = try remembered.paths.filter { !changed.contains($0) }.compactMap { path in
        try objects.file(at: path, in: tree).map { (path, $0) }
      }
      candidates = known + changes.compactMap { change in change.new.map { (change.path, $0) } }
    } else {
      candidates = try objects.files(in: tree)
    }
    let schemas = try rulebook.schemas(in: folder)
    let found = try candidates.filter { $0.path.isDocument }.filter {
      problem($0.path, try objects.blob($0.file.id), schemas: schemas) != nil
    }.map(\.path).sorted()
    let words = [tree.hex, folder?.hex ?? "-"] + found.map(\.text)
    try files.local.remember(Self.memory, Array(words.joined(separator: "\n").utf8))
    return found
  }

  private static let memory = "problems"

  private func rememberedProblems() throws -> (tree: ObjectID, schemas: ObjectID?, paths: [WorkspacePath])? {
    guard let bytes = try files.local.recall(Self.memory) else { return nil }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    // Anything else than what is written above is forgotten.
    guard lines.count >= 2, let tree = ObjectID(hex: lines[0]) else { return nil }
    let paths = lines.dropFirst(2).compactMap { try? WorkspacePath($0) }
    guard paths.count == lines.count - 2 else { return nil }
    return (tree, ObjectID(hex: lines[1]), paths)
  }
}
