import Wording

/// A stretch of a text that was changed by words.
struct WordChange: Hashable, Sendable {
  enum Kind: Sendable { case kept, inserted, deleted }

  var kind: Kind
  var text: String

  init(_ kind: Kind, _ text: String) { (self.kind, self.text) = (kind, text) }
}

extension StyledText {
  /// What changed within a text, in its context: “Le lancement a lieu [-mardi-] {+jeudi+} à Montréal”.
  ///
  /// Long unchanged stretches are cut to the words next to a change. Each line of the text is a line of the answer, so
  /// that a change of layout shows.
  ///
  /// - Parameter context: How many characters of unchanged text to keep on each side of a change; cut between words.
  static func lines(of changes: [WordChange], context: Int = 60) -> [StyledText] {
    var lines = [StyledText()]
    for (index, change) in changes.enumerated() {
      var text = change.text
      if change.kind == .kept {
        text = shortened(text, context: context, isFirst: index == 0, isLast: index == changes.count - 1)
      }
      for (number, part) in SafeText(block: text).lines.enumerated() {
        if number > 0 { lines.append(StyledText()) }
        lines[lines.count - 1] += StyledText(part, change.kind.style)
      }
    }
    return lines
  }

  /// The beginning and the end of an unchanged stretch, as far as they stand next to a change.
  private static func shortened(_ text: String, context: Int, isFirst: Bool, isLast: Bool) -> String {
    let room = (isFirst ? 0 : context) + (isLast ? 0 : context)
    // The sign and its spaces should leave out more than they take.
    if isFirst && isLast || text.count <= room + 5 { return text }
    let head = isFirst ? "" : cutAtWord(text.prefix(context), fromStart: true)
    let tail = isLast ? "" : cutAtWord(text.suffix(context), fromStart: false)
    return switch (isFirst, isLast) {
    case (true, _): "… \(tail)"
    case (_, true): "\(head) …"
    default: "\(head) … \(tail)"
    }
  }

  private static func cutAtWord(_ part: Substring, fromStart: Bool) -> Substring {
    if fromStart {
      guard let end = part.lastIndex(where: \.isWhitespace) else { return part }
      return part[..<end]
    }
    guard let start = part.firstIndex(where: \.isWhitespace) else { return part }
    return part[part.index(after: start)...]
  }
}

extension WordChange.Kind {
  fileprivate var style: Style {
    switch self {
    case .kept: .plain
    case .inserted: .inserted
    case .deleted: .deleted
    }
  }
}
