import Documents
import TestSupport
import Testing

/// Ids are 26 characters that sort by time, the same for the same arguments.
@Suite struct ULIDTests {
  @Test(
    arguments: [
      (0, 0, 0, "00000000000000000000000000"),
      (1, 0, 0, "00000000010000000000000000"),
      (0, 0, 1, "00000000000000000000000001"),
      (0, 0x8000, 0, "0000000000g000000000000000"),
      // The example of the specification, ulid(1469918176385): 01ARYZ6S41…
      (1_469_918_176_385, 0, 0, "01aryz6s410000000000000000"),
      (0xFFFF_FFFF_FFFF, 0xFFFF, UInt64.max, "7zzzzzzzzzzzzzzzzzzzzzzzzz"),
    ] as [(UInt64, UInt16, UInt64, String)])
  func writes(_ milliseconds: UInt64, _ high: UInt16, _ low: UInt64, _ text: String) {
    let id = ULID(milliseconds: milliseconds, random: (high, low))
    #expect(id.text == text)
    #expect(id.milliseconds == milliseconds)
    #expect(ULID(text) == id)
  }

  @Test(arguments: [
    "", "01aryz6s41tsv4rrffq69g5fa", "01aryz6s41tsv4rrffq69g5favx", "01ARYZ6S41TSV4RRFFQ69G5FAV",
    "81aryz6s41tsv4rrffq69g5fav", "01aryz6s41tsv4rrffq69g5fai", "01aryz6s41tsv4rrffq69g5fal",
    "01aryz6s41tsv4rrffq69g5fao", "01aryz6s41tsv4rrffq69g5fau", "01aryz6s41tsv4rrffq69g5é",
  ]) func readsNothingElse(_ text: String) {
    #expect(ULID(text) == nil)
  }

  @Test func sortsByTimeAndComesBack() {
    let seed: UInt64 = 7
    print("seed \(seed)")
    var random = SeededRandom(seed: seed)
    var last: ULID?
    for milliseconds in UInt64(1_790_000_000_000)..<1_790_000_000_500 {
      let id = ULID(milliseconds: milliseconds, using: &random)
      #expect(id.text.utf8.count == 26)
      #expect(ULID(id.text)?.milliseconds == milliseconds)
      if let last { #expect(last < id) }
      last = id
    }
  }
}
