import Documents
import EditorialReview
import JSONTree
import Wording

/// What a member of the team still has in hand, seen from a moment: what somebody else has to take over when they go.
struct MemberHoldings {
  /// One thing in hand, and the document it is about; `nil` for the team itself.
  struct Holding {
    var what: Sentence
    var title: String?
  }

  var name: String
  /// By document, in the order of paths.
  private(set) var holdings: [Holding] = []

  var isEmpty: Bool { holdings.isEmpty }

  init(of id: JSONString, in states: EditorialStates) {
    let documents = states.documents
    let team = documents.single(Documents.Team.self)
    name = team?.member(id)?.shownName ?? id.text
    for document in documents.all {
      let found: [Sentence] =
        switch document.kind.name {
        case Post.kind: Self.inPost(document, of: id, in: states)
        case Conversation.kind: Self.inConversation(Conversation(document.value), of: id, at: states.now)
        case Guideline.kind, CrisisPlan.kind: Self.inHouse(document.value, of: id)
        case Documents.Team.kind: Self.inTeam(Documents.Team(document.value), of: id, at: states.now)
        default: []
        }
      let title = document.kind.name == Documents.Team.kind ? nil : document.title
      holdings += found.map { Holding(what: $0, title: title) }
    }
    if let team { holdings += Self.rightsOfNobodyElse(id, team, in: states).map { Holding(what: $0) } }
  }

  /// Where approval is required and nobody else may give it.
  private static func rightsOfNobodyElse(
    _ id: JSONString, _ team: Documents.Team, in states: EditorialStates
  ) -> [Sentence] {
    guard states.policy.preset >= .required else { return [] }
    let channels = states.documents.channels.filter { $0.state != "closed" }.compactMap(\.id).filter {
      channel in
      let approvers = team.members.filter { $0.may("approve", on: channel) }
      return approvers.contains { $0.id == id } && approvers.allSatisfy { $0.id == id }
    }
    if channels.isEmpty { return [] }
    let list = channels.map(\.text).joined(separator: ", ")
    return [
      Sentence(
        fr: "seul droit d’approuver, là où il faut une approbation (\(list))",
        en: "the only right to approve, where approval is required (\(list))")
    ]
  }

  private static func inPost(
    _ document: Document, of id: JSONString, in states: EditorialStates
  ) -> [Sentence] {
    let post = Post(document.value)
    let standings = states.standings(of: document)
    guard states.state(ofPost: document, on: standings).isAhead else { return [] }
    var found: [Sentence] = []
    if post.assignee.map({ JSONString($0) }) == id {
      found.append(Sentence(fr: "affectation", en: "assignment"))
    }
    if post.reviewers.contains(where: { JSONString($0) == id }) {
      found.append(Sentence(fr: "révision attendue", en: "review expected"))
    }
    let channels = standings.filter { standing in
      standing.state.isAhead
        && standing.reviews?.approvals.contains { $0.by == id || $0.voice == id } ?? false
    }.map(\.channel.text)
    if !channels.isEmpty {
      let list = channels.joined(separator: ", ")
      found.append(
        Sentence(
          fr: "approbation qui ne comptera plus (\(list))", en: "approval that will no longer count (\(list))"
        ))
    }
    return found
  }

  private static func inConversation(
    _ conversation: Conversation, of id: JSONString, at now: Instant
  ) -> [Sentence] {
    var found: [Sentence] = []
    let isOpen = !["ignored", "hidden", "closed"].contains(conversation.triage)
    if isOpen, conversation.assignee.map({ JSONString($0) }) == id {
      found.append(Sentence(fr: "affectation", en: "assignment"))
    }
    if let claim = conversation.claim, claim.by == id, claim.holds(at: now) {
      found.append(Sentence(fr: "réponse prise en charge", en: "answer they took"))
    }
    return found
  }

  private static func inHouse(_ document: JSONValue, of id: JSONString) -> [Sentence] {
    var found: [Sentence] = []
    if document["owner"]?.string == id { found.append(Sentence(fr: "responsabilité", en: "owner")) }
    for (role, entry) in CrisisPlan(document).roster {
      if entry["holder"]?.string == id {
        found.append(Sentence(fr: "rôle de crise : \(role)", en: "role in a crisis: \(role)"))
      }
      if entry["deputy"]?.string == id {
        found.append(
          Sentence(fr: "suppléance en cas de crise : \(role)", en: "deputy in a crisis: \(role)"))
      }
    }
    return found
  }

  private static func inTeam(_ team: Documents.Team, of id: JSONString, at now: Instant) -> [Sentence] {
    team.members.filter { member in
      member.delegations.contains { $0.to == id && $0.isInForce(at: now) }
    }.map { member in
      Sentence(fr: "voix confiée par \(member.shownName)", en: "voice given by \(member.shownName)")
    }
  }

  /// How much is in hand.
  var summary: Sentence {
    let count = CountedNoun(fr: ("chose", "choses"), en: ("thing", "things")).counted(holdings.count)
    return Sentence(
      fr: "\(name) a encore \(count.french) en main.", en: "\(name) still has \(count.english) in hand.")
  }

  /// What is in hand, counted, then listed.
  func described(in language: Language) -> Page {
    guard !isEmpty else { return Page() }
    var page = Page(StyledText(summary.text(in: language)))
    page.list(
      holdings.map { holding in
        StyledText(holding.what.text(in: language))
          + (holding.title.map { StyledText("  " + $0, .quiet) } ?? StyledText())
      }, atMost: 20, in: language)
    return page
  }

  /// To be asked before the member is removed.
  var question: Sentence {
    Sentence(fr: "Retirer \(name) quand même?", en: "Remove \(name) all the same?")
  }
}
