import EditorialChecks
import JSONTree
import Wording

/// What is left to write on each channel, a line for each text.
///
/// Where a platform limits one text in two ways, the one with less room is shown. What is counted by the piece shows
/// only where there is too much of it.
func described(_ remaining: [Remaining], in language: Language) -> Page {
  let shown = tightest(remaining)
  guard !shown.isEmpty else { return Page() }
  var page = Page()
  page.blank()
  page.line(
    StyledText(Sentence(fr: "Place sur les réseaux", en: "Room on the channels").text(in: language), .quiet))
  var table = Table([
    .init(title: SafeText(line: "")), .init(title: SafeText(line: "")),
    .init(title: SafeText(line: ""), side: .trailing), .init(title: SafeText(line: ""), isFlexible: true),
  ])
  for entry in shown {
    let part = entry.part.map(\.text) ?? ""
    let measure = entry.measureName.text(in: language)
    table.add([
      StyledText("  ") + StyledText(entry.channel.text, .name),
      StyledText(part.isEmpty ? measure : part, .quiet),
      StyledText(
        Sentence(
          fr: "\(Language.french.number(entry.count)) sur \(Language.french.number(entry.limit))",
          en: "\(Language.english.number(entry.count)) of \(Language.english.number(entry.limit))"
        ).text(in: language)),
      entry.verdict(in: language),
    ])
  }
  page.table(table)
  return page
}

/// One entry for each text of each channel, and things there are too many of.
private func tightest(_ remaining: [Remaining]) -> [Remaining] {
  var shown: [Remaining] = []
  for entry in remaining {
    if entry.unit == .items {
      if entry.left < 0 { shown.append(entry) }
    } else if let place = shown.firstIndex(where: {
      $0.unit != .items && $0.channel == entry.channel && $0.pointer == entry.pointer && $0.part == entry.part
    }) {
      if entry.roomLeft < shown[place].roomLeft { shown[place] = entry }
    } else {
      shown.append(entry)
    }
  }
  return shown
}

extension Remaining {
  /// The share of the limit that is left: what compares 300 graphemes with 3,000 bytes.
  fileprivate var roomLeft: Double { limit == 0 ? Double(left) : Double(left) / Double(limit) }

  fileprivate var measureName: Sentence {
    switch measure {
    case "title", "photoTitle": Sentence(fr: "titre", en: "title")
    case "description": Sentence(fr: "description", en: "description")
    case "firstComment": Sentence(fr: "premier commentaire", en: "first comment")
    case "altText": Sentence(fr: "texte de remplacement", en: "alt text")
    case "hashtags": Sentence(fr: "mots-clics", en: "hashtags")
    case "links": Sentence(fr: "liens", en: "links")
    case "mentions": Sentence(fr: "mentions", en: "mentions")
    case "media": Sentence(fr: "fichiers", en: "files")
    case "thread": Sentence(fr: "fil", en: "thread")
    default: Sentence(fr: "texte", en: "text")
    }
  }

  fileprivate func verdict(in language: Language) -> StyledText {
    let counted = noun.counted(abs(left)).text(in: language)
    if left < 0 {
      return StyledText(
        Sentence(fr: "\(counted) de trop", en: "\(counted) too many").text(in: language), .attention)
    }
    return StyledText(Sentence(fr: "reste \(counted)", en: "\(counted) left").text(in: language), .quiet)
  }
}
