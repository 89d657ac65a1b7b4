import Documents
import EditorialChecks
import Foundation
import JSONTree
import ObjectModel
import TestSupport
import Testing
import Wording

/// Documents made for a test, and those of the sample workspace.
enum SampleDocuments {
  /// A document of a built-in kind; the fields every document has are put in.
  static func make(_ kind: JSONString, _ path: String, _ fields: JSONObject) throws -> Document {
    var fields = fields
    fields["kind"] = .string(kind)
    fields["createdAt"] = fields["createdAt"] ?? "2026-11-03T14:30:00Z"
    fields["createdBy"] = fields["createdBy"] ?? "noemie"
    fields["id"] = fields["id"] ?? "01m6pp5qb0wb7d3mnfvs9552f1"
    let bytes = JSONValue.object(fields).canonicalForm
    switch Document.read(try WorkspacePath(path), bytes, schemas: .builtIn) {
    case .success(let document): return document
    case .failure(let problem): throw Unreadable(message: problem.message.english)
    }
  }

  struct Unreadable: Error {
    var message: String
  }

  /// A text of a post.
  static func text(_ text: String, language: String = "fr-CA") throws -> CheckedText {
    CheckedText(text, in: try post(["body": JSONValue(text)]), at: "/body", language: language)
  }

  static func post(_ fields: JSONObject) throws -> Document {
    var fields = fields
    fields["title"] = fields["title"] ?? "Essai"
    fields["language"] = fields["language"] ?? "fr-CA"
    fields["nature"] = fields["nature"] ?? "original"
    fields["state"] = fields["state"] ?? "draft"
    fields["body"] = fields["body"] ?? ""
    fields["variants"] = fields["variants"] ?? [:]
    return try make("post", "posts/2026/11/essai-01m6pp5qb0wb7d3mnfvs9552f1.json", fields)
  }

  static func channels(_ channels: [JSONValue]) throws -> Document {
    try make("channels", "channels.json", ["channels": .array(channels), "id": "01m20fy9a0t9ne85h343v1qmpv"])
  }

  /// The sample workspace that lies beside the sources.
  static func workspace() throws -> DocumentCollection {
    let folder = Corpus.packageRoot.appending(path: "Workspace").resolvingSymlinksInPath()
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".json") && !$0.hasPrefix("schemas/") && !$0.hasPrefix(".") }
    return DocumentCollection(
      try names.map { name in
        try Document.read(
          try WorkspacePath(name), Array(Data(contentsOf: folder.appending(path: name))), schemas: .builtIn
        ).get()
      })
  }
}
