import CommitJoin
import ObjectModel
import TestSupport
import Testing

/// What one command finds out of joint commits, and the next one need not find out again.
@Suite struct JoinMemoryTests {
  /// Four people of whom always three have work apart, so that no commit has all older history behind it.
  private func teamThatNeverMeets(turns: Int) throws -> Drawing {
    var drawing = Drawing()
    try drawing.commit("j0", after: [], v: "0")
    for turn in 1...turns {
      try drawing.commit("u\(turn)", after: ["j\(max(turn - 4, 0))"], v: "\(turn)")
      try drawing.join(as: "j\(turn)", "j\(turn - 1)", "u\(turn)")
    }
    return drawing
  }

  /// Objects read by a join of the two newest heads, with the same commit each time.
  private func reads(of drawing: Drawing, turns: Int, remembering memory: JoinMemory) throws -> Int {
    let before = drawing.store.read
    let joint = try drawing.join(["j\(turns - 1)", "u\(turns)"], remembering: memory).commit
    #expect(joint == drawing.ids["j\(turns)"])
    return drawing.store.read - before
  }

  @Test func jointCommitsOfTheYearsAreNotMadeAgain() throws {
    let drawing = try teamThatNeverMeets(turns: 40)
    let first = JoinMemory()
    let all = try reads(of: drawing, turns: 40, remembering: first)
    #expect(first.hasNews)
    let second = JoinMemory()
    second.recall(first.bytes)
    #expect(!second.hasNews)
    let few = try reads(of: drawing, turns: 40, remembering: second)
    #expect(!second.hasNews)
    #expect(few * 5 < all, "\(few) beside \(all)")
    #expect(second.bytes == first.bytes)
  }

  @Test func whatIsAddedIsLookedAt() throws {
    let memory = JoinMemory()
    var drawing = try teamThatNeverMeets(turns: 12)
    _ = try reads(of: drawing, turns: 12, remembering: memory)
    let next = JoinMemory()
    next.recall(memory.bytes)
    drawing = try teamThatNeverMeets(turns: 14)
    _ = try reads(of: drawing, turns: 14, remembering: next)
    #expect(next.hasNews)
  }

  @Test func aForgeryIsOneForGood() throws {
    let drawing = try teamThatNeverMeets(turns: 3)
    var forged = drawing
    let joint = try #require(drawing.ids["j3"])
    var commit = try drawing.store.commit(joint)
    commit.tree = try drawing.store.commit(#require(drawing.ids["u1"])).tree
    forged.ids["forged"] = try drawing.store.write(commit)
    try forged.commit("later", after: ["forged"], v: "9")
    let memory = JoinMemory()
    let found = try forged.join(["later", "j3"], remembering: memory)
    let line = "- \(try #require(forged.ids["forged"]).hex)"
    #expect(String(decoding: memory.bytes, as: UTF8.self).contains(line))
    let next = JoinMemory()
    next.recall(memory.bytes)
    #expect(try forged.join(["later", "j3"], remembering: next) == found)
    #expect(!next.hasNews)
  }

  @Test(arguments: [
    "", "ligne-joints 2\n+ 98b1dee620a6d276f8867e45ccb2b9a228199128", "\u{0}", "ligne-joints 1\n+ 98b1",
  ])
  func whatIsNoMemoryIsPassedOver(_ text: String) throws {
    let memory = JoinMemory()
    memory.recall(Array(text.utf8))
    let drawing = try teamThatNeverMeets(turns: 5)
    _ = try reads(of: drawing, turns: 5, remembering: memory)
  }
}
