import Documents
import EditorialDesk
import EditorialReview
import JSONTree
import SyncEngine
import Wording

/// The states that documents may have, and how people call them.
struct StateNames {
  /// By name; a state may be called differently in several kinds.
  private var wordings: [String: [Sentence]] = [:]

  /// - Parameters:
  ///   - kinds: Those whose documents are listed.
  ///   - others: States that stand in a document, whatever any schema says.
  init(of kinds: [DocumentKind], and others: some Sequence<String>) {
    for name in others { wordings[name] = [] }
    for state in EditorialState.allCases { wordings[state.rawValue] = [state.wording] }
    if kinds.contains(where: { $0.name == Conversation.kind }) {
      for state in ConversationState.allCases { wordings[state.rawValue, default: []].append(state.wording) }
    }
    for kind in kinds {
      let field = kind.schema.field(at: JSONPointer([.key("state")]))
      for name in field?.allowedValues.compactMap(\.string) ?? [] {
        wordings[name.text, default: []] += [field?.valueTitles[name]].compactMap(\.self)
      }
    }
  }

  /// The states that somebody calls so: by the name, or as a list shows them in French or in English.
  ///
  /// - Throws: `WorkspaceError.unknownState`.
  func states(called words: String) throws -> Swift.Set<String> {
    if wordings[words] != nil { return [words] }
    func plain(_ words: String) -> String { readableWords(of: words, limit: .max) }
    let typed = plain(words)
    let meant = wordings.filter { name, wordings in
      plain(name) == typed || wordings.contains { plain($0.french) == typed || plain($0.english) == typed }
    }
    if typed.isEmpty || meant.isEmpty { throw WorkspaceError.unknownState(words, known: shown) }
    return Swift.Set(meant.keys)
  }

  /// As a list shows them.
  private var shown: [Sentence] {
    wordings.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .flatMap { name, wordings in wordings.isEmpty ? [Sentence(fr: name, en: name)] : wordings }
  }
}
