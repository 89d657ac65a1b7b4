import Documents
import EditorialReview
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Session {
  /// Says of changes of the team and the settings that they count for nothing yet.
  ///
  /// - Parameter paths: Of whatever documents were changed.
  func tellWhatWaits(in paths: [WorkspacePath], of workspace: Workspace) throws {
    let files = try [workspace.teamFile, workspace.settingsFile]
    for path in files where paths.contains(path) {
      let folder = try workspace.documentsOfFolder(around: path)
      guard let kind = folder.collection.all.first(where: { $0.path == path })?.kind.name else { continue }
      let states = try workspace.states(
        of: folder, at: date().instant, by: attributionIfKnown(in: workspace))
      tellWhatWaits(states.authority.waitingChanges(in: kind), in: path)
      if try path == workspace.settingsFile { tellWhoCannotSign(states) }
    }
  }

  /// Whose yes counts for nothing where only signed ones do.
  private func tellWhoCannotSign(_ states: EditorialStates) {
    let team = states.documents.single(Documents.Team.self)
    let names = states.authority.peopleWithoutKey.map { team?.member($0)?.name ?? $0.text }
    if names.isEmpty { return }
    let who = Sentence(fr: Language.french.listing(names), en: Language.english.listing(names))
    output.remark(
      Sentence(
        fr:
          "Sans clé, leur oui ne compte pas : \(who.french). « ligne key add » en ajoute une; deux personnes au moins qui approuvent partout devraient en avoir.",
        en:
          "Without a key their yes does not count: \(who.english). “ligne key add” adds one; two people at least who may approve everywhere should have one."
      ), .attention)
  }

  /// The same of changes that are known.
  func tellWhatWaits(_ changes: [Authority.WaitingChange], in path: WorkspacePath) {
    guard !changes.isEmpty else { return }
    if changes.allSatisfy(\.onlyTakesAway) {
      return output.remark(
        Sentence(
          fr:
            "Ce qui est retiré ne sert plus dès maintenant. Reste à le confirmer par un autre oui : « ligne review show \(path.text) ».",
          en:
            "What was taken away is of no use from now on. It is still to be confirmed by another yes: “ligne review show \(path.text)”."
        ), .attention)
    }
    output.remark(
      Sentence(
        fr:
          "Une partie ne compte pas encore : il y faut un autre oui. « ligne review show \(path.text) » dit quoi.",
        en: "A part does not count yet: it takes another yes. “ligne review show \(path.text)” says which."),
      .attention)
  }
}
