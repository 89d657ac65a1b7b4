import Documents
import EditorialReview
import JSONTree
import ObjectModel
import SyncEngine
import Wording

/// When a post goes out, in words.
struct ScheduleAnswer {
  var title: String
  var channel: String
  /// `nil` where there is no time any more.
  var time: ScheduledTime?
  var zone: String?
  var anchor: (milestone: JSONString, minutes: Int)?
  /// What a person should know before they rely on it.
  var cautions: [Sentence]

  func json(id: JSONValue?) -> JSONValue {
    [
      "id": id ?? .null, "channel": JSONValue(channel), "at": time.map { JSONValue($0.rfc3339) } ?? .null,
      "zone": zone.map { JSONValue($0) } ?? .null,
      "anchor": anchor.map {
        ["milestone": .string($0.milestone), "minutes": .number(JSONNumber($0.minutes))]
      } ?? .null,
    ]
  }

  func described(in language: Language) -> Page {
    let when =
      time.map { time in
        // With its weekday: a wrong Thursday is seen.
        let date = time.moment.date(offset: time.offset)
        let hour = time.moment.timeWording(offset: time.offset)
        return Sentence(
          fr: "\(date.weekdayName.french) \(date.dayAndMonth.french) \(date.year) à \(hour.french)",
          en: "\(date.weekdayName.english), \(date.wording.english) at \(hour.english)")
      }
      ?? Sentence(fr: "sans heure", en: "without a time")
    var page = Page("\(title)  \(channel, .name)  \(when.text(in: language), .strong)")
    if let zone { page.line(StyledText("\(zone)  \(time?.rfc3339 ?? "")", .quiet), indent: 2) }
    if let anchor {
      let name = anchor.milestone.text
      page.line(
        StyledText(
          Sentence(fr: "dépend de l’étape \(name)", en: "hangs on the milestone \(name)").text(in: language),
          .quiet),
        indent: 2)
    }
    for caution in cautions { page.line(StyledText(caution.text(in: language), .attention)) }
    page.next = .commitKeepsIt
    return page
  }
}

extension Session {
  /// What may keep a post from going out at its time.
  func cautions(
    for path: WorkspacePath, on channel: JSONString, at time: ScheduledTime, in workspace: Workspace
  ) throws -> [Sentence] {
    let folder = try workspace.documentsOfFolder()
    let clock = try when(in: workspace).clock
    let now = clock.now
    let states = try workspace.states(of: folder, at: now)
    guard let document = folder.collection.all.first(where: { $0.path == path }) else { return [] }
    let post = Post(document.value)
    var cautions: [Sentence] = []
    if time.moment < now {
      cautions.append(Sentence(fr: "Cette heure est passée.", en: "That time has passed."))
    }
    if !states.holds(on: post, channel: channel).isEmpty {
      cautions.append(
        Sentence(
          fr: "Une crise est en cours : la publication est retenue, et ne sortira pas d’elle-même.",
          en: "A crisis is on: the post is held, and will not go out by itself."))
    }
    if let embargo = post.embargoUntil.flatMap({ Instant(rfc3339: $0) }), time.moment < embargo {
      let end = clock.fullWording(of: embargo)
      cautions.append(
        Sentence(
          fr: "L’embargo dure encore à cette heure-là : \(end.french)",
          en: "The embargo still lasts at that time: \(end.english)"))
    }
    if let expiry = post.expiresAt.flatMap({ Instant(rfc3339: $0) }), expiry <= time.moment {
      let end = clock.fullWording(of: expiry)
      cautions.append(
        Sentence(
          fr: "La publication n’est plus valable à cette heure-là : \(end.french)",
          en: "The post is no longer valid at that time: \(end.english)"))
    }
    let isClosed = folder.collection.channels.contains { $0.id == channel && $0.state == "closed" }
    if isClosed {
      cautions.append(
        Sentence(
          fr: "Ce canal est fermé : rien n’y sort.", en: "This channel is closed: nothing goes out there."))
    }
    return cautions
  }
}
