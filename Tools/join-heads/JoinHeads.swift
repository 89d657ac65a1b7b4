import ObjectModel
import SyncEngine

/// Joins two commits of a workspace and writes the tree down, as a sync does before it asks anything else; prints its id.
///
/// For the measurement beside `git merge-tree --write-tree`, which does the same.
@main struct JoinHeads {
  static func main() throws {
    let words = CommandLine.arguments
    guard words.count == 4, let ours = ObjectID(hex: words[2]), let theirs = ObjectID(hex: words[3]) else {
      throw Refusal("join-heads FOLDER COMMIT COMMIT")
    }
    let workspace = try Workspace(containing: words[1])
    let nobody = Signature(name: "", email: "", time: 0, offsetMinutes: 0)
    let joint = Commit(
      tree: try workspace.objects.commit(ours).tree, parents: [ours, theirs], author: nobody,
      committer: nobody, message: "")
    guard let tree = try workspace.treeBefore(joint) else { throw Refusal("two commits without a tree") }
    try workspace.objects.keep([tree])
    print(tree.hex)
  }

  private struct Refusal: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }
}
