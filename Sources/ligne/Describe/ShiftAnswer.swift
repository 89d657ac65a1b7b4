import Documents
import EditorialDesk
import JSONTree
import ObjectModel
import Wording

/// What was moved, in words.
struct ShiftAnswer {
  private let shift: ReleaseShift
  private let isDone: Bool
  private let language: Language

  init(_ shift: ReleaseShift, isDone: Bool, language: Language) {
    (self.shift, self.isDone, self.language) = (shift, isDone, language)
  }

  var json: JSONValue {
    [
      "moved": .array(
        shift.moves.map { move in
          [
            "id": .string(move.release.document.id), "channel": .string(move.release.channel),
            "from": JSONValue(move.release.at.description), "to": JSONValue(move.to.description),
            "note": move.note.map { JSONValue($0.code) } ?? .null,
          ]
        }),
      "left": .array(
        shift.left.map { release, reason in
          [
            "id": .string(release.document.id), "channel": .string(release.channel),
            "reason": JSONValue(reason.code),
          ]
        }), "done": .bool(isDone),
    ]
  }

  var page: Page {
    let count = CountedNoun(fr: ("sortie", "sorties"), en: ("release", "releases")).counted(shift.moves.count)
    let isOne = shift.moves.count < 2
    let said =
      isDone
      ? Sentence(fr: "\(count.french) décalée\(isOne ? "" : "s")", en: "\(count.english) moved")
      : Sentence(
        fr: "\(count.french) à décaler; rien n’a changé", en: "\(count.english) to move; nothing was changed")
    var page = Page(StyledText(said.text(in: language), .strong))
    var table = Table([
      Table.Column(title: ""), Table.Column(title: ""), Table.Column(title: ""),
      Table.Column(title: "", isFlexible: true),
    ])
    for move in shift.moves {
      table.add([
        StyledText(move.release.at.column, .quiet), StyledText("→ \(move.to.column)"),
        StyledText(move.release.channel.text, .name), StyledText(move.release.document.title),
      ])
    }
    if !shift.moves.isEmpty { page.table(table) }
    for move in shift.moves {
      guard let note = move.note else { continue }
      page.line(line(move.release, note.wording))
    }
    for (release, reason) in shift.left { page.line(line(release, reason.wording)) }
    if isDone, !shift.moves.isEmpty { page.next = .commitKeepsIt }
    return page
  }

  private func line(_ release: Release, _ sentence: Sentence) -> StyledText {
    let colon = Sentence(fr: "\u{A0}: ", en: ": ").text(in: language)
    return StyledText("! ", .attention) + StyledText("\(release.at.column) \(release.channel.text)", .quiet)
      + StyledText(" \(release.document.title)\(colon)\(sentence.text(in: language))")
  }
}

extension Moment {
  /// `2026-11-03 09:30`.
  fileprivate var column: String { instant.columnWording(offset: offset) }
}

extension ReleaseShift.Note {
  fileprivate var code: String {
    switch self {
    case .skipped: "skipped-hour"
    case .twice: "ambiguous-hour"
    }
  }

  fileprivate var wording: Sentence {
    switch self {
    case .skipped:
      Sentence(
        fr: "on avance les horloges ce jour-là, l’heure a été avancée",
        en: "clocks are put forward that day; the time was put forward, too")
    case .twice:
      Sentence(
        fr: "on recule les horloges ce jour-là, c’est la première des deux heures",
        en: "clocks are put back that day; it is the first of the two")
    }
  }
}

extension ReleaseShift.Reason {
  fileprivate var code: String {
    switch self {
    case .anchored: "anchored"
    case .unknownZone: "unknown-zone"
    }
  }

  fileprivate var wording: Sentence {
    switch self {
    case .anchored(let milestone):
      Sentence(
        fr: "reste, et suit l’étape \(Language.french.quoted(milestone))",
        en: "stays, and follows the milestone \(Language.english.quoted(milestone))")
    case .unknownZone(let zone):
      Sentence(
        fr: "reste : cet ordinateur ne connaît pas le fuseau \(zone)",
        en: "stays: this computer does not know the zone \(zone)")
    }
  }
}
