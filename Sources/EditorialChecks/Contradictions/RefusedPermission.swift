import Documents
import EditorialReview
import JSONTree
import Wording

extension Contradiction {
  /// 28. Somebody refused that their picture or words be used, and a post with them has a time.
  static let refusedPermission = Contradiction(rule: "refused-permission") { situation in
    situation.releasesAhead { $0.time != nil }.flatMap { releases -> [Finding] in
      guard let first = releases.first else { return [] }
      let channels = situation.channels(releases)
      let pictures = first.assetUses.compactMap { pointer, id -> (JSONPointer, Document)? in
        guard let asset = situation.documents[id], asset.kind.name == Asset.kind,
          Asset(asset.value).isRefused(at: releases.compactMap(\.time).max())
        else { return nil }
        return (pointer, asset)
      }
      let sources = first.post.sources.enumerated().compactMap { index, id -> (JSONPointer, Document)? in
        guard let source = situation.documents[JSONString(id)], source.kind.name == Source.kind,
          Source(source.value).consent == "refused"
        else { return nil }
        return (JSONPointer([.key("sources"), .index(index)]), source)
      }
      return (pictures + sources).map { pointer, document in
        let title = situation.title(document)
        return Finding(
          rule: "refused-permission", level: .error, in: first.document, at: pointer,
          Sentence(
            fr: """
              La permission pour \(title.french) est refusée ou finie, et la publication doit sortir sur \
              \(channels.french). Retirez ce contenu, ou demandez de nouveau.
              """,
            en: """
              The permission for \(title.english) is refused or over, and the post is to go out on \
              \(channels.english). Take it out, or ask again.
              """))
      }
    }
  }
}

extension Asset {
  fileprivate func isRefused(at time: Instant?) -> Bool {
    if permission == .refused { return true }
    guard let end = permissionUntil.flatMap({ Instant(rfc3339: $0) }), let time else { return false }
    return end < time
  }
}
