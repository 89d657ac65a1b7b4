import Documents
import EditorialChecks
import EditorialHistory
import JSONTree
import ObjectModel
import SyncEngine
import ThreeWayMerge
import Wording

/// What `ligne sync` says.
struct SyncAnswer {
  var report: SyncReport
  var isRehearsal = false
  var sharesNothing = false
  /// What those documents are called in which something was settled or is to be, and their fields.
  var names: [WorkspacePath: (title: String?, fields: FieldNames)] = [:]

  init(report: SyncReport, isRehearsal: Bool = false, sharesNothing: Bool = false) {
    self.report = report
    self.isRehearsal = isRehearsal
    self.sharesNothing = sharesNothing
  }

  /// What was taken in before something went wrong.
  init(unfinished report: SyncReport) {
    self.init(report: report, sharesNothing: true)
    self.report.result = .received
  }

  var json: JSONValue {
    [
      "result": JSONValue(report.result.rawValue),
      "received": .number(JSONNumber(report.received.count)),
      "shared": .number(JSONNumber(isRehearsal ? report.waiting.count : report.shared.count)),
      "dryRun": .bool(isRehearsal),
      "waiting": .number(JSONNumber(report.waiting.count)),
      "head": report.head.map { JSONValue($0.hex) } ?? .null,
      "joined": .array(report.joined.map { JSONValue($0.hex) }),
      "conflicts": .array(report.conflicts.map(\.json)),
      "findings": .array(report.findings.map { $0.json(in: .english) }),
      "crises": .array(report.crises.map(\.json)),
      "notices": .array(
        report.notices.map {
          [
            "path": JSONValue($0.path.text), "pointer": JSONValue($0.notice.pointer.description),
            "kind": JSONValue($0.notice.kind.rawValue), "words": JSONValue($0.notice.words),
          ]
        }),
      "refused": .array(
        report.refused.map(\.json)),
      "carried": .array(report.carried.map { JSONValue($0.text) }),
      "left": .array(report.unreadable.map(\.json)),
      "contradicted": .array(report.contradicted.map { JSONValue($0.text) }),
      "passedBy": .array(report.passedBy.map { JSONValue($0.text) }),
      "attempts": .number(JSONNumber(report.attempts)),
      "sharesThrough": JSONValue(report.manners.rawValue),
      "rewritten": report.rewritten?.json ?? .null, "emptied": .bool(report.wasEmptied),
    ]
  }

  /// - Parameter brought: What others’ versions changed here; `nil` where nothing came, or nobody can tell.
  func described(_ brought: MadeVersion?, in language: Language) -> Page {
    var page = Page(StyledText(headline.text(in: language), .strong))
    for news in report.crises {
      let style: Style = news.step == .closed ? .good : .bad
      page.line(
        StyledText(news.wording.text(in: language), style) + "  " + StyledText(news.path.shortName, .name))
    }
    if let brought { page.append(brought.listed(in: language)) }
    for line in details { page.line(StyledText(line.text(in: language)), indent: 2) }
    for (path, notices) in noticesByPath {
      let short = names[path]?.title == nil ? "" : "  " + path.shortName
      page.line(name(of: path) + StyledText(short, .quiet), indent: 2)
      for notice in notices {
        page.line(
          StyledText(mention(of: notice.pointer, in: path, language) + "  ", .quiet)
            + StyledText(notice.wording.text(in: language)), indent: 4)
      }
    }
    if !report.conflicts.isEmpty {
      page.line(
        StyledText(CountedNoun.conflicts.counted(report.conflicts.count).text(in: language), .attention)
          + StyledText(Sentence(fr: " à trancher", en: " to settle").text(in: language)))
      var table = Table([
        Table.Column(title: ""), Table.Column(title: "", isFlexible: true), Table.Column(title: ""),
        Table.Column(title: "", isFlexible: true, isDispensable: true),
      ])
      for conflict in report.conflicts {
        table.add([
          // The end of an id is what a person types; a path is cut where it stands.
          StyledText("  ")
            + StyledText(
              names[conflict.path]?.title == nil ? conflict.path.endOfID ?? "" : conflict.path.shortName,
              .name),
          name(of: conflict.path),
          StyledText(mention(of: conflict.pointer, in: conflict.path, language), .strong),
          StyledText(conflict.kind.wording(at: conflict.pointer).text(in: language), .quiet),
        ])
      }
      page.table(table)
    }
    page.append(CommitReport.described(report.unreadable, in: language))
    page.append(CheckAnswer.summary(of: report.findings, in: language))
    page.next = next
    return page
  }

  private var headline: Sentence {
    let (received, shared) = (
      CountedNoun.versions.counted(report.received.count), CountedNoun.versions.counted(report.shared.count)
    )
    if isRehearsal {
      let waiting = CountedNoun.versions.counted(report.waiting.count)
      return Sentence(
        fr: "Rien n’est changé : \(received.french) à recevoir, \(waiting.french) à partager.",
        en: "Nothing is changed: \(received.english) to take in, \(waiting.english) to share.")
    }
    switch report.result {
    case .upToDate: return Sentence(fr: "Tout est à jour.", en: "Everything is up to date.")
    case .received: return Sentence(fr: "Reçu : \(received.french).", en: "Received: \(received.english).")
    case .shared: return Sentence(fr: "Partagé : \(shared.french).", en: "Shared: \(shared.english).")
    case .joined:
      return Sentence(
        fr: "Réuni : reçu \(received.french), partagé \(shared.french).",
        en: "Joined: received \(received.english), shared \(shared.english).")
    }
  }

  private var details: [Sentence] {
    var lines: [Sentence] = []
    if sharesNothing, !report.waiting.isEmpty {
      let waiting = CountedNoun.versions.counted(report.waiting.count)
      lines.append(
        Sentence(fr: "\(waiting.french) à partager plus tard", en: "\(waiting.english) to share later"))
    }
    for path in report.contradicted {
      lines.append(
        Sentence(
          fr:
            "\(path.text) : vos changements non enregistrés contredisent ce qui est reçu, les deux sont gardés",
          en: "\(path.text): your uncommitted changes contradict what came in, both are kept"))
    }
    let untouched = report.carried.count - report.contradicted.count
    if untouched > 0 {
      let count = CountedNoun.documents.counted(untouched)
      lines.append(
        Sentence(
          fr: "\(count.french) avec des changements non enregistrés, gardés tels quels",
          en: "\(count.english) with uncommitted changes, kept as they are"))
    }
    for path in report.passedBy {
      lines.append(
        Sentence(
          fr: "\(path.text) ne se lit pas : laissé tel quel, à corriger",
          en: "\(path.text) can’t be read: left as it is, to be mended"))
    }
    for refused in report.refused {
      lines.append(refused.told)
      if let hint = refused.hint { lines.append(hint) }
    }
    if let rewritten = report.rewritten { lines += rewritten.told(isRehearsal: isRehearsal) }
    if report.wasEmptied {
      lines.append(
        Sentence(
          fr: "L’adresse ne contenait rien; tout ce qui est ici y est partagé",
          en: "The address held nothing; everything here is shared there"))
    }
    if report.hasNewManners, let told = report.manners.told { lines.append(told) }
    for joint in report.forgedJoints {
      let short = joint.hex.prefix(8)
      lines.append(
        Sentence(
          fr: "\(short) se dit une réunion et contient autre chose; il compte comme le travail de quelqu’un",
          en: "\(short) says it only joins and holds something else; it counts as somebody’s work"))
    }
    return lines
  }

  private func mention(of pointer: JSONPointer, in path: WorkspacePath, _ language: Language) -> String {
    (names[path]?.fields ?? FieldNames(of: nil)).mention(of: pointer, in: language)
  }

  /// The title of a document; its path where it has none.
  private func name(of path: WorkspacePath) -> StyledText {
    names[path]?.title.map { StyledText($0) } ?? StyledText(path.text, .name)
  }

  private var noticesByPath: [(path: WorkspacePath, notices: [Notice])] {
    var grouped: [(path: WorkspacePath, notices: [Notice])] = []
    for notice in report.notices {
      if grouped.last?.path == notice.path {
        grouped[grouped.count - 1].notices.append(notice.notice)
      } else {
        grouped.append((notice.path, [notice.notice]))
      }
    }
    return grouped
  }

  private var next: Sentence? {
    if isRehearsal {
      return report.received.count + report.waiting.count == 0
        ? nil : Sentence(fr: "« ligne sync » le fait.", en: "“ligne sync” does it.")
    }
    if !report.conflicts.isEmpty {
      return Sentence(
        fr: "« ligne conflicts » montre chaque choix et qui l’a écrit.",
        en: "“ligne conflicts” shows each choice and who wrote it.")
    }
    if report.crises.contains(where: { $0.step != .closed }) {
      return Sentence(
        fr: "« ligne crisis » montre ce qui est retenu et qui fait quoi.",
        en: "“ligne crisis” shows what is held and who does what.")
    }
    return report.findings.first { !$0.isAboutAChange }.map { CheckAnswer.next(after: $0.path) }
  }
}

extension SyncReport.OpenPlace {
  var json: JSONValue {
    [
      "path": JSONValue(path.text), "pointer": JSONValue(pointer.description),
      "kind": JSONValue(kind.rawValue),
    ]
  }
}

extension SyncReport.CrisisNews {
  var json: JSONValue {
    [
      "activation": .string(id), "path": JSONValue(path.text), "step": JSONValue(step.rawValue),
      "title": JSONValue(title), "level": level.map { JSONValue($0) } ?? .null,
      "by": by.map { JSONValue($0) } ?? .null,
    ]
  }

  /// What happened, in one line.
  var wording: Sentence {
    let (level, by) = (level ?? "?", by ?? "?")
    return switch step {
    case .declared:
      Sentence(
        fr: "Crise déclarée au niveau \(level) par \(by)\u{A0}: \(title)",
        en: "Crisis declared at level \(level) by \(by): \(title)")
    case .raised:
      Sentence(
        fr: "Crise haussée au niveau \(level)\u{A0}: \(title)",
        en: "Crisis raised to level \(level): \(title)")
    case .closed:
      Sentence(fr: "Crise close par \(by)\u{A0}: \(title)", en: "Crisis closed by \(by): \(title)")
    case .goesOn:
      Sentence(
        fr:
          "La crise continue, au niveau \(level)\u{A0}: quelqu’un l’a haussée pendant qu’on y mettait fin\u{A0}: \(title)",
        en: "The crisis goes on, at level \(level): somebody raised it while it was being ended: \(title)")
    }
  }
}

extension SyncReport.Refused {
  var json: JSONValue {
    var object: JSONObject = [
      "reference": JSONValue(reference), "code": JSONValue(code),
      "reason": JSONValue(reason.text(in: .english)),
    ]
    object["hint"] = hint.map { JSONValue($0.text(in: .english)) }
    object["path"] = path.map { JSONValue(String(decoding: $0, as: UTF8.self)) }
    object["commit"] = commit.map { JSONValue($0.hex) }
    object["by"] = author.map { JSONValue($0.name) }
    return .object(object)
  }
}

extension SyncReport.Rewritten {
  var json: JSONValue {
    [
      "commit": JSONValue(commit.hex), "by": JSONValue(by.name), "at": JSONValue(Moment(by).description),
      "missing": .array(missing.map { JSONValue($0.hex) }),
    ]
  }

  /// Who rewrote it and when, what is done about it, and the other way.
  fileprivate func told(isRehearsal: Bool) -> [Sentence] {
    let count = CountedNoun(
      fr: ("version vue ici", "versions vues ici"), en: ("version seen here", "versions seen here")
    ).counted(missing.count)
    let day = Moment(by).instant.date(offset: Moment(by).offset).wording
    let short = commit.hex.prefix(8)
    let what = Sentence(
      fr:
        "L’historique de l’équipe a été réécrit : il en est à la version \(short) de \(by.name), \(day.french), sans \(count.french)",
      en:
        "The team’s history was rewritten: it stands at version \(short) by \(by.name), \(day.english), without \(count.english)"
    )
    let done =
      isRehearsal
      ? Sentence(
        fr:
          "« ligne sync » y remet ce qui manque. Pour suivre l’historique réécrit, reprenez-le dans un autre dossier : « ligne clone »",
        en:
          "“ligne sync” puts back what is missing. To follow the rewritten history, take it into another folder: “ligne clone”"
      )
      : Sentence(
        fr: "Rien n’est perdu : tout est réuni de nouveau. Demandez à \(by.name) si c’était voulu",
        en: "Nothing is lost: everything is joined in again. Ask \(by.name) whether it was meant")
    return [what, done]
  }
}

extension HostManners {
  /// What a person may want to know of it; `nil` for the usual.
  var told: Sentence? {
    switch self {
    case .devices: nil
    case .branches:
      Sentence(
        fr:
          "L’hébergeur ne prend que des branches : le travail de chaque appareil y est visible sous « ligne/ »",
        en: "The host takes nothing but branches: each device’s work shows there under “ligne/”")
    case .main:
      Sentence(
        fr:
          "L’hébergeur ne prend que la version de l’équipe : quand plusieurs personnes partagent en même temps, il faut parfois attendre son tour",
        en:
          "The host takes the team’s version only: when several people share at once, one may have to wait for one’s turn"
      )
    }
  }
}
