import Foundation
import JSONTree
import TestSupport
import Testing

/// A workspace in which somebody deleted ligne.json goes on, and says how to get it back.
@Suite struct MissingSettingsTests {
  static func desk(_ folder: TemporaryFolder? = nil) throws -> Desk {
    let desk = try Desk(in: folder)
    try FileManager.default.removeItem(atPath: desk.path + "/ligne.json")
    return desk
  }

  @Test func itIsSaidInBothLanguagesWithTheWayBack() throws {
    let desk = try Self.desk()
    for (language, words) in [("fr", "ligne.json manque dans ce dossier"), ("en", "ligne.json is missing")] {
      let answer = try desk.ligne(["list"], in: language)
      #expect(answer.status == 0)
      #expect(
        answer.errorText.contains(words) && answer.errorText.contains("ligne restore ligne.json --to -1"))
    }
    #expect(try desk.ligne(["-C", "guidelines", "status"]).status == 0)
    #expect(try desk.ligne(["restore", "ligne.json", "--to", "-1"]).status == 0)
    #expect(try desk.git("status", "--porcelain") == "")
    #expect(try desk.ligne(["list"]).errorText.isEmpty)
  }

  @Test func theDeletionBlocksOnlyItself() throws {
    let desk = try Self.desk()
    _ = try desk.ligne(["new", "post", "--title", "Essai"])
    let answer = try desk.ligne(["commit", "-m", "Essai", "--json"])
    #expect(answer.status == 2)
    let value = try JSONValue(parsing: answer.output)
    #expect(value["documents"]?.array?.count == 1)
    #expect(value["left"]?.array?.map { $0["code"] } == ["settings-deleted"])
    #expect(try desk.git("show", "HEAD:ligne.json").contains("La Ravaude"))
    for words in [["commit", "-m", "rien"], ["commit", "-m", "rien", "ligne.json"]] {
      let alone = try desk.ligne(words + ["--json"])
      #expect(alone.status == 1)
      #expect(try JSONValue(parsing: alone.output)["error"]?["code"] == "unreadable-document")
    }
    #expect(try desk.git("show", "HEAD:ligne.json").contains("La Ravaude"))
  }

  /// What the settings decide is decided by those of the newest version: here, that a yes is required.
  @Test func theSettingsOfTheNewestVersionCount() throws {
    let desk = try Desk()
    _ = try desk.ligne(["set", "ligne.json", "/workflow/preset", "required"])
    _ = try desk.ligne(["channel", "add", "x=x:ravaude"])
    _ = try desk.ligne(["commit", "-m", "Réglages"])
    _ = try desk.ligne([
      "new", "post", "--title", "Essai", "--channel", "x", "--set",
      "/variants/x/schedule={\"at\":\"2026-12-01T09:00:00-05:00\",\"zone\":\"Europe/Paris\"}",
    ])
    func seen() throws -> [JSONValue?] {
      let list = try JSONValue(parsing: desk.ligne(["list", "post", "--json"]).output)
      let findings = try JSONValue(parsing: desk.ligne(["check", "--json"]).output)
      let other = findings.array?.contains { $0["rule"] == "other-zone" }
      return [list.array?.first?["state"], other.map { .bool($0) }]
    }
    let before = try seen()
    #expect(before == ["draft", true])
    try FileManager.default.removeItem(atPath: desk.path + "/ligne.json")
    #expect(try seen() == before)
  }

  @Test func aSyncGoesOnAndSharesNoDeletion() throws {
    let folder = try TemporaryFolder()
    let ana = try Desk(in: folder)
    let address = folder.path + "/equipe.git"
    _ = try TestSupport.Program.git(["init", "-q", "--bare", "-b", "main", address], in: folder.path)
    _ = try ana.ligne(["remote", address])
    #expect(try ana.ligne(["sync"]).status == 0)
    let leo = try Desk("Léo B <leo@ravaude.example>", in: folder, cloning: address)
    try FileManager.default.removeItem(atPath: ana.path + "/ligne.json")
    _ = try ana.ligne(["new", "post", "--title", "Essai"])
    #expect(try ana.ligne(["commit", "-m", "Essai"]).status == 2)
    #expect(try ana.ligne(["sync"]).status == 0)
    #expect(try leo.ligne(["sync"]).status == 0)
    #expect(try leo.read("ligne.json").contains("La Ravaude"))
  }

  @Test func noOtherWorkspaceIsMadeOverIt() throws {
    let desk = try Self.desk()
    let before = try desk.fingerprint()
    let answer = try desk.ligne(["init", "--brand", "Autre", "--json"])
    #expect(try JSONValue(parsing: answer.output)["error"]?["code"] == "already-a-workspace")
    #expect(try desk.fingerprint() == before)
  }

  @Test func anyOtherRepositoryIsNoWorkspace() throws {
    let desk = try Desk()
    _ = try desk.git("rm", "-q", "ligne.json")
    _ = try desk.git("commit", "-q", "-m", "sans réglages")
    let answer = try desk.ligne(["status", "--json"])
    #expect(try JSONValue(parsing: answer.output)["error"]?["code"] == "not-a-workspace")
  }
}
