import ByteSpans

/// What is remembered of a key until its object closes, to find keys that stand twice or out of order.
struct KeyMark {
  /// The first eight bytes, the first of them highest, and zeros where there are fewer.
  var head: UInt64
  /// The length and the first and last eight bytes. Equal keys have equal tags; few others do.
  var tag: UInt64
  /// Where its quotation mark opens.
  var offset: Int

  init(_ key: JSONString, offset: Int) {
    self.offset = offset
    let bytes = key.text.utf8Span.span
    var head: UInt64 = 0
    var tail: UInt64 = 0
    if bytes.count >= 8 {
      head = bytes.eightBytes(at: 0).byteSwapped
      tail = bytes.eightBytes(at: bytes.count - 8).byteSwapped
    } else {
      for index in 0..<bytes.count {
        head |= UInt64(bytes[index]) << UInt64(56 - 8 * index)
        tail = tail << 8 | UInt64(bytes[index])
      }
    }
    self.head = head
    tag = (head &* 0x9E37_79B9_7F4A_7C15 ^ tail) &* 0xC2B2_AE3D_27D4_EB4F &+ UInt64(bytes.count)
  }
}

/// One key that stands twice; members by their index in the object.
struct KeyRepeat {
  var first: Int
  var again: Int
  var firstOffset: Int
  var againOffset: Int
}

/// Finds the keys an object has more than once, in the order of their second place.
///
/// Comparing the tags of all pairs is the fastest way for the objects people write. A large object is sorted,
/// by tag and then by key, so that no choice of keys makes it slow.
func repeatedKeys(_ marks: ArraySlice<KeyMark>, members: [JSONObject.Member]) -> [KeyRepeat] {
  let start = marks.startIndex
  func found(_ first: Int, _ again: Int) -> KeyRepeat {
    KeyRepeat(
      first: first, again: again, firstOffset: marks[start + first].offset,
      againOffset: marks[start + again].offset)
  }

  var repeats: [KeyRepeat] = []
  if marks.count <= 24 {
    for again in marks.indices.dropFirst() {
      for first in start..<again
      where marks[first].tag == marks[again].tag
        && members[first - start].key == members[again - start].key
      {
        repeats.append(found(first - start, again - start))
        break
      }
    }
    return repeats
  }

  let order = members.indices.sorted { left, right in
    let (leftTag, rightTag) = (marks[start + left].tag, marks[start + right].tag)
    if leftTag != rightTag { return leftTag < rightTag }
    let (leftKey, rightKey) = (members[left].key, members[right].key)
    return leftKey == rightKey ? left < right : leftKey < rightKey
  }
  var first = 0
  for next in order.indices.dropFirst() {
    let (left, right) = (order[first], order[next])
    if marks[start + left].tag == marks[start + right].tag, members[left].key == members[right].key {
      repeats.append(found(left, right))
    } else {
      first = next
    }
  }
  return repeats.sorted { $0.again < $1.again }
}

/// Whether each key of an object comes before the next one, by their UTF-8 bytes.
func areInOrder(_ marks: ArraySlice<KeyMark>, members: [JSONObject.Member]) -> Bool {
  let start = marks.startIndex
  for next in marks.indices.dropFirst() {
    let (head, nextHead) = (marks[next - 1].head, marks[next].head)
    if head > nextHead { return false }
    if head == nextHead, !(members[next - 1 - start].key < members[next - start].key) { return false }
  }
  return true
}
