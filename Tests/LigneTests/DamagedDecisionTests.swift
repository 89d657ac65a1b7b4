import Foundation
import JSONTree
import TestSupport
import Testing

/// What was decided goes on counting when somebody’s file of it is damaged, thrown away, or something else stands in its place.
@Suite struct DamagedDecisionTests {
  enum Harm: String, CaseIterable {
    case marked, emptied, otherKind, deleted, folder, link

    func happen(to path: String) throws {
      let manager = FileManager.default
      let bytes = try Data(contentsOf: URL(filePath: path))
      try manager.removeItem(atPath: path)
      switch self {
      case .marked: try (Data("<<<<<<< HEAD\n".utf8) + bytes).write(to: URL(filePath: path))
      case .emptied: try Data("{}".utf8).write(to: URL(filePath: path))
      case .otherKind:
        let text = String(decoding: bytes, as: UTF8.self)
        let other = text.replacing(/"kind": "[a-z-]*"/, with: "\"kind\": \"source\"")
        try Data(other.utf8).write(to: URL(filePath: path))
      case .deleted: break
      case .folder: try manager.createDirectory(atPath: path, withIntermediateDirectories: false)
      case .link:
        try bytes.write(to: URL(filePath: path + ".aside"))
        try manager.createSymbolicLink(atPath: path, withDestinationPath: path + ".aside")
      }
    }
  }

  /// A post with a time, of which a version holds what keeps it from going out.
  private func desk(_ words: [[String]]) throws -> Desk {
    let desk = try Desk(wishing: ["--channel", "fb=facebook:ravaude", "--workflow", "required"])
    let first = [
      ["new", "post", "--title", "Soirée", "--channel", "fb", "--body", "Le marché."],
      ["schedule", "soiree", "--channel", "fb", "--at", "2026-12-05T10:00"], ["commit", "-m", "Une soirée"],
      ["review", "approve", "soiree"],
    ]
    for words in first + words + [["commit", "-m", "Décidé"]] {
      let answer = try desk.ligne(words)
      guard answer.status == 0 else { throw Desk.Trouble(text: "\(words) \(answer.errorText)") }
    }
    return desk
  }

  private func file(_ desk: Desk, in folder: String, holding words: String) throws -> String {
    let names = try FileManager.default.subpathsOfDirectory(atPath: desk.path + "/" + folder)
    let found = try names.filter { $0.hasSuffix(".json") }
      .first { try desk.read(folder + "/" + $0).contains(words) }
    let name = try #require(found)
    return desk.path + "/" + folder + "/" + name
  }

  private func isClear(_ desk: Desk) throws -> Bool {
    let answer = try desk.ligne(["publish", "soiree", "--dry-run", "--json"])
    return try JSONValue(parsing: answer.output)["clear"] == .bool(true)
  }

  @Test(arguments: Harm.allCases) func aCrisisGoesOnHolding(_ harm: Harm) throws {
    let desk = try desk([["crisis", "declare", "Plan de crise", "--level", "2"]])
    #expect(try !isClear(desk))
    try harm.happen(to: file(desk, in: "crisis/activations", holding: "crisis"))
    #expect(try !isClear(desk), "\(harm)")
    let list = try JSONValue(parsing: desk.ligne(["list", "post", "--json"]).output)
    #expect(list.array?.first?["state"] == "held", "\(harm)")
    #expect(try desk.ligne(["status"]).text.contains("Crise en cours"), "\(harm)")
  }

  @Test(arguments: Harm.allCases) func aRefusalGoesOnCounting(_ harm: Harm) throws {
    let desk = try desk([["team", "add", "Zoé Li", "zoe@ravaude.example"]])
    let zoe = try Desk("Zoé Li <zoe@ravaude.example>", in: desk.folder, at: desk.path)
    #expect(try zoe.ligne(["review", "refuse", "soiree", "-m", "Non"]).status == 0)
    #expect(try zoe.ligne(["commit", "-m", "Non"]).status == 0)
    #expect(try !isClear(desk))
    try harm.happen(to: file(desk, in: "reviews", holding: "refuse"))
    #expect(try !isClear(desk), "\(harm)")
    let list = try JSONValue(parsing: desk.ligne(["list", "post", "--json"]).output)
    #expect(list.array?.first?["state"] == "changes-requested", "\(harm)")
  }

  /// Written over by hand, a decision is still what it was when it was committed.
  @Test func aRefusalThatSomebodyTurnsIntoAYesIsARefusal() throws {
    let desk = try desk([["review", "refuse", "soiree", "-m", "Non"]])
    let path = try file(desk, in: "reviews", holding: "refuse")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try Data(text.replacing("\"refuse\"", with: "\"approve\"").utf8).write(to: URL(filePath: path))
    #expect(try !isClear(desk))
  }

  @Test func whoIsTold() throws {
    let desk = try desk([["crisis", "declare", "Plan de crise", "--level", "2"]])
    try Harm.marked.happen(to: file(desk, in: "crisis/activations", holding: "crisis"))
    let english = try desk.ligne(["publish", "soiree", "--dry-run"], in: "en").errorText
    #expect(
      english.contains("1 document that can’t be read counts here as the newest version has it: crisis/"),
      "\(english)")
    let french = try desk.ligne(["crisis"]).errorText.plainSpaces
    #expect(
      french.contains("1 document illisible compte ici tel que la dernière version le montre"), "\(french)")
    #expect(try desk.ligne(["check"]).status == 2)
  }

  /// The team and the channels can't be committed away; a folder or a link in their place says no more than their absence.
  @Test(arguments: ["team.json", "channels.json"], [Harm.deleted, .folder, .link])
  func whatAWorkspaceNeedsIsNotCommittedAway(_ name: String, _ harm: Harm) throws {
    let desk = try desk([["new", "post", "--title", "Autre"]])
    try harm.happen(to: desk.path + "/" + name)
    _ = try desk.ligne(["new", "post", "--title", "Encore"])
    let status = try desk.ligne(["status"], in: "en").text
    #expect(status.contains(name), "\(status)")
    let committed = try desk.ligne(["commit", "-m", "Encore", "--json"])
    #expect(committed.status == (harm == .link ? 0 : 2), "\(committed.text)")
    #expect(try desk.git("cat-file", "-t", "HEAD:" + name).hasPrefix("blob"))
    #expect(try desk.ligne(["commit", "-m", "Rien", "--json"]).status == 1)
    #expect(try desk.git("cat-file", "-t", "HEAD:" + name).hasPrefix("blob"))
    #expect(try desk.ligne(["publish", "soiree", "--dry-run"]).status == 0)
  }

  /// Hours are still those of the brand where its settings can't be read.
  @Test(arguments: ["{}", "[]", "{\"kind\":"]) func hoursStayThoseOfTheBrand(_ text: String) throws {
    let desk = try desk([])
    let before = try desk.ligne(["calendar"]).text
    #expect(before.contains("10:00"))
    try desk.write(text, to: "ligne.json")
    #expect(try desk.ligne(["calendar"]).text == before)
    #expect(try desk.ligne(["status"]).text.contains("ligne.json"))
  }

  /// What comes back by an undo may be lost: then nothing is begun that could not be finished.
  @Test func anUndoOfWhatIsLostChangesNothing() throws {
    let desk = try desk([])
    for body in ["Deux.", "Trois."] {
      _ = try desk.ligne(["set", "soiree", "/body", body])
      _ = try desk.ligne(["commit", "-m", body])
    }
    let path = try desk.git("ls-files", "posts").trimmingCharacters(in: .whitespacesAndNewlines)
    let id = try desk.git("rev-parse", "HEAD~1:" + path).trimmingCharacters(in: .whitespacesAndNewlines)
    try FileManager.default.removeItem(atPath: desk.path + "/.git/objects/\(id.prefix(2))/\(id.dropFirst(2))")
    let before = try desk.git("rev-parse", "HEAD")
    let undone = try desk.ligne(["undo"], in: "en")
    #expect(undone.status == 1 && undone.errorText.contains("ligne doctor --repair"), "\(undone.errorText)")
    #expect(try desk.git("rev-parse", "HEAD") == before)
    #expect(try desk.ligne(["status"]).status == 0)
    #expect(try desk.ligne(["new", "post", "--title", "Suite"]).status == 0)
    #expect(try desk.ligne(["commit", "-m", "Suite"]).status == 0)
  }

  @Test func anUndoSaysThatACrisisHoldsNothingAnyMore() throws {
    let desk = try desk([])
    #expect(try desk.ligne(["crisis", "declare", "Plan de crise", "--level", "2"]).status == 0)
    let undone = try desk.ligne(["undo"], in: "en")
    #expect(undone.errorText.contains("holds nothing any more: Plan de crise"), "\(undone.errorText)")
  }
}
