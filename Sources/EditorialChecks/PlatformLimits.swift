import ConcurrentMap
public import Documents
public import JSONTree
import SocialText
public import Wording

/// How long one part of a post is on one channel, beside what the channel allows.
public struct Remaining: Hashable, Sendable {
  public var channel: JSONString
  /// What is limited, as in the limits file: `text`, `title`, `hashtags`.
  public var measure: String
  /// The message of a thread it is about.
  public var part: JSONString?
  /// The field a person would shorten.
  public var pointer: JSONPointer
  public var unit: LimitUnit
  public var count: Int
  public var limit: Int
  /// Below 0 where it is too long.
  public var left: Int { limit - count }
}

/// What is left on each channel of a post: for its text, and for all else its platforms limit.
///
/// - Returns: Sorted by channel; the text comes first, then the messages of its thread. Nothing for a document that
///   is not a post.
public func remaining(of post: Document, in documents: DocumentCollection) -> [Remaining] {
  guard post.kind.name == Post.kind else { return [] }
  return measurements(of: post, limits: channelLimits(in: documents), documents, asking: .all).map(
    \.remaining)
}

/// Posts and answers that are longer, or have more of something, than their channel allows.
///
/// Texts that will not go out any more, cancelled and archived, are left alone.
///
/// - Returns: In the order of the documents' paths, and then of ``remaining(of:in:)``.
public func limitFindings(in documents: DocumentCollection) -> [Finding] {
  placedLimitFindings(of: documents.all, in: documents).map(\.finding)
}

/// The same of some of the documents, each with its channel.
func placedLimitFindings(
  of subjects: [Document], in documents: DocumentCollection
) -> [StandingCheck.Found] {
  let limits = channelLimits(in: documents)
  return subjects.concurrentMap(portion: 64) { document -> [StandingCheck.Found] in
    let measured: [Measurement]
    switch document.kind.name {
    case Post.kind where Post(document.value).mayGoOut:
      measured = measurements(of: document, limits: limits, documents, asking: .excess)
    case Reply.kind where Reply(document.value).mayGoOut:
      measured = [measurement(ofReply: Reply(document.value), limits: limits, documents)].compactMap { $0 }
    default: measured = []
    }
    return measured.filter { $0.remaining.left < 0 }.map {
      StandingCheck.Found(finding: $0.finding(in: document), channel: $0.remaining.channel)
    }
  }.flatMap(\.self)
}

// MARK: - Measuring

/// What is asked of a text.
private enum Asked {
  /// How much of each limit it takes.
  case all
  /// What is over a limit. Most texts are known to be within it without being counted.
  case excess
}

private struct Measurement {
  var remaining: Remaining
  /// The channel, for a person.
  var name: String
  /// What is over, in code points of the field at the pointer.
  var over: Range<Int>?
  /// Which message of a thread, counting from 1 for the text.
  var message: Int?
  /// Whether links and hashtags were put after the body.
  var isCompleted = false
}

private func channelLimits(in documents: DocumentCollection) -> [JSONString: ChannelLimits] {
  var limits: [JSONString: ChannelLimits] = [:]
  for channel in documents.channels {
    guard let own = ChannelLimits(channel, in: documents), limits[own.channel] == nil else { continue }
    limits[own.channel] = own
  }
  return limits
}

private func measurements(
  of document: Document, limits: [JSONString: ChannelLimits], _ documents: DocumentCollection,
  asking asked: Asked
) -> [Measurement] {
  let post = Post(document.value)
  let assets = post.assets
  let isPhotos =
    !assets.isEmpty
    && assets.allSatisfy { asset in
      let file = asset["asset"]?.string.flatMap { documents[$0] }
      return file?.value["mediaType"]?.text?.hasPrefix("image/") ?? false
    }
  // Most channels show the same text.
  var shared: PublicText?
  return post.variants.flatMap { variant -> [Measurement] in
    guard let limits = limits[variant.channel] else { return [] }
    let text = (variant.diverges ? nil : shared) ?? post.publicText(of: variant)
    if !variant.diverges { shared = text }
    let pen = Measurer(
      post: post, variant: variant, text: text, limits: limits, isPhotos: isPhotos, asked: asked)
    return pen.texts() + pen.things()
  }
}

/// An answer is a comment on the platform, or else a text there.
private func measurement(
  ofReply reply: Reply, limits: [JSONString: ChannelLimits], _ documents: DocumentCollection
) -> Measurement? {
  guard let conversation = reply.conversation.flatMap({ documents[$0] }),
    let channel = Conversation(conversation.value).channel, let limits = limits[channel],
    let limit = limits.limit(of: "firstComment") ?? limits.limit(of: "text")
  else { return nil }
  return limits.measurement(of: reply.body, at: "/body", under: limit, asking: .excess)
}

/// Measures one variant of a post.
private struct Measurer {
  let post: Post
  let variant: Post.Variant
  let limits: ChannelLimits
  let isPhotos: Bool
  let asked: Asked
  private let text: PublicText

  /// - Parameter text: The variant's public text.
  init(
    post: Post, variant: Post.Variant, text: PublicText, limits: ChannelLimits, isPhotos: Bool, asked: Asked
  ) {
    (self.post, self.variant, self.text, self.limits) = (post, variant, text, limits)
    (self.isPhotos, self.asked) = (isPhotos, asked)
  }

  func texts() -> [Measurement] {
    var found: [Measurement] = []
    // Where a description is limited and no text is, the text goes there unless there is an own description.
    let isDescription = limits.limit(of: "text") == nil && variant.value["description"]?.text == nil
    let measures =
      isPhotos && limits.limit(of: "photoText") != nil
      ? ["photoText"] : ["text", "textBytes"] + (isDescription ? ["description"] : [])
    for limit in measures.compactMap(limits.limit) {
      guard
        var measurement = limits.measurement(
          of: text.text, at: text.pointer, under: limit, bodyLength: text.bodyLength, asking: asked)
      else { continue }
      measurement.isCompleted = text.text.unicodeScalars.count > text.bodyLength
      found.append(measurement)
    }
    for (index, part) in variant.thread.enumerated() {
      guard let id = part["id"]?.string, let body = part["body"]?.text else { continue }
      for limit in ["text", "textBytes"].compactMap(limits.limit) {
        guard
          var measurement = limits.measurement(
            of: body, at: place(["thread"], .element(id), .key("body")), under: limit, asking: asked)
        else { continue }
        measurement.remaining.part = id
        measurement.message = index + 2
        found.append(measurement)
      }
    }
    for (field, measure) in [
      ("title", isPhotos && limits.limit(of: "photoTitle") != nil ? "photoTitle" : "title"),
      ("description", "description"), ("firstComment", "firstComment"),
    ] {
      guard let text = variant.value[JSONString(field)]?.text, let limit = limits.limit(of: measure),
        let measurement = limits.measurement(
          of: text, at: place([JSONString(field)]), under: limit, asking: asked)
      else { continue }
      found.append(measurement)
    }
    if let limit = limits.limit(of: "altText") {
      for asset in post.assets {
        guard let id = asset["id"]?.string, let text = asset["altText"]?.text else { continue }
        let pointer = JSONPointer([.key("assets"), .element(id), .key("altText")])
        limits.measurement(of: text, at: pointer, under: limit, asking: asked).map { found.append($0) }
      }
    }
    return found
  }

  /// What is counted piece by piece, in the text and in each message of the thread.
  func things() -> [Measurement] {
    var found = things(
      in: text.text, files: post.assets.count,
      places: [
        "hashtags": post.hashtags.isEmpty ? text.pointer : "/hashtags",
        "links": post.links.isEmpty ? text.pointer : "/links", "mentions": text.pointer, "media": "/assets",
      ])
    for (index, part) in variant.thread.enumerated() {
      guard let id = part["id"]?.string else { continue }
      let body = place(["thread"], .element(id), .key("body"))
      found += things(
        in: part["body"]?.text ?? "", files: part["assets"]?.array?.count ?? 0,
        places: [
          "hashtags": body, "links": body, "mentions": body,
          "media": place(["thread"], .element(id), .key("assets")),
        ]
      ).map { measurement in
        var measurement = measurement
        measurement.remaining.part = id
        measurement.message = index + 2
        return measurement
      }
    }
    if let limit = limits.limit(of: "thread") {
      found.append(
        limits.measurement(counting: variant.thread.count + 1, at: place(["thread"]), under: limit))
    }
    return found
  }

  private func things(in text: String, files: Int, places: [String: JSONPointer]) -> [Measurement] {
    lazy var scalars = text.scalars
    func words(_ entity: TextEntity) -> JSONString {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars[entity.range])
      return JSONString(String(view))
    }
    let counts: [(measure: String, most: () -> Int, count: () -> Int)] = [
      ("hashtags", { mostHashtags(in: text) }, { hashtags(in: scalars).count }),
      // A link given twice is one.
      ("links", { mostLinks(in: text) }, { Set(urls(in: scalars).map(words)).count }),
      ("mentions", { mostMentions(in: text) }, { Set(mentions(in: scalars).map(words)).count }),
      ("media", { files }, { files }),
    ]
    return counts.compactMap { measure, most, count in
      guard let limit = limits.limit(of: measure), let place = places[measure] else { return nil }
      if asked == .excess, most() <= limit.most { return nil }
      return limits.measurement(counting: count(), at: place, under: limit)
    }
  }

  private func place(_ keys: [JSONString], _ steps: JSONPointer.Step...) -> JSONPointer {
    JSONPointer([.key("variants"), .key(variant.channel)] + keys.map { .key($0) } + steps)
  }
}

extension ChannelLimits {
  /// - Parameter bodyLength: How much of the text stands in the field, in code points.
  /// - Returns: `nil` where what is over the limit is asked for, and nothing can be.
  fileprivate func measurement(
    of text: String, at pointer: JSONPointer, under limit: Limit, bodyLength: Int? = nil, asking asked: Asked
  ) -> Measurement? {
    let unit: CountingUnit = if case .characters(let unit) = limit.unit { unit } else { .graphemes }
    if asked == .excess, !mayExceed(limit.most, text, in: unit, counting: counting) { return nil }
    let measure = measure(text, in: unit, counting: counting, limit: limit.most)
    let length = bodyLength ?? text.unicodeScalars.count
    var measurement = measurement(counting: measure.count, at: pointer, under: limit)
    if measure.count > limit.most, measure.fitting < length { measurement.over = measure.fitting..<length }
    return measurement
  }

  fileprivate func measurement(counting count: Int, at pointer: JSONPointer, under limit: Limit)
    -> Measurement
  {
    Measurement(
      remaining: Remaining(
        channel: channel, measure: limit.measure, part: nil, pointer: pointer, unit: limit.unit, count: count,
        limit: limit.most),
      name: name)
  }
}

// MARK: - Words

extension Measurement {
  fileprivate func finding(in document: Document) -> Finding {
    let (count, limit) = (remaining.count, remaining.limit)
    let excess = count - limit
    let counted = remaining.noun.counted(count)
    let (french, english) = (Language.french.number, Language.english.number)
    let message: Sentence
    switch remaining.unit {
    case .items:
      message = Sentence(
        fr:
          "\(counted.french) sur \(name); la limite est de \(french(limit)), soit \(french(excess)) de trop.",
        en: "\(counted.english) on \(name); the limit is \(english(limit)), so \(english(excess)) too many.")
    case .characters:
      let subject = subject
      message = Sentence(
        fr:
          "\(subject.french) compte \(counted.french) sur \(name); la limite est de \(french(limit)), soit \(french(excess)) de trop.",
        en:
          "\(subject.english) counts \(counted.english) on \(name); the limit is \(english(limit)), so \(english(excess)) too many."
      )
    }
    return Finding(
      rule: "limit", level: .error, in: document, at: remaining.pointer, range: over, message)
  }

  private var subject: Sentence {
    if let message {
      return Sentence(fr: "Le message \(message) du fil", en: "Message \(message) of the thread")
    }
    if isCompleted {
      return Sentence(
        fr: "Avec ses liens et ses mots-clics, le texte", en: "With its links and hashtags, the text")
    }
    return switch remaining.measure {
    case "title", "photoTitle": Sentence(fr: "Le titre", en: "The title")
    case "description": Sentence(fr: "La description", en: "The description")
    case "firstComment": Sentence(fr: "Le commentaire", en: "The comment")
    case "altText": Sentence(fr: "Le texte de remplacement", en: "The alt text")
    default: Sentence(fr: "Le texte", en: "The text")
    }
  }
}

extension Remaining {
  /// What is counted, for a person.
  public var noun: CountedNoun {
    switch unit {
    case .characters(.graphemes):
      CountedNoun(fr: ("caractère", "caractères"), en: ("character", "characters"))
    case .characters(.weighted):
      CountedNoun(
        fr: ("caractère pondéré", "caractères pondérés"), en: ("weighted character", "weighted characters"))
    case .characters(.codePoints):
      CountedNoun(fr: ("point de code", "points de code"), en: ("code point", "code points"))
    case .characters(.utf16):
      CountedNoun(fr: ("unité UTF-16", "unités UTF-16"), en: ("UTF-16 unit", "UTF-16 units"))
    case .characters(.utf8): CountedNoun(fr: ("octet", "octets"), en: ("byte", "bytes"))
    case .items:
      switch measure {
      case "hashtags": CountedNoun(fr: ("mot-clic", "mots-clics"), en: ("hashtag", "hashtags"))
      case "links": CountedNoun(fr: ("lien", "liens"), en: ("link", "links"))
      case "mentions": CountedNoun(fr: ("mention", "mentions"), en: ("mention", "mentions"))
      case "media": CountedNoun(fr: ("image ou fichier", "images ou fichiers"), en: ("file", "files"))
      case "thread": CountedNoun(fr: ("message", "messages"), en: ("message", "messages"))
      default: CountedNoun(fr: ("élément", "éléments"), en: ("item", "items"))
      }
    }
  }
}
