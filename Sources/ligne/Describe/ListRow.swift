import Documents
import EditorialDesk
import EditorialHistory
import EditorialReview
import JSONTree
import ObjectModel
import SyncEngine
import Wording

/// A document in `ligne list`.
struct ListRow {
  var document: ListedDocument
  /// Where it stands: computed for posts, replies and conversations, its own step for others.
  var state: String?
  /// Where a post stands on each of its channels, sorted by channel.
  var channelStates: [(channel: JSONString, state: EditorialState)] = []

  /// - Parameter conversation: Where a conversation stands.
  init(_ document: ListedDocument, states: EditorialStates, conversation: ConversationState? = nil) {
    self.document = document
    if let conversation {
      state = conversation.rawValue
      return
    }
    guard let known = document.document else {
      state = document.isConflicted ? EditorialState.conflicted.rawValue : document.value["state"]?.text
      return
    }
    guard known.kind.name == Post.kind else {
      state = states.name(ofStateOf: known)
      return
    }
    let standings = states.standings(of: known)
    state = states.state(ofPost: known, on: standings).rawValue
    channelStates = standings.map { ($0.channel, $0.state) }
  }

  var kind: String? { document.value["kind"]?.text }
  var title: String { document.kind?.title(of: document.value) ?? document.path.text }

  var channels: [String] {
    guard let pointer = document.kind?.placement.channels, let value = document.value.value(at: pointer)
    else {
      return []
    }
    switch value {
    case .object(let object): return object.keys.map(\.text)
    case .array(let elements): return elements.compactMap { $0.text ?? $0["id"]?.text }
    default: return [value.text].compactMap { $0 }
    }
  }

  var labels: [String] { document.value["labels"]?.array?.compactMap(\.text) ?? [] }

  private var moment: Moment? { document.lastChange.map { Moment($0) } }

  var json: JSONValue {
    var object: JSONObject = [
      "id": document.value["id"] ?? .null, "kind": kind.map { JSONValue($0) } ?? .null,
      "path": JSONValue(document.path.text), "title": JSONValue(title),
      "state": state.map { JSONValue($0) } ?? .null, "channels": .array(channels.map { JSONValue($0) }),
      "updatedAt": moment.map { JSONValue($0.description) } ?? .null,
      "updatedBy": document.lastChange.map { JSONValue($0.name) } ?? .null,
    ]
    if !channelStates.isEmpty {
      var states = JSONObject()
      for (channel, state) in channelStates { states[channel] = JSONValue(state.rawValue) }
      object["states"] = .object(states)
    }
    return .object(object)
  }

  /// A document that can't be read, or that no schema describes, in the list.
  static func json(_ left: CommitReport.LeftOut) -> JSONValue {
    [
      "id": .null, "kind": .null, "path": JSONValue(left.path.text), "title": JSONValue(left.path.text),
      "state": .null, "channels": [], "updatedAt": .null, "updatedBy": .null, "problem": left.json,
    ]
  }

  /// - Parameters:
  ///   - names: What those are called that have no title.
  ///   - withKind: Whether the documents may be of several kinds.
  ///   - channel: Where it is told how a post stands; `nil` for everywhere.
  ///   - clock: By which it is told on which day each was changed.
  static func describe(
    _ rows: [ListRow], _ names: DocumentNames, problems: [CommitReport.LeftOut] = [], withKind: Bool = true,
    on channel: String? = nil, by clock: ZonedClock,
    in language: Language
  ) -> Page {
    guard !rows.isEmpty || !problems.isEmpty else {
      return Page(StyledText(Sentence(fr: "Aucun document.", en: "No document.").text(in: language)))
    }
    var page = Page(StyledText(CountedNoun.documents.counted(rows.count).text(in: language), .strong))
    var columns = [
      Table.Column(title: title(fr: "titre", en: "title", language), isFlexible: true),
      Table.Column(title: title(fr: "état", en: "state", language)),
      Table.Column(title: title(fr: "modifié", en: "changed", language)),
      Table.Column(title: title(fr: "par", en: "by", language), isDispensable: true),
      Table.Column(title: title(fr: "id", en: "id", language)),
    ]
    if withKind { columns.insert(Table.Column(title: title(fr: "genre", en: "kind", language)), at: 0) }
    var table = Table(columns)
    for row in withKind ? byUse(rows) : rows {
      let kind = row.document.kind?.title.text(in: language) ?? row.kind ?? ""
      let day = row.moment.map { "\(clock.moment($0.instant).date)" } ?? ""
      table.add(
        (withKind ? [StyledText(kind, .quiet)] : []) + [
          StyledText(row.label(names, in: language)), row.stateWording(on: channel, in: language),
          StyledText(day, .quiet),
          StyledText(row.document.lastChange?.name ?? "", .quiet),
          StyledText(String(row.document.value["id"]?.text?.suffix(6) ?? ""), .name),
        ])
    }
    if !rows.isEmpty { page.table(table) }
    page.append(CommitReport.described(problems, in: language))
    return page
  }

  /// What people write first, then what says how, then what happened to it, and settings last, which nobody looks for here.
  private static func byUse(_ rows: [ListRow]) -> [ListRow] {
    let kinds = [
      Post.kind, Reply.kind, Conversation.kind, Campaign.kind, ownKind,
      Guideline.kind, SavedReply.kind, Statement.kind, Rumour.kind, CrisisActivation.kind, CrisisPlan.kind,
      Source.kind, Asset.kind,
      Comment.kind, Review.kind, Publication.kind, CrisisLogEntry.kind, Metrics.kind, "ack",
      WorkspaceSettings.kind, Team.kind, Channels.kind, PlatformLimits.kind,
    ]
    let ranks = Dictionary(uniqueKeysWithValues: kinds.enumerated().map { ($1, $0) })
    func rank(_ row: ListRow) -> Int {
      ranks[row.document.value["kind"]?.string ?? ownKind] ?? ranks[ownKind] ?? 0
    }
    return rows.enumerated().sorted {
      (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
    }.map(\.element)
  }

  /// In the place of every kind that a team made itself.
  private static let ownKind: JSONString = ""

  private func label(_ names: DocumentNames, in language: Language) -> String {
    document.kind?.title(of: document.value) ?? names.name(of: document.value)?.text(in: language) ?? title
  }

  /// Where a post stands on a channel, or on any; where any other document stands.
  func states(on channel: String?) -> Swift.Set<String> {
    let there = standings(on: channel).map(\.rawValue)
    return Swift.Set(there.isEmpty || channel == nil ? there + [state].compactMap(\.self) : there)
  }

  private func standings(on channel: String?) -> [EditorialState] {
    guard let channel = channel.map({ JSONString($0) }) else { return channelStates.map(\.state) }
    return channelStates.filter { $0.channel == channel }.map(\.state)
  }

  /// The state in words: those of the schema for a step of its own, else the common ones. Of a post on several channels where
  /// it most needs a person, and then whatever else it is.
  private func stateWording(on channel: String?, in language: Language) -> StyledText {
    let there = standings(on: channel)
    if channel != nil, let only = there.first {
      return StyledText(only.wording.text(in: language), only.style)
    }
    var others: [EditorialState] = []
    for other in there where other.rawValue != state && !others.contains(other) { others.append(other) }
    let rest = others.map { ", " + $0.wording.text(in: language) }.joined()
    return stateWording(in: language) + StyledText(rest, .quiet)
  }

  private func stateWording(in language: Language) -> StyledText {
    if document.kind?.name == Conversation.kind, let state = state.flatMap(ConversationState.init(rawValue:))
    {
      return StyledText(state.wording.text(in: language), state.style)
    }
    let computed = state.flatMap(EditorialState.init(rawValue:))
    let isStored = document.kind.map { ![Post.kind, Reply.kind].contains($0.name) } ?? true
    let field = document.kind?.schema.field(at: JSONPointer([.key("state")]))
    let step = state.flatMap { field?.valueTitles[JSONString($0)] }
    guard let word = (isStored ? step : nil) ?? computed?.wording ?? step else {
      return StyledText(state ?? "")
    }
    return StyledText(word.text(in: language), computed?.style ?? .plain)
  }

  private static func title(fr french: String, en english: String, _ language: Language) -> SafeText {
    SafeText(line: Sentence(fr: french, en: english).text(in: language))
  }
}

extension EditorialState {
  /// What stands out in a list: what waits for a person although it looks finished.
  var style: Style {
    switch self {
    case .conflicted, .held, .expired, .stale, .changesRequested, .publishedDiverged, .sentDiverged:
      .attention
    case .published, .sent, .scheduled, .approved: .good
    default: .plain
    }
  }
}
