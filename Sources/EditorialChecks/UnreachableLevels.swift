import Documents
import EditorialReview
import JSONTree
import Wording

/// Levels of approval that ask for more people than there are: whatever goes through them waits for ever.
func unreachableLevelFindings(in documents: DocumentCollection) -> [Finding] {
  guard let document = documents.singleDocument(of: WorkspaceSettings.kind) else { return [] }
  let policy = ApprovalPolicy(WorkspaceSettings(document.value))
  guard policy.preset == .multiLevel, let team = documents.single(Team.self) else { return [] }
  let channels = ["*"] + documents.channels.compactMap(\.id)
  return policy.levels.compactMap { level in
    let holders = team.members.filter { member in
      member.has(roleOf: level) && channels.contains { member.may("approve", on: $0) }
    }
    let needed = if case .count(let count) = level.need { count } else { 1 }
    if holders.count >= needed { return nil }
    let people =
      holders.isEmpty
      ? Sentence(fr: "personne qui puisse approuver ne l’a", en: "nobody who may approve has it")
      : CountedNoun(
        fr: ("personne qui peut approuver l’a", "personnes qui peuvent approuver l’ont"),
        en: ("person who may approve has it", "people who may approve have it")
      ).counted(holders.count)
    let yes = CountedNoun(fr: ("oui", "oui"), en: ("yes", "yeses")).counted(needed)
    return Finding(
      rule: "unreachable-level", level: .error, in: document,
      at: JSONPointer([.key("workflow"), .key("levels"), .element(level.id)]),
      Sentence(
        fr:
          "Ce niveau attendra toujours : il lui faut \(yes.french) du rôle « \(level.role) », et \(people.french).",
        en:
          "This level will wait for ever: it takes \(yes.english) of the role “\(level.role)”, and \(people.english)."
      ))
  }
}
