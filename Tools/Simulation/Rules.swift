import JSONTree
import ObjectModel
import ThreeWayMerge

/// The merge rules of the simulated workspace, read from the one schema it has.
///
/// The schema says a rule per member in one word: `{"members": {"title": "atomic", "body": "text"}}`.
enum Rules {
  static let path = "schemas/post.json"

  static let start: [(member: JSONString, rule: JSONString)] = [
    ("at", "earliest"), ("body", "text"), ("count", "derived"), ("labels", "set"), ("points", "sequence"),
    ("room", "atomic"),
    ("state", "ordered"), ("thread", "list"), ("title", "atomic"),
  ]
  static let steps: [JSONString] = ["idea", "draft", "approved", "cancelled"]

  static func schema(_ rules: [(member: JSONString, rule: JSONString)]) -> JSONValue {
    [
      "members": .object(
        JSONObject(uniqueMembers: rules.map { .init(key: $0.member, value: .string($0.rule)) }))
    ]
  }

  /// The rule for documents of the kind `post`; all others merge by their shape.
  static func rule(from schema: JSONValue?) -> MergeRule {
    var members: [JSONString: MergeRule] = [:]
    for member in schema?["members"]?.object?.members ?? [] {
      members[member.key] =
        switch member.value.text {
        case "text": .text
        case "set": .set
        case "derived": .derived
        case "earliest": .earliest
        case "ordered": .ordered(steps)
        case "sequence": .sequence(element: .byShape)
        case "list": .list(key: "id", element: .object(members: ["body": .text], others: .byShape))
        case "atomic": .atomic
        default: .byShape
        }
    }
    return .object(members: members, others: .byShape)
  }

  static func rules(in folder: ObjectID?, of store: some ObjectStore) throws(ObjectStoreError) -> MergeRules {
    guard let folder,
      let entry = try store.tree(folder).entries.first(where: { $0.name == Array("post.json".utf8) })
    else { return .byShape }
    // A schema that does not parse gives no rules.
    let post = rule(from: try? JSONValue(parsing: store.blob(entry.id)))
    return MergeRules { document in document["kind"]?.text == "post" ? post : .byShape }
  }
}
