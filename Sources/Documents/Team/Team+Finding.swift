import JSONTree
import ObjectModel

extension Team {
  /// The member a person means by an id, an email address, a name, or a part of a name that only one member has.
  ///
  /// Case makes no difference, and neither do accents that are left out: `cote` finds Ana Côté.
  ///
  /// - Throws: `TeamError.unknownMember`, `.ambiguousMember`.
  public func member(meantBy words: String) throws(TeamError) -> Member {
    if let exact = member(JSONString(words)) ?? member(withEmail: words) { return exact }
    let named = members.compactMap { member in member.name.map { (member, $0) } }
    var matches = named.filter { LookAlikeName($0.1.utf8) == LookAlikeName(words.utf8) }
    if matches.isEmpty { matches = named.filter { isPart(words, of: $0.1) } }
    switch matches.count {
    case 0: throw .unknownMember(words, known: members.compactMap { $0.id?.text })
    case 1: return matches[0].0
    default: throw .ambiguousMember(words, matches: matches.compactMap { $0.0.id?.text })
    }
  }

  private func isPart(_ words: String, of name: String) -> Bool {
    if words.allSatisfy(\.isWhitespace) { return false }
    if name.lowercased().contains(words.lowercased()) { return true }
    let plain = readableWords(of: words, limit: .max)
    return !plain.isEmpty && readableWords(of: name, limit: .max).contains(plain)
  }
}

extension Team.Member {
  /// What people call the member: the name, else the id.
  public var shownName: String { name ?? id?.text ?? "?" }
}

extension SchemaSet {
  /// What the schema of `team.json` says of one right of a member: which there are, and what people call them.
  public var rightOfMember: SchemaField? {
    kind(named: Team.kind)?.schema.field(
      at: JSONPointer([.key("members"), .key("-"), .key("rights"), .key("*"), .key("-")]))
  }
}
