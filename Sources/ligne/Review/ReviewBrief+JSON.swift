import Documents
import EditorialChecks
import EditorialHistory
import EditorialReview
import JSONTree
import ObjectModel
import Wording

extension ReviewBrief {
  /// A row of `review list`, and with `isWhole` the answer of `review show`.
  func json(isWhole: Bool = false, in language: Language) -> JSONValue {
    let decisions = awaited.decisions
    var object: JSONObject = [
      "id": .string(document.id), "path": JSONValue(path.text), "kind": .string(document.kind.name),
      "title": JSONValue(title), "state": JSONValue(awaited.state.rawValue),
      "contentHash": JSONValue(contentHash.hex),
      "channels": .array(places.map(\.json)), "needs": .array(awaited.needs.map(\.json)),
      "approvals": .array(
        decisions.filter { $0.verdict == .approve && $0.isCurrent }.map { json(of: $0) }),
      "objections": .array(
        decisions.filter { $0.verdict.isObjection && $0.isCurrent }.map { json(of: $0) }),
      "stale": .array(staleWords.map { json(of: $0) }),
    ]
    if !waitingChanges.isEmpty { object["waiting"] = .array(waitingChanges.map(\.json)) }
    guard isWhole else { return .object(object) }
    object["pictures"] = .array(
      pictures.map {
        [
          "title": JSONValue($0.title), "place": $0.place.map { JSONValue($0) } ?? .null,
          "altText": $0.altText.map { JSONValue($0) } ?? .null, "crop": $0.crop ?? .null,
        ]
      })
    object["reviewers"] = .array(asked.map(JSONValue.string))
    object["waitsFor"] = .array(waitsFor.map(JSONValue.string))
    if document.kind.name == Reply.kind { object["answers"] = answered?.value ?? .null }
    object["since"] = basis.map { json(of: $0) } ?? .null
    object["findings"] = .array(findings.map { $0.json(in: language) })
    object["comments"] = .array(comments.map { .object($0.json) })
    object["remaining"] = .array(
      remaining.map {
        [
          "channel": .string($0.channel), "pointer": JSONValue($0.pointer.description),
          "left": .number(JSONNumber($0.left)),
        ]
      })
    return .object(object)
  }

  /// Approvals of words that were different.
  var staleWords: [SeenWords] {
    seen.filter { !$0.decision.isCurrent && $0.decision.verdict == .approve }
  }

  private func json(of decision: ReviewStatus.Decision) -> JSONValue {
    var object: JSONObject = [
      "review": .string(decision.document.id), "by": .string(decision.by),
      "name": JSONValue(name(of: decision.by)), "at": decision.review.at.map { JSONValue($0) } ?? .null,
      "verdict": JSONValue(decision.verdict.rawValue), "contentHash": hash(decision.review.contentHash),
      "signature": JSONValue(decision.signature.rawValue), "counts": .bool(decision.counts),
    ]
    object["reason"] = decision.objection.map { JSONValue($0.code) }
    object["channels"] =
      decision.review.scope.isEmpty ? nil : .array(decision.review.scope.map(JSONValue.string))
    object["onBehalfOf"] = decision.review.onBehalfOf.map(JSONValue.string)
    object["level"] = decision.review.level.map(JSONValue.string)
    object["remark"] = decision.review.remark.map { JSONValue($0) }
    return .object(object)
  }

  private func json(of seen: SeenWords) -> JSONValue {
    var object = json(of: seen.decision).object ?? [:]
    object["fields"] = .array(seen.changes.map(\.json))
    object["otherAccounts"] = .array(seen.otherAccounts.map(JSONValue.string))
    object["otherPictures"] = .bool(seen.hasOtherPictures)
    object["changedBy"] = .array(
      seen.since.map { version in
        [
          "by": JSONValue(version.by.name), "at": JSONValue(version.at.description),
          "commit": JSONValue(version.id.hex),
        ]
      })
    return .object(object)
  }

  private func hash(_ hash: ContentHash?) -> JSONValue { hash.map { JSONValue($0.hex) } ?? .null }
}

extension ReviewBrief.Place {
  var json: JSONValue {
    [
      "channel": .string(channel), "platform": platform.map { JSONValue($0) } ?? .null,
      "handle": handle.map { JSONValue($0) } ?? .null, "state": JSONValue(state.rawValue),
      "at": time.map { JSONValue($0) } ?? .null,
    ]
  }
}

extension AwaitedReview.Need {
  var json: JSONValue {
    var object: JSONObject = [
      "needed": .number(JSONNumber(needed)), "given": .array(given.map(JSONValue.string)),
      "channels": .array(channels.map(JSONValue.string)), "isAskedNow": .bool(isAskedNow),
    ]
    object["level"] = level.map { .string($0.id) }
    object["role"] = level.map { JSONValue($0.role) }
    return .object(object)
  }
}

extension Authority.WaitingChange {
  var json: JSONValue {
    var object: JSONObject = [
      "before": before ?? .null, "after": after ?? .null, "by": .array(by.map(JSONValue.string)),
    ]
    switch subject {
    case .workflow: object["subject"] = "workflow"
    case .member(let id): object["subject"] = .string(id)
    }
    object["field"] = field.map { JSONValue($0) }
    return .object(object)
  }
}

extension ReviewStatus.Disqualification {
  /// What scripts read off.
  var code: String {
    switch self {
    case .notOfTheTeam: "not-a-member"
    case .noRight: "no-right"
    case .noRole: "no-role"
    case .ownWords: "own-words"
    case .noDelegation: "no-delegation"
    case .signature: "signature"
    case .revokedKey: "revoked-key"
    case .noKey: "no-key"
    case .decidedAgain: "decided-again"
    }
  }
}
