import Documents
import EditorialHistory
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension VerifyReport {
  var json: JSONValue {
    [
      "commits": .number(JSONNumber(commits)), "joined": .number(JSONNumber(joined)),
      "objects": .number(JSONNumber(objects)), "refused": .array(refused.map(\.json)),
      "merges": .array(plainMerges.map { .object($0.json) }),
      "documents": .array(documents.map(\.json)),
      // None is checked before there are keys to check them with.
      "signatures": ["present": .number(JSONNumber(signatures)), "checked": 0],
      "recomputed": .bool(recomputedJoints), "ok": .bool(isSound),
    ]
  }

  func described(when: ClockWording, in language: Language) -> Page {
    var page = Page(
      StyledText(headline.text(in: language), isSound ? .good : .attention))
    for finding in refused {
      page.blank()
      if let path = finding.path, !path.isEmpty {
        page.line(StyledText(String(decoding: path, as: UTF8.self), .name), indent: 2)
      }
      page.line(StyledText(finding.message.text(in: language)), indent: 2)
      page.line(finding.version.described(when), indent: 2)
    }
    if !recomputedJoints {
      page.blank()
      page.line(
        StyledText(
          Sentence(
            fr: "Il manque une partie de l’historique; les réunions n’ont pas été refaites.",
            en: "A part of the history is missing; what was joined was not made again."
          ).text(in: language)), indent: 2)
    }
    if !plainMerges.isEmpty {
      page.blank()
      let count = CountedNoun.plainMerges.counted(plainMerges.count)
      page.line(
        StyledText(
          Sentence(
            fr: "\(count.french) par git, compté comme le travail de quelqu’un :",
            en: "\(count.english) by git, counted as somebody’s work:"
          ).text(in: language)))
      page.list(
        plainMerges.map { $0.described(when) }, atMost: 8, in: language)
    }
    if !documents.isEmpty {
      page.blank()
      let count = CountedNoun.documents.counted(documents.count)
      page.line(
        StyledText(
          Sentence(
            fr: "\(count.french) à corriger dans la dernière version :",
            en: "\(count.english) to mend in the newest version:"
          ).text(in: language)))
      for document in documents {
        page.line(StyledText(document.path.text, .name), indent: 2)
        page.quote(document.problem.message.text(in: language), indent: 4)
      }
    }
    page.next = next
    return page
  }

  private var headline: Sentence {
    let versions = CountedNoun.versions.counted(commits)
    let joints = CountedNoun.joints.counted(joined)
    if isSound {
      return Sentence(
        fr: "Tout est intact : \(versions.french), dont \(joints.french).",
        en: "All is sound: \(versions.english), \(joints.english) among them.")
    }
    let faults = CountedNoun.faults.counted(refused.count)
    return Sentence(
      fr: "\(faults.french) dans \(versions.french)", en: "\(faults.english) in \(versions.english)")
  }

  private var next: Sentence? {
    for finding in refused {
      switch finding.refusal {
      case .missing, .damaged:
        return Sentence(
          fr: "« ligne clone » reprend une copie saine de l’équipe dans un autre dossier.",
          en: "“ligne clone” takes a sound copy of the team’s work into another folder.")
      case .newerRules:
        return Sentence(
          fr: "Installez une version plus récente de Ligne.", en: "Install a newer version of Ligne.")
      case .rewritten(_, let version), .takenAway(_, let version):
        guard let path = finding.path.flatMap({ try? WorkspacePath(utf8: $0) }) else { continue }
        let words = "ligne restore \(path.typed) --to \(version.hex.prefix(10))"
        return Sentence(fr: "« \(words) » le remet.", en: "“\(words)” puts it back.")
      case .forgedJoint, .forbidden: continue
      }
    }
    return nil
  }
}

extension CountedNoun {
  fileprivate static let joints = CountedNoun(
    fr: ("réunion refaite", "réunions refaites"),
    en: ("joint version made again", "joint versions made again"))
  fileprivate static let faults = CountedNoun(
    fr: ("chose ne s’accorde pas", "choses ne s’accordent pas"),
    en: ("thing does not agree", "things do not agree"))
  fileprivate static let plainMerges = CountedNoun(fr: ("fusion", "fusions"), en: ("merge", "merges"))
}

extension VerifyReport.NamedVersion {
  fileprivate var json: JSONObject {
    var object: JSONObject = ["commit": JSONValue(id.hex)]
    if let author {
      object["by"] = JSONValue(author.name)
      object["email"] = JSONValue(author.email)
      object["at"] = JSONValue(Moment(author).description)
    }
    return object
  }

  fileprivate func described(_ when: ClockWording) -> StyledText {
    let short = StyledText(String(id.hex.prefix(8)), .name)
    guard let author else { return short }
    return short + StyledText("  " + author.name)
      + StyledText("  " + when(Moment(author)), .quiet)
  }
}

extension VerifyReport.Finding {
  var code: String {
    switch refusal {
    case .forgedJoint: "forged-joint"
    case .newerRules: "newer-version"
    case .missing: "object-missing"
    case .damaged: "object-damaged"
    case .forbidden(let refusal): refusal.code
    case .rewritten: "decision-rewritten"
    case .takenAway: "decision-deleted"
    }
  }

  var message: Sentence {
    switch refusal {
    case .forgedJoint(.tree):
      Sentence(
        fr:
          "Cette version se dit une réunion et contient autre chose; elle compte comme le travail de quelqu’un.",
        en: "This version says it only joins others and holds something else; it counts as somebody’s work.")
    case .forgedJoint(.parents):
      Sentence(
        fr:
          "Cette version se dit une réunion et ne nomme pas ce qu’elle réunit comme il faut; elle compte comme le travail de quelqu’un.",
        en:
          "This version says it only joins others and does not name them as it should; it counts as somebody’s work."
      )
    case .forgedJoint(.form):
      Sentence(
        fr:
          "Cette version se dit une réunion et porte un auteur, une date ou un message à elle; elle compte comme le travail de quelqu’un.",
        en:
          "This version says it only joins others and has an author, a date or a message of its own; it counts as somebody’s work."
      )
    case .newerRules(let version):
      Sentence(
        fr: "Cette version réunit le travail selon les règles \(version), que ce programme ne connaît pas.",
        en: "This version joins work by rules \(version), which this program does not know.")
    case .missing(let id):
      path == nil
        ? Sentence(
          fr: "Une version plus ancienne manque sur cet ordinateur : \(id.hex)",
          en: "An older version is missing on this computer: \(id.hex)")
        : Sentence(
          fr: "Son contenu manque sur cet ordinateur : \(id.hex)",
          en: "Its content is missing on this computer: \(id.hex)")
    case .damaged(let id):
      path == nil
        ? Sentence(
          fr: "Une version est endommagée sur cet ordinateur : \(id.hex)",
          en: "A version is damaged on this computer: \(id.hex)")
        : Sentence(
          fr: "Son contenu est endommagé sur cet ordinateur : \(id.hex)",
          en: "Its content is damaged on this computer: \(id.hex)")
    case .forbidden(let refusal): refusal.message
    case .rewritten(let writer, _):
      Sentence(
        fr: "Cette version a réécrit ce que \(writer) avait décidé ou noté une fois pour toutes.",
        en: "This version rewrote what \(writer) had decided or noted once and for all.")
    case .takenAway(let writer, _):
      Sentence(
        fr:
          "Cette version a supprimé ce que \(writer) avait décidé ou noté d’un document qui est toujours là.",
        en: "This version deleted what \(writer) had decided or noted of a document that is still there.")
    }
  }

  var json: JSONValue {
    var object = version.json
    object["code"] = JSONValue(code)
    object["message"] = JSONValue(message.text(in: .english))
    if let path { object["path"] = JSONValue(String(decoding: path, as: UTF8.self)) }
    switch refusal {
    case .missing(let id), .damaged(let id): object["object"] = JSONValue(id.hex)
    case .newerRules(let version): object["rules"] = .number(JSONNumber(version))
    case .forgedJoint(let flaw): object["flaw"] = JSONValue(flaw.rawValue)
    case .rewritten(let writer, let version), .takenAway(let writer, let version):
      object["writer"] = JSONValue(writer)
      object["heldBy"] = JSONValue(version.hex)
    case .forbidden: break
    }
    return .object(object)
  }
}
