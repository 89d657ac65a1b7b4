import ArgumentParser
import GitStore
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
            "L’adresse où « ligne sync » met le travail en commun : un dépôt git sur un serveur, une forge ou un dossier partagé. Un dossier vide devient l’espace de l’équipe.",
          en:
            "The address where “ligne sync” brings work together: a git repository on a server, a forge or a shared folder. An empty folder becomes the team’s space."
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
      let before = try address == nil ? nil : workspace.address()
      let folder = try address.flatMap { try workspace.setAddress(session.teamAddress($0)) }
      let current = try workspace.address()
      let isOther = before.map { !$0.utf8.elementsEqual((current ?? "").utf8) } ?? false
      try session.answer(
        json: [
          "remote": current.map { JSONValue($0) } ?? .null,
          "folder": folder.map { JSONValue($0.rawValue) } ?? .null,
        ],
        page: Self.describe(
          current, isNew: address != nil, before: isOther ? before : nil, folder,
          in: session.language))
    }

    static func describe(
      _ address: String?, isNew: Bool, before: String? = nil, _ folder: AddressFolder? = nil,
      in language: Language
    ) -> Page {
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
      if let before {
        page.line(
          StyledText(
            Sentence(fr: "au lieu de \(before)", en: "in the place of \(before)").text(in: language), .quiet))
      }
      switch folder {
      case .prepared:
        let sentence = Sentence(
          fr: "Ce dossier était vide\u{A0}: l’espace de l’équipe y est prêt.",
          en: "This folder was empty: the team’s space is ready there.")
        page.line(StyledText(sentence.text(in: language), .good))
      case .missing:
        let sentence = Sentence(
          fr:
            "Rien n’est là pour l’instant\u{A0}: branchez le disque, ou créez un dossier vide et redonnez l’adresse.",
          en: "Nothing is there now: plug in the disk, or make an empty folder and give the address again.")
        page.line(StyledText(sentence.text(in: language), .attention))
        return page
      case .somethingElse:
        let sentence = Sentence(
          fr:
            "Ce qui est là n’est pas un espace d’équipe\u{A0}: donnez un dossier vide, ou celui où l’équipe partage déjà.",
          en:
            "What is there is no team’s space: give an empty folder, or the one through which the team shares."
        )
        page.line(StyledText(sentence.text(in: language), .attention))
        return page
      case .repository, nil: break
      }
      if isNew {
        page.next = Sentence(
          fr: "« ligne sync » partage votre travail.", en: "“ligne sync” shares your work.")
      }
      return page
    }
  }
}
