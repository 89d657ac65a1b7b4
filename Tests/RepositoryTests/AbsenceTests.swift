import Testing

/// What must not be found outside the places named: the invariants of absence in ARCHITECTURE.md.
@Suite struct AbsenceTests {
  struct Absence: CustomTestStringConvertible, Sendable {
    let what: String
    let words: [String]
    /// Where they are looked for: everywhere, or in these modules.
    var modules: [String] = []
    /// Files and folders of `Sources` where they belong.
    let places: [String]

    var testDescription: String { what }
  }

  static let pureModules = [
    "Wording", "SocialText", "JSONTree", "ObjectModel", "ThreeWayMerge", "CommitJoin", "Documents",
    "EditorialChecks", "EditorialDesk", "EditorialHistory", "EditorialReports", "EditorialReview",
    "PlatformExports", "SSHSignatures", "ByteSpans", "ConcurrentMap", "PlantedBugs",
  ]

  static let absences = [
    Absence(
      what: "printing", words: ["print", "debugPrint", "dump", "puts", "fputs", "putchar", "FileHandle"],
      places: []),
    Absence(
      what: "the process's own output",
      words: ["FileDescriptor.standardOutput", "FileDescriptor.standardError"],
      places: ["ligne/Terminal/Output.swift", "ligne/Terminal/Terminal.swift"]),
    Absence(
      what: "calls that change the disk",
      words: [
        "O_CREAT", "O_WRONLY", "O_RDWR", "O_TRUNC", "O_APPEND", "writeOnly", "readWrite", "creat", "rename",
        "renameat", "renameat2", "linkat", "symlink", "symlinkat", "unlink", "unlinkat", "rmdir", "mkdir",
        "mkdirat", "mkstemp", "mkdtemp", "truncate", "ftruncate", "pwrite", "chmod", "fchmod", "utimensat",
        "FileManager",
      ],
      places: [
        "WorkingCopy/",
        // Inside .git only: objects, the index, references' locks, and what a killed git left behind.
        "GitStore/DiskFile.swift", "GitStore/GitProgramLeftovers.swift",
        "GitStore/NewFile.swift",
        // A person's folder for the sockets of ssh, outside of every workspace.
        "GitStore/SSHConnections.swift",
        // Where the person said: `merge-file --output`, `report --html`, and the draft an editor opens.
        "ligne/FileContents.swift", "ligne/Terminal/System.swift",
      ]),
    Absence(what: "libgit2", words: ["git_*"], places: ["GitStore/"]),
    Absence(what: "SQLite", words: ["sqlite3_*"], places: ["HistoryIndex/Database.swift"]),
    Absence(
      what: "libgit2's own network, checkout, merge and writing of objects",
      words: [
        "git_clone*", "git_remote_fetch", "git_remote_push", "git_remote_connect*", "git_remote_download",
        "git_remote_upload", "git_push*", "git_checkout*", "git_reset*", "git_merge*", "git_rebase*",
        "git_stash*", "git_apply*", "git_cherrypick*", "git_revert*", "git_index_write*", "git_index_add*",
        "git_odb_write*", "git_odb_open_wstream", "git_blob_create*", "git_tree_create*", "git_treebuilder*",
        "git_commit_create*", "git_tag_create*", "git_packbuilder*", "git_indexer*",
      ], places: []),
    Absence(
      what: "clock, chance, process and machine on the floors that decide",
      words: [
        "ContinuousClock", "SuspendingClock", "SystemRandomNumberGenerator", "clock_gettime", "gettimeofday",
        "getenv", "getpid", "Date", "Locale", "TimeZone", "ProcessInfo", "hashValue",
      ],
      modules: pureModules, places: []),
    Absence(
      what: "ways to end the program instead of answering",
      words: ["fatalError", "try!", "as!", "exit", "abort", "assertionFailure"],
      places: ["ligne/Terminal/System.swift"]),
    Absence(
      what: "promises to the compiler that it cannot check", words: ["@unchecked", "nonisolated(unsafe)"],
      places: []),
  ]

  @Test(arguments: absences) func isFoundOnlyWhereItBelongs(_ absence: Absence) {
    for (path, source) in Project.sources {
      let place = path.dropFirst("Sources/".count)
      if absence.places.contains(where: { place.hasPrefix($0) }) { continue }
      if !absence.modules.isEmpty, !absence.modules.contains(where: { place.hasPrefix($0 + "/") }) {
        continue
      }
      for word in absence.words {
        for line in source.lines(with: word) {
          Issue.record("\(path):\(line): “\(word)” does not belong here (\(absence.what))")
        }
      }
    }
  }

  /// A place that is named and no longer needed would hide the next one.
  @Test(arguments: absences) func everyPlaceIsNeeded(_ absence: Absence) {
    for place in absence.places {
      let isNeeded = Project.sources.contains { path, source in
        path.hasPrefix("Sources/\(place)") && absence.words.contains { !source.lines(with: $0).isEmpty }
      }
      #expect(isNeeded, "\(place) is named for \(absence.what), and holds none of it")
    }
  }
}
