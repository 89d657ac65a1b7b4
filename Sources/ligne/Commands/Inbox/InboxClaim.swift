import ArgumentParser
import Documents
import EditorialDesk
import JSONTree
import SyncEngine
import Wording

extension Ligne.Inbox {
  /// “I am at it.”
  struct Claim: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "claim",
        abstract: Sentence(
          fr: "Dire qu’on prépare la réponse", en: "Say that you are preparing the answer"),
        discussion: Sentence(
          fr: """
            Vaut une heure, ou jusqu’à l’heure donnée; après, n’importe qui peut la prendre. Si quelqu’un d’autre s’en \
            occupe, la commande le dit et ne change rien. Deux personnes sans connexion peuvent la prendre en même temps : \
            « ligne sync » le dit, et c’est à trancher.
            """,
          en: """
            Holds for an hour, or until the time you give; then anybody may take it. If somebody else is at it, the command \
            says so and changes nothing. Two people without a connection may take it at once: “ligne sync” says so, and it \
            is to be settled.
            """))
    }

    @Argument(help: .conversation)
    var conversation: String

    @Option(
      help: .init(
        fr: "Jusqu’à cette heure, comme 2026-11-03T09:30", en: "Until this time, such as 2026-11-03T09:30",
        value: Localized.Value.date))
    var until: String?

    @Option(
      name: .customLong("for"),
      help: .init(
        fr: "Pendant tant de minutes", en: "For so many minutes",
        value: Localized.text(fr: "minutes", en: "minutes")))
    var minutes: Int?

    @Flag(help: .init(fr: "La laisser à d’autres", en: "Leave it to others"))
    var release = false

    @Flag(
      help: .init(fr: "Même si quelqu’un d’autre s’en occupe", en: "Even if somebody else is at it"))
    var force = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
      if until != nil, minutes != nil {
        throw ValidationError(
          fr: "« --until » ou « --for » : choisissez.", en: "“--until” or “--for”: choose.")
      }
      if release, until != nil || minutes != nil {
        throw ValidationError(
          fr: "« --release » la laisse tout de suite : sans heure.",
          en: "“--release” leaves it at once: without a time.")
      }
      if let minutes, !(1...10_080).contains(minutes) {
        throw ValidationError(
          fr: "« --for » va de 1 minute à 10 080, une semaine.",
          en: "“--for” goes from 1 minute to 10,080, a week.")
      }
    }

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let name = try workspace.settings().timeZone ?? "UTC"
      let clock = try session.clock(of: workspace)
      let end = try until.map {
        try ScheduledTime(typed: $0, zone: name, clock: clock, towards: .future).moment
      }
      let language = session.language
      try session.changeConversation(conversation) { desk, entry in
        guard let claim = entry.claim, let until = claim.until else {
          return (
            StyledText(Sentence(fr: "Laissée à d’autres.", en: "Left to others.").text(in: language)), []
          )
        }
        let end = desk.clock.untilWording(of: until.instant)
        let name = desk.name(of: claim.by)
        return (
          StyledText(
            Sentence(fr: "\(name) s’en occupe, \(end.french)", en: "\(name) is at it \(end.english)")
              .text(in: language)), []
        )
      } _: { conversation, now, person, team in
        if release {
          return try conversation.releasing(by: person, at: now.instant, takingOver: force, team: team)
        }
        let instant = end ?? Instant(secondsSince1970: now.instant.secondsSince1970 + (minutes ?? 60) * 60)
        return try conversation.claiming(
          by: person, at: now, until: clock.moment(instant),
          takingOver: force, team: team)
      }
    }
  }
}
