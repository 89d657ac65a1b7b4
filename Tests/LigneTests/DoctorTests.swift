import Foundation
import JSONTree
import TestSupport
import Testing

/// `ligne doctor`: each kind of damage is named, mended where it can be, and nothing is thrown away.
@Suite struct DoctorTests {
  struct Damage: Sendable, CustomTestStringConvertible {
    let name: String
    let codes: [String]
    /// What is done to the folder.
    let harm: @Sendable (Desk) throws -> Void
    /// Whether something stays for a person after a repair.
    var staysBroken = false
    /// Whether what was replaced is kept.
    var keeps = true
    var testDescription: String { name }
  }

  static let damages = [
    Damage(name: "the index is cut off", codes: ["index-damaged"]) { desk in
      let index = try Data(contentsOf: desk.file(".git/index"))
      try index.prefix(index.count / 2).write(to: desk.file(".git/index"))
    },
    Damage(name: "HEAD is empty", codes: ["head-damaged"]) { desk in
      try Data().write(to: desk.file(".git/HEAD"))
    },
    Damage(
      name: "HEAD is gone", codes: ["head-damaged"],
      harm: { desk in
        try FileManager.default.removeItem(at: desk.file(".git/HEAD"))
      }, keeps: false),
    Damage(name: "main is empty, as after a power cut", codes: ["reference-damaged", "main-lost"]) { desk in
      try Data().write(to: desk.file(".git/refs/heads/main"))
    },
    Damage(
      name: "main and its log are gone", codes: ["main-lost"],
      harm: { desk in
        try FileManager.default.removeItem(at: desk.file(".git/refs/heads/main"))
        try FileManager.default.removeItem(at: desk.file(".git/logs"))
      }, keeps: false),
    Damage(name: "a reference nobody knows is garbage", codes: ["reference-damaged"]) { desk in
      try desk.write("x", to: ".git/refs/ligne/kept/0123")
    },
    Damage(name: "git's settings are garbage", codes: ["settings-damaged", "drivers-missing"]) { desk in
      let settings = try String(contentsOf: desk.file(".git/config"), encoding: .utf8)
      try desk.write(settings + "\n[core\n", to: ".git/config")
    },
    Damage(name: "the journal is garbage", codes: ["journal-damaged"]) { desk in
      try desk.write("ligne journal 1\n", to: ".git/ligne/journal")
    },
    Damage(
      name: "the merge driver is not set", codes: ["drivers-missing"],
      harm: { desk in
        _ = try desk.git("config", "--unset", "merge.ligne.driver")
      }, keeps: false),
    Damage(
      name: "Ligne's own folder is gone", codes: [],
      harm: { desk in
        try FileManager.default.removeItem(at: desk.file(".git/ligne"))
      }, keeps: false),
    Damage(
      name: "the newest text is gone from history, and stands in the folder", codes: ["object-missing"],
      harm: { desk in
        try FileManager.default.removeItem(at: desk.object("HEAD:" + desk.post))
      }, keeps: false),
    Damage(name: "an older text is damaged", codes: ["object-damaged"]) { desk in
      try desk.overwrite(desk.object("HEAD~1:" + desk.post))
    },
    Damage(
      name: "an older version and its folder are gone", codes: ["object-missing"],
      harm: { desk in
        // The older version's own folder is found missing once the version is here again.
        let (tree, commit) = (try desk.object("HEAD~1^{tree}"), try desk.object("HEAD~1"))
        for file in [tree, commit] { try FileManager.default.removeItem(at: file) }
      }, keeps: false),
    Damage(
      name: "somebody looks at the newest version with git", codes: ["not-on-main"],
      harm: { desk in
        _ = try desk.git("checkout", "-q", "--detach")
      }, keeps: false),
    Damage(
      name: "the folder is on another branch", codes: ["not-on-main"],
      harm: { desk in
        _ = try desk.git("switch", "-q", "-c", "essai")
      }, staysBroken: true),
    Damage(
      name: "a document is broken by hand", codes: ["document-unreadable"],
      harm: { desk in
        try desk.write("{", to: desk.post)
      }, staysBroken: true),
  ]

  /// A workspace whose work is shared, with two versions of one post.
  private func desk() throws -> Desk {
    let desk = try Desk()
    let address = desk.folder.path + "/equipe.git"
    try TestSupport.Program.git("init", "-q", "--bare", "-b", "main", address, in: desk.folder.path)
    for words in [
      ["new", "post", "--title", "Soirée", "--body", "Un."], ["commit", "-m", "Un"], ["remote", address],
      ["sync"],
    ] {
      #expect(try desk.ligne(words).status == 0)
    }
    #expect(try desk.ligne(["set", desk.post, "/body", "Deux."]).status == 0)
    for words in [["commit", "-m", "Deux"], ["sync"]] { #expect(try desk.ligne(words).status == 0) }
    return desk
  }

  private func complaints(_ desk: Desk, _ words: [String] = []) throws -> (status: Int32, list: [JSONValue]) {
    let answer = try desk.ligne(["doctor", "--json"] + words)
    let value = try JSONValue(parsing: answer.output)
    return (answer.status, try #require(value.array, "\(answer.text)"))
  }

  @Test func aSoundFolderHasNothing() throws {
    let desk = try desk()
    let before = try desk.fingerprint()
    for words in [[], ["--repair"]] {
      let (status, list) = try complaints(desk, words)
      #expect(status == 0 && list == [], "\(list)")
    }
    #expect(try desk.ligne(["doctor"]).text == "Tout va bien ici.")
    #expect(try desk.fingerprint() == before)
  }

  @Test(arguments: damages) func isNamedAndMended(_ damage: Damage) throws {
    let desk = try desk()
    let (head, text) = (try desk.git("rev-parse", "HEAD"), try desk.read(desk.post))
    try damage.harm(desk)
    let (status, list) = try complaints(desk)
    #expect(status == (damage.codes.isEmpty ? 0 : 2))
    // What is very broken hides the rest until it is mended.
    let named = list.compactMap { $0["code"]?.text }
    #expect(Set(named).isSubset(of: damage.codes) && named.isEmpty == damage.codes.isEmpty, "\(list)")
    #expect(list.allSatisfy { $0["repaired"] == false })

    let (mended, told) = try complaints(desk, ["--repair"])
    #expect(mended == (damage.staysBroken ? 2 : 0), "\(told)")
    #expect(Set(told.compactMap { $0["code"]?.text }) == Set(damage.codes), "\(told)")
    if damage.staysBroken { return }
    if damage.keeps, !damage.codes.isEmpty {
      let places = told.compactMap { $0["kept"]?.text }
      #expect(!places.isEmpty && places.allSatisfy { FileManager.default.fileExists(atPath: $0) }, "\(told)")
    }
    #expect(try complaints(desk).list == [])
    #expect(try desk.git("rev-parse", "main") == head)
    #expect(try desk.read(desk.post) == text)
    #expect(try desk.git("status", "--porcelain") == "")
    #expect(try desk.git("fsck", "--strict", "--no-dangling") == "")
    #expect(try desk.ligne(["verify"]).status == 0)
    #expect(try desk.ligne(["sync"]).status == 0)
  }

  /// A good copy heals a bad one.
  @Test func anotherCopyIsAskedWhereTheAddressIsGone() throws {
    let desk = try desk()
    let other = desk.folder.path + "/copie.git"
    try TestSupport.Program.git("clone", "-q", "--bare", desk.path, other, in: desk.folder.path)
    try FileManager.default.removeItem(atPath: desk.folder.path + "/equipe.git")
    try FileManager.default.removeItem(at: desk.object("HEAD~1:" + desk.post))
    let (status, list) = try complaints(desk, ["--repair"])
    #expect(status == 2)
    #expect(Set(list.compactMap { $0["code"]?.text }) == ["object-missing", "unreachable"], "\(list)")
    #expect(try desk.ligne(["doctor", "--repair", "--from", other]).status == 0)
    #expect(try desk.ligne(["verify"]).status == 0)
  }

  /// A pack stays as it is; what is damaged in it is read from a file of its own from then on.
  /// Behind a damaged reference git has the value that it packed last, which may be months old.
  @Test func anOlderValueThatWasPackedIsNotTheNewest() throws {
    let desk = try Desk()
    _ = try desk.git("pack-refs", "--all")
    try desk.write("Un mot", to: "mot.txt")
    #expect(try desk.ligne(["commit", "-m", "Un mot"]).status == 0)
    let head = try desk.git("rev-parse", "HEAD")
    try Data().write(to: desk.file(".git/refs/heads/main"))
    #expect(try desk.ligne(["doctor", "--repair"]).status == 0)
    #expect(try desk.git("rev-parse", "main") == head)
    #expect(try desk.ligne(["status"]).text.contains("Tout est enregistré"))
  }

  @Test func aDamagedPackIsReadAround() throws {
    let desk = try desk()
    _ = try desk.git("repack", "-a", "-d", "-q")
    let blob = try desk.git("rev-parse", "HEAD~1:" + desk.post)
    let packs = try FileManager.default.contentsOfDirectory(atPath: desk.path + "/.git/objects/pack")
    let pack = desk.file(".git/objects/pack/" + (try #require(packs.first { $0.hasSuffix(".pack") })))
    let lines = try desk.git("verify-pack", "-v", pack.path).split(separator: "\n")
    let words = try #require(lines.first { $0.hasPrefix(blob) }).split(separator: " ")
    let (length, start) = try (#require(Int(words[3])), #require(Int(words[4])))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: pack.path)
    let file = try #require(FileHandle(forUpdatingAtPath: pack.path))
    try file.seek(toOffset: UInt64(start + length - 6))
    try file.write(contentsOf: Data([0x55, 0xAA, 0x55]))
    try file.close()

    let (status, list) = try complaints(desk)
    #expect(status == 2 && list.compactMap { $0["code"]?.text }.contains("object-damaged"), "\(list)")
    let (mended, told) = try complaints(desk, ["--repair"])
    #expect(mended == 0, "\(told)")
    #expect(try desk.ligne(["verify"]).status == 0)
    #expect(try desk.ligne(["show", desk.post, "/body", "--at", "-1"]).text == "Un.")
  }

  /// Files whose plan is lost are nobody's to throw away.
  @Test func whatNobodyCanExplainStaysAndIsNamed() throws {
    let desk = try desk()
    try desk.write("garbage", to: ".git/ligne/exchange/1/plan")
    try desk.write("PRECIOUS", to: ".git/ligne/exchange/1/0.old.0")
    for words in [[], ["--repair"]] {
      let (status, list) = try complaints(desk, words)
      #expect(status == 2 && list.compactMap { $0["code"]?.text } == ["files-unexplained"])
    }
    #expect(try desk.ligne(["status"]).status == 0)
    #expect(try desk.read(".git/ligne/exchange/1/0.old.0") == "PRECIOUS")
  }

  @Test func aStepThatWasInterruptedIsNamedAndFinished() throws {
    let desk = try desk()
    // As a sync leaves it that is killed between the reference and the files.
    let (old, new) = (try desk.git("rev-parse", "HEAD~1"), try desk.git("rev-parse", "HEAD"))
    let blobs = try [old, new].map { try desk.git("rev-parse", "\($0):" + desk.post) }
    let text = try desk.git("show", "HEAD~1:" + desk.post)
    try desk.write(text + "\n", to: desk.post)
    let lines = [
      "ligne journal 1", "command sync", "reference refs/heads/main", "from \(old)", "to \(new)",
      "write \(blobs[0]) 100644 \(blobs[1]) \(try desk.post)",
    ]
    let content = Array((lines.joined(separator: "\n") + "\n").utf8)
    let seal = try TestSupport.Program.git("hash-object", "--stdin", in: desk.path, input: content)
    try desk.write(String(decoding: content, as: UTF8.self) + "end \(seal)\n", to: ".git/ligne/journal")

    let (status, list) = try complaints(desk)
    #expect(status == 2 && list.first?["code"] == "step-unfinished", "\(list)")
    #expect(try complaints(desk, ["--repair"]).status == 0)
    #expect(try desk.ligne(["show", desk.post, "/body"]).text == "Deux.")
    #expect(try complaints(desk).list == [])
  }

  @Test func aFolderThatAnotherProgramSynchronisesIsNamed() throws {
    let folder = try TemporaryFolder()
    let inside = folder.path + "/Dropbox/equipe"
    try FileManager.default.createDirectory(
      atPath: folder.path + "/Dropbox", withIntermediateDirectories: true)
    let desk = try Desk("Ana Côté <ana@ravaude.example>", in: folder)
    try FileManager.default.moveItem(atPath: desk.path, toPath: inside)
    let moved = try Desk("Ana Côté <ana@ravaude.example>", in: folder, at: inside)
    let (status, list) = try complaints(moved)
    #expect(status == 2 && list.compactMap { $0["code"]?.text } == ["synced-folder"])
  }

  @Test func aClockThatIsBehindIsNamedWithWhoseVersionShowsIt() throws {
    let desk = try desk()
    let answer = try desk.ligne(["doctor"], environment: ["LIGNE_DATE": "2026-11-01T09:00:00-05:00"])
    #expect(answer.status == 2 && answer.text.contains("20\u{A0}jours") && answer.text.contains("Ana Côté"))
  }

  @Test func withoutGitThatIsSaid() throws {
    let desk = try desk()
    let (status, list) = try {
      let answer = try desk.ligne(["doctor", "--json"], environment: ["PATH": desk.folder.path])
      return (answer.status, try JSONValue(parsing: answer.output).array ?? [])
    }()
    #expect(status == 2 && list.compactMap { $0["code"]?.text } == ["no-git"])
  }
}

extension Desk {
  /// The only post.
  fileprivate var post: String {
    get throws {
      let names = try FileManager.default.subpathsOfDirectory(atPath: path + "/posts")
      return "posts/" + (try #require(names.first { $0.hasSuffix(".json") }))
    }
  }

  fileprivate func file(_ name: String) -> URL { URL(filePath: path + "/" + name) }

  /// The file an object lies in.
  fileprivate func object(_ name: String) throws -> URL {
    let id = try git("rev-parse", name)
    return file(".git/objects/\(id.prefix(2))/\(id.dropFirst(2))")
  }

  fileprivate func overwrite(_ file: URL) throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    try Data("x".utf8).write(to: file)
  }
}
