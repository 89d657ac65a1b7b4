// swift-tools-version: 6.2
import PackageDescription

/// What every target of this package compiles under.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

/// The floors that decide: no unsafe code, and the compiler says so.
let pure = strict + [.strictMemorySafety()]

/// Whether the engine can be made to make mistakes, so that the simulated world has some to find (`Sources/PlantedBugs`): where
/// programs are built to be debugged, and for `Tools/simulate world --bugs`, which sets `LIGNE_PLANTS=bugs` and builds in a
/// folder of its own. A release of `ligne` has no mistake that could be switched on.
let plantedBugs: [SwiftSetting] =
  Context.environment["LIGNE_PLANTS"] == "bugs"
  ? [.define("PLANTED_BUGS")] : [.define("PLANTED_BUGS", .when(configuration: .debug))]

/// Whether libgit2 and SQLite become part of the programs instead of being looked for when they start, for releases:
/// `LIGNE_LINKS=static swift build -c release --static-swift-stdlib`. The system's linker loads twenty libraries for the
/// shared ones, which takes longer than `git status`. The archives are those of Debian's `libgit2-dev`.
let linksStatically = Context.environment["LIGNE_LINKS"] == "static"

/// Such a program stands at a fixed place in memory: to move it somewhere else at each start would change its thousand pages
/// of constants one by one.
let placeOfProgram: [LinkerSetting] =
  linksStatically ? [.unsafeFlags(["-Xclang-linker", "-no-pie"])] : []

let gitLibraries: [LinkerSetting] =
  (linksStatically
  ? [":libgit2.a", ":libmbedcrypto.a", ":libhttp_parser.a", ":libpcre2-8.a", ":libz.a"] : ["git2", "z"])
  .map { .linkedLibrary($0) }

let databaseLibraries: [LinkerSetting] = (linksStatically ? [":libsqlite3.a", "m"] : ["sqlite3"])
  .map { .linkedLibrary($0) }

let package = Package(
  name: "ligne",
  products: [
    .executable(name: "ligne", targets: ["ligne"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(
      url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    // Floor 1: values.
    .target(name: "Wording", swiftSettings: pure),
    .target(name: "ByteSpans", swiftSettings: pure),
    .target(name: "ConcurrentMap", swiftSettings: pure),
    .target(name: "PlantedBugs", swiftSettings: pure + plantedBugs),
    .target(name: "JSONTree", dependencies: ["ByteSpans"], swiftSettings: pure),
    .target(name: "SocialText", exclude: ["LICENSE-twitter-text"], swiftSettings: pure),
    .target(
      name: "ObjectModel",
      dependencies: ["ByteSpans", "Wording", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: pure),

    .target(
      name: "SSHSignatures",
      dependencies: [
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
      ],
      swiftSettings: pure),

    // Floor 2: merges.
    .target(
      name: "ThreeWayMerge",
      dependencies: ["ConcurrentMap", "JSONTree", "ObjectModel", "PlantedBugs", "Wording"],
      swiftSettings: pure),

    // Floor 3: the join of everybody's commits, and what a document is.
    .target(
      name: "CommitJoin",
      dependencies: [
        "ObjectModel", "PlantedBugs", "ThreeWayMerge",
        .product(name: "BitCollections", package: "swift-collections"),
        .product(name: "HeapModule", package: "swift-collections"),
      ],
      swiftSettings: pure),
    .target(
      name: "Documents", dependencies: ["JSONTree", "ObjectModel", "ThreeWayMerge", "Wording"],
      swiftSettings: pure),

    // Floor 4, left: editorial decisions, pure.
    .target(
      name: "EditorialReview",
      dependencies: ["Documents", "JSONTree", "SSHSignatures", "ThreeWayMerge", "Wording"],
      swiftSettings: pure),
    .target(
      name: "EditorialChecks",
      dependencies: [
        "ConcurrentMap", "Documents", "EditorialDesk", "EditorialReview", "JSONTree", "ObjectModel",
        "SocialText", "Wording",
      ],
      swiftSettings: pure),
    .target(
      name: "EditorialHistory",
      dependencies: ["Documents", "JSONTree", "ObjectModel", "ThreeWayMerge", "Wording"],
      swiftSettings: pure),

    .target(
      name: "EditorialDesk",
      dependencies: ["Documents", "EditorialReview", "JSONTree", "ObjectModel", "Wording"],
      swiftSettings: pure),
    .target(
      name: "PlatformExports",
      dependencies: [
        "Documents", "JSONTree", "ObjectModel", "Wording", .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: pure),
    .target(
      name: "EditorialReports",
      dependencies: [
        "Documents", "EditorialDesk", "EditorialHistory", "EditorialReview", "JSONTree", "ObjectModel",
        "ThreeWayMerge",
        "Wording",
      ],
      swiftSettings: pure),

    // Floor 4, right: the world.
    .systemLibrary(
      name: "CLibgit2", pkgConfig: linksStatically ? nil : "libgit2",
      providers: [.apt(["libgit2-dev", "pkg-config"])]),
    .target(
      name: "GitStore",
      dependencies: [
        "CLibgit2", "ConcurrentMap", "ObjectModel", "Wording",
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict + (linksStatically ? [.define("LINKS_STATICALLY")] : []),
      linkerSettings: gitLibraries),
    .target(
      name: "Hunspell",
      dependencies: [
        "Wording", .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .target(
      name: "SSHKeygen",
      dependencies: [
        "SSHSignatures", "Wording", .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .target(
      name: "WorkingCopy",
      dependencies: [
        "ConcurrentMap", "ObjectModel", "Wording",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),

    // Floor 5: where the two columns meet.
    .target(
      name: "SyncEngine",
      dependencies: [
        "CommitJoin", "ConcurrentMap", "Documents", "EditorialChecks", "EditorialDesk", "EditorialReview",
        "GitStore", "JSONTree", "ObjectModel", "PlantedBugs", "PlatformExports", "ThreeWayMerge", "Wording",
        "WorkingCopy",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: pure),

    .systemLibrary(
      name: "CSQLite", pkgConfig: linksStatically ? nil : "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .target(
      name: "HistoryIndex",
      dependencies: [
        "ConcurrentMap", "CSQLite", "Documents", "EditorialChecks", "EditorialHistory", "JSONTree",
        "ObjectModel", "ThreeWayMerge", "Wording",
      ],
      swiftSettings: strict, linkerSettings: databaseLibraries),

    // Floor 6: the command line.
    .executableTarget(
      name: "ligne",
      dependencies: [
        "Documents", "EditorialChecks", "EditorialDesk", "EditorialHistory", "EditorialReports",
        "EditorialReview", "GitStore", "HistoryIndex", "Hunspell", "JSONTree", "ObjectModel",
        "PlatformExports",
        "SSHKeygen", "SSHSignatures", "SyncEngine",
        "ThreeWayMerge",
        "Wording",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: pure, linkerSettings: placeOfProgram),

    // Tools that write files of this repository.
    .executableTarget(
      name: "generate-man-pages", dependencies: ["JSONTree", "Wording"], path: "Tools/generate-man-pages",
      swiftSettings: strict),
    .executableTarget(
      name: "generate-reference", dependencies: ["JSONTree", "Wording"], path: "Tools/generate-reference",
      swiftSettings: strict),
    .executableTarget(
      name: "generate-schemas", dependencies: ["JSONTree"], path: "Tools/generate-schemas",
      swiftSettings: strict),

    .executableTarget(
      name: "generate-text-tables", path: "Tools/generate-text-tables", swiftSettings: strict),

    // Tools that measure.
    .target(name: "Seeds", path: "Tools/Seeds", swiftSettings: strict),
    .target(name: "Tables", path: "Tools/Tables", swiftSettings: strict),
    .target(
      name: "Peers", dependencies: ["JSONTree"], path: "Tools/Peers", exclude: ["peers.py"],
      swiftSettings: strict),
    .executableTarget(
      name: "measure",
      dependencies: [
        "CLibgit2", "Documents", "EditorialChecks", "EditorialDesk", "EditorialReview", "JSONTree",
        "ObjectModel", "Peers", "Simulation", "ThreeWayMerge", "Wording",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      // The shared library: only `GitStore` leaves out what the archive would need.
      path: "Tools/measure", swiftSettings: strict, linkerSettings: [.linkedLibrary("git2")]),
    .executableTarget(
      name: "join-heads", dependencies: ["ObjectModel", "SyncEngine"], path: "Tools/join-heads",
      swiftSettings: strict),
    .executableTarget(
      name: "replay-merges",
      dependencies: [
        "CommitJoin", "JSONTree", "ObjectModel", "Peers", "Tables", "ThreeWayMerge",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tools/replay-merges", swiftSettings: strict),

    // A team in memory, and the command that lets it live.
    .target(
      name: "Simulation", dependencies: ["CommitJoin", "JSONTree", "ObjectModel", "ThreeWayMerge"],
      path: "Tools/Simulation", swiftSettings: pure),
    // A team with computers and addresses, around the real engine.
    .target(
      name: "World",
      dependencies: [
        "CommitJoin", "GitStore", "JSONTree", "ObjectModel", "PlantedBugs", "Simulation", "SyncEngine",
        "ThreeWayMerge", "Wording", "WorkingCopy", .product(name: "SystemPackage", package: "swift-system"),
      ],
      path: "Tools/World", swiftSettings: strict),
    .executableTarget(
      name: "simulate-world",
      dependencies: ["Seeds", "World", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      path: "Tools/simulate-world", swiftSettings: strict),
    .executableTarget(
      name: "simulate-teams",
      dependencies: [
        "JSONTree", "Seeds", "Simulation", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tools/simulate-teams", swiftSettings: strict),

    // The program under faults, with many at once, and on bad networks.
    .executableTarget(
      name: "torture-program",
      dependencies: [
        "JSONTree", "Tables", "TestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tools/torture-program", swiftSettings: strict),

    // What a hostile colleague or host may send, each with its verdict.
    .target(
      name: "HostileCorpus",
      dependencies: ["ObjectModel", .product(name: "Crypto", package: "swift-crypto")],
      path: "Tools/HostileCorpus", swiftSettings: strict),

    // What must hold of any bytes, for libFuzzer and for the tests; see Tools/fuzz.
    .target(
      name: "Fuzzing",
      dependencies: [
        "Documents", "JSONTree", "ObjectModel", "PlatformExports", "ThreeWayMerge", "Wording", "WorkingCopy",
      ],
      path: "Tools/Fuzzing", swiftSettings: pure),
    .target(
      name: "FuzzInputs", dependencies: ["Fuzzing"], path: "Tools/fuzz-inputs", swiftSettings: strict),

    // Tests: one target per library, and what they share.
    .target(
      name: "TestSupport", dependencies: ["ObjectModel"], path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(
      name: "WordingTests", dependencies: ["Wording", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "JSONTreeTests", dependencies: ["JSONTree", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "ConcurrentMapTests", dependencies: ["ConcurrentMap"], swiftSettings: strict),
    .testTarget(
      name: "SocialTextTests", dependencies: ["JSONTree", "SocialText", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "SSHSignaturesTests",
      dependencies: [
        "SSHSignatures", "TestSupport", .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ObjectModelTests", dependencies: ["ObjectModel", "TestSupport", "Wording"],
      swiftSettings: strict),
    .testTarget(
      name: "ThreeWayMergeTests",
      dependencies: ["JSONTree", "ObjectModel", "ThreeWayMerge", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "CommitJoinTests",
      dependencies: ["CommitJoin", "JSONTree", "ObjectModel", "Simulation", "ThreeWayMerge", "TestSupport"],
      exclude: ["Cases"],
      swiftSettings: strict),
    .testTarget(
      name: "DocumentsTests",
      dependencies: ["Documents", "JSONTree", "ObjectModel", "ThreeWayMerge", "Wording", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "EditorialChecksTests",
      dependencies: [
        "Documents", "EditorialChecks", "EditorialReview", "Hunspell", "JSONTree", "ObjectModel",
        "SocialText",
        "TestSupport",
        "Wording",
      ],
      exclude: ["Cases"], swiftSettings: strict),
    .testTarget(
      name: "EditorialReviewTests",
      dependencies: [
        "Documents", "EditorialReview", "JSONTree", "ObjectModel", "ThreeWayMerge", "Wording", "TestSupport",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "EditorialHistoryTests",
      dependencies: [
        "CommitJoin", "Documents", "EditorialChecks", "EditorialHistory", "HistoryIndex", "JSONTree",
        "ObjectModel", "ThreeWayMerge", "Wording", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "EditorialDeskTests",
      dependencies: [
        "Documents", "EditorialDesk", "EditorialReview", "JSONTree", "ObjectModel", "Wording", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "PlatformExportsTests",
      dependencies: ["Documents", "JSONTree", "ObjectModel", "PlatformExports", "Wording", "TestSupport"],
      exclude: ["Cases"], swiftSettings: strict),
    .testTarget(
      name: "EditorialReportsTests",
      dependencies: [
        "Documents", "EditorialDesk", "EditorialHistory", "EditorialReports", "EditorialReview", "JSONTree",
        "ObjectModel", "ThreeWayMerge",
        "Wording", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "GitStoreTests", dependencies: ["GitStore", "ObjectModel", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "HunspellTests", dependencies: ["Hunspell", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "WorkingCopyTests",
      dependencies: [
        "ObjectModel", "Wording", "WorkingCopy", "TestSupport",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "WorldTests", dependencies: ["PlantedBugs", "World", "TestSupport"], exclude: ["Lives"],
      swiftSettings: strict),
    .testTarget(
      name: "SyncEngineTests",
      dependencies: [
        "Documents", "GitStore", "JSONTree", "ObjectModel", "SyncEngine", "ThreeWayMerge", "Wording",
        "WorkingCopy", "TestSupport", .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "LigneTests",
      dependencies: [
        "Documents", "EditorialReview", "JSONTree", "ligne", "ObjectModel", "Wording", "TestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["work.json"], swiftSettings: strict),
    .testTarget(
      name: "FuzzingTests", dependencies: ["Fuzzing", "TestSupport"], exclude: ["Corpus"],
      swiftSettings: strict),
    .testTarget(
      name: "HostileTests",
      dependencies: ["GitStore", "HostileCorpus", "JSONTree", "ObjectModel", "ligne", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "RepositoryTests", dependencies: ["Documents", "JSONTree", "ObjectModel", "TestSupport"],
      swiftSettings: strict),
  ]
)
