import Foundation
import ObjectModel
import TestSupport
import Testing

@testable import GitStore

/// Many objects written at once lie in packs as git makes them.
@Suite struct PackTests {
  /// Blobs of every size class the header of an entry knows, trees of them, and versions.
  private static func objects(_ count: Int) -> [RawObject] {
    var random = SeededRandom(seed: 8)
    let blobs = (0..<count).map { number in
      let size = [0, 14, 15, 2046, 2047, 5000, 300_000][number % 7] + number
      // Half of it can be compressed.
      return RawObject(
        kind: .blob,
        bytes: (0..<size).map { $0.isMultiple(of: 2) ? 32 : UInt8.random(in: 0...255, using: &random) })
    }
    let tree = Tree(
      blobs.enumerated().map { number, blob in
        TreeEntry(name: Array("\(number)".utf8), mode: .file, id: ObjectID(hashing: blob))
      })
    let folder = RawObject(kind: .tree, bytes: tree.encoded)
    let commit = Commit(
      tree: ObjectID(hashing: folder), parents: [], author: ana, committer: ana, message: "x\n")
    return blobs + [folder, RawObject(kind: .commit, bytes: commit.encoded)]
  }

  private static func packs(_ test: RepositoryUnderTest) throws -> [String] {
    try test.git("count-objects", "-v").split(separator: "\n").map(String.init)
      .filter { ["count", "packs", "garbage"].contains($0.split(separator: ":").first) }
  }

  @Test(arguments: [
    (count: 97, packs: 0), (count: 98, packs: 1), (count: 700, packs: 1),
  ])
  func aPackIsMadeWhereItIsWorthIt(_ count: Int, _ packs: Int) throws {
    let test = try RepositoryUnderTest()
    let objects = Self.objects(count)
    try test.repository.write(objects)
    #expect(
      try Self.packs(test) == ["count: \(packs == 0 ? objects.count : 0)", "packs: \(packs)", "garbage: 0"])
    for object in objects { #expect(try test.repository.object(ObjectID(hashing: object)) == object) }
    let head = try #require(objects.last.map { ObjectID(hashing: $0) })
    try test.repository.moveReference("refs/heads/main", from: nil, to: head, reason: "x")
    // Every object is hashed, and each is reached from the branch.
    #expect(try test.git("fsck", "--full", "--strict", "--unreachable") == "")
    if packs > 0 {
      let pack = try test.git("rev-parse", "--git-path", "objects/pack")
      #expect(
        try test.git("verify-pack", "-v", "\(pack)/pack-\(try Self.name(test)).idx").contains(": ok"))
    }
  }

  private static func names(in folder: String, of test: RepositoryUnderTest) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: test.folder[folder].path).sorted()
  }

  private static func name(_ test: RepositoryUnderTest) throws -> String {
    let names = try names(in: ".git/objects/pack", of: test)
    return try #require(names.first { $0.hasSuffix(".idx") }).dropFirst(5).dropLast(4).description
  }

  /// Git makes the same index of the pack, byte for byte.
  @Test func theIndexIsTheOneGitMakes() throws {
    let test = try RepositoryUnderTest()
    try test.repository.write(Self.objects(500))
    let name = try Self.name(test)
    let pack = ".git/objects/pack/pack-\(name)"
    try test.git("index-pack", "-o", "again.idx", "\(pack).pack")
    #expect(try test.folder.read("again.idx") == test.folder.read("\(pack).idx"))
    #expect(
      try Self.names(in: ".git/objects/pack", of: test) == ["pack-\(name).idx", "pack-\(name).pack"])
  }

  @Test func theSameObjectsTwiceAreOnePack() throws {
    let test = try RepositoryUnderTest()
    let objects = Self.objects(200)
    try test.repository.write(objects)
    try test.repository.write(objects)
    #expect(try Self.packs(test) == ["count: 0", "packs: 1", "garbage: 0"])
  }

  /// Whoever has the repository open meanwhile finds them as well.
  @Test func anotherReaderFindsThem() throws {
    let test = try RepositoryUnderTest()
    let other = try GitRepository.open(at: test.folder.path)
    let objects = Self.objects(200)
    #expect(!other.contains(ObjectID(hashing: objects[0])))
    try test.repository.write(objects)
    #expect(try other.object(ObjectID(hashing: objects[0])) == objects[0])
  }

  /// libgit2 looks for packs only where their folder was there when it opened the repository.
  @Test func withoutAFolderForPacksThereIsNone() throws {
    let test = try RepositoryUnderTest()
    try FileManager.default.removeItem(at: test.folder[".git/objects/pack"])
    let repository = try GitRepository.open(at: test.folder.path)
    let objects = Self.objects(150)
    try repository.write(objects)
    for object in objects { #expect(try repository.object(ObjectID(hashing: object)) == object) }
    let head = try #require(objects.last.map { ObjectID(hashing: $0) })
    try repository.moveReference("refs/heads/main", from: nil, to: head, reason: "x")
  }

  /// Objects of these sizes, in packs with room for 100 bytes: how many are in each, and how many are left.
  @Test(arguments: [
    ("as much as there is room for", [Int](repeating: 1, count: 250), [100, 100], 50),
    ("few that fill a pack are one", [60, 60] + [Int](repeating: 1, count: 120), [1, 41], 80),
    ("one that has room in none", [101] + [Int](repeating: 1, count: 120), [], 121),
    ("few", [Int](repeating: 1, count: 99), [], 99),
  ])
  func aPackHasRoomForSoMuch(_ name: String, _ sizes: [Int], _ packs: [Int], _ left: Int) throws {
    var rest = sizes.map { RawObject(kind: .blob, bytes: Array(repeating: 0, count: $0)) }[...]
    var found: [Int] = []
    while let portion = rest.firstPackful(upTo: 100) {
      found.append(portion.count)
      rest = rest[portion.endIndex...]
    }
    #expect(found == packs && rest.count == left)
  }
}
