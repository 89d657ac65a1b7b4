public import Documents
public import JSONTree
public import Wording

/// The ids of the rules of the line that are errors: what a review notes, so that a rule that becomes one later is seen.
public func errorRules(of documents: DocumentCollection, at now: Instant) -> [JSONString] {
  Set(
    documents.views(Guideline.self).filter { isInForce($0.document, at: now) }.flatMap { guideline in
      guideline.view.rules.filter { $0.isEnabled && $0.level == "error" }.compactMap(\.id)
    }
  ).sorted()
}
