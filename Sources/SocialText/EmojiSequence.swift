/// How many code points at the beginning of a grapheme cluster are drawn as one emoji; 0 where none is.
///
/// A picture by itself, with a skin tone or joined with others; a flag; a keycap. A sign that is text unless asked
/// otherwise (`©`, `❤`) is an emoji where U+FE0F follows.
///
/// Source: Unicode Technical Standard 51, section 1.4 (emoji sequences).
func emojiLength(_ cluster: [Unicode.Scalar]) -> Int {
  guard let first = cluster.first else { return 0 }
  if first.isASCII {
    // 1️⃣: a digit, perhaps U+FE0F, and the key around it.
    let key = cluster.count > 1 && cluster[1].value == 0xFE0F ? 2 : 1
    return first.properties.isEmoji && cluster.count > key && cluster[key].value == 0x20E3 ? key + 1 : 0
  }
  if first.isRegionalIndicator {
    return cluster.count > 1 && cluster[1].isRegionalIndicator ? 2 : 1
  }
  guard first.properties.isEmoji, let length = elementLength(cluster[...]) else { return 0 }
  var end = length
  while end + 1 < cluster.count, cluster[end].value == 0x200D,
    let next = elementLength(cluster[(end + 1)...], isJoined: true)
  {
    end += 1 + next
  }
  return end
}

/// A picture with what belongs to it, without what is joined.
private func elementLength(_ scalars: ArraySlice<Unicode.Scalar>, isJoined: Bool = false) -> Int? {
  guard let first = scalars.first, first.properties.isEmoji else { return nil }
  var end = scalars.startIndex + 1
  var isPicture = first.properties.isEmojiPresentation || isJoined
  if end < scalars.endIndex {
    switch scalars[end].value {
    case 0xFE0F:
      isPicture = true
      end += 1
    case 0xFE0E:
      return nil
    case 0x1F3FB...0x1F3FF where first.properties.isEmojiModifierBase:
      isPicture = true
      end += 1
    case 0x200D: isPicture = true
    default: break
    }
  }
  // 🏴󠁧󠁢󠁳󠁣󠁴󠁿: letters nobody sees, and the end of them.
  while end < scalars.endIndex, (0xE0020...0xE007F).contains(scalars[end].value) { end += 1 }
  return isPicture ? end - scalars.startIndex : nil
}

extension Unicode.Scalar {
  fileprivate var isRegionalIndicator: Bool { (0x1F1E6...0x1F1FF).contains(value) }
}
