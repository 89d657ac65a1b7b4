import ArgumentParser
import Documents
import JSONTree
import SyncEngine
import ThreeWayMerge
import Wording

extension Ligne {
  /// Merges any three files.
  struct MergeFile: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "merge-file",
        abstract: Sentence(fr: "Fusionner trois fichiers", en: "Merge three files"),
        discussion: Sentence(
          fr: """
            La base est la dernière version que les deux côtés connaissaient. Sert aussi à git, qui l’appelle avec \
            %O %A %B %P. Répond 0 si tout s’accorde, 2 si une personne doit trancher, 1 si un fichier ne se lit pas.
            """,
          en: """
            The base is the last version both sides knew. Serves git as well, which calls it with %O %A %B %P. Exits 0 \
            if everything agrees, 2 if a person has to settle something, 1 if a file can’t be read.
            """))
    }

    @Argument(
      help: .init(
        fr: "La dernière version commune", en: "The last version in common", value: Localized.Value.base),
      completion: .file())
    var base: String

    @Argument(
      help: .init(fr: "Notre version", en: "Our version", value: Localized.Value.ours), completion: .file())
    var ours: String

    @Argument(
      help: .init(fr: "Leur version", en: "Their version", value: Localized.Value.theirs), completion: .file()
    )
    var theirs: String

    @Argument(
      help: .init(
        fr: "Nom du document quand git appelle : le résultat remplace notre version",
        en: "Name of the document when git calls: the result replaces our version",
        value: Localized.Value.file))
    var driverPath: String?

    @Option(
      help: .init(
        fr: "Où écrire le résultat; la sortie standard si rien n’est dit",
        en: "Where to write the result; standard output if nothing is said", value: Localized.Value.file),
      completion: .file())
    var output: String?

    @Option(
      help: .init(
        fr: "Nom du document dans l’espace, qui décide des règles",
        en: "Name of the document in the workspace, which decides the rules", value: Localized.Value.file))
    var path: String?

    @Option(
      help: .init(
        fr: "Schéma dont prendre les règles", en: "Schema to take the rules from", value: Localized.Value.file
      ),
      completion: .file(extensions: ["json"]))
    var schema: String?

    @OptionGroup var options: GlobalOptions

    func validate() throws {
      if driverPath != nil, output != nil || path != nil {
        throw ValidationError(
          fr: "Le nom du document remplace « --output » et « --path » : donnez l’un ou les autres.",
          en: "The name of the document stands for “--output” and “--path”: give one or the others.")
      }
    }

    func run(in session: Session) throws {
      let name = driverPath ?? path
      let bytes = try [base, ours, theirs].map { try session.contents(of: $0) }
      let rules = try rules(in: session)
      let outcome: FileContentOutcome
      do throws(FileContentError) {
        outcome = try mergeFileContents(
          Versions(base: bytes[0], ours: bytes[1], theirs: bytes[2]),
          isJSON: name.map { $0.hasSuffix(".json") },
          rules: rules)
      } catch .unreadable(let version) {
        throw UnreadableInput(file: version == .base ? base : version == .ours ? ours : theirs)
      }
      let target = driverPath == nil ? FileContents.target(output) : ours
      if let target { try FileContents.write(outcome.bytes, to: session.path(target)) }
      if session.asksForJSON {
        try session.output.show(Self.json(outcome))
      } else if target == nil {
        try session.output.show(file: outcome.bytes)
      }
      for notice in outcome.notices {
        session.output.remark(
          StyledText(notice.pointer.description + "  ", .quiet)
            + StyledText(notice.wording.text(in: session.language)))
      }
      if !outcome.conflicts.isEmpty {
        if target != nil, !session.asksForJSON { tell(outcome, named: name ?? ours, in: session) }
        let count = CountedNoun.conflicts.counted(outcome.conflicts.list.count)
        session.output.remark(
          Sentence(fr: "\(count.french) à trancher", en: "\(count.english) to settle"), .attention)
        throw PersonNeeded()
      }
    }

    /// Names each conflict beside git's own words: the document, the place, and what there is to choose from.
    private func tell(_ outcome: FileContentOutcome, named name: String, in session: Session) {
      let language = session.language
      for (pointer, conflict) in outcome.conflicts.list {
        session.output.remark(
          StyledText(name, .name) + "  "
            + StyledText(pointer.steps.isEmpty ? "\"\"" : pointer.description, .strong) + "  "
            + StyledText(conflict.kind.wording(at: pointer).text(in: language), .quiet))
        for (index, candidate) in conflict.candidates.enumerated() {
          let words =
            switch candidate {
            case .deleted: Sentence(fr: "supprimer", en: "delete").text(in: language)
            case .kept: Sentence(fr: "garder", en: "keep").text(in: language)
            case .value(let value): FieldNames(of: nil).shortWords(of: value, at: pointer, in: language)
            }
          for (number, line) in SafeText(block: words).lines.enumerated() {
            session.output.remark(StyledText(number == 0 ? "  \(index + 1)  " : "     ") + StyledText(line))
          }
        }
      }
    }

    /// The rules of the schema named, else of the workspace the command runs in, else by the shape of the values.
    private func rules(in session: Session) throws -> MergeRules {
      if let schema {
        let bytes = try session.contents(of: schema)
        do {
          let rule = try Schema(JSONValue(parsing: bytes)).mergeRule
          return MergeRules { _ in rule }
        } catch let reason as any ExplainedError {
          throw UnusableSchema(file: schema, reason: reason)
        }
      }
      // Outside of a workspace the shape of the values decides.
      guard let workspace = try? session.openWorkspace() else { return .byShape }
      let schemas = try workspace.schemas()
      return MergeRules { schemas.mergeRule(for: $0) }
    }

    static func json(_ outcome: FileContentOutcome) -> JSONValue {
      [
        "clean": .bool(outcome.conflicts.isEmpty),
        "conflicts": .array(
          outcome.conflicts.list.map { pointer, conflict in
            [
              "pointer": JSONValue(pointer.description), "kind": JSONValue(conflict.kind.rawValue),
              "base": conflict.base ?? .null,
              "candidates": .array(
                conflict.candidates.map { candidate in
                  switch candidate {
                  case .deleted: ["deleted": true, "value": .null]
                  case .kept: ["kept": true, "value": .null]
                  case .value(let value): ["value": value]
                  }
                }),
            ]
          }),
        "notices": .array(
          outcome.notices.map {
            [
              "pointer": JSONValue($0.pointer.description), "kind": JSONValue($0.kind.rawValue),
              "words": JSONValue($0.words),
            ]
          }),
        "value": outcome.value,
      ]
    }
  }
}
