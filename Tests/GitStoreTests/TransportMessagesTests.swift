import Testing

@testable import GitStore

/// How git's counting is read and its talk is sorted.
@Suite struct TransportMessagesTests {
  static let lines: [(String, TransferProgress?)] = [
    ("Enumerating objects: 7, done.", TransferProgress(stage: .preparing, done: 7)),
    ("Counting objects:  14% (1/7)", TransferProgress(stage: .preparing, done: 1, total: 7)),
    ("Compressing objects: 100% (5/5), done.", TransferProgress(stage: .preparing, done: 5, total: 5)),
    ("Receiving objects:  61% (610/1000)", TransferProgress(stage: .receiving, done: 610, total: 1000)),
    (
      "Receiving objects:  61% (610/1000), 12.50 MiB | 3.00 MiB/s",
      TransferProgress(stage: .receiving, done: 610, total: 1000, bytes: 13_107_200)
    ),
    (
      "Unpacking objects: 100% (3/3), 270 bytes | 270.00 KiB/s, done.",
      TransferProgress(stage: .receiving, done: 3, total: 3, bytes: 270)
    ),
    (
      "Writing objects: 100% (3/3), 1.21 KiB | 1.21 MiB/s, done.",
      TransferProgress(stage: .sending, done: 3, total: 3, bytes: 1239)
    ),
    ("Resolving deltas:   0% (0/2)", TransferProgress(stage: .checking, done: 0, total: 2)),
    (
      "Receiving objects: 100% (1/1), 99999999999999 GiB | x",
      TransferProgress(stage: .receiving, done: 1, total: 1, bytes: .max)
    ),
    ("Receiving objects: many", nil),
    ("Receiving objects:", nil),
    ("fatal: early EOF", nil),
    ("error: 12", nil),
    ("", nil),
  ]

  @Test(arguments: lines) func isRead(_ line: String, _ progress: TransferProgress?) {
    #expect(TransferProgress(line: line) == progress)
  }

  @Test func theSameInAnyPortions() {
    let text =
      "remote: Counting objects:  50% (1/2)        \rremote: bonjour        \nFrom /x\n"
      + " * [new ref]         refs/a -> refs/b\nReceiving objects:  50% (1/2)\rReceiving objects: 100% (2/2), 3.00 KiB | "
      + "1 KiB/s, done.\nerror: é\r\nremote: \nfatal: x"
    let whole = GitMessages(text)
    #expect(whole.own == ["error: é", "fatal: x"])
    #expect(whole.host == ["bonjour"])
    #expect(whole.updates == 1)
    #expect(whole.incomingObjects == 2 && whole.incomingBytes == 3072)
    let bytes = Array(text.utf8)
    for size in [1, 2, 3, 7] {
      var parts = GitMessages()
      for start in stride(from: 0, to: bytes.count, by: size) {
        parts.take(Array(bytes[start..<min(start + size, bytes.count)])) { _ in }
      }
      parts.end()
      #expect(parts.own == whole.own && parts.host == whole.host && parts.updates == whole.updates)
    }
  }

  @Test func aHostThatTalksForEverIsCutShort() {
    var messages = GitMessages()
    messages.take(Array("ssh: first\n".utf8)) { _ in }
    let talk = Array("remote: \(String(repeating: "bla ", count: 200))\n".utf8)
    for _ in 0..<2000 { messages.take(talk) { _ in } }
    messages.take([UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)) { _ in }
    messages.take(Array("\nfatal: last\n".utf8)) { _ in }
    #expect(messages.own.first == "ssh: first" && messages.own.last == "fatal: last")
    #expect((messages.own + messages.host).reduce(0) { $0 + $1.utf8.count } <= 70_000)
    #expect(messages.hostText.count <= 500)
  }

  @Test func whatTheHostClaimsToSendDoesNotCount() {
    var limits = TransferLimits()
    limits.objects = 10
    #expect(GitMessages("remote: Receiving objects: 1% (1/1000)\n").excess(over: limits) == nil)
    #expect(GitMessages("Receiving objects: 1% (1/1000)\r").excess(over: limits) == .objects(limit: 10))
  }

  static let pushes: [(String, String, PushResult.Outcome)] = [
    ("=\ta:refs/heads/main\t[up to date]", "", .wasThere),
    ("*\ta:refs/heads/main\t[new branch]", "", .moved),
    (" \ta:refs/heads/main\t2dc301a..6c380bb", "", .moved),
    ("!\ta:refs/heads/main\t[rejected] (stale info)", "", .rejected(.movedMeanwhile)),
    ("!\ta:refs/heads/main\t[rejected] (fetch first)", "", .rejected(.movedMeanwhile)),
    ("!\ta:refs/heads/main\t[rejected] (atomic push failed)", "", .rejected(.leftOut)),
    ("!\ta:refs/heads/main\t[remote rejected] (atomic push failure)", "", .rejected(.leftOut)),
    (
      "!\ta:refs/heads/main\t[remote rejected] (failed to update ref)",
      "remote: error: cannot lock ref 'refs/heads/main': is at 1 but expected 2", .rejected(.movedMeanwhile)
    ),
    // GitHub, and git from 2.41 on.
    (
      "!\ta:refs/heads/main\t[remote rejected] (cannot lock ref 'refs/heads/main': is at 1 but expected 2)",
      "",
      .rejected(.movedMeanwhile)
    ),
    (
      "!\ta:refs/heads/main\t[remote rejected] (cannot lock ref 'refs/heads/main': reference already exists)",
      "",
      .rejected(.movedMeanwhile)
    ),
    (
      "!\ta:refs/heads/main\t[remote rejected] (incorrect old value provided)", "", .rejected(.movedMeanwhile)
    ),
    (
      "!\ta:refs/heads/main\t[remote rejected] (deny updating a hidden ref)", "",
      .rejected(.refusedByHost("deny updating a hidden ref"))
    ),
    (
      "!\ta:refs/heads/main\t[remote rejected] (protected branch hook declined)",
      "remote: error: GH006: Protected branch update failed for refs/heads/main.",
      .rejected(.refusedByHost("GH006: Protected branch update failed for refs/heads/main."))
    ),
    (
      "!\ta:refs/heads/main\t[remote rejected] (branch is currently checked out)", "",
      .rejected(.refusedByHost("branch is currently checked out"))
    ),
    (
      "!\t:refs/heads/main\t[remote rejected] (deletion prohibited)",
      "remote: error: denying ref deletion for refs/heads/main",
      .rejected(.refusedByHost("denying ref deletion for refs/heads/main"))
    ),
    (
      "!\ta:refs/heads/main\t[remote rejected] (shallow update not allowed)", "",
      .rejected(.refusedByHost("shallow update not allowed"))
    ),
  ]

  @Test(arguments: pushes)
  func oneLineOfAPush(_ line: String, _ stderr: String, _ outcome: PushResult.Outcome) {
    let report = PushReport(
      lines: ["To /srv/team.git", Substring(line), "Done"], status: 1, messages: GitMessages(stderr))
    #expect(report.failure == nil)
    #expect(report["refs/heads/main"] == outcome)
    #expect(report["refs/heads/mai"] == nil)
  }

  @Test func aPushThatFailsAsAWholeIsNotReadByReference() {
    for reason in ["[remote rejected] (unpacker error)", "[remote failure] (remote failed to report status)"]
    {
      let report = PushReport(
        lines: ["!\ta:refs/heads/main\t\(reason)"], status: 1, messages: GitMessages())
      #expect(report.failure == .general)
    }
    #expect(PushReport(lines: [], status: 128, messages: GitMessages("fatal: x")).failure == .general)
    #expect(PushReport(lines: [], status: 0, messages: GitMessages()).failure == .general)
  }
}
