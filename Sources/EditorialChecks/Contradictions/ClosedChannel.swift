import Documents
import EditorialReview
import JSONTree
import Wording

extension Contradiction {
  /// 32. A channel was closed or taken out, and a post has a variant for it.
  static let closedChannel = Contradiction(rule: "closed-channel") { situation in
    let open = Set(situation.documents.channels.filter { $0.state != "closed" }.compactMap(\.id))
    return situation.releases.compactMap { release in
      guard release.state.isAhead, !open.contains(release.channel) else { return nil }
      let person = situation.name(of: release.document.value["createdBy"]?.string)
      return Finding(
        rule: "closed-channel", level: .error, in: release.document, at: release.pointer(),
        Sentence(
          fr: """
            Le canal \(release.channel) est fermé : cette version (publication créée par \(person)) ne peut pas sortir. \
            Retirez-la, ou rouvrez le canal.
            """,
          en: """
            The channel \(release.channel) is closed: this variant (of a post by \(person)) can’t go out. \
            Take it out, or open the channel again.
            """))
    }
  }
}
