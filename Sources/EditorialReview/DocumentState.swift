public import Documents
import JSONTree

extension EditorialStates {
  /// Where a reply stands: sent, if a publication says so; else how far the work on it is.
  public func state(ofReply document: Document) -> EditorialState {
    let reply = Reply(document.value)
    let channel = reply.conversation.flatMap { documents[$0] }.flatMap { Conversation($0.value).channel }
    if let channel {
      switch release(of: document, on: channel, current: { documents.contentHash(of: document) }) {
      case .withdrawn: return .withdrawn
      case .asItIs: return .sent
      case .otherwise: return .sentDiverged
      case nil: break
      }
    }
    switch reply.state {
    case "withdrawn": return .withdrawn
    case "superseded": return .superseded
    default: break
    }
    if conflicted.contains(document.id) { return .conflicted }
    let status = reviewStatus(of: document, rightsOn: channel)
    if status.isApproved { return .approved }
    if status.isStale { return .stale }
    if !status.objections.isEmpty { return .changesRequested }
    return reply.state == "proposed" ? .proposed : .draft
  }

  /// The state of any document as lists show it and scripts read it.
  ///
  /// A document in which something is to be settled says that first, of whatever kind it is. Posts and replies have
  /// computed states. Any other kind has the step its `state` field names; without one, what reviews say of it.
  public func name(ofStateOf document: Document) -> String? {
    if conflicted.contains(document.id) { return EditorialState.conflicted.rawValue }
    switch document.kind.name {
    case Post.kind: return state(ofPost: document).rawValue
    case Reply.kind: return state(ofReply: document).rawValue
    default:
      if let stored = document.value["state"]?.text { return stored }
      // A yes that changed nothing approved nothing.
      if authority.isWaiting(in: document.kind.name) { return stateOfWaitingChange(in: document).rawValue }
      guard hasReviews(document) else { return nil }
      let status = reviewStatus(of: document)
      if status.isApproved { return EditorialState.approved.rawValue }
      if status.isStale { return EditorialState.stale.rawValue }
      return status.objections.isEmpty ? nil : EditorialState.changesRequested.rawValue
    }
  }

  /// Where a change of the team or the workflow stands that counts for nothing yet.
  func stateOfWaitingChange(in document: Document) -> EditorialState {
    reviewStatus(of: document).objections.isEmpty ? .inReview : .changesRequested
  }
}
