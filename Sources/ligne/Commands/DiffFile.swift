import ArgumentParser
import Documents
import SyncEngine
import ThreeWayMerge
import Wording

extension Ligne {
  /// Shows what changed between two files, by field; git calls it for each file of `git diff`.
  struct DiffFile: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "diff-file",
        abstract: Sentence(
          fr: "Comparer deux fichiers, champ par champ", en: "Compare two files, field by field"),
        discussion: Sentence(
          fr: """
            Sert à git, qui l’appelle pour chaque document de « git diff » avec le nom, l’ancien fichier et le nouveau, \
            chacun suivi de son id et de son mode. Ce qui ne se lit pas est dit, et la comparaison continue. \
            « git diff --no-ext-diff » montre les lignes.
            """,
          en: """
            Serves git, which calls it for each document of “git diff” with the name, the old file and the new one, each \
            with its id and mode. What can’t be read is said, and the comparison goes on. “git diff --no-ext-diff” shows \
            lines.
            """))
    }

    @Argument(
      help: .init(
        fr: "Nom du document, puis ce que git donne : ancien fichier, id, mode, nouveau fichier, id, mode",
        en: "Name of the document, then what git gives: old file, id, mode, new file, id, mode",
        value: Localized.Value.file))
    var words: [String]

    @OptionGroup var options: GlobalOptions

    func validate() throws {
      // One word for a file that git could not merge, nine where it moved.
      if words.count != 1, words.count != 7, words.count != 9 {
        throw ValidationError(
          fr: "« diff-file » prend les 7 mots que git donne : NOM ANCIEN ID MODE NOUVEAU ID MODE.",
          en: "“diff-file” takes the 7 words that git gives: NAME OLD ID MODE NEW ID MODE.")
      }
    }

    func run(in session: Session) throws {
      let difference = difference(in: session)
      try session.answer(json: difference.json, page: difference.described(in: session.language))
    }

    private func difference(in session: Session) -> FileDifference {
      guard words.count > 1 else { return FileDifference(words[0], .unmerged) }
      let isMoved = words.count == 9
      let name = isMoved ? words[7] : words[0]
      do {
        return FileDifference(
          name, formerName: isMoved ? words[0] : nil, old: try side(words[1], in: session),
          new: try side(words[4], in: session), rules: rules(in: session))
      } catch {
        // Git would end the whole comparison if this failed.
        let reason =
          (error as? any ExplainedError)?.message ?? Sentence(fr: "\(error)", en: "\(error)")
        return FileDifference(name, .unreadable(reason))
      }
    }

    /// What one side holds; `nil` for a file that does not exist there.
    private func side(_ path: String, in session: Session) throws -> [UInt8]? {
      path == "/dev/null" ? nil : try session.contents(of: path)
    }

    /// The rules of the workspace the command runs in, else by the shape of the values.
    private func rules(in session: Session) -> MergeRules {
      // Without a workspace, or with one that is damaged, a difference can still be shown.
      guard let workspace = try? session.openWorkspace(), let schemas = try? workspace.schemas() else {
        return .byShape
      }
      return MergeRules { schemas.mergeRule(for: $0) }
    }
  }
}
