import Documents
import JSONTree
import Wording

/// What one person said without being answered in between, and when we answered.
///
/// An answer is to a person: what they said up to then is answered, and what somebody else asked in the same place is
/// not. A message of ours that says of no message that it answers it is to everybody.
struct Question: Sendable {
  /// By time; at least one.
  var messages: [Conversation.Message]
  /// `nil` where nobody answered yet.
  var answered: Instant?

  /// When its first message came; `nil` where that can't be read.
  var received: Moment? { messages.first.flatMap(\.moment) }
}

/// Everything others asked in a conversation.
struct Questions: Sendable {
  /// By the time of their first message.
  let all: [Question]
  /// When we last answered anybody; `nil` where we never did.
  let lastAnswer: Instant?
  /// Whether somebody asked something and took it back.
  let hasDeleted: Bool

  /// An answer that went out by one of our replies.
  struct Sent {
    var inReplyTo: JSONString?
    var at: Instant
  }

  /// To whom an answer was, and when; to everybody where there is no name.
  private struct Answer {
    var person: JSONString?
    var at: Instant
  }

  init(in conversation: Conversation, sent: [Sent], own: OwnNames) {
    let messages = conversation.messages
    let channel = conversation.channel
    let others = messages.filter { !own.isOwn($0, on: channel) }
    let people = Dictionary(
      others.compactMap { message in message.externalId.map { ($0, message.person) } }
    ) { first, _ in first }
    var answers = sent.map { Answer(person: $0.inReplyTo.flatMap { people[$0] }, at: $0.at) }
    for message in messages where message.deletedAt == nil && own.isOwn(message, on: channel) {
      guard let at = message.moment?.instant else { continue }
      answers.append(Answer(person: message.inReplyTo.flatMap { people[$0] }, at: at))
    }
    answers.sort { $0.at < $1.at }
    var direct: [JSONString: Instant] = [:]
    for answer in sent {
      guard let message = answer.inReplyTo else { continue }
      direct[message] = min(direct[message] ?? answer.at, answer.at)
    }
    let open = others.filter { $0.deletedAt == nil }.sorted { $0.order < $1.order }
    var found: [Question] = []
    var last: [JSONString: Int] = [:]
    for message in open {
      let person = message.person
      let asked = message.moment?.instant
      let later = answers.first { answer in
        (answer.person == nil || answer.person == person) && (asked.map { $0 <= answer.at } ?? true)
      }?.at
      // Whoever’s clock was wrong: a reply to this very message answers it.
      let answered = later ?? message.externalId.flatMap { direct[$0] }
      if let place = last[person], found[place].answered == answered {
        found[place].messages.append(message)
      } else {
        last[person] = found.count
        found.append(Question(messages: [message], answered: answered))
      }
    }
    all = found
    lastAnswer = answers.last?.at
    hasDeleted = open.count < others.count
  }
}

extension Conversation.Message {
  var moment: Moment? { at.flatMap { Moment(rfc3339: $0) } }

  /// Who wrote it; one without a name is somebody of their own.
  fileprivate var person: JSONString { author.map { JSONString($0) } ?? externalId ?? "" }

  /// By time, then by its id there.
  var order: (Int, JSONString) {
    (moment?.instant.secondsSince1970 ?? .min, externalId ?? "")
  }
}
