import Foundation
import JSONTree
import TestSupport
import Testing

/// Decisions are written once: nobody rewrites or takes away what somebody else decided, and who does it with plain git is
/// named.
@Suite struct DecisionsOfOthersTests {
  /// Ana’s post, which Léo refused; both know it.
  static func refused() throws -> (ana: Desk, leo: Desk, post: (path: String, id: String), review: String) {
    let (ana, leo) = try ConcurrentReviewTests.team()
    let post = try ConcurrentReviewTests.post(ana)
    for desk in [ana, leo] { _ = try desk.ligne(["commit", "-m", "Un texte"]) }
    try share(ana, leo)
    let made = try JSONValue(
      parsing: leo.ligne(["review", "refuse", post.path, "-m", "Non", "--json"]).output)
    let id = try #require(made["review"]?.text)
    _ = try leo.ligne(["commit", "-m", "Non"])
    try share(leo, ana)
    return (ana, leo, (post.path, post.id), "reviews/\(post.id)/\(id).json")
  }

  static func share(_ desks: Desk...) throws {
    for desk in desks { #expect([0, 2].contains(try desk.ligne(["sync"]).status)) }
  }

  private static func remove(_ file: String, of desk: Desk) throws {
    try FileManager.default.removeItem(atPath: desk.path + "/" + file)
  }

  private static func state(of post: String, at desk: Desk) throws -> String? {
    try JSONValue(parsing: desk.ligne(["review", "show", post, "--json"]).output)["state"]?.text
  }

  @Test(arguments: ["fr", "en"]) func aCommitLeavesThemAsTheyAre(_ language: String) throws {
    let (ana, _, post, review) = try Self.refused()
    let original = try ana.read(review)
    try Self.remove(review, of: ana)
    _ = try ana.ligne(["set", post.path, "/labels", #"["hiver"]"#])
    let deleted = try ana.ligne(["commit", "-m", "Étiquette", "--json"], in: language)
    #expect(deleted.status == 2, "the rest is committed")
    let left = try JSONValue(parsing: deleted.output)["left"]?.array
    #expect(left?.map { $0["code"] } == ["decision-deleted"])
    #expect(try ana.ligne(["status"], in: language).text.contains("Léo Roy"))
    #expect(try ana.ligne(["restore", review, "--to", "-1"]).status == 0)
    #expect(try ana.read(review) == original)

    try ana.write(original.replacing("\"refuse\"", with: "\"approve\""), to: review)
    let rewritten = try ana.ligne(["commit", "-m", "Oui", "--json"], in: language)
    #expect(rewritten.status == 1)
    #expect(try JSONValue(parsing: rewritten.output)["error"]?["code"] != nil)
    #expect(try ana.ligne(["restore", review, "--to", "-0"]).status == 0)
    #expect(try ana.ligne(["status", "--json"]).text.contains(#""left": []"#))
    #expect(try ana.ligne(["verify"]).status == 0)
  }

  @Test func whatIsNoRewritingIsCommitted() throws {
    // One’s own.
    let own = try Self.refused()
    try Self.remove(own.review, of: own.leo)
    #expect(try own.leo.ligne(["commit", "-m", "Je reprends mon non"]).status == 0)
    try Self.share(own.leo, own.ana)
    #expect(try own.ana.ligne(["verify"]).status == 0)
    #expect(try Self.state(of: own.post.path, at: own.ana) != "changes-requested")
    // Another place, and another layout.
    let moved = try Self.refused()
    let text = try moved.ana.read(moved.review)
    try Self.remove(moved.review, of: moved.ana)
    try moved.ana.write(text.replacing("  ", with: "      "), to: "reviews/ailleurs.json")
    #expect(try moved.ana.ligne(["commit", "-m", "Range"]).status == 0)
    #expect(try Self.state(of: moved.post.path, at: moved.ana) == "changes-requested")
    #expect(try moved.ana.ligne(["verify"]).status == 0)
    // With what it is about.
    let both = try Self.refused()
    try Self.remove(both.review, of: both.ana)
    try Self.remove(both.post.path, of: both.ana)
    #expect(try both.ana.ligne(["commit", "-m", "Abandonné"]).status == 0)
    #expect(try both.ana.ligne(["verify"]).status == 0)
  }

  /// In another place and with other words at once.
  @Test func aMoveHidesNoRewriting() throws {
    let (ana, _, _, review) = try Self.refused()
    let text = try ana.read(review)
    try Self.remove(review, of: ana)
    try ana.write(text.replacing("\"refuse\"", with: "\"approve\""), to: "reviews/ailleurs.json")
    let answer = try ana.ligne(["commit", "-m", "Range"])
    #expect(answer.status == 1, "\(answer.text)")
    #expect(try ana.git("status", "--porcelain").contains("ailleurs.json"))
  }

  /// A subject that nobody can read is still there, and so are the settings that a commit leaves out.
  @Test func whatCanNotBeReadIsStillThere() throws {
    let (ana, _, post, review) = try Self.refused()
    let text = try ana.read(post.path)
    try Self.remove(review, of: ana)
    try ana.write("{", to: post.path)
    #expect(try ana.ligne(["commit", "-m", "Deux choses"]).status != 0)
    // Nor where a version has it so.
    _ = try ana.git("commit", "-qm", "Abîmé", "--", post.path)
    #expect(try ana.ligne(["commit", "-m", "Encore"]).status != 0)
    try ana.write(text, to: post.path)
    _ = try ana.ligne(["commit", "-m", "Corrigé"])
    #expect(try ana.git("ls-files", review).contains(review), "the version still has it")
  }

  /// Who wrote before they joined the team wrote under their name.
  @Test func whoJoinedLaterMayTakeBackTheirOwn() throws {
    let (ana, leo, post, _) = try Self.refused()
    let zoe = try Desk(
      "Zoé Lo <zoe@ravaude.example>", in: ana.folder,
      cloning: ana.git("remote", "get-url", "origin").trimmingCharacters(in: .whitespacesAndNewlines))
    let path = "metrics/mesures.json"
    try zoe.write(
      """
      {"kind": "metrics", "id": "01m7z6g8r0pghn5ekwmys0152z", "createdAt": "2026-11-21T09:00:00-05:00", "createdBy": "Zoé Lo",
        "source": "main", "subject": "\(post.id)", "takenAt": "2026-11-21T09:00:00-05:00", "values": {}}
      """, to: path)
    #expect([0, 2].contains(try zoe.ligne(["commit", "-m", "Mesures"]).status))
    try Self.share(zoe, leo)
    #expect(try leo.ligne(["team", "add", "Zoé Lo", "zoe@ravaude.example"]).status == 0)
    _ = try leo.ligne(["commit", "-m", "Zoé"])
    try Self.share(leo, zoe)
    try Self.remove(path, of: zoe)
    let answer = try zoe.ligne(["commit", "-m", "Faux", "--json"])
    #expect(answer.status == 0, "\(answer.text)")
  }

  /// How Mallory changes Léo’s refusal with plain git.
  enum Deed: String, CaseIterable {
    case deletes, rewrites
    case takesOver = "writes it as another’s"
    case mergesAway = "drops it in a merge"
    case damagesThenDeletes = "makes it unreadable, then deletes it"
    case moves = "writes it anew in another place"
    case hides = "rewrites it, and somebody moves it"
  }

  @Test(arguments: Deed.allCases, ["Ana", "Léo"])
  func whoDoesItWithPlainGitIsNamedAndAnybodyPutsItRight(_ deed: Deed, by repairer: String) throws {
    let (ana, leo, post, review) = try Self.refused()
    let original = try ana.read(review)
    let approving = original.replacing("\"refuse\"", with: "\"approve\"")
    func commit() throws {
      _ = try ana.git("add", "-A")
      _ = try ana.git("commit", "--author", "Mallory <m@ailleurs.example>", "-qm", "rien")
    }
    switch deed {
    case .deletes: try Self.remove(review, of: ana)
    case .rewrites: try ana.write(approving, to: review)
    case .takesOver: try ana.write(approving.replacing("leo-roy", with: "ana-cote"), to: review)
    case .mergesAway:
      _ = try ana.git("checkout", "-q", "-b", "autre", "HEAD~1")
      try ana.write("x", to: "notes/x.txt")
      try commit()
      _ = try ana.git("merge", "-q", "--no-commit", "-s", "ours", "main")
      try commit()
      _ = try ana.git("checkout", "-q", "-B", "main")
    case .damagesThenDeletes:
      try ana.write("{", to: review)
      try commit()
      try Self.remove(review, of: ana)
    case .moves:
      try Self.remove(review, of: ana)
      try ana.write(approving, to: "reviews/ailleurs.json")
    case .hides:
      try ana.write(approving, to: review)
      try commit()
      _ = try ana.git("mv", review, "reviews/ailleurs.json")
      _ = try ana.git("commit", "--author", "Zoé <z@ailleurs.example>", "-qam", "Range")
    }
    if ![.mergesAway, .hides].contains(deed) { try commit() }
    try Self.share(ana)
    let place = [.moves, .hides].contains(deed) ? "reviews/ailleurs.json" : review
    let isGone = ![.rewrites, .takesOver, .moves, .hides].contains(deed)
    let code: JSONValue = isGone ? "decision-deleted" : "decision-rewritten"
    let received = try JSONValue(parsing: leo.ligne(["sync", "--json"]).output)["findings"]?.array ?? []
    let finding = try #require(received.first { $0["rule"] == code })
    #expect(finding["path"]?.text == (isGone ? post.path : place))
    let message = try #require(finding["message"]?.text)
    #expect(message.contains("Mallory") && message.contains("Léo Roy"), "\(message)")
    for desk in [ana, leo] {
      let answer = try desk.ligne(["verify", "--json"])
      #expect(answer.status != 0)
      let refused = try JSONValue(parsing: answer.output)["refused"]?.array
      #expect(refused?.map { $0["code"] } == [code])
      #expect(refused?.first?["by"] == "Mallory")
    }
    // The words it says bring it back, whoever types them.
    let words = try #require(message.split(separator: "ligne restore ").last?.prefix { $0 != "”" })
    let desk = repairer == "Ana" ? ana : leo
    let restored = try desk.ligne(["restore"] + words.split(separator: " ").map(String.init))
    #expect(restored.status == 0, "\(words): \(restored.errorText)")
    #expect(try desk.read(place) == original)
    #expect(try desk.ligne(["commit", "-m", "Revient"]).status == 0)
    try Self.share(desk, repairer == "Ana" ? leo : ana)
    for desk in [ana, leo] {
      #expect(try Self.state(of: post.path, at: desk) == "changes-requested")
      #expect(try desk.ligne(["verify"]).status == 0)
    }
  }

  /// Who wrote it has the last word, also after somebody else’s.
  @Test func itsWriterEndsIt() throws {
    let (ana, leo, _, review) = try Self.refused()
    try ana.write(ana.read(review).replacing("\"refuse\"", with: "\"approve\""), to: review)
    _ = try ana.git("commit", "--author", "Mallory <m@ailleurs.example>", "-qam", "rien")
    try Self.share(ana, leo)
    try Self.remove(review, of: leo)
    #expect(try leo.ligne(["commit", "-m", "Je le reprends"]).status == 0)
    #expect(try leo.ligne(["verify"]).status == 0)
  }

  /// A team that nobody can read is mended by a commit like any other file, and holds up no other.
  @Test func aTeamThatNobodyCanReadHoldsUpNothing() throws {
    let (ana, leo, post, _) = try Self.refused()
    let team = try ana.read("team.json")
    try ana.write("<<<<<<<\n" + team, to: "team.json")
    _ = try ana.git("commit", "-qam", "Fusion")
    try Self.share(ana, leo)
    for words in [["status"], ["list"], ["review", "list"], ["set", post.path, "/labels", #"["hiver"]"#]] {
      #expect([0, 2].contains(try leo.ligne(words).status), "\(words)")
    }
    #expect([0, 2].contains(try leo.ligne(["commit", "-m", "Étiquette"]).status))
    try leo.write(team, to: "team.json")
    #expect(try leo.ligne(["commit", "-m", "Corrigée"]).status == 0)
    #expect(try leo.ligne(["verify"]).status == 0)
  }

  /// Of a decision and its copy one may go.
  @Test func aCopyMayGo() throws {
    let (ana, _, _, review) = try Self.refused()
    try ana.write(try ana.read(review), to: "reviews/copie.json")
    let copied = try ana.ligne(["commit", "-m", "Copie", "--json"])
    #expect(
      try JSONValue(parsing: copied.output)["findings"]?.array?.contains { $0["rule"] == "same-id" } == true)
    try Self.remove("reviews/copie.json", of: ana)
    #expect(try ana.ligne(["commit", "-m", "Sans copie"]).status == 0)
    #expect(try ana.ligne(["verify"]).status == 0)
  }

  /// A copy that says what the decision said does not make up for one that was rewritten.
  @Test func aCopyHidesNothing() throws {
    let (ana, _, _, review) = try Self.refused()
    let original = try ana.read(review)
    try ana.write(original.replacing("\"refuse\"", with: "\"approve\""), to: review)
    _ = try ana.git("commit", "--author", "Mallory <m@ailleurs.example>", "-qam", "rien")
    try ana.write(original, to: "reviews/copie.json")
    _ = try ana.git("add", "-A")
    _ = try ana.git("commit", "--author", "Mallory <m@ailleurs.example>", "-qm", "copie")
    let refused = try JSONValue(parsing: ana.ligne(["verify", "--json"]).output)["refused"]?.array
    #expect(refused?.map { $0["code"] } == ["decision-rewritten"])
  }

  /// Another joint commit that is none says nothing of what people did elsewhere.
  @Test func aForgedJointHidesNothing() throws {
    let (ana, _, _, review) = try Self.refused()
    try Self.remove(review, of: ana)
    _ = try ana.git(
      "commit", "--author", "Mallory <m@ailleurs.example>", "-qam", "Rien\n\nLigne-Join: 1")
    let refused = try JSONValue(parsing: ana.ligne(["verify", "--json"]).output)["refused"]?.array
    #expect(refused?.contains { $0["code"] == "decision-deleted" } == true, "\(refused ?? [])")
  }

  /// Who takes back a sync takes back what others wrote, and not what they decided about what stays.
  @Test func anUndoLeavesThemThere() throws {
    let (ana, leo, post, review) = try Self.refused()
    _ = try leo.ligne(["set", post.path, "/labels", #"["hiver"]"#])
    _ = try leo.ligne(["review", "request-changes", post.path, "-m", "Plus court"])
    _ = try leo.ligne(["commit", "-m", "Deux choses"])
    try Self.share(leo, ana)
    let answer = try JSONValue(parsing: ana.ligne(["undo", "--json"]).output)
    #expect(answer["decisions"]?.array?.count == 1)
    #expect(try !ana.read(post.path).contains("hiver"))
    #expect(try Self.state(of: post.path, at: ana) == "changes-requested")
    #expect(try ana.ligne(["verify"]).status == 0)
    // Nothing but decisions: nothing is taken back.
    let version = try ana.git("log", "--format=%H", "--", review).split(separator: "\n").map(String.init)[0]
    let refused = try ana.ligne(["undo", version])
    #expect(refused.status == 1, "\(refused.text)")
    // One’s own goes.
    #expect(try leo.ligne(["undo", version]).status == 0)
  }
}
