import ArgumentParser
import Documents
import EditorialChecks
import JSONTree
import ObjectModel
import SyncEngine
import ThreeWayMerge
import Wording

extension Ligne {
  /// Exchanges changes with the team.
  struct Sync: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "sync",
        abstract: Sentence(
          fr: "Échanger les changements avec l’équipe", en: "Exchange changes with the team"),
        discussion: Sentence(
          fr: """
            Prend ce que les collègues ont partagé, le réunit à vos versions et partage le résultat. Là où deux personnes \
            ont changé le même champ, les deux textes sont gardés et listés; « ligne resolve » permet de choisir. Ce que \
            vous n’avez pas enregistré reste tel quel.
            """,
          en: """
            Takes in what colleagues shared, joins it with your versions and shares the result. Where two people changed \
            the same field, both are kept and listed; “ligne resolve” lets you choose. What you have not committed stays \
            as it is.
            """))
    }

    @Flag(help: .init(fr: "Recevoir sans partager", en: "Receive without sharing"))
    var noPush = false

    @Flag(
      help: .init(
        fr: "Montrer ce qui serait échangé, sans rien changer",
        en: "Show what would be exchanged, and change nothing"))
    var dryRun = false

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) async throws {
      let workspace = try session.openWorkspace()
      let attribution = try session.attribution(in: workspace)
      // What came in is told even if sharing fails afterwards: the next sync will not bring it again.
      let before = try workspace.head()
      let brought = Brought()
      workspace.onTakenIn = { brought.report = $0 }
      let transport = session.transport(gitFolder: workspace.gitFolder)
      var random = SystemRandomNumberGenerator()
      let report: SyncReport
      do {
        report = try await session.output.progress(
          Sentence(fr: "Mise en commun", en: "Syncing")
        ) { progress in
          try await workspace.sync(
            SyncOptions(keepsOwnWork: noPush, isRehearsal: dryRun), over: transport, by: attribution,
            random: &random, progress: progress.show)
        }
      } catch let error as any ExplainedError {
        guard let taken = brought.report, !taken.received.isEmpty,
          let completed = try? workspace.completed(taken)
        else { throw error }
        var answer = SyncAnswer(unfinished: completed)
        answer.names = Self.names(for: completed, in: workspace)
        if session.asksForJSON { throw UnfinishedSync(cause: error, done: answer.json) }
        try session.answer(
          json: answer.json,
          page: answer.described(
            Self.changes(broughtBy: completed, since: before, in: workspace), in: session.language))
        throw error
      }
      var answer = SyncAnswer(report: report, isRehearsal: dryRun, sharesNothing: noPush)
      answer.names = Self.names(for: report, in: workspace)
      try session.answer(
        json: answer.json,
        page: answer.described(
          dryRun ? nil : Self.changes(broughtBy: report, since: before, in: workspace), in: session.language))
      if !report.conflicts.isEmpty || !report.refused.isEmpty
        || report.findings.contains(where: { $0.level == .error })
      {
        throw PersonNeeded()
      }
    }

    /// What is different here by what came in. That it can’t be told is no reason not to say what the sync did.
    private static func changes(
      broughtBy report: SyncReport, since before: ObjectID?, in workspace: Workspace
    ) -> MadeVersion? {
      guard !report.received.isEmpty, let head = report.head, head != before else { return nil }
      return try? MadeVersion(broughtBy: head, since: before, in: workspace)
    }

    /// Of the documents in which something was settled by rule or is to be. What they are called is no reason not to say what the
    /// sync did: one that can't be read is called by its path, and its fields as they are written.
    private static func names(
      for report: SyncReport, in workspace: Workspace
    ) -> [WorkspacePath: (title: String?, fields: FieldNames)] {
      let paths = Swift.Set(report.conflicts.map(\.path) + report.notices.map(\.path)).filter(\.isDocument)
      guard !paths.isEmpty, let schemas = try? workspace.schemas(),
        let documents = try? workspace.documents(at: paths)
      else { return [:] }
      var found: [WorkspacePath: (title: String?, fields: FieldNames)] = [:]
      for (path, document) in documents {
        guard case .success(let value) = document else { continue }
        let kind = schemas.kind(of: value)
        found[path] = (kind?.title(of: value), FieldNames(of: kind))
      }
      return found
    }
  }
}

/// What a sync said of what it took in before it went on.
private final class Brought {
  var report: SyncReport?
}

/// A sync that took something in and could not share.
struct UnfinishedSync: PartlyDone {
  var cause: any ExplainedError
  var done: JSONValue

  var code: String { cause.code }
  var message: Sentence { cause.message }
  var hint: Sentence? { cause.hint }
}
