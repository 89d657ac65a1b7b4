public import Documents
public import JSONTree
import Wording

/// A text that says nearly what another document said before.
///
/// `{"similarity": 80, "words": 12}`: from 80 hundredths alike, texts of at least 12 words. What is compared is which
/// groups of three words two texts have in common (Jaccard), so that the order of sentences makes no difference. The
/// younger document is named, with the older one it resembles most. An archived post that had gone out is an older one
/// like any other, and never named.
///
/// Source: Broder, “On the resemblance and containment of documents”, 1997.
public struct NearDuplicateRule: CollectionRule {
  public static let check = "near-duplicate"
  private let least: Int
  private let fewestWords: Int

  public init(parameters: JSONValue?) throws(RuleProblem) {
    let parameters = try RuleParameters(parameters, knowing: ["similarity", "words"])
    least = try parameters.count("similarity") ?? 80
    fewestWords = max(3, try parameters.count("words") ?? 12)
    if least < 1 || least > 100 {
      throw RuleProblem(
        at: RuleParameters.place("similarity"),
        Sentence(fr: "« similarity » va de 1 à 100.", en: "“similarity” goes from 1 to 100."))
    }
  }

  public func matches(in documents: [Document], _ context: CheckContext) -> [PlacedMatch] {
    let kinds = Set(documents.map(\.kind.name))
    let wentOut = Set(context.documents.views(Publication.self).compactMap(\.view.post))
    var archive: [Candidate] = []
    for document in context.documents.all where kinds.contains(document.kind.name) {
      for text in textsSaid(by: document, in: context.documents, wentOut: wentOut) where !text.isAltText {
        if let candidate = Candidate(text, fewestWords) { archive.append(candidate) }
      }
    }
    var holders: [UInt64: [Int]] = [:]
    for (index, candidate) in archive.enumerated() {
      // What everybody writes says nothing of two texts, and comparing all with all would take for ever.
      for shingle in candidate.telling(least) where holders[shingle]?.count ?? 0 < Self.mostHolders {
        holders[shingle, default: []].append(index)
      }
    }
    // What is over is compared with, and nobody is asked to mend it.
    let judged = Set(documents.filter { Post($0.value).mayGoOut }.map(\.path))
    return archive.indices.compactMap { index in
      judged.contains(archive[index].document.path) ? match(index, archive, holders) : nil
    }
  }

  private static let mostHolders = 64

  /// A text, as far as it is compared.
  private struct Candidate {
    let document: Document
    let pointer: JSONPointer
    let channel: JSONString?
    /// Groups of three words, by a number each, sorted.
    let shingles: [UInt64]
    private let made: Instant

    init?(_ text: CheckedText, _ fewestWords: Int) {
      let words = words(in: text.scalars[...])
      if words.count < fewestWords { return nil }
      let numbers = words.map {
        fingerprint(FoldedText(text.scalars[$0]).scalars.lazy.map { UInt64($0.value) })
      }
      shingles = Set((2..<words.count).map { fingerprint(numbers[$0 - 2...$0]) }).sorted()
      (document, pointer, channel) = (text.document, text.pointer, text.channel)
      made = document.value["createdAt"]?.text.flatMap(Instant.init(rfc3339:)) ?? Instant(secondsSince1970: 0)
    }

    /// The smallest numbers: two texts that are alike enough have one of these in common.
    ///
    /// Source: Chaudhuri, Ganti and Kaushik, “A primitive operator for similarity joins in data cleaning”, 2006.
    func telling(_ least: Int) -> ArraySlice<UInt64> {
      let common = (shingles.count * least + 99) / 100
      return shingles.prefix(shingles.count - common + 1)
    }

    func common(with other: Candidate) -> Int {
      var (count, own, its) = (0, 0, 0)
      while own < shingles.count, its < other.shingles.count {
        if shingles[own] == other.shingles[its] {
          (count, own, its) = (count + 1, own + 1, its + 1)
        } else if shingles[own] < other.shingles[its] {
          own += 1
        } else {
          its += 1
        }
      }
      return count
    }

    /// When it was made, then where it lies.
    func isOlder(than other: Candidate) -> Bool {
      made == other.made ? document.path < other.document.path : made < other.made
    }
  }

  private func match(_ own: Int, _ archive: [Candidate], _ holders: [UInt64: [Int]]) -> PlacedMatch? {
    let candidate = archive[own]
    let others = Set(candidate.telling(least).flatMap { holders[$0] ?? [] })
    var best: (index: Int, likeness: Int)?
    for index in others.sorted() where index != own {
      let other = archive[index]
      guard other.document.path != candidate.document.path, other.isOlder(than: candidate) else { continue }
      let count = candidate.common(with: other)
      let likeness = 100 * count / (candidate.shingles.count + other.shingles.count - count)
      if likeness >= least, likeness > best?.likeness ?? 0 { best = (index, likeness) }
    }
    guard let best else { return nil }
    let title = archive[best.index].document.title
    let message = Sentence(
      fr: "Ce texte ressemble à \(best.likeness)\u{A0}% à \(Language.french.quoted(title)).",
      en: "This text is \(best.likeness)% like \(Language.english.quoted(title)).")
    return PlacedMatch(
      candidate.document, candidate.pointer, RuleMatch(message: message), channel: candidate.channel)
  }
}
