import ArgumentParser
import Documents
import EditorialDesk
import EditorialHistory
import EditorialReview
import JSONTree
import ObjectModel
import SyncEngine
import SystemPackage
import ThreeWayMerge
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
        fr: "Dans ce fichier, qui ne doit pas exister; « - » est la sortie standard",
        en: "Into this file, which must not exist; “-” is standard output",
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
          throw try session.severalCrises((open.isEmpty ? all : open).map(\.document), in: workspace)
        }
        situation = first
      }
      let team = states.documents.single(Documents.Team.self)
      let held = try session.heldBack(by: situation.document, in: workspace)
      let text = AfterAction(
        situation, in: states, holding: held, by: try session.when(in: workspace).clock,
        language: session.language
      ) { person in
        team?.member(person)?.shownName ?? person.text
      }.markdown
      let file = FileContents.target(output)
      if let file {
        let path = session.path(file)
        guard try !Self.isThere(path) else { throw FileTrouble.alreadyThere(file) }
        try FileContents.write(Array(text.utf8), to: path)
      }
      var answer = CrisisAnswer(situation)
      answer.team = team
      if session.asksForJSON {
        var object = answer.json.object ?? JSONObject()
        object["markdown"] = JSONValue(text)
        object["file"] = file.map { JSONValue($0) } ?? .null
        return try session.output.show(.object(object))
      }
      guard let file else { return try session.output.show(file: Array(text.utf8)) }
      let written = Sentence(fr: "Écrit : ", en: "Written: ")
      try session.output.show(
        Page(StyledText(written.text(in: session.language)) + StyledText(file, .name)))
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

extension Session {
  /// What a crisis kept from going out, as the versions show it: when it was declared, and just before it was closed.
  ///
  /// What stands in both is told as it was last. A crisis that no version has yet held nothing back by them.
  fileprivate func heldBack(by crisis: Document, in workspace: Workspace) throws -> [HeldPost] {
    let history = try history(of: workspace)
    let versions = try history.versions(of: committedPath(of: crisis.path, in: workspace))
    guard let declared = versions.last else { return [] }
    var trees = [(try workspace.objects.commit(declared.id).tree, declared.at.instant)]
    let closing = versions.first { $0.documents.contains { $0.fields.contains { $0.pointer == "/state" } } }
    if let closing, closing.id != declared.id,
      let before = try workspace.treeBefore(workspace.objects.commit(closing.id))
    {
      trees.insert((before, closing.at.instant), at: 0)
    }
    return try trees.flatMap { tree, now in
      try workspace.states(ofTree: tree, at: now).heldPosts(by: crisis.id)
    }
  }
}
