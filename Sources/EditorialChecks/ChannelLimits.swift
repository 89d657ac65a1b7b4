import Documents
import JSONTree
public import SocialText

/// What a limit counts.
public enum LimitUnit: Hashable, Sendable {
  case characters(CountingUnit)
  /// Hashtags, links, pictures.
  case items
}

/// What one channel allows: the limits of its platform, with those the brand set itself.
struct ChannelLimits {
  struct Limit {
    var measure: String
    var most: Int
    var unit: LimitUnit
  }

  let channel: JSONString
  let platform: String
  let counting: Counting
  /// In the order of the platform's file; limits of the brand alone come after.
  private(set) var limits: [Limit]

  /// - Returns: `nil` for a channel on no platform, and for a platform nothing is known of.
  init?(_ channel: Channels.Channel, in documents: DocumentCollection) {
    guard let id = channel.id, let platform = channel.platform else { return nil }
    // A workspace without the file of a platform, of an older version for instance, has the built-in figures.
    let known =
      documents.views(PlatformLimits.self).first { $0.view.platform == platform }?.view
      ?? PlatformLimits.builtIn(for: platform)
    let own = channel.value["limits"]?.object?.sortedByKey().members ?? []
    guard known != nil || !own.isEmpty else { return nil }
    (self.channel, self.platform) = (id, platform)
    counting = Counting(known?.counting)
    limits = (known?.limits ?? []).compactMap { limit in
      guard let measure = limit.measure, let most = limit.most, let unit = limit.unit.flatMap(LimitUnit.init)
      else {
        return nil
      }
      return Limit(measure: measure, most: most, unit: unit)
    }
    for member in own {
      let measure = member.key.text
      // The unit stays that of the platform; null lifts the limit.
      let unit = limits.first { $0.measure == measure }?.unit ?? LimitUnit(ofMeasure: measure)
      let place = limits.firstIndex { $0.measure == measure }
      switch (member.value.count, place) {
      case (let most?, let place?): limits[place].most = most
      case (let most?, nil): limits.append(Limit(measure: measure, most: most, unit: unit))
      case (nil, let place?): limits.remove(at: place)
      case (nil, nil): break
      }
    }
  }

  func limit(of measure: String) -> Limit? { limits.first { $0.measure == measure } }

  /// The platform, and the channel where its name says something else: `LinkedIn`, `Facebook (fb)`.
  var name: String {
    let name = Self.names[platform] ?? platform
    return channel == JSONString(platform) ? name : "\(name) (\(channel.text))"
  }

  private static let names = [
    "bluesky": "Bluesky", "facebook": "Facebook", "instagram": "Instagram", "linkedin": "LinkedIn",
    "mastodon": "Mastodon", "pinterest": "Pinterest", "threads": "Threads", "tiktok": "TikTok", "x": "X",
    "youtube": "YouTube",
  ]
}

extension LimitUnit {
  fileprivate init?(_ name: String) {
    if name == "items" {
      self = .items
    } else if let unit = CountingUnit(rawValue: name) {
      self = .characters(unit)
    } else {
      return nil
    }
  }

  /// The unit of a limit that only a channel has.
  fileprivate init(ofMeasure measure: String) {
    let countsThings = ["hashtags", "mentions", "links", "media", "thread"].contains(measure)
    self = countsThings ? .items : .characters(.graphemes)
  }
}

extension Counting {
  /// `counting` of a limits file; what it does not say is as in any text.
  fileprivate init(_ value: JSONValue?) {
    let weights = (value?["weights"]?.array ?? []).compactMap { entry -> Weight? in
      guard let from = entry["from"]?.count, let to = entry["to"]?.count,
        let weight = entry["weight"]?.weight,
        from <= to, to <= 0x10FFFF
      else { return nil }
      return Weight(UInt32(from)...UInt32(to), weight)
    }
    self.init(
      urlWeight: value?["urlWeight"]?.weight, urlsNeedScheme: value?["urlsNeedScheme"]?.bool ?? false,
      mentionWithoutDomain: value?["mentionWithoutDomain"]?.bool ?? false,
      emojiUnit: value?["emojiUnit"]?.text.flatMap(CountingUnit.init),
      scale: max(1, value?["scale"]?.weight ?? 1),
      defaultWeight: value?["defaultWeight"]?.weight ?? 1, weights: weights)
  }
}

extension JSONValue {
  /// What a sign of a text counts: a million at most, so that no sum over a text can overflow.
  fileprivate var weight: Int? { count.map { min($0, 1_000_000) } }

  /// A whole number from 0; `nil` for anything else.
  fileprivate var count: Int? { number.flatMap { Int($0.text) }.flatMap { $0 < 0 ? nil : $0 } }
}
