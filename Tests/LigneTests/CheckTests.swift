import Foundation
import JSONTree
import TestSupport
import Testing

/// The line as people meet it: by `check`, and by what `commit`, `status` and `sync` say of it.
@Suite struct CheckTests {
  /// A desk whose line has one rule of each level.
  static func desk() throws -> Desk {
    let desk = try Desk()
    let guideline = try #require(try list(desk, "guideline").first)
    let rules = """
      [{"id":"foin","check":"existence","level":"error","parameters":{"tokens":["foin"]},
        "message":"Pas de foin.","rationale":"Il gratte."},
       {"id":"points","check":"substitution","level":"suggestion","parameters":{"terms":{"...":"…"},"safe":true}}]
      """
    for words in [["set", guideline, "/rules", rules], ["commit", "-m", "Deux règles"]] {
      let answer = try desk.ligne(words)
      #expect(answer.status == 0, "\(answer.errorText)")
    }
    return desk
  }

  static func list(_ desk: Desk, _ kind: String) throws -> [String] {
    let rows = try JSONValue(parsing: desk.ligne(["list", kind, "--json"]).output)
    return (rows.array ?? []).compactMap { $0["path"]?.text }
  }

  static func post(_ desk: Desk, _ body: String) throws -> String {
    let answer = try JSONValue(
      parsing: desk.ligne(["new", "post", "--title", "Soirée", "--body", body, "--json"]).output)
    return try #require(answer["path"]?.text)
  }

  @Test func nothingToSayIsSaidInOneLine() throws {
    let desk = try Self.desk()
    let path = try Self.post(desk, "Du trèfle.")
    let answer = try desk.ligne(["check", path])
    #expect(answer.text == "Rien à redire\u{A0}: 1\u{A0}document.")
    #expect(answer.status == 0)
    #expect(try desk.ligne(["check", path], in: "en").text == "Nothing to say against 1 document.")
    #expect(try JSONValue(parsing: desk.ligne(["check", path, "--json"]).output) == [])
  }

  /// Of a thousand documents the line is asked on the way, of more whoever wants it asks; pictures count for nothing.
  @Test func moreThanAThousandAtOnceAreLeftToWhoAsks() throws {
    let desk = try Self.desk()
    let path = try Self.post(desk, "Du foin.")
    let text = try desk.read(path)
    for number in 0..<1000 {
      let id = "01m6pp5qb0wb7d3mnfvs" + String(100_000 + number)
      try desk.write(
        text.replacing(path.dropLast(5).suffix(26), with: id), to: "posts/p-\(id).json")
      try desk.write("\(number)", to: "assets/\(number).txt")
    }
    func answer(_ words: String...) throws -> JSONValue {
      try JSONValue(parsing: desk.ligne(words + ["--json"]).output)
    }
    #expect(try answer("status")["findings"] == .null)
    let strict = try desk.ligne(["commit", "--strict", "-m", "Beaucoup"])
    #expect(
      strict.status == 1 && strict.errorText.plainSpaces.contains("1 001 erreurs"),
      "\(strict.errorText.prefix(300))")
    // One of them alone, so that a thousand are left.
    let one = try answer("commit", "-m", "Un", path)
    #expect(one["findings"]?.array?.count == 1 && one["unchecked"] == nil)
    try desk.write(text, to: "posts/q-" + path.dropLast(5).suffix(26) + ".json")
    let many = try desk.ligne(["commit", "-m", "Beaucoup", "--json"])
    let value = try JSONValue(parsing: many.output)
    #expect(value["unchecked"] == 1001 && value["findings"] == [], "\(value["unchecked"] ?? .null)")
    #expect(many.errorText.plainSpaces.contains("la ligne n’a pas été consultée : 1 001 documents"))
  }

  @Test func aFindingIsShownWithItsWordsAndItsReason() throws {
    let desk = try Self.desk()
    let path = try Self.post(desk, "Du foin pour tout le monde...")
    let answer = try desk.ligne(["check"])
    #expect(answer.status == 2)
    let short = path.dropLast(5).suffix(6)
    #expect(
      answer.text == """
        1\u{A0}erreur, 1\u{A0}suggestion dans 1\u{A0}document

        Soirée  \(short)
          erreur  foin  Texte
            Du ‹foin› pour tout le monde...
            Pas de foin.
            Il gratte.
          suggestion  points  Texte
            Du foin pour tout le monde[-...-]{+…+}
            «\u{A0}...\u{A0}»\u{A0}: préférez «\u{A0}…\u{A0}».
        """)
    #expect(answer.errorText.contains("ligne check --fix"))
  }

  @Test func scriptsReadTheKeysOfTheContract() throws {
    let desk = try Self.desk()
    let path = try Self.post(desk, "é foin")
    let findings = try JSONValue(parsing: desk.ligne(["check", path, "--json"], in: "en").output)
    let finding = try #require(findings.array?.first)
    #expect(finding["rule"] == "foin" && finding["level"] == "error" && finding["path"]?.text == path)
    #expect(finding["pointer"] == "/body" && finding["range"] == ["start": 2, "end": 6])
    #expect(finding["message"] == "Pas de foin." && finding["suggestion"] == nil)
    #expect(finding["id"]?.text.map { path.contains($0) } == true)
    #expect(finding["line"] != nil && finding["column"] != nil)
  }

  @Test func safeSuggestionsAreAppliedAndWhatTheyOverwriteIsKept() throws {
    let desk = try Self.desk()
    let path = try Self.post(desk, "Un... deux... foin")
    let answer = try desk.ligne(["check", path, "--fix"])
    #expect(answer.status == 2)
    #expect(answer.text.hasPrefix("2\u{A0}corrections dans 1\u{A0}document, non enregistré"))
    #expect(try desk.ligne(["show", path, "/body"]).text == "Un… deux… foin")
    let kept = try desk.git("for-each-ref", "--format=%(objectname)", "refs/ligne/kept")
    let copy = kept.split(separator: "\n").first.map(String.init) ?? ""
    #expect(try desk.git("show", "\(copy):\(path)").contains("Un... deux... foin"))
    #expect(
      try desk.ligne(["check", path, "--fix"]).text.hasPrefix("Aucune correction sans risque à faire."))
    let fixed = try JSONValue(
      parsing: {
        _ = try desk.ligne(["set", path, "/body", "Trois..."])
        return try desk.ligne(["check", path, "--fix", "--json"]).output
      }())
    #expect(fixed.array?.map { $0["fixed"] } == [true])
  }

  @Test func aDocumentThatCantBeReadIsNamedAndTheRestIsChecked() throws {
    let desk = try Self.desk()
    _ = try Self.post(desk, "Du foin")
    try desk.write("{ \"kind\": \"post\"", to: "posts/casse.json")
    let answer = try desk.ligne(["check", "--json"])
    #expect(answer.status == 2)
    let rules = try JSONValue(parsing: answer.output).array?.compactMap { $0["rule"]?.text } ?? []
    #expect(rules.contains("broken-json") && rules.contains("foin"))
  }

  @Test func aRuleThatCantBeUsedIsAFindingOnTheGuideline() throws {
    let desk = try Self.desk()
    let guideline = try #require(try Self.list(desk, "guideline").first)
    _ = try desk.ligne(["set", guideline, "/rules/@points/parameters", "{\"patterns\":[\"(\"]}"])
    _ = try Self.post(desk, "Du foin")
    let findings = try JSONValue(parsing: desk.ligne(["check", "--json"]).output).array ?? []
    #expect(
      findings.map { [$0["rule"]?.text, $0["pointer"]?.text] } == [
        ["broken-rule", "/rules/@points/parameters/patterns"], ["foin", "/body"],
      ])
  }

  // MARK: - Beside other commands

  @Test func aCommitWarnsAndAStrictOneRefuses() throws {
    let desk = try Self.desk()
    let path = try Self.post(desk, "Du foin...")
    let before = try desk.fingerprint()
    let strict = try desk.ligne(["commit", "-m", "Essai", "--strict", "--json"])
    #expect(strict.status == 1)
    #expect(try JSONValue(parsing: strict.output)["error"]?["code"] == "findings")
    #expect(try desk.fingerprint() == before)
    let commit = try desk.ligne(["commit", "-m", "Essai"])
    #expect(commit.status == 0)
    #expect(commit.errorText.contains("1\u{A0}erreur") && commit.errorText.contains("Pas de foin."))
    _ = try desk.ligne(["set", path, "/body", "Du trèfle..."])
    #expect(try desk.ligne(["commit", "-m", "Suite", "--strict"]).status == 0)
  }

  @Test func statusCountsWhatIsNotCommitted() throws {
    let desk = try Self.desk()
    let path = try Self.post(desk, "Du foin...")
    func count() throws -> JSONValue? {
      try JSONValue(parsing: desk.ligne(["status", "--json"]).output)["findings"]
    }
    #expect(try count() == 2)
    #expect(try count() == 2)
    _ = try desk.ligne(["set", path, "/body", "Du trèfle..."])
    #expect(try count() == 1)
    #expect(try desk.ligne(["status"]).text.contains("1\u{A0}remarque dans ce qui n’est pas enregistré"))
    _ = try desk.ligne(["commit", "-m", "Essai"])
    #expect(try count() == 0)
  }

  @Test func aSyncTellsWhatTheJoinBroughtIn() throws {
    let ana = try Self.desk()
    let address = ana.folder.path + "/equipe.git"
    try TestSupport.Program.git("init", "-q", "--bare", "-b", "main", address, in: ana.folder.path)
    _ = try Self.post(ana, "Un mot.")
    for words in [["commit", "-m", "Un post"], ["remote", address], ["sync"]] {
      #expect(try ana.ligne(words).status == 0)
    }
    let leo = try Desk("Léo Roy <leo@ravaude.example>", in: ana.folder, cloning: address)
    let path = try Self.post(leo, "Du foin.")
    _ = try leo.ligne(["commit", "-m", "Foin"])
    #expect(try leo.ligne(["sync"]).status == 0)

    let preview = try ana.ligne(["sync", "--dry-run", "--json"])
    #expect(try JSONValue(parsing: preview.output)["findings"]?.array?.count == 1)
    let answer = try ana.ligne(["sync", "--json"])
    #expect(answer.status == 2)
    let finding = try #require(try JSONValue(parsing: answer.output)["findings"]?.array?.first)
    #expect(
      finding["path"]?.text == path && finding["rule"] == "foin"
        && finding["range"] == ["start": 3, "end": 7])
    let again = try ana.ligne(["sync", "--json"])
    #expect(again.status == 0)
    #expect(try JSONValue(parsing: again.output)["findings"] == [])
  }

  /// Two titles wait for somebody to choose: the post is not on its way, and nothing is said of how it got there.
  @Test func aPostInWhichSomethingIsToBeSettledIsNotCalledScheduled() throws {
    let ana = try Self.desk()
    try ana.write(
      """
      {"id": "01m20fy9a0t9ne85h343v1qmpv", "kind": "channels", "createdAt": "2026-09-08T08:30:00-04:00",
       "createdBy": "ana", "channels": [{"id": "fb", "platform": "facebook", "handle": "ravaude"}]}
      """, to: "channels.json")
    let made = try ana.ligne([
      "new", "post", "--title", "Soirée", "--channel", "fb", "--body", "Un.", "--json",
    ])
    let post = try #require(try JSONValue(parsing: made.output)["path"]?.text)
    let address = ana.folder.path + "/equipe.git"
    try TestSupport.Program.git("init", "-q", "--bare", "-b", "main", address, in: ana.folder.path)
    for words in [
      [
        "set", post, "/variants/fb/schedule",
        "{\"at\": \"2026-11-23T09:00:00-05:00\", \"zone\": \"America/Toronto\"}",
      ],
      ["set", "ligne.json", "/workflow/preset", "required"], ["commit", "-m", "Un post"],
    ] {
      let answer = try ana.ligne(words)
      #expect(answer.status == 0, "\(answer.errorText)")
    }
    // Somebody who may not decide that: it holds nothing, until somebody who may has said yes.
    for words in [["set", "ligne.json", "/workflow/preset", "optional"], ["commit", "-m", "Plus simple"]] {
      _ = try ana.ligne(words, environment: ["LIGNE_AUTHOR": "Léo Roy <leo@ravaude.example>"])
    }
    for words in [["remote", address], ["sync"]] { #expect(try ana.ligne(words).status == 0) }
    let leo = try Desk("Léo Roy <leo@ravaude.example>", in: ana.folder, cloning: address)
    func rules() throws -> [String] {
      try JSONValue(parsing: leo.ligne(["check", post, "--json"]).output).array?.compactMap {
        $0["rule"]?.text
      }
        ?? []
    }
    #expect(try rules() == ["loosened-policy-used"])
    for (desk, title) in [(ana, "Soirée d’automne"), (leo, "Soirée d’hiver")] {
      _ = try desk.ligne(["set", post, "/title", title])
      _ = try desk.ligne(["commit", "-m", title])
      _ = try desk.ligne(["sync"])
    }
    #expect(try rules() == [])
    #expect(try leo.ligne(["resolve", post, "/title", "--take", "1"]).status == 0)
    #expect(try rules() == ["loosened-policy-used"])
  }

  // MARK: - Exceptions

  /// An exception that is over already would be none.
  @Test func anExceptionEndsAfterItBegins() throws {
    let desk = try Desk()
    let path = try #require(try Self.list(desk, "guideline").first)
    for language in ["fr", "en"] {
      let answer = try desk.ligne(["waive", path, "x", "-m", "y", "--until", "hier", "--json"], in: language)
      let error = try JSONValue(parsing: answer.output)["error"]
      #expect(answer.status == 1 && error?["code"] == "past-end", "\(answer.text)")
      #expect(error?["hint"]?.text?.contains("--until") == true)
    }
  }

  @Test func anExceptionIsForTheWordsOfToday() throws {
    let desk = try Self.desk()
    let path = try Self.post(desk, "Du foin")
    let waived = try JSONValue(
      parsing: desk.ligne(["waive", path, "foin", "-m", "C’est la saison", "--until", "2026-12-01", "--json"])
        .output)
    #expect(waived["waivers"]?.array?.count == 1)
    #expect(try desk.ligne(["check", path]).status == 0)
    let waiver = try JSONValue(parsing: desk.ligne(["show", path, "/waivers", "--json"]).output).array?.first
    #expect(waiver?["by"] == "ana" || waiver?["by"]?.text?.isEmpty == false)
    #expect(waiver?["reason"] == "C’est la saison" && waiver?["until"] == "2026-12-01T23:59:59-05:00")

    _ = try desk.ligne(["set", path, "/body", "Du foin!"])
    let findings = try JSONValue(parsing: desk.ligne(["check", path, "--json"]).output)
    #expect(findings.array?.map { $0["rule"] } == ["foin", "outdated-waiver"])
  }

  @Test func anExceptionNeedsSomethingToExcept() throws {
    let desk = try Self.desk()
    let path = try Self.post(desk, "Du trèfle")
    let guideline = try #require(try Self.list(desk, "guideline").first)
    for (document, code) in [(path, "nothing-to-waive"), (guideline, "not-waivable")] {
      let answer = try desk.ligne(["waive", document, "foin", "-m", "x", "--json"])
      #expect(try JSONValue(parsing: answer.output)["error"]?["code"] == JSONValue(code))
    }
  }
}
