import Documents
import EditorialReview
import JSONTree
import Wording

extension Contradiction {
  /// 27. The record of a picture was deleted, or the file that it names is not in the workspace, and a post uses it.
  static let missingAsset = Contradiction(rule: "missing-asset") { situation in
    situation.releasesAhead().compactMap { $0.first }.flatMap { first in
      first.assetUses.compactMap { pointer, id in
        if let record = situation.documents[id], record.kind.name == Asset.kind {
          guard let file = situation.documents.missingFile(of: Asset(record.value)) else { return nil }
          let title = record.title
          let name = record.path.shortName
          return Finding(
            rule: "missing-asset", level: .error, in: first.document, at: pointer,
            Sentence(
              fr: """
                Le fichier de l’image « \(title) » n’est pas dans l’espace de travail : \(file). Rangez-le là, ou corrigez \
                le chemin : « ligne set \(name) /file … ».
                """,
              en: """
                The file of the picture “\(title)” is not in the workspace: \(file). Put it there, or mend its path: “ligne \
                set \(name) /file …”.
                """))
        }
        return Finding(
          rule: "missing-asset", level: .error, in: first.document, at: pointer,
          Sentence(
            fr: """
              L’image \(id) n’a plus de fiche. Rétablissez-la avec « ligne restore », ou choisissez une autre image.
              """,
            en: """
              The picture \(id) has no record any more. Bring it back with “ligne restore”, or choose another one.
              """))
      }
    }
  }
}

extension Situation.Release {
  /// Every picture of the post, those of all threads included, with its place.
  var assetUses: [(pointer: JSONPointer, id: JSONString)] {
    let own = post.assets.enumerated().compactMap { index, value in
      value["asset"]?.string.map { (JSONPointer([.key("assets"), .index(index), .key("asset")]), $0) }
    }
    let threads = post.variants.flatMap { variant in
      variant.thread.enumerated().flatMap { part, value in
        (value["assets"]?.array ?? []).enumerated().compactMap { index, asset in
          asset.string.map { id in
            let steps: [JSONPointer.Step] = [
              .key("variants"), .key(variant.channel), .key("thread"), .index(part), .key("assets"),
              .index(index),
            ]
            return (JSONPointer(steps), id)
          }
        }
      }
    }
    return own + threads
  }
}
