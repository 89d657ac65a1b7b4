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
            Ce que les autres ont changé et que votre dernière version ne connaissait pas, même écrit plus tôt, document \
            par document; avec --since, ce qu’ils ont fait depuis cette date. Puis les décisions qui \
            attendent, les vôtres d’abord; les conversations ouvertes, les crises en cours; et ce qui est promis : les \
            sorties prévues et les relances.
            """,
          en: """
            What others changed that your last version did not know, even if written earlier, document by document; with \
            --since, what they did since that date. Then the decisions that wait, yours first; \
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
      let clock = try session.clock(of: workspace)
      let documents = try session.documentsOfFolder(in: workspace).collection
      let team = documents.single(Documents.Team.self)
      let member: Documents.Team.Member?
      let (email, name): (String, String)
      if let person {
        guard let team else { throw TeamError.unknownMember(person, known: []) }
        let found = try team.member(meantBy: person)
        (member, email, name) = (found, found.email ?? "", found.shownName)
      } else {
        let somebody = try session.attribution(in: workspace)
        member = team?.member(withEmail: somebody.email)
        (email, name) = (somebody.email, member?.shownName ?? somebody.name)
      }
      let history = try session.history(of: workspace)
      let isTheirs = { (address: String) in Documents.Team.isSameAddress(address, email) }
      let begin: Instant
      let versions: [Version]
      if since == nil, let unseen = try history.versions(unseenBy: { isTheirs($0.author.email) }) {
        (begin, versions) = (unseen.last.at.instant, unseen.versions)
      } else {
        // Who has made no version is told of the last days.
        let week = Instant(secondsSince1970: clock.now.secondsSince1970 - 7 * 86_400)
        begin = try since.map { try clock.beginning(typed: $0, towards: .past) } ?? week
        versions = try history.versions(matching: VersionFilter(since: begin))
          .filter { !isTheirs($0.by.email) }
      }
      let source = ReportSource(
        documents: documents,
        conflicts: Dictionary(grouping: try workspace.openConflicts(), by: \.path).mapValues { _ in [] },
        versions: versions, uncommitted: [],
        provenance: try workspace.provenance(of: documents, at: workspace.head()), clock: clock)
      let answer = HandoverAnswer(
        handover: EditorialReports.Handover(
          source, for: member?.id, in: session.language),
        person: name, since: clock.moment(begin),
        versions: versions.count, conflicts: source.conflicts.keys.sorted(), team: team)
      try session.answer(
        json: answer.json, page: answer.page(when: session.when(in: workspace), in: session.language))
    }
  }
}
