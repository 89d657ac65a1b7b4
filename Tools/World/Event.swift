/// What happens in a world, one thing at a time.
public struct Event: Hashable, Sendable, Codable {
  public enum Kind: String, Sendable, CaseIterable, Codable {
    // At a desk, with an editor.
    case write, create, delete, rename, damage, mend
    // Commands.
    case commit, commitOne, resolve, restore, sync, receive, rehearse
    // What else a computer goes through.
    case commitByGit, backup, goBack, setClock, copyFolder, travel
    // At the address.
    case putBack, loseMain, loseDevices, plantTree, plantLink, plantBackwards, plantForgery, plantBlob
    case plantUnreadable, plantStranger
  }

  public var kind: Kind
  /// Whose desk.
  public var by: Int
  public var document = 0
  public var place = 0
  /// Makes the word that is written; no two events write the same.
  public var word = 0
  /// The power goes before the step after so many; `nil` for never.
  public var crash: Int?
  public var fault = NetworkFault.none
  /// What others do while this one's command is on the network.
  public var meanwhile: [Event] = []
  /// After how many steps of the disk, once something was fetched, the same person commits in another window; `nil` for never.
  /// It is the first such step at which no command has the workspace.
  public var otherWindow: Int?
  /// What an editor on the same computer saves while files are exchanged.
  public var saved: [Event] = []

  public init(_ kind: Kind, by person: Int) {
    self.kind = kind
    by = person
  }

  var newWord: String { "w\(word)x" }
  /// Others, for who writes in several fields: what becomes of a word in one says nothing of another.
  var secondWord: String { "w\(word + 200_000)x" }
  var thirdWord: String { "w\(word + 300_000)x" }
}

/// The life of a team, to be played.
public struct Life: Hashable, Sendable, Codable {
  public var seed: UInt64
  public var people: Int
  /// How many addresses; the second is careless, the third a stick.
  public var addresses: Int
  public var events: [Event]
}

extension Event: CustomStringConvertible {
  public var description: String {
    var text = "\(by) \(kind.rawValue)"
    if document != 0 { text += " document \(document)" }
    if place != 0 { text += " place \(place)" }
    if word != 0 { text += " word \(word)" }
    if let crash { text += " crash \(crash)" }
    if let otherWindow { text += " commits after \(otherWindow)" }
    if fault != .none { text += " fault \(fault)" }
    for event in saved { text += " {saves: \(event)}" }
    for event in meanwhile { text += " [meanwhile: \(event)]" }
    return text
  }
}

extension Life: CustomStringConvertible {
  public var description: String {
    "seed \(seed), \(people) people, \(addresses) addresses\n"
      + events.map { "  \($0)\n" }.joined()
  }
}
