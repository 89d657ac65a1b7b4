import ArgumentParser
import Wording

/// The program: `ligne`, its version and its commands.
@main
struct Ligne: ParsableCommand {
  static let version = "0.1.0"

  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "ligne",
      abstract: Localized.text(
        fr: "Une ligne éditoriale, plusieurs mains, sans connexion",
        en: "One editorial line, many hands, no connection needed"),
      discussion: Localized.text(
        fr: """
          Les publications, les réponses, les règles et les plans de crise d’une équipe sont des documents d’un dossier. \
          Chaque personne y travaille à son rythme; « ligne commit » garde une version, « ligne sync » met le travail de \
          tout le monde en commun.
          """,
        en: """
          A team’s posts, replies, guidelines and crisis plans are documents in a folder. Everybody works there in their \
          own time; “ligne commit” keeps a version, “ligne sync” brings everybody’s work together.
          """),
      version: "ligne \(version)",
      groupedSubcommands: commandGroups.map {
        CommandGroup(name: $0.title.text(in: Localized.language), subcommands: $0.commands)
      })
  }

  /// The commands in the order of the help. A command is listed here once it does what it says.
  static let commandGroups: [(title: Sentence, commands: [any ParsableCommand.Type])] = [
    (
      Sentence(fr: "Commencer", en: "Start"), [Init.self, Clone.self, Remote.self]
    ),
    (
      Sentence(fr: "Qui et où", en: "Who and where"), [Team.self, Channel.self]
    ),
    (
      Sentence(fr: "Écrire", en: "Write"),
      [
        New.self, Show.self, List.self, Search.self, Edit.self, Set.self, Delete.self, Schedule.self,
        Calendar.self,
        Shift.self, Check.self, Waive.self, Ack.self, Import.self,
      ]
    ),
    (
      Sentence(fr: "Répondre", en: "Answer"), [Inbox.self]
    ),
    (
      Sentence(fr: "Décider ensemble", en: "Decide together"), [Review.self, Comment.self, Key.self]
    ),
    (
      Sentence(fr: "Sortir, et les mauvais jours", en: "Go out, and bad days"), [Publish.self, Crisis.self]
    ),
    (
      Sentence(fr: "Garder et mettre en commun", en: "Keep and share"),
      [Status.self, Diff.self, Commit.self, Sync.self, Conflicts.self, Resolve.self]
    ),
    (
      Sentence(fr: "Revenir en arrière", en: "Look back"),
      [
        Log.self, Blame.self, Handover.self, Measure.self, Report.self, Restore.self, Undo.self, Kept.self,
        Verify.self,
        Doctor.self,
      ]
    ),
    (
      Sentence(fr: "Pour git et les scripts", en: "For git and scripts"), [MergeFile.self, DiffFile.self]
    ),
  ]

  @OptionGroup var options: GlobalOptions

  /// The command of a name, where that is the name of its type; `nil` says nothing.
  static func command(named name: String) -> (any ParsableCommand.Type)? {
    for group in commandGroups {
      for command in group.commands where command._commandName.utf8.elementsEqual(name.utf8) {
        return command
      }
    }
    return nil
  }

  static func main() async {
    System.occupyStandardFiles()
    System.surviveClosedPipes()
    System.end(await Program.run(Array(CommandLine.arguments.dropFirst())))
  }
}

/// A command of `ligne`: it asks the engine and tells the person.
protocol LigneCommand: ParsableCommand {
  var options: GlobalOptions { get }

  /// Does what the command says.
  ///
  /// - Throws: An `ExplainedError` if it could not be done, `PersonNeeded` if it was done and a person has to look.
  func run(in session: Session) async throws
}

extension LigneCommand {
  mutating func run() throws {
    preconditionFailure("a command runs in a session: Program.run")
  }
}

/// Done, and a person is needed: conflicts, findings at level error, unread replies. The answer has said so.
struct PersonNeeded: Error {}
