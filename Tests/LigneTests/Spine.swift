import ArgumentParser
import Synchronization
import SystemPackage
import Wording

@testable import ligne

/// A root with every command of the contract, also those that are not wired yet.
struct Spine: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "ligne", abstract: "Test", version: "ligne \(Ligne.version)", subcommands: commands)
  }

  static let commands: [any ParsableCommand.Type] = [
    Ligne.Init.self, Ligne.Clone.self, Ligne.Remote.self, Ligne.Team.self, Ligne.Channel.self,
    Ligne.New.self, Ligne.Show.self, Ligne.List.self,
    Ligne.Edit.self, Ligne.Set.self, Ligne.Delete.self, Ligne.Schedule.self, Ligne.Calendar.self,
    Ligne.Shift.self,
    Ligne.Review.self, Ligne.Comment.self,
    Ligne.Key.self, Ligne.Blame.self, Ligne.Search.self, Ligne.Report.self, Ligne.Handover.self,
    Ligne.Measure.self, Ligne.Inbox.self,
    Ligne.Check.self,
    Ligne.Waive.self, Ligne.Ack.self, Ligne.Import.self,
    Ligne.Publish.self, Ligne.Crisis.self,
    Ligne.Status.self,
    Ligne.Diff.self,
    Ligne.Commit.self, Ligne.Sync.self,
    Ligne.Conflicts.self, Ligne.Resolve.self, Ligne.Log.self, Ligne.Restore.self, Ligne.Undo.self,
    Ligne.Kept.self,
    Ligne.Verify.self, Ligne.Doctor.self,
    Ligne.MergeFile.self, Ligne.DiffFile.self,
  ]

  @OptionGroup var options: GlobalOptions

  /// The command those words stand for.
  static func parse<Command: ParsableCommand>(_ words: String..., as type: Command.Type) throws -> Command? {
    try parseAsRoot(CommandWords(words).words) as? Command
  }
}

/// What a run printed, kept instead of printed.
final class Capture: Sendable {
  private let texts = Mutex((answer: "", remarks: ""))

  var answer: String { texts.withLock { $0.answer } }
  var remarks: String { texts.withLock { $0.remarks } }

  func output(_ terminal: Terminal = .none, in language: Language) -> Output {
    Output(terminal: terminal, language: language) { stream, text in
      self.texts.withLock { texts in
        switch stream {
        case .answer: texts.answer += text
        case .remarks: texts.remarks += text
        }
      }
    }
  }
}

/// A finished run of a command line inside the test.
struct Run {
  var status: Int32
  var answer: String
  var remarks: String

  init(
    _ words: String..., root: any ParsableCommand.Type = Spine.self, in language: Language = .english,
    environment: [String: String] = [:]
  ) async {
    let capture = Capture()
    status = await Localized.$language.withValue(language) {
      await Program.run(words, root: root) { _ in
        Session(environment: environment, language: language, output: capture.output(in: language))
      }
    }
    (answer, remarks) = (capture.answer, capture.remarks)
  }
}
