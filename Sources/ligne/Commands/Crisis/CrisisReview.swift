import ArgumentParser
import Documents
import EditorialDesk
import EditorialReview
import JSONTree
import SyncEngine
import SystemPackage
import Wording

extension Ligne.Crisis {
  /// What a team tells itself afterwards.
  struct Review: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "review",
        abstract: Sentence(
          fr: "Écrire le retour sur une crise, en Markdown",
          en: "Write the after-action review of a crisis, as Markdown"),
        discussion: Sentence(
          fr: """
            Ce qui s’est passé, heure par heure, ce qui a été retenu, qui était là; puis les questions auxquelles seules \
            des personnes répondent.
            """,
          en: """
            What happened, hour by hour, what was held, who was there; then the questions that only people can answer.
            """))
    }

    @Argument(
      help: .init(
        fr: "Une crise, en cours ou close; la seule, s’il n’y en a qu’une",
        en: "A crisis, under way or closed; the only one, if there is only one",
        value: Localized.text(fr: "crise", en: "crisis")))
    var crisis: String?

    @Option(
      help: .init(
        fr: "Dans ce fichier, qui ne doit pas exister", en: "Into this file, which must not exist",
        value: Localized.Value.file))
    var output: String?

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let states = try session.states(of: workspace)
      let all = states.crises(closedToo: true)
      let situation: CrisisSituation
      if let crisis {
        situation = try session.situation(of: session.crisis(crisis, in: workspace), in: workspace)
      } else {
        let open = all.filter { !$0.activation.isClosed }
        guard let first = open.first ?? all.first else { throw CrisisRefused.noOpenCrisis }
        guard open.count == 1 || open.isEmpty && all.count == 1 else {
          throw CrisisRefused.severalCrises(
            (open.isEmpty ? all : open).map { "\($0.document.path.shortName) \($0.document.title)" })
        }
        situation = first
      }
      let team = states.documents.single(Documents.Team.self)
      let text = AfterAction(situation, in: states, language: session.language) { person in
        team?.member(person)?.shownName ?? person.text
      }.markdown
      if let output {
        let path = session.path(output)
        guard try !Self.isThere(path) else { throw FileTrouble.inTheWay(output) }
        try FileContents.write(Array(text.utf8), to: path)
      }
      var answer = CrisisAnswer(situation)
      answer.team = team
      if session.asksForJSON {
        var object = answer.json.object ?? JSONObject()
        object["markdown"] = JSONValue(text)
        object["file"] = output.map { JSONValue($0) } ?? .null
        return try session.output.show(.object(object))
      }
      guard let output else { return try session.output.show(file: Array(text.utf8)) }
      let written = Sentence(fr: "Écrit : ", en: "Written: ")
      try session.output.show(
        Page(StyledText(written.text(in: session.language)) + StyledText(output, .name)))
    }

    private static func isThere(_ path: String) throws -> Bool {
      do {
        _ = try FileContents.read(path)
        return true
      } catch FileTrouble.unreadable(_, reason: .noSuchFileOrDirectory) {
        return false
      }
    }
  }
}
