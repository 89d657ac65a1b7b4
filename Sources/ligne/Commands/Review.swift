import ArgumentParser
import Documents
import EditorialReview
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Ligne {
  /// Asks for decisions, makes them, shows them.
  struct Review: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "review",
        abstract: Sentence(
          fr: "Demander un avis, décider, voir ce qui attend",
          en: "Ask for a decision, decide, see what waits"),
        discussion: Sentence(
          fr: """
            Un oui vaut pour exactement ces mots, ces images et ce compte. Si l’un d’eux change, il ne compte plus, et \
            Ligne dit ce qui a changé. Sans autre mot, dans un terminal, présente un document après l’autre : ce qui a \
            changé depuis votre dernière décision, puis o (oui), n (non), c (changements), s (suivant), q (quitter).

            Une décision est signée avec votre clé SSH si vous en avez une (« ligne key »). C’est un changement comme un \
            autre : « ligne commit » la garde, « ligne sync » la partage.
            """,
          en: """
            A yes is for exactly these words, these pictures and this account. If one of them changes, it no longer \
            counts, and Ligne says what changed. Without another word, on a terminal, shows one document after the other: \
            what changed since your last decision, then y (yes), n (no), c (changes), s (skip), q (quit).

            A decision is signed with your SSH key if you have one (“ligne key”). It is a change like any other: “ligne \
            commit” keeps it, “ligne sync” shares it.
            """))
    }

    enum Action: String, ExpressibleByArgument, CaseIterable {
      case list, show, request, approve, refuse, abstain
      case requestChanges = "request-changes"

      var verdict: Documents.Review.Verdict? {
        switch self {
        case .approve: .approve
        case .requestChanges: .requestChanges
        case .refuse: .refuse
        case .abstain: .abstain
        case .list, .show, .request: nil
        }
      }
    }

    @Argument(
      help: .init(
        fr: "list, show, request, approve, request-changes, refuse ou abstain",
        en: "list, show, request, approve, request-changes, refuse or abstain", value: "action"))
    var action: Action?

    @Argument(help: .document)
    var document: String?

    @Option(
      help: .init(
        fr: "Sur ce canal seulement; à répéter", en: "On this channel only; may be repeated",
        value: Localized.Value.channel))
    var channel: [String] = []

    @Option(
      name: .shortAndLong,
      help: .init(fr: "Une remarque", en: "A remark", value: Localized.Value.text))
    var message: String?

    @Option(
      name: .customLong("for"),
      help: .init(
        fr: "Au nom de cette personne, qui vous a délégué sa voix",
        en: "On behalf of this person, who gave you their voice", value: Localized.Value.person))
    var voice: String?

    @Option(
      help: .init(
        fr: "À qui demander l’avis; à répéter", en: "Whom to ask; may be repeated",
        value: Localized.Value.person))
    var to: [String] = []

    @Option(
      help: .init(
        fr: "Le niveau d’approbation", en: "The level of approval",
        value: Localized.text(fr: "niveau", en: "level")))
    var level: String?

    @Flag(help: .init(fr: "Seulement ce qui attend votre décision", en: "Only what waits for your decision"))
    var mine = false

    @Flag(
      help: .init(
        fr: "Sans mise en page, pour un lecteur d’écran", en: "Without layout, for a screen reader"))
    var plain = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
      switch action {
      case nil where document != nil, .list? where document != nil:
        throw ValidationError(
          fr: "« list » ne prend pas de document; « show » en montre un.",
          en: "“list” takes no document; “show” shows one.")
      case .some(let action) where action != .list && document == nil:
        throw ValidationError(
          fr: "« \(action.rawValue) » a besoin d’un document; « ligne review list » les montre.",
          en: "“\(action.rawValue)” needs a document; “ligne review list” shows them.")
      case .requestChanges where message?.allSatisfy(\.isWhitespace) ?? true:
        throw ValidationError(
          fr: "Dites ce qui doit changer : -m \"…\"", en: "Say what should change: -m \"…\"")
      case .some(let action) where action != .request && !to.isEmpty:
        throw ValidationError(
          fr: "« --to » va avec « request ».", en: "“--to” goes with “request”.")
      case .show? where voice != nil, .request? where voice != nil:
        throw ValidationError(
          fr: "« --for » va avec une décision, ou avec « list ».",
          en: "“--for” goes with a decision, or with “list”.")
      case nil where level != nil, .some(.list) where level != nil, .show? where level != nil,
        .request? where level != nil:
        throw ValidationError(
          fr: "« --level » va avec une décision.", en: "“--level” goes with a decision.")
      default: break
      }
    }

    func run(in session: Session) async throws {
      let workspace = try session.openWorkspace()
      guard let action else {
        guard session.canAsk else { return try list(in: workspace, session) }
        return try await ReviewDialogue(
          workspace, session, isPlain: plain, onBehalfOf: voice.map { try workspace.member(named: $0) }
        ).run()
      }
      switch action {
      case .list: try list(in: workspace, session)
      case .show: try show(in: workspace, session)
      case .request: try request(in: workspace, session)
      case .approve, .requestChanges, .refuse, .abstain:
        guard let verdict = action.verdict else { return }
        try await decide(verdict, in: workspace, session)
      }
    }

    // MARK: - What waits

    private func list(in workspace: Workspace, _ session: Session) throws {
      let desk = try ReviewDesk(workspace, session)
      let other = try voice.map { try workspace.member(named: $0) }
      let onlyMine = mine || other != nil
      let waiting = onlyMine ? desk.waitingForMe(onBehalfOf: other) : desk.waiting()
      let briefs = try waiting.map { try desk.brief(of: $0, isForReading: false) }
      var page = Self.describe(briefs, onlyMine: onlyMine, in: session.language)
      if mine, other == nil, let remark = desk.remarkOnVoices() { page.next = remark }
      try session.answer(json: .array(briefs.map { $0.json(in: session.language) }), page: page)
    }

    static func describe(_ briefs: [ReviewBrief], onlyMine: Bool, in language: Language) -> Page {
      guard !briefs.isEmpty else {
        let nothing =
          onlyMine
          ? Sentence(fr: "Rien n’attend votre décision.", en: "Nothing waits for your decision.")
          : Sentence(fr: "Rien n’attend de décision.", en: "Nothing waits for a decision.")
        return Page(StyledText(nothing.text(in: language)))
      }
      let counted = CountedNoun(
        fr: ("document attend une décision", "documents attendent une décision"),
        en: ("document waits for a decision", "documents wait for a decision")
      ).counted(briefs.count)
      var page = Page(StyledText(counted.text(in: language), .strong))
      var table = Table([
        .init(title: ""), .init(title: "", isFlexible: true), .init(title: ""),
        .init(title: "", isFlexible: true),
        .init(title: ""),
      ])
      for brief in briefs {
        let places = brief.places.map { $0.handle ?? $0.channel.text }
        table.add([
          StyledText("  ")
            + StyledText(brief.awaited.state.wording.text(in: language), brief.awaited.state.style),
          StyledText(brief.title), StyledText(brief.approvalCount, .quiet),
          StyledText(places.joined(separator: ", "), .quiet), StyledText(brief.path.shortName, .name),
        ])
      }
      page.table(table)
      let name = briefs[0].path.shortName
      page.next = Sentence(
        fr: "« ligne review show \(name) » montre le premier; « ligne review » les présente un à un.",
        en: "“ligne review show \(name)” shows the first; “ligne review” goes through them one by one.")
      return page
    }

    private func show(in workspace: Workspace, _ session: Session) throws {
      let brief = try brief(of: session.document(document ?? "", in: workspace), in: workspace, session)
      try session.answer(
        json: brief.json(isWhole: true, in: session.language),
        page: showPage(brief, session.when(in: workspace), in: session.language))
    }

    private func showPage(_ brief: ReviewBrief, _ when: ClockWording, in language: Language) -> Page {
      var page = brief.page(when: when, in: language)
      let name = brief.path.shortName
      if brief.awaited.state == .conflicted {
        page.next = Sentence(
          fr: "Il reste quelque chose à trancher avant de dire oui : « ligne conflicts \(name) ».",
          en: "Something is to be settled before anybody says yes: “ligne conflicts \(name)”.")
        return page
      }
      if let objection = brief.objectionToYes {
        page.next = Self.nextStep(of: DecisionRefused.countsForNothing(objection))
        return page
      }
      page.next = Sentence(
        fr:
          "« ligne review approve \(name) » dit oui à ces mots-ci; « request-changes » demande autre chose.",
        en: "“ligne review approve \(name)” says yes to these very words; “request-changes” asks for others.")
      return page
    }

    /// Why a yes would not count, before anybody tries, and what can be done about it.
    private static func nextStep(of refusal: DecisionRefused) -> Sentence {
      guard let hint = refusal.hint else { return refusal.message }
      return Sentence(
        fr: "\(refusal.message.french) \(hint.french)", en: "\(refusal.message.english) \(hint.english)")
    }

    private func brief(
      of path: WorkspacePath, in workspace: Workspace, _ session: Session
    ) throws -> ReviewBrief {
      let desk = try ReviewDesk(workspace, session, around: path)
      guard let found = desk.folder.collection.all.first(where: { $0.path == path }) else {
        _ = try workspace.document(at: path)
        throw WorkspaceError.notThere(path)
      }
      return try desk.brief(of: found)
    }

    // MARK: - Asking and deciding

    private func request(in workspace: Workspace, _ session: Session) throws {
      let path = try session.document(document ?? "", in: workspace)
      let attribution = try session.attribution(in: workspace)
      var random = SystemRandomNumberGenerator()
      let request = try workspace.requestReview(
        of: path, from: to, message: message, by: attribution, random: &random)
      let brief = try brief(of: path, in: workspace, session)
      let names = request.reviewers.map(brief.name)
      try session.answer(
        json: [
          "id": .string(brief.document.id), "review": request.comment.map(JSONValue.string) ?? .null,
          "path": JSONValue(path.text), "contentHash": JSONValue(brief.contentHash.hex),
          "state": JSONValue(brief.awaited.state.rawValue),
          "reviewers": .array(request.reviewers.map(JSONValue.string)),
          "waitsFor": .array(brief.waitsFor.map(JSONValue.string)),
        ],
        page: Self.describe(
          request: names, isNew: request.isNew || request.comment != nil, brief, in: session.language))
    }

    static func describe(
      request names: [String], isNew: Bool, _ brief: ReviewBrief, in language: Language
    ) -> Page {
      if brief.waitsFor.isEmpty { return describe(requestForNobody: brief, in: language) }
      if !isNew {
        let asked =
          names.isEmpty
          ? Sentence(fr: "L’avis de l’équipe est déjà demandé", en: "The team is asked to decide already")
          : Sentence(
            fr: "L’avis de \(Language.french.listing(names)) est déjà demandé",
            en:
              "\(Language.english.listing(names)) \(names.count == 1 ? "is" : "are") asked to decide already")
        var page = Page(StyledText(asked.text(in: language)) + "  " + StyledText(brief.title))
        page.next = Sentence(
          fr:
            "Une remarque se joint ainsi : « ligne review request \(brief.path.shortName) -m \"…\" ».",
          en:
            "A remark goes along by “ligne review request \(brief.path.shortName) -m \"…\"”."
        )
        return page
      }
      let asked =
        names.isEmpty
        ? Sentence(fr: "Avis demandé à l’équipe", en: "The team is asked to decide")
        : Sentence(
          fr: "Avis demandé à \(Language.french.listing(names))",
          en: "\(Language.english.listing(names)) \(names.count == 1 ? "is" : "are") asked to decide")
      var page = Page(StyledText(asked.text(in: language), .strong) + "  " + StyledText(brief.title))
      page.next = Sentence(
        fr: "« ligne commit -m \"…\" » garde la demande, « ligne sync » la partage.",
        en: "“ligne commit -m \"…\"” keeps the request, “ligne sync” shares it.")
      return page
    }

    /// The request is written down, and nobody will see it as theirs.
    private static func describe(requestForNobody brief: ReviewBrief, in language: Language) -> Page {
      let isDecided = brief.awaited.decisions.contains { $0.isCurrent && $0.counts }
      let state = brief.awaited.state
      let why =
        isDecided
        ? Sentence(
          fr: "La demande n’attend personne\u{A0}: on a déjà décidé de ces mots-ci.",
          en: "The request waits for nobody: these very words have been decided about.")
        : EditorialStates.waiting.contains(state)
          ? Sentence(
            fr: "La demande n’attend personne\u{A0}: nul de ceux à qui elle s’adresse ne peut dire oui.",
            en: "The request waits for nobody: none of those it is for may say yes.")
          : Sentence(
            fr: "La demande n’attend personne pour l’instant; état\u{A0}: \(state.wording.french).",
            en: "The request waits for nobody for now; state: \(state.wording.english).")
      var page = Page(
        StyledText(brief.title, .strong) + "  " + StyledText(why.text(in: language), .attention))
      let name = brief.path.shortName
      let late = brief.places.first { $0.state == .expired }?.channel.text ?? "…"
      page.next =
        state == .expired
        ? Sentence(
          fr:
            "Son heure est passée : « ligne schedule \(name) --channel \(late) --at … » en donne une autre.",
          en: "Its time has passed: “ligne schedule \(name) --channel \(late) --at …” gives it another.")
        : isDecided
          ? Sentence(
            fr: "«\u{A0}ligne review show \(name)\u{A0}» dit quoi; d’autres mots sont à décider de nouveau.",
            en: "“ligne review show \(name)” says what; other words are to be decided about anew.")
          : Sentence(
            fr: "«\u{A0}ligne team\u{A0}» dit qui peut approuver, «\u{A0}--to\u{A0}» à qui demander.",
            en: "“ligne team” says who may approve, “--to” whom to ask.")
      return page
    }

    private func decide(
      _ verdict: Documents.Review.Verdict, in workspace: Workspace, _ session: Session
    ) async throws {
      let path = try session.document(document ?? "", in: workspace)
      let decision = try Decision(
        verdict, on: channel.map { JSONString($0) }, remark: message,
        onBehalfOf: voice.map { try workspace.member(named: $0) }, level: level.map { JSONString($0) })
      let recorded = try await session.decide(decision, on: path, in: workspace)
      let folder = try workspace.documentsOfFolder(around: path)
      let states = try workspace.states(
        of: folder, at: session.date().instant, by: session.attribution(in: workspace))
      guard let document = folder.collection.all.first(where: { $0.path == path }) else {
        throw WorkspaceError.deletedDocument(path)
      }
      let awaited = states.awaitedReview(of: document)
      let state =
        states.name(ofStateOf: document) ?? (awaited ?? states.review(of: document)).state.rawValue
      try session.answer(
        json: [
          "id": .string(document.id), "review": .string(recorded.id), "path": JSONValue(path.text),
          "contentHash": JSONValue(recorded.contentHash.hex), "state": JSONValue(state),
          "signature": JSONValue(recorded.standing.rawValue),
        ],
        page: Self.describe(
          verdict, of: document, recorded, state,
          stillNeeded: verdict == .approve ? awaited?.needs ?? [] : [],
          objectors: verdict == .approve ? objectors(to: document, states) : [], in: session.language))
    }

    /// Who said no to these very words and has not thought better of it, by their names.
    private func objectors(to document: Document, _ states: EditorialStates) -> [String] {
      let team = states.documents.single(Documents.Team.self)
      let voices = states.review(of: document).decisions.filter {
        $0.counts && $0.isCurrent && $0.verdict.isObjection
      }.map(\.voice)
      return Swift.Set(voices).sorted().map { team?.member($0)?.name ?? $0.text }
    }

    /// - Parameter objectors: Whose no keeps it where it is, whatever others say.
    static func describe(
      _ verdict: Documents.Review.Verdict, of document: Document, _ recorded: RecordedReview, _ state: String,
      stillNeeded needs: [AwaitedReview.Need], objectors: [String] = [], in language: Language
    ) -> Page {
      var page = Page(
        StyledText(verdict.wording.text(in: language), verdict.style) + "  "
          + StyledText(document.title, .strong)
          + "  " + StyledText(recorded.standing.wording.text(in: language), recorded.standing.style))
      if !recorded.channels.isEmpty {
        let channels = recorded.channels.map(\.text)
        page.line(
          StyledText(
            Sentence(
              fr: "Pour \(Language.french.listing(channels)) seulement",
              en: "For \(Language.english.listing(channels)) only"
            ).text(in: language)))
      }
      if let state = EditorialState(rawValue: state) {
        page.line(
          StyledText(Sentence(fr: "État : ", en: "State: ").text(in: language), .quiet)
            + StyledText(state.wording.text(in: language), state.style))
      }
      if objectors.isEmpty {
        for need in needs { page.line(need.line(in: language)) }
      } else {
        let names = Sentence(
          fr: Language.french.listing(objectors), en: Language.english.listing(objectors))
        page.line(
          StyledText(
            Sentence(
              fr: "Rien ne passe tant que tient le non dit par \(names.french).",
              en: "Nothing goes through as long as the no by \(names.english) holds."
            ).text(in: language), .attention))
      }
      page.next = Sentence(
        fr: "« ligne commit -m \"…\" » garde la décision, « ligne sync » la partage.",
        en: "“ligne commit -m \"…\"” keeps the decision, “ligne sync” shares it.")
      return page
    }
  }
}

extension ReviewBrief {
  /// `1/2`: how many of the yeses that are needed are there.
  fileprivate var approvalCount: String {
    guard !awaited.needs.isEmpty else { return "" }
    let levels = awaited.standings.first?.reviews?.progress ?? awaited.status?.progress ?? []
    // A level that was obtained is in no list of what is missing; one that has its turn on some channels only is listed twice.
    let wanted = Swift.Set(awaited.needs.map(\.level))
    let needs = awaited.needs.enumerated().filter { place, need in
      !awaited.needs[..<place].contains {
        ($0.level, $0.needed, $0.given) == (need.level, need.needed, need.given)
      }
    }.map(\.element)
    let obtained =
      wanted.contains(nil) ? 0 : levels.filter { !wanted.contains($0.level) }.map(\.needed).reduce(0, +)
    let given = obtained + needs.map { min($0.given.count, $0.needed) }.reduce(0, +)
    let all = obtained + needs.map(\.needed).reduce(0, +)
    return "\(given)/\(all)"
  }
}

extension Session {
  /// Makes a decision, signs it, writes it down.
  func decide(
    _ decision: Decision, on path: WorkspacePath, in workspace: Workspace
  ) async throws -> RecordedReview {
    var random = SystemRandomNumberGenerator()
    let attribution = try attribution(in: workspace)
    let draft = try workspace.draft(decision, on: path, by: attribution, random: &random)
    let signature = try await signature(of: draft, in: workspace)
    return try workspace.record(draft, signature: signature, by: attribution)
  }
}
