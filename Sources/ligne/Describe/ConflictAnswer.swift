import Documents
import EditorialHistory
import EditorialReports
import JSONTree
import ObjectModel
import SyncEngine
import ThreeWayMerge
import Wording

/// An open conflict with the people behind its candidates.
struct ConflictAnswer {
  var open: OpenConflict
  /// One for each candidate; `nil` where history does not tell.
  var origins: [Origin?]
  /// Who works in this folder: the author of what is not committed yet.
  var here: String?

  /// Looks up the people behind the candidates, document by document.
  static func answers(
    to open: [OpenConflict], _ history: History, here: String?
  ) throws -> [ConflictAnswer] {
    try Set(open.map(\.committedPath)).sorted().flatMap { path in
      let ofDocument = open.filter { $0.committedPath == path }
      let conflicts = OpenConflicts(ofDocument.map { ($0.pointer, $0.conflict) })
      let origins = Dictionary(
        uniqueKeysWithValues: try history.candidateOrigins(of: conflicts, in: path)
          .map { ($0.pointer, $0.origins) })
      return ofDocument.map { ConflictAnswer(open: $0, origins: origins[$0.pointer] ?? [], here: here) }
    }
  }

  /// The same for a report.
  func settlement(in language: Language) -> ReportSource.Settlement {
    let candidates = open.conflict.candidates
    return ReportSource.Settlement(
      at: open.pointer, shown: open.conflict.shown,
      candidates: candidates.indices.map { index in
        let person = open.uncommitted.contains(index) ? here : origin(of: index)?.by.name
        let shown: JSONValue? =
          switch candidates[index] {
          case .deleted: nil
          case .value(let file) where open.isOfWholeFile:
            JSONValue(wording(ofFile: file).text(in: language))
          default: value(of: candidates[index])
          }
        return ReportSource.Candidate(shown, by: person)
      })
  }

  var json: JSONValue {
    let candidates = open.conflict.candidates
    let listed: [JSONValue] = candidates.indices.map { index in
      var object: JSONObject = ["value": value(of: candidates[index])]
      if candidates[index] == .deleted { object["deleted"] = true }
      if case .value(let value) = candidates[index], let file = open.files[value] {
        object["size"] = .number(JSONNumber(file.size))
      }
      let origin = origin(of: index)
      object["by"] = origin.map { JSONValue($0.by.name) } ?? .null
      if open.uncommitted.contains(index) {
        object["by"] = here.map { JSONValue($0) } ?? .null
        object["uncommitted"] = true
      }
      object["at"] = origin.map { JSONValue($0.at.description) } ?? .null
      object["commit"] = origin.map { JSONValue($0.commit.hex) } ?? .null
      return .object(object)
    }
    return [
      "path": JSONValue(open.path.text), "id": open.id.map { JSONValue($0) } ?? .null,
      "pointer": JSONValue(open.pointer.description), "kind": JSONValue(open.conflict.kind.rawValue),
      "base": open.conflict.base ?? .null, "shown": .number(JSONNumber(shown)), "candidates": .array(listed),
    ]
  }

  /// The version a candidate comes from; `nil` where it is in none, or history does not tell.
  private func origin(of index: Int) -> Origin? {
    origins.indices.contains(index) && !open.uncommitted.contains(index) ? origins[index] : nil
  }

  /// The number of the candidate the document shows, from 1.
  private var shown: Int { open.conflict.shown + 1 }

  private func value(of candidate: Candidate) -> JSONValue {
    switch candidate {
    case .deleted: .null
    case .kept: open.current ?? .null
    case .value(let value): value
    }
  }

  /// - Parameter documents: As the folder has them; those that can't be read are called by their paths.
  static func describe(
    _ answers: [ConflictAnswer], in documents: [WorkspacePath: JSONValue], _ wording: FieldWording,
    when: ClockWording, in language: Language
  ) -> Page {
    guard let first = answers.first else {
      return Page(
        StyledText(Sentence(fr: "Rien à trancher.", en: "Nothing to settle.").text(in: language), .good))
    }
    var page = Page(
      StyledText(CountedNoun.conflicts.counted(answers.count).text(in: language), .strong)
        + StyledText(Sentence(fr: " à trancher", en: " to settle").text(in: language)))
    var told: WorkspacePath?
    for answer in answers {
      let (path, document) = (answer.open.path, documents[answer.open.path])
      let names = wording[document?["kind"]?.string]
      if path != told {
        page.blank()
        if let title = document?["title"]?.text, title.contains(where: { !$0.isWhitespace }) {
          page.line(StyledText(title, .strong))
        }
        page.line(StyledText(path.text, .name))
        told = path
      }
      page.line(
        // What is open of the document as a whole has no place in it.
        (answer.open.pointer.steps.isEmpty
          ? StyledText() : names.heading(of: answer.open.pointer, in: language) + "  ")
          + StyledText(answer.open.conflict.kind.wording(at: answer.open.pointer).text(in: language), .quiet),
        indent: 2)
      let said = answer.saidValues(by: names, in: language)
      for (index, candidate) in answer.open.conflict.candidates.enumerated() {
        let origin = answer.origin(of: index)
        let mark =
          index == answer.shown - 1 ? Sentence(fr: "  (affiché)", en: "  (shown)") : Sentence(fr: "", en: "")
        var head = StyledText("\(index + 1)  ", .strong)
        if let origin {
          head += StyledText(origin.by.name) + StyledText(", \(when(origin.at))", .quiet)
        } else if answer.open.uncommitted.contains(index) {
          head += StyledText(
            Sentence(fr: "vous, pas encore enregistré", en: "you, not committed yet").text(in: language))
        } else {
          head += StyledText(Sentence(fr: "auteur inconnu", en: "author unknown").text(in: language), .quiet)
        }
        page.line(head + StyledText(mark.text(in: language), .quiet), indent: 4)
        answer.quote(candidate, as: said[index], on: &page, in: language)
      }
    }
    let name = first.open.path.shortName
    let isAlone = answers.count { $0.open.path == first.open.path } == 1
    let command = "ligne resolve \(name) " + (isAlone ? "" : first.place + " ") + "--take N"
    page.next =
      first.open.isOfWholeFile
      ? Sentence(
        fr: "« \(command) » choisit; « ligne resolve \(name) --all » garde le fichier affiché.",
        en: "“\(command)” chooses; “ligne resolve \(name) --all” keeps the file that is shown.")
      : Sentence(
        fr: "« \(command) » choisit; « --value » ou « --edit » écrit autre chose.",
        en: "“\(command)” chooses; “--value” or “--edit” writes something else.")
    return page
  }

  /// The pointer as it is typed: the whole document is an empty one.
  private var place: String { open.pointer.steps.isEmpty ? "\"\"" : open.pointer.description }

  /// The candidates in words, each other than the others.
  private func saidValues(by names: FieldNames, in language: Language) -> [String] {
    names.shortWords(ofAll: open.conflict.candidates.map(value), at: open.pointer, in: language)
  }

  private func quote(
    _ candidate: Candidate, as said: String, on page: inout Page, in language: Language
  ) {
    switch candidate {
    case .deleted:
      page.line(StyledText(Sentence(fr: "supprimer", en: "delete").text(in: language), .bad), indent: 7)
    case .kept:
      page.line(StyledText(Sentence(fr: "garder", en: "keep").text(in: language), .good), indent: 7)
      if !open.pointer.steps.isEmpty, open.current != nil { page.quote(said, indent: 7) }
    case .value(let value) where open.isOfWholeFile:
      page.quote(wording(ofFile: value).text(in: language), indent: 7)
    case .value(let value):
      if let text = value.text, open.conflict.kind == .text, let base = open.conflict.base?.text {
        page.lines(StyledText.lines(of: wordRuns(from: base, to: text).map(WordChange.init)), indent: 7)
      } else {
        page.quote(said, indent: 7)
      }
    }
  }

  /// What a whole file is that may be chosen.
  private func wording(ofFile name: JSONValue) -> Sentence {
    guard let file = open.files[name] else {
      return Sentence(
        fr: "un fichier qui n’est pas sur cet ordinateur", en: "a file that is not on this computer")
    }
    let size = CountedNoun.bytes.counted(file.size)
    switch file.reading {
    case .document(let title?):
      return Sentence(
        fr: "le document « \(title) », \(size.french)", en: "the document “\(title)”, \(size.english)")
    case .document(nil):
      return Sentence(
        fr: "un document lisible, \(size.french)", en: "a document that can be read, \(size.english)")
    case .unreadable:
      return Sentence(
        fr: "un document que personne ne peut lire, \(size.french)",
        en: "a document that nobody can read, \(size.english)")
    case .other:
      return Sentence(fr: "un fichier, \(size.french)", en: "a file, \(size.english)")
    }
  }
}
