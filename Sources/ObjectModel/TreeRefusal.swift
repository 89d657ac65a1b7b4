public import Wording

/// One entry of a tree that must not become a file of a workspace, and why.
public struct TreeRefusal: Hashable, Sendable {
  /// The bytes of the path, with `/` between names that may hold anything; empty for the tree as a whole.
  public var path: [UInt8]
  public var reason: Reason

  public init(path: [UInt8], reason: Reason) {
    self.path = path
    self.reason = reason
  }

  public enum Reason: Hashable, Sendable {
    case name(PathRefusal)
    /// A symbolic link can lead out of the workspace.
    case link
    case submodule
    /// A mode that is not 100644, 100755 or 040000.
    case mode(UInt32)
    /// On computers that take upper and lower case, or `é` in one and in two code points, for one name, it would
    /// cover the sibling of this name.
    case sameNameAs([UInt8])
    /// The object is not here, so the file could not be written.
    case missing(ObjectID)
    /// The object is not what the mode says.
    case wrongKind(ObjectID, found: ObjectKind)
    /// The folder can't be read.
    case malformed(ObjectID, reason: String)
    case tooLarge(bytes: Int, limit: Int)
    /// The walk ended here: what comes after was not looked at.
    case tooMany(limit: Int)
  }
}

/// How much of a foreign tree is looked at before it is refused as a whole.
public struct TreeLimits: Hashable, Sendable {
  /// Files and folders that are not in the known tree.
  public var entries: Int
  /// Bytes of one file.
  public var bytesPerFile: Int
  /// Bytes of one folder's own object, before it is read: some thirty for each name in it, and what one name costs in
  /// memory is a multiple of that.
  public var bytesPerFolder: Int

  public init(entries: Int = 200_000, bytesPerFile: Int = 32 << 20, bytesPerFolder: Int = 8 << 20) {
    self.entries = entries
    self.bytesPerFile = bytesPerFile
    self.bytesPerFolder = bytesPerFolder
  }
}

extension ObjectStore {
  /// Everything in a tree from outside that must not become a file here.
  ///
  /// Only what is not in the known tree is looked at: folders with the same id at the same place are never opened.
  /// Files are not read, only their kind and size.
  ///
  /// - Parameters:
  ///   - tree: What somebody sent.
  ///   - known: A tree that was looked at before, such as our own; `nil` to look at everything.
  /// - Returns: In the order of the paths' bytes; empty if every entry may become a file.
  public func refusals(
    in tree: ObjectID, notIn known: ObjectID?, limits: TreeLimits = TreeLimits()
  ) throws(ObjectStoreError) -> [TreeRefusal] {
    var validator = TreeValidator(store: self, limits: limits)
    let folder = TreeValidator.Folder(path: nil, bytes: [], depth: 0)
    try validator.look(at: tree, known: known, in: folder)
    return validator.refusals.sorted { $0.path.lexicographicallyPrecedes($1.path) }
  }
}

private struct TreeValidator {
  let store: any ObjectStore
  let limits: TreeLimits
  var refusals: [TreeRefusal] = []
  private var entriesSeen = 0

  init(store: any ObjectStore, limits: TreeLimits) {
    self.store = store
    self.limits = limits
  }

  struct Folder {
    var path: WorkspacePath?
    var bytes: [UInt8]
    var depth: Int
  }

  /// - Returns: `false` if a limit ended the walk.
  @discardableResult
  mutating func look(at id: ObjectID, known: ObjectID?, in folder: Folder) throws(ObjectStoreError) -> Bool {
    if id == known { return true }
    guard try isReadable(id, folder) else { return true }
    // Most of a folder is as it was, and was looked at then.
    let (gone, come) = try store.entriesThatDiffer(known, id)
    let former = Tree(sorted: gone)
    // Only a name that comes new can cover one that is there, and most versions bring none.
    var names: NameTable?

    func claim(_ name: [UInt8]) throws(ObjectStoreError) -> [UInt8]? {
      if names == nil {
        let before = try known.map { id throws(ObjectStoreError) in try store.tree(id) } ?? Tree([])
        names = NameTable(before, among: try store.tree(id))
      }
      return names?.claim(name)
    }

    for entry in come {
      let before = former[entry.name]
      let bytes = folder.bytes + (folder.bytes.isEmpty ? [] : [slash]) + entry.name
      entriesSeen += 1
      if entriesSeen > limits.entries {
        refusals.append(TreeRefusal(path: [], reason: .tooMany(limit: limits.entries)))
        return false
      }
      let path: WorkspacePath
      do throws(PathRefusal) {
        path = try WorkspacePath.child(named: entry.name, of: folder.path, depth: folder.depth)
      } catch {
        refusals.append(TreeRefusal(path: bytes, reason: .name(error)))
        continue
      }
      if let reason = refusal(of: entry.mode) {
        refusals.append(TreeRefusal(path: bytes, reason: reason))
      } else if before == nil, let other = try claim(entry.name) {
        refusals.append(TreeRefusal(path: bytes, reason: .sameNameAs(other)))
      } else if entry.mode == .directory {
        let inner = Folder(path: path, bytes: bytes, depth: folder.depth + 1)
        let knownInner = before?.mode == .directory ? before?.id : nil
        guard try look(at: entry.id, known: knownInner, in: inner) else { return false }
      } else if before?.id != entry.id, let reason = try refusal(ofBlob: entry.id) {
        refusals.append(TreeRefusal(path: bytes, reason: reason))
      }
    }
    return true
  }

  /// Whether a folder is here and is one as git writes it; what is wrong with another one is noted.
  private mutating func isReadable(_ id: ObjectID, _ folder: Folder) throws(ObjectStoreError) -> Bool {
    do throws(ObjectStoreError) {
      if let header = try store.header(of: id), header.size > limits.bytesPerFolder {
        refusals.append(TreeRefusal(path: folder.bytes, reason: .tooMany(limit: limits.entries)))
        return false
      }
      try store.checkTree(id)
      return true
    } catch {
      switch error {
      case .missing(let id):
        refusals.append(TreeRefusal(path: folder.bytes, reason: .missing(id)))
      case .malformed(let id, _, let reason):
        refusals.append(TreeRefusal(path: folder.bytes, reason: .malformed(id, reason: reason)))
      default:
        throw error
      }
      return false
    }
  }

  private func refusal(of mode: FileMode) -> TreeRefusal.Reason? {
    switch mode {
    case .file, .executable, .directory: nil
    case .link: .link
    case .submodule: .submodule
    case .other(let bits): .mode(bits)
    }
  }

  private func refusal(ofBlob id: ObjectID) throws(ObjectStoreError) -> TreeRefusal.Reason? {
    guard let header = try store.header(of: id) else { return .missing(id) }
    if header.kind != .blob { return .wrongKind(id, found: header.kind) }
    if header.size > limits.bytesPerFile {
      return .tooLarge(bytes: header.size, limit: limits.bytesPerFile)
    }
    return nil
  }
}

/// Who has which name in a folder, as a file system sees it that ignores case and Unicode form.
private struct NameTable {
  private var holders: [LookAlikeName: [UInt8]] = [:]

  /// The names of the known folder that are still there come first, so that nothing new can displace them.
  init(_ known: Tree, among tree: Tree) {
    for entry in known.entries where tree[entry.name] != nil { _ = claim(entry.name) }
  }

  /// Gives a name to an entry, or returns the entry that has it.
  mutating func claim(_ name: [UInt8]) -> [UInt8]? {
    let key = LookAlikeName(name)
    if let holder = holders[key] { return holder == name ? nil : holder }
    holders[key] = name
    return nil
  }
}

extension TreeRefusal: ExplainedError {
  public var code: String {
    switch reason {
    case .name(let refusal): refusal.code
    case .link: "tree-link"
    case .submodule: "tree-submodule"
    case .mode: "tree-mode"
    case .sameNameAs: "tree-same-name"
    case .missing: "tree-missing"
    case .wrongKind, .malformed: "tree-malformed"
    case .tooLarge: "tree-too-large"
    case .tooMany: "tree-too-many"
    }
  }

  public var message: Sentence {
    switch reason {
    case .name(let refusal): refusal.message
    case .link:
      Sentence(
        fr: "C’est un lien vers un autre endroit, pas un fichier.",
        en: "It is a link to another place, not a file.")
    case .submodule:
      Sentence(
        fr: "C’est un autre projet, contenu dans celui-ci.", en: "It is another project inside this one.")
    case .mode:
      Sentence(
        fr: "Ce n’est pas un fichier ordinaire.", en: "It is not an ordinary file.")
    case .sameNameAs:
      Sentence(
        fr: "Un autre fichier du même dossier a le même nom, aux majuscules ou aux accents près.",
        en: "Another file in the same folder has the same name, but for capitals or accents.")
    case .missing:
      Sentence(fr: "Son contenu n’a pas été reçu.", en: "Its content was not received.")
    case .wrongKind, .malformed:
      Sentence(fr: "Son contenu est endommagé.", en: "Its content is damaged.")
    case .tooLarge(let bytes, let limit):
      Sentence(
        fr: "Le fichier est trop gros\u{A0}: \(bytes) octets sur \(limit) permis.",
        en: "The file is too large: \(bytes) bytes, where \(limit) are allowed.")
    case .tooMany(let limit):
      Sentence(
        fr: "Il y a plus de \(limit) fichiers à vérifier d’un coup.",
        en: "There are more than \(limit) files to check at once.")
    }
  }

  public var hint: Sentence? {
    switch reason {
    case .name(let refusal): refusal.hint
    case .sameNameAs:
      Sentence(
        fr: "Demandez à la personne qui l’a ajouté de renommer l’un des deux.",
        en: "Ask the person who added it to rename one of the two.")
    case .missing, .wrongKind, .malformed:
      Sentence(
        fr: "Demandez à la personne qui l’a partagé de synchroniser de nouveau.",
        en: "Ask the person who shared it to sync again.")
    case .link, .submodule, .mode, .tooLarge, .tooMany:
      Sentence(
        fr: "Demandez à la personne qui l’a ajouté de le retirer de l’espace de travail.",
        en: "Ask the person who added it to take it out of the workspace.")
    }
  }
}
