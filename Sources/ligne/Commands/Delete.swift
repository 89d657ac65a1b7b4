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
      let version = try workspace.tree(of: workspace.head())
      let wasCommitted = try version.map { tree in
        try report.deleted.allSatisfy { try workspace.objects.file(at: $0, in: tree) != nil }
      }
      try session.answer(
        json: report.json,
        page: report.described(titles, wereCommitted: wasCommitted ?? false, in: session.language))
    }
  }
}

extension DeletionReport {
  fileprivate var json: JSONValue {
    [
      "deleted": .array(deleted.map { JSONValue($0.text) }),
      "kept": kept.map { JSONValue($0.hex) } ?? .null,
      "speakingOfThem": .array(speakingOfThem.map { JSONValue($0.text) }),
    ]
  }

  /// - Parameter wereCommitted: Whether the newest version has all of them.
  fileprivate func described(
    _ titles: [WorkspacePath: String?], wereCommitted: Bool, in language: Language
  ) -> Page {
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
        en: ("document that speaks of it stays", "documents that speak of it stay")
      ).counted(speakingOfThem.count)
      page.line(StyledText(others.text(in: language)))
      page.list(speakingOfThem.map { StyledText($0.text, .name) }, atMost: 8, in: language)
    }
    if let kept {
      page.line(
        StyledText(
          Sentence(
            fr: "Ce qui n’était pas enregistré est gardé : ", en: "What was not committed is kept: "
          ).text(in: language)) + StyledText(String(kept.hex.prefix(8)), .name))
    }
    page.next = next(wereCommitted: wereCommitted)
    return page
  }

  /// How it is kept, and how it comes back.
  private func next(wereCommitted: Bool) -> Sentence? {
    guard wereCommitted else {
      return kept.map { kept in
        let id = kept.hex.prefix(8)
        return Sentence(
          fr: "« ligne kept restore \(id) » ramène ce qui est gardé.",
          en: "“ligne kept restore \(id)” brings back what is kept.")
      }
    }
    let restore = "ligne restore \(deleted[0].shortName) --to -1"
    return Sentence(
      fr: "« ligne commit -m \"…\" » garde la suppression; « \(restore) » ramène le document.",
      en: "“ligne commit -m \"…\"” keeps the deletion; “\(restore)” brings the document back.")
  }
}
