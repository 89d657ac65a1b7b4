/// What `git push --porcelain` says became of each reference.
///
/// Source: git-push(1), "Output": `<flag> TAB <from>:<to> TAB <summary> (<reason>)`.
struct PushReport {
  /// Why the push as a whole came to nothing.
  enum Failure: Hashable {
    /// Its messages say why.
    case general
    /// The person's own `pre-push` check, in its words.
    case ownCheck(String)
  }

  private(set) var failure: Failure?
  private var answers: [(reference: Substring, outcome: PushResult.Outcome)] = []

  init(_ outcome: GitProgram.Outcome) {
    self.init(lines: outcome.lines, status: outcome.status, messages: outcome.messages)
  }

  init(lines: [Substring], status: Int32, messages: GitMessages) {
    for line in lines {
      let parts = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3, parts[0].count == 1, let colon = parts[1].lastIndex(of: ":") else { continue }
      let reference = parts[1][parts[1].index(after: colon)...]
      guard parts[0] == "!" else {
        answers.append((reference, parts[0] == "=" ? .wasThere : .moved))
        continue
      }
      // The host did not take the objects, or did not say: what it says of the reference then means nothing.
      if parts[2].hasPrefix("[remote failure]") || parts[2].hasSuffix("(unpacker error)") {
        failure = .general
      }
      answers.append((reference, .rejected(rejection(parts[2], messages))))
    }
    if answers.isEmpty {
      // A check that says no ends git without a word of its own but this one.
      let words = messages.own.filter { !$0.hasPrefix("error: failed to push some refs") }
      let isCheck =
        status == 1 && words.count < messages.own.count
        && !words.contains { $0.hasPrefix("fatal: ") || $0.hasPrefix("error: ") }
      failure = isCheck ? .ownCheck(legible(words.joined(separator: " "))) : .general
    }
  }

  subscript(_ reference: String) -> PushResult.Outcome? {
    answers.first { $0.reference.utf8.elementsEqual(reference.utf8) }?.outcome
  }
}

/// Reads `[rejected] (stale info)` or `[remote rejected] (pre-receive hook declined)`.
private func rejection(_ summary: Substring, _ messages: GitMessages) -> PushRejection {
  let reason =
    summary.firstIndex(of: "(").map { String(summary[$0...].dropFirst().dropLast()) } ?? String(summary)
  if reason.hasPrefix("atomic push fail") || reason.hasPrefix("atomic transaction fail") { return .leftOut }
  // Refused here, before anything was sent: against what the host had just announced.
  if summary.hasPrefix("[rejected]") { return .movedMeanwhile }

  // Refused there. Until 2.40 or so the reason is only among the messages.
  let words = [reason] + messages.host
  let isAboutLock =
    reason.hasPrefix("failed to") || reason.contains("lock ref") || reason.contains("old value")
  let marks = ["but expected", "reference already exists", "incorrect old value"]
  if words.contains(where: { line in marks.contains { line.contains($0) } }) { return .movedMeanwhile }
  if isAboutLock, let line = words.first(where: { $0.contains(".lock': File exists") }) {
    return .heldByAnother(legible(line))
  }
  return .refusedByHost(messages.host.isEmpty ? legible(reason) : messages.hostText)
}
