import Documents
import EditorialReview
import JSONTree
import SSHSignatures
import Wording

/// The team, or one member of it, in words.
struct TeamAnswer {
  var team: Documents.Team
  /// What people call the fields of a member, and the rights.
  var schemas: SchemaSet
  /// What counts for nothing yet.
  var waiting: [Authority.WaitingChange]
  var clock: ZonedClock

  init(
    _ document: JSONValue, schemas: SchemaSet, waiting: [Authority.WaitingChange],
    at clock: ZonedClock
  ) {
    (team, self.schemas, self.waiting) = (Documents.Team(document), schemas, waiting)
    self.clock = clock
  }

  func described(in language: Language) -> Page {
    guard !team.members.isEmpty else {
      var page = Page(
        StyledText(
          Sentence(fr: "L’équipe n’a pas encore de membre.", en: "The team has no member yet.")
            .text(in: language)))
      page.next = Sentence(
        fr: "« ligne team add NOM COURRIEL » ajoute quelqu’un.",
        en: "“ligne team add NAME EMAIL” adds somebody.")
      return page
    }
    var page = Page(StyledText(CountedNoun.members.counted(team.members.count).text(in: language), .strong))
    for member in team.members {
      page.blank()
      page.append(described(member, in: language))
    }
    return page
  }

  /// One member, in a few lines: who, what they are, what they may do, and who decides in their place now.
  func described(_ member: Documents.Team.Member, in language: Language) -> Page {
    let id = StyledText(member.id?.text ?? "", .name)
    var page = Page(
      "\(member.shownName, .strong)  \(id)"
        + (member.email.map { StyledText("  " + $0, .quiet) } ?? StyledText()))
    if !member.roles.isEmpty { page.line(StyledText(member.roles.joined(separator: ", ")), indent: 2) }
    let right = schemas.rightOfMember
    for (channel, rights) in member.rights {
      let place =
        channel == "*" ? Sentence(fr: "partout", en: "everywhere").text(in: language) : channel.text
      let names = rights.map { right?.valueTitles[JSONString($0)]?.text(in: language) ?? $0 }
      let colon = Sentence(fr: "\u{A0}: ", en: ": ").text(in: language)
      page.line(StyledText(place + colon, .quiet) + StyledText(names.joined(separator: ", ")), indent: 2)
    }
    let revoked = member.revokedKeys.map(\.fingerprint)
    let usable = member.keys.filter { line in
      (try? SSHPublicKey(line: line)).map { !revoked.contains($0.fingerprint) } ?? true
    }
    let keys =
      usable.isEmpty ? Sentence(fr: "aucune clé", en: "no key") : CountedNoun.keys.counted(usable.count)
    page.line(StyledText(keys.text(in: language), .quiet), indent: 2)
    for delegation in member.delegations
    where delegation.isInForce(at: clock.now) || delegation.isYetToCome(at: clock.now) {
      page.line(StyledText(described(delegation).text(in: language), .attention), indent: 2)
    }
    if let fields = fieldsThatWait(of: member) {
      page.line(
        StyledText(
          Sentence(
            fr: "ne compte pas encore : \(fields.french)", en: "does not count yet: \(fields.english)"
          ).text(in: language), .attention), indent: 2)
    }
    return page
  }

  /// What of a member takes another yes first; `nil` where all counts.
  private func fieldsThatWait(of member: Documents.Team.Member) -> Sentence? {
    let names = waiting.filter { $0.subject == member.id.map(Authority.WaitingChange.Subject.member) }
      .compactMap(\.field)
    let kind = schemas.kind(named: Documents.Team.kind)
    let fields = names.map { name in
      kind?.schema.field(at: JSONPointer([.key("members"), .key("-"), .key(JSONString(name))]))?.title
        ?? Sentence(fr: name, en: name)
    }
    return fields.isEmpty
      ? nil
      : .listing(fields.map { Sentence(fr: $0.french.lowercased(), en: $0.english.lowercased()) })
  }

  private func described(_ delegation: Documents.Team.Delegation) -> Sentence {
    let other = delegation.to.map { team.member($0)?.shownName ?? $0.text } ?? "?"
    func moment(_ text: String?) -> Sentence? {
      text.flatMap { Instant(rfc3339: $0) }.map(clock.wording)
    }
    var parts = [Sentence(fr: "\(other) décide à sa place", en: "\(other) decides in their place")]
    if delegation.isYetToCome(at: clock.now), let begin = moment(delegation.from) {
      parts = [
        Sentence(fr: "\(other) décidera à sa place", en: "\(other) will decide in their place"),
        Sentence(fr: "début : \(begin.french)", en: "begins \(begin.english)"),
      ]
    }
    if let end = moment(delegation.until) {
      parts.append(Sentence(fr: "fin : \(end.french)", en: "ends \(end.english)"))
    }
    return Sentence(
      fr: parts.map(\.french).joined(separator: "; "), en: parts.map(\.english).joined(separator: "; "))
  }
}

extension Documents.Team.Member {
  /// What the member may do by channel, sorted; for all channels first.
  fileprivate var rights: [(channel: JSONString, rights: [String])] {
    (value["rights"]?.object?.sortedByKey().members ?? []).map {
      (channel: $0.key, rights: $0.value.array?.compactMap(\.text) ?? [])
    }
  }
}

extension CountedNoun {
  static let members = CountedNoun(fr: ("membre", "membres"), en: ("member", "members"))
  static let keys = CountedNoun(fr: ("clé", "clés"), en: ("key", "keys"))
}
