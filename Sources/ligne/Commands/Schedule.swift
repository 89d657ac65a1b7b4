import ArgumentParser
import Documents
import EditorialReview
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Ligne {
  /// Says when a post goes out.
  struct Schedule: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "schedule",
        abstract: Sentence(fr: "Choisir l’heure d’une publication", en: "Choose when a post goes out"),
        discussion: Sentence(
          fr: """
            L’heure est celle de la marque, ou du fuseau nommé. Elle peut aussi s’écrire avec son décalage, comme \
            2026-11-03T09:30:00-05:00. Rien n’est publié par cette commande : elle note quand ce doit l’être.
            """,
          en: """
            The time is that of the brand, or of the zone you name. It may be written with its offset, too, such as \
            2026-11-03T09:30:00-05:00. This command publishes nothing: it notes when that is to be done.
            """))
    }

    @Argument(help: .document)
    var document: String

    @Option(
      help: .init(
        fr: "Sur quel canal", en: "On which channel", value: Localized.Value.channel))
    var channel: String

    @Option(
      help: .init(
        fr: "Quand, comme 2026-11-03T09:30", en: "When, such as 2026-11-03T09:30", value: Localized.Value.date
      ))
    var at: String?

    @Option(
      help: .init(
        fr: "Le fuseau de cette heure; celui de la marque si rien n’est dit",
        en: "The zone of that time; the brand’s if nothing is said", value: Localized.Value.zone))
    var zone: String?

    @Flag(help: .init(fr: "Retirer l’heure", en: "Take the time away"))
    var clear = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
      switch (at, clear) {
      case (nil, false):
        throw ValidationError(
          fr: "Il manque « --at » avec une heure, ou « --clear » pour la retirer.",
          en: "“--at” with a time is missing, or “--clear” to take it away.")
      case (_?, true):
        throw ValidationError(
          fr: "« --clear » retire l’heure : il n’y en a pas à donner.",
          en: "“--clear” takes the time away: there is none to give.")
      default: break
      }
    }

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let path = try session.document(document, in: workspace)
      let value = try workspace.document(at: path)
      let post = Post(value)
      guard value["kind"]?.string == Post.kind else { throw ScheduleError.notAPost(path) }
      guard let variant = post.variants.first(where: { $0.channel == JSONString(channel) }) else {
        throw ScheduleError.notOnChannel(channel, path, known: post.variants.map(\.channel.text))
      }
      let place = JSONPointer([.key("variants"), .key(variant.channel), .key("schedule")])
      var chosen: (time: ScheduledTime, zone: String)?
      if let at {
        let name = try zone ?? workspace.settings().timeZone ?? "UTC"
        chosen = (try ScheduledTime(typed: at, zone: name, rules: TimeZoneName.rules(of: name)), name)
      }
      if chosen != nil || variant.value["schedule"] != nil {
        try workspace.set(
          path, place, to: chosen.map { ["at": JSONValue($0.time.rfc3339), "zone": JSONValue($0.zone)] },
          by: session.attribution(in: workspace))
      }
      let cautions = try chosen.map {
        try session.cautions(for: path, on: variant.channel, at: $0.time, in: workspace)
      }
      let answer = ScheduleAnswer(
        title: value["title"]?.text ?? path.text, channel: channel, time: chosen?.time, zone: chosen?.zone,
        cautions: cautions ?? [])
      try session.answer(
        json: answer.json(id: value["id"]), page: answer.described(in: session.language))
      if session.asksForJSON { for caution in answer.cautions { session.output.remark(caution, .attention) } }
    }
  }
}

/// When a post goes out, in words.
struct ScheduleAnswer {
  var title: String
  var channel: String
  /// `nil` where there is no time any more.
  var time: ScheduledTime?
  var zone: String?
  /// What a person should know before they rely on it.
  var cautions: [Sentence]

  func json(id: JSONValue?) -> JSONValue {
    [
      "id": id ?? .null, "channel": JSONValue(channel), "at": time.map { JSONValue($0.rfc3339) } ?? .null,
      "zone": zone.map { JSONValue($0) } ?? .null,
    ]
  }

  func described(in language: Language) -> Page {
    let when =
      time.map { $0.moment.fullWording(offset: $0.offset) }
      ?? Sentence(fr: "sans heure", en: "without a time")
    var page = Page("\(title)  \(channel, .name)  \(when.text(in: language), .strong)")
    if let zone { page.line(StyledText("\(zone)  \(time?.rfc3339 ?? "")", .quiet), indent: 2) }
    for caution in cautions { page.line(StyledText(caution.text(in: language), .attention)) }
    page.next = .commitKeepsIt
    return page
  }
}

extension Session {
  /// What may keep a post from going out at its time.
  fileprivate func cautions(
    for path: WorkspacePath, on channel: JSONString, at time: ScheduledTime, in workspace: Workspace
  ) throws -> [Sentence] {
    let folder = try workspace.documentsOfFolder()
    let now = try date().instant
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
    if let embargo = post.embargoUntil.flatMap({ Instant.parse(rfc3339: $0) }), time.moment < embargo.instant
    {
      let end = embargo.instant.fullWording(offset: embargo.offset)
      cautions.append(
        Sentence(
          fr: "L’embargo dure encore à cette heure-là : \(end.french)",
          en: "The embargo still lasts at that time: \(end.english)"))
    }
    if let expiry = post.expiresAt.flatMap({ Instant.parse(rfc3339: $0) }), expiry.instant <= time.moment {
      let end = expiry.instant.fullWording(offset: expiry.offset)
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
