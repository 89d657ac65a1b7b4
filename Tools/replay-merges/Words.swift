import JSONTree
import ThreeWayMerge

/// How often each word stands in a value: the words of its strings and keys, and its numbers.
func wordCounts(of value: JSONValue) -> [JSONString: Int] {
  var counts: [JSONString: Int] = [:]
  count(value, into: &counts)
  return counts
}

private func count(_ value: JSONValue, into counts: inout [JSONString: Int]) {
  switch value {
  case .null: break
  case .bool(let bool): counts[bool ? "true" : "false", default: 0] += 1
  case .number(let number): counts[JSONString(number.text), default: 0] += 1
  case .string(let string): for token in textTokens(string.text) { counts[token, default: 0] += 1 }
  case .array(let elements): for element in elements { count(element, into: &counts) }
  case .object(let object):
    for member in object.members {
      for token in textTokens(member.key.text) { counts[token, default: 0] += 1 }
      count(member.value, into: &counts)
    }
  }
}

extension OpenConflicts {
  /// The words of all candidates.
  var candidateWords: Set<JSONString> {
    list.reduce(into: []) { found, entry in
      for value in entry.conflict.values { found.formUnion(wordCounts(of: value).keys) }
    }
  }
}
