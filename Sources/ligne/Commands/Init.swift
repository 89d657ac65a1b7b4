import ArgumentParser
import Documents
import JSONTree
import ObjectModel
import SyncEngine
import SystemPackage
import Wording

extension Ligne {
  /// Makes a workspace.
  struct Init: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "init",
        abstract: Sentence(fr: "Créer un espace de travail", en: "Make a workspace"),
        discussion: Sentence(
          fr: """
            Crée le dossier de l’équipe avec une ligne éditoriale et un plan de crise de départ, à adapter. Vous en êtes \
            la première personne membre. Rien n’est partagé avant « ligne remote » et « ligne sync ». Un dossier \
            d’équipe sans historique en reçoit un, avec ses fichiers tels quels.
            """,
          en: """
            Makes the team’s folder with a starter editorial line and crisis plan to adapt. You are its first member. \
            Nothing is shared before “ligne remote” and “ligne sync”. A team’s folder without a history gets one, with \
            its files as they are.
            """))
    }

    @Argument(
      help: .init(
        fr: "Où; le dossier courant si rien n’est dit", en: "Where; the current folder if nothing is said",
        value: Localized.Value.folder),
      completion: .directory)
    var folder: String?

    @Option(
      help: .init(
        fr: "Nom de la marque ou de l’organisation; inutile là où il y a déjà un ligne.json",
        en: "Name of the brand or organisation; not needed where there is a ligne.json already",
        value: Localized.Value.text))
    var brand: String?

    @Option(
      help: .init(
        fr: "Langue principale, comme fr-CA", en: "Main language, such as fr-CA",
        value: Localized.Value.language))
    var language = "fr-CA"

    @Option(
      help: .init(
        fr: "Fuseau horaire des dates et des heures", en: "Time zone of dates and times",
        value: Localized.Value.zone))
    var zone = "America/Toronto"

    @Option(
      help: .init(
        fr: "Approbation avant publication", en: "Approval before publication",
        value: Localized.Value.workflow))
    var workflow = WorkflowName.optional

    @Option(
      name: .customLong("channel"),
      help: .init(
        fr: "Un compte où l’on publie, comme infolettre=email:nouvelles@example.org; peut revenir",
        en: "An account to publish on, such as newsletter=email:news@example.org; may be repeated",
        value: ChannelAssignment.form))
    var channels: [ChannelAssignment] = []

    @Flag(
      help: .init(
        fr: "Sans ligne éditoriale ni plan de crise de départ", en: "Without starter line and crisis plan"))
    var empty = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
      guard let brand else {
        // The files of a workspace say whose it is.
        if try Workspace.isWorkspace(target(from: System.currentFolder())) { return }
        throw ValidationError(
          fr: "Il manque « --brand <texte> » : le nom de la marque ou de l’organisation.",
          en: "Missing “--brand <text>”: the name of the brand or organisation.")
      }
      if brand.allSatisfy(\.isWhitespace) {
        throw ValidationError(fr: "La marque a besoin d’un nom.", en: "The brand needs a name.")
      }
      try LanguageTag.validate(language)
      if !TimeZoneName.isKnown(zone) {
        throw ValidationError(
          fr: "« --zone » ne connaît pas « \(zone) » : un fuseau s’écrit America/Toronto ou Europe/Paris.",
          en: "“--zone” does not know “\(zone)”: a zone is written America/Toronto or Europe/Paris.")
      }
      let platforms = StarterWishes.platforms
      for channel in channels where !platforms.contains(channel.platform) {
        let known = platforms.joined(separator: ", ")
        throw ValidationError(
          fr: "« --channel » ne connaît pas la plateforme « \(channel.platform) ». Il y a : \(known).",
          en: "“--channel” does not know the platform “\(channel.platform)”. There are: \(known).")
      }
      var seen: Swift.Set<String> = []
      for channel in channels where !seen.insert(channel.id).inserted {
        throw ValidationError(
          fr: "Deux canaux portent l’id « \(channel.id) ».", en: "Two channels have the id “\(channel.id)”.")
      }
    }

    func run(in session: Session) throws {
      let target = try session.absoluteFolder().pushing(FilePath(folder ?? ".")).lexicallyNormalized().string
      let attribution = try session.attribution(in: nil, beginningAt: target)
      // The files of a workspace without a history are its first version.
      let files = Workspace.isWorkspace(target) ? [] : try starterFiles(for: attribution, in: session)
      let message = language.hasPrefix("fr") ? "Premier espace de travail" : "First workspace"
      let (workspace, commit) = try Workspace.create(
        at: target, files: files, message: message, by: attribution)
      try session.answer(
        json: ["workspace": JSONValue(workspace.folder), "commit": JSONValue(commit.hex)],
        page: Self.describe(
          try workspace.settings().brand ?? brand ?? "", in: workspace.folder, language: session.language))
    }

    private func starterFiles(
      for attribution: Attribution, in session: Session
    ) throws -> [(path: WorkspacePath, bytes: [UInt8])] {
      let (instant, offset) = try session.date()
      var wishes = StarterWishes(brand: brand ?? "", authorName: attribution.name)
      wishes.authorEmail = attribution.email
      wishes.language = language
      wishes.timeZone = zone
      wishes.preset = WorkflowPreset(rawValue: workflow.rawValue) ?? .optional
      wishes.channels = channels.map { .init(id: $0.id, platform: $0.platform, handle: $0.handle) }
      wishes.isEmpty = empty
      var random = SystemRandomNumberGenerator()
      return try Documents.starterFiles(wishes, at: instant, offset: offset, using: &random)
    }

    private func target(from current: FilePath) -> String {
      current.pushing(FilePath(options.folder ?? ".")).pushing(FilePath(folder ?? ".")).lexicallyNormalized()
        .string
    }

    static func describe(_ brand: String, in folder: String, language: Language) -> Page {
      var page = Page(
        StyledText(brand, .strong)
          + StyledText(
            Sentence(fr: " a son espace de travail : ", en: " has its workspace: ").text(in: language))
          + StyledText(folder, .name))
      page.next = Sentence(
        fr:
          "« ligne new post --title \"…\" » écrit une publication, « ligne remote ADRESSE » invite l’équipe.",
        en: "“ligne new post --title \"…\"” writes a post, “ligne remote ADDRESS” brings in the team.")
      return page
    }
  }
}
