import ArgumentParser
import Documents
import JSONTree
import SyncEngine
import Wording

extension Ligne.Team {
  /// Somebody decides in another’s place.
  struct Delegate: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "delegate",
        abstract: Sentence(
          fr: "Confier sa voix à quelqu’un pour un temps", en: "Give somebody one’s voice for a while"),
        discussion: Sentence(
          fr: """
            L’autre personne approuve alors en son nom, avec ses droits. Un jour compte en entier, jusqu’à 23 h 59. \
            « --end » y met fin maintenant : ce qui a été décidé jusque-là reste valable.
            """,
          en: """
            The other person then approves in their name, with their rights. A day counts as a whole, until 11:59 p.m. \
            “--end” ends it now: what was decided until then stays good.
            """))
    }

    @Argument(help: .member)
    var member: String

    @Option(
      help: .init(
        fr: "Qui décidera à sa place", en: "Who will decide in their place", value: Localized.Value.person))
    var to: String?

    @Option(
      help: .init(
        fr: "À partir de quand; tout de suite si rien n’est dit", en: "From when; at once if nothing is said",
        value: Localized.Value.date))
    var from: String?

    @Option(
      help: .init(
        fr: "Jusqu’à quand; sans fin si rien n’est dit", en: "Until when; without end if nothing is said",
        value: Localized.Value.date))
    var until: String?

    @Flag(help: .init(fr: "Mettre fin à la délégation", en: "End the delegation"))
    var end = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
      if !end, to == nil {
        throw ValidationError(
          fr: "Il manque « --to » avec une personne, ou « --end » pour mettre fin à la délégation.",
          en: "“--to” with a person is missing, or “--end” to end the delegation.")
      }
      if end, from != nil || until != nil {
        throw ValidationError(
          fr: "« --end » met fin à la délégation maintenant : il n’y a pas de date à donner.",
          en: "“--end” ends the delegation now: there is no date to give.")
      }
    }

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let clock = try session.clock(of: workspace)
      let now = clock.now
      let from = clock.moment(try from.map { try clock.beginning(typed: $0, towards: .future) } ?? now)
      let until = try until.map { clock.moment(try clock.ending(typed: $0, from: from.date)) }
      var random = SystemRandomNumberGenerator()
      let name = ULID(milliseconds: UInt64(max(0, now.secondsSince1970)) * 1000, using: &random).text
      try session.changeTeam(in: workspace) { team in
        let id = try team.id(meantBy: member)
        let other = try to.map { words throws(TeamError) in try team.id(meantBy: words) }
        guard !end, let other else {
          return (
            try team.endingDelegations(of: id, to: other, at: now, offset: clock.moment(now).offset), id
          )
        }
        return (try team.delegating(id, to: other, from: from, until: until, as: name), id)
      }
    }
  }
}
