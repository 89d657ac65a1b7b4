import Foundation
import Glibc
import ObjectModel
import TestSupport
import Testing
import Wording
import WorkingCopy

import struct SystemPackage.FilePath

/// Reading one file, and what is refused on the way to it.
@Suite struct ReadTests {
  @Test func readsBytesModeAndStamp() throws {
    let sandbox = try Sandbox(["d/a.json": "bonjour\n"])
    chmod(sandbox.root.appending(path: "d/a.json").path, 0o755)
    let reading = try #require(try sandbox.tree.read(path("d/a.json")))
    #expect(reading.bytes == Array("bonjour\n".utf8))
    #expect(reading.mode == .executable)
    #expect(reading.stamp.size == 8)
  }

  /// In whichever folders, more than one processor takes at a time, and some of them not there.
  @Test func readsManyInTheOrderOfTheirPaths() throws {
    let names = (0..<100).map { "\(["", "d/", "d/e/"][$0 % 3])\($0).json" }
    let sandbox = try Sandbox(Dictionary(uniqueKeysWithValues: names.map { ($0, "de \($0)\n") }))
    let asked = names + ["gone.json", "no/such/folder.json"] + names.reversed()
    let readings = try sandbox.tree.read(asked.map(path))
    #expect(
      readings.map { $0.map { String(decoding: $0.bytes, as: UTF8.self) } }
        == names.map { "de \($0)\n" } + [nil, nil] + names.reversed().map { "de \($0)\n" })
    #expect(try sandbox.tree.read([WorkspacePath]()).isEmpty)
  }

  @Test func refusesManyForTheFirstThatIsNoFile() throws {
    let sandbox = try Sandbox(["a.json": "{}", "d/b.json": "{}"])
    try sandbox.link("one", to: "a.json")
    try sandbox.link("two", to: "d")
    let error = #expect(throws: WorkingCopyError.self) {
      try sandbox.tree.read(["a.json", "d/b.json", "two/b.json", "one"].map(path))
    }
    #expect(error?.code == "not-a-file" && error?.message.english.contains("two") == true)
  }

  @Test(arguments: ["gone.json", "no/such/folder.json"]) func saysThatThereIsNone(_ name: String) throws {
    let sandbox = try Sandbox(["a.json": ""])
    #expect(try sandbox.tree.read(path(name)) == nil)
  }

  @Test(arguments: ["link", "dangling", "linked/a.json", "folder", "a.json/b", "pipe"])
  func refusesWhatIsNotAFile(_ name: String) throws {
    let sandbox = try Sandbox(["a.json": "{}", "folder/a.json": "{}"])
    try sandbox.link("link", to: "a.json")
    try sandbox.link("dangling", to: "nowhere")
    try sandbox.link("linked", to: "folder")
    #expect(mkfifo(sandbox.root.appending(path: "pipe").path, 0o600) == 0)
    let error = #expect(throws: WorkingCopyError.self) { try sandbox.tree.read(path(name)) }
    #expect(error?.code == "not-a-file")
  }

  @Test func namesWhatMayNotBeRead() throws {
    let sandbox = try Sandbox(["a.json": "{}"])
    chmod(sandbox.root.appending(path: "a.json").path, 0)
    let error = #expect(throws: WorkingCopyError.self) {
      try withoutRights { try sandbox.tree.read(path("a.json")) }
    }
    #expect(error?.code == "file-unreadable")
    #expect(error?.message.english.contains("a.json") == true)
  }

  @Test func refusesAFileThatIsTooBig() throws {
    let sandbox = try Sandbox()
    let file = open(sandbox.root.appending(path: "big").path, O_CREAT | O_WRONLY, 0o600)
    #expect(ftruncate(file, off_t(WorkingTree.largestFile + 1)) == 0)
    close(file)
    let error = #expect(throws: WorkingCopyError.self) { try sandbox.tree.read(path("big")) }
    #expect(error?.code == "file-too-big")
    #expect(error?.message.english.contains("65 MiB, where 64") == true)
  }

  /// A program that saves by renaming is never seen half-way.
  @Test func neverSeesHalfOfASaveByRenaming() async throws {
    let sandbox = try Sandbox(["a": String(repeating: "0", count: 100_000)])
    let file = sandbox.root.appending(path: "a").path
    async let writer: Void = Task.detached {
      for round in 1..<200 {
        let text = String(repeating: "\(round % 10)", count: 100_000 + round)
        try Data(text.utf8).write(to: URL(filePath: file + ".tmp"))
        rename(file + ".tmp", file)
      }
    }.value
    for _ in 0..<200 {
      let bytes = try #require(try sandbox.tree.read(path("a"))).bytes
      #expect(bytes.allSatisfy { $0 == bytes[0] })
      #expect(bytes.count == 100_000 || Int(bytes[0] - 48) == (bytes.count - 100_000) % 10)
    }
    try await writer
  }
}
