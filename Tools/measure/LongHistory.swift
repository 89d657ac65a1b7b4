import Documents
import Foundation
import JSONTree
import ObjectModel
import Simulation
import Wording

/// A history of years, made from a seed: every post written once, then edited by people who work at the same time.
///
/// Four people make a version each from what all had, then their work is joined, and so on. Half of the versions bring
/// a post each, the other half change a sentence of one. One post is worked on all the time; one is written early,
/// holds a word that nothing else holds, and is deleted soon after.
struct LongHistory {
  /// The post everybody works on.
  let busy: WorkspacePath
  /// A post that was written and never changed.
  let quiet: WorkspacePath
  /// Stands in the deleted post only.
  static let lostWord = "gyrolithe"
  /// Stands in many posts.
  static let commonWord = "couturière"
  /// How many versions there are, joint ones included.
  private(set) var commits = 0

  private let posts: [Document]
  private let stream: FileHandle
  private var draws: Draws
  private var now: [Int: JSONValue] = [:]
  private var time = EditorialWorkspace.now.secondsSince1970 - 200_000_000

  /// Writes it into the repository of the folder this process stands in.
  ///
  /// - Parameters:
  ///   - base: Files of the first version, beside the documents.
  ///   - count: How many versions, joint ones included; at least two for each post.
  static func write(
    _ documents: DocumentCollection, base: [(path: String, bytes: Data)], commits count: Int, seed: UInt64
  ) throws -> LongHistory {
    let git = Process()
    git.executableURL = URL(filePath: "/usr/bin/env")
    git.arguments = ["git", "fast-import", "--quiet"]
    let pipe = Pipe()
    git.standardInput = pipe
    try git.run()
    var history = try LongHistory(documents, stream: pipe.fileHandleForWriting, seed: seed)
    try history.writeAll(documents, base: base, commits: count)
    try pipe.fileHandleForWriting.close()
    git.waitUntilExit()
    guard git.terminationStatus == 0 else {
      throw Command.Failure.failed("git fast-import", git.terminationStatus)
    }
    return history
  }

  private init(_ documents: DocumentCollection, stream: FileHandle, seed: UInt64) throws {
    posts = documents.documents(of: Post.kind)
    (busy, quiet) = (posts[posts.count / 3].path, posts[posts.count / 2].path)
    self.stream = stream
    draws = Draws(seed: seed)
  }

  private mutating func writeAll(
    _ documents: DocumentCollection, base: [(path: String, bytes: Data)], commits count: Int
  ) throws {
    let others = documents.all.filter { $0.kind.name != Post.kind }
    try commit("Début", by: 0, from: nil) { history in
      for file in base { try history.add(file.bytes, at: file.path) }
      for document in others { try history.add(Data(document.value.canonicalForm), at: document.path.text) }
    }
    let people = 4
    var (head, written) = (commits, 0)
    while commits < count {
      var heads: [Int] = []
      for person in 0..<people {
        if written < posts.count {
          let index = written
          written += 1
          try commit("Un texte de plus", by: person, from: head) { history in
            try history.put(history.posts[index].value, of: index)
            // By the last of the people, whose work is the first parent of the join.
            if index == 43 { try history.add(Data(Self.lost), at: "posts/egare.json") }
            if index == 403 { try history.send(Data("D posts/egare.json\n".utf8)) }
          }
        } else {
          // Different posts, so that a join is nothing but all of them.
          let index =
            person == 0 ? posts.count / 3 : person + people * draws.below(posts.count / people - 1)
          try commit("Une phrase", by: person, from: head) { history in try history.edit(index) }
        }
        heads.append(commits)
      }
      try join(heads)
      head = commits
    }
  }

  private static let lost: [UInt8] = JSONValue.object([
    "body": JSONValue("Sous la table, un \(lostWord) de laiton."), "id": "01m53ph6j0jazpys9w7rbkab99",
    "kind": "post", "title": "Égaré",
  ]).canonicalForm

  // MARK: - What git is sent

  private mutating func commit(
    _ message: String, by person: Int, from parent: Int?, _ files: (inout LongHistory) throws -> Void
  ) throws {
    let names = ["Noémie", "Étienne", "Fiona", "Wassila"]
    try begin("\(names[person]) <personne\(person)@exemple.example>", message, from: parent)
    try files(&self)
    try send(Data("\n".utf8))
  }

  private mutating func join(_ heads: [Int]) throws {
    let last = heads[heads.count - 1]
    try begin("Ligne <ligne@invalid>", "Travail réuni / Work joined\n\nLigne-Join: 1\n", from: last)
    for head in heads.dropLast() { try send(Data("merge :\(head)\n".utf8)) }
    // What each of them made; the first parent has its own.
    for index in pending.dropLast() { if let value = now[index] { try put(value, of: index, isNew: false) } }
    pending = []
    try send(Data("\n".utf8))
  }

  private var pending: [Int] = []

  private mutating func begin(_ author: String, _ message: String, from parent: Int?) throws {
    commits += 1
    time += 1_800
    let bytes = Data(message.utf8)
    try send(
      Data(
        "commit refs/heads/main\nmark :\(commits)\nauthor \(author) \(time) -0500\ncommitter \(author) \(time) -0500\n"
          .utf8))
    try send(Data("data \(bytes.count)\n".utf8) + bytes + Data("\n".utf8))
    if let parent { try send(Data("from :\(parent)\n".utf8)) }
  }

  private mutating func put(_ value: JSONValue, of index: Int, isNew: Bool = true) throws {
    now[index] = value
    if isNew { pending.append(index) }
    try add(Data(value.canonicalForm), at: posts[index].path.text)
  }

  private mutating func edit(_ index: Int) throws {
    guard case .object(var object) = now[index], let body = object["body"]?.text else { return }
    var sentences = body.components(separatedBy: ". ")
    sentences[draws.below(sentences.count)] = String(Prose.sentence(&draws).dropLast())
    object["body"] = JSONValue(sentences.joined(separator: ". "))
    try put(.object(object), of: index)
  }

  private func add(_ bytes: Data, at path: String) throws {
    try send(Data("M 100644 inline \(path)\ndata \(bytes.count)\n".utf8) + bytes + Data("\n".utf8))
  }

  private func send(_ bytes: Data) throws { try stream.write(contentsOf: bytes) }
}
