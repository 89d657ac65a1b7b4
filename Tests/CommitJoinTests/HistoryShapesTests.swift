import CommitJoin
import JSONTree
import ObjectModel
import Testing
import ThreeWayMerge

/// Histories whose shape has broken other systems, written out by hand: one document with one field `v`.
@Suite struct HistoryShapesTests {
  @Test func theSameChangeJoinedTwiceIsNotUndone() throws {
    // jj#6369: both make the same change, two people join separately, the joins are joined.
    var drawing = Drawing()
    try drawing.commit("root", after: [], v: "old")
    try drawing.commit("a", after: ["root"], v: "new")
    try drawing.commit("b", after: ["root"], v: "new")
    try drawing.join(as: "ab", "a", "b")
    try drawing.commit("x", after: ["ab"], v: "new")
    try drawing.join(as: "ba", "b", "a")
    try drawing.commit("y", after: ["ba"], v: "new")
    #expect(try drawing.values(of: drawing.join("x", "y")) == ["new"])
  }

  @Test func aRevertAgainstAnEditIsSettledByTheEdit() throws {
    var drawing = Drawing()
    try drawing.commit("root", after: [], v: "old")
    try drawing.commit("a1", after: ["root"], v: "new")
    try drawing.commit("a2", after: ["a1"], v: "old")
    try drawing.commit("b", after: ["root"], v: "other")
    #expect(try drawing.values(of: drawing.join("a2", "b")) == ["other"])
  }

  @Test func aSettledConflictStaysSettled() throws {
    var drawing = Drawing()
    try drawing.commit("root", after: [], v: "old")
    try drawing.commit("a", after: ["root"], v: "one")
    try drawing.commit("b", after: ["root"], v: "two")
    try drawing.join(as: "ab", "a", "b")
    try drawing.commit("choice", after: ["ab"], v: "one")
    #expect(try drawing.values(of: drawing.join("choice", "ab")) == ["one"])
    #expect(try drawing.values(of: drawing.join("choice", "b")) == ["one"])
    try drawing.commit("later", after: ["b"], v: "three")
    #expect(try drawing.values(of: drawing.join("choice", "later")) == ["one", "three"])
  }

  @Test func threeHeadsMakeOneConflict() throws {
    var drawing = Drawing()
    try drawing.commit("root", after: [], v: "old")
    for name in ["a", "b", "c"] { try drawing.commit(name, after: ["root"], v: name) }
    let all = try drawing.join("a", "b", "c")
    #expect(try drawing.values(of: all) == ["a", "b", "c"])
    #expect(try drawing.store.commit(all.commit).parents.count == 3)
  }

  @Test func aForgedJointCommitCountsAsSomebodysWork() throws {
    var drawing = Drawing()
    try drawing.commit("root", after: [], v: "old")
    try drawing.commit("a", after: ["root"], v: "one")
    try drawing.commit("b", after: ["root"], v: "old")
    let parents = [drawing.ids["a"], drawing.ids["b"]].compactMap { $0 }.map { ($0, Int64(1_790_000_000)) }
    let evil = JSONValue.object(["v": "evil"]).canonicalForm
    let tree = try drawing.store.tree(
      applying: [(WorkspacePath("a.json"), TreeFile(id: try drawing.store.write(blob: evil)))], to: nil)
    drawing.ids["forged"] = try drawing.store.write(JointCommit.commit(joining: parents, tree: tree))
    try drawing.commit("c", after: ["b"], v: "three")

    let heads = ["forged", "c"].compactMap { drawing.ids[$0] }
    var graph = CommitGraph()
    for head in heads { try graph.add(head, from: drawing.store) }
    var join = try Join(heads: heads, of: graph, in: drawing.store) { _ throws(ObjectStoreError) in .byShape }
    #expect(join.forgedJoints == [drawing.ids["forged"]].compactMap { $0 })
    #expect(try drawing.values(of: join.join(heads, anchor: nil)) == ["evil", "three"])
  }

  @Test(.timeLimit(.minutes(1))) func fiftyLevelsOfCrissCross() throws {
    var drawing = Drawing()
    try drawing.commit("root", after: [], v: "0")
    try drawing.commit("l0", after: ["root"], v: "l0")
    try drawing.commit("r0", after: ["root"], v: "r0")
    for level in 1...50 {
      try drawing.join(as: "lj", "l\(level - 1)", "r\(level - 1)")
      // Each side edits on top of the join, knowing both sides of the level before.
      try drawing.commit("l\(level)", after: ["l\(level - 1)", "r\(level - 1)"], v: "l\(level)")
      try drawing.commit("r\(level)", after: ["l\(level - 1)", "r\(level - 1)"], v: "r\(level)")
    }
    #expect(try drawing.values(of: drawing.join("l50", "r50")) == ["l50", "r50"])
  }

  @Test func headsWithEqualWorkBecomeOneState() throws {
    var drawing = Drawing()
    try drawing.commit("root", after: [], v: "old")
    for name in ["a", "b", "c"] { try drawing.commit(name, after: ["root"], v: name) }
    try drawing.join(as: "ab", "a", "b")
    try drawing.join(as: "bc", "b", "c")
    try drawing.join(as: "ab,c", "ab", "c")
    try drawing.join(as: "a,bc", "a", "bc")
    let joined = try drawing.join("ab,c", "a,bc")
    #expect(joined.commit == (try drawing.join("a", "b", "c").commit))
  }
}
