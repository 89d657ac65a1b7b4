import ObjectModel
import TestSupport
import Testing

@testable import WorkingCopy

/// The step in progress, as it is kept for the command that may have to finish it.
@Suite struct JournalTests {
  static let entry = JournalEntry(
    command: "sync", reference: "refs/heads/main", fromHead: id("before"), toHead: id("after"),
    writes: [
      FileWrite(path: path("a b.json"), expected: id("1"), new: TreeFile(id: id("2"))),
      FileWrite(path: path("posts/é.json"), expected: nil, new: TreeFile(mode: .executable, id: id("3"))),
      FileWrite(path: path("z"), expected: id("4"), new: nil),
    ])

  @Test func isWrittenForPeopleToRead() {
    #expect(
      String(decoding: Self.entry.encoded, as: UTF8.self) == """
        ligne journal 1
        command sync
        reference refs/heads/main
        from \(id("before").hex)
        to \(id("after").hex)
        write \(id("1").hex) 100644 \(id("2").hex) a b.json
        write - 100755 \(id("3").hex) posts/é.json
        write \(id("4").hex) - - z
        end 820eeaebdb34529aa53072e25838748884fe39b4

        """)
  }

  @Test func outlivesTheProcess() throws {
    let sandbox = try Sandbox()
    let journal = Journal(in: LocalFolder(sandbox.local))
    #expect(try journal.pending() == nil)
    try journal.begin(Self.entry)
    #expect(try Journal(in: LocalFolder(sandbox.local)).pending() == Self.entry)
    try journal.finish()
    #expect(try journal.pending() == nil)
    try journal.finish()
  }

  @Test func refusesASecondStepBeforeTheFirstIsFinished() throws {
    let sandbox = try Sandbox()
    let journal = Journal(in: LocalFolder(sandbox.local))
    try journal.begin(Self.entry)
    #expect(throws: WorkingCopyError.unfinishedStep(command: "sync")) { try journal.begin(Self.entry) }
    #expect(try journal.pending() == Self.entry)
  }

  @Test func wasNeverBegunIfAnyByteIsMissingOrWrong() throws {
    let whole = Self.entry.encoded
    #expect(JournalEntry(decoding: whole) == Self.entry)
    for length in 0..<whole.count { #expect(JournalEntry(decoding: Array(whole[..<length])) == nil) }
    for place in whole.indices {
      for bit in 0..<8 as Range<UInt8> {
        var damaged = whole
        damaged[place] ^= 1 << bit
        #expect(JournalEntry(decoding: damaged) == nil, "bit \(bit) of byte \(place)")
      }
    }
    #expect(JournalEntry(decoding: whole + [10]) == nil)
    #expect(JournalEntry(decoding: whole + whole) == nil)
  }

  /// A right seal is not enough: each line has to be one this version writes.
  @Test(arguments: [
    "", "ligne journal 2\n", "ligne plan 1\n", "ligne journal 1\ncommand x\n",
    "ligne journal 1\ncommand x\nreference r\nfrom -\nto -\n",
    "ligne journal 1\ncommand x\nreference r\nfrom x\nto \(id("").hex)\n",
    "ligne journal 1\ncommand x\nreference r\nfrom -\nto \(id("").hex)\nwrite - 100644 \(id("").hex) ../a\n",
    "ligne journal 1\ncommand x\nreference r\nfrom -\nto \(id("").hex)\nwrite - 120000 \(id("").hex) a\n",
    "ligne journal 1\ncommand x\nreference r\nfrom -\nto \(id("").hex)\nwrite - - \(id("").hex) a\n",
    "ligne journal 1\ncommand x\nreference r\nfrom -\nto \(id("").hex)\nremove a\n",
  ]) func readsOnlyWhatItWrites(_ content: String) {
    let sealed = Array(content.utf8) + Array("end \(id(content).hex)\n".utf8)
    #expect(JournalEntry(decoding: sealed) == nil)
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func comesBackAsItWas(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let names = ["a", "é/ü.json", "a  b", "write - - x", "end", "\u{301}x/y", "~/#!", "日本/語"]
    for round in 0..<200 {
      func anyID() -> ObjectID? { random.chance(1, in: 4) ? nil : id("\(random.next())") }
      let writes = names.indices.filter { _ in random.chance(1, in: 2) }.map { place in
        FileWrite(
          path: path(names[place]), expected: anyID(),
          new: anyID().map { TreeFile(mode: random.chance(1, in: 2) ? .file : .executable, id: $0) })
      }
      let entry = JournalEntry(
        command: random.pick(["sync", "commit", ""]), reference: "refs/heads/\(random.next())",
        fromHead: anyID(),
        toHead: id("\(random.next())"), writes: writes)
      #expect(JournalEntry(decoding: entry.encoded) == entry, "seed \(seed), round \(round)")
    }
  }
}
