import ArgumentParser
import Documents
import EditorialDesk
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
            L’heure est celle de la marque, ou du fuseau nommé : 2026-11-03T09:30, « jeudi 9 h 30 », « 3 novembre à 9 h ». \
            Elle peut aussi s’écrire avec son décalage, comme 2026-11-03T09:30:00-05:00. Avec --milestone, elle dépend \
            d’une étape de la campagne : --by dit combien après (2d, 3h) ou avant (-1d). Sur un canal où la publication \
            n’est pas prévue, --add l’y prévoit. Rien n’est publié par cette commande : elle note quand ce doit l’être.
            """,
          en: """
            The time is that of the brand, or of the zone you name: 2026-11-03T09:30, “Thursday 9:30 a.m.”, “November 3 at 9 \
            a.m.”. It may be written with its offset, too, such as 2026-11-03T09:30:00-05:00. With --milestone it hangs \
            on a milestone of the campaign: --by says how long after (2d, 3h) or before (-1d). On a channel that the post \
            is not meant for, --add puts it there. This command publishes nothing: it notes when that is to be done.
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

    @Option(
      help: .init(
        fr: "À une étape de la campagne de la publication, par son id",
        en: "At a milestone of the post’s campaign, by its id", value: Localized.Value.milestone))
    var milestone: String?

    @Option(
      help: .init(
        fr: "Combien après l’étape : 2d, -1w, 3h, -90m",
        en: "How long after the milestone: 2d, -1w, 3h, -90m",
        value: Localized.Value.duration))
    var by: String?

    @Flag(
      help: .init(
        fr: "Prévoir la publication sur ce canal aussi", en: "Mean the post for this channel, too"))
    var add = false

    @Flag(help: .init(fr: "Retirer l’heure", en: "Take the time away"))
    var clear = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
      let choices = [at != nil, milestone != nil, clear].count { $0 }
      if choices == 0 {
        throw ValidationError(
          fr:
            "Il manque « --at » avec une heure, « --milestone » avec une étape, ou « --clear » pour la retirer.",
          en:
            "“--at” with a time is missing, or “--milestone” with a milestone, or “--clear” to take it away.")
      }
      if choices > 1 {
        throw ValidationError(
          fr: "« --at », « --milestone » et « --clear » ne vont pas ensemble : choisissez.",
          en: "“--at”, “--milestone” and “--clear” do not go together: choose one.")
      }
      if add, clear {
        throw ValidationError(
          fr: "« --add » et « --clear » ne vont pas ensemble : choisissez.",
          en: "“--add” and “--clear” do not go together: choose one.")
      }
      if by != nil, milestone == nil {
        throw ValidationError(
          fr: "« --by » compte depuis une étape : ajoutez « --milestone ».",
          en: "“--by” counts from a milestone: add “--milestone”.")
      }
    }

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let path = try session.document(document, in: workspace)
      let value = try workspace.document(at: path)
      let post = Post(value)
      guard value["kind"]?.string == Post.kind else { throw ScheduleError.notAPost(path) }
      let channel = JSONString(channel)
      let variant = post.variants.first { $0.channel == channel }
      if variant == nil {
        try workspace.refuseUnknown(channels: [channel.text])
        if !add {
          throw ScheduleError.notOnChannel(channel.text, path, known: post.variants.map(\.channel.text))
        }
      }
      let chosen = try choice(for: post, in: workspace, now: session.date().instant)
      if chosen != nil || variant?.value["schedule"] != nil || variant?.value["anchor"] != nil {
        _ = try workspace.change(path, for: "schedule", by: session.attribution(in: workspace)) { value in
          try value.setting(chosen?.fields ?? [:], of: channel)
        }
      }
      let cautions = try chosen.map {
        try session.cautions(for: path, on: channel, at: $0.time, in: workspace)
      }
      let answer = ScheduleAnswer(
        title: value["title"]?.text ?? path.text, channel: channel.text, time: chosen?.time,
        zone: chosen?.zone,
        anchor: chosen?.anchor, cautions: cautions ?? [])
      try session.answer(
        json: answer.json(id: value["id"]), page: answer.described(in: session.language))
      if session.asksForJSON { for caution in answer.cautions { session.output.remark(caution, .attention) } }
    }
  }
}

extension Ligne.Schedule {
  /// A time, and what it hangs on.
  fileprivate struct Choice {
    var time: ScheduledTime
    var zone: String
    var anchor: (milestone: JSONString, minutes: Int)?

    var fields: [JSONString: JSONValue] {
      var fields: [JSONString: JSONValue] = [
        "schedule": ["at": JSONValue(time.rfc3339), "zone": JSONValue(zone)]
      ]
      fields["anchor"] = anchor.map {
        ["milestone": .string($0.milestone), "minutes": .number(JSONNumber($0.minutes))]
      }
      return fields
    }
  }

  /// - Returns: `nil` where the time is to be taken away.
  fileprivate func choice(for post: Post, in workspace: Workspace, now: Instant) throws -> Choice? {
    let name = try zone ?? workspace.settings().timeZone ?? "UTC"
    let rules = try TimeZoneName.rules(of: name)
    if let at {
      let clock = ZonedClock(rules: rules, now: now)
      return Choice(
        time: try ScheduledTime(typed: at, zone: name, clock: clock, towards: .future), zone: name)
    }
    guard let milestone else { return nil }
    let distance: TimeShift
    if let by {
      guard let typed = TimeShift(by) else { throw UnreadableShift(text: by) }
      distance = typed
    } else {
      distance = .minutes(0)
    }
    let campaign = try post.campaign.map { try workspace.document(at: workspace.findDocument($0.text)) }
    let milestones = campaign.map { Campaign($0).milestones } ?? []
    guard let found = milestones.first(where: { $0.id == JSONString(milestone) }),
      let start = found.at.flatMap({ Instant(rfc3339: $0) })
    else {
      throw ScheduleError.unknownMilestone(milestone, known: milestones.compactMap { $0.id?.text })
    }
    let moment = distance.moved(start, clocks: rules).moment
    return Choice(
      time: ScheduledTime(moment: moment, offset: rules.offset(at: moment)), zone: name,
      anchor: (JSONString(milestone), (moment.secondsSince1970 - start.secondsSince1970) / 60))
  }
}

extension JSONValue {
  /// A post with another time on a channel. Whatever is not among the fields is taken away, so that a time that was
  /// chosen by itself no longer hangs on a milestone.
  fileprivate func setting(_ fields: [JSONString: JSONValue], of channel: JSONString) throws -> JSONValue {
    var value = self
    let variant = JSONPointer([.key("variants"), .key(channel)])
    if value.value(at: variant) == nil {
      if value["variants"] == nil { try value.set(.object([:]), at: "/variants") }
      try value.set(["mode": "follows"], at: variant)
    }
    for name: JSONString in ["schedule", "anchor"] {
      let place = variant.appending(.key(name))
      if let field = fields[name] {
        try value.set(field, at: place)
      } else if value.value(at: place) != nil {
        _ = try value.remove(at: place)
      }
    }
    return value
  }
}
