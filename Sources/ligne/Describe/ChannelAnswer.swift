import Documents
import EditorialReview
import JSONTree
import Wording

/// Where the brand speaks, in words.
struct ChannelAnswer {
  var channels: Channels
  /// What the schema says of the state of a channel: the names of the steps.
  var state: SchemaField?

  init(_ document: JSONValue, schemas: SchemaSet) {
    channels = Channels(document)
    state = schemas.kind(named: Channels.kind)?.schema.field(
      at: JSONPointer([.key("channels"), .key("-"), .key("state")]))
  }

  func described(in language: Language) -> Page {
    guard !channels.channels.isEmpty else {
      var page = Page(StyledText(Sentence(fr: "Aucun canal.", en: "No channel.").text(in: language)))
      page.next = Sentence(
        fr: "« ligne channel add facebook=facebook:COMPTE » en ajoute un.",
        en: "“ligne channel add facebook=facebook:HANDLE” adds one.")
      return page
    }
    var page = Page(
      StyledText(CountedNoun.channels.counted(channels.channels.count).text(in: language), .strong))
    func title(_ french: String, _ english: String) -> SafeText {
      SafeText(line: Sentence(fr: french, en: english).text(in: language))
    }
    var table = Table([
      Table.Column(title: "id"), Table.Column(title: title("plateforme", "platform")),
      Table.Column(title: title("compte", "account"), isFlexible: true),
      Table.Column(title: title("langue", "language"), isDispensable: true),
      Table.Column(title: title("état", "state")),
    ])
    for channel in channels.channels {
      table.add([
        StyledText(channel.id?.text ?? "", .name), StyledText(channel.platform ?? ""),
        StyledText(channel.handle ?? ""), StyledText(channel.language ?? "", .quiet),
        StyledText(
          wording(ofState: channel.state, in: language),
          channel.state == "active" ? .plain : .attention),
      ])
    }
    page.table(table)
    return page
  }

  /// A channel that was opened or closed, and what is still planned on it.
  func described(
    _ id: JSONString, planned: [PlannedRelease], when: ClockWording, in language: Language
  ) -> Page {
    guard let channel = channels.channel(id) else { return Page() }
    let account = "\(channel.platform ?? ""):\(channel.handle ?? "")"
    let state = wording(ofState: channel.state, in: language)
    var page = Page("\(id.text, .name)  \(account)  \(state, .strong)")
    if channel.state == "closed", !planned.isEmpty {
      let count = Self.stillPlanned.counted(planned.count).text(in: language)
      page.line(StyledText(count + Sentence(fr: " :", en: ":").text(in: language), .attention))
      page.list(planned.map { $0.described(when: when, in: language) }, atMost: 20, in: language)
    }
    return page
  }

  private static let stillPlanned = CountedNoun(
    fr: (
      "publication y est encore prévue et ne pourra pas sortir",
      "publications y sont encore prévues et ne pourront pas sortir"
    ),
    en: ("post is still planned on it and can’t go out", "posts are still planned on it and can’t go out"))

  private func wording(ofState name: String, in language: Language) -> String {
    state?.valueTitles[JSONString(name)]?.text(in: language) ?? name
  }
}

/// A post on its way to a channel.
struct PlannedRelease {
  var title: String
  var state: EditorialState
  /// When it is to go out; `nil` without a time.
  var time: String?

  /// What is still ahead on a channel, by the time it is to go out, those without a time last.
  static func all(on channel: JSONString, in states: EditorialStates) -> [PlannedRelease] {
    let releases = states.documents.views(Post.self).compactMap { document, post -> (Int, PlannedRelease)? in
      guard let variant = post.variants.first(where: { $0.channel == channel }) else { return nil }
      let state = states.state(of: document, on: channel)
      guard state.isAhead else { return nil }
      let seconds = post.releaseTime(on: channel)?.secondsSince1970 ?? .max
      return (seconds, PlannedRelease(title: document.title, state: state, time: variant.schedule?.at))
    }
    return releases.enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }
      .map(\.element.1)
  }

  fileprivate func described(when: ClockWording, in language: Language) -> StyledText {
    let column = time.flatMap { Moment(rfc3339: $0) }.map { when.column($0) + "  " } ?? ""
    return StyledText(column, .quiet) + "\(title)  \(state.wording.text(in: language), state.style)"
  }
}

extension CountedNoun {
  static let channels = CountedNoun(fr: ("canal", "canaux"), en: ("channel", "channels"))
}
