import CommitJoin
import GitStore
import JSONTree
import ObjectModel
import Simulation
import SyncEngine
import WorkingCopy

/// A team, its computers and its addresses, in one process and one thread: the engine is the real one, and disks,
/// networks, clocks and other people are what a life says.
///
/// Playing a life twice gives the same world. What is known of it without asking the engine is kept apart, so that the
/// laws do not believe what they check.
public final class World {
  let life: Life
  var people: [Person] = []
  let addresses: [Address]
  /// The commits that people made, in the order they were made.
  private(set) var made: [ObjectID] = []
  /// Those of them of which no copy was left when something was put back to an older state.
  var forgotten: Set<ObjectID> = []
  public internal(set) var breaches: [Breach] = []
  /// Changes with everything that happens.
  public private(set) var trace: UInt64 = 0xCBF2_9CE4_8422_2325
  /// How often each thing was met, for the table.
  public internal(set) var met: [String: Int] = [:]
  /// The number of the event that is played.
  var now: Int?
  var contents = ContentMemory()
  /// Whom to tell what happens.
  var teller: Teller?
  /// Contents that a stranger put into a version.
  var planted: Set<ObjectID> = []
  /// Versions of strangers that nobody may take in, with the version of the team's they were put in the place of.
  var hostile: [ObjectID: ObjectID?] = [:]
  /// Commits that people made with plain git.
  var byGit: Set<ObjectID> = []
  /// Commits that only say that they join others.
  var forgeries: Set<ObjectID> = []
  /// The first commit, by which copies of one workspace know each other.
  let start: ObjectID

  /// Somebody with a computer.
  final class Person {
    let name: String
    let computer: Computer
    /// Seconds that the computer's clock is off.
    var clock: Int64
    var backup: Disk?
    /// What editors left in the folder, ever, byte for byte.
    var saved: Set<ObjectID> = []
    /// The words that ever stood in the folder.
    var seen: Set<String> = []
    var random: Draws
    /// The commands that are under way on this computer.
    var commands: [Before] = []

    init(name: String, computer: Computer, clock: Int64, random: Draws) {
      (self.name, self.computer, self.clock, self.random) = (name, computer, clock, random)
    }
  }

  /// - Parameter bug: What is wrong with every computer, on purpose.
  public init(_ life: Life, bug: SimulatedBug? = nil) async throws {
    self.life = life
    let manners: [Address.Manner] = [.careful, .careless, .careful]
    addresses = (0..<life.addresses).map { Address("address\($0)", manner: manners[$0 % 3]) }
    let computer = Computer()
    let repository = SimulatedRepository(computer)
    let files = try Self.startingFiles()
    let tree = try repository.tree(
      applying: files.map { path, content in
        (path, TreeFile(mode: content.mode, id: try repository.write(blob: content.bytes)))
      }, to: nil)
    let author = Signature(name: "P0", email: "p0@exemple.example", time: 1_790_000_000, offsetMinutes: -300)
    start = try repository.write(
      Commit(tree: tree, parents: [], author: author, committer: author, message: "Début\n"))
    try repository.moveReference("refs/heads/main", from: nil, to: start, reason: "start")
    computer.disk.files = Dictionary(uniqueKeysWithValues: files)
    for (path, content) in files { computer.disk.index[path] = content.file }
    try repository.setRemoteAddress(addresses[0].location)
    made = [start]
    for person in 0..<life.people {
      let own = Computer(bug: bug)
      own.disk = computer.disk
      // Clocks are off by up to twenty years.
      let jitter = bug == .asksTheClock ? Int64.random(in: 0..<1000) : 0
      let clock = jitter + Int64(person) * 31_536_000 * (person.isMultiple(of: 2) ? 3 : -3)
      people.append(
        Person(
          name: "P\(person)", computer: own, clock: clock,
          random: Draws(seed: life.seed &* 31 &+ UInt64(person))))
      for content in computer.disk.files.values { people[person].saved.insert(content.file.id) }
      look(people[person])
    }
  }

  /// Plays the whole life, heals everything, and looks at what is left.
  public func play() async throws {
    for (number, event) in life.events.enumerated() {
      now = number
      try await play(event)
      note("\(event.kind.rawValue)")
      for person in people { mix(person) }
    }
    now = nil
    try await heal()
    for person in people { mix(person) }
  }

  func breach(_ invariant: Invariant, _ detail: String) {
    if breaches.count < 20 { breaches.append(Breach(invariant: invariant, event: now, detail: detail)) }
  }

  func note(_ thing: String) { met[thing, default: 0] += 1 }

  // MARK: - The trace

  private func mix(_ person: Person) {
    let disk = person.computer.disk
    func mix(_ bytes: some Sequence<UInt8>) {
      for byte in bytes { trace = (trace ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    }
    for (name, id) in disk.references.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      mix(name)
      mix(id.bytes)
    }
    for (path, content) in disk.files.sorted(by: { $0.key < $1.key }) {
      mix(path.text.utf8)
      mix(content.file.id.bytes)
    }
  }

  // MARK: - What people made

  /// Notes the commits of a computer's history that nobody had before.
  func noteCommits(of person: Person) {
    guard let head = person.head, !made.contains(head) else { return }
    var stack = [head]
    var new: [ObjectID] = []
    let known = Set(made)
    var seen: Set<ObjectID> = []
    while let id = stack.popLast() {
      guard !known.contains(id), seen.insert(id).inserted,
        let commit = try? person.repository.commit(id)
      else { continue }
      stack += commit.parents
      if !JointCommit.isClaimed(by: commit) { new.append(id) }
    }
    made += new.sorted()
  }

  /// Everything a history holds.
  func ancestors(of heads: [ObjectID], in store: some ObjectStore) -> Set<ObjectID> {
    var stack = heads
    var seen: Set<ObjectID> = []
    while let id = stack.popLast() {
      guard seen.insert(id).inserted else { continue }
      stack += contents.parents(of: id, in: store)
    }
    return seen
  }

  /// What exists somewhere: on a disk, in a name of an address.
  func surviving() -> Set<ObjectID> {
    var all: Set<ObjectID> = []
    for person in people {
      let heads = [person.head].compactMap { $0 }
      all.formUnion(ancestors(of: heads, in: person.repository))
    }
    for address in addresses {
      let heads = (try? address.store.references(withPrefix: "refs/").map(\.id)) ?? []
      all.formUnion(ancestors(of: heads, in: address.store))
    }
    return all
  }

  /// Forgives the loss of what no copy is left of, after a disk or an address was put back.
  func forgetWhatIsGone() {
    let left = surviving()
    forgotten.formUnion(made.filter { !left.contains($0) })
  }
}

extension World.Person {
  var repository: SimulatedRepository { SimulatedRepository(computer) }
  var head: ObjectID? { computer.disk.references[Array("refs/heads/main".utf8)] }

  /// Opens the workspace as a command does.
  func open() throws -> Workspace {
    try Workspace(repository: repository, files: SimulatedFiles(computer), named: "/simulated/\(name)")
  }

  func attribution(at event: Int?) -> Attribution {
    Attribution(
      name: name, email: name.lowercased() + "@exemple.example",
      time: 1_790_000_000 + Int64(event ?? 10_000) * 60 + clock, offsetMinutes: -300)
  }
}

extension World {
  /// The address a computer is set to, which a copied folder or a backup brings with it.
  func address(of person: Person) -> Address {
    let text = person.computer.disk.configuration["remote.origin.url"]
    return addresses.first { $0.location == text } ?? addresses[0]
  }

  static func startingFiles() throws -> [(WorkspacePath, TreeContent)] {
    try [
      (
        "ligne.json",
        ["formatVersion": 1, "id": "ligne", "kind": "workspace", "mergeRulesVersion": 1] as JSONValue
      ),
      (
        "posts/p0.json",
        post(0, title: "Marché", body: "Le marché ouvre samedi. Venez tôt avec vos paniers.\n")
      ),
      ("posts/p1.json", post(1, title: "Atelier", body: "On répare les vélos. Apportez le vôtre.\n")),
    ].map { (try WorkspacePath($0.0), TreeContent(bytes: $0.1.canonicalForm)) }
  }

  static func post(_ number: Int, title: String, body: String) -> JSONValue {
    [
      "kind": "post", "id": JSONValue("01m6pp5qb0wb7d3mnfvs9552f\(number)"), "title": JSONValue(title),
      "body": JSONValue(body), "state": "draft", "createdAt": "2026-11-03T09:00:00-05:00", "createdBy": "p0",
      "labels": ["marché"], "count": 1, "meta": ["k": "un"],
    ]
  }
}
