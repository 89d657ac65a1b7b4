/// Hashtags, also those that are a part of a link.
func hashtagCandidates(in text: [Unicode.Scalar]) -> [TextEntity] {
  var found: [TextEntity] = []
  var index = 0
  while index < text.count {
    guard text[index].isHashSign, mayStandBeforeHashtag(text, at: index - 1) else {
      index += 1
      continue
    }
    let start = index
    index += 1
    // A keycap: #️⃣.
    if index < text.count, text[index].value == 0xFE0F || text[index].value == 0x20E3 { continue }
    var hasLetter = false
    while index < text.count, text[index].isHashtagSign {
      hasLetter = hasLetter || text[index].isHashtagLetter
      index += 1
    }
    guard hasLetter, !(index < text.count && text[index].isHashSign), !hasSchemeMark(text, at: index) else {
      continue
    }
    found.append(TextEntity(.hashtag, start..<index))
  }
  return found
}

/// The mentions of people and lists.
public func mentions(in text: [Unicode.Scalar]) -> [TextEntity] {
  text.indices.compactMap { index in
    guard text[index].isAtSign, mayStandBeforeMention(text, at: index - 1) else { return nil }
    return mention(text, at: index)
  }
}

/// The person a text answers to: a mention that only spaces stand before.
public func repliedTo(in text: [Unicode.Scalar]) -> TextEntity? {
  guard let index = text.firstIndex(where: { !$0.isSpace && !$0.isDirectional }), text[index].isAtSign,
    var mention = mention(text, at: index)
  else { return nil }
  if mention.kind == .list {
    let end = text[mention.range].firstIndex(of: "/") ?? mention.range.upperBound
    mention = TextEntity(.mention, mention.range.lowerBound..<end)
  }
  return mention
}

/// The cashtags: `$` and one to six letters, perhaps with `.` or `_` and one or two more.
public func cashtags(in text: [Unicode.Scalar]) -> [TextEntity] {
  text.indices.compactMap { start in
    guard text[start] == "$", start == 0 || text[start - 1].isSpace || text[start - 1].isDirectional else {
      return nil
    }
    let end = letters(text, from: start + 1, atMost: 6)
    guard end > start + 1 else { return nil }
    if end < text.count, text[end] == "." || text[end] == "_" {
      let longer = letters(text, from: end + 1, atMost: 2)
      if longer > end + 1, mayFollowCashtag(text, at: longer) {
        return TextEntity(.cashtag, start..<longer)
      }
    }
    return mayFollowCashtag(text, at: end) ? TextEntity(.cashtag, start..<end) : nil
  }
}

// MARK: - What stands around them

private func mayStandBeforeHashtag(_ text: [Unicode.Scalar], at index: Int) -> Bool {
  guard index >= 0 else { return true }
  // Variation selectors are marks, and stand after an emoji.
  if (0xFE0E...0xFE0F).contains(text[index].value) { return true }
  return text[index] != "&" && !text[index].isHashtagSign
}

private func mayStandBeforeMention(_ text: [Unicode.Scalar], at index: Int) -> Bool {
  guard index >= 0 else { return true }
  switch text[index] {
  case "!", "#", "$", "%", "&", "*", "@", "\u{FF20}": return false
  case "t", "T":
    // RT@name, the old way to pass a post on.
    guard index >= 1, text[index - 1].lowercased == "r" else { return false }
    return index == 1 || !(text[index - 2].isNameSign || "+~.-".unicodeScalars.contains(text[index - 2]))
  case let scalar: return !scalar.isNameSign
  }
}

private func mayFollowCashtag(_ text: [Unicode.Scalar], at index: Int) -> Bool {
  index == text.count || text[index].isSpace || text[index].isASCIIPunctuation
}

/// `://`.
private func hasSchemeMark(_ text: [Unicode.Scalar], at index: Int) -> Bool {
  index + 2 < text.count && text[index] == ":" && text[index + 1] == "/" && text[index + 2] == "/"
}

/// The mention whose @ stands at `start`; `nil` where an address or a longer word is meant.
private func mention(_ text: [Unicode.Scalar], at start: Int) -> TextEntity? {
  var end = start + 1
  while end < text.count, end - start <= 20, text[end].isNameSign { end += 1 }
  guard end > start + 1 else { return nil }
  var kind = TextEntity.Kind.mention
  if end + 1 < text.count, text[end] == "/", text[end + 1].isASCIILetter {
    kind = .list
    let slug = end + 1
    end = slug
    while end < text.count, end - slug < 25, text[end].isNameSign || text[end] == "-" { end += 1 }
  }
  if end < text.count, text[end].isAtSign || text[end].isAccentedLatin { return nil }
  return hasSchemeMark(text, at: end) ? nil : TextEntity(kind, start..<end)
}

private func letters(_ text: [Unicode.Scalar], from start: Int, atMost limit: Int) -> Int {
  var end = start
  while end < text.count, end - start < limit, text[end].isASCIILetter { end += 1 }
  return end
}

extension Unicode.Scalar {
  /// A sign of a user name.
  fileprivate var isNameSign: Bool { isASCIIAlphanumeric || self == "_" }
}
