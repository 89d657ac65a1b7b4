import ArgumentParser
import Documents
import EditorialDesk
import EditorialReview
import JSONTree
import ObjectModel
import SyncEngine
import SystemPackage
import Wording

extension Ligne {
  /// A text went out.
  struct Publish: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "publish",
        abstract: Sentence(
          fr: "Vérifier avant de publier, puis noter que c’est sorti",
          en: "Look once more before publishing, then record that it went out"),
        discussion: Sentence(
          fr: """
            Ligne ne publie rien : une personne ou un outil le fait, et cette commande note que ces mots exacts sont \
            sortis, où et quand. Avant, tout est regardé d’un coup : l’approbation, les crises, le compte, l’heure, les \
            permissions, ce qui est déjà sorti. Ce qui s’y oppose empêche de noter; si c’est sorti quand même, \
            --record-anyway le note comme un fait, avec la raison.

            « --dry-run » regarde sans noter; « --export DOSSIER », ou « - », remet le texte exact à ce qui l’envoie.
            """,
          en: """
            Ligne publishes nothing: a person or a tool does, and this command records that these very words went out, \
            where and when. Before that everything is looked at in one go: the approval, crises, the account, the time, \
            permissions, what is out already. What stands against it keeps it from being recorded; if it went out all the \
            same, --record-anyway records it as a fact, with the reason.

            “--dry-run” looks and records nothing; “--export FOLDER”, or “-”, hands the exact text to whatever sends it.
            """))
    }

    enum Nature: String, ExpressibleByArgument, CaseIterable {
      case publication, correction, withdrawal

      var nature: Publication.Nature {
        switch self {
        case .publication: .publication
        case .correction: .correction
        case .withdrawal: .withdrawal
        }
      }
    }

    @Argument(help: .document)
    var document: String

    @Option(
      help: .init(
        fr: "Sur quel canal; inutile s’il n’y en a qu’un",
        en: "On which channel; not needed if there is only one",
        value: Localized.Value.channel))
    var channel: String?

    @Option(help: .init(fr: "Où c’est sorti", en: "Where it went out", value: Localized.Value.address))
    var url: String?

    @Option(
      help: .init(
        fr: "L’id que la plateforme lui a donné", en: "The id the platform gave it", value: "id"))
    var externalId: String?

    @Option(
      help: .init(
        fr: "Quand c’est sorti, comme 2026-11-03T09:30; maintenant si rien n’est dit",
        en: "When it went out, such as 2026-11-03T09:30; now if nothing is said", value: Localized.Value.date)
    )
    var at: String?

    @Option(
      help: .init(
        fr: "publication, correction ou withdrawal (retrait)", en: "publication, correction or withdrawal",
        value: "nature"))
    var nature: Nature?

    @Option(
      help: .init(
        fr: "La phrase de garde du compte, pour un script", en: "The account’s guard phrase, for a script",
        value: Localized.Value.text))
    var guardPhrase: String?

    @Flag(help: .init(fr: "Regarder sans rien noter", en: "Look, and record nothing"))
    var dryRun = false

    @Flag(
      help: .init(
        fr: "Noter un fait malgré les obstacles; avec la raison, -m",
        en: "Record a fact, whatever stands against it; with the reason, -m"))
    var recordAnyway = false

    @Option(
      name: .shortAndLong,
      help: .init(fr: "La raison, ou une note", en: "The reason, or a note", value: Localized.Value.text))
    var message: String?

    @Option(
      help: .init(
        fr: "Remettre le texte exact dans ce dossier; « - » : sur la sortie",
        en: "Hand over the exact text in this folder; “-”: on standard output", value: Localized.Value.folder)
    )
    var export: String?

    @Flag(help: .init(fr: "Ne rien demander", en: "Ask nothing"))
    var yes = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
      if recordAnyway, message?.allSatisfy(\.isWhitespace) ?? true {
        throw ValidationError(
          fr: "Dites pourquoi c’est sorti quand même : -m \"…\"",
          en: "Say why it went out all the same: -m \"…\"")
      }
      if recordAnyway, dryRun || export != nil {
        throw ValidationError(
          fr: "« --record-anyway » note un fait; il ne va ni avec « --dry-run » ni avec « --export ».",
          en: "“--record-anyway” records a fact; it goes neither with “--dry-run” nor with “--export”.")
      }
      if export != nil, url != nil || externalId != nil || at != nil {
        throw ValidationError(
          fr:
            "« --export » ne note rien : une adresse, un id ou une heure viennent après, une fois que c’est sorti.",
          en: "“--export” records nothing: an address, an id or a time come afterwards, once it is out.")
      }
    }

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let path = try session.document(document, in: workspace)
      let states = try session.states(of: workspace)
      guard let found = states.documents.all.first(where: { $0.path == path }) else {
        _ = try workspace.checkedDocument(at: path)
        throw ReleaseRefused.notPublishable(path.text)
      }
      let attribution = try session.attribution(in: workspace)
      let at = try moment(session, workspace, at: states.now)
      let wish = ReleaseWish(
        on: try workspace.releaseChannel(of: found, named: channel, in: states.documents),
        nature: nature?.nature, at: at,
        by: JSONString(try workspace.person(attribution)), url: url)
      let preflight = try workspace.preflight(of: found, wish, in: states)
      var answer = PublishAnswer(
        preflight: preflight, handoff: workspace.handoff(preflight, in: states),
        team: states.documents.single(Documents.Team.self), mayRecordAnyway: recordAnyway)
      if let export { return try hand(answer, to: export, in: workspace, session) }
      if dryRun {
        try session.answer(json: answer.json(in: session.language), page: answer.page(in: session.language))
        if !preflight.isClear { throw PersonNeeded() }
        return
      }
      try refuse(answer)
      try guardAccount(answer, session)
      var random = SystemRandomNumberGenerator()
      let recorded = try workspace.recordPublication(
        preflight, PublicationWish(url: url, externalID: externalId, note: message), by: attribution,
        random: &random)
      (answer.publication, answer.path) = (recorded.id, recorded.path)
      try session.answer(json: answer.json(in: session.language), page: answer.page(in: session.language))
      if !preflight.isClear { throw PersonNeeded() }
    }

    /// - Parameter now: What the rest is judged by: a clock that is asked twice may be a second further.
    private func moment(_ session: Session, _ workspace: Workspace, at now: Instant) throws -> Moment {
      let clock = try session.clock(of: workspace)
      guard let at else { return clock.moment(now) }
      let time = try ScheduledTime(
        typed: at, zone: workspace.settings().timeZone ?? "UTC", clock: clock, towards: .past)
      return Moment(instant: time.moment, offset: time.offset)
    }

    /// - Throws: `ReleaseRefused.blocked` for what stands against it, unless it is recorded as the fact it is.
    private func refuse(_ answer: PublishAnswer) throws {
      let blockers = answer.preflight.blockers
      let counting = recordAnyway ? blockers.filter(\.isMistake) : blockers
      if counting.isEmpty { return }
      throw ReleaseRefused.blocked(
        counting.map(answer.obstacle), mayBeRecorded: !blockers.contains(where: \.isMistake))
    }

    // MARK: The account

    /// Makes sure that a person knows which account this is.
    private func guardAccount(_ answer: PublishAnswer, _ session: Session) throws {
      let phrase = answer.preflight.account?.value["guardPhrase"]?.string
      guard let phrase, !phrase.text.utf8.isEmpty else {
        guard session.canAsk, !yes, !answer.preflight.cautions.isEmpty else { return }
        return try session.confirm(
          Sentence(fr: "Noter que c’est sorti?", en: "Record that it went out?"),
          losing: answer.page(in: session.language),
          Sentence(fr: "Des remarques demandent un oui.", en: "There are remarks that want a yes."))
      }
      var typed = guardPhrase
      if typed == nil, session.canAsk {
        session.output.remark(answer.page(in: session.language))
        session.output.draw(
          Sentence(fr: "Tapez la phrase de garde du compte : ", en: "Type the account’s guard phrase: ")
            .text(in: session.language))
        typed = session.keyboard.line()
      }
      guard let typed else { throw ReleaseRefused.noGuardPhrase(account: answer.account) }
      guard JSONString(typed) == phrase else { throw ReleaseRefused.wrongGuardPhrase }
    }

    // MARK: Handing over

    private func hand(
      _ answer: PublishAnswer, to target: String, in workspace: Workspace, _ session: Session
    ) throws {
      try refuse(answer)
      let text = answer.textToPaste(in: session.language)
      if FileContents.isStream(target) {
        if session.asksForJSON { return try session.output.show(answer.handoff.json) }
        return try session.output.show(file: Array(text.utf8))
      }
      let folder = try session.absoluteFolder().pushing(FilePath(target)).lexicallyNormalized()
      if folder.starts(with: FilePath(workspace.folder)) { throw ReleaseRefused.insideWorkspace(target) }
      let files = try HandoffFolder(session.path(target)).write(
        answer.handoff, text: text)
      try session.answer(
        json: .object(answer.handoff.json(files: files)),
        page: answer.page(files: files, in: session.language))
    }
  }
}
