import Foundation
import JSONTree
import TestSupport
import Testing

/// A team adds a kind of document and a field of its own by adding a schema, and the whole program takes them for its
/// own: made, listed, checked, compared, merged, refused where a value is wrong.
@Suite struct OwnSchemaTests {
  private static let recipe = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Recette", "x-en": {"title": "Recipe"},
      "type": "object", "required": ["id", "kind", "title"],
      "properties": {
        "id": {"type": "string", "readOnly": true, "x-default": "id"},
        "kind": {"const": "recipe"},
        "createdAt": {"type": "string", "format": "date-time", "x-default": "time"},
        "createdBy": {"type": "string", "x-default": "author"},
        "title": {"type": "string", "title": "Titre", "x-en": {"title": "Title"}, "x-merge": "atomic"},
        "body": {"type": "string", "x-merge": "text"},
        "serves": {
          "type": "integer", "minimum": 1, "default": 4,
          "title": "Portions", "x-en": {"title": "Servings"}, "x-merge": "atomic"
        },
        "ingredients": {"type": "array", "items": {"type": "string"}, "x-merge": "set"},
        "step": {
          "enum": ["tried", "published"], "default": "tried", "x-merge": {"ordered": ["tried", "published"]}
        }
      },
      "x-document": {"path": "recipes/{words}-{id}.json", "title": "/title", "body": "/body"}
    }
    """

  /// Somebody whose workspace has the kind `recipe` and the field `mood` of posts, and a colleague who joined.
  private func team() throws -> (ana: Desk, leo: Desk) {
    let ana = try Desk()
    try ana.write(Self.recipe, to: "schemas/recipe.schema.json")
    var post = try JSONValue(parsing: Array(ana.read("schemas/post.schema.json").utf8))
    try post.set(
      ["enum": ["gai", "grave"], "title": "Humeur", "x-en": ["title": "Mood"], "x-merge": "atomic"],
      at: "/properties/mood")
    try ana.write(String(decoding: post.canonicalForm, as: UTF8.self), to: "schemas/post.schema.json")
    let guideline = try #require(try CheckTests.list(ana, "guideline").first)
    let rules = """
      [{"id": "beurre", "check": "substitution", "level": "error", "scope": {"kinds": ["recipe"]},
        "parameters": {"terms": {"margarine": "beurre"}}}]
      """
    let address = ana.folder.path + "/equipe.git"
    try TestSupport.Program.git("init", "-q", "--bare", "-b", "main", address, in: ana.folder.path)
    for words in [
      ["set", guideline, "/rules", rules], ["commit", "-m", "Nos recettes"], ["remote", address], ["sync"],
    ] {
      let answer = try ana.ligne(words)
      #expect(answer.status == 0, "\(words): \(answer.errorText)")
    }
    return (ana, try Desk("Léo Roy <leo@ravaude.example>", in: ana.folder, cloning: address))
  }

  private func done(_ desk: Desk, _ words: String..., status: Int32 = 0) throws -> JSONValue {
    let answer = try desk.ligne(words + ["--json"])
    #expect(answer.status == status, "\(words): \(answer.text) \(answer.errorText)")
    return try JSONValue(parsing: answer.output)
  }

  @Test func aKindOfOnesOwnIsLikeTheOthers() throws {
    let (ana, leo) = try team()
    let made = try done(
      leo, "new", "recipe", "--title", "Tarte au sucre", "--body", "De la margarine, du sucre. On cuit.")
    let path = try #require(made["path"]?.text)
    #expect(path.hasPrefix("recipes/tarte-au-sucre-") && made["kind"] == "recipe")
    #expect(try done(leo, "show", path)["serves"] == 4)

    let row = try #require(try done(leo, "list", "recipe").array?.first)
    #expect(row["path"]?.text == path && row["kind"] == "recipe" && row["title"] == "Tarte au sucre")

    // A rule meant for recipes finds its word there, and not in a post.
    _ = try done(leo, "new", "post", "--title", "Beurre", "--body", "De la margarine.")
    let findings = try done(leo, "check", status: 2).array ?? []
    #expect(findings.map { $0["path"]?.text } == [path])
    #expect(
      findings.first?["rule"] == "beurre" && findings.first?["pointer"] == "/body"
        && findings.first?["range"] == ["start": 6, "end": 15])

    _ = try done(leo, "commit", "-m", "Une recette")
    _ = try done(leo, "set", path, "/body", "Du beurre, du sucre. On cuit.")
    let difference = try #require(try done(leo, "diff", path).array?.first)
    #expect(difference["path"]?.text == path)
    #expect(difference["fields"]?.array?.map { $0["pointer"] } == ["/body"])
    #expect(difference["fields"]?.array?.first?["words"] != nil, "a text is compared by its words")
    _ = try done(leo, "set", path, "/ingredients", "[\"sucre\"]")
    _ = try done(leo, "commit", "-m", "Du beurre")
    _ = try done(leo, "sync")
    _ = try done(ana, "sync")

    // Both change it, each field by what its schema says of merges.
    _ = try done(ana, "set", path, "/body", "Du beurre doux, du sucre. On cuit.")
    _ = try done(ana, "set", path, "/ingredients", "[\"beurre\", \"sucre\"]")
    _ = try done(ana, "set", path, "/step", "published")
    _ = try done(ana, "set", path, "/serves", "6")
    _ = try done(ana, "commit", "-m", "Ana")
    _ = try done(leo, "set", path, "/body", "Du beurre, du sucre. On cuit une heure.")
    _ = try done(leo, "set", path, "/ingredients", "[\"crème\", \"sucre\"]")
    _ = try done(leo, "set", path, "/serves", "8")
    _ = try done(leo, "commit", "-m", "Léo")
    _ = try done(ana, "sync")
    let joined = try done(leo, "sync", status: 2)
    #expect(joined["conflicts"]?.array?.map { $0["pointer"] } == ["/serves"])
    let merged = try done(leo, "show", path)
    #expect(merged["body"] == "Du beurre doux, du sucre. On cuit une heure.")
    #expect(Set(merged["ingredients"]?.array ?? []) == ["beurre", "crème", "sucre"])
    #expect(merged["step"] == "published")
    _ = try done(ana, "sync", status: 2)
    #expect(try ana.read(path) == leo.read(path))

    _ = try done(leo, "resolve", path, "/serves", "--value", "6")
    #expect(try leo.ligne(["conflicts", "--json"]).text == "[]")
  }

  @Test func aWrongValueIsRefusedInWords() throws {
    let (ana, _) = try team()
    let recipe = try #require(try done(ana, "new", "recipe", "--title", "Tarte")["path"]?.text)
    let post = try #require(try done(ana, "new", "post", "--title", "Soirée")["path"]?.text)
    let cases: [(path: String, pointer: String, value: String, words: [String])] = [
      (recipe, "/serves", "\"beaucoup\"", ["nombre entier"]), (recipe, "/serves", "0", ["1"]),
      (recipe, "/step", "\"rated\"", ["tried", "published"]), (post, "/mood", "\"gaie\"", ["gai", "grave"]),
    ]
    for (path, pointer, value, words) in cases {
      let before = try ana.read(path)
      let answer = try ana.ligne(["set", path, pointer, value])
      #expect(answer.status == 1)
      for word in words { #expect(answer.errorText.contains(word), "\(answer.errorText)") }
      #expect(try done(ana, "set", path, pointer, value, status: 1)["error"]?["code"] == "refused-value")
      #expect(try ana.read(path) == before)
    }
    // Saved by another program, it is named with its place, and the rest is checked.
    var value = try JSONValue(parsing: Array(ana.read(recipe).utf8))
    try value.set("beaucoup", at: "/serves")
    try value.set("De la margarine.", at: "/body")
    try ana.write(String(decoding: value.canonicalForm, as: UTF8.self), to: recipe)
    let found = try done(ana, "check", recipe, status: 2).array ?? []
    #expect(found.map { $0["rule"] } == ["schema", "beurre"], "\(found)")
  }

  @Test func aFieldOfOnesOwnIsMergedAndCompared() throws {
    let (ana, leo) = try team()
    let post = try #require(
      try done(ana, "new", "post", "--title", "Soirée", "--body", "Un.", "--set", "/mood=gai")["path"]?.text)
    _ = try done(ana, "commit", "-m", "Un post")
    _ = try done(ana, "sync")
    _ = try done(leo, "sync")
    #expect(try done(leo, "show", post)["mood"] == "gai")
    _ = try done(leo, "set", post, "/mood", "grave")
    let difference = try #require(try done(leo, "diff", post).array?.first)
    #expect(difference["fields"]?.array?.map { $0["pointer"] } == ["/mood"])
    #expect(try leo.ligne(["diff", post]).text.contains("mood"))
    _ = try done(leo, "commit", "-m", "Grave")
    _ = try done(ana, "set", post, "/body", "Un, deux.")
    _ = try done(ana, "commit", "-m", "Deux")
    _ = try done(leo, "sync")
    #expect(try done(ana, "sync")["conflicts"] == [])
    let merged = try done(ana, "show", post)
    #expect(merged["mood"] == "grave" && merged["body"] == "Un, deux.")
  }
}
