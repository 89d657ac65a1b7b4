import CommitJoin
import JSONTree
import ObjectModel
import ThreeWayMerge

/// What was made in a history, and how to name it.
extension Trial {
  var pairs: [(ObjectID, ObjectID)] {
    heads.indices.flatMap { left in heads.indices.filter { $0 > left }.map { (heads[left], heads[$0]) } }
  }

  func tree(_ id: ObjectID) -> ObjectID { team.ledger[id]?.tree ?? .emptyTree }

  func users(_ id: ObjectID) -> Set<ObjectID> { team.ledger[id]?.users ?? [] }

  /// Everything behind a commit, itself included, joint commits counted.
  func ancestors(_ id: ObjectID) -> Set<ObjectID> { Set(team.graph.commits(of: [id])) }

  /// A commit by its place in the ledger, which is the same in every run.
  func name(_ id: ObjectID) -> String {
    guard let place = team.order.firstIndex(of: id) else { return id.hex }
    let kind =
      switch team.ledger[id]?.kind {
      case .joint: "j"
      case .forged: "f"
      default: "c"
      }
    return kind + String(place)
  }

  func names(_ ids: [ObjectID]) -> String { ids.map(name).joined(separator: " ") }

  func describeDifference(_ other: ObjectID) -> String {
    (try? difference(other, joined.tree)) ?? "another tree"
  }

  /// The first file that differs between two trees, with both contents.
  func difference(_ left: ObjectID, _ right: ObjectID) throws -> String {
    guard let change = try team.store.difference(from: left, to: right).first else { return "equal trees" }
    func text(_ file: TreeFile?) throws -> String {
      guard let file else { return "(none)" }
      let bytes = try team.store.blob(file.id)
      let compact = (try? JSONValue(parsing: bytes))?.canonicalBytes ?? bytes
      return String(decoding: compact, as: UTF8.self)
    }
    return "\(change.path)\n    \(try text(change.old))\n    against\n    \(try text(change.new))"
  }
}
