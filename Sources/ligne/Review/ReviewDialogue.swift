import Documents
import EditorialReview
import JSONTree
import SyncEngine
import Wording

/// `ligne review` on a terminal: one waiting document after the other, one key for each.
///
/// A decision is written down when its key is pressed, as one file; nothing waits for the end. So whoever leaves, by
/// whatever key, leaves nothing half done.
struct ReviewDialogue {
  private let workspace: Workspace
  private let session: Session
  /// For a screen reader: words instead of marks, lines instead of keys.
  private let isPlain: Bool
  /// Whose voice the person speaks with; `nil` for their own.
  private let voice: JSONString?

  init(_ workspace: Workspace, _ session: Session, isPlain: Bool, onBehalfOf voice: JSONString? = nil) {
    (self.workspace, self.session, self.isPlain, self.voice) = (workspace, session, isPlain, voice)
  }

  private enum Answer: Character {
    case yes = "y"
    case no = "n"
    case changes = "c"
    case skip = "s"
    case quit = "q"
    case help = "?"

    /// In French, `o` is a yes as well.
    init?(_ key: Character) {
      let key = Character(key.lowercased())
      guard let answer = Answer(rawValue: key == "o" ? "y" : key) else { return nil }
      self = answer
    }
  }

  func run() async throws {
    let desk = try ReviewDesk(workspace, session)
    let waiting = desk.waitingForMe(onBehalfOf: voice)
    guard !waiting.isEmpty else {
      var page = Ligne.Review.describe([], onlyMine: true, in: session.language)
      if voice == nil { page.next = desk.remarkOnVoices() }
      return try session.output.show(page)
    }
    var (decided, skipped) = (0, 0)
    documents: for (index, awaited) in waiting.enumerated() {
      let brief = try desk.brief(of: awaited)
      try show(brief, number: index + 1, of: waiting.count)
      while true {
        switch ask() {
        case .yes: decided += try await decide(.approve, on: brief) ? 1 : 0
        case .no:
          guard let reason = askForWords(isRequired: false) else { continue }
          decided += try await decide(.refuse, on: brief, remark: reason.isEmpty ? nil : reason) ? 1 : 0
        case .changes:
          guard let reason = askForWords(isRequired: true) else { continue }
          decided += try await decide(.requestChanges, on: brief, remark: reason) ? 1 : 0
        case .skip: skipped += 1
        case .help:
          explain()
          continue
        case .quit: break documents
        }
        break
      }
    }
    try session.output.show(
      summary(decided: decided, skipped: skipped, left: waiting.count - decided - skipped))
  }

  // MARK: - Showing

  private func show(_ brief: ReviewBrief, number: Int, of count: Int) throws {
    let place = Sentence(fr: "Document \(number) sur \(count)", en: "Document \(number) of \(count)")
    var page = Page(StyledText(place.text(in: session.language), .quiet))
    page.append(brief.page(isPlain: isPlain, when: try session.when(in: workspace), in: session.language))
    page.blank()
    try session.output.show(page)
  }

  private func summary(decided: Int, skipped: Int, left: Int) -> Page {
    let count = CountedNoun(fr: ("décision notée", "décisions notées"), en: ("decision", "decisions"))
      .counted(decided)
    let rest = left + skipped
    var page = Page(
      StyledText(
        Sentence(
          fr: "\(count.french), \(rest) en attente", en: "\(count.english) recorded, \(rest) waiting"
        ).text(in: session.language), .strong))
    if decided > 0 {
      page.next = Sentence(
        fr: "« ligne commit -m \"…\" » garde les décisions, « ligne sync » les partage.",
        en: "“ligne commit -m \"…\"” keeps the decisions, “ligne sync” shares them.")
    }
    return page
  }

  // MARK: - Asking

  private func ask() -> Answer {
    let question =
      isPlain
      ? Sentence(
        fr:
          "Votre décision? Tapez o pour oui, n pour non, c pour changements, s pour suivant, q pour quitter, puis Entrée.",
        en: "Your decision? Type y for yes, n for no, c for changes, s for skip, q for quit, then Enter.")
      : Sentence(
        fr: "[o]ui  [n]on  [c]hangements  [s]uivant  [q]uitter  [?] ",
        en: "[y]es  [n]o  [c]hanges  [s]kip  [q]uit  [?] ")
    while true {
      session.output.draw(question.text(in: session.language) + (isPlain ? "\n" : ""))
      let key: Character?
      if isPlain {
        guard let line = session.keyboard.line() else { return .quit }
        key = line.first { !$0.isWhitespace }
      } else {
        key = session.keyboard.key()
        session.output.draw("\n")
        // The input ended, or somebody wants to leave.
        if key == nil { return .quit }
      }
      if let answer = key.flatMap({ Answer($0) }) { return answer }
    }
  }

  /// - Returns: `nil` where nothing was said and something has to be: back to the question.
  private func askForWords(isRequired: Bool) -> String? {
    let question =
      isRequired
      ? Sentence(fr: "Ce qui doit changer (vide : revenir) : ", en: "What should change (empty: go back): ")
      : Sentence(fr: "Pourquoi (facultatif) : ", en: "Why (optional): ")
    session.output.draw(question.text(in: session.language))
    guard let line = session.keyboard.line() else { return nil }
    let words = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return isRequired && words.isEmpty ? nil : words
  }

  private func explain() {
    let lines = [
      Sentence(
        fr: "o  oui : ces mots, ces images et ce compte, exactement",
        en: "y  yes: exactly these words, these pictures and this account"),
      Sentence(fr: "n  non : ne doit pas sortir", en: "n  no: must not go out"),
      Sentence(
        fr: "c  changements : dites lesquels; la publication attend",
        en: "c  changes: say which; the post waits"),
      Sentence(fr: "s  suivant : sans décider", en: "s  skip: without deciding"),
      Sentence(
        fr: "q  quitter : ce qui est décidé est noté, le reste attend",
        en: "q  quit: what is decided is recorded, the rest waits"),
    ]
    for line in lines {
      session.output.remark(StyledText("  ") + StyledText(line.text(in: session.language)))
    }
  }

  // MARK: - Deciding

  /// - Returns: Whether it was written down; what kept it from being so is said, and the next document comes.
  private func decide(
    _ verdict: Documents.Review.Verdict, on brief: ReviewBrief, remark: String? = nil
  ) async throws -> Bool {
    let decision = Decision(
      verdict, on: brief.awaited.standings.map(\.channel), remark: remark, onBehalfOf: voice)
    do {
      let recorded = try await session.decide(decision, on: brief.path, in: workspace)
      session.output.remark(
        StyledText(verdict.wording.text(in: session.language), verdict.style) + "  " + StyledText(brief.title)
          + "  " + StyledText(recorded.standing.wording.text(in: session.language), recorded.standing.style))
      return true
    } catch let error as any ExplainedError {
      Failure(code: error.code, message: error.message, hint: error.hint, status: Program.Status.couldNot)
        .tell(session.output)
      return false
    }
  }
}
