import Documents
import JSONTree
import ObjectModel
import Testing
import ThreeWayMerge
import Wording

/// The schemas of a workspace, whatever somebody has put there.
@Suite struct SchemaSetTests {
  private func set(_ files: (path: String, text: String)...) throws -> SchemaSet {
    SchemaSet(files: try files.map { (try WorkspacePath($0.path), Array($0.text.utf8)) })
  }

  @Test func aWorkspaceWithoutSchemasHasTheBuiltInOnes() throws {
    let schemas = try set()
    #expect(schemas.kinds.map(\.name) == SchemaSet.builtIn.kinds.map(\.name))
    #expect(schemas.kinds.allSatisfy { $0.isBuiltIn })
  }

  @Test(
    arguments: [
      ("post", "post"), ("posts", "post"), ("Posts", "post"), ("réponse", "reply"), ("REPONSES", "reply"),
      ("Réponse type", "saved-reply"), ("Plan de crise", "crisis-plan"), ("crisis plan", "crisis-plan"),
      ("crisis-plans", "crisis-plan"),
      ("plans de crise", "crisis-plan"), ("Réponses types", "saved-reply"),
      // A name counts before the title of another kind, which is “Publication” in French.
      ("publication", "publication"), ("publications", "post"), ("Sortie", "publication"),
      ("nope", nil), ("", nil), ("…", nil), ("s", nil),
    ] as [(String, JSONString?)])
  func aKindIsCalledByItsNameOrItsTitle(_ words: String, _ name: JSONString?) {
    #expect(SchemaSet.builtIn.kind(called: words)?.name == name)
  }

  @Test func aTeamMayHaveAKindOfItsOwn() throws {
    let schemas = try set(
      (
        "schemas/recipe.schema.json",
        #"{"title": "Recette", "x-en": {"title": "Recipe"}, "type": "object", "required": ["title"], "properties": {"kind": {"const": "recipe"}, "title": {"type": "string"}, "steps": {"x-merge": "text", "type": "string"}}}"#
      ))
    let kind = try #require(schemas.kind(of: ["kind": "recipe"]))
    #expect(!kind.isBuiltIn)
    #expect(kind.title.english == "Recipe")
    #expect(kind.mergeRule.rule(forMember: "steps") == .text)
    #expect(kind.placement.path == "recipe/{words}-{id}.json")
    #expect(schemas.kinds.count == SchemaSet.builtIn.kinds.count + 1)
    let path = try WorkspacePath("recipe/a.json")
    let problem = Document.read(path, Array(#"{"kind": "recipe"}"#.utf8), schemas: schemas)
    #expect(throws: DocumentProblem.self) { try problem.get() }
  }

  @Test func aTeamMayAddFieldsToAKind() throws {
    let schemas = try set(
      (
        "schemas/post.schema.json",
        #"{"properties": {"kind": {"const": "post"}, "budget": {"type": "integer", "minimum": 0}}}"#
      ))
    let kind = try #require(schemas.kind(named: "post"))
    #expect(!kind.isBuiltIn)
    #expect(!kind.schema.accepts(["budget": -1]))
    #expect(schemas.problems.isEmpty)
  }

  @Test func schemasOfAFolderMayReferToEachOther() throws {
    let schemas = try set(
      (
        "schemas/story.schema.json",
        ##"{"properties": {"variants": {"additionalProperties": {"$ref": "post.schema.json#/$defs/variant"}}}}"##
      ))
    #expect(schemas.problems.isEmpty)
    let kind = try #require(schemas.kind(named: "story"))
    #expect(!kind.schema.accepts(["variants": ["x": ["mode": "sideways"]]]))
    #expect(kind.mergeRule.rule(forMember: "variants").rule(forMember: "x").rule(forMember: "body") == .text)
  }

  @Test(arguments: [
    ("broken JSON", "{", "Le schéma ne peut pas servir. Ligne 1"),
    ("an unknown keyword", #"{"requires": []}"#, "Le schéma ne peut pas servir. Ligne ne connaît pas"),
    (
      "another kind", #"{"properties": {"kind": {"const": "reply"}}}"#,
      "Le schéma ne peut pas servir. Le schéma décrit"
    ),
    (
      "a place that is no path", #"{"x-document": {"path": "posts/{id"}}"#,
      "Le schéma ne peut pas servir. «\u{A0}x-document"
    ),
    (
      "too much", String(repeating: " ", count: 1 << 20) + "{}",
      "Le schéma ne peut pas servir. Le fichier est trop gros"
    ),
  ])
  func aBrokenSchemaDisablesOnlyItself(_ name: String, _ text: String, _ message: String) throws {
    let schemas = try set(
      ("schemas/post.schema.json", text), ("schemas/note.schema.json", #"{"type": "object"}"#))
    #expect(schemas.problems.map(\.path.text) == ["schemas/post.schema.json"])
    #expect(schemas.problems.first?.code == "broken-schema")
    #expect(schemas.problems.first?.message.french.hasPrefix(message) == true)
    #expect(schemas.kind(named: "post")?.isBuiltIn == true)
    #expect(schemas.kind(named: "note") != nil)
  }

  @Test func aBrokenKindOfTheTeamsOwnMergesByShape() throws {
    let schemas = try set(("schemas/recipe.schema.json", "{"))
    #expect(schemas.kind(named: "recipe") == nil)
    #expect(schemas.mergeRule(for: ["kind": "recipe"]) == .byShape)
  }

  @Test func otherFilesOfTheFolderAreNoSchemas() throws {
    let schemas = try set(
      ("schemas/README.md", "words"), ("schemas/old/post.schema.json", "{"), ("schemas/.schema.json", "{"),
      ("post.schema.json", "{"))
    #expect(schemas.problems.isEmpty)
    #expect(schemas.kinds.map(\.name) == SchemaSet.builtIn.kinds.map(\.name))
  }

  /// However the files are listed, the set is the same.
  @Test func theOrderOfFilesMakesNoDifference() throws {
    let files: [(WorkspacePath, [UInt8])] = try [("a", "{"), ("b", "[]"), ("post", "{}")].map {
      (try WorkspacePath("schemas/\($0.0).schema.json"), Array($0.1.utf8))
    }
    let (left, right) = (SchemaSet(files: files), SchemaSet(files: files.reversed()))
    #expect(left.problems == right.problems)
    #expect(left.kinds.map(\.name) == right.kinds.map(\.name))
    #expect(left.problems.map(\.path.text) == ["schemas/a.schema.json", "schemas/b.schema.json"])
  }

  @Test func aDocumentOfNoKindMayChangeEverywhere() {
    #expect(!SchemaSet.builtIn.isImmutable("/id", in: ["id": "x"]))
    #expect(SchemaSet.builtIn.isImmutable("/id", in: ["kind": "post"]))
  }
}
