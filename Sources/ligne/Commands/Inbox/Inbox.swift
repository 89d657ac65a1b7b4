import ArgumentParser
import Documents
import EditorialDesk
import JSONTree
import SyncEngine
import Wording

extension Ligne {
  /// Who waits for an answer.
  struct Inbox: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "inbox",
        abstract: Sentence(
          fr: "Voir qui attend une réponse, et s’en occuper", en: "See who waits for an answer, and see to it"
        ),
        discussion: Sentence(
          fr: """
            Sans autre mot, montre chaque conversation où quelqu’un attend, la plus pressée d’abord. Personne ne tient \
            cette liste : elle se calcule des messages, des réponses envoyées et du tri. Une réponse vaut pour la personne \
            à qui elle s’adresse; un message arrivé après la fermeture rouvre la conversation; un message effacé ne demande \
            plus rien.

            Deux horloges comptent : les heures ouvrables et le temps réel (« responsePolicies » de ligne.json); la \
            première échéance est celle qui est montrée. Rien n’est envoyé : Ligne garde qui répond quoi.
            """,
          en: """
            Without another word, shows each conversation in which somebody waits, the most urgent first. Nobody keeps \
            this list: it follows from the messages, the answers that went out, and the sorting. An answer is for the \
            person it is addressed to; a message that comes after the closing opens a conversation again; a deleted message \
            asks for nothing.

            Two clocks count: your business hours and real time (“responsePolicies” in ligne.json); the earlier target is \
            shown. Nothing is sent: Ligne keeps who answers what.
            """),
        subcommands: [
          Show.self, Claim.self, Assign.self, Answer.self, Keep.self, Note.self, Triage.self, Close.self,
          Reopen.self, Stats.self,
        ])
    }

    @Flag(
      help: .init(
        fr: "Seulement celles dont personne ne s’occupe encore",
        en: "Only those that nobody is seeing to yet"))
    var unanswered = false

    @Flag(
      help: .init(
        fr: "Seulement les vôtres : prises, affectées, ou avec une réponse de vous",
        en: "Only yours: claimed, assigned, or with an answer of yours"))
    var mine = false

    @Flag(help: .init(fr: "Aussi celles qui n’attendent personne", en: "Those that wait for nobody as well"))
    var all = false

    @Option(help: .init(fr: "Sur ce canal", en: "On this channel", value: Localized.Value.channel))
    var channel: String?

    @OptionGroup var options: GlobalOptions

    func validate() throws {
      if all, unanswered {
        throw ValidationError(
          fr: "« --all » et « --unanswered » : choisissez.", en: "“--all” or “--unanswered”: choose.")
      }
    }

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let only = try workspace.channel(named: channel)
      // Whose they are has to be known, or “mine” says nothing.
      if mine { _ = try session.attribution(in: workspace) }
      let desk = try InboxDesk(workspace, session)
      let entries = desk.inbox.entries.filter { entry in
        (all || entry.state.isOpen) && (!unanswered || entry.state == .unanswered)
          && (only == nil || entry.conversation.channel == only)
          && (!mine || desk.person.map(entry.isInHand) ?? false)
      }
      let answer = InboxAnswer(desk: desk, entries: entries, onlyMine: mine, onlyUnanswered: unanswered)
      try session.answer(
        json: .array(entries.map { $0.json(desk) }), page: answer.described(in: session.language))
    }
  }
}
