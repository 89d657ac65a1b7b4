import ArgumentParser
import JSONTree
import SyncEngine
import Wording

extension Ligne {
  /// Shows or sets the team’s address.
  struct Remote: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "remote",
        abstract: Sentence(fr: "Voir ou changer l’adresse de l’équipe", en: "Show or set the team’s address"),
        discussion: Sentence(
          fr:
            "L’adresse où « ligne sync » met le travail en commun : un dépôt git sur un serveur, une forge ou un dossier partagé.",
          en:
            "The address where “ligne sync” brings work together: a git repository on a server, a forge or a shared folder."
        ))
    }

    @Argument(
      help: .init(
        fr: "La nouvelle adresse; sans elle, l’adresse actuelle est montrée",
        en: "The new address; without it, the present one is shown", value: Localized.Value.address),
      completion: .directory)
    var address: String?

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      if let address { try workspace.setAddress(session.teamAddress(address)) }
      let current = try workspace.address()
      try session.answer(
        json: ["remote": current.map { JSONValue($0) } ?? .null],
        page: Self.describe(current, isNew: address != nil, in: session.language))
    }

    static func describe(_ address: String?, isNew: Bool, in language: Language) -> Page {
      guard let address else {
        var page = Page(
          StyledText(
            Sentence(fr: "Pas encore d’adresse d’équipe.", en: "No team address yet.").text(in: language)))
        page.next = Sentence(
          fr: "« ligne remote ADRESSE » en donne une : un dossier partagé, un serveur, une forge.",
          en: "“ligne remote ADDRESS” gives one: a shared folder, a server, a forge.")
        return page
      }
      var page = Page(StyledText(address, .name))
      if isNew {
        page.next = Sentence(
          fr: "« ligne sync » partage votre travail.", en: "“ligne sync” shares your work.")
      }
      return page
    }
  }
}
