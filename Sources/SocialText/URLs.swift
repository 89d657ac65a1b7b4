/// The links of a text, with and without a scheme.
///
/// Without one, what ends like a host name does is a link: `ligne.example/a` is not, `exemple.ca/a` is.
///
/// Source: twitter-text 3, `extract.yml`. The rules there are one regular expression that goes back and forth; here
/// each stretch of host names is cut into labels once, so the time grows with the length of the text only.
public func urls(in text: [Unicode.Scalar]) -> [TextEntity] {
  // Most full stops end a sentence; before the first that does not, and after the last, there is no link.
  guard var stop = hostStop(in: text, from: 0) else { return [] }
  var found: [TextEntity] = []
  var run = HostRun(text, from: stop.word)
  // Up to here no host begins: most words have no full stop in them.
  var barren = 0
  var index = stop.word
  while index < text.count {
    if stop.place < index {
      guard let next = hostStop(in: text, from: index) else { break }
      stop = next
      index = max(index, stop.word)
    }
    guard index == 0 || mayStandBeforeURL(text[index - 1]) else {
      index += 1
      continue
    }
    let afterScheme = endOfScheme(text, at: index)
    let hostStart = afterScheme ?? index
    guard hostStart < text.count, text[hostStart].isHostLetter else {
      index += 1
      continue
    }
    if hostStart >= barren, !run.range.contains(hostStart) {
      if let end = HostRun.endOfLoneLabel(text, from: hostStart) {
        barren = end
      } else {
        run = HostRun(text, from: hostStart)
      }
    }
    if hostStart < barren {
      index += 1
      continue
    }
    guard let host = run.host(startingAt: hostStart) else {
      index += 1
      continue
    }
    let (path, end) = rest(text, after: host.upperBound)
    if afterScheme != nil {
      let url = index..<end
      if let whole = shortened(text, url), isAllowed(text, host: host, inURL: whole, schemeLength: 0) {
        found.append(TextEntity(.url(hasScheme: true), whole))
      }
    } else if index == 0 || !"-_./".unicodeScalars.contains(text[index - 1]) {
      // Between letters of other scripts, only what is written in Latin letters is a host.
      let names = latinHosts(text, in: host)
      for (place, name) in names.enumerated() {
        let isLast = place == names.count - 1
        let range = name.lowerBound..<(isLast && path ? end : name.upperBound)
        if isAllowed(text, host: name, inURL: index..<end, schemeLength: 8) {
          found.append(TextEntity(.url(hasScheme: false), range))
        }
      }
    }
    // The sign before the next link is one that no link holds.
    index = end + 1
  }
  return found
}

/// The next full stop that may be one of a host, with the beginning of what stands around it without a space.
private func hostStop(in text: [Unicode.Scalar], from start: Int) -> (place: Int, word: Int)? {
  var place = start
  while place + 1 < text.count {
    if text[place] == ".", place > 0, text[place - 1].isHostLetter, text[place + 1].isHostLetter {
      var word = place
      while word > start, !text[word - 1].isSpace { word -= 1 }
      return (place, word)
    }
    place += 1
  }
  return nil
}

/// The end of `http://` or `https://`.
private func endOfScheme(_ text: [Unicode.Scalar], at start: Int) -> Int? {
  var end = start
  func take(_ word: String) -> Bool {
    var next = end
    for scalar in word.unicodeScalars {
      guard next < text.count, text[next].lowercased == scalar else { return false }
      next += 1
    }
    end = next
    return true
  }
  guard take("http") else { return nil }
  _ = take("s")
  return take("://") ? end : nil
}

private func mayStandBeforeURL(_ scalar: Unicode.Scalar) -> Bool {
  !(scalar.isASCIIAlphanumeric || scalar.isAtSign || scalar == "$" || scalar.isHashSign || scalar.isRefused)
}

// MARK: - Port, path and query

/// What follows a host.
///
/// - Returns: Whether there is a path, and where the link ends.
private func rest(_ text: [Unicode.Scalar], after host: Int) -> (hasPath: Bool, end: Int) {
  var end = host
  if end + 1 < text.count, text[end] == ":", text[end + 1].isASCIIDigit {
    end += 1
    while end < text.count, text[end].isASCIIDigit { end += 1 }
  }
  let hasPath = end < text.count && text[end] == "/"
  if hasPath { end = endOfPath(text, from: end + 1) }
  return (hasPath, endOfQuery(text, from: end))
}

/// As far as a path goes; a full stop or a parenthesis that closes the sentence is not a part of it.
private func endOfPath(_ text: [Unicode.Scalar], from start: Int) -> Int {
  var (index, end) = (start, start)
  while index < text.count {
    if text[index] == "(" {
      guard let closed = endOfParentheses(text, from: index) else { break }
      (index, end) = (closed, closed)
    } else {
      guard text[index].isPathSign else { break }
      index += 1
      if text[index - 1].mayEndPath { end = index }
    }
  }
  return end
}

/// Parentheses in a path, with at most one pair inside them: `Primer_(film)`.
private func endOfParentheses(_ text: [Unicode.Scalar], from start: Int) -> Int? {
  func signs(from start: Int) -> Int {
    var end = start
    while end < text.count, text[end].isPathSign { end += 1 }
    return end
  }
  var end = signs(from: start + 1)
  guard end < text.count else { return nil }
  if text[end] == ")" { return end > start + 1 ? end + 1 : nil }
  guard text[end] == "(" else { return nil }
  let inner = end + 1
  end = signs(from: inner)
  guard end > inner, end < text.count, text[end] == ")" else { return nil }
  end = signs(from: end + 1)
  return end < text.count && text[end] == ")" ? end + 1 : nil
}

private func endOfQuery(_ text: [Unicode.Scalar], from start: Int) -> Int {
  guard start < text.count, text[start] == "?" else { return start }
  var (index, end) = (start + 1, start)
  while index < text.count, text[index].isQuerySign {
    index += 1
    if text[index - 1].mayEndQuery { end = index }
  }
  return end
}

private let pathSigns = ASCIISigns("!*';:=+,.$/%#[]-_~&|@")
private let pathEnds = ASCIISigns("=_#/+-")
private let querySigns = ASCIISigns("!?*'();:&=+$/%#[]-_.,~|@")
private let queryEnds = ASCIISigns("_&=#/-")

extension Unicode.Scalar {
  fileprivate var isPathSign: Bool {
    if isASCII { return isASCIIAlphanumeric || pathSigns.contains(self) }
    return isAccentedLatin || isCyrillic || isDash
  }

  fileprivate var mayEndPath: Bool {
    if isASCII { return isASCIIAlphanumeric || pathEnds.contains(self) }
    return isAccentedLatin || isCyrillic
  }

  fileprivate var isQuerySign: Bool {
    isASCIIAlphanumeric || querySigns.contains(self)
  }

  fileprivate var mayEndQuery: Bool {
    isASCIIAlphanumeric || queryEnds.contains(self)
  }
}

// MARK: - Links of X itself, and lengths

/// A link as far as it is one: those that X makes end with their name, `https://t.co/abc`, and a query.
///
/// - Returns: `nil` where the name is longer than X makes them.
private func shortened(_ text: [Unicode.Scalar], _ url: Range<Int>) -> Range<Int>? {
  guard let scheme = endOfScheme(text, at: url.lowerBound) else { return url }
  let host = "t.co/".unicodeScalars
  let slug = scheme + host.count
  guard slug < url.upperBound, text[scheme..<slug].lazy.map(\.lowercased).elementsEqual(host) else {
    return url
  }
  var end = slug
  while end < url.upperBound, text[end].isASCIIAlphanumeric { end += 1 }
  guard end > slug else { return url }
  return end - slug > 40 ? nil : url.lowerBound..<min(endOfQuery(text, from: end), url.upperBound)
}

/// Whether the host can be registered, and the link is short enough for X.
private func isAllowed(
  _ text: [Unicode.Scalar], host: Range<Int>, inURL url: Range<Int>, schemeLength: Int
) -> Bool {
  guard let length = encodedLength(ofHost: text[host]) else { return false }
  return url.count + max(length - host.count, 0) + schemeLength <= 4096
}
