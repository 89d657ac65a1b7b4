import Testing

/// The graphs with one value that the revctrl wiki argues about, and what is decided here.
///
/// The wiki's authors disagree on some; F has one answer, from one sentence: of each set of newest commits, what they
/// changed since what they all know. Source: revctrl.org, as kept at tonyg.github.io/revctrl.org (CrissCrossMerge,
/// StaircaseMerge, ImplicitUndo, Convergence) and Nathaniel Smith’s “improvements to *-merge” for the last ones.
@Suite struct ScalarGraphTests {
  struct Graph: CustomTestStringConvertible, Sendable {
    var name: String
    /// `commit value parents…`, each commit after its parents; `joint` in place of a value joins them.
    var commits: String
    var heads: [String]
    /// What is left: one value, or those a person has to choose from.
    var left: [String]

    var testDescription: String { name }
  }

  static let graphs = [
    Graph(
      name: "criss-cross: each chose their own of the same two",
      commits: "r a; b b r; c c r; b2 b b c; c2 c b c",
      heads: ["b2", "c2"], left: ["b", "c"]),
    Graph(
      name: "criss-cross: both chose the same", commits: "r a; b b r; c c r; b2 b b c; c2 b b c",
      heads: ["b2", "c2"], left: ["b"]),
    Graph(
      name: "staircase: d beat c, and whoever chose c had not seen d",
      commits: "r a; b b r; c c r; c2 c b c; d d c", heads: ["c2", "d"], left: ["d"]),
    Graph(
      name: "repeated staircase", commits: "r a; b b r; c c r; c2 c b c; d d c; d2 d c2 d; e e d",
      heads: ["d2", "e"], left: ["e"]),
    Graph(
      name: "staircase that comes back to an older value: the e that followed it wins",
      commits: "r a; b b r; c c r; c2 c b c; b2 b c; b3 b c2 b2; e e b2", heads: ["b3", "e"], left: ["e"]),
    Graph(
      name: "the same values without the merges: two people, two wishes",
      commits: "r a; b b r; c c b; b2 b c; c2 c r; b3 b c2; e e b3", heads: ["b2", "e"], left: ["b", "e"]),
    Graph(
      name: "implicit undo: what was taken back does not stand against another's change",
      commits: "r a; b b r; a2 a b; c c r", heads: ["a2", "c"], left: ["c"]),
    Graph(
      name: "implicit undo: what was taken back is gone where nobody touched it",
      commits: "r a; b b r; a2 a b; b2 b b", heads: ["a2", "b2"], left: ["a"]),
    Graph(
      name: "an undo outlives merges that took the change in before",
      commits: "r a; b b r; x a r; m b b x; a2 a b; y b m", heads: ["a2", "y"], left: ["a"]),
    Graph(
      name: "an undo of both people's change, by somebody who had seen both",
      commits: "r a; b b r; b2 b r; j joint b b2; a2 a j; y b b2", heads: ["a2", "y"], left: ["a"]),
    Graph(
      name: "an undo of one's own change does not take back another's equal one",
      commits: "r a; b b r; b2 b r; a2 a b", heads: ["a2", "b2"], left: ["b"]),
    Graph(
      name: "convergence: c beat one b, and nobody who wrote it had seen the other",
      commits: "r a; b b r; b2 b r; c c b", heads: ["b2", "c"], left: ["b", "c"]),
    Graph(
      name: "accidental clean merge: the joint commit of the two b's adds nothing",
      commits: "r a; b b r; b2 b r; j joint b b2; c c b", heads: ["j", "c"], left: ["b", "c"]),
    Graph(
      name: "accidental clean merge: somebody who went on from both b's left the value alone; c changed it",
      commits: "r a; b b r; b2 b r; j joint b b2; d b j; c c b", heads: ["d", "c"], left: ["c"]),
  ]

  @Test(arguments: graphs) func isDecided(_ graph: Graph) throws {
    var drawing = Drawing()
    for line in graph.commits.split(separator: "; ") {
      let words = line.split(separator: " ").map(String.init)
      let (name, value, parents) = (words[0], words[1], Array(words[2...]))
      if value == "joint" {
        try drawing.join(as: name, parents)
      } else {
        try drawing.commit(name, after: parents, v: value)
      }
    }
    #expect(try drawing.values(of: drawing.join(graph.heads)) == graph.left)
    #expect(try drawing.values(of: drawing.join(graph.heads.reversed())) == graph.left)
  }
}
