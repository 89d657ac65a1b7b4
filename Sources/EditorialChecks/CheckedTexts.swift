public import Documents
import JSONTree
import Wording

/// The texts of a document that people outside will see, as rules look at them; in the order of the document.
///
/// - A post: its shared text, where a channel shows it; texts of its own of a channel, with first comment, public title
///   and description; the parts of threads; alt texts. Not its title, which is for the team, and nothing of a post that
///   was cancelled or archived.
/// - A reply that may still be sent; a saved reply; what answers a rumour; a statement, those of crisis plans included; the alt text of an asset.
/// - A kind of the team's own: the field that its schema calls the body (`x-document`).
///
/// Empty texts are left out. A text whose document names no language is in that of its channel, else in the first one of
/// the workspace.
public func checkedTexts(of document: Document, in documents: DocumentCollection) -> [CheckedText] {
  switch document.kind.name {
  case Post.kind: texts(ofPost: document, in: documents)
  case Reply.kind: texts(ofReply: document, in: documents)
  case "statement", "saved-reply", "rumour", "asset": body(of: document, in: documents)
  case CrisisPlan.kind: texts(ofPlan: document, in: documents)
  case let kind: builtInKinds.contains(kind) ? [] : body(of: document, in: documents)
  }
}

/// The channels a text goes out on; `nil` where it belongs to none in particular.
func channels(of text: CheckedText, in documents: DocumentCollection) -> Set<JSONString>? {
  if let channel = text.channel { return [channel] }
  let document = text.document
  switch document.kind.name {
  case Post.kind:
    let variants = Post(document.value).variants
    // Alt texts go wherever the post goes; the shared text where it is shown.
    return Set(variants.filter { text.isAltText || !$0.diverges }.map(\.channel))
  case CrisisPlan.kind:
    return document.value.value(at: text.pointer.parent ?? .root)?["channels"]?.array.map {
      Set($0.compactMap(\.string))
    }
  default:
    guard let place = document.kind.placement.channels, let value = document.value.value(at: place) else {
      return nil
    }
    return Set(value.object?.keys ?? value.array?.compactMap(\.string) ?? [value.string].compactMap { $0 })
  }
}

extension Post {
  /// Whether anybody still means to publish it.
  var mayGoOut: Bool { state != "cancelled" && state != "archived" }
}

extension Reply {
  /// Whether anybody still means to send it.
  var mayGoOut: Bool { state != "superseded" && state != "withdrawn" }
}

private let builtInKinds = Set(SchemaSet.builtIn.kinds.map(\.name))

/// The same, and the texts of an archived post that had gone out: what was said before.
func textsSaid(
  by document: Document, in documents: DocumentCollection, wentOut: Set<JSONString>
) -> [CheckedText] {
  guard document.kind.name == Post.kind, Post(document.value).state == "archived",
    wentOut.contains(document.id)
  else { return checkedTexts(of: document, in: documents) }
  return texts(ofPost: document, in: documents, evenIfOver: true)
}

// MARK: - Kinds

private func texts(
  ofPost document: Document, in documents: DocumentCollection, evenIfOver: Bool = false
) -> [CheckedText] {
  let post = Post(document.value)
  if !post.mayGoOut, !evenIfOver { return [] }
  var reader = TextReader(document, documents)
  let variants = post.variants
  if variants.isEmpty || !variants.allSatisfy(\.diverges) { reader.add("/body") }
  for variant in variants {
    let place = JSONPointer([.key("variants"), .key(variant.channel)])
    if variant.diverges { reader.add(place.appending(.key("body")), variant.channel) }
    for field: JSONString in ["title", "description", "firstComment"] {
      reader.add(place.appending(.key(field)), variant.channel)
    }
    for (index, part) in variant.thread.enumerated() {
      let element = place.appending(.key("thread")).appending(elementStep(part, index))
      reader.add(element.appending(.key("body")), variant.channel)
    }
  }
  for (index, asset) in post.assets.enumerated() {
    reader.add(JSONPointer([.key("assets"), elementStep(asset, index), .key("altText")]))
  }
  return reader.texts
}

private func texts(ofReply document: Document, in documents: DocumentCollection) -> [CheckedText] {
  let reply = Reply(document.value)
  if !reply.mayGoOut { return [] }
  var reader = TextReader(document, documents)
  let conversation = reply.conversation.flatMap { documents[$0] }
  reader.add("/body", conversation?.value["channel"]?.string)
  return reader.texts
}

private func texts(ofPlan document: Document, in documents: DocumentCollection) -> [CheckedText] {
  var reader = TextReader(document, documents)
  for (index, statement) in CrisisPlan(document.value).statements.enumerated() {
    reader.add(
      JSONPointer([.key("statements"), elementStep(statement, index), .key("body")]), guessingLanguage: true)
  }
  return reader.texts
}

private func body(of document: Document, in documents: DocumentCollection) -> [CheckedText] {
  var reader = TextReader(document, documents)
  if let place = document.kind.placement.body { reader.add(place) }
  return reader.texts
}

// MARK: - Reading

private struct TextReader {
  let document: Document
  let documents: DocumentCollection
  private(set) var texts: [CheckedText] = []

  init(_ document: Document, _ documents: DocumentCollection) {
    (self.document, self.documents) = (document, documents)
  }

  /// - Parameter guessingLanguage: Whether one document holds texts in several languages.
  mutating func add(_ pointer: JSONPointer, _ channel: JSONString? = nil, guessingLanguage: Bool = false) {
    guard let text = document.value.value(at: pointer)?.text, !text.isEmpty else { return }
    let said = language(channel)
    let language = guessingLanguage ? probableLanguage(of: text) ?? said : said
    texts.append(CheckedText(text, in: document, at: pointer, channel: channel, language: language))
  }

  private func language(_ channel: JSONString?) -> String {
    if let own = document.value["language"]?.text { return own }
    let ofChannel = channel.flatMap { id in documents.channels.first { $0.id == id }?.language }
    return ofChannel ?? documents.single(WorkspaceSettings.self)?.languages.first ?? "fr-CA"
  }
}

/// French or English, by the little words that only one of them has; `nil` where there are too few to tell.
///
/// Source: Grefenstette, “Comparing two language identification schemes”, 1995 (small words).
func probableLanguage(of text: String) -> String? {
  let scalars = text.scalars
  var counts = (fr: 0, en: 0)
  for range in words(in: scalars[...]) {
    let word = String(scalars: FoldedText(scalars[range]).scalars)
    if frenchWords.contains(word) { counts.fr += 1 }
    if englishWords.contains(word) { counts.en += 1 }
  }
  if counts.fr >= 3, counts.fr > 2 * counts.en { return "fr" }
  if counts.en >= 3, counts.en > 2 * counts.fr { return "en" }
  return nil
}

private let frenchWords: Set<String> = [
  "le", "la", "les", "un", "une", "des", "du", "de", "et", "est", "sont", "avec", "pour", "dans", "qui",
  "que", "nous",
  "vous", "il", "elle", "ne", "pas", "au", "aux", "ce", "cette", "par",
]
private let englishWords: Set<String> = [
  "the", "a", "an", "and", "is", "are", "was", "were", "with", "for", "in", "of", "to", "we", "you", "it",
  "not", "this",
  "that", "by", "our", "will", "has", "have",
]
