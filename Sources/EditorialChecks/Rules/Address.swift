public import Documents
public import JSONTree
import Wording

/// Whether a text says tu or vous, as the house does.
///
/// Parameters: `address`, one of `tu`, `vous`, `mixed`, and `channels`, where a channel has another. Under `mixed` a post
/// may say either, and what one channel shows of it only one of the two. ``parameters(_:following:)`` takes them from a
/// guideline. What others say is left alone: words in quotation marks, and lines that begin with a dash. « Vous » may be
/// several people, so only the « vous » that is certainly one is heard beside tu.
public struct Address: GuidedRule, ReadingRule {
  public static let check = "address"

  enum Form: String, CaseIterable, Sendable {
    case tu, vous, mixed
  }

  let form: Form
  let channels: [JSONString: Form]

  public init(parameters: JSONValue?) throws(RuleProblem) {
    _ = try RuleParameters(parameters, knowing: ["address", "channels"])
    form = try Self.form(parameters?["address"], at: "/parameters/address")
    var channels: [JSONString: Form] = [:]
    for member in parameters?["channels"]?.object?.sortedByKey().members ?? [] {
      let place = JSONPointer([.key("parameters"), .key("channels"), .key(member.key)])
      channels[member.key] = try Self.form(member.value, at: place)
    }
    self.channels = channels
  }

  private static func form(_ value: JSONValue?, at place: JSONPointer) throws(RuleProblem) -> Form {
    guard let form = value?.text.flatMap(Form.init) else {
      throw RuleProblem(
        at: place,
        Sentence(
          fr: "Il faut «\u{A0}tu\u{A0}», «\u{A0}vous\u{A0}» ou «\u{A0}mixed\u{A0}».",
          en: "It is “tu”, “vous” or “mixed”."))
    }
    return form
  }

  /// The parameters of a rule, and for what they do not say the tone of its guideline.
  public static func parameters(_ own: JSONValue?, following line: Guideline) -> JSONValue {
    guard case .object(var object) = own ?? [:] else { return own ?? [:] }
    object["address"] = object["address"] ?? line.tone?["address"]
    var channels: JSONObject = [:]
    for member in line.tone?["channels"]?.object?.members ?? [] {
      if let address = member.value["address"] { channels[member.key] = address }
    }
    if object["channels"] == nil, !channels.isEmpty { object["channels"] = .object(channels) }
    return .object(object)
  }

  /// Where nobody may mix, each text shows by itself what is wrong with it.
  public var readsTogether: Bool { form == .mixed || channels.values.contains(.mixed) }

  public func matches(across texts: [CheckedText]) -> [PlacedMatch] {
    var found: [PlacedMatch] = []
    var mixed: [(text: CheckedText, forms: AddressForms)] = []
    for text in texts where text.isFrench {
      let forms = AddressForms(text.prose)
      switch text.channel.flatMap({ channels[$0] }) ?? form {
      case .mixed: mixed.append((text, forms))
      case let form: found += matches(of: forms, form).map { PlacedMatch(text, $0) }
      }
    }
    return found + [change(of: mixed)].compactMap { $0 }
  }

  /// Where texts of a house that says either go over from one to the other.
  private func change(of texts: [(text: CheckedText, forms: AddressForms)]) -> PlacedMatch? {
    func first(_ ranges: (AddressForms) -> [Range<Int>]) -> (place: Int, range: Range<Int>)? {
      for (place, text) in texts.enumerated() {
        if let range = ranges(text.forms).first { return (place, range) }
      }
      return nil
    }
    guard let familiar = first({ $0.familiar() }), let formal = first({ $0.formalToOne() }) else {
      return nil
    }
    let isFamiliarFirst =
      (familiar.place, familiar.range.lowerBound) < (formal.place, formal.range.lowerBound)
    let second = isFamiliarFirst ? formal : familiar
    return PlacedMatch(
      texts[second.place].text,
      RuleMatch(
        second.range,
        message: isFamiliarFirst
          ? Sentence(
            fr: "On disait « tu » jusqu’ici; ce « vous » s’adresse à une seule personne.",
            en: "It was “tu” up to here; this “vous” speaks to one person.")
          : Sentence(fr: "On disait « vous » jusqu’ici.", en: "It was “vous” up to here.")))
  }

  private func matches(of address: AddressForms, _ form: Form) -> [RuleMatch] {
    switch form {
    case .vous:
      return address.familiar().map { range in
        RuleMatch(
          range,
          message: Sentence(fr: "La maison dit « vous », pas « tu ».", en: "The house says “vous”, not “tu”.")
        )
      }
    case .tu:
      return address.formalToOne().map { range in
        RuleMatch(
          range,
          message: Sentence(
            fr: "La maison dit « tu »; ce « vous » s’adresse à une seule personne.",
            en: "The house says “tu”; this “vous” speaks to one person."))
      }
    case .mixed: return []
    }
  }
}

/// The words by which a French text speaks to somebody.
private struct AddressForms {
  private let prose: Prose
  private let words: [Prose.Word]

  init(_ prose: Prose) {
    self.prose = prose
    guard prose.mayQuote else {
      words = prose.words
      return
    }
    let isQuoted = prose.quoted()
    words = prose.words.filter { !isQuoted[$0.range.lowerBound] }
  }

  /// Words that can only speak to one person one knows well.
  func familiar() -> [Range<Int>] { words.indices.filter(isFamiliar).map { words[$0].range } }

  private func isFamiliar(_ place: Int) -> Bool {
    guard mayBeFamiliar(place) else { return false }
    let word = words[place]
    // TU, TA: initials, not words.
    guard word.range.count == 1 || !prose.scalars[word.range].allSatisfy(\.isUppercaseLetter) else {
      return false
    }
    switch prose.lowercased(word) {
    case "tu": return !isParticiple(place)
    case "toi": return true
    case "te": return next(place).map(prose.lowercased) != "deum"
    case "t":
      // t’aime, but not the t of a-t-il, nor T'.
      return prose[word.range.upperBound]?.isApostrophe ?? false && prose[word.range.lowerBound - 1] != "-"
        && prose.text(word) == "t"
    case "tien", "tienne", "tiens", "tiennes": return isPossessivePronoun(place)
    case "ton", "ta", "tes": return isPossessive(place)
    case "viens", "reviens", "fais", "dis", "prends", "mets", "sois", "choisis", "inscris":
      // An order: the sentence begins with the verb, and it could be no other person's.
      return prose.mayBeginSentence(at: word.range.lowerBound) && prose.text(word).first?.isUppercase ?? false
    default: return false
    }
  }

  /// Whether a word can be one of those above, by its first sign and its length: most are not, and have to be no text.
  private func mayBeFamiliar(_ place: Int) -> Bool {
    let word = words[place]
    guard word.range.count <= 7 else { return false }
    if word.initial == "t" { return true }
    let isOrder =
      switch word.initial {
      case "v", "r", "f", "d", "p", "m", "s", "c", "i": true
      default: false
      }
    return isOrder && prose.scalars[word.range.lowerBound].isUppercaseLetter
  }

  /// « Il s’est tu », « avoir tu la vérité »: the participle of taire, which follows être or avoir.
  private func isParticiple(_ place: Int) -> Bool {
    guard let previous = previous(place), previous.range.upperBound + 1 == words[place].range.lowerBound,
      prose[previous.range.upperBound] != "-"
    else { return false }
    return Self.auxiliaries.contains(prose.lowercased(previous))
      || Self.auxiliaryAdverbs.contains(prose.lowercased(previous))
        && place >= 2 && Self.auxiliaries.contains(prose.lowercased(words[place - 2]))
  }

  private static let auxiliaries: Set<String> = [
    "suis", "es", "est", "êtes", "sont", "étais", "était", "étaient", "fus", "fut", "furent", "sera",
    "seront", "serait",
    "seraient", "soit", "soient", "fût", "être", "étant", "été", "ai", "as", "a", "avons", "avez", "ont",
    "avais", "avait",
    "avaient", "eus", "eut", "eurent", "aura", "auront", "aurait", "auraient", "ait", "aient", "eût", "avoir",
    "ayant",
  ]
  private static let auxiliaryAdverbs: Set<String> = [
    "aussitôt", "bien", "brusquement", "déjà", "enfin", "jamais", "longtemps", "pas", "soudain", "tout",
    "toujours",
  ]

  /// « ton père », but not « le ton », « changer de ton et », « Thon », « ta ta ta ».
  private func isPossessive(_ place: Int) -> Bool {
    let word = words[place]
    guard isFollowedByDirectWord(place), let next = next(place),
      !Self.notAfterPossessive.contains(prose.lowercased(next))
    else {
      return false
    }
    if prose.lowercased(word) == "ta" { return prose.lowercased(next) != "ta" }
    guard prose.lowercased(word) == "ton", let previous = previous(place) else { return true }
    return !Self.beforeTheNounTon.contains(prose.lowercased(previous))
  }

  /// « La tienne », but not « qu’il la tienne », « je les tiens ».
  private func isPossessivePronoun(_ place: Int) -> Bool {
    let articles = ["tien": ["le"], "tienne": ["la"], "tiens": ["les"], "tiennes": ["les"]]
    guard let article = previous(place).map(prose.lowercased),
      articles[prose.lowercased(words[place])]?.contains(article) ?? false,
      words[place].range.lowerBound == words[place - 1].range.upperBound + 1
    else { return false }
    let subjects: Set<String> = [
      "je", "tu", "il", "elle", "on", "ils", "elles", "qui", "ne", "n", "me", "te", "se",
    ]
    return place < 2 || !subjects.contains(prose.lowercased(words[place - 2]))
  }

  /// Words that say « ton » is the noun.
  private static let beforeTheNounTon: Set<String> = [
    "le", "un", "ce", "du", "au", "quel", "même", "bon", "haut", "demi", "seul", "autre", "son", "mon",
    "notre", "votre", "leur",
    "tel", "certain", "mauvais", "juste", "premier", "chaque", "aucun", "cet", "beau", "grand", "gros",
    "petit", "vrai",
  ]
  /// No noun, and no adjective before one.
  private static let notAfterPossessive: Set<String> = [
    "à", "au", "aux", "avec", "car", "comme", "d", "dans", "de", "des", "donc", "du", "en", "est", "et",
    "était", "il", "elle", "la", "le",
    "les", "mais", "ne", "n", "on", "ou", "où", "par", "pas", "pour", "qu", "que", "qui", "s", "sans", "se",
    "si", "sur", "un", "une", "y",
  ]

  /// « vous-même », « vous êtes invitée »: vous to one person, without a doubt.
  func formalToOne() -> [Range<Int>] {
    words.indices.filter { place in
      guard words[place].initial == "v", prose.lowercased(words[place]) == "vous" else { return false }
      guard let next = next(place) else { return false }
      if prose.lowercased(next) == "même", prose[words[place].range.upperBound] == "-" { return true }
      guard isFollowedByDirectWord(place),
        ["êtes", "serez", "étiez", "seriez"].contains(prose.lowercased(next))
      else { return false }
      var index = place + 2
      while index < words.count,
        ["déjà", "bien", "très", "tout", "toute", "aussi", "toujours"].contains(
          prose.lowercased(words[index]))
      {
        index += 1
      }
      guard index < words.count, isChain(from: place + 1, to: index) else { return false }
      let word = prose.lowercased(words[index])
      return word.hasSuffix("é") || word.hasSuffix("ée") || Self.singularAdjectives.contains(word)
    }.map { words[$0].range }
  }

  private static let singularAdjectives: Set<String> = [
    "prêt", "prête", "seul", "seule", "sûr", "sûre", "certain", "certaine", "content", "contente", "nouveau",
    "nouvelle", "bienvenu",
    "bienvenue",
  ]

  private func previous(_ place: Int) -> Prose.Word? { place > 0 ? words[place - 1] : nil }
  private func next(_ place: Int) -> Prose.Word? { place + 1 < words.count ? words[place + 1] : nil }

  /// Whether one space, and nothing else, stands between a word and the next.
  private func isFollowedByDirectWord(_ place: Int) -> Bool {
    guard let next = next(place) else { return false }
    let end = words[place].range.upperBound
    return next.range.lowerBound == end + 1 && prose[end].map { $0.isSpace && !$0.isLineEnd } ?? false
  }

  private func isChain(from start: Int, to end: Int) -> Bool {
    (start..<end).allSatisfy(isFollowedByDirectWord)
  }
}
