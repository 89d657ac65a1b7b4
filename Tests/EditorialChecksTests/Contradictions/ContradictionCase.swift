import Documents
import EditorialChecks
import JSONTree
import Testing

/// What two people do to the same workspace, and what is wrong afterwards.
struct ContradictionCase: CustomTestStringConvertible, Sendable {
  typealias Step = @Sendable (inout Tree) throws -> Void

  let what: String
  let rule: String
  let level: Finding.Level
  /// The document the finding stands at.
  var path = Tree.path(of: Tree.post)
  /// Words of both sentences: people, channels, documents.
  let names: [String]
  var base: Step = { _ in }
  let ours, theirs: Step

  var testDescription: String { what }

  static let all = approvals + crises + conversations + calendar + records

  static let morning = "2026-11-23T09:00:00-05:00"

  static let approvals = [
    ContradictionCase(
      what: "1. approved, caption edited", rule: "approved-then-edited", level: .error,
      names: ["Noémie", "facebook"],
      ours: { try $0.review(by: "noemie", number: 30) },
      theirs: { $0.set("Mitaines : on répare le mardi.", at: "/body") }),
    ContradictionCase(
      what: "1. both edit and both get approval", rule: "approved-then-edited", level: .error,
      names: ["Gaspard", "Noémie"],
      base: { $0.set([["id": "a", "url": "https://a.example/"]], at: "/links") },
      ours: {
        $0.set("Mitaines : on répare le mardi.", at: "/body")
        try $0.review(by: "noemie", number: 30)
      },
      theirs: {
        $0.set("https://b.example/", at: "/links/0/url")
        try $0.review(by: "gaspard", number: 31)
      }),
    ContradictionCase(
      what: "2. approved, account changed", rule: "approved-then-redirected", level: .error,
      names: ["Noémie", "facebook (ravaude.perso)"],
      ours: { try $0.review(by: "noemie", number: 30) },
      theirs: { $0.set("ravaude.perso", at: "/channels/0/handle", of: "channels.json") }),
    ContradictionCase(
      what: "3. approved, alternative text changed", rule: "approved-then-picture-changed", level: .error,
      names: ["Noémie", "facebook"],
      base: { $0.set([["id": "image", "asset": JSONValue(Tree.asset)]], at: "/assets") },
      ours: { try $0.review(by: "noemie", number: 30) },
      theirs: { $0.set("Deux mitaines.", at: "/altText", of: "assets/\(Tree.asset).json") }),
    ContradictionCase(
      what: "3. approved, picture changed", rule: "approved-then-picture-changed", level: .error,
      names: ["Noémie", "facebook"],
      base: { $0.set([["id": "image", "asset": JSONValue(Tree.asset)]], at: "/assets") },
      ours: { try $0.review(by: "noemie", number: 30) },
      theirs: { $0.set("https://medias.example/b.jpg", at: "/url", of: "assets/\(Tree.asset).json") }),
    ContradictionCase(
      what: "15. rule became an error, post approved before", rule: "rule-became-error", level: .warning,
      names: ["Noémie", "sobre"],
      ours: { try $0.review(by: "noemie", number: 30, fields: ["errorRules": ["autre"]]) },
      theirs: { $0.set("error", at: "/rules/0/level", of: "guidelines/\(Tree.guideline).json") }),
    ContradictionCase(
      what: "20. approver no longer has the right", rule: "approver-without-right", level: .error,
      names: ["Gaspard", "facebook"],
      ours: { try $0.review(by: "gaspard", number: 30) },
      theirs: { $0.set(["write"], at: "/members/1/rights/*", of: "team.json") }),
    ContradictionCase(
      what: "21. policy loosened, and used", rule: "loosened-policy-used", level: .error,
      names: ["Gaspard", "facebook"],
      ours: {
        $0.set("optional", at: "/workflow/preset", of: "ligne.json")
        $0.set(
          ["preset": "required", "by": "gaspard", "at": "2026-11-20T09:00:00-05:00"],
          at: "/workflow/previous",
          of: "ligne.json")
      },
      theirs: { $0.schedule(at: morning) }),
    ContradictionCase(
      what: "24. suggestion on words that changed", rule: "suggestion-on-changed-words", level: .suggestion,
      path: "comments/\(Tree.post)/\(Tree.id(40)).json", names: ["Noémie", "le jeudi", "Mitaines"],
      ours: { $0.set("Mitaines : on répare tous les mardis.", at: "/body") },
      theirs: {
        $0.addComment(
          40, by: "noemie",
          ["nature": "suggestion", "anchor": ["exact": "le jeudi"], "replacement": "le jeudi soir"])
      }),
    ContradictionCase(
      what: "25. comment resolved, its passage edited", rule: "resolved-then-edited", level: .suggestion,
      path: "comments/\(Tree.post)/\(Tree.id(41)).json", names: ["Noémie", "Mitaines"],
      base: { $0.addComment(40, by: "gaspard", ["nature": "question", "anchor": ["exact": "le jeudi"]]) },
      ours: {
        $0.addComment(
          41, by: "noemie",
          ["nature": "resolution", "parent": JSONValue(Tree.id(40)), "anchor": ["exact": "le jeudi"]])
      },
      theirs: { $0.set("Mitaines : on répare tous les mardis.", at: "/body") }),
  ]

  static let crises = [
    ContradictionCase(
      what: "4. scheduled, crisis declared", rule: "held-by-crisis", level: .error,
      names: ["Gaspard", "Rumeur", "facebook"],
      ours: { $0.schedule(at: morning) },
      theirs: { $0.declareCrisis(["scope": ["channels": ["facebook"]]]) }),
    ContradictionCase(
      what: "4. approved, crisis declared", rule: "held-by-crisis", level: .error,
      names: ["Gaspard", "Rumeur", "facebook"],
      ours: { try $0.review(by: "noemie", number: 30) },
      theirs: { $0.declareCrisis() }),
    ContradictionCase(
      what: "5. crisis ended, a held post’s time has passed", rule: "expired-in-crisis", level: .warning,
      names: ["Rumeur", "facebook"],
      base: {
        try $0.review(by: "noemie", number: 30)
        $0.declareCrisis()
      },
      ours: { $0.schedule(at: "2026-11-20T09:00:00-05:00") },
      theirs: {
        $0.set("2026-11-20T11:00:00-05:00", at: "/closedAt", of: Tree.crisisPath)
        $0.set("gaspard", at: "/closedBy", of: Tree.crisisPath)
        $0.set("closed", at: "/state", of: Tree.crisisPath)
      }),
    ContradictionCase(
      what: "22. one role of the roster changed twice", rule: "roster-changed-twice", level: .error,
      path: "crisis/plans/\(Tree.plan).json", names: ["Noémie", "Étienne", "porte-parole"],
      ours: { $0.set("etienne", at: "/roster/porte-parole/holder", of: "crisis/plans/\(Tree.plan).json") },
      theirs: {
        $0.set("418 555-0101", at: "/roster/porte-parole/contact", of: "crisis/plans/\(Tree.plan).json")
        $0.set("noemie", at: "/roster/porte-parole/contactOf", of: "crisis/plans/\(Tree.plan).json")
      }),
    ContradictionCase(
      what: "23. statement of a plan changed, activation uses the old one", rule: "plan-statement-changed",
      level: .error, path: Tree.crisisPath, names: ["attente", "Tempête en ligne"],
      base: { $0.declareCrisis() },
      ours: {
        $0.set(
          "Nous vérifions {quoi} et {qui}.", at: "/statements/0/body", of: "crisis/plans/\(Tree.plan).json")
      },
      theirs: { tree in
        let plan = try #require(tree.files["crisis/plans/\(Tree.plan).json"])
        let statement = try #require(CrisisPlan(plan).statements.first)
        let hash = CrisisPlan.contentHash(ofStatement: statement)
        tree.set(
          [["id": "attente", "contentHash": JSONValue(hash.hex), "values": ["quoi": "la rumeur"]]],
          at: "/statements", of: Tree.crisisPath)
      }),
  ]

  static let conversations = [
    ContradictionCase(
      what: "6. two answers to one comment", rule: "two-answers", level: .error,
      path: "replies/\(Tree.id(21)).json", names: ["Jolyane", "Wassila", "Étienne"],
      ours: { $0.addReply(20, by: "etienne") },
      theirs: { $0.addReply(21, by: "wassila", ["body": "Pas cette année."]) }),
    ContradictionCase(
      what: "7. answer to a comment its author deleted", rule: "answer-to-deleted", level: .error,
      path: "replies/\(Tree.id(20)).json", names: ["Jolyane"],
      ours: { $0.addReply(20, by: "etienne") },
      theirs: {
        $0.set(
          "2026-11-19T08:10:00-05:00", at: "/messages/0/deletedAt",
          of: "conversations/\(Tree.conversation).json")
      }),
    ContradictionCase(
      what: "8. conversation closed, new message came", rule: "closed-then-message", level: .warning,
      path: "conversations/\(Tree.conversation).json", names: ["Jolyane"],
      ours: {
        $0.set("closed", at: "/triage", of: "conversations/\(Tree.conversation).json")
        $0.set("2026-11-19T08:00:00-05:00", at: "/triageAt", of: "conversations/\(Tree.conversation).json")
      },
      theirs: {
        $0.set(
          [
            "externalId": "982", "author": "Jolyane", "at": "2026-11-19T09:00:00-05:00",
            "text": "Et les tuques?",
          ], at: "/messages/-", of: "conversations/\(Tree.conversation).json")
      }),
    ContradictionCase(
      what: "19. newer statement, older one quoted", rule: "outdated-statement", level: .error,
      path: "replies/\(Tree.id(20)).json", names: ["L’avenir du local"],
      ours: {
        $0.set("La Ravaude déménage.", at: "/body", of: "statements/\(Tree.statement).json")
        $0.set(3, at: "/version", of: "statements/\(Tree.statement).json")
      },
      theirs: {
        $0.addReply(20, by: "wassila", ["statement": ["id": JSONValue(Tree.statement), "version": 2]])
      }),
    ContradictionCase(
      what: "19. statement superseded by another", rule: "outdated-statement", level: .error,
      path: "replies/\(Tree.id(20)).json", names: ["Le nouveau local"],
      ours: {
        $0.add(
          "statements/\(Tree.id(60)).json", "statement", 60,
          [
            "topic": "Le nouveau local", "body": "Nous déménageons.", "version": 1,
            "supersedes": JSONValue(Tree.statement),
          ])
      },
      theirs: {
        $0.addReply(20, by: "wassila", ["statement": ["id": JSONValue(Tree.statement), "version": 2]])
      }),
  ]

  static let calendar = [
    ContradictionCase(
      what: "9. body corrected, a variant diverged", rule: "missed-correction", level: .warning,
      names: ["mastodon"],
      base: { $0.set(["mode": "follows"], at: "/variants/mastodon") },
      ours: { $0.set("Mitaines : on répare le mardi.", at: "/body") },
      theirs: { tree in
        let body = try #require(tree.files[Tree.path(of: Tree.post)]?["body"]?.text)
        tree.set(
          [
            "mode": "diverges", "body": "On répare vos mitaines jeudi.",
            "divergedFrom": JSONValue(ContentHash(ofText: body).hex),
          ], at: "/variants/mastodon")
      }),
    ContradictionCase(
      what: "16. two posts on one channel in the same minutes", rule: "same-minutes", level: .warning,
      path: Tree.path(of: Tree.other), names: ["facebook", "Mitaines"],
      ours: { $0.schedule(at: morning) }, theirs: { $0.schedule(Tree.other, at: "2026-11-23T09:02:00-05:00") }
    ),
    ContradictionCase(
      what: "17. two posts from the same quotation", rule: "same-quotation", level: .warning,
      path: Tree.path(of: Tree.other), names: ["Mitaines", "Je n’allais pas le mettre au chemin."],
      ours: {
        $0.set("Aurèle : « Je n’allais pas le mettre au chemin. »", at: "/body")
        $0.set([JSONValue(Tree.source)], at: "/sources")
      },
      theirs: {
        let path = Tree.path(of: Tree.other)
        $0.set("« Je n’allais pas\u{A0}le mettre au chemin. » Bien dit.", at: "/body", of: path)
        $0.set([JSONValue(Tree.source)], at: "/sources", of: path)
      }),
    ContradictionCase(
      what: "18. milestone moved, an anchored post has a fixed date", rule: "milestone-moved", level: .error,
      names: ["facebook", "Ouverture des bacs", "Un hiver de mitaines"],
      base: { $0.set(["milestone": "ouverture", "minutes": 60], at: "/variants/facebook/anchor") },
      ours: {
        $0.set("2026-11-24T08:00:00-05:00", at: "/milestones/0/at", of: "campaigns/\(Tree.campaign).json")
      },
      theirs: { $0.schedule(at: morning) }),
    ContradictionCase(
      what: "29. scheduled before the embargo", rule: "before-embargo", level: .error, names: ["facebook"],
      ours: { $0.set("2026-11-30T10:00:00-05:00", at: "/embargoUntil") }, theirs: { $0.schedule(at: morning) }
    ),
    ContradictionCase(
      what: "30. brand’s zone changed, wall time of the old one", rule: "other-zone", level: .warning,
      names: ["facebook", "America/Toronto", "America/Halifax"],
      ours: { $0.set("America/Halifax", at: "/timeZone", of: "ligne.json") },
      theirs: { $0.schedule(at: morning) }),
    ContradictionCase(
      what: "32. channel closed, variant added", rule: "closed-channel", level: .error,
      names: ["mastodon", "Étienne"],
      ours: { $0.set("closed", at: "/channels/1/state", of: "channels.json") },
      theirs: { $0.set(["mode": "follows"], at: "/variants/mastodon") }),
  ]

  static let records = [
    ContradictionCase(
      what: "26. label renamed, old one added", rule: "renamed-label", level: .suggestion,
      names: ["reparation", "réparation"],
      ours: { $0.set(["reparation": "réparation"], at: "/labelAliases", of: "ligne.json") },
      theirs: { $0.set(["mitaines", "reparation"], at: "/labels") }),
    ContradictionCase(
      what: "27. asset deleted, post uses it", rule: "missing-asset", level: .error, names: [Tree.asset],
      ours: { $0.files["assets/\(Tree.asset).json"] = nil },
      theirs: { $0.set([["id": "image", "asset": JSONValue(Tree.asset)]], at: "/assets") }),
    ContradictionCase(
      what: "28. permission refused, post scheduled", rule: "refused-permission", level: .error,
      names: ["Affiche", "facebook"],
      base: { $0.set([["id": "image", "asset": JSONValue(Tree.asset)]], at: "/assets") },
      ours: { $0.set("refused", at: "/permission", of: "assets/\(Tree.asset).json") },
      theirs: { $0.schedule(at: morning) }),
    ContradictionCase(
      what: "28. consent to an interview withdrawn, post scheduled", rule: "refused-permission",
      level: .error,
      names: ["Entrevue avec Aurèle", "facebook"],
      base: { $0.set([JSONValue(Tree.source)], at: "/sources") },
      ours: { $0.set(["state": "refused"], at: "/consent", of: "sources/\(Tree.source).json") },
      theirs: { $0.schedule(at: morning) }),
    ContradictionCase(
      what: "33. time stamp in the future", rule: "future-time-stamp", level: .warning,
      path: "reviews/\(Tree.post)/\(Tree.id(30)).json", names: ["Noémie", "2027"],
      ours: { try $0.review(by: "noemie", at: "2027-11-20T10:00:00-05:00", number: 30) },
      theirs: { try $0.review("request-changes", by: "gaspard", number: 31) }),
    ContradictionCase(
      what: "published by two people", rule: "published-twice", level: .error,
      names: ["Noémie", "Étienne", "https://fb.example/1", "https://fb.example/2"],
      ours: { try $0.publish(by: "noemie", number: 50, url: "https://fb.example/1") },
      theirs: { try $0.publish(by: "etienne", number: 51, url: "https://fb.example/2") }),
    ContradictionCase(
      what: "one answer sent by two people", rule: "published-twice", level: .error,
      path: "replies/\(Tree.id(20)).json",
      names: ["Noémie", "Étienne", "https://fb.example/1", "https://fb.example/2"],
      base: { $0.addReply(20, by: "etienne") },
      ours: { try $0.send(Tree.id(20), by: "noemie", number: 50, url: "https://fb.example/1") },
      theirs: { try $0.send(Tree.id(20), by: "etienne", number: 51, url: "https://fb.example/2") }),
  ]
}

extension Tree {
  /// A record that an answer was sent.
  mutating func send(_ reply: String, by person: String, number: Int, url: String) throws {
    let documents = try collection()
    let document = try #require(documents[JSONString(reply)])
    add(
      "publications/\(reply)/\(Self.id(number)).json", "publication", Self.id(number), by: person,
      [
        "post": JSONValue(reply), "channel": "facebook", "at": "2026-11-20T09:00:00-05:00",
        "by": JSONValue(person), "url": JSONValue(url), "nature": "publication",
        "contentHash": JSONValue(documents.contentHash(of: document).hex),
      ])
  }

  mutating func publish(
    _ nature: String = "publication", by person: String, at time: String = "2026-11-20T09:00:00-05:00",
    number: Int,
    url: String
  ) throws {
    let documents = try collection()
    let post = Post(try #require(documents[JSONString(Self.post)]).value)
    add(
      "publications/\(Self.post)/\(Self.id(number)).json", "publication", Self.id(number), by: person,
      [
        "post": JSONValue(Self.post), "channel": "facebook", "at": JSONValue(time), "by": JSONValue(person),
        "url": JSONValue(url), "nature": JSONValue(nature),
        "contentHash": JSONValue(documents.contentHash(of: post, on: "facebook").hex),
      ])
  }
}
