import ArgumentParser
import Documents
import EditorialDesk
import JSONTree
import SyncEngine
import Wording

extension Ligne.Inbox {
  /// Gives a conversation to somebody.
  struct Assign: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "assign",
        abstract: Sentence(fr: "Confier une conversation à quelqu’un", en: "Give a conversation to somebody"),
        discussion: Sentence(
          fr: """
            Qui n’a pas le droit de répondre sur ce canal peut l’avoir pour avis : ce qu’il ou elle en dit se note avec \
            « ligne inbox note ».
            """,
          en: """
            Whoever may not answer on that channel can have it for advice: what they say of it is noted with “ligne inbox \
            note”.
            """))
    }

    @Argument(help: .conversation)
    var conversation: String

    @Argument(help: .member)
    var member: String?

    @Flag(help: .init(fr: "À personne en particulier", en: "To nobody in particular"))
    var nobody = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
      if nobody == (member != nil) {
        throw ValidationError(
          fr: "À qui? Nommez une personne, ou « --nobody ».", en: "To whom? Name a person, or “--nobody”.")
      }
    }

    func run(in session: Session) throws {
      let language = session.language
      try session.changeConversation(conversation) { desk, entry in
        guard let assignee = entry.assignee else {
          return (
            StyledText(
              Sentence(fr: "Confiée à personne en particulier.", en: "Given to nobody in particular.")
                .text(in: language)), []
          )
        }
        let name = desk.name(of: assignee)
        let channel = entry.conversation.channel ?? ""
        switch desk.part(of: assignee, on: channel) {
        case .answer:
          return (
            StyledText(Sentence(fr: "Confiée à \(name).", en: "Given to \(name).").text(in: language)), []
          )
        case .advice:
          return (
            StyledText(
              Sentence(
                fr: "Confiée à \(name) pour avis : répondre sur \(channel) n’est pas dans ses droits.",
                en: "Given to \(name) for advice: answering on \(channel) is not among their rights."
              )
              .text(in: language)), []
          )
        case .nothing:
          return (
            StyledText(Sentence(fr: "Confiée à \(name).", en: "Given to \(name).").text(in: language)),
            [
              Sentence(
                fr: "\(name) n’a aucun droit sur \(channel) : « ligne team right add » en donne.",
                en: "\(name) has no right on \(channel): “ligne team right add” gives one.")
            ]
          )
        }
      } _: { conversation, _, _, team in
        guard let member else { return conversation.assigning(to: nil) }
        guard let team else { throw TeamError.unknownMember(member, known: []) }
        return conversation.assigning(to: try team.id(meantBy: member))
      }
    }
  }
}

extension InboxDesk {
  /// What somebody who has a conversation may do about it.
  enum Part: String { case answer, advice, nothing }

  func part(of member: JSONString, on channel: JSONString) -> Part {
    guard let member = team?.member(member) else { return .nothing }
    if member.may("answer", on: channel) { return .answer }
    return ["comment", "propose", "write", "approve"].contains { member.may($0, on: channel) }
      ? .advice : .nothing
  }
}
