import ArgumentParser
import Documents
import EditorialDesk
import EditorialReview
import JSONTree
import ObjectModel
import SyncEngine
import Wording

/// What every look at the inbox reads: the documents of the folder, the clocks of the workspace, and who looks.
struct InboxDesk {
  let documents: DocumentCollection
  let states: EditorialStates
  let inbox: EditorialDesk.Inbox
  let team: Documents.Team?
  /// The clocks of the workspace’s place.
  let clock: ZonedClock
  /// Who looks: the id of a member, else a name; `nil` for somebody who did not say.
  let person: JSONString?

  init(_ workspace: Workspace, _ session: Session) throws {
    clock = try session.clock(of: workspace)
    let attribution = try session.attributionIfKnown(in: workspace)
    let folder = try session.documentsOfFolder(in: workspace)
    documents = folder.collection
    states = try workspace.states(of: folder, at: clock.now, by: attribution)
    inbox = EditorialDesk.Inbox(of: states, zone: clock.rules)
    team = documents.single(Documents.Team.self)
    person = try attribution.map { JSONString(try workspace.person($0)) }
  }

  /// The conversation at a path.
  ///
  /// - Throws: `ConversationError.notAConversation` for a document of another kind.
  func entry(at path: WorkspacePath) throws -> InboxEntry {
    guard let entry = inbox.entries.first(where: { $0.document.path == path }) else {
      throw ConversationError.notAConversation(
        documents.all.first { $0.path == path }?.kind.name)
    }
    return entry
  }

  /// The document at a path, of one kind.
  func document<View: DocumentView>(
    at path: WorkspacePath, as view: View.Type, else refusal: (JSONString?) -> ConversationError
  ) throws -> (document: Document, view: View) {
    let document = documents.all.first { $0.path == path }
    guard let document, document.kind.name == View.kind else { throw refusal(document?.kind.name) }
    return (document, View(document.value))
  }

  /// The official words that answer a rumour now; `nil` where it names none, or none that holds.
  func statement(answering rumour: Rumour) -> (document: Document, statement: Documents.Statement)? {
    rumour.statement.flatMap { documents.statement(inForceFor: $0, at: now) }
  }

  /// A person as the team calls them, else by the id.
  func name(of member: JSONString) -> String { team?.member(member)?.shownName ?? member.text }

  /// The first word of a person’s name, for a column; the whole name where somebody else’s begins so, too.
  func shortName(of member: JSONString) -> String {
    func first(_ name: String) -> JSONString { JSONString(String(name.prefix { $0 != " " })) }
    let name = name(of: member)
    let same = team?.members.count { first($0.shownName) == first(name) } ?? 0
    return same > 1 ? name : first(name).text
  }

  var now: Instant { clock.now }

  /// Who is on duty now; empty also where the team keeps no shifts.
  var onDuty: [OnDuty] { team?.onDuty(at: clock.moment(now)) ?? [] }

  /// Whether anybody of the team has a shift at all.
  var keepsShifts: Bool { team?.keepsShifts() ?? false }
}

extension Session {
  /// Changes a conversation, and answers with where it stands now.
  ///
  /// - Parameters:
  ///   - said: What was done, as the first line.
  ///   - change: What it says then, by what it says now, the moment and who changes it.
  func changeConversation(
    _ words: String, said: (InboxDesk, InboxEntry) throws -> (line: StyledText, cautions: [Sentence]),
    _ change: (Conversation, Moment, JSONString, Documents.Team?) throws -> JSONValue
  ) throws {
    let workspace = try openWorkspace()
    let path = try document(words, in: workspace)
    let attribution = try attribution(in: workspace)
    let clock = try clock(of: workspace)
    let now = clock.moment(clock.now)
    let person = JSONString(try workspace.person(attribution))
    let team = try workspace.bytes(at: WorkspacePath("team.json")).flatMap { try? JSONValue(parsing: $0) }
      .map { Documents.Team($0) }
    _ = try workspace.change(path, for: "inbox", by: attribution) { value in
      let kind = value["kind"]?.string
      guard kind == Conversation.kind else { throw ConversationError.notAConversation(kind) }
      return try change(Conversation(value), now, person, team)
    }
    let desk = try InboxDesk(workspace, self)
    let entry = try desk.entry(at: path)
    let (line, cautions) = try said(desk, entry)
    try answer(
      json: entry.json(desk),
      page: {
        var page = Page(line)
        page.line(entry.standing(desk, in: language), indent: 2)
        for caution in cautions { page.line(StyledText(caution.text(in: language), .attention)) }
        page.next = .commitSharesIt
        return page
      }())
    if asksForJSON { for caution in cautions { output.remark(caution, .attention) } }
  }
}

extension Sentence {
  /// The next step after a change of a conversation: others see it once it is shared.
  static let commitSharesIt = Sentence(
    fr: "« ligne commit -m \"…\" » le garde, « ligne sync » le montre à l’équipe.",
    en: "“ligne commit -m \"…\"” keeps it, “ligne sync” shows it to the team.")
}

extension ArgumentHelp {
  /// A conversation argument.
  static var conversation: ArgumentHelp {
    ArgumentHelp(
      fr: "Une conversation : un chemin, un id ou une partie unique d’un id",
      en: "A conversation: a path, an id or any unique part of an id", value: "conversation")
  }
}
