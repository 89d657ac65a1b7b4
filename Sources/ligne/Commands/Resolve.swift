import ArgumentParser
import Documents
import JSONTree
import ObjectModel
import SyncEngine
import ThreeWayMerge
import Wording

extension Ligne {
  /// Settles a conflict.
  struct Resolve: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "resolve",
        abstract: Sentence(fr: "Trancher un conflit", en: "Settle a conflict"),
        discussion: Sentence(
          fr: """
            « ligne conflicts » montre les champs à trancher et le numéro de chaque choix. Là où une seule chose est à \
            trancher dans un document, le champ peut être omis.
            """,
          en: """
            “ligne conflicts” shows the fields to settle and the number of each choice. Where only one thing is to be \
            settled in a document, the field may be left out.
            """),
        usage: Sentence(
          fr: """
            ligne resolve <document> [<champ>] (--take <n> | --value <valeur> | --edit)
            ligne resolve [<document>] --all
            """,
          en: """
            ligne resolve <document> [<field>] (--take <n> | --value <value> | --edit)
            ligne resolve [<document>] --all
            """))
    }

    @Argument(help: .document)
    var document: String?

    @Argument(help: .pointer)
    var pointer: String?

    @Option(
      help: .init(
        fr: "Prendre le choix qui porte ce numéro, à partir de 1",
        en: "Take the choice with this number, from 1",
        value: Localized.Value.number))
    var take: Int?

    @Option(
      help: .init(
        fr: "Mettre une valeur nouvelle : du JSON, sinon du texte", en: "Put a new value: JSON, else text",
        value: Localized.Value.value))
    var value: String?

    @Flag(help: .init(fr: "Écrire la valeur dans votre éditeur", en: "Write the value in your editor"))
    var edit = false

    @Flag(
      help: .init(
        fr: "Prendre partout ce que le document montre", en: "Take what the document shows, everywhere"))
    var all = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
      let ways = [take != nil, value != nil, edit].count { $0 }
      if all {
        guard pointer == nil, ways == 0 else {
          throw ValidationError(
            fr: "« --all » prend ce qui est montré, partout : ni champ ni autre choix avec lui.",
            en: "“--all” takes what is shown, everywhere: no field and no other choice with it.")
        }
        return
      }
      guard document != nil else {
        throw ValidationError(
          fr: "Dites quel document, ou « --all » pour prendre partout ce qui est montré.",
          en: "Say which document, or “--all” to take what is shown everywhere.")
      }
      guard ways == 1 else {
        throw ValidationError(
          fr: "Choisissez d’une seule façon : --take, --value ou --edit.",
          en: "Choose in exactly one way: --take, --value or --edit.")
      }
      if let take, take < 1 {
        throw ValidationError(fr: "Les choix vont à partir de 1.", en: "Choices are numbered from 1.")
      }
    }

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      let attribution = try session.attribution(in: workspace)
      let path = try document.map { try session.document($0, in: workspace) }
      var remaining = try workspace.openConflicts().count
      var settled: Swift.Set<WorkspacePath> = []
      if all {
        // Once it is settled which file it shall be, what is open inside is asked.
        while case let open = try workspace.openConflicts(in: path), !open.isEmpty {
          for open in open {
            remaining = try workspace.resolve(open.path, open.pointer, with: .shown, by: attribution)
            settled.insert(open.path)
          }
        }
        if settled.isEmpty {
          return try session.answer(
            json: ["remaining": .number(JSONNumber(remaining)), "unreadable": []],
            page: Self.describeNothing(remaining, in: session.language))
        }
      } else if let path {
        let place =
          try pointer.map { try self.place(called: $0, in: path, of: workspace) }
          ?? onlyPlace(in: path, of: workspace)
        remaining = try workspace.resolve(
          path, place, with: choice(at: place, of: path, workspace, session), by: attribution)
        settled = [path]
      }
      let unreadable = try workspace.documents(at: settled.filter(\.isDocument)).filter {
        if case .failure = $0.document { true } else { false }
      }
      try session.answer(
        json: [
          "remaining": .number(JSONNumber(remaining)),
          "unreadable": .array(unreadable.map { JSONValue($0.path.text) }),
        ],
        page: Self.describe(remaining, unreadable: unreadable.map(\.path), in: session.language))
    }

    /// What somebody calls so: of what is open the last part of a name is enough.
    private func place(called words: String, in path: WorkspacePath, of workspace: Workspace) throws
      -> JSONPointer
    {
      if words.isEmpty || words.hasPrefix("/") { return try ligne.pointer(words, of: nil) }
      let kind = try workspace.kind(at: path)
      let names = FieldNames(of: kind)
      let open = try workspace.openConflicts(in: path).map(\.pointer)
      let meant = open.filter { place in
        let parts = place.steps.indices.map { JSONPointer(Array(place.steps[...$0])) }
        return parts.indices.contains { first in
          let tail = parts[first...].map(names.lastName)
          let said = [
            tail.map(\.french), tail.map(\.english), parts[first...].map { $0.steps.last?.name.text ?? "" },
          ]
          return said.contains { $0.joined(separator: " ").plainWords == words.plainWords }
        }
      }
      // The whole name of one comes before the end of another.
      if let exact = names.pointer(called: words), meant.contains(exact) { return exact }
      if meant.count > 1 { throw WorkspaceError.severalConflicts(path, places: meant) }
      if let only = meant.first { return only }
      if let known = names.pointer(called: words) { return known }
      throw WorkspaceError.malformedPointer(
        words, reason: Sentence(fr: "rien d’ouvert ne s’appelle ainsi", en: "nothing open is called so"),
        known: open.filter { !$0.steps.isEmpty }.map(names.name))
    }

    /// The one place in a document where something is to be settled.
    private func onlyPlace(in path: WorkspacePath, of workspace: Workspace) throws -> JSONPointer {
      let open = try workspace.openConflicts(in: path).map(\.pointer)
      guard let only = open.first else { throw WorkspaceError.noConflict(pointer: "", document: path) }
      if open.count > 1 { throw WorkspaceError.severalConflicts(path, places: open) }
      return only
    }

    private func choice(
      at pointer: JSONPointer, of path: WorkspacePath, _ workspace: Workspace, _ session: Session
    ) throws -> Choice {
      if let take { return .candidate(take) }
      let open = try workspace.openConflicts(in: path).first { $0.pointer == pointer }
      // By its old name, too.
      let path = open?.path ?? path
      if open?.isOfWholeFile == true { throw WorkspaceError.wholeFile(path) }
      if let value {
        // A text file is given the text that was typed.
        guard path.isJSON else { return .value(JSONValue(value)) }
        let kind = path.isDocument ? try workspace.schemas().kind(of: workspace.document(at: path)) : nil
        return .value(try session.value(typed: value, at: pointer, of: kind, in: workspace))
      }
      return .value(try session.written(startingFrom: open?.current ?? .null, in: workspace))
    }

    /// What is said where there was nothing to choose, so that nobody looks for a choice to commit.
    private static func describeNothing(_ remaining: Int, in language: Language) -> Page {
      var page = Page(
        StyledText(Sentence(fr: "Rien à trancher ici.", en: "Nothing to settle here.").text(in: language)))
      if remaining > 0 {
        page.next = Sentence(
          fr: "« ligne conflicts » montre ce qui est à trancher ailleurs.",
          en: "“ligne conflicts” shows what is to be settled elsewhere.")
      }
      return page
    }

    /// - Parameter unreadable: Chosen files that nobody can read, of which no version can be made yet.
    private static func describe(
      _ remaining: Int, unreadable: [WorkspacePath], in language: Language
    ) -> Page {
      var page = describe(remaining, in: language)
      if unreadable.isEmpty { return page }
      let names = unreadable.map(\.text).joined(separator: ", ")
      page.next = Sentence(
        fr:
          "Corrigez d’abord ce que personne ne peut lire : \(names). « ligne conflicts » dit ensuite s’il y reste à trancher.",
        en:
          "Mend first what nobody can read: \(names). “ligne conflicts” says then whether something in it is to be settled."
      )
      return page
    }

    static func describe(_ remaining: Int, in language: Language) -> Page {
      guard remaining > 0 else {
        var page = Page(
          StyledText(
            Sentence(fr: "Tout est tranché.", en: "Everything is settled.").text(in: language), .good))
        page.next = Sentence(
          fr: "« ligne commit -m \"…\" » garde ces choix, « ligne sync » les partage.",
          en: "“ligne commit -m \"…\"” keeps these choices, “ligne sync” shares them.")
        return page
      }
      var page = Page(
        StyledText(Sentence(fr: "C’est tranché; il reste ", en: "Settled; ").text(in: language))
          + StyledText(CountedNoun.conflicts.counted(remaining).text(in: language), .attention)
          + StyledText(Sentence(fr: ".", en: " left.").text(in: language)))
      page.next = Sentence(
        fr: "« ligne conflicts » montre la suite.", en: "“ligne conflicts” shows the rest.")
      return page
    }
  }
}

extension String {
  /// The words alone, whatever the capitals, accents and signs.
  fileprivate var plainWords: String { readableWords(of: self, limit: .max) }
}
