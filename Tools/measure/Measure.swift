import ArgumentParser

/// Times Ligne beside what people would use instead, in one run.
@main struct Measure: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure", abstract: "How long Ligne takes, beside others in the same run",
    subcommands: [
      Start.self, Everyday.self, CatchUp.self, Join.self, Merge.self, Check.self, Folder.self, History.self,
      Import.self, InboxTimes.self,
    ])
}
