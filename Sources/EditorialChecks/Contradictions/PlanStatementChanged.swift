import Documents
import JSONTree
import Wording

extension Contradiction {
  /// 23. A statement of a crisis plan was changed, and an activation filled in the old one.
  ///
  /// Needs `statements` in the activation. An error while the crisis lasts.
  static let planStatementChanged = Contradiction(rule: "plan-statement-changed") { situation in
    situation.documents.views(CrisisActivation.self).flatMap { document, activation -> [Finding] in
      guard !activation.isClosed, let plan = activation.plan.flatMap({ situation.documents[$0] }) else {
        return []
      }
      let statements = CrisisPlan(plan.value).statements
      return activation.statements.compactMap { used in
        let current = statements.first { $0["id"]?.string == used.id }.map(
          CrisisPlan.contentHash(ofStatement:))
        guard current != used.contentHash else { return nil }
        let name = Sentence.quoting(used.id.text)
        let title = situation.title(plan)
        return Finding(
          rule: "plan-statement-changed", level: .error, in: document,
          at: JSONPointer([.key("statements"), .element(used.id)]),
          Sentence(
            fr: """
              Le message \(name.french) a été rempli d’après une version qui n’est plus celle du plan \
              \(title.french). Reprenez celui du plan, puis faites-le approuver de nouveau.
              """,
            en: """
              The statement \(name.english) was filled in from a version that is no longer that of the plan \
              \(title.english). Take the plan’s, then have it approved again.
              """))
      }
    }
  }
}
