import Documents
import EditorialHistory
import JSONTree
import ObjectModel
import TestSupport
import Testing
import ThreeWayMerge
import Wording

@testable import EditorialReports

/// The pages of a report, from documents and versions made up here.
@Suite struct ReportTests {
  static let post = "01m7z6g8r0y8h3rqz20hpaf45c"
  static let note = "01m7z6g8r0ftvjxb90vywa6ws3"
  static let suggestion = "01m7z6g8r097xaxpjkc7szsrnc"
  static let hostile = "<script>alert(\"1\")</script>\u{202E}&"

  static func document(_ path: String, _ kind: String, _ value: JSONValue) throws -> Document {
    let known = try #require(SchemaSet.builtIn.kind(named: JSONString(kind)))
    var object = try #require(value.object)
    object["kind"] = JSONValue(kind)
    object["createdBy"] = object["createdBy"] ?? "ana"
    object["createdAt"] = "2026-11-18T09:30:00-05:00"
    return Document(path: try WorkspacePath(path), value: .object(object), kind: known)
  }

  static func comment(_ id: String, _ fields: JSONObject) throws -> Document {
    var object: JSONObject = ["id": JSONValue(id), "subject": JSONValue(post)]
    for member in fields.members { object[member.key] = member.value }
    return try document("comments/\(post)/\(id).json", "comment", .object(object))
  }

  static func documents(_ words: String = "Bonjour") throws -> [Document] {
    [
      try document(
        "ligne.json", "workspace",
        ["id": "w", "brand": JSONValue("La Ravaude " + words), "languages": ["fr-CA"]]),
      try document(
        "team.json", "team", ["id": "t", "members": [["id": "ana", "name": JSONValue("Ana " + words)]]]),
      try document(
        "posts/2026/11/soiree-\(post).json", "post",
        [
          "id": JSONValue(post), "title": JSONValue("Soirée " + words), "language": "en-CA",
          "state": "in-review",
          "body": JSONValue("The evening is on Thursday. " + words), "hashtags": [JSONValue(words)],
          "variants": [
            "site": [
              "mode": "follows", "schedule": ["at": "2026-11-30T09:00:00-05:00", "zone": "America/Toronto"],
            ]
          ],
        ]),
      try comment(
        note,
        [
          "pointer": "/body", "anchor": ["exact": "Thursday"], "body": JSONValue("Sure? " + words),
          "nature": "question",
        ]
      ),
      try comment(
        suggestion,
        [
          "pointer": "/body", "anchor": ["exact": "The afternoon", "start": 0], "nature": "suggestion",
          "replacement": JSONValue("The night " + words),
        ]),
      try document(
        "reviews/\(post)/01m7z6g8r0aaaaaaaaaaaaaaaa.json", "review",
        [
          "id": "01m7z6g8r0aaaaaaaaaaaaaaaa", "subject": JSONValue(post), "verdict": "approve", "by": "ana",
          "at": "2026-11-18T10:00:00-05:00", "remark": JSONValue("Oui " + words),
          "contentHash": JSONValue(String(repeating: "a", count: 64)),
        ]),
    ]
  }

  static func version(_ words: String) throws -> Version {
    let commit = Commit(
      tree: ObjectID(blob: []), parents: [],
      author: Signature(
        name: "Ana " + words, email: "ana@r.example", time: 1_795_000_000, offsetMinutes: -300),
      committer: Signature(name: "Ana", email: "ana@r.example", time: 1_795_000_000, offsetMinutes: -300),
      message: "Plus clair " + words)
    let change = FieldChange(
      .changed, at: "/body", from: JSONValue("The evening is on Tuesday. " + words),
      to: JSONValue("The evening is on Thursday. " + words), isText: true)
    let path = try WorkspacePath("posts/2026/11/soiree-\(post).json")
    return Version(
      id: ObjectID(blob: Array("v".utf8)), commit: commit,
      documents: [DocumentChange(.changed, at: path, id: JSONString(post), kind: "post", fields: [change])])
  }

  static func report(_ words: String = "Bonjour", in language: Language = .french) throws -> Report {
    let path = try WorkspacePath("posts/2026/11/soiree-\(post).json")
    let now = try #require(Instant(rfc3339: "2026-11-20T09:00:00-05:00"))
    let place = ReportSource.Settlement(
      at: "/title", shown: 1,
      candidates: [.init(JSONValue("Un " + words), by: "Léo " + words), .init(nil, by: nil)])
    return Report(
      ReportSource(
        documents: DocumentCollection(try documents(words)), conflicts: [path: [place]],
        versions: [try version(words)], uncommitted: [],
        clock: ZonedClock(rules: TimeZoneRules(fixed: UTCOffset(minutes: -300)), now: now)),
      in: language)
  }

  static func page(_ report: Report) throws -> String {
    report.page(of: try #require(report.documents.first { $0.kind.name == "post" }))
  }

  // MARK: What is there

  @Test func thePageOfADocumentTellsEverythingAboutIt() throws {
    let page = try Self.page(Self.report())
    for markup in [
      "<h1 lang=\"en-CA\">Soirée Bonjour</h1>", "<mark>Thursday</mark><sup><a href=\"#comment-2\"",
      "Sure? Bonjour",
      "ces mots ne sont plus là", "<del lang=\"en-CA\">The afternoon</del>",
      "<ins lang=\"en-CA\">The night Bonjour</ins>",
      "approuvé", "un texte d’avant", "Oui Bonjour", "Plus clair Bonjour",
      "<del>Tuesday</del> <ins>Thursday</ins>", "le 30\u{A0}novembre 2026 à 9\u{A0}h",
      "Léo Bonjour", "(rien)", "auteur inconnu",
    ] {
      #expect(page.contains(markup), "\(markup)")
    }
  }

  @Test func theOverviewTellsWhatWaitsAndWhatIsPlanned() throws {
    let index = try Self.report().index()
    #expect(index.contains("<a href=\"\(Self.post).html\"><span lang=\"en-CA\">Soirée Bonjour</span></a>"))
    #expect(index.contains("2\u{A0}commentaires ouverts") && index.contains("à trancher"))
    #expect(index.contains("<time datetime=\"2026-11-30T09:00:00-05:00\">le 30\u{A0}novembre 2026"))
    let english = try Self.report(in: .english).index()
    #expect(english.contains("<html lang=\"en\">") && english.contains("2 open comments"))
  }

  @Test func theSameSourceGivesTheSameBytes() throws {
    for language in Language.allCases {
      let (first, second) = (try Self.report(in: language), try Self.report(in: language))
      #expect(first.index().utf8.elementsEqual(second.index().utf8))
      #expect(try Self.page(first).utf8.elementsEqual(try Self.page(second).utf8))
    }
  }

  // MARK: Hostile text

  /// Every text of a person is hostile here: not one of them becomes markup or is obeyed.
  @Test(arguments: Language.allCases) func hostileTextIsShownAndNotObeyed(_ language: Language) throws {
    let report = try Self.report(Self.hostile, in: language)
    for page in [report.index(), try Self.page(report), report.page(of: report.documents[0], isAlone: true)] {
      #expect(page.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;‹U+202E›&amp;"))
      #expect(!page.contains("<script") && !page.contains("\u{202E}"))
    }
  }

  /// An id is the name of a page only if it is the name of a file that leads nowhere.
  @Test func anIdThatIsNoNameOfAFileGetsAnother() throws {
    let documents = try ["../../x", "index", "A", ""].enumerated().map { index, id in
      try Self.document("posts/\(index).json", "post", ["id": JSONValue(id), "title": "x", "state": "draft"])
    }
    let twice = try (0..<2).map { index in
      try Self.document("posts/t\(index).json", "post", ["id": "abc", "title": "x", "state": "draft"])
    }
    let report = Report(
      ReportSource(
        documents: DocumentCollection(documents + twice), conflicts: [:], versions: [], uncommitted: [],
        clock: ZonedClock(rules: .utc, now: Instant(secondsSince1970: 0))), in: .english)
    let names = report.documents.compactMap { report.pageName(of: $0)?.fileName }
    #expect(names.count == 6 && Set(names).count == 6)
    #expect(names.allSatisfy { PageName.isFileName($0) && $0 != "index.html" })
    #expect(names.count { $0.hasPrefix("path-") } == 5)
  }

  // MARK: Whoever reads it

  @Test(arguments: Language.allCases) func pagesAreAccessible(_ language: Language) throws {
    let report = try Self.report(in: language)
    let pages =
      [report.index()] + report.documents.map { report.page(of: $0) }
      + report.documents.map { report.page(of: $0, isAlone: true) }
    for page in pages {
      let levels = page.matches(of: /<h([1-6])[ >]/).compactMap { Int($0.output.1) }
      #expect(levels.first == 1 && levels.count { $0 == 1 } == 1, "\(levels)")
      #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 }, "\(levels)")
      for landmark in ["<header>", "<main id=\"content\">", "<footer>"] {
        #expect(page.ranges(of: landmark).count == 1, "\(landmark)")
      }
      #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"\(language.rawValue)\">"))
      #expect(page.contains("<a class=\"skip\" href=\"#content\">"))
      #expect(page.ranges(of: "<table").count == page.ranges(of: "<caption").count)
      #expect(page.matches(of: /<th(?![^>]*scope=)(?=[ >])/).isEmpty)
      #expect(page.matches(of: /<(script|img|iframe|style|form)|\son[a-z]+=|javascript:/).isEmpty)
      let ids = page.matches(of: /\sid="([^"]*)"/).map { String($0.output.1) }
      #expect(Set(ids).count == ids.count)
      // Every way leads to a page of the report or a place on this one.
      let files = Set(
        report.documents.compactMap { report.pageName(of: $0)?.fileName } + ["index.html", "ligne.css"])
      for link in page.matches(of: /\shref="([^"]*)"/).map({ String($0.output.1) }) {
        #expect(
          link.hasPrefix("#") ? ids.contains(String(link.dropFirst())) : files.contains(link), "\(link)")
      }
    }
  }

  @Test func aPageAloneLeadsToNoOther() throws {
    let report = try Self.report()
    let page = report.page(of: try #require(report.documents.first { $0.kind.name == "post" }), isAlone: true)
    let links = Set(page.matches(of: /\shref="([^"]*)"/).map { String($0.output.1) }).filter {
      !$0.hasPrefix("#")
    }
    #expect(links == ["ligne.css"])
  }

  /// What is opened is closed, in its order.
  @Test(arguments: Language.allCases) func elementsAreNested(_ language: Language) throws {
    let report = try Self.report(Self.hostile, in: language)
    for page in [report.index(), try Self.page(report)] {
      var open: [Substring] = []
      for tag in page.matches(of: /<(\/?)([a-z][a-z0-9]*)[^>]*>/) {
        if ["meta", "link", "br"].contains(tag.output.2) { continue }
        if tag.output.1.isEmpty {
          open.append(tag.output.2)
        } else {
          #expect(open.popLast() == tag.output.2)
        }
      }
      #expect(open.isEmpty)
    }
  }
}
