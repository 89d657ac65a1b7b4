public import Documents
import JSONTree
public import ObjectModel
public import ThreeWayMerge

/// The schemas of a workspace as each version of it has them, read once per version of the `schemas` folder.
public final class Rulebook {
  private let store: any ObjectStore
  private var known: [ObjectID?: SchemaSet] = [:]

  public init(store: any ObjectStore) { self.store = store }

  /// The schemas in a folder, given by its tree id; `nil` for a workspace without any.
  public func schemas(in folder: ObjectID?) throws(ObjectStoreError) -> SchemaSet {
    if let known = known[folder] { return known }
    var files: [(WorkspacePath, [UInt8])] = []
    if let folder {
      for (path, file) in try store.files(in: folder) {
        // Below the folder itself; the set wants paths of the workspace.
        guard let path = try? WorkspacePath("schemas/" + path.text) else { continue }
        files.append((path, try store.blob(file.id)))
      }
    }
    // Those that come with Ligne are read once, however many versions have none of their own.
    let schemas = files.isEmpty ? SchemaSet.builtIn : SchemaSet(files: files)
    known[folder] = schemas
    return schemas
  }

  /// The schemas of a whole tree.
  public func schemas(ofTree tree: ObjectID?) throws(ObjectStoreError) -> SchemaSet {
    guard let tree else { return try schemas(in: nil) }
    return try schemas(in: store.folder(named: "schemas", in: tree))
  }

  /// The merge rules those schemas give.
  public func mergeRules(in folder: ObjectID?) throws(ObjectStoreError) -> MergeRules {
    let schemas = try schemas(in: folder)
    return MergeRules { schemas.mergeRule(for: $0) }
  }
}
