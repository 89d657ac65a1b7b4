public import ObjectModel
public import Wording

/// Why a name a person typed names no version.
public enum VersionNameError: Error, Hashable, Sendable {
  /// Nothing is called so.
  case unknown(name: String)
  /// There are not that many versions.
  case tooFarBack(name: String, versions: Int)
  /// All versions are younger, also the one with the earliest date; `nil` where there are none.
  case tooEarly(name: String, oldest: Moment?)
  /// The beginning of the ids of several versions, sorted.
  case ambiguous(name: String, matches: [ObjectID])
}

/// What a person means by the name of a version: a state of the workspace.
public struct NamedState: Hashable, Sendable {
  /// How a state is spoken of.
  public enum Place: Hashable, Sendable {
    /// As this commit left it.
    case version(ObjectID)
    /// As it was before this version. No single version may have left it so: it holds what several people did.
    case before(ObjectID)
  }

  public var place: Place
  /// What the workspace held.
  public var tree: ObjectID
  /// Where the document asked for was; `nil` where it did not exist, and where none was asked for.
  public var path: WorkspacePath?

  public init(_ place: Place, tree: ObjectID, path: WorkspacePath? = nil) {
    self.place = place
    self.tree = tree
    self.path = path
  }
}

extension History {
  /// The state a person means by the name of a version.
  ///
  /// `-n` takes back the n newest versions, in the order in which they are listed, and nothing else: the state is
  /// what all other versions give together. Where people worked apart, that is the join of their lines, which may
  /// be the tree of no commit. So `-1` right after somebody's own commit is what they made it from, with what
  /// colleagues had brought by then, and every further step takes back one version more.
  ///
  /// A moment stands for everything that was made until then: where people worked apart, what their lines give together, whenever
  /// they were joined. Every other name is one of a commit, and means what that commit left.
  ///
  /// - Parameters:
  ///   - name: What they typed. In this order: a whole commit id; `-1` for what was before the newest version, `-2`
  ///     for what was before the two newest; a tag; a moment of RFC 3339, or a day or an hour as ``TypedTime`` reads
  ///     it (`2026-11-03`, “hier”), for all versions not later than its end; the beginning of a commit id, at least four digits that no other commit of
  ///     this history begins with.
  ///   - document: Counts and dates are those of the versions of this document; `nil` for the workspace.
  ///   - isGone: Whether the document is deleted, or unreadable, in the folder and that is in no version yet: then
  ///     it counts as the newest one, and `-1` is what the newest commit holds.
  ///   - clock: The clocks by which a day ends.
  /// - Throws: ``VersionNameError``, and what the store throws.
  public func state(
    named name: String, of document: WorkspacePath? = nil, isGone: Bool = false, clock: ZonedClock
  ) throws -> NamedState {
    if let id = ObjectID(hex: name) { return try state(of: commit(id, named: name), document) }
    if let steps = stepsBack(name) {
      return try state(before: isGone ? max(0, steps - 1) : steps, named: name, of: document)
    }
    if let tag = try tag(named: name) { return try state(of: tag, document) }
    if let moment = end(ofTimeNamed: name, clock) {
      return try state(until: moment, named: name, of: document, clock)
    }
    return try state(of: commit(beginningWith: name), document)
  }

  /// The one version a person means by a name, for what is done to a version and not to a state.
  ///
  /// - Parameter name: As for a state; `-n` counts in the list of versions, where the newest one is `-0`, and a moment is the
  ///   newest version not later than its end.
  /// - Throws: ``VersionNameError``, and what the store throws.
  public func version(named name: String, clock: ZonedClock) throws -> ObjectID {
    guard let steps = stepsBack(name) else {
      if try ObjectID(hex: name) == nil && tag(named: name) == nil, let moment = end(ofTimeNamed: name, clock)
      {
        return try newestVersion(until: moment, named: name, of: nil, clock).id
      }
      let state = try state(named: name, clock: clock)
      guard case .version(let id) = state.place else { throw VersionNameError.unknown(name: name) }
      return id
    }
    var walk = WorkspaceHistory(self)
    var count = 0
    while let version = try walk.next() {
      if count == steps { return version.id }
      count += 1
    }
    throw VersionNameError.tooFarBack(name: name, versions: count)
  }

  /// The last moment of a day, or the one that was named.
  private func end(ofTimeNamed name: String, _ clock: ZonedClock) -> Instant? {
    // “dec1” is the beginning of an id.
    name.allSatisfy(\.isHexDigit) ? nil : clock.end(ofTyped: name, towards: .past)
  }

  private func state(of commit: ObjectID, _ document: WorkspacePath?) throws -> NamedState {
    NamedState(
      .version(commit), tree: try store.commit(commit).tree,
      path: try document.flatMap { try path(of: $0, in: commit) })
  }

  private func commit(_ id: ObjectID, named name: String) throws -> ObjectID {
    guard try store.header(of: id)?.kind == .commit else { throw VersionNameError.unknown(name: name) }
    return id
  }

  /// What all versions but the newest `steps` give.
  private func state(
    before steps: Int, named name: String, of document: WorkspacePath?
  ) throws -> NamedState {
    var walk = VersionWalk(self, of: document)
    var taken: VersionWalk.Step?
    var count = 0
    while count < steps, let step = try walk.next() {
      taken = step
      count += 1
    }
    guard count == steps, let newest = try walk.next() else {
      throw VersionNameError.tooFarBack(name: name, versions: count)
    }
    guard let taken else { return try state(of: commits[0].id, document) }

    // A commit stands before all it was made from, so what follows one in the list is a whole history.
    let heads = heads(after: taken.place)
    let ids = heads.map { commits[$0].id }
    let tree = try ids.count == 1 ? commits[heads[0]].tree : self.tree(joining: ids)
    let path = try walk.path(in: tree, joining: heads)
    let isNewest =
      try ids == [newest.id]
      || path.map { try isAs(leftBy: newest, at: $0, walk.path(inPlace: newest.place), in: tree) } ?? false
    return NamedState(isNewest ? .version(newest.id) : .before(taken.id), tree: tree, path: path)
  }

  /// Whether a document is in a tree as a version left it: others may have changed other documents since.
  ///
  /// - Parameter left: Where it was in that version.
  private func isAs(
    leftBy version: VersionWalk.Step, at path: WorkspacePath, _ left: WorkspacePath?, in tree: ObjectID
  ) throws -> Bool {
    try left == path
      && store.file(at: path, in: tree) == store.file(at: path, in: commits.tree(of: version.place))
  }

  /// What everything gives that was made until a moment.
  private func state(
    until end: Instant, named name: String, of document: WorkspacePath?, _ clock: ZonedClock
  ) throws -> NamedState {
    let newest = try newestVersion(until: end, named: name, of: document, clock)
    let (heads, oldestLater) = try heads(until: end)
    let ids = heads.map { commits.id(of: $0) }
    let tree = try ids.count == 1 ? commits.tree(of: heads[0]) : self.tree(joining: ids)
    let path = try path(of: document, in: tree, heads)
    guard let oldestLater else { return NamedState(.version(newest.id), tree: tree, path: path) }
    var isNewest = ids == [newest.id]
    if let document, let path, !isNewest {
      isNewest = try isAs(leftBy: newest, at: path, self.path(of: document, in: newest.id), in: tree)
    }
    return NamedState(isNewest ? .version(newest.id) : .before(oldestLater), tree: tree, path: path)
  }

  /// The commits that together hold what was made until a moment, as places: from the newest down, the first in each line that
  /// is not later. What such a one was made from is in it, whatever the clocks say of that.
  ///
  /// - Returns: And the last in the list of those that are later; `nil` where none is.
  private func heads(until end: Instant) throws -> (places: [Int], oldestLater: ObjectID?) {
    var isOpen = [Bool](repeating: false, count: commits.count)
    var isCovered = isOpen
    var countOpen = commits.isEmpty ? 0 : 1
    if countOpen > 0 { isOpen[0] = true }
    var heads: [Int] = []
    var oldestLater: ObjectID?
    for place in commits.indices where countOpen > 0 {
      if isOpen[place] { countOpen -= 1 }
      var covers = isCovered[place]
      if !covers, isOpen[place] {
        let id = commits.id(of: place)
        let commit = try store.commit(id)
        if try !isJoint(id, commit) {
          covers = Moment(commit.author).instant <= end
          if covers { heads.append(place) } else { oldestLater = id }
        }
      } else if !covers {
        continue
      }
      for parent in commits.parents(of: place) {
        if covers {
          isCovered[parent] = true
        } else if !isOpen[parent] {
          isOpen[parent] = true
          countOpen += 1
        }
      }
    }
    return (heads, oldestLater)
  }

  /// Where a document is in the tree that some commits give, by their places.
  private func path(
    of document: WorkspacePath?, in tree: ObjectID, _ heads: [Int]
  ) throws(ObjectStoreError) -> WorkspacePath? {
    guard let document else { return nil }
    var whereabouts = Whereabouts(of: document, in: self)
    let indices = heads.map { whereabouts.order.index(ofPlace: $0) }
    for index in 0...(indices.max() ?? 0) { _ = try whereabouts.path(in: index) }
    return try whereabouts.path(in: tree, joining: indices)
  }

  /// The newest commits of those listed after a place, as places.
  private func heads(after place: Int) -> [Int] {
    var heads = Set(commits.indices.dropFirst(place + 1))
    for index in commits.indices.dropFirst(place + 1) { heads.subtract(commits[index].parents) }
    return heads.sorted()
  }

  /// What some commits give together.
  private func tree(joining heads: [ObjectID]) throws(ObjectStoreError) -> ObjectID {
    let nobody = Signature(name: "", email: "", time: 0, offsetMinutes: 0)
    let joining = Commit(
      tree: .emptyTree, parents: heads, author: nobody, committer: nobody, message: "")
    return try before(joining) ?? .emptyTree
  }

  private func newestVersion(
    until end: Instant, named name: String, of document: WorkspacePath?, _ clock: ZonedClock
  ) throws -> VersionWalk.Step {
    var walk = VersionWalk(self, of: document)
    var oldest: Moment?
    while let version = try walk.next() {
      if version.at.instant <= end { return version }
      if oldest.map({ version.at.instant < $0.instant }) ?? true { oldest = version.at }
    }
    throw VersionNameError.tooEarly(name: name, oldest: oldest.map { clock.moment($0.instant) })
  }

  /// The commit a tag names, through at most five tags of tags.
  private func tag(named name: String) throws -> ObjectID? {
    let reference = "refs/tags/" + name
    guard Reference.isWellFormed(reference), var id = try store.reference(reference) else { return nil }
    for _ in 0..<5 {
      let object = try store.object(id)
      switch object.kind {
      case .commit: return id
      case .tag:
        let line = object.bytes.prefix { $0 != UInt8(ascii: "\n") }
        let words = line.split(separator: UInt8(ascii: " "))
        guard words.count == 2, words[0].elementsEqual("object".utf8),
          let target = ObjectID(hex: String(decoding: words[1], as: UTF8.self))
        else {
          throw ObjectStoreError.malformed(id, expected: .tag, reason: "its first line names no object")
        }
        id = target
      case .blob, .tree: return nil
      }
    }
    return nil
  }

  private func commit(beginningWith digits: String) throws -> ObjectID {
    let isHexadecimal = digits.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
        UInt8(ascii: "A")...UInt8(ascii: "F"):
        true
      default: false
      }
    }
    guard (4..<40).contains(digits.utf8.count), isHexadecimal else {
      throw VersionNameError.unknown(name: digits)
    }
    let beginning = Array(digits.lowercased().utf8)
    let matches = commits.map(\.id).filter { $0.hex.utf8.starts(with: beginning) }
    switch matches.count {
    case 0: throw VersionNameError.unknown(name: digits)
    case 1: return matches[0]
    default: throw VersionNameError.ambiguous(name: digits, matches: matches.sorted())
    }
  }
}

/// The versions of a document or, without one, of the workspace; what they changed is not looked at.
private struct VersionWalk {
  struct Step {
    var id: ObjectID
    var at: Moment
    /// Where it stands in the list of commits.
    var place: Int
  }

  private let history: History
  private var trail: DocumentTrail?
  private var place = 0

  init(_ history: History, of document: WorkspacePath?) {
    self.history = history
    trail = document.map { DocumentTrail(of: $0, in: history) }
  }

  mutating func next() throws(ObjectStoreError) -> Step? {
    if trail != nil {
      return try trail?.nextStep().map { Step(id: $0.id, at: Moment($0.commit.author), place: $0.place) }
    }
    while place < history.commits.count {
      let id = history.commits[place].id
      place += 1
      let commit = try history.store.commit(id)
      if try !history.isJoint(id, commit) { return Step(id: id, at: Moment(commit.author), place: place - 1) }
    }
    return nil
  }

  /// Where the document is in the join of some commits; those they were made into were walked already.
  mutating func path(in tree: ObjectID, joining heads: [Int]) throws(ObjectStoreError) -> WorkspacePath? {
    try trail?.path(in: tree, joining: heads)
  }

  mutating func path(inPlace place: Int) throws(ObjectStoreError) -> WorkspacePath? {
    try trail?.path(inPlace: place)
  }
}

/// The number in `-1`, `-2`, …
private func stepsBack(_ name: String) -> Int? {
  guard name.utf8.first == UInt8(ascii: "-"), name.utf8.count > 1 else { return nil }
  let digits = name.utf8.dropFirst()
  guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
  return Int(Substring(digits)) ?? .max
}

extension VersionNameError: ExplainedError {
  public var code: String {
    switch self {
    case .unknown, .tooFarBack, .tooEarly: "unknown-version"
    case .ambiguous: "ambiguous-version"
    }
  }

  public var message: Sentence {
    switch self {
    case .unknown(let name):
      let name = Sentence.quoting(name)
      return Sentence(
        fr: "Aucune version ne répond à \(name.french).", en: "No version answers to \(name.english).")
    case .tooFarBack(let name, let versions):
      let (name, count) = (Sentence.quoting(name), Self.versions.counted(versions))
      return Sentence(
        fr: "\(name.french) remonte trop loin\u{A0}: il y a \(count.french).",
        en: versions == 1
          ? "\(name.english) goes back too far: there is \(count.english)."
          : "\(name.english) goes back too far: there are \(count.english).")
    case .tooEarly(let name, let oldest?):
      let (name, day) = (Sentence.quoting(name), oldest.instant.date(offset: oldest.offset).wording)
      return Sentence(
        fr: "\(name.french) est avant la première version, enregistrée \(day.french).",
        en: "\(name.english) is before the first version, committed on \(day.english).")
    case .tooEarly(_, nil):
      return Sentence(fr: "Il n’y a encore aucune version.", en: "There is no version yet.")
    case .ambiguous(let name, let matches):
      let (name, count) = (Sentence.quoting(name), Self.versions.counted(matches.count))
      let listed = matches.prefix(5).map { String($0.hex.prefix(12)) }.joined(separator: ", ")
      let ids = matches.count > 5 ? listed + ", …" : listed
      return Sentence(
        fr: "\(count.french) répondent à \(name.french)\u{A0}: \(ids)",
        en: "\(count.english) answer to \(name.english): \(ids)")
    }
  }

  public var hint: Sentence? {
    switch self {
    case .unknown, .tooFarBack, .tooEarly:
      Sentence(
        fr: "«\u{A0}ligne log\u{A0}» montre les versions; nommez-en une par le début de son id, par une date "
          + "comme 2026-11-03, ou par -1 pour celle d’avant.",
        en:
          "“ligne log” shows the versions; name one by the beginning of its id, by a date such as 2026-11-03, "
          + "or by -1 for the one before.")
    case .ambiguous:
      Sentence(fr: "Ajoutez quelques caractères de l’id.", en: "Add a few characters of the id.")
    }
  }

  private static let versions = CountedNoun(fr: ("version", "versions"), en: ("version", "versions"))
}
