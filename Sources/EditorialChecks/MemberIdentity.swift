import Documents
import JSONTree
import Wording

/// Members of the team that can be taken for one another: by what their names look like, or because they share the
/// address by which Ligne knows who writes.
///
/// `ligne team add` refuses such a member; this finds one that came by plain git, and two that were added apart. The
/// member further down the list is named.
func memberIdentityFindings(in documents: DocumentCollection) -> [Finding] {
  guard let document = documents.singleDocument(of: Team.kind) else { return [] }
  let members = Team(document.value).members
  var findings: [Finding] = []
  var before: [(member: Team.Member, appearance: NameAppearance)] = []
  for (place, member) in members.enumerated() {
    let step = member.id.map(JSONPointer.Step.element) ?? .index(place)
    let pointer = JSONPointer([.key("members"), step])
    func found(_ rule: String, _ level: Finding.Level, at field: JSONString, _ message: Sentence) {
      findings.append(
        Finding(rule: rule, level: level, in: document, at: pointer.appending(.key(field)), message))
    }
    if let name = member.name, let refusal = NameRefusal(of: name) {
      found("look-alike-member", .error, at: "name", refusal.message(of: name))
    }
    let appearance = NameAppearance(member.shownName)
    if let other = before.first(where: { $0.appearance.isTaken(for: appearance) })?.member {
      let names = (own: quotedWithID(member), other: quotedWithID(other))
      found(
        "look-alike-member", .error, at: "name",
        Sentence(
          fr: """
            \(names.own) se confond avec \(names.other) : on prendrait l’approbation de l’un pour celle de l’autre. \
            Si ce sont deux personnes, ajoutez une initiale; sinon, retirez-en une.
            """,
          en: """
            \(names.own) can be taken for \(names.other): one’s approval would pass for the other’s. If these are two \
            people, add an initial; if not, remove one.
            """))
    }
    let sharing = before.first { other in
      guard let own = member.email, let email = other.member.email else { return false }
      return Team.isSameAddress(own, email)
    }
    if let other = sharing?.member {
      let (own, first) = (member.shownName, other.shownName)
      found(
        "same-email", .warning, at: "email",
        Sentence(
          fr: "\(own) a la même adresse que \(first) : tout ce qui vient de là compte pour \(first).",
          en: "\(own) has the same address as \(first): all that comes from it counts for \(first)."))
    }
    before.append((member, appearance))
  }
  return findings
}

/// The names alone could not be told apart.
private func quotedWithID(_ member: Team.Member) -> String {
  "\(member.shownName) (\(member.id?.text ?? "?"))"
}
