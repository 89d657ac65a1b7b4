import Documents
import JSONTree
import Wording

extension Contradiction {
  /// 31. The same export imported twice gives the same files, because ids of conversations are made of what the
  /// platform calls them; one that was noted by hand under another id stands beside it.
  static let importedTwice = Contradiction(rule: "imported-twice") { situation in
    var known: [Origin: Document] = [:]
    return situation.documents.views(Conversation.self).sorted { $0.document.id < $1.document.id }
      .compactMap { document, conversation in
        guard let channel = conversation.channel, let externalId = conversation.externalId else { return nil }
        let origin = Origin(channel: channel, externalId: externalId)
        guard let first = known[origin] else {
          known[origin] = document
          return nil
        }
        return Finding(
          rule: "imported-twice", level: .warning, in: document, at: "/externalId",
          Sentence(
            fr: "C’est la même conversation que \(first.path) (\(channel)). Gardez l’un des deux fichiers.",
            en: "This is the same conversation as \(first.path) (\(channel)). Keep one of the two files."))
      }
  }

  private struct Origin: Hashable { var channel, externalId: JSONString }
}
