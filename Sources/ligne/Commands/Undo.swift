import ArgumentParser
import EditorialHistory
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Ligne {
  /// Takes back what was done last, or one version.
  struct Undo: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "undo",
        abstract: Sentence(
          fr: "Annuler ce qui s’est fait en dernier, ou une version",
          en: "Take back what was done last, or one version"),
        discussion: Sentence(
          fr: """
            Sans autre mot, annule ce qui s’est fait en dernier sur cet ordinateur : la version que vous venez \
            d’enregistrer, sinon la dernière mise en commun qui a apporté quelque chose. Avec une version, annule ce \
            qu’elle a changé; ce qui a été écrit depuis reste, et là où les mêmes mots ont changé, les deux textes sont \
            gardés : « ligne resolve » permet de choisir. L’annulation est une version nouvelle : rien ne quitte \
            l’historique, et une fois partagée, elle vaut pour toute l’équipe. L’annuler à son tour ramène tout. Ce que \
            vous n’avez pas enregistré reste tel quel.

            Une mise en commun est le travail d’autres personnes : dans un terminal, une question est posée d’abord, et \
            tant que quelque chose n’est pas enregistré, il faut dire « --sync ». Les crises qu’on y a déclarées durent.
            """,
          en: """
            Without another word, takes back what was done last on this computer: the version you have just committed, \
            else the last sync that brought something in. With a version, takes back what it changed; what was written \
            since stays, and where the same words changed, both texts are kept: “ligne resolve” lets you choose. The \
            undo is a new version: nothing leaves the history, and once it is shared, it holds for the whole team. \
            Undoing it in turn brings everything back. What you have not committed stays as it is.

            A sync is the work of others: on a terminal you are asked first, and while something is not committed it takes \
            “--sync”. Crises that were declared in it go on.
            """))
    }

    @Argument(
      help: .init(
        fr: "Quelle version : un id, une date, une étiquette ou -1, celle d’avant la dernière",
        en: "Which version: an id, a date, a tag, or -1, the one before the last",
        value: Localized.Value.version))
    var version: String?

    @Flag(
      help: .init(
        fr: "La dernière mise en commun, même si des versions ont été enregistrées depuis",
        en: "The last sync, whatever was committed since"))
    var sync = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
      if sync, version != nil {
        throw ValidationError(
          fr: "« --sync » ou une version : choisissez.", en: "“--sync” or a version: choose.")
      }
    }

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let undoable =
        try version.map { try workspace.undoable(session.version($0, in: workspace)) }
        ?? (sync ? workspace.lastSync() : workspace.lastDone())
      let status = try workspace.status()
      // Whoever names no version may mean what they did since the last one.
      let uncommitted =
        version == nil && !sync ? status.changes.filter { $0.path.isDocument } : []
      if undoable.kind == .sync, !sync, version == nil {
        if !uncommitted.isEmpty {
          throw UndoRefused(uncommitted: uncommitted, versions: undoable.versions.count)
        }
        if session.canAsk { try confirm(undoable, in: workspace, session) }
      }
      let message: Sentence
      var undone: Sentence?
      switch undoable.kind {
      case .version:
        let commit = try workspace.objects.commit(undoable.versions[0])
        let subject = String(commit.message.prefix { !$0.isNewline })
        undone = Sentence(
          fr: "La version « \(subject) », \(commit.author.name), est annulée",
          en: "The version “\(subject)”, \(commit.author.name), is taken back")
        message = Sentence(fr: "Annule « \(subject) »", en: "Take back “\(subject)”")
      case .sync:
        let count = CountedNoun.versions.counted(undoable.versions.count)
        message = Sentence(
          fr: "Annule une mise en commun (\(count.french))", en: "Take back a sync (\(count.english))")
      }
      let before = Swift.Set(status.crises.map(\.path))
      let report = try workspace.undo(
        undoable, message: message.text(in: session.language), by: session.attribution(in: workspace))
      if !uncommitted.isEmpty { session.output.remark(Self.remark(on: uncommitted), .attention) }
      let crises = try workspace.status().crises
      for crisis in status.crises where !crises.contains(where: { $0.path == crisis.path }) {
        session.output.remark(
          Sentence(
            fr:
              "Cette crise n’est plus déclarée, et ne retient plus rien : \(crisis.title)  (« ligne calendar »)",
            en:
              "This crisis is declared no more, and holds nothing any more: \(crisis.title)  (“ligne calendar”)"
          ),
          .attention)
      }
      for crisis in crises where !before.contains(crisis.path) {
        session.output.remark(
          Sentence(
            fr: "La crise reprend, et retient ce qu’elle retenait : \(crisis.title)  (« ligne crisis »)",
            en: "The crisis goes on again, and holds what it held: \(crisis.title)  (“ligne crisis”)"),
          .attention)
      }
      try session.answer(
        json: Self.json(report, undoable),
        page: Self.describe(
          report, MadeVersion(report.commit, changing: report.documents, in: workspace), undoable, undone,
          in: session.language)
      )
      if !report.conflicts.isEmpty { throw PersonNeeded() }
    }

    /// What is not committed is not taken back, and how it could be.
    private static func remark(on uncommitted: [PathChange]) -> Sentence {
      let ways = UndoRefused.ways(for: uncommitted)
      return Sentence(
        fr: "Ce qui n’est pas enregistré reste : \(ways.french).",
        en: "What is not committed stays: \(ways.english).")
    }

    /// What a sync brought is the work of others, and goes for the whole team.
    private func confirm(_ undoable: Undoable, in workspace: Workspace, _ session: Session) throws {
      var people: [String] = []
      for id in undoable.versions {
        let name = try workspace.objects.commit(id).author.name
        if !people.contains(where: { $0.utf8.elementsEqual(name.utf8) }) { people.append(name) }
      }
      let (count, names) = (CountedNoun.versions.counted(undoable.versions.count), people)
      let what = Sentence(
        fr:
          "Ce qui s’est fait en dernier est une mise en commun : \(count.french), par \(Language.french.listing(names)).",
        en: "What was done last is a sync: \(count.english), by \(Language.english.listing(names)).")
      try session.confirm(
        Sentence(fr: "L’annuler pour toute l’équipe?", en: "Take it back for the whole team?"),
        losing: Page(StyledText(what.text(in: session.language))), what)
    }

    static func json(_ report: UndoReport, _ undoable: Undoable) -> JSONValue {
      [
        "commit": JSONValue(report.commit.hex),
        "undone": .array(undoable.versions.map { JSONValue($0.hex) }),
        "documents": .array(report.documents.map { JSONValue($0.text) }),
        "conflicts": .array(report.conflicts.map(\.json)),
        "carried": .array(report.carried.map { JSONValue($0.text) }),
        "passedBy": .array(report.passedBy.map { JSONValue($0.text) }),
        "decisions": .array(report.decisions.map { JSONValue($0.text) }),
        "crises": .array(report.crises.map { JSONValue($0.text) }),
      ]
    }

    /// - Parameter undone: Says which version; `nil` for a sync.
    static func describe(
      _ report: UndoReport, _ made: MadeVersion, _ undoable: Undoable, _ undone: Sentence?,
      in language: Language
    ) -> Page {
      let count = CountedNoun.versions.counted(undoable.versions.count)
      let what =
        undone
        ?? Sentence(
          fr: "La dernière mise en commun est annulée (\(count.french))",
          en: "The last sync is taken back (\(count.english))")
      let short = report.commit.hex.prefix(8)
      var page = Page(
        StyledText(what.text(in: language), .strong)
          + StyledText(Sentence(fr: " par la version ", en: " by version ").text(in: language))
          + StyledText(String(short), .name))
      page.append(made.listed(in: language))
      if made.takesBackARelease {
        page.line(
          StyledText(
            Sentence(
              fr:
                "Ce qui est sorti l’est toujours\u{A0}: seule la note en est reprise, et la publication peut sortir encore.",
              en:
                "What went out is still out: only the note of it is taken back, and the post may go out again."
            ).text(in: language), .attention), indent: 2)
      }
      for path in report.passedBy {
        page.line(
          StyledText(
            Sentence(
              fr: "\(path.text) ne se lit pas : laissé tel quel, à corriger",
              en: "\(path.text) can’t be read: left as it is, to be mended"
            ).text(in: language)), indent: 2)
      }
      if !report.decisions.isEmpty {
        let kept = CountedNoun(
          fr: ("décision d’une autre personne reste", "décisions d’autres personnes restent"),
          en: ("decision of somebody else stays", "decisions of others stay")
        ).counted(report.decisions.count)
        page.line(StyledText(kept.text(in: language)), indent: 2)
      }
      if !report.crises.isEmpty {
        page.line(
          StyledText(
            Sentence(
              fr: "Les crises que d’autres ont déclarées durent.", en: "Crises that others declared go on."
            ).text(in: language), .attention), indent: 2)
      }
      page.line(
        StyledText(
          Sentence(
            fr: "Rien ne quitte l’historique. Une fois partagée, cette version vaut pour toute l’équipe.",
            en: "Nothing leaves the history. Once it is shared, this version holds for the whole team."
          ).text(in: language)))
      if report.conflicts.isEmpty {
        page.next = Sentence(
          fr: "« ligne sync » la partage; « ligne undo \(short) » ramène tout.",
          en: "“ligne sync” shares it; “ligne undo \(short)” brings everything back.")
      } else {
        page.line(
          StyledText(CountedNoun.conflicts.counted(report.conflicts.count).text(in: language), .attention)
            + StyledText(Sentence(fr: " à trancher", en: " to settle").text(in: language)))
        page.next = Sentence(
          fr: "« ligne conflicts » montre chaque choix et qui l’a écrit.",
          en: "“ligne conflicts” shows each choice and who wrote it.")
      }
      return page
    }
  }
}

/// What was done last is not committed, and before it came a sync.
struct UndoRefused: ExplainedError {
  var uncommitted: [PathChange]
  /// How many the sync brought.
  var versions: Int

  var code: String { "uncommitted" }

  var message: Sentence {
    Sentence(
      fr: "Ce que vous avez fait en dernier n’est pas enregistré : rien n’est annulé.",
      en: "What you did last is not committed: nothing is taken back.")
  }

  var hint: Sentence? {
    let (count, ways) = (CountedNoun.versions.counted(versions), Self.ways(for: uncommitted))
    return Sentence(
      fr: "\(ways.french); « ligne undo --sync » annule la dernière mise en commun (\(count.french)).",
      en: "\(ways.english); “ligne undo --sync” takes back the last sync (\(count.english)).")
  }

  /// How what is not committed is undone: what a version has, and what is new.
  static func ways(for changes: [PathChange]) -> Sentence {
    var ways: [Sentence] = []
    if changes.contains(where: { $0.old != nil }) {
      ways.append(
        Sentence(
          fr: "« ligne restore DOCUMENT --to -0 » remet un document comme dans la dernière version",
          en: "“ligne restore DOCUMENT --to -0” puts a document back as in the last version"))
    }
    if changes.contains(where: { $0.old == nil }) {
      ways.append(
        Sentence(
          fr: "« ligne delete DOCUMENT » en supprime un qui est nouveau",
          en: "“ligne delete DOCUMENT” deletes one that is new"))
    }
    return Sentence(
      fr: ways.map(\.french).joined(separator: "; "), en: ways.map(\.english).joined(separator: "; "))
  }
}
