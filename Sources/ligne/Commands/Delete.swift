import ArgumentParser
import Documents
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Ligne {
  /// Takes documents out of the folder.
  struct Delete: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "delete",
        abstract: Sentence(fr: "Supprimer des documents", en: "Delete documents"),
        discussion: Sentence(
          fr: """
            Les fichiers quittent le dossier, et « ligne commit » garde leur suppression. Les versions qui les ont \
            restent, et ce que vous n’aviez pas enregistré est gardé d’abord : tout peut revenir.
            """,
          en: """
            The files leave the folder, and “ligne commit” keeps their deletion. The versions that have them stay, and \
            what you had not committed is kept first: everything can come back.
            """))
    }

    @Argument(help: .document)
    var documents: [String]

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let paths = Swift.Set(try documents.map { try session.document($0, in: workspace) })
      let schemas = try workspace.schemas()
      let documents = try workspace.documents(at: paths).compactMap { path, document in
        // What can’t be read has no title.
        (try? document.get()).map { (path, $0) }
      }
      let titles = Dictionary(
        uniqueKeysWithValues: documents.map { ($0, schemas.kind(of: $1)?.title(of: $1)) })
      let report = try workspace.delete(paths, by: session.attribution(in: workspace))
      try session.answer(
        json: report.json,
        page: report.described(titles, in: session.language))
    }
  }
}

extension DeletionReport {
  fileprivate var json: JSONValue {
    [
      "deleted": .array(deleted.map { JSONValue($0.text) }),
      "kept": kept.map { JSONValue($0.hex) } ?? .null,
      "speakingOfThem": .array(speakingOfThem.map { JSONValue($0.text) }),
      "questions": .number(JSONNumber(questions)),
    ]
  }

  fileprivate func described(_ titles: [WorkspacePath: String?], in language: Language) -> Page {
    let count = CountedNoun.documents.counted(deleted.count)
    var page = Page(
      StyledText(count.text(in: language), .strong)
        + StyledText(
          Sentence(
            fr: deleted.count == 1 ? " supprimé du dossier" : " supprimés du dossier",
            en: " deleted from the folder"
          ).text(in: language)))
    var table = Table([
      Table.Column(title: ""), Table.Column(title: "", isFlexible: true),
      Table.Column(title: "", isFlexible: true),
    ])
    for path in deleted {
      let title = titles[path] ?? nil
      table.add(["", StyledText(title ?? path.text), StyledText(title == nil ? "" : path.text, .quiet)])
    }
    page.table(table)
    if !speakingOfThem.isEmpty {
      let others = CountedNoun(
        fr: ("document qui en parle reste", "documents qui en parlent restent"),
        en: ("document that names what is deleted stays", "documents that name what is deleted stay")
      ).counted(speakingOfThem.count)
      page.line(StyledText(others.text(in: language)))
      page.list(speakingOfThem.map { StyledText($0.text, .name) }, atMost: 8, in: language)
    }
    page.add(kept: kept, in: language)
    if questions > 0 {
      let count = CountedNoun(
        fr: ("question ouverte part avec", "questions ouvertes partent avec"),
        en: ("open question goes with it", "open questions go with it")
      ).counted(questions)
      page.line(StyledText(count.text(in: language), .attention))
    }
    page.next = next
    return page
  }

  /// How it is kept, and how it comes back.
  private var next: Sentence? {
    let back = kept.map { kept -> Sentence in
      let words = "ligne kept restore \(kept.hex.prefix(8))"
      return Sentence(fr: "« \(words) » ramène ce qui est gardé", en: "“\(words)” brings back what is kept")
    }
    guard let first = committed.first else {
      return back.map { Sentence(fr: $0.french + ".", en: $0.english + ".") }
    }
    let document = committed.count == 1 ? first.shortName : nil
    let restore = "ligne restore \(document ?? "DOCUMENT") --to -1"
    let commit = "ligne commit -m \"…\""
    return Sentence(
      fr: "« \(commit) » garde la suppression; « \(restore) » ramène un document"
        + (back.map { "; " + $0.french } ?? "") + ".",
      en: "“\(commit)” keeps the deletion; “\(restore)” brings a document back"
        + (back.map { "; " + $0.english } ?? "") + ".")
  }
}
