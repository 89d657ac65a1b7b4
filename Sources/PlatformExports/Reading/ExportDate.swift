import JSONTree
import Wording

/// Dates as exports write them.
enum ExportDate {
  /// When anybody could have written on a platform: 1990 to 2099. What lies outside is a mistake of the file.
  private static let possible = 631_152_000..<4_102_444_800

  static func isPossible(_ instant: Instant) -> Bool { possible.contains(instant.secondsSince1970) }

  /// A date of RFC 3339 that is possible.
  static func rfc3339(_ text: String) throws(UnreadableItem) -> Instant {
    guard let instant = Instant(rfc3339: text), isPossible(instant) else { throw UnreadableItem(.date(text)) }
    return instant
  }

  /// Seconds or milliseconds since 1970.
  static func number(_ value: JSONValue?, unitsPerSecond: Int = 1) throws(UnreadableItem) -> Instant {
    let text = value?.number?.text ?? value?.text ?? ""
    guard let number = Int(text) else { throw UnreadableItem(.date(text)) }
    let instant = Instant(secondsSince1970: number / unitsPerSecond)
    guard isPossible(instant) else { throw UnreadableItem(.date(text)) }
    return instant
  }

  /// `Wed Oct 10 20:19:24 +0000 2018`, as X dates posts.
  static func x(_ text: String) throws(UnreadableItem) -> Instant {
    let words = text.split(separator: " ")
    guard words.count == 6, let month = months.firstIndex(where: { words[1].utf8.elementsEqual($0.utf8) }),
      words[3].utf8.count == 8, words[4].utf8.count == 5, words[2].utf8.count <= 2, words[5].utf8.count == 4,
      let day = Int(words[2])
    else { throw UnreadableItem(.date(text)) }
    let zone = "\(words[4].prefix(3)):\(words[4].suffix(2))"
    let date = [String(words[5]), twoDigits(month + 1), twoDigits(day)].joined(separator: "-")
    guard let instant = Instant(rfc3339: "\(date)T\(words[3])\(zone)"), isPossible(instant) else {
      throw UnreadableItem(.date(text))
    }
    return instant
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}

func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
