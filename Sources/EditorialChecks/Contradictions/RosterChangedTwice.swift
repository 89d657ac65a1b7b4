import Documents
import JSONTree
import Wording

extension Contradiction {
  /// 22. One role of a crisis roster was changed twice: a new person, and the contact of the one before.
  ///
  /// Needs `contactOf`. An error: on the bad day the wrong phone rings.
  static let rosterChangedTwice = Contradiction(rule: "roster-changed-twice") { situation in
    situation.documents.views(CrisisPlan.self).flatMap { document, plan in
      plan.roster.compactMap { role, entry -> Finding? in
        guard let reached = entry["contactOf"]?.string, let holder = entry["holder"]?.string,
          reached != holder, reached != entry["deputy"]?.string
        else { return nil }
        let (person, other) = (situation.name(of: holder), situation.name(of: reached))
        let roleName = Sentence.quoting(role)
        return Finding(
          rule: "roster-changed-twice", level: .error, in: document,
          at: JSONPointer([.key("roster"), .key(JSONString(role)), .key("contact")]),
          Sentence(
            fr: """
              Le rôle \(roleName.french) est à \(person), mais les coordonnées joignent \(other). \
              Corrigez l’un ou l’autre.
              """,
            en: """
              The role \(roleName.english) is \(person)’s, but the contact reaches \(other). Correct one of them.
              """))
      }
    }
  }
}
