import Documents
import EditorialReview
import JSONTree
import Wording

extension Contradiction {
  /// 19. A statement has a newer version, and an answer quotes the older one.
  ///
  /// An error where the public hears it: then two official words go round.
  static let outdatedStatement = Contradiction(rule: "outdated-statement") { situation in
    let statements = situation.documents.views(Statement.self)
    let successors = statements.reduce(into: [JSONString: Document]()) { found, entry in
      if let old = entry.view.supersedes { found[old] = entry.document }
    }
    let quoting =
      situation.documents.views(Reply.self)
      .filter { situation.states.state(ofReply: $0.document).isAhead }
      .map { ($0.document, $0.view.statement, $0.view.statementVersion) }
      + situation.documents.views(SavedReply.self)
      .map { ($0.document, $0.view.statement, $0.view.statementVersion) }
    return quoting.compactMap { document, id, used in
      guard let id, let statement = situation.documents[id] else { return nil }
      let view = Statement(statement.value)
      let isOlder = view.version.flatMap { current in used.map { $0 < current } } ?? false
      let successor = successors[id]
      guard isOlder || successor != nil else { return nil }
      let newest = situation.title(successor ?? statement)
      let author = situation.name(of: (successor ?? statement).value["createdBy"]?.string)
      let isPublic = view.audience == nil || view.audience == "public"
      return Finding(
        rule: "outdated-statement", level: isPublic ? .error : .warning, in: document, at: "/statement",
        Sentence(
          fr: """
            S’appuie sur une version dépassée : \(newest.french) (par \(author)) a changé. \
            Reprenez la nouvelle version avant d’envoyer.
            """,
          en: """
            Leans on a version that is out of date: \(newest.english) (by \(author)) has changed. \
            Take the new version before sending.
            """))
    }
  }
}
