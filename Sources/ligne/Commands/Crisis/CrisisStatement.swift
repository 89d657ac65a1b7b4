import ArgumentParser
import Documents
import EditorialDesk
import EditorialReview
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Ligne.Crisis {
  /// What was written on a good day is said on a bad one.
  struct Statement: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "statement",
        abstract: Sentence(
          fr: "Faire une publication d’un message préparé", en: "Make a post of a prepared statement"),
        discussion: Sentence(
          fr: """
            Remplit les vides du message avec ce que le plan y permet, et en fait une publication urgente que cette crise \
            ne retient pas. Elle se relit et s’approuve comme une autre; rien n’est publié.
            """,
          en: """
            Fills the gaps of the statement with what the plan allows there, and makes an urgent post of it that this \
            crisis does not hold. It is read and approved like any other; nothing is published.
            """))
    }

    @Argument(
      help: .init(
        fr: "L’id d’un message du plan", en: "The id of a statement of the plan",
        value: Localized.text(fr: "message", en: "statement")))
    var statement: String

    @Argument(help: .crisis)
    var crisis: String?

    @Option(
      help: .init(
        fr: "Ce qui va dans un vide, comme heure=\"16 h\"; à répéter",
        en: "What goes into a gap, such as time=\"4:00 p.m.\"; may be repeated",
        value: Localized.text(fr: "vide=valeur", en: "gap=value")))
    var slot: [String] = []

    @Option(
      help: .init(
        fr: "Sur ce canal; à répéter. Ceux du plan si rien n’est dit",
        en: "On this channel; may be repeated. Those of the plan if nothing is said",
        value: Localized.Value.channel))
    var channel: [String] = []

    @OptionGroup var options: GlobalOptions

    func validate() throws { _ = try values() }

    private func values() throws -> [JSONString: String] {
      var values: [JSONString: String] = [:]
      for word in slot {
        guard let sign = word.firstIndex(of: "="), sign > word.startIndex else {
          throw ValidationError(
            fr: "« \(word) » ne dit pas quoi mettre où : --slot vide=valeur",
            en: "“\(word)” does not say what goes where: --slot gap=value")
        }
        values[JSONString(String(word[..<sign]))] = String(word[word.index(after: sign)...])
      }
      return values
    }

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let path = try session.crisis(crisis, in: workspace)
      var random = SystemRandomNumberGenerator()
      let post = try workspace.useStatement(
        statement, filledWith: values(), on: channel, in: path, by: session.attribution(in: workspace),
        random: &random)
      let situation = try session.situation(of: path, in: workspace)
      try session.answer(
        json: Self.json(post, situation), page: Self.describe(post, situation, in: session.language))
    }

    private static func json(_ post: StatementPost, _ situation: CrisisSituation) -> JSONValue {
      [
        "id": post.value["id"] ?? .null, "kind": "post", "path": JSONValue(post.path.text),
        "statement": .string(post.statement), "activation": .string(situation.document.id),
        "body": post.value["body"] ?? .null,
        "channels": .array((post.value["variants"]?.object?.keys ?? []).sorted().map(JSONValue.string)),
        "planApproved": .bool(situation.isPlanApproved),
        "planStanding": JSONValue(situation.planStanding.rawValue),
        "commit": JSONValue(post.version.commit.hex),
      ]
    }

    static func describe(
      _ post: StatementPost, _ situation: CrisisSituation, in language: Language
    ) -> Page {
      let made = Sentence(fr: "Publication préparée : ", en: "Post prepared: ")
      var page = Page(
        StyledText(made.text(in: language), .strong) + StyledText(post.statement.text, .strong) + "  "
          + StyledText(post.path.shortName, .name))
      let channels = (post.value["variants"]?.object?.keys ?? []).sorted().map(\.text)
      page.line(StyledText(channels.joined(separator: ", "), .quiet), indent: 2)
      page.quote(post.value["body"]?.text ?? "")
      if situation.planStanding == .changed {
        let changed = Sentence(
          fr: "Le plan a été modifié depuis la déclaration : relisez ces mots.",
          en: "The plan was changed since the declaration: read these words again.")
        page.line(StyledText(changed.text(in: language), .attention))
      }
      if !situation.isPlanApproved {
        let unapproved = Sentence(
          fr: "Ces mots n’ont pas été approuvés d’avance : le plan n’a pas d’approbation en cours.",
          en: "These words were not approved beforehand: the plan has no approval that holds.")
        page.line(StyledText(unapproved.text(in: language), .attention))
      }
      let name = post.path.shortName
      page.next = Sentence(
        fr: "« ligne review approve \(name) » dit oui à ces mots; « ligne sync » les partage.",
        en: "“ligne review approve \(name)” says yes to these words; “ligne sync” shares them.")
      return page
    }
  }
}
