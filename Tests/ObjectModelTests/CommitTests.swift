import ObjectModel
import Testing

@Suite struct CommitTests {
  private static let tree = ObjectID.emptyTree.hex
  private static let parent = "ce013625030ba8dba906f756967f9e9ca394464a"
  private static let ana = "Ana Tremblay <ana@example.org> 1714744800 -0400"
  private static let heading = "tree \(tree)\nauthor \(ana)\ncommitter \(ana)\n"

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let bytes: [UInt8]
    init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }
    init(_ name: String, _ bytes: [UInt8]) { (testDescription, self.bytes) = (name, bytes) }
  }

  /// Every one of these has been seen in a public repository.
  static let readable = [
    Case("plain", heading + "\nLancement\n"),
    Case("no line end after the message", heading + "\nLancement"),
    Case("empty message", heading + "\n"),
    Case("no empty line at all", heading),
    Case("empty lines before and after", heading + "\n\n\nLancement\n\n\n"),
    Case(
      "two parents", "tree \(tree)\nparent \(parent)\nparent \(tree)\nauthor \(ana)\ncommitter \(ana)\n\nx\n"),
    Case(
      "signed",
      heading + "gpgsig -----BEGIN SSH SIGNATURE-----\n U1NIU0lH\n \n -----END SSH SIGNATURE-----\n\nx\n"),
    Case("Latin 1", Array((heading + "encoding ISO-8859-1\n\n").utf8) + [0xC9, 0x74, 0xE9, 10]),
    Case(
      "author of no encoding",
      Array("tree \(tree)\nauthor An".utf8) + [0xE9, 0xFF]
        + Array(" <a@b> 1 +0000\ncommitter \(ana)\n\nx".utf8)),
    Case("a zone of six digits", "tree \(tree)\nauthor A <a@b> 1 +051800\ncommitter \(ana)\n\nx"),
    Case("minus zero", "tree \(tree)\nauthor A <a@b> 0 -0000\ncommitter \(ana)\n\nx"),
    Case("no name", "tree \(tree)\nauthor <a@b> 1 +0000\ncommitter  <> 1 +0000\n\nx"),
    Case("an address in an address", "tree \(tree)\nauthor A <<a@b> c> 1 +0000\ncommitter \(ana)\n\nx"),
    Case("a header of another tool", heading + "HG:extra rebase_source:abc\nHG:rename a:b\n\nx"),
    Case("a merged tag", heading + "mergetag object \(parent)\n type commit\n tag v1\n \n v1\n\nx"),
    Case("a zero byte in the message", Array((heading + "\na").utf8) + [0] + Array("b".utf8)),
  ]

  @Test(arguments: readable) func writesWhatItRead(_ c: Case) throws {
    #expect(try Commit(decoding: c.bytes).encoded == c.bytes)
  }

  static let malformed: [(Case, MalformedCommit)] = [
    (Case("nothing", ""), .header("tree")),
    (Case("no tree", "author \(ana)\ncommitter \(ana)\n\nx"), .header("tree")),
    (
      Case("tree in capitals", "tree \(tree.uppercased())\nauthor \(ana)\ncommitter \(ana)\n\nx"),
      .header("tree")
    ),
    (
      Case("short parent", "tree \(tree)\nparent abc\nauthor \(ana)\ncommitter \(ana)\n\nx"),
      .header("parent")
    ),
    (Case("parent after author", "tree \(tree)\nauthor \(ana)\nparent \(parent)\n\nx"), .header("committer")),
    (Case("no author", "tree \(tree)\ncommitter \(ana)\n\nx"), .header("author")),
    (Case("no address", "tree \(tree)\nauthor Ana 1 +0000\ncommitter \(ana)\n\nx"), .header("author")),
    (Case("no time", "tree \(tree)\nauthor Ana <a@b>\ncommitter \(ana)\n\nx"), .header("author")),
    (Case("no zone", "tree \(tree)\nauthor Ana <a@b> 1\ncommitter \(ana)\n\nx"), .header("author")),
    (
      Case("negative time", "tree \(tree)\nauthor Ana <a@b> -1 +0000\ncommitter \(ana)\n\nx"),
      .header("author")
    ),
    (
      Case("too much time", "tree \(tree)\nauthor A <a@b> 9999999999999999999 +0000\ncommitter \(ana)\n\n"),
      .header("author")
    ),
    (Case("no committer", "tree \(tree)\nauthor \(ana)\n\nx"), .header("committer")),
    (Case("cut in the committer", "tree \(tree)\nauthor \(ana)\ncommitter \(ana)"), .header("committer")),
    (Case("cut in a header", heading + "encoding UTF"), .truncated),
  ]

  @Test(arguments: malformed) func refusesWhatIsNoCommit(_ c: Case, _ problem: MalformedCommit) {
    #expect(throws: problem) { try Commit(decoding: c.bytes) }
  }

  @Test func readsItsParts() throws {
    let commit = try Commit(
      decoding: Array((Self.heading + "gpgsig one\n two\n\n three\nencoding UTF-8\n\nLancement\n").utf8))
    #expect(commit.author.name == "Ana Tremblay")
    #expect(commit.author.email == "ana@example.org")
    #expect(commit.author.time == 1_714_744_800)
    #expect(commit.author.offsetMinutes == -240)
    #expect(commit.header("gpgsig") == Array("one\ntwo".utf8))
    #expect(commit.header("encoding") == nil)
    #expect(commit.message == " three\nencoding UTF-8\n\nLancement\n")
  }

  @Test func readsOldEncodings() throws {
    let bytes = Array((Self.heading + "encoding ISO-8859-1\n\n").utf8) + [0xC9, 0x74, 0xE9, 10]
    #expect(try Commit(decoding: bytes).message == "Été\n")
    let unknown = Array((Self.heading + "\n").utf8) + [0xC9, 0x74]
    #expect(try Commit(decoding: unknown).message == "\u{FFFD}t")
  }

  static let zones: [(Int, String)] = [
    (0, "+0000"), (-240, "-0400"), (330, "+0530"), (-30, "-0030"), (845, "+1405"),
  ]

  @Test(arguments: zones) func writesZonesAsGitDoes(_ minutes: Int, _ zone: String) throws {
    let signature = Signature(name: "Ana", email: "a@b", time: 5, offsetMinutes: minutes)
    #expect(String(decoding: signature.line, as: UTF8.self) == "Ana <a@b> 5 \(zone)")
    let commit = Commit(
      tree: .emptyTree, parents: [], author: signature, committer: signature, message: "x")
    #expect(try Commit(decoding: commit.encoded) == commit)
  }

  /// A name can't end its line, nor pass for an address.
  @Test func takesOutOfNamesWhatWouldBreakTheLine() throws {
    let signature = Signature(
      name: " Ana\n<evil> \u{0}Tremblay, ", email: "<ana@example.org>\n", time: 1, offsetMinutes: 0)
    #expect(String(decoding: signature.line, as: UTF8.self) == "Anaevil Tremblay <ana@example.org> 1 +0000")
  }

  static let trailers: [(String, String?)] = [
    ("Join\n\nLigne-Join: 1\n", "1"),
    ("Join\n\nligne-join:  1  \n\n\n", "1"),
    ("Join\n\nText.\n\nReviewed-by: Ana\nLigne-Join: 1", "1"),
    ("Join\n\nLigne-Join: 1\nLigne-Join: 2\n", "2"),
    ("Join\n\nLigne-Join: a\n  b\nReviewed-by: Ana\n", "a b"),
    ("Join\r\n\r\nLigne-Join: 1\r\n", "1"),
    ("Ligne-Join: 1\n", nil),
    ("Join\nLigne-Join: 1\n", nil),
    ("Join\n\nLigne-Join: 1\n\nAnd more text.\n", nil),
    ("Join\n\nsome text\nLigne-Join: 1\n", nil),
    ("Join\n\nLigne Join: 1\n", nil),
    ("Join\n\nX-Ligne-Join: 1\n", nil),
    ("", nil), ("\n\n", nil), ("\n\nLigne-Join: 1\n", nil),
  ]

  @Test(arguments: trailers) func findsTrailersInTheLastParagraph(_ message: String, _ value: String?) {
    let ana = Signature(name: "Ana", email: "a@b", time: 1, offsetMinutes: 0)
    let commit = Commit(tree: .emptyTree, parents: [], author: ana, committer: ana, message: message)
    #expect(commit.trailer("Ligne-Join") == value)
  }
}
