import ObjectModel
import Testing

@Suite struct ReferenceTests {
  @Test(arguments: [
    "HEAD", "FETCH_HEAD", "refs/heads/main", "refs/ligne/devices/01hx", "refs/heads/été", "refs/a@b",
  ])
  func acceptsNamesOfReferences(_ name: String) {
    #expect(Reference.isWellFormed(name))
  }

  @Test(arguments: [
    "", "head", "main", "heads/main", "objects/aa", "refs", "refs/", "/refs/a", "refs//a", "refs/a/",
    "refs/.a",
    "refs/a..b", "refs/a.", "refs/a.lock", "refs/a.lock/b", "refs/a b", "refs/a~1", "refs/a^", "refs/a:b",
    "refs/a?",
    "refs/a*", "refs/a[b", "refs/a\\b", "refs/a@{1}", "refs/a\nb", "refs/a\u{7F}", "refs/../config",
    "../HEAD",
  ])
  func refusesWhatIsNone(_ name: String) {
    #expect(!Reference.isWellFormed(name))
  }

  @Test func comparesNamesByTheirBytes() {
    let id = ObjectID.emptyTree
    #expect(Reference(name: "refs/\u{E9}", id: id) != Reference(name: "refs/e\u{301}", id: id))
  }
}
