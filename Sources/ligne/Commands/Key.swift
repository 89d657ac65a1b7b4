import ArgumentParser
import Documents
import EditorialHistory
import EditorialReview
import JSONTree
import ObjectModel
import SSHKeygen
import SSHSignatures
import SyncEngine
import SystemPackage
import Wording

extension Ligne {
  /// Whose signature counts.
  struct Key: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "key",
        abstract: Sentence(fr: "Voir et changer les clés de signature", en: "See and change signing keys"),
        discussion: Sentence(
          fr: """
            Avec une clé, vos décisions sont signées : personne d’autre ne peut les faire en votre nom. Ligne se sert \
            des clés SSH, de l’agent et des clés matérielles que vous avez déjà. « ligne key add » choisit la vôtre; \
            « --generate » en fait une s’il n’y en a pas. La première clé d’une personne compte tout de suite; où \
            l’approbation est obligatoire, une autre compte quand une décision signée de la première, ou quelqu’un qui \
            peut approuver partout, l’a confirmée. Où l’équipe ne compte que les oui signés (« /workflow/signed »), la \
            première attend aussi le oui signé de quelqu’un.

            « ligne key revoke » retire sa valeur à une clé perdue : ce qu’elle a signé jusqu’à la version nommée compte \
            encore, rien après.
            """,
          en: """
            With a key your decisions are signed: nobody else can make them in your name. Ligne uses the SSH keys, the \
            agent and the hardware keys you already have. “ligne key add” picks yours; “--generate” makes one where \
            there is none. A person’s first key counts at once; where approval is required, another one counts when a \
            decision signed with the first, or somebody who may approve everywhere, has confirmed it. Where the team counts \
            signed yeses only (“/workflow/signed”), the first waits for somebody’s signed yes, too.

            “ligne key revoke” takes its worth from a key that was lost: what it signed up to the named version still \
            counts, nothing after it.
            """))
    }

    enum Action: String, ExpressibleByArgument, CaseIterable { case add, revoke }

    @Argument(
      help: .init(
        fr: "« add » ou « revoke »; rien montre les clés", en: "“add” or “revoke”; nothing shows the keys",
        value: "action"))
    var action: Action?

    @Argument(
      help: .init(
        fr: "Le fichier de la clé, ou son empreinte pour « revoke »",
        en: "The file of the key, or its fingerprint for “revoke”",
        value: Localized.text(fr: "clé", en: "key")), completion: .file())
    var key: String?

    @Option(
      name: .customLong("for"),
      help: .init(
        fr: "La clé d’une autre personne : id, courriel ou nom",
        en: "The key of somebody else: id, email or name", value: Localized.Value.person))
    var owner: String?

    @Option(
      help: .init(
        fr:
          "Avec « revoke » : la dernière version dont les signatures comptent; celle d’aujourd’hui si rien n’est dit",
        en: "With “revoke”: the last version whose signatures count; today’s if nothing is said",
        value: Localized.Value.version))
    var since: String?

    @Flag(
      help: .init(
        fr: "Avec « add » : faire une clé, sans phrase de passe, s’il n’y en a pas ici",
        en: "With “add”: make a key, without a passphrase, if there is none here"))
    var generate = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
      if action == .revoke, key == nil {
        throw ValidationError(
          fr: "« revoke » a besoin de l’empreinte; « ligne key » les montre.",
          en: "“revoke” needs the fingerprint; “ligne key” shows them.")
      }
      if generate, key != nil || action != .add {
        throw ValidationError(
          fr: "« --generate » va avec « add », sans fichier.",
          en: "“--generate” goes with “add”, without a file.")
      }
      if owner != nil, action != .add || key == nil {
        throw ValidationError(
          fr: "« --for » va avec « add » et le fichier de la clé de cette personne.",
          en: "“--for” goes with “add” and the file of that person’s key.")
      }
      if since != nil, action != .revoke {
        throw ValidationError(fr: "« --since » va avec « revoke ».", en: "“--since” goes with “revoke”.")
      }
    }

    func run(in session: Session) async throws {
      let workspace = try session.openWorkspace()
      switch action {
      case nil: try await show(in: workspace, session)
      case .add: try await add(in: workspace, session)
      case .revoke: try revoke(in: workspace, session)
      }
    }

    // MARK: - Showing

    /// A key, as a list shows it.
    struct Row {
      var member: String
      var fingerprint, comment: String
      var standing: Standing
      var isHere: Bool

      enum Standing { case counts, waits, revoked, unusable }
    }

    private func show(in workspace: Workspace, _ session: Session) async throws {
      let rows = try await rows(states(in: workspace, session), in: workspace, session)
      try session.answer(
        json: try workspace.document(at: workspace.teamFile), page: Self.describe(rows, in: session.language))
    }

    private func states(in workspace: Workspace, _ session: Session) throws -> EditorialStates {
      try workspace.states(
        of: workspace.documentsOfFolder(), at: session.date().instant,
        by: session.attributionIfKnown(in: workspace))
    }

    private func rows(
      _ states: EditorialStates, in workspace: Workspace, _ session: Session
    ) async throws -> [Row] {
      let authority = states.authority
      let here = Swift.Set(try await session.signingKeys(in: workspace).map(\.key))
      let team = states.documents.single(Documents.Team.self)
      return (team?.members ?? []).flatMap { member -> [Row] in
        let counting = member.id.flatMap { authority.member($0) }?.keys ?? []
        return member.keys.map { line in
          let name = member.name ?? member.id?.text ?? "?"
          guard let key = try? SSHPublicKey(line: line) else {
            return Row(member: name, fingerprint: line, comment: "", standing: .unusable, isHere: false)
          }
          let isRevoked = member.revokedKeys.contains { $0.fingerprint == key.fingerprint }
          let counts = counting.contains { (try? SSHPublicKey(line: $0)) == key }
          return Row(
            member: name, fingerprint: key.fingerprint, comment: key.comment,
            standing: isRevoked ? .revoked : counts ? .counts : .waits, isHere: here.contains(key))
        }
      }
    }

    static func describe(_ rows: [Row], in language: Language) -> Page {
      guard !rows.isEmpty else {
        var page = Page(
          StyledText(
            Sentence(fr: "Personne n’a de clé de signature.", en: "Nobody has a signing key.").text(
              in: language)))
        page.next = Sentence(
          fr: "« ligne key add » ajoute la vôtre; « ligne key add --generate » en fait une.",
          en: "“ligne key add” adds yours; “ligne key add --generate” makes one.")
        return page
      }
      let counted = CountedNoun(
        fr: ("clé de signature", "clés de signature"), en: ("signing key", "signing keys")
      )
      .counted(rows.count)
      var page = Page(StyledText(counted.text(in: language), .strong))
      for row in rows {
        var line = StyledText(row.member, .strong) + "  "
        line += StyledText(row.standing.wording.text(in: language), row.standing.style)
        if row.isHere {
          line +=
            "  " + StyledText(Sentence(fr: "cet ordinateur", en: "this computer").text(in: language), .quiet)
        }
        if !row.comment.isEmpty { line += "  " + StyledText(row.comment, .quiet) }
        page.line(line, indent: 2)
        page.line(StyledText(row.fingerprint, .name), indent: 4)
      }
      return page
    }

    // MARK: - Adding

    private func add(in workspace: Workspace, _ session: Session) async throws {
      let attribution = try session.attribution(in: workspace)
      let member = try workspace.member(named: owner ?? attribution.email)
      let found = try await chosenKey(in: workspace, session, comment: attribution.email)
      try workspace.addKey(found.key.line, fingerprint: found.key.fingerprint, to: member, by: attribution)
      // Where it lies is this computer's to know; the usual places are looked through anyway.
      if owner == nil, key != nil, let file = found.file { try workspace.setSigningKey(file.string) }
      let states = try states(in: workspace, session)
      let row = try await rows(states, in: workspace, session).first {
        $0.fingerprint == found.key.fingerprint
      }
      try session.answer(
        json: try workspace.document(at: workspace.teamFile),
        page: Self.describe(
          added: row, unsigned: states.unsignedApprovals(of: member).map(\.path),
          isFirst: states.authority.member(member)?.keys.isEmpty ?? true, in: session.language))
    }

    /// - Parameters:
    ///   - unsigned: What this person said yes to without a signature.
    ///   - isFirst: Whether they have no key that counts.
    static func describe(
      added row: Row?, unsigned: [WorkspacePath], isFirst: Bool, in language: Language
    ) -> Page {
      var page = Page(
        StyledText(Sentence(fr: "Clé ajoutée", en: "Key added").text(in: language), .strong) + "  "
          + StyledText(row?.member ?? ""))
      guard let row else { return page }
      page.line(StyledText(row.fingerprint, .name), indent: 2)
      if row.standing == .waits {
        page.line(
          StyledText(
            Sentence(
              fr: """
                Elle comptera quand \(isFirst ? "" : "une clé d’avant ou ")quelqu’un qui approuve partout l’aura confirmée : \
                « ligne review approve team.json ».
                """,
              en: """
                It counts once \(isFirst ? "" : "an earlier key or ")somebody who may approve everywhere has confirmed it: \
                “ligne review approve team.json”.
                """
            ).text(in: language), .attention), indent: 2)
      }
      if let first = unsigned.first {
        let told = CountedNoun(
          fr: ("oui donné sans signature ne compte plus", "oui donnés sans signature ne comptent plus"),
          en: (
            "yes given without a signature no longer counts",
            "yeses given without a signature no longer count"
          )
        ).counted(unsigned.count)
        page.line(StyledText(told.text(in: language), .attention), indent: 2)
        for path in unsigned { page.line(StyledText(path.shortName, .name), indent: 4) }
        page.line(
          StyledText(
            Sentence(
              fr: "« ligne review approve \(first.shortName) » le redonne, signé.",
              en: "“ligne review approve \(first.shortName)” gives it again, signed."
            ).text(in: language)), indent: 2)
      }
      page.next = Sentence(
        fr: "« ligne commit -m \"…\" » la garde, « ligne sync » la fait connaître à l’équipe.",
        en: "“ligne commit -m \"…\"” keeps it, “ligne sync” makes it known to the team.")
      return page
    }

    /// The key in the file that was named, else the first of this computer, else a new one.
    private func chosenKey(
      in workspace: Workspace, _ session: Session, comment: String
    ) async throws -> SigningKey {
      if let key {
        let typed = session.path(key)
        let path = typed.hasSuffix(".pub") ? typed : typed + ".pub"
        let bytes = try FileContents.read(path)
        guard let found = SSHPublicKey(firstLineOf: bytes) else { throw KeyTrouble.noKey(path) }
        let folder = try session.absoluteFolder()
        return SigningKey(key: found, file: folder.pushing(FilePath(path)).lexicallyNormalized())
      }
      if let own = try await session.signingKeys(in: workspace).first { return own }
      guard generate, let folder = session.keyFolder else { throw KeyTrouble.noneHere }
      let file = folder.appending("id_ed25519")
      try System.makeFolder(folder, onlyForOwner: true)
      try await session.output.lendingTerminalWhileWaiting {
        try await SSHKeygen.find().makeKey(at: file, comment: comment)
      }
      guard let made = try await session.signingKeys(in: workspace).first else { throw KeyTrouble.noneHere }
      return made
    }

    // MARK: - Revoking

    private func revoke(in workspace: Workspace, _ session: Session) throws {
      let attribution = try session.attribution(in: workspace)
      var version = try workspace.head()
      if let since {
        let state = try session.state(since, in: workspace)
        guard case .version(let id) = state.place else {
          throw KeyTrouble.noVersion(since)
        }
        version = id
      }
      let authority = try states(in: workspace, session).authority
      let wanted = key.map { $0.hasPrefix("SHA256:") ? $0 : "SHA256:" + $0 } ?? ""
      let known = Documents.Team(try workspace.document(at: workspace.teamFile)).members
        .flatMap(\.keys).compactMap { try? SSHPublicKey(line: $0).fingerprint }
        .filter { $0.utf8.starts(with: wanted.utf8) }
      if known.count == 1, authority.isLastKey(known[0]) { throw KeyTrouble.lastOfAll }
      let revoked = try workspace.revokeKey(
        matching: key ?? "", since: version, by: attribution
      ) { line in
        try? SSHPublicKey(line: line).fingerprint
      }
      try session.answer(
        json: try workspace.document(at: workspace.teamFile),
        page: Self.describe(revoked: revoked, since: version, in: session.language))
    }

    static func describe(revoked fingerprint: String, since: ObjectID?, in language: Language) -> Page {
      var page = Page(
        StyledText(Sentence(fr: "Clé révoquée", en: "Key revoked").text(in: language), .strong) + "  "
          + StyledText(fingerprint, .name))
      let sentence =
        since.map { id in
          let short = String(id.hex.prefix(8))
          return Sentence(
            fr: "Ce qu’elle a signé jusqu’à la version \(short) compte; rien après.",
            en: "What it signed up to version \(short) counts; nothing after it.")
        } ?? Sentence(fr: "Rien de ce qu’elle a signé ne compte.", en: "Nothing it signed counts.")
      page.line(StyledText(sentence.text(in: language)), indent: 2)
      page.next = Sentence(
        fr: "« ligne commit -m \"…\" » le garde, « ligne sync » le dit à l’équipe : faites-le tout de suite.",
        en: "“ligne commit -m \"…\"” keeps it, “ligne sync” tells the team: do it at once.")
      return page
    }
  }
}

extension Ligne.Key.Row.Standing {
  fileprivate var wording: Sentence {
    switch self {
    case .counts: Sentence(fr: "compte", en: "counts")
    case .waits: Sentence(fr: "à confirmer", en: "to be confirmed")
    case .revoked: Sentence(fr: "révoquée", en: "revoked")
    case .unusable: Sentence(fr: "inutilisable", en: "can’t be used")
    }
  }

  fileprivate var style: Style {
    switch self {
    case .counts: .good
    case .waits, .revoked, .unusable: .attention
    }
  }
}

/// A key that can't be used.
enum KeyTrouble: ExplainedError {
  case noKey(String)
  case noneHere
  case noVersion(String)
  /// Nobody could confirm anything any more.
  case lastOfAll

  var code: String {
    switch self {
    case .noKey: "no-key-in-file"
    case .noneHere: "no-key"
    case .noVersion: "unknown-version"
    case .lastOfAll: "last-key"
    }
  }

  var message: Sentence {
    switch self {
    case .noKey(let path):
      Sentence(
        fr: "\(path) ne contient pas de clé publique SSH que Ligne accepte.",
        en: "\(path) holds no public SSH key that Ligne accepts.")
    case .noneHere:
      Sentence(fr: "Il n’y a pas de clé SSH sur cet ordinateur.", en: "There is no SSH key on this computer.")
    case .noVersion(let name):
      Sentence(fr: "\(name) n’est pas une version.", en: "\(name) is no version.")
    case .lastOfAll:
      Sentence(
        fr: """
          C’est la dernière clé de qui approuve partout : sans elle, personne ne pourrait plus en confirmer d’autre.
          """,
        en: """
          It is the last key of those who may approve everywhere: without it nobody could confirm another one.
          """)
    }
  }

  var hint: Sentence? {
    switch self {
    case .noKey:
      Sentence(
        fr:
          "Ed25519, ECDSA et RSA d’au moins 2 048 bits, dans un fichier ou un appareil. DSA et certificats : non.",
        en:
          "Ed25519, ECDSA, and RSA of at least 2,048 bits, in a file or a device. Not DSA, not certificates.")
    case .noneHere:
      Sentence(
        fr:
          "« ligne key add --generate » en fait une, sans phrase de passe; ou « ssh-keygen », puis « ligne key add ».",
        en:
          "“ligne key add --generate” makes one, without a passphrase; or “ssh-keygen”, then “ligne key add”."
      )
    case .lastOfAll:
      Sentence(
        fr: """
          Ajoutez d’abord une autre clé et confirmez-la avec celle-ci : « ligne key add », « ligne review approve \
          team.json ».
          """,
        en: """
          First add another key and confirm it with this one: “ligne key add”, “ligne review approve team.json”.
          """)
    case .noVersion:
      Sentence(fr: "« ligne log » montre les versions.", en: "“ligne log” shows the versions.")
    }
  }
}
