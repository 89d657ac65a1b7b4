public import JSONTree
public import Wording

/// A place where the brand shall speak.
public struct NewChannel: Hashable, Sendable {
  public var id: String
  public var platform: String
  public var handle: String
  /// A BCP 47 tag.
  public var language: String?
  /// What somebody types before something irreversible is done there.
  public var guardPhrase: String?

  public init(id: String, platform: String, handle: String) {
    (self.id, self.platform, self.handle) = (id, platform, handle)
  }
}

/// Changes of `channels.json`, each as the whole new document.
extension Channels {
  /// The channels with one more, open, at the end.
  ///
  /// - Parameter platforms: Those there are.
  public func adding(
    _ new: NewChannel, platforms: [String]
  ) throws(ChannelError) -> JSONValue {
    guard isShortID(new.id) else { throw .malformedID(new.id) }
    guard platforms.contains(where: { $0.utf8.elementsEqual(new.platform.utf8) }) else {
      throw .unknownPlatform(new.platform, known: platforms)
    }
    if let other = channel(JSONString(new.id)) { throw .sameID(new.id, isClosed: other.state == "closed") }
    let same = channels.first { channel in
      guard let platform = channel.platform, let handle = channel.handle else { return false }
      return JSONString(platform) == JSONString(new.platform) && JSONString(handle) == JSONString(new.handle)
    }
    if let other = same?.id?.text { throw .sameAccount("\(new.platform):\(new.handle)", channel: other) }
    var channel: JSONObject = [
      "id": JSONValue(new.id), "platform": JSONValue(new.platform), "handle": JSONValue(new.handle),
      "state": "active",
    ]
    channel["language"] = new.language.map { JSONValue($0) }
    channel["guardPhrase"] = new.guardPhrase.map { JSONValue($0) }
    return document(with: channels.map(\.value) + [.object(channel)])
  }

  /// The channels after one got another state: `active`, `dormant` or `closed`.
  public func setting(state: String, of id: JSONString) -> JSONValue {
    document(
      with: channels.map { channel in
        guard channel.id == id, var object = channel.value.object else { return channel.value }
        object["state"] = JSONValue(state)
        return .object(object)
      })
  }

  private func document(with channels: [JSONValue]) -> JSONValue {
    var object = value.object ?? JSONObject()
    object["channels"] = .array(channels)
    return .object(object)
  }
}

/// Why there can’t be such a channel. Nothing was changed.
public enum ChannelError: Error, Hashable, Sendable {
  case malformedID(String)
  case unknownPlatform(String, known: [String])
  case sameID(String, isClosed: Bool)
  case sameAccount(String, channel: String)
}

extension ChannelError: ExplainedError {
  public var code: String {
    switch self {
    case .malformedID: "malformed-id"
    case .unknownPlatform: "unknown-platform"
    case .sameID: "same-id"
    case .sameAccount: "same-account"
    }
  }

  public var message: Sentence {
    switch self {
    case .malformedID(let id):
      Sentence(fr: "« \(id) » ne peut pas être un id.", en: "“\(id)” can’t be an id.")
    case .unknownPlatform(let platform, _):
      Sentence(
        fr: "« \(platform) » n’est pas une plateforme connue.", en: "“\(platform)” is not a known platform.")
    case .sameID(let id, _):
      Sentence(fr: "Un canal porte déjà l’id « \(id) ».", en: "A channel has the id “\(id)” already.")
    case .sameAccount(let account, let channel):
      Sentence(
        fr: "Le compte \(account) est déjà celui d’un canal : \(channel)",
        en: "The account \(account) is that of a channel already: \(channel)")
    }
  }

  public var hint: Sentence? {
    switch self {
    case .malformedID:
      Sentence(
        fr: "Un id s’écrit en minuscules et en chiffres, comme facebook ou x-support.",
        en: "An id is written in lower case letters and digits, such as facebook or x-support.")
    case .unknownPlatform(_, let known):
      Sentence(
        fr:
          "Il y a : \(known.joined(separator: ", ")). Une autre a besoin de ses limites, dans limits/<plateforme>.json.",
        en:
          "There are: \(known.joined(separator: ", ")). Another one needs its limits, in limits/<platform>.json."
      )
    case .sameID(let id, true):
      Sentence(
        fr: "Il est fermé : « ligne channel open \(id) ».", en: "It is closed: “ligne channel open \(id)”.")
    case .sameID(_, false):
      Sentence(fr: "« ligne channel » les montre.", en: "“ligne channel” shows them.")
    case .sameAccount(_, let channel):
      Sentence(
        fr: "S’il est fermé, « ligne channel open \(channel) » le rouvre.",
        en: "If it is closed, “ligne channel open \(channel)” opens it again.")
    }
  }
}
