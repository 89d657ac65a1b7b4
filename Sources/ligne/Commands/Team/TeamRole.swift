import ArgumentParser
import Documents
import JSONTree
import SyncEngine
import Wording

extension Ligne.Team {
  /// What somebody is in the team.
  struct Role: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "role", abstract: Sentence(fr: "Donner ou retirer un rôle", en: "Give or take away a role"))
    }

    @Argument(help: .member)
    var member: String

    @Argument(
      help: .init(
        fr: "Un rôle, comme rédaction ou direction", en: "A role, such as writing or direction",
        value: Localized.text(fr: "rôle", en: "role")))
    var roles: [String]

    @Flag(help: .init(fr: "Retirer ces rôles", en: "Take these roles away"))
    var remove = false

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      try session.changeTeam(in: workspace) { team in
        let id = try team.id(meantBy: member)
        return (team.changing(roles: roles, of: id, remove ? .take : .give), id)
      }
    }
  }

  /// What somebody may do.
  struct Right: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "right",
        abstract: Sentence(
          fr: "Donner ou retirer un droit sur un canal", en: "Give or take away a right on a channel"))
    }

    @Argument(help: .member)
    var member: String

    @Argument(
      help: .init(
        fr: "Le canal, ou * pour tous", en: "The channel, or * for all", value: Localized.Value.channel))
    var channel: String

    @Argument(
      help: .init(
        fr: "Un droit : commenter, proposer, rédiger, répondre, approuver, publier, gérer",
        en: "A right: comment, propose, write, answer, approve, publish, manage",
        value: Localized.text(fr: "droit", en: "right")))
    var rights: [String]

    @Flag(help: .init(fr: "Retirer ces droits", en: "Take these rights away"))
    var remove = false

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let typed = rights.map { ChannelRight(channel: channel, right: $0) }
      // A right on a channel that is gone, or that there never was, can still be taken away.
      let known = try workspace.schemas().rightOfMember
      let rights =
        try remove
        ? typed.map { ChannelRight(channel: channel, right: known?.value(called: $0.right) ?? $0.right) }
        : session.rights(meantBy: typed, in: workspace)
      try session.changeTeam(in: workspace) { team in
        let id = try team.id(meantBy: member)
        return (team.changing(rights: rights, of: id, remove ? .take : .give), id)
      }
    }
  }
}
