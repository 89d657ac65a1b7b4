import Foundation
import JSONTree
import PlatformExports
import Wording

/// The exports of `Cases`, and ways to say one in a line.
enum Exports {
  static let ravaude = OwnAccount(channel: "place", handle: "@ravaude@social.laravaude.example")

  /// Every file of a case that its reader wants.
  static func files(_ kind: ExportKind) throws -> [ExportFile] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Cases/\(kind.rawValue)")
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    return try names.filter { ExportReader.wants($0, of: kind) && $0.contains(".") }.map {
      ExportFile(path: $0, bytes: Array(try Data(contentsOf: folder.appending(path: $0))))
    }
  }

  static func read(
    _ kind: ExportKind, _ files: [ExportFile], of account: OwnAccount = ravaude,
    table: CSVReading = CSVReading()
  ) -> PlatformExport {
    var reader = ExportReader(kind, of: account, table: table)
    for file in files { reader.take(file) }
    return reader.finished()
  }

  static func read(_ kind: ExportKind, _ text: String, table: CSVReading = CSVReading()) -> PlatformExport {
    read(kind, [ExportFile(path: "fichier", bytes: Array(text.utf8))], table: table)
  }
}

extension PlatformExport {
  /// Everything in it, in lines: what tests compare.
  var told: [String] {
    let talks = conversations.flatMap { conversation in
      ["\(conversation.nature) \(conversation.externalId)"]
        + conversation.messages.map { message in
          let author = message.author ?? "?"
          let ends = [
            message.editedAt.map { "edited \($0.rfc3339())" },
            message.deletedAt.map { "deleted \($0.rfc3339())" },
          ]
          return ([message.at.rfc3339(), message.externalId, author, message.text] + ends.compactMap { $0 })
            .joined(separator: " | ")
        }
    }
    let published = posts.map { post in
      ([post.isRelay ? "relay" : "post", post.at.rfc3339(), post.externalId, post.language ?? "-", post.text]
        + [post.deletedAt.map { "deleted \($0.rfc3339())" }].compactMap { $0 }).joined(separator: " | ")
    }
    let left = skipped.map { "skipped \($0.place.english): \($0.reason.code)" }
    return talks + published + left
  }
}
