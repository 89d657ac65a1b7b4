import ConcurrentMap
import Documents
import EditorialReview
import JSONTree
import Wording

/// What the contradictions look at: the documents, their states, and every text on its way to a channel.
struct Situation: Sendable {
  let documents: DocumentCollection
  let states: EditorialStates
  /// Every post on every of its channels.
  let releases: [Release]
  /// Where each post stands as a whole, by id.
  private(set) var postStates: [JSONString: EditorialState] = [:]
  private let team: Team?

  /// A post on one channel.
  final class Release: Sendable {
    let document: Document
    let post: Post
    let variant: Post.Variant
    let state: EditorialState
    /// What people decided about it; `nil` where nobody did.
    let reviews: ReviewStatus?

    init(
      document: Document, post: Post, variant: Post.Variant, state: EditorialState, reviews: ReviewStatus?
    ) {
      (self.document, self.post, self.variant) = (document, post, variant)
      (self.state, self.reviews) = (state, reviews)
    }

    var channel: JSONString { variant.channel }
    /// When it is to go out; `nil` without a time that can be read.
    var time: Instant? { variant.schedule.flatMap { Instant(rfc3339: $0.at) } }

    /// A place in the variant.
    func pointer(_ steps: JSONString...) -> JSONPointer {
      JSONPointer([.key("variants"), .key(channel)] + steps.map(JSONPointer.Step.key))
    }
  }

  init(_ states: EditorialStates) {
    (self.states, documents) = (states, states.documents)
    team = documents.single(Team.self)
    let posts = documents.views(Post.self)
    let standings = posts.concurrentMap(portion: 64) { document, post in
      let standings = states.standings(of: document)
      let releases = zip(post.variants, standings).map { variant, standing in
        Release(
          document: document, post: post, variant: variant, state: standing.state, reviews: standing.reviews)
      }
      return (state: states.state(ofPost: document, on: standings), releases: releases)
    }
    releases = standings.flatMap(\.releases)
    for ((document, _), standing) in zip(posts, standings) { postStates[document.id] = standing.state }
  }

  var now: Instant { states.now }

  /// Texts that still may go out, by post, in the order of paths and channels.
  func releasesAhead(where condition: (Release) -> Bool = { _ in true }) -> [[Release]] {
    var groups: [[Release]] = []
    for release in releases where release.state.isAhead && condition(release) {
      if groups.last?.first?.document.path == release.document.path {
        groups[groups.count - 1].append(release)
      } else {
        groups.append([release])
      }
    }
    return groups
  }
}

// MARK: Names in sentences

extension Situation {
  /// A person as the team calls them, else by the id.
  func name(of member: JSONString?) -> String {
    guard let member else { return "?" }
    return team?.member(member)?.name ?? member.text
  }

  /// Whom nobody can name.
  var someone: Sentence { Sentence(fr: "quelqu’un", en: "somebody") }

  /// People, each once, in the order of their names.
  func names(of members: [JSONString]) -> Sentence {
    let names = Set(members).map { name(of: $0) }.sorted { JSONString($0) < JSONString($1) }
    return .listing(names.map { Sentence(fr: $0, en: $0) })
  }

  /// Channels, each once, by id.
  func channels(_ channels: [JSONString]) -> Sentence {
    .listing(Set(channels).sorted().map { Sentence(fr: $0.text, en: $0.text) })
  }

  func channels(_ releases: [Release]) -> Sentence { channels(releases.map(\.channel)) }

  /// Titles of documents in the quotation marks of each language.
  func titles(_ documents: [Document]) -> Sentence { .listing(documents.map(title)) }

  func title(_ document: Document) -> Sentence { .quoting(document.title) }

  /// A time stamp of a document, in full, as clocks showed it where it was written; the text itself if it is none.
  func moment(_ text: String?) -> Sentence {
    guard let text else { return Sentence(fr: "?", en: "?") }
    guard let (instant, offset) = Instant.parse(rfc3339: text) else { return Sentence(fr: text, en: text) }
    return instant.fullWording(offset: offset)
  }
}

extension String {
  /// Whether words stand in the text, byte for byte.
  func holds(_ words: String) -> Bool {
    words.utf8.isEmpty || Array(utf8).firstRange(of: Array(words.utf8)) != nil
  }
}
