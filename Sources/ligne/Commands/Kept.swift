import ArgumentParser
import EditorialHistory
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Ligne {
  /// Lists and brings back copies of uncommitted work.
  struct Kept: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "kept",
        abstract: Sentence(
          fr: "Retrouver ce qui n’était pas enregistré", en: "Find what had not been committed"),
        discussion: Sentence(
          fr: """
            Avant que Ligne touche à un texte qui n’est dans aucune version, elle en garde une copie. Sans autre mot, \
            la commande les montre, la plus récente d’abord; « ligne kept restore ID » en ramène une, octet pour octet, \
            comme un changement non enregistré. Ce qu’elle remplace est gardé aussi. Ces copies restent sur cet \
            ordinateur, et aucune n’est jamais supprimée.
            """,
          en: """
            Before Ligne touches a text that is in no version, it keeps a copy. Without another word, the command shows \
            them, the newest first; “ligne kept restore ID” brings one back, byte for byte, as an uncommitted change. \
            What it replaces is kept as well. The copies stay on this computer, and none is ever removed.
            """))
    }

    enum Action: String, ExpressibleByArgument, CaseIterable { case restore }

    @Argument(
      help: .init(
        fr: "« restore » pour ramener un texte", en: "“restore” to bring a text back",
        value: "restore"))
    var action: Action?

    @Argument(
      help: .init(
        fr: "Lequel : le début de son id, ou de celui de la copie entière",
        en: "Which one: the beginning of its id, or of the whole copy’s", value: "id"))
    var id: String?

    @OptionGroup var options: GlobalOptions

    func validate() throws {
      if action != nil, id == nil {
        throw ValidationError(
          fr: "« restore » a besoin d’un id; « ligne kept » les montre.",
          en: "“restore” needs an id; “ligne kept” shows them.")
      }
    }

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      guard let id else {
        let texts = try workspace.keptTexts()
        return try session.answer(
          json: .array(texts.map(\.json)),
          page: Self.describe(texts, when: session.when(in: workspace), in: session.language))
      }
      let restored = try workspace.restoreKept(id, by: session.attribution(in: workspace))
      try session.answer(
        json: [
          "restored": .array(restored.texts.map(\.json)),
          "kept": restored.kept.map { JSONValue($0.hex) } ?? .null,
        ],
        page: Self.describe(restored, in: session.language))
    }

    static func describe(
      _ texts: [KeptText], when: ClockWording, in language: Language
    ) -> Page {
      guard let first = texts.first else {
        return Page(
          StyledText(
            Sentence(fr: "Aucun texte n’a dû être gardé.", en: "No text had to be kept.").text(in: language)))
      }
      let counted = CountedNoun(fr: ("texte gardé", "textes gardés"), en: ("kept text", "kept texts"))
        .counted(texts.count)
      var page = Page(StyledText(counted.text(in: language), .strong))
      var table = Table([
        Table.Column(title: ""), Table.Column(title: "", isFlexible: true), Table.Column(title: ""),
        Table.Column(title: "", isFlexible: true, isDispensable: true),
      ])
      for text in texts {
        table.add([
          StyledText(String(text.id.prefix(8)), .name), StyledText(text.path.text),
          StyledText(when(Moment(text.by)), .quiet),
          StyledText(text.reason.wording.text(in: language), .quiet),
        ])
      }
      page.table(table)
      let id = first.id.prefix(8)
      page.next = Sentence(
        fr: "« ligne kept restore \(id) » ramène le premier; ce qu’il remplace est gardé aussi.",
        en: "“ligne kept restore \(id)” brings back the first; what it replaces is kept as well.")
      return page
    }

    static func describe(_ restored: KeptRestoration, in language: Language) -> Page {
      let isBack = CountedNoun(fr: ("texte est revenu", "textes sont revenus"), en: ("text is", "texts are"))
        .counted(restored.texts.count)
      var page = Page(
        StyledText(
          Sentence(fr: "\(isBack.french).", en: "\(isBack.english) back.").text(in: language), .strong))
      page.list(restored.texts.map { StyledText($0.path.text, .name) }, atMost: 12, in: language)
      if let kept = restored.kept {
        page.line(
          StyledText(
            Sentence(fr: "Ce qui était à sa place est gardé : ", en: "What stood there is kept: ")
              .text(in: language)) + StyledText(String(kept.hex.prefix(8)), .name))
      }
      page.next = Sentence(
        fr: "C’est un changement comme un autre : « ligne diff » le montre, « ligne commit » le garde.",
        en: "It is a change like any other: “ligne diff” shows it, “ligne commit” keeps it.")
      return page
    }
  }
}

extension Page {
  /// Says which copy holds what no version did, where there was such.
  mutating func add(kept: ObjectID?, in language: Language) {
    guard let kept else { return }
    line(
      StyledText(
        Sentence(
          fr: "Ce qui n’était pas enregistré est gardé : ", en: "What was not committed is kept: "
        ).text(in: language)) + StyledText(String(kept.hex.prefix(8)), .name))
  }
}

extension KeptText {
  var json: JSONValue {
    [
      "id": JSONValue(id), "path": JSONValue(path.text), "at": JSONValue(Moment(by).description),
      "why": JSONValue(reason.rawValue), "by": JSONValue(by.name), "copy": JSONValue(copy.hex),
    ]
  }
}

extension KeptText.Reason {
  fileprivate var wording: Sentence {
    switch self {
    case .sync: Sentence(fr: "avant une mise en commun", en: "before a sync")
    case .restore: Sentence(fr: "avant un retour en arrière", en: "before going back")
    case .check: Sentence(fr: "avant des corrections", en: "before corrections")
    case .undo: Sentence(fr: "avant une annulation", en: "before an undo")
    case .resolve: Sentence(fr: "avant un choix", en: "before a choice")
    case .delete: Sentence(fr: "avant une suppression", en: "before a deletion")
    case .exchange: Sentence(fr: "enregistré pendant un échange", en: "saved during an exchange")
    case .unknown: Sentence(fr: "", en: "")
    }
  }
}
