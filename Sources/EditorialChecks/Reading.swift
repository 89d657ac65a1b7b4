import Documents
import JSONTree

/// A kind of rule that may be about what is read together: whoever reads a thread reads one text.
public protocol ReadingRule: TextRule {
  /// Whether this rule, with its parameters, wants to see those texts at once; each by itself otherwise.
  var readsTogether: Bool { get }

  /// The places that break the rule.
  ///
  /// - Parameter texts: What one channel shows of a document, in the order of the document.
  func matches(across texts: [CheckedText]) -> [PlacedMatch]
}

extension ReadingRule {
  public func matches(in text: CheckedText) -> [RuleMatch] { matches(across: [text]).map(\.match) }
}

/// The texts of a document that people read one after the other.
struct Reading: Sendable {
  /// Where; `nil` where the document does not say.
  let channel: JSONString?
  let texts: [CheckedText]
}

extension PublicDocument {
  /// A post is read once on each of its channels: its text, its thread, its first comment. Alt texts are read in the
  /// place of a picture, each by itself, and so are the texts of other kinds.
  var readings: [Reading] {
    let variants = document.kind.name == Post.kind ? Post(document.value).variants : []
    if variants.isEmpty { return texts.map { Reading(channel: $0.channel, texts: [$0]) } }
    let shown = texts.filter { !$0.isAltText }
    let byChannel = variants.map { variant in
      Reading(
        channel: variant.channel,
        texts: shown.filter { text in text.channel.map { $0 == variant.channel } ?? !variant.diverges })
    }
    return byChannel + texts.filter(\.isAltText).map { Reading(channel: nil, texts: [$0]) }
  }
}
