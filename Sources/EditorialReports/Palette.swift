/// A colour of a page, in sRGB.
public struct Colour: Hashable, Sendable {
  /// 0 to 255 each.
  public let red, green, blue: UInt8

  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    (self.red, self.green, self.blue) = (red, green, blue)
  }

  /// As a style sheet writes it: `#1b1b1b`.
  var css: String {
    "#"
      + [red, green, blue].map { component in
        (component < 16 ? "0" : "") + String(component, radix: 16)
      }.joined()
  }
}

/// The colours of pages: few, and none that says something alone.
///
/// Each text of ``pairs`` is readable on its ground; a test computes the contrast of every pair, and looks that the style
/// sheet has no colour that is not here.
public enum Palette {
  static let paper = Colour(0xFF, 0xFF, 0xFF)
  static let panel = Colour(0xF6, 0xF4, 0xEF)
  static let line = Colour(0xD8, 0xD3, 0xC8)
  static let ink = Colour(0x1D, 0x1F, 0x21)
  static let quiet = Colour(0x59, 0x57, 0x52)
  static let link = Colour(0x1B, 0x4F, 0x8A)
  static let inserted = Colour(0x14, 0x53, 0x2D)
  static let insertedGround = Colour(0xE3, 0xF3, 0xE6)
  static let deleted = Colour(0x8A, 0x1C, 0x1C)
  static let deletedGround = Colour(0xFB, 0xE6, 0xE4)
  static let mark = Colour(0xFD, 0xF0, 0xC2)
  static let attention = Colour(0x7A, 0x43, 0x00)
  static let attentionGround = Colour(0xFC, 0xEE, 0xD6)
  static let good = Colour(0x14, 0x53, 0x2D)
  static let goodGround = Colour(0xE3, 0xF3, 0xE6)

  /// Every text and the ground it stands on.
  public static let pairs: [(what: String, text: Colour, ground: Colour)] = [
    ("text", ink, paper), ("text on a panel", ink, panel), ("remarks", quiet, paper),
    ("remarks on a panel", quiet, panel), ("links", link, paper), ("links on a panel", link, panel),
    ("words that came", inserted, insertedGround), ("words that went", deleted, deletedGround),
    ("words with a comment", ink, mark), ("links on words with a comment", link, mark),
    ("what waits", attention, attentionGround), ("what is done", good, goodGround),
  ]

  /// Lines that say something, such as the frame around what has the keyboard, and their ground.
  public static let linePairs: [(what: String, line: Colour, ground: Colour)] = [
    ("the keyboard’s frame", link, paper), ("the keyboard’s frame on a panel", link, panel),
  ]
}
