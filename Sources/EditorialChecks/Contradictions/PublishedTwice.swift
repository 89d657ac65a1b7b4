import Documents
import EditorialReview
import JSONTree
import Wording

extension Contradiction {
  /// Two people published the same post on the same channel: both are out there, and both links are kept.
  static let publishedTwice = Contradiction(rule: "published-twice") { situation in
    situation.releases.compactMap { release in
      guard release.state == .published || release.state == .publishedDiverged else { return nil }
      let records = situation.states.publications(of: release.document, on: release.channel)
      // What was withdrawn before is not out there any more, and a correction replaces what it corrects.
      let outside = records.suffix(while: { $0.publication.nature != .withdrawal })
        .filter { $0.publication.nature == .publication }
      guard outside.count > 1 else { return nil }
      let people = situation.names(of: outside.compactMap(\.publication.by))
      let urls = outside.compactMap(\.publication.url)
      let links = urls.isEmpty ? "" : " (\(urls.joined(separator: ", ")))"
      return Finding(
        rule: "published-twice", level: .error, in: release.document, at: release.pointer(),
        Sentence(
          fr:
            "Publiée plusieurs fois sur \(release.channel), par \(people.french)\(links). Gardez-en une, retirez le reste.",
          en:
            "Published more than once on \(release.channel), by \(people.english)\(links). Keep one, withdraw the rest."
        ))
    }
  }
}

extension Array {
  fileprivate func suffix(while condition: (Element) -> Bool) -> ArraySlice<Element> {
    self[(lastIndex { !condition($0) }.map { $0 + 1 } ?? startIndex)...]
  }
}
