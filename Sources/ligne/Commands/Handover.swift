import ArgumentParser
import Documents
import EditorialHistory
import EditorialReports
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Ligne {
  /// Tells what somebody has to know who takes over.
  struct Handover: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "handover",
        abstract: Sentence(
          fr: "Prendre la relève : ce qui a changé, ce qui attend, ce qui est promis",
          en: "Take over: what changed, what waits, what was promised"),
        discussion: Sentence(
          fr: """
            Ce que les autres ont changé depuis votre dernière version, document par document; les décisions qui \
            attendent, les vôtres d’abord; les conversations ouvertes, les crises en cours; et ce qui est promis : les \
            sorties prévues et les relances.
            """,
          en: """
            What others changed since your last version, document by document; the decisions that wait, yours first; \
            open conversations and crises under way; and what was promised: planned releases and follow-ups.
            """))
    }

    @Option(help: .init(fr: "Depuis cette date", en: "Since this date", value: Localized.Value.date))
    var since: String?

    @Option(
      name: .customLong("for"),
      help: .init(
        fr: "Pour cette personne; vous, sans autre mot", en: "For this person; you, without another word",
        value: Localized.Value.person))
    var person: String?

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let (now, offset) = try session.date()
      let documents = try workspace.documentsOfFolder().collection
      let team = documents.single(Documents.Team.self)
      let member: Documents.Team.Member?
      let email: String
      if let person {
        guard let team else { throw TeamError.unknownMember(person, known: []) }
        let found = try team.member(meantBy: person)
        (member, email) = (found, found.email ?? "")
      } else {
        email = try session.attribution(in: workspace).email
        member = team?.member(withEmail: email)
      }
      let history = try session.history(of: workspace)
      let isTheirs = { (version: Version) in Self.isSameAddress(version.by.email, email) }
      let start = try since.map { try instant(typed: $0, offset: offset) } ?? history.last(where: isTheirs)
      let begin = start ?? Instant(secondsSince1970: now.secondsSince1970 - 7 * 86_400)
      let versions = try history.versions(matching: VersionFilter(since: begin)).filter { !isTheirs($0) }
      let source = ReportSource(
        documents: documents,
        conflicts: Dictionary(grouping: try workspace.openConflicts(), by: \.path).mapValues { _ in [] },
        versions: versions, uncommitted: [],
        provenance: try workspace.provenance(of: documents, at: workspace.head()), now: now, offset: offset)
      let answer = HandoverAnswer(
        handover: EditorialReports.Handover(source, for: member?.id, in: session.language),
        person: member?.shownName ?? (person ?? email), since: Moment(instant: begin, offset: offset),
        versions: versions.count, conflicts: source.conflicts.keys.sorted(), team: team)
      try session.answer(json: answer.json, page: answer.page(when: session.wording, in: session.language))
    }

    /// Upper and lower case of ASCII letters make no difference, as in every mail system in use.
    private static func isSameAddress(_ one: String, _ other: String) -> Bool {
      one.lowercased().utf8.elementsEqual(other.lowercased().utf8)
    }
  }
}

extension History {
  /// When the newest version was made that a condition holds for; `nil` where none is.
  fileprivate func last(where condition: (Version) -> Bool) throws(ObjectStoreError) -> Instant? {
    var walk = WorkspaceHistory(self)
    while let version = try walk.next() { if condition(version) { return version.at.instant } }
    return nil
  }
}
