import Documents
import JSONTree
import Testing

/// Views read fields that exist, and stay calm where a document is half written.
@Suite struct ViewTests {
  private func check<View: DocumentView>(_: View.Type) throws {
    let kind = try #require(SchemaSet.builtIn.kind(named: View.kind))
    for field in View.Field.allCases {
      #expect(
        kind.schema.field(at: try JSONPointer(parsing: field.rawValue)) != nil,
        "\(View.kind) \(field.rawValue)")
    }
    for value in [[:], [], "text", ["body": 3, "members": ["a"], "variants": []]] as [JSONValue] {
      #expect(View(value).value == value)
    }
  }

  @Test func everyFieldIsInItsSchema() throws {
    try check(WorkspaceSettings.self)
    try check(Team.self)
    try check(Channels.self)
    try check(Post.self)
    try check(Conversation.self)
    try check(Reply.self)
    try check(Guideline.self)
    try check(CrisisPlan.self)
    try check(PlatformLimits.self)
    try check(CrisisActivation.self)
    try check(Review.self)
    try check(Publication.self)
    try check(Comment.self)
    try check(Statement.self)
    try check(Asset.self)
    try check(Campaign.self)
    try check(Source.self)
    try check(SavedReply.self)
    try check(Rumour.self)
  }

  @Test func aVariantThatFollowsShowsTheSharedText() {
    let post = Post([
      "body": "commun",
      "variants": [
        "b": ["mode": "diverges", "body": "propre"], "a": ["mode": "follows", "body": "oublié"],
        "c": ["mode": "diverges"],
      ],
    ])
    #expect(post.variants.map(\.channel) == ["a", "b", "c"])
    #expect(post.variants.map { $0.text(ofPost: post.body) } == ["commun", "propre", ""])
  }

  @Test func whatIsHalfWrittenReadsAsAbsent() {
    let post = Post(["title": 3, "variants": ["x": ["schedule": ["at": "2026-11-23T09:30:00-05:00"]]]])
    #expect(post.title == nil)
    #expect(post.state == "draft")
    #expect(post.variants.first?.schedule == nil)
    #expect(WorkspaceSettings(["formatVersion": .number(JSONNumber(unchecked: "1.5"))]).formatVersion == nil)
  }
}
