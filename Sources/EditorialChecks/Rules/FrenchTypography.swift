public import JSONTree
import Wording

/// The typography of French: spaces around signs, guillemets, apostrophes, hours, numbers, accents on capitals.
///
/// Parameters: `profile`, `fr-CA` (the default) or `fr-FR`. Texts in other languages are left alone, and so are links,
/// hashtags, mentions, addresses, code and `:emoji:`. What a program can't know for sure is a suggestion at most: a
/// missing no-break space, an accent on a capital.
///
/// Source: Office québécois de la langue française, Vitrine linguistique, « Typographie ».
public struct FrenchTypography: TextRule {
  public static let check = "french-typography"
  private let profile: FrenchProfile

  public init(parameters: JSONValue?) throws(RuleProblem) {
    _ = try RuleParameters(parameters, knowing: ["profile"])
    let name = parameters?["profile"]
    guard
      let profile = name == nil
        ? FrenchProfile.profiles["fr-CA"] : name?.text.flatMap({ FrenchProfile.profiles[$0] })
    else {
      throw RuleProblem(
        at: "/parameters/profile",
        Sentence(fr: "Le profil est « fr-CA » ou « fr-FR ».", en: "The profile is “fr-CA” or “fr-FR”."))
    }
    self.profile = profile
  }

  public func matches(in text: CheckedText) -> [RuleMatch] {
    guard text.isFrench else { return [] }
    let page = TypographyPage(text.prose, profile)
    let found =
      page.signs() + page.quotationMarks() + page.dots() + page.apostrophes() + page.hours()
      + page.thousands()
      + page.capitals()
    // Where two rules see one place, the first says it.
    var kept: [RuleMatch] = []
    let sorted = found.enumerated().sorted {
      ($0.element.range?.lowerBound ?? 0, $0.offset) < ($1.element.range?.lowerBound ?? 0, $1.offset)
    }
    for (_, match) in sorted {
      if let last = kept.last?.range, let range = match.range, last.upperBound > range.lowerBound { continue }
      kept.append(match)
    }
    return kept
  }
}

/// One text under one profile.
private struct TypographyPage {
  let prose: Prose
  let profile: FrenchProfile
  /// Whether a place stands between « and »; a quotation nobody closed ends with its line.
  private let isInsideGuillemets: [Bool]
  private let scalars: [Unicode.Scalar]

  init(_ prose: Prose, _ profile: FrenchProfile) {
    (self.prose, self.profile, scalars) = (prose, profile, prose.scalars)
    // Only quotation marks of other kinds ask.
    guard prose.signs.mayHold("\"") || prose.signs.mayHold("“") else {
      isInsideGuillemets = []
      return
    }
    var isInside = false
    isInsideGuillemets = prose.scalars.map { scalar in
      defer { if scalar == "«" { isInside = true } }
      if scalar == "»" || scalar.isLineEnd { isInside = false }
      return isInside
    }
  }

  // MARK: - Spaces around signs

  func signs() -> [RuleMatch] {
    var found: [RuleMatch] = []
    // Letters and spaces, which is nearly all, first.
    for (index, sign) in scalars.enumerated()
    where (sign.value < 0x61 || sign.value > 0x7A) && sign != " " && !prose.isApart[index] {
      let match =
        switch sign {
        case ";", "!", "?": highSign(index)
        case ":": colon(index)
        case "«": openingGuillemet(index)
        case "»": closingGuillemet(index)
        case "%", "$", "€", "¢": unit(index)
        default: RuleMatch?.none
        }
      if let match { found.append(match) }
    }
    return found
  }

  private func highSign(_ index: Int) -> RuleMatch? {
    let sign = scalars[index]
    guard index > 0, !isSmiley(index), mayEndClause(index) else { return nil }
    let before = scalars[index - 1]
    switch profile.beforeHighSigns {
    case .none:
      guard before == " " || before == "\u{A0}" else { return nil }
      let start = startOfSpaces(before: index)
      guard start > 0, mayPrecedeSign(scalars[start - 1]) else { return nil }
      return RuleMatch(
        start..<(index + 1),
        message: Sentence(fr: "Pas d’espace avant « \(sign) ».", en: "No space before “\(sign)”."),
        suggestion: .init("\(sign)", isSafe: true))
    case .narrow:
      guard before != "\u{202F}" else { return nil }
      let start = before == " " || before == "\u{A0}" ? startOfSpaces(before: index) : index
      guard start > 0, mayPrecedeSign(scalars[start - 1]) else { return nil }
      return missing(
        start..<(index + 1), "\u{202F}\(sign)",
        Sentence(
          fr: "Espace fine insécable avant « \(sign) ».", en: "Narrow no-break space before “\(sign)”."))
    }
  }

  private func colon(_ index: Int) -> RuleMatch? {
    guard index > 0, !isSmiley(index), !scalars[index - 1].isNoBreakSpace else { return nil }
    // Not in 9:30, a:b, ::.
    guard index + 1 == scalars.count || scalars[index + 1].isSpace else { return nil }
    let start = startOfSpaces(before: index)
    guard start > 0, mayPrecedeSign(scalars[start - 1]) else { return nil }
    return missing(
      start..<(index + 1), "\u{A0}:",
      Sentence(fr: "Espace insécable avant le deux-points.", en: "No-break space before the colon."))
  }

  private func openingGuillemet(_ index: Int) -> RuleMatch? {
    guard let after = prose[index + 1], !after.isNoBreakSpace, !after.isLineEnd else { return nil }
    var end = index + 1
    while end < scalars.count, scalars[end] == " " { end += 1 }
    return missing(
      index..<end, "«\u{A0}",
      Sentence(
        fr: "Espace insécable après le guillemet ouvrant.", en: "No-break space after the opening guillemet.")
    )
  }

  private func closingGuillemet(_ index: Int) -> RuleMatch? {
    guard let before = prose[index - 1], !before.isNoBreakSpace, !before.isLineEnd else { return nil }
    return missing(
      startOfSpaces(before: index)..<(index + 1), "\u{A0}»",
      Sentence(
        fr: "Espace insécable avant le guillemet fermant.", en: "No-break space before the closing guillemet."
      ))
  }

  private func unit(_ index: Int) -> RuleMatch? {
    guard index > 0, !scalars[index - 1].isNoBreakSpace, !(prose[index + 1]?.isWordSign ?? false) else {
      return nil
    }
    let start = startOfSpaces(before: index)
    guard start > 0, prose[start - 1]?.isDigit ?? false else { return nil }
    return missing(
      start..<(index + 1), "\u{A0}\(scalars[index])",
      Sentence(
        fr: "Espace insécable avant « \(scalars[index]) ».", en: "No-break space before “\(scalars[index])”.")
    )
  }

  /// A letter, a figure or a sign that closes something: what a clause may end with.
  private func mayPrecedeSign(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isWordSign || "»”\")]’…%$€".unicodeScalars.contains(scalar)
  }

  private func mayEndClause(_ index: Int) -> Bool {
    guard let after = index + 1 < scalars.count ? scalars[index + 1] : nil else { return true }
    return after.isSpace || "!?»”\")]…".unicodeScalars.contains(after)
  }

  /// `:)`, `;-)`, `:D`.
  private func isSmiley(_ index: Int) -> Bool {
    guard scalars[index] == ":" || scalars[index] == ";" else { return false }
    var face = index + 1
    if face < scalars.count, scalars[face] == "-" || scalars[face] == "'" { face += 1 }
    guard face < scalars.count, ")(DPp/|*".unicodeScalars.contains(scalars[face]) else { return false }
    return face + 1 == scalars.count || !scalars[face + 1].isWordSign
  }

  private func startOfSpaces(before index: Int) -> Int {
    var start = index
    while start > 0, scalars[start - 1] == " " || scalars[start - 1] == "\u{A0}" { start -= 1 }
    return start
  }

  private func missing(_ range: Range<Int>, _ replacement: String, _ message: Sentence) -> RuleMatch {
    RuleMatch(
      range, message: message, suggestion: .init(replacement, isSafe: true), atMost: .suggestion)
  }

  // MARK: - Quotation marks

  func quotationMarks() -> [RuleMatch] { chevrons() + straightQuotes() + curlyQuotes() }

  /// `<< mots >>`, both on one line.
  private func chevrons() -> [RuleMatch] {
    let message = Sentence(
      fr: "Des guillemets plutôt que des chevrons.", en: "Guillemets rather than chevrons.")
    guard prose.signs.mayHold("<"), prose.signs.mayHold(">") else { return [] }
    var found: [RuleMatch] = []
    var open: Range<Int>?
    for index in scalars.indices {
      if scalars[index].isLineEnd { open = nil }
      guard let sign = prose[index], sign == "<" || sign == ">", prose[index + 1] == sign,
        prose[index + 2] != sign,
        prose[index - 1] != sign
      else { continue }
      if sign == "<" {
        var end = index + 2
        while end < scalars.count, scalars[end] == " " || scalars[end].isNoBreakSpace { end += 1 }
        open = index..<end
      } else if let start = open {
        let close = startOfAnySpaces(before: index)..<(index + 2)
        found.append(RuleMatch(start, message: message, suggestion: .init("«\u{A0}", isSafe: true)))
        found.append(RuleMatch(close, message: message, suggestion: .init("\u{A0}»", isSafe: true)))
        open = nil
      }
    }
    return found
  }

  /// `"mots"`, both on one line; inside « » they become “ ”.
  private func straightQuotes() -> [RuleMatch] {
    guard prose.signs.mayHold("\"") else { return [] }
    let message = Sentence(
      fr: "Des guillemets français plutôt que droits.", en: "Guillemets rather than straight quotes.")
    var found: [RuleMatch] = []
    var open: Int?
    for index in scalars.indices {
      if scalars[index].isLineEnd { open = nil }
      guard prose[index] == "\"" else { continue }
      let mayOpen =
        index == 0 || scalars[index - 1].isSpace || "(['’«".unicodeScalars.contains(scalars[index - 1])
      let mayClose = index + 1 == scalars.count || !scalars[index + 1].isWordSign
      if let start = open, mayClose, index > start + 1 {
        let isInside = isInsideGuillemets[start]
        let signs = isInside ? ("“", "”") : ("«\u{A0}", "\u{A0}»")
        found.append(
          RuleMatch(start..<(start + 1), message: message, suggestion: .init(signs.0, isSafe: true)))
        found.append(
          RuleMatch(index..<(index + 1), message: message, suggestion: .init(signs.1, isSafe: true)))
        open = nil
      } else if mayOpen, index + 1 < scalars.count, !scalars[index + 1].isSpace {
        open = index
      }
    }
    return found
  }

  /// “mots”, which French has inside « » only.
  private func curlyQuotes() -> [RuleMatch] {
    guard prose.signs.mayHold("“"), prose.signs.mayHold("”") else { return [] }
    let message = Sentence(
      fr: "Des guillemets français; les anglais servent à l’intérieur de ceux-ci.",
      en: "Guillemets; English quotation marks stand inside those.")
    var found: [RuleMatch] = []
    var open: Int?
    for index in scalars.indices {
      if scalars[index].isLineEnd { open = nil }
      if prose[index] == "“" { open = isInsideGuillemets[index] ? nil : index }
      guard prose[index] == "”", let start = open else { continue }
      for (place, replacement) in [(start, "«\u{A0}"), (index, "\u{A0}»")] {
        found.append(
          RuleMatch(
            place..<(place + 1), message: message, suggestion: .init(replacement, isSafe: true),
            atMost: .suggestion))
      }
      open = nil
    }
    return found
  }

  private func startOfAnySpaces(before index: Int) -> Int {
    var start = index
    while start > 0, scalars[start - 1] == " " || scalars[start - 1].isNoBreakSpace { start -= 1 }
    return start
  }

  // MARK: - Dots and apostrophes

  func dots() -> [RuleMatch] {
    var found: [RuleMatch] = []
    for index in scalars.indices where scalars[index] == "." || scalars[index] == "…" {
      if prose[index] == "…" || isThreeDots(index), let start = startOfEtc(before: index) {
        let end = index + (scalars[index] == "…" ? 1 : 3)
        found.append(
          RuleMatch(
            start..<end,
            message: Sentence(
              fr: "« etc. » se passe de points de suspension.", en: "“etc.” goes without an ellipsis."),
            suggestion: .init("etc."), atMost: .warning))
      } else if isThreeDots(index) {
        found.append(
          RuleMatch(
            index..<(index + 3),
            message: Sentence(
              fr: "Points de suspension en un seul signe : « … ».", en: "An ellipsis is a single sign: “…”."),
            suggestion: .init("…", isSafe: true)))
      }
    }
    return found
  }

  /// Exactly three, and not between figures or in a path.
  private func isThreeDots(_ index: Int) -> Bool {
    guard prose[index] == ".", prose[index + 1] == ".", prose[index + 2] == ".", prose[index + 3] != ".",
      prose[index - 1] != "."
    else { return false }
    let (before, after) = (prose[index - 1], prose[index + 3])
    return after != "/" && !(before?.isDigit ?? false && after?.isDigit ?? false)
  }

  private func startOfEtc(before index: Int) -> Int? {
    var start = index
    while start > 0, scalars[start - 1] == " " || scalars[start - 1].isNoBreakSpace { start -= 1 }
    guard start >= 3, prose.text((start - 3)..<start).lowercased() == "etc" else { return nil }
    return start == 3 || !scalars[start - 4].isWordSign ? start - 3 : nil
  }

  func apostrophes() -> [RuleMatch] {
    guard prose.signs.mayHold("'") else { return [] }
    return scalars.indices.lazy.filter { scalars[$0] == "'" }.compactMap { index in
      guard !prose.isApart[index], let before = prose[index - 1], let after = prose[index + 1],
        before.isWordLetter,
        after.isWordLetter || after == "«"
      else { return nil }
      return RuleMatch(
        index..<(index + 1),
        message: Sentence(fr: "Apostrophe courbe : « ’ ».", en: "A curly apostrophe: “’”."),
        suggestion: .init("’", isSafe: true), atMost: .suggestion)
    }
  }

  // MARK: - Hours, numbers, capitals

  /// `9h30`, `18h`, `9 h 30` with ordinary spaces.
  func hours() -> [RuleMatch] {
    guard profile.spacesHours, prose.signs.mayHoldDigits else { return [] }
    return scalars.indices.lazy.filter { index in
      scalars[index].value | 0x20 == 0x68 && index > 0
        && (scalars[index - 1].isDigit || scalars[index - 1].isSpace)
    }.compactMap { index in
      guard !prose.isApart[index] else { return nil }
      let hourEnd = startOfAnySpaces(before: index)
      guard let hours = digits(endingAt: hourEnd), hours.count <= 2, number(hours) <= 24 else { return nil }
      var next = index + 1
      while next < scalars.count, scalars[next] == " " || scalars[next].isNoBreakSpace { next += 1 }
      let minutes = digits(startingAt: next)
      let hasMinutes =
        minutes.count == 2 && number(minutes) < 60 && !(prose[minutes.upperBound]?.isWordSign ?? false)
      // Not the unit of 5 h, 20 pages, nor a word that begins with h.
      if !hasMinutes, prose[index + 1]?.isWordSign ?? false { return nil }
      let range = hours.lowerBound..<(hasMinutes ? minutes.upperBound : index + 1)
      let right =
        prose.text(hours) + "\u{A0}h" + (hasMinutes ? "\u{A0}" + prose.text(minutes) : "")
      let written = prose.text(range).unicodeScalars.map { $0 == "\u{202F}" ? "\u{A0}" : $0 }
      guard !written.elementsEqual(right.unicodeScalars) else { return nil }
      return missing(
        range, right,
        Sentence(
          fr: "Espaces insécables dans l’heure : « \(right) ».",
          en: "No-break spaces in the time: “\(right)”."))
    }
  }

  /// `10 000` with an ordinary space.
  func thousands() -> [RuleMatch] {
    guard prose.signs.mayHoldDigits else { return [] }
    var found: [RuleMatch] = []
    var index = 0
    while index < scalars.count {
      guard scalars[index].isDigit, !prose.isApart[index],
        !(prose[index - 1].map { $0.isWordSign || ",.-/+".unicodeScalars.contains($0) } ?? false)
      else {
        index += 1
        continue
      }
      let first = digits(startingAt: index)
      var (end, groups, hasPlainSpace) = (first.upperBound, 0, false)
      while prose[end] == " " || prose[end]?.isNoBreakSpace ?? false {
        let group = digits(startingAt: end + 1)
        guard group.count == 3 else {
          // 418 555 1234 is no number.
          if !group.isEmpty { groups = -1 }
          break
        }
        hasPlainSpace = hasPlainSpace || scalars[end] == " "
        (end, groups) = (group.upperBound, groups + 1)
      }
      let isFollowed = prose[end].map { $0.isWordSign || $0 == "-" || $0 == "/" } ?? false
      if first.count <= 3, groups > 0, hasPlainSpace, !isFollowed, scalars[index] != "0" {
        let right = String(scalars: scalars[index..<end].map { $0 == " " ? "\u{A0}" : $0 })
        found.append(
          missing(
            index..<end, right,
            Sentence(fr: "Espace insécable dans le nombre.", en: "No-break space in the number.")))
      }
      index = max(end, index + 1)
    }
    return found
  }

  /// `A bientôt`, `Etat`, `Ca va`.
  func capitals() -> [RuleMatch] {
    let words = prose.words
    // Only words that begin with a capital without an accent are among those that lack one.
    let written = words.indices.lazy.filter { ("A"..."Z").contains(scalars[words[$0].range.lowerBound]) }
    return written.compactMap { place in
      let word = words[place]
      let next = place + 1 < words.count ? words[place + 1] : nil
      let isFollowed = next.map { $0.range.lowerBound == word.range.upperBound + 1 } ?? false
      var right: String?
      if let accented = AccentedCapitals.words[prose.text(word)] {
        right = accented
      } else if let next, isFollowed, scalars[word.range.upperBound] == " ",
        prose.mayBeginSentence(at: word.range.lowerBound)
      {
        if prose.text(word) == "A", AccentedCapitals.afterPreposition.contains(prose.text(next)) {
          right = "À"
        }
        if prose.text(word) == "Ca", scalars[next.range.lowerBound].properties.isLowercase { right = "Ça" }
      }
      guard let right else { return nil }
      return RuleMatch(
        word.range,
        message: Sentence(
          fr: "Les capitales gardent leurs accents : « \(right) ».",
          en: "Capitals keep their accents: “\(right)”."),
        suggestion: .init(right), atMost: .suggestion)
    }
  }

  private func digits(startingAt start: Int) -> Range<Int> {
    var end = start
    while prose[end]?.isDigit ?? false { end += 1 }
    return start..<end
  }

  /// The digits before a place; `nil` where none stand there, or they are a part of something longer.
  private func digits(endingAt end: Int) -> Range<Int>? {
    var start = end
    while start > 0, prose[start - 1]?.isDigit ?? false { start -= 1 }
    guard start < end, !(prose[start - 1].map { $0.isWordSign || ",.:".unicodeScalars.contains($0) } ?? false)
    else {
      return nil
    }
    return start..<end
  }

  private func number(_ digits: Range<Int>) -> Int {
    digits.reduce(0) { min($0 * 10 + Int(scalars[$1].value) - 48, 10_000) }
  }
}
