import ArgumentParser
import Documents
import JSONTree
import ObjectModel
import PlatformExports
import SyncEngine
import SystemPackage
import Wording

extension Ligne {
  /// Makes documents of what a platform hands out of an account.
  struct Import: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "import",
        abstract: Sentence(
          fr: "Reprendre ce qu’une plateforme rend d’un compte",
          en: "Take in what a platform hands out of an account"),
        discussion: Sentence(
          fr: """
            Les conversations deviennent des documents, comme ce que vous avez publié. Importer encore n’ajoute que ce \
            qui est nouveau, et ne touche à rien de ce que l’équipe a noté; deux personnes qui importent les mêmes \
            fichiers écrivent les mêmes documents. Ce qui ne se lit pas est nommé et n’arrête pas le reste.

            mastodon : outbox.json et actor.json · x : le dossier data de l’archive · meta : Facebook et Instagram, en \
            JSON · bluesky : les enregistrements en JSON · csv : un tableau avec au moins un texte et une date.
            """,
          en: """
            Conversations become documents, and so does what you published. Importing again only adds what is new, and \
            touches nothing the team has noted; two people who import the same files write the same documents. What \
            can’t be read is named and does not stop the rest.

            mastodon: outbox.json and actor.json · x: the archive’s data folder · meta: Facebook and Instagram, as JSON \
            · bluesky: records as JSON · csv: a table with at least a text and a date.
            """))
    }

    @Argument(
      help: .init(
        fr: "D’où cela vient : mastodon, x, meta, bluesky ou csv",
        en: "Where it comes from: mastodon, x, meta, bluesky or csv", value: Localized.Value.kind))
    var source: Source

    @Argument(
      help: .init(
        fr: "Le dossier de l’exportation, un de ses fichiers, ou « - » pour l’entrée standard",
        en: "The folder of the export, one of its files, or “-” for standard input",
        value: Localized.Value.file),
      completion: .file())
    var file: String

    @Option(
      help: .init(
        fr: "À quel canal cela appartient, si plusieurs s’y prêtent",
        en: "Which channel it belongs to, where several could be meant", value: Localized.Value.channel))
    var channel: String?

    @Option(
      help: .init(
        fr: "N’importer que « conversations » ou « posts », nos publications",
        en: "Import only “conversations” or “posts”, what we published", value: Localized.Value.kind))
    var only: Part?

    @Option(
      name: .customLong("map"),
      help: .init(
        fr:
          "Dire ce qu’une colonne d’un tableau contient, comme « Reçu le=at »; peut revenir. Champs : \(CSVField.listed)",
        en:
          "Say what a column of a table holds, such as “Received=at”; may be repeated. Fields: \(CSVField.listed)",
        value: Localized.text(fr: "colonne=champ", en: "column=field")))
    var columns: [ColumnAssignment] = []

    @Flag(
      help: .init(
        fr: "Mettre des pseudonymes aux autres et masquer courriels et téléphones; demande « --secret »",
        en: "Give pseudonyms to others and mask e-mail addresses and telephones; needs “--secret”"))
    var pseudonymise = false

    @Option(
      help: .init(
        fr: "Fichier secret de l’équipe, d’où viennent les pseudonymes",
        en: "The team’s secret file, from which pseudonyms are made", value: Localized.Value.file),
      completion: .file())
    var secret: String?

    @OptionGroup var options: GlobalOptions

    /// A kind of export, as it is typed.
    enum Source: String, ExpressibleByArgument, CaseIterable {
      case mastodon, x, meta, bluesky, csv

      var kind: ExportKind {
        switch self {
        case .mastodon: .mastodon
        case .x: .x
        case .meta: .meta
        case .bluesky: .bluesky
        case .csv: .csv
        }
      }
    }

    private var kind: ExportKind { source.kind }

    /// A part of an export.
    enum Part: String, ExpressibleByArgument, CaseIterable { case conversations, posts }

    func validate() throws {
      if pseudonymise != (secret != nil) {
        throw ValidationError(
          fr: "« --pseudonymise » et « --secret FICHIER » vont ensemble.",
          en: "“--pseudonymise” and “--secret FILE” go together.")
      }
      if kind != .csv, !columns.isEmpty {
        throw ValidationError(
          fr: "« --map » nomme les colonnes d’un tableau : seul « csv » en a.",
          en: "“--map” names the columns of a table: only “csv” has any.")
      }
    }

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let channel = try ownChannel(in: workspace)
      let account = OwnAccount(channel: channel.id?.text ?? "", handle: channel.handle)
      let pseudonyms = try secret.map { try Self.pseudonyms(from: $0, outside: workspace, in: session) }
      var reader = ExportReader(kind, of: account, table: try table(in: workspace))
      let (export, report) = try session.output.progress(
        Sentence(fr: "Lecture de l’exportation", en: "Reading the export")
      ) { progress in
        let unread = try readExport(file, of: kind, in: session) { reader.take($0) }
        var export = reader.finished()
        export.skipped = (unread + export.skipped).sorted()
        switch only {
        case .conversations: export.posts = []
        case .posts: export.conversations = []
        case nil: break
        }
        if let pseudonyms {
          export = export.pseudonymised(by: pseudonyms, of: account, masks: Self.masks(in: channel.language))
        }
        progress.step(Sentence(fr: "Écriture des documents", en: "Writing the documents"))
        let total = export.conversations.count + export.posts.count
        let report = try workspace.importDocuments(
          of: export, on: account.channel, by: session.attribution(in: workspace)
        ) { progress.count(min($0, total), of: total) }
        return (export, report)
      }
      let answer = ImportAnswer(
        channel: account.channel, report: report, skipped: export.skipped + report.skipped,
        remarks: export.remarks)
      try session.answer(
        json: answer.json(in: session.language), page: answer.described(in: session.language))
      if !answer.skipped.isEmpty { throw PersonNeeded() }
    }

    /// The channel that was named, or the only one that can be meant.
    private func ownChannel(in workspace: Workspace) throws -> Channels.Channel {
      let channels = try workspace.ownChannels()
      if let channel {
        guard let found = channels.first(where: { $0.id == JSONString(channel) }) else {
          throw WorkspaceError.unknownChannel(channel, known: channels.compactMap { $0.id?.text })
        }
        return found
      }
      let fitting = channels.filter { kind.platforms.contains($0.platform ?? "") }
      guard let only = fitting.first, fitting.count == 1 else {
        throw ImportError.whichChannel(
          kind, among: (fitting.isEmpty ? channels : fitting).compactMap { $0.id?.text })
      }
      return only
    }

    private func table(in workspace: Workspace) throws -> CSVReading {
      guard kind == .csv else { return CSVReading() }
      return CSVReading(
        map: columns.map { ($0.column, $0.field) },
        zone: try TimeZoneName.rules(of: workspace.settings().timeZone ?? "UTC"), holdsPosts: only == .posts)
    }

    private static func pseudonyms(
      from path: String, outside workspace: Workspace, in session: Session
    ) throws -> Pseudonyms {
      let place = try System.currentFolder().pushing(FilePath(session.path(path))).lexicallyNormalized()
      // Whatever lies in the folder is committed, and then everybody who has the documents has the secret.
      guard !place.starts(with: FilePath(workspace.folder)) else { throw ImportError.secretInWorkspace(path) }
      let bytes = try session.contents(of: path)
      // The line feed an editor adds is no part of it.
      let secret = bytes.last == UInt8(ascii: "\n") ? Array(bytes.dropLast()) : bytes
      guard secret.count >= Pseudonyms.leastSecret else { throw ImportError.shortSecret(path) }
      return Pseudonyms(secret: secret)
    }

    /// In the language of the channel, so that everybody's import writes the same.
    private static func masks(in language: String?) -> (email: String, telephone: String) {
      language?.hasPrefix("en") == true ? ("[e-mail]", "[telephone]") : ("[courriel]", "[téléphone]")
    }
  }
}

extension ExportKind {
  /// What a channel's platform is called where such exports come from.
  fileprivate var platforms: [String] {
    switch self {
    case .mastodon: ["mastodon"]
    case .x: ["x", "twitter"]
    case .meta: ["facebook", "instagram"]
    case .bluesky: ["bluesky"]
    case .csv: []
    }
  }
}

/// `COLUMN=FIELD`.
struct ColumnAssignment: ExpressibleByArgument {
  var column: String
  var field: CSVField

  /// - Returns: `nil` if there is no `=`, or no field of that name behind it.
  init?(argument: String) {
    guard let sign = argument.lastIndex(of: "="), sign != argument.startIndex,
      let field = CSVField(rawValue: String(argument[argument.index(after: sign)...]))
    else { return nil }
    (self.column, self.field) = (String(argument[..<sign]), field)
  }
}

extension CSVField {
  /// All of them, as they are typed.
  fileprivate static var listed: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension Workspace {
  fileprivate func ownChannels() throws -> [Channels.Channel] {
    guard let bytes = try bytes(at: .init("channels.json")), let value = try? JSONValue(parsing: bytes) else {
      return []
    }
    return Channels(value).channels
  }
}
