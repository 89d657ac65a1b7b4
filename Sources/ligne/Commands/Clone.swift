import ArgumentParser
import GitStore
import JSONTree
import ObjectModel
import SyncEngine
import SystemPackage
import Wording

extension Ligne {
  /// Joins a team.
  struct Clone: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "clone",
        abstract: Sentence(fr: "Rejoindre une équipe", en: "Join a team"),
        discussion: Sentence(
          fr: """
            Copie tout l’espace de l’équipe, avec son historique, dans un dossier de cet ordinateur. Vous pouvez ensuite \
            travailler sans connexion.
            """,
          en: """
            Copies the team’s whole workspace, with its history, into a folder of this computer. After that you can work \
            without a connection.
            """))
    }

    @Argument(
      help: .init(
        fr: "L’adresse que l’équipe vous a donnée", en: "The address the team gave you",
        value: Localized.Value.address),
      completion: .directory)
    var address: String

    @Argument(
      help: .init(
        fr: "Où; un dossier nommé d’après l’adresse si rien n’est dit",
        en: "Where; a folder named after the address if nothing is said", value: Localized.Value.folder),
      completion: .directory)
    var folder: String?

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) async throws {
      let remote = try RemoteAddress(session.teamAddress(address))
      let target = try session.absoluteFolder().pushing(FilePath(folder ?? Self.folderName(for: address)))
      let attribution = try session.attribution(in: nil)
      let (workspace, commit) = try await session.output.progress(
        Sentence(fr: "Copie de l’espace", en: "Copying the workspace")
      ) { progress in
        try await Workspace.clone(
          remote, into: target.lexicallyNormalized().string, by: attribution,
          transport: { GitTransport(gitFolder: $0) }, progress: progress.show)
      }
      let count = try workspace.documentPaths().count
      try session.answer(
        json: ["workspace": JSONValue(workspace.folder), "commit": JSONValue(commit.hex)],
        page: Self.describe(workspace.folder, documents: count, in: session.language))
    }

    /// The last part of an address, without `.git`: where git itself would put it.
    static func folderName(for address: String) -> String {
      let parts = address.split { $0 == "/" || $0 == ":" }
      let name = parts.last { $0 != ".git" }.map(String.init) ?? "ligne"
      return name.hasSuffix(".git") ? String(name.dropLast(4)) : name
    }

    static func describe(_ folder: String, documents: Int, in language: Language) -> Page {
      var page = Page(
        StyledText(CountedNoun.documents.counted(documents).text(in: language), .strong)
          + StyledText(Sentence(fr: " dans ", en: " in ").text(in: language)) + StyledText(folder, .name))
      page.next = Sentence(
        fr: "« ligne status » dit où vous en êtes, « ligne list » montre les documents.",
        en: "“ligne status” says where you are, “ligne list” shows the documents.")
      return page
    }
  }
}
