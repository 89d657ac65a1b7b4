import Documents
import Foundation
import JSONTree
import ObjectModel
import TestSupport
import Testing
import Wording

/// What `ligne init` writes.
@Suite struct StarterTests {
  static func files(_ change: (inout StarterWishes) -> Void = { _ in }) throws -> [(
    path: WorkspacePath, bytes: [UInt8]
  )] {
    var wishes = StarterWishes(brand: "La Ravaude", authorName: "Noémie Côté")
    wishes.authorEmail = "noemie@laravaude.example"
    wishes.channels = [
      .init(id: "fb", platform: "facebook", handle: "ravaude"),
      .init(id: "x", platform: "x", handle: "@ravaude"),
    ]
    change(&wishes)
    var random = SeededRandom(seed: 1)
    let time = try #require(Instant(rfc3339: "2026-11-03T14:30:00Z"))
    return try starterFiles(wishes, at: time, offset: UTCOffset(minutes: -300), using: &random)
  }

  @Test(arguments: ["fr-CA", "fr", "en-CA", "de"]) func everyFileIsValid(_ language: String) throws {
    let files = try Self.files { $0.language = language }
    let schemas = SchemaSet(files: files)
    #expect(schemas.problems.isEmpty)
    #expect(schemas.kinds.allSatisfy { !$0.isBuiltIn })
    for (path, bytes) in files where path.name.hasSuffix(".json") && !path.text.hasPrefix(".") {
      let value = try checkDocument(path, bytes, schemas: schemas).get()
      #expect(value.canonicalForm == bytes, "\(path)")
    }
    #expect(files.map(\.path) == files.map(\.path).sorted())
    #expect(Set(files.map(\.path)).count == files.count)
  }

  /// A text editor that opens the sample completes fields as it does in a new workspace.
  @Test func theSampleHasTheSettingsOfANewWorkspace() throws {
    let made = try Self.files().first { $0.path.text == ".vscode/settings.json" }
    let sample = Corpus.packageRoot.appending(path: "Workspace/.vscode/settings.json")
    #expect(try made?.bytes == Array(Data(contentsOf: sample)))
  }

  @Test func theFilesAreThese() throws {
    let names = try Self.files().map(\.path.text).filter {
      !$0.hasPrefix("schemas/") && !$0.hasPrefix("limits/")
    }
    #expect(names.map { $0.prefix { $0 != "-" || false } }.map(String.init).first == ".gitattributes")
    #expect(
      names.filter { !$0.contains("-0") } == [
        ".gitattributes", ".gitignore", ".vscode/settings.json", "channels.json", "ligne.json", "team.json",
      ])
    #expect(names.contains { $0.hasPrefix("guidelines/la-ligne-") })
    #expect(names.contains { $0.hasPrefix("crisis/plans/plan-de-crise-") })
    #expect(names.count == 8)
  }

  @Test func emptyLeavesOutTheLineAndThePlan() throws {
    let names = try Self.files { $0.isEmpty = true }.map(\.path.text)
    #expect(!names.contains { $0.hasPrefix("guidelines/") || $0.hasPrefix("crisis/") })
    #expect(names.contains("team.json"))
  }

  @Test func theAuthorIsTheFirstMemberAndInEveryRole() throws {
    let files = try Self.files()
    func document(_ prefix: String) throws -> JSONValue {
      try JSONValue(parsing: try #require(files.first { $0.path.text.hasPrefix(prefix) }).bytes)
    }
    let team = Team(try document("team.json"))
    #expect(team.members.map(\.name) == ["Noémie Côté"])
    #expect(team.member(withEmail: "Noemie@LaRavaude.example")?.id == "noemie-cote")
    #expect(team.members.first?.may("approve", on: "fb") == true)
    let plan = CrisisPlan(try document("crisis/plans/"))
    #expect(plan.roster.map(\.role) == ["coordination", "porte-parole", "redaction", "veille"])
    #expect(plan.roster.allSatisfy { $0.entry["holder"] == "noemie-cote" })
    #expect(plan.levels.map(\.rank) == [1, 2, 3])
    let channels = Channels(try document("channels.json"))
    #expect(channels.channel("x")?.handle == "@ravaude")
    let settings = WorkspaceSettings(try document("ligne.json"))
    #expect(settings.formatVersion == 1 && settings.mergeRulesVersion == 1)
    #expect(
      settings.preset == .optional && settings.languages == ["fr-CA"]
        && settings.timeZone == "America/Toronto")
  }

  struct Refused: Sendable {
    var wish: @Sendable (inout StarterWishes) -> Void
    var message: String
  }

  static let refused = [
    Refused(wish: { $0.brand = "" }, message: "«\u{A0}brand\u{A0}» ne peut pas être vide."),
    Refused(
      wish: { $0.language = "français" }, message: "L’élément 1 n’a pas la bonne forme. Exemple\u{A0}: fr-CA"),
    Refused(
      wish: { $0.timeZone = "Montréal, Québec" },
      message: "«\u{A0}timeZone\u{A0}» doit être un fuseau, comme America/Toronto."),
    Refused(
      wish: { $0.channels = [.init(id: "Ma page", platform: "facebook", handle: "x")] },
      message: "«\u{A0}id\u{A0}» n’a pas la bonne forme. Exemple\u{A0}: facebook"),
    Refused(
      wish: { $0.channels = [.init(id: "x", platform: "x", handle: "")] },
      message: "«\u{A0}handle\u{A0}» ne peut pas être vide."),
  ]

  @Test(arguments: refused) func aWishThatNoDocumentCanHoldIsRefused(_ c: Refused) throws {
    let error = #expect(throws: StarterError.self) { try Self.files(c.wish) }
    #expect(error?.message.french == c.message)
    #expect(error?.code == "refused-value")
  }

  @Test func theSameArgumentsGiveTheSameBytes() throws {
    let (once, again) = (try Self.files(), try Self.files())
    #expect(once.map(\.path) == again.map(\.path))
    #expect(once.map(\.bytes) == again.map(\.bytes))
  }

  /// The words of the starter documents follow the typography they recommend.
  @Test func theFrenchIsWellTyped() throws {
    for (path, bytes) in try Self.files()
    where path.text.hasPrefix("guidelines/") || path.text.hasPrefix("crisis/") {
      let text = String(decoding: bytes, as: UTF8.self)
      for mistake in ["'", "« ", " »", " ;", " !\"", " ?\"", "...", " :\""] {
        // “; ! et ?” in the rule about them is meant.
        let found = text.replacing("aucune avant ; ! et ?", with: "").contains(mistake)
        #expect(!found, "\(path): \(mistake)")
      }
    }
  }
}
