import EditorialHistory
import JSONTree
import ObjectModel
import Wording

extension Version {
  var json: JSONValue {
    [
      "commit": JSONValue(id.hex), "at": JSONValue(at.description), "by": JSONValue(by.name),
      "email": JSONValue(by.email),
      "message": JSONValue(body.isEmpty ? subject : subject + "\n\n" + body),
      "documents": .array(documents.map(\.json)),
    ]
  }
}
