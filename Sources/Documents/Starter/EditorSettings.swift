import JSONTree

/// The settings by which Visual Studio Code knows the documents of a workspace, completes their fields and explains
/// them: which schema holds for the files of which path.
///
/// Source: Visual Studio Code, “Editing JSON”, `json.schemas`; a pattern that begins with `/` starts at the folder that
/// is open.
func editorSettings(for kinds: [DocumentKind]) -> JSONValue {
  let schemas = kinds.map { kind -> JSONValue in
    [
      "fileMatch": [JSONValue("/" + kind.placement.filePattern)],
      "url": JSONValue("./schemas/\(kind.name).schema.json"),
    ]
  }
  return ["json.schemas": .array(schemas)]
}

extension DocumentPlacement {
  /// The path with `*` for every part that differs from document to document: `posts/*/*/*-*.json`.
  var filePattern: String {
    var pattern = ""
    var isInside = false
    for character in path {
      switch character {
      case "{":
        isInside = true
        pattern.append("*")
      case "}": isInside = false
      default: if !isInside { pattern.append(character) }
      }
    }
    return pattern
  }
}
