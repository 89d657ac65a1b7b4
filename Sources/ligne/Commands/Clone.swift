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
      let (workspace, commit, refused) = try await session.output.progress(
        Sentence(fr: "Copie de l’espace", en: "Copying the workspace")
      ) { progress in
        do {
          return try await Workspace.clone(
            remote, into: target.lexicallyNormalized().string, by: attribution,
            transport: { session.transport(gitFolder: $0) }, progress: progress.show)
        } catch let error as TransportError {
          throw CloneTrouble(cause: error)
        }
      }
      let count = try workspace.documentPaths().count
      try session.answer(
        json: Self.json(workspace.folder, commit, refused),
        page: Self.describe(workspace.folder, documents: count, refused, in: session.language))
      if !refused.isEmpty { throw PersonNeeded() }
    }

    private static func json(
      _ folder: String, _ commit: ObjectID, _ refused: [SyncReport.Refused]
    ) -> JSONValue {
      var object: JSONObject = ["workspace": JSONValue(folder), "commit": JSONValue(commit.hex)]
      if !refused.isEmpty { object["refused"] = .array(refused.map(\.json)) }
      return .object(object)
    }

    /// The last part of an address, without `.git`: where git itself would put it.
    static func folderName(for address: String) -> String {
      let parts = address.split { $0 == "/" || $0 == ":" }
      let name = parts.last { $0 != ".git" }.map(String.init) ?? "ligne"
      return name.hasSuffix(".git") ? String(name.dropLast(4)) : name
    }

    static func describe(
      _ folder: String, documents: Int, _ refused: [SyncReport.Refused], in language: Language
    ) -> Page {
      var page = Page(
        StyledText(CountedNoun.documents.counted(documents).text(in: language), .strong)
          + StyledText(Sentence(fr: " dans ", en: " in ").text(in: language)) + StyledText(folder, .name))
      for refusal in refused {
        page.line(StyledText(refusal.told.text(in: language)), indent: 2)
        if let hint = refusal.hint { page.line(StyledText(hint.text(in: language)), indent: 2) }
      }
      page.next = Sentence(
        fr: "« ligne status » dit où vous en êtes, « ligne list » montre les documents.",
        en: "“ligne status” says where you are, “ligne list” shows the documents.")
      return page
    }
  }
}

/// Why a team could not be joined: what the exchange met, and what to do when there is no workspace yet.
struct CloneTrouble: ExplainedError {
  var cause: TransportError

  var code: String { cause.code }
  var message: Sentence { cause.message }

  var hint: Sentence? {
    switch cause {
    case .noGit:
      Sentence(
        fr: "Installez git 2.39 ou une version plus récente (git-scm.com), puis refaites « ligne clone ».",
        en: "Install git 2.39 or newer (git-scm.com), then run “ligne clone” again.")
    case .unreachable(_, .pathMissing):
      Sentence(
        fr: "Branchez la clé ou le disque partagé, ou vérifiez l’adresse auprès de l’équipe.",
        en: "Plug in the stick or shared disk, or check the address with the team.")
    case .unreachable:
      Sentence(
        fr: "Vérifiez la connexion de cet ordinateur et l’adresse, puis refaites « ligne clone ».",
        en: "Check this computer’s connection and the address, then run “ligne clone” again.")
    case .notARepository(_, .webPage):
      Sentence(
        fr:
          "Sur un réseau public, connectez-vous d’abord par sa page d’accueil. Sinon, vérifiez que l’adresse est celle que l’hébergeur donne pour git.",
        en:
          "On a public network, sign in through its welcome page first. Otherwise check that the address is the one the host gives for git."
      )
    case .notARepository:
      Sentence(
        fr: "Vérifiez l’adresse auprès de l’équipe, et demandez si vous êtes de la partie.",
        en: "Check the address with the team, and ask whether you are invited.")
    case .localDiskFull:
      Sentence(
        fr: "Faites de la place, puis refaites « ligne clone ».",
        en: "Make room, then run “ligne clone” again.")
    case .truncated, .busy, .damagedObjects, .tooMuch, .cancelled, .other:
      Sentence(
        fr: "Refaites « ligne clone »; rien n’a été laissé dans le dossier.",
        en: "Run “ligne clone” again; nothing was left in the folder.")
    case .authentication, .hostKey, .tls, .readOnly, .remoteFull, .tooLargeForHost, .addressRefused,
      .dubiousOwnership, .refusedByHost, .refusedByOwnCheck:
      cause.hint
    }
  }
}
