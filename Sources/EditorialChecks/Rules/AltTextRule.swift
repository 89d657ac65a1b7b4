import Documents
public import JSONTree
import Wording

/// Every picture has words for those who do not see it, and the words say what it shows.
///
/// `{"min": 20, "max": 400}`, in characters. A picture whose use has no words of its own takes those of its asset.
/// Sounds and films are not asked for any. Words that begin with “image of” say what a screen reader has said already.
/// Source: W3C, Images Tutorial, “Tips and tricks”; WCAG 2.2, success criterion 1.1.1.
public struct AltTextRule: DocumentRule {
  public static let check = "alt-text"
  private let least: Int
  private let most: Int?

  public init(parameters: JSONValue?) throws(RuleProblem) {
    let parameters = try RuleParameters(parameters, knowing: ["min", "max"])
    least = max(1, try parameters.count("min") ?? 1)
    most = try parameters.count("max")
  }

  public func matches(in document: PublicDocument, _ context: CheckContext) -> [PlacedMatch] {
    missing(in: document.document, context)
      + document.texts.filter(\.isAltText).flatMap { text in unfit(text).map { PlacedMatch(text, $0) } }
  }

  // MARK: - None at all

  private func missing(_ document: Document, _ use: Use, _ context: CheckContext) -> PlacedMatch? {
    guard use.altText.allSatisfy(\.isSpace) else { return nil }
    let asset = use.asset.flatMap { context.documents[$0] }
    if let type = asset?.value["mediaType"]?.text, type.hasPrefix("audio/") || type.hasPrefix("video/") {
      return nil
    }
    if let words = asset?.value["altText"]?.text, !words.unicodeScalars.allSatisfy(\.isSpace) { return nil }
    var match = PlacedMatch(document, use.pointer, RuleMatch(), channel: use.channel)
    match.missing = "altText"
    return match
  }

  private func missing(in document: Document, _ context: CheckContext) -> [PlacedMatch] {
    uses(in: document).compactMap { missing(document, $0, context) }
  }

  private struct Use {
    var asset: JSONString?
    var altText: [Unicode.Scalar]
    var pointer: JSONPointer
    var channel: JSONString?
  }

  private func uses(in document: Document) -> [Use] {
    guard document.kind.name == Post.kind else { return [] }
    let post = Post(document.value)
    if !post.mayGoOut { return [] }
    let shared = post.assets.enumerated().map { index, asset in
      Use(
        asset: asset["asset"]?.string, altText: Array((asset["altText"]?.text ?? "").unicodeScalars),
        pointer: JSONPointer([.key("assets"), elementStep(asset, index)]))
    }
    let threads = post.variants.flatMap { variant in
      variant.thread.enumerated().flatMap { index, part in
        (part["assets"]?.array ?? []).enumerated().map { place, asset in
          Use(
            asset: asset.string, altText: [],
            pointer: JSONPointer([
              .key("variants"), .key(variant.channel), .key("thread"), elementStep(part, index),
              .key("assets"),
              .index(place),
            ]), channel: variant.channel)
        }
      }
    }
    return shared + threads
  }

  // MARK: - Words that do not do

  private func unfit(_ text: CheckedText) -> [RuleMatch] {
    let count = text.text.count
    let characters = CountedNoun(fr: ("caractère", "caractères"), en: ("character", "characters")).counted(
      count)
    if text.scalars.allSatisfy(\.isSpace) { return [] }
    if let name = fileName(text) { return [name] }
    var matches: [RuleMatch] = []
    if let opening = announcement(text) { matches.append(opening) }
    if count < least {
      matches.append(
        RuleMatch(
          message: Sentence(
            fr: "Le texte de remplacement a \(characters.french), où \(least) au moins sont demandés.",
            en: "The alt text has \(characters.english), where at least \(least) are asked for.")))
    } else if let most, count > most {
      matches.append(
        RuleMatch(
          message: Sentence(
            fr: "Le texte de remplacement a \(characters.french), où \(most) au plus sont demandés.",
            en: "The alt text has \(characters.english), where at most \(most) are asked for.")))
    }
    return matches
  }

  private func announcement(_ text: CheckedText) -> RuleMatch? {
    guard let match = Self.announcements.matches(in: text).first,
      text.scalars[..<match.range.lowerBound].allSatisfy({ !$0.isInWord })
    else { return nil }
    let words = text.text(in: match.range)
    return RuleMatch(
      match.range,
      message: Sentence(
        fr: "Inutile de dire \(Language.french.quoted(words)) : un lecteur d’écran l’a déjà dit.",
        en: "No need to say \(Language.english.quoted(words)): a screen reader has said so already."))
  }

  private func fileName(_ text: CheckedText) -> RuleMatch? {
    if text.scalars.contains(where: \.isSpace) { return nil }
    let lowered = text.text.lowercased()
    guard [".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic"].contains(where: lowered.hasSuffix)
    else { return nil }
    return RuleMatch(
      text.scalars.indices,
      message: Sentence(
        fr: "Ceci est un nom de fichier, pas un texte de remplacement.",
        en: "This is the name of a file, not alt text."))
  }

  private static let announcements: PhraseMatcher = {
    let french = ["image", "photo", "photographie", "illustration"].flatMap { noun in
      ["", "une ", "cette "].flatMap { article in ["de", "d’", "du", "des"].map { "\(article)\(noun) \($0)" }
      }
    }
    let english = ["image", "photo", "picture", "photograph", "illustration"].flatMap { noun in
      ["", "a ", "an ", "the ", "this "].map { "\($0)\(noun) of" }
    }
    return PhraseMatcher(french + english)
  }()
}

extension CheckedText {
  var isAltText: Bool { pointer.steps.last?.name == "altText" }
}

/// The step that leads to an element of a list: by its id, where it has one.
func elementStep(_ element: JSONValue, _ index: Int) -> JSONPointer.Step {
  element["id"]?.string.map { .element($0) } ?? .index(index)
}
