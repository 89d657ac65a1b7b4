import Foundation
import GitStore
import ObjectModel
import TestSupport
import Testing

/// What is read is what was written, or an error: damage of a disk never passes for somebody's words.
@Suite struct DamageTests {
  private let text = Array("the true text, the whole text and nothing but the text".utf8)

  /// Damage as power cuts, bad disks and attackers leave it: an error at once, never other bytes. libgit2 alone
  /// does not return from reading a file that ends too early.
  @Test(.timeLimit(.minutes(1))) func saysThatAnObjectIsDamaged() throws {
    let test = try RepositoryUnderTest()
    let id = try test.repository.write(blob: text)
    let whole = try test.folder.read(place(of: id))
    var damages = whole.indices.map { Array(whole.prefix($0)) }
    for changed in whole.indices {
      damages.append(whole)
      damages[damages.count - 1][changed] ^= 0x10
    }
    let other = try test.repository.write(blob: "another text".utf8)
    damages.append(try test.folder.read(place(of: other)))
    damages.append(Array("nonsense".utf8))

    var refused = 0
    for bytes in damages {
      try FileManager.default.removeItem(at: test.folder[place(of: id)])
      try test.folder.write(bytes, to: place(of: id))
      if try isRefused(id, in: test.repository) { refused += 1 }
    }
    // The last bytes are a sum of zlib's, which nobody needs who has the id.
    #expect(refused > damages.count - 16)
  }

  private func place(of id: ObjectID) -> String {
    ".git/objects/\(id.hex.prefix(2))/\(id.hex.dropFirst(2))"
  }

  /// Whether reading the object says that it is damaged; if not, its bytes must be the true ones.
  private func isRefused(_ id: ObjectID, in repository: GitRepository) throws -> Bool {
    do throws(ObjectStoreError) {
      let found = try repository.object(id)
      #expect(found.bytes == text)
      return false
    } catch {
      guard case .malformed(let damaged, _, _) = error else { throw error }
      #expect(damaged == id)
    }
    // Whoever writes it again mends it.
    #expect(try repository.write(blob: text) == id)
    #expect(try repository.object(id).bytes == text)
    return true
  }

  /// The same for packs, which libgit2 reads: every cut and many changed bytes give an error or the true bytes.
  @Test(.timeLimit(.minutes(2))) func saysThatAPackIsDamaged() throws {
    let test = try RepositoryUnderTest()
    for number in 0..<6 {
      try test.folder.write(String(repeating: "line \(number)\n", count: 40), to: "file")
      try test.commitEverything("\(number)")
    }
    try test.git("repack", "-a", "-d", "-q", "-f", "--window=10", "--depth=10")
    let ids = try test.git("rev-list", "--all", "--objects", "--no-object-names").split(separator: "\n")
      .compactMap { ObjectID(hex: $0) }
    #expect(ids.count == 18)
    let expected = try objects(ids, in: test)
    #expect(expected.allSatisfy { $0 != nil })

    let packs = ".git/objects/pack"
    let pack = try #require(
      try FileManager.default.contentsOfDirectory(atPath: test.folder[packs].path).first {
        $0.hasSuffix(".pack")
      })
    let whole = try test.folder.read("\(packs)/\(pack)")
    var damages = stride(from: 0, to: whole.count, by: 41).map { Array(whole.prefix($0)) }
    for changed in stride(from: 0, to: whole.count, by: 5) {
      damages.append(whole)
      damages[damages.count - 1][changed] ^= 0x21
    }
    var refused = 0
    for bytes in damages {
      try FileManager.default.removeItem(at: test.folder["\(packs)/\(pack)"])
      try test.folder.write(bytes, to: "\(packs)/\(pack)")
      for (found, object) in zip(try objects(ids, in: test), expected) {
        if found == nil { refused += 1 } else { #expect(found == object) }
      }
    }
    #expect(refused > damages.count)
  }

  /// What a newly opened repository reads; `nil` for errors. (An open one goes on reading a pack that was taken away.)
  private func objects(_ ids: [ObjectID], in test: RepositoryUnderTest) throws -> [RawObject?] {
    let repository = try GitRepository.open(at: test.folder.path)
    return ids.map { try? repository.object($0) }
  }
}
