import Documents
import EditorialReview
import JSONTree
import Wording

extension Contradiction {
  /// Two people published the same post on the same channel, or sent the same answer: both are out there, and both links are
  /// kept.
  static let publishedTwice = Contradiction(rule: "published-twice") { situation in
    let posts = situation.releases.filter { $0.state == .published || $0.state == .publishedDiverged }
      .compactMap { release in
        situation.publishedTwice(release.document, on: release.channel, at: release.pointer())
      }
    let replies = situation.documents.views(Reply.self).compactMap { document, reply -> Finding? in
      let conversation = reply.conversation.flatMap { situation.documents[$0] }
      guard let channel = conversation.flatMap({ Conversation($0.value).channel }) else { return nil }
      return situation.publishedTwice(document, on: channel, at: .root)
    }
    return posts + replies
  }
}

extension Situation {
  /// What is wrong where more than one record says that a document is out there.
  fileprivate func publishedTwice(
    _ document: Document, on channel: JSONString, at pointer: JSONPointer
  ) -> Finding? {
    let outside = states.textsOutside(of: document, on: channel)
    guard outside.count > 1 else { return nil }
    let people = names(of: outside.compactMap(\.first.by))
    let urls = outside.compactMap(\.urls.last)
    // Without its address one of them can't be told from the others.
    let words = "ligne publish \(document.path.shortName) --channel \(channel) --nature withdrawal --url …"
    let way =
      urls.count == outside.count
      ? Sentence(fr: " : « \(words) »", en: ": “\(words)”") : Sentence(fr: "", en: "")
    let links = urls.isEmpty ? "" : " (\(urls.joined(separator: ", ")))"
    return Finding(
      rule: "published-twice", level: .error, in: document, at: pointer,
      Sentence(
        fr:
          "Publiée plusieurs fois sur \(channel), par \(people.french)\(links). Gardez-en une, retirez le reste\(way.french).",
        en:
          "Published more than once on \(channel), by \(people.english)\(links). Keep one, withdraw the rest\(way.english)."
      ))
  }
}
