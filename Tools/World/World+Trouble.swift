import CommitJoin
import ObjectModel

extension World {
  /// What happens at an address without anybody of the team wanting it.
  func trouble(_ event: Event, at address: Address, by person: Person) throws {
    let store = address.store
    let main = try store.reference("refs/heads/main")
    let devices = try store.references(withPrefix: "refs/ligne/devices/")
    let device = devices.isEmpty ? nil : devices[event.document % devices.count]
    switch event.kind {
    case .putBack:
      guard let main, let parent = try store.commit(main).parents.first else { return }
      try address.put("refs/heads/main", at: parent)
    case .loseMain: try address.put("refs/heads/main", at: nil)
    case .loseDevices: for device in devices { try address.put(device.name, at: nil) }
    case .plantBackwards:
      guard let device, let parent = try? store.commit(device.id).parents.first else { return }
      try address.put(device.name, at: parent)
    case .plantBlob:
      try address.put("refs/ligne/devices/00000000000000b1", at: store.write(blob: Array("rien\n".utf8)))
    case .plantTree:
      guard let main else { return }
      try plant(".git/config", mode: .file, on: main, at: address, as: stranger("00000000000000b2", event))
    case .plantLink:
      guard let main else { return }
      try plant(
        "posts/lien.json", mode: .link, on: main, at: address, as: stranger("00000000000000b3", event))
    case .plantUnreadable:
      guard let main, let path = try? WorkspacePath("posts/p0.json") else { return }
      let bytes = Array("{\"title\": \"\(event.newWord)\", ".utf8)
      planted.insert(ObjectID(blob: bytes))
      let tree = try store.tree(
        applying: [(path, TreeFile(mode: .file, id: try store.write(blob: bytes)))],
        to: store.commit(main).tree)
      let commit = try write(tree, parents: [main], message: "git\n", in: address)
      byGit.insert(commit)
      try address.put("refs/heads/main", at: commit)
    case .plantForgery:
      // Whoever joins another workspace to this one has made a version of it, and that is no forgery.
      guard let main, let device, device.id != main,
        ancestors(of: [main, device.id], in: store).isDisjoint(with: hostile.keys),
        let commit = try? store.commit(device.id)
      else { return }
      // It says it joins two, and holds nothing of one of them.
      let parents = [(main, try store.commit(main).committer.time), (device.id, commit.committer.time)]
      let forged = try store.write(JointCommit.commit(joining: parents, tree: store.commit(main).tree))
      forgeries.insert(forged)
      try address.put("refs/ligne/devices/00000000000000b4", at: forged)
    default:
      // Another workspace's version in the place of a device.
      let path = try WorkspacePath("ligne.json")
      let tree = try store.tree(
        applying: [(path, TreeFile(mode: .file, id: try store.write(blob: Array("{}\n".utf8))))], to: nil)
      let commit = try write(tree, parents: [], message: "étranger\n", in: address)
      hostile.updateValue(main, forKey: commit)
      try address.put(
        event.document.isMultiple(of: 2) ? "refs/ligne/devices/00000000000000b5" : "refs/heads/main",
        at: commit)
    }
    forgetWhatIsGone()
  }

  private func write(
    _ tree: ObjectID, parents: [ObjectID], message: String, in address: Address
  ) throws -> ObjectID {
    let signature = Signature(
      name: "Étranger", email: "x@exemple.example", time: 1_790_000_000 + Int64(now ?? 0), offsetMinutes: 0)
    return try address.store.write(
      Commit(tree: tree, parents: parents, author: signature, committer: signature, message: message))
  }

  /// The name a stranger writes to: that of a device, or the team's own.
  private func stranger(_ device: String, _ event: Event) -> String {
    event.word.isMultiple(of: 3) ? "refs/heads/main" : "refs/ligne/devices/" + device
  }

  /// A version with an entry that no computer may be asked to hold.
  private func plant(
    _ path: String, mode: FileMode, on main: ObjectID, at address: Address, as name: String
  ) throws {
    let store = address.store
    let blob = try store.write(blob: Array("/etc/passwd".utf8))
    let parts = path.split(separator: "/").map(String.init)
    let inner = try store.write(Tree([TreeEntry(name: Array(parts[1].utf8), mode: mode, id: blob)]))
    var entries = try store.tree(store.commit(main).tree).entries.filter { $0.name != Array(parts[0].utf8) }
    entries.append(TreeEntry(name: Array(parts[0].utf8), mode: .directory, id: inner))
    let tree = try store.write(Tree(entries))
    let commit = try write(tree, parents: [main], message: "piège\n", in: address)
    hostile.updateValue(main, forKey: commit)
    try address.put(name, at: commit)
  }
}
