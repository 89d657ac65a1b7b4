import ObjectModel

extension GitTransport {
  public func fetch(
    from address: RemoteAddress, _ specifications: [RefSpec], progress: ((TransferProgress) -> Void)?
  ) async throws(TransportError) -> FetchReport {
    if address.isWeb, !specifications.contains(where: { !$0.isPattern }) {
      // A page in the place of git looks like a team that shares nothing, and would empty what was fetched
      // before.
      _ = try await references(at: address)
    }
    let leftovers = PackLeftovers(gitFolder: gitFolder)
    var isClean = true
    defer { if !isClean { leftovers.remove() } }
    var report = FetchReport()
    var wanted = specifications
    var patience = 2
    asking: while !wanted.isEmpty {
      switch try await ask(
        address, ["--prune", "--", address.text] + wanted.map(\.forGit), isClean: &isClean, progress: progress
      )
      {
      case .arrived: break asking
      case .missing(let name):
        guard let place = wanted.firstIndex(where: { $0.source.utf8.elementsEqual(name.utf8) }) else {
          throw .other(text: legible(name))
        }
        if address.isWeb { _ = try await references(at: address) }
        report.absent.append(wanted.remove(at: place).source)
      case .unfit:
        report.refused = try await fetchFit(wanted, from: address, isClean: &isClean, progress)
        break asking
      case .failed(.busy) where patience > 0:
        // Another sync of the same workspace brings the same references; a moment later there is nothing to
        // do.
        try await pause(.milliseconds(100 << (2 - patience)))
        patience -= 1
      case .failed(let error): throw error
      }
    }
    if report.absent.isEmpty { return report }
    try await deleteReferences { name in
      specifications.contains {
        !$0.isPattern && $0.mayLead(to: name) && report.absent.contains($0.source)
      }
    }
    return report
  }

  /// How one connection ended.
  private enum Answer {
    case arrived
    /// There is no such reference over there; nothing was fetched.
    case missing(String)
    /// Something that came is damaged or too much; nothing of it was accepted.
    case unfit(TransportError)
    case failed(TransportError)
  }

  private func ask(
    _ address: RemoteAddress, _ words: [String], input: String = "", isClean: inout Bool,
    progress: ((TransferProgress) -> Void)?
  ) async throws(TransportError) -> Answer {
    let error: TransportError
    do throws(TransportError) {
      let outcome = try await exchange(
        address, Self.fetchWords + otherEnd(of: address) + words, input: input, progress: progress)
      if outcome.status == 0 { return .arrived }
      if let name = outcome.messages.missingReference { return .missing(name) }
      error = meaning(of: outcome, .fetch, address)
    } catch let thrown {
      error = thrown
    }
    isClean = false
    return switch error {
    case .cancelled: throw error
    // What git or the host say in words nobody foresaw may be about one reference, too: then it blocks only itself.
    case .damagedObjects, .tooMuch(_, .bytes), .tooMuch(_, .objects), .tooMuch(_, .memory),
      .tooMuch(_, .processorTime), .other, .refusedByHost:
      .unfit(error)
    default: .failed(error)
    }
  }

  /// The other end of a path is a process of this computer, under the limits set for git here. It does not see the
  /// settings that let git stay below them, because they are meant for another repository.
  private func otherEnd(of address: RemoteAddress) -> [String] {
    guard address.kind == .path || address.kind == .file else { return [] }
    let settings = GitProgram.frugality.map { "-c \($0)" }.joined(separator: " ")
    return ["--upload-pack=git \(settings) upload-pack"]
  }

  private static let fetchWords =
    fetchChecks.flatMap { ["-c", $0] } + [
      "fetch", "--progress", "--no-write-fetch-head", "--no-tags", "--no-auto-maintenance",
      "--no-recurse-submodules", "--no-write-commit-graph",
    ]

  /// What git checks of objects on their way in.
  ///
  /// Everything that could harm a reader is refused: broken trees, names such as `.git` or `..`, missing
  /// parts. Let through are flaws in the headers of commits and the writing of modes that old tools and
  /// importers left behind. They do no harm, they stand in histories nobody can change any more, and refusing
  /// them would lock a team out of its own past. What Ligne reads it judges itself.
  ///
  /// Source: git-fsck(1), "FSCK MESSAGES". A fetch takes warnings for errors unless told otherwise.
  private static let fetchChecks =
    ["fetch.fsckObjects=true"]
    + [
      "zeroPaddedFilemode", "zeroPaddedDate", "badTimezone", "missingSpaceBeforeDate", "badEmail",
      "missingEmail", "missingNameBeforeEmail", "missingSpaceBeforeEmail", "badDate", "badDateOverflow",
      "nulInCommit",
    ].map { "fetch.fsck.\($0)=ignore" }

  /// Fetches what is fit, after a fetch of everything met something that is not: halves what it asks for
  /// until the references that lead there stand alone. Costs two connections per halving, and only while the
  /// damage is there.
  private func fetchFit(
    _ specifications: [RefSpec], from address: RemoteAddress, isClean: inout Bool,
    _ progress: ((TransferProgress) -> Void)?
  ) async throws(TransportError) -> [FetchReport.Refused] {
    let theirs = try await references(at: address, matching: specifications.map(\.source))
    let pairs = theirs.flatMap { reference in
      specifications.compactMap { specification in
        specification.destination(of: reference.name).map { RefSpec(reference.name, to: $0) }
      }
    }
    try await deleteReferences { name in
      specifications.contains { $0.mayLead(to: name) }
        && !pairs.contains { $0.destination.utf8.elementsEqual(name.utf8) }
    }
    var refused: [FetchReport.Refused] = []
    var hasArrived = false
    var parts = [pairs]
    while let part = parts.popLast() {
      guard let first = part.first else { continue }
      switch try await ask(
        address, ["--stdin", "--", address.text], input: part.map { $0.forGit + "\n" }.joined(),
        isClean: &isClean, progress: progress)
      {
      case .arrived: hasArrived = true
      case .missing(let name):
        // Deleted since the list was made. The next fetch takes ours away.
        parts.append(part.filter { !$0.source.utf8.elementsEqual(name.utf8) })
      case .unfit(let reason) where part.count == 1:
        refused.append(.init(reference: first.source, reason: reason))
        // Where nothing comes and nobody says that it is the reference, it is the host.
        if !hasArrived, refused.count >= 3, !refused.contains(where: \.isExplained) { throw reason }
        if refused.count > Self.mostRefused { throw reason }
      case .unfit:
        let half = part.count / 2
        parts += [Array(part[half...]), Array(part[..<half])]
      case .failed(let error): throw error
      }
    }
    if !hasArrived, let first = refused.first, !refused.contains(where: \.isExplained) { throw first.reason }
    return refused.sorted { $0.reference.utf8.lexicographicallyPrecedes($1.reference.utf8) }
  }

  /// Beyond this many references that can't be fetched, the address as a whole is given up: each costs connections.
  private static let mostRefused = 100

  /// Deletes references of this workspace.
  private func deleteReferences(_ isGone: (String) -> Bool) async throws(TransportError) {
    let list = try await local(["for-each-ref", "--format=%(refname)", "refs/"])
    let gone = list.lines.map(String.init).filter(isGone)
    if gone.isEmpty { return }
    _ = try await local(
      ["update-ref", "--no-deref", "--stdin"], input: gone.map { "delete \($0)\n" }.joined())
  }
}

extension RefSpec {
  /// With `+`: ours takes the value of theirs even if it is no descendant of the one before.
  fileprivate var forGit: String { "+\(source):\(destination)" }
}

extension FetchReport.Refused {
  /// Whether it is known to be about what the reference leads to.
  fileprivate var isExplained: Bool {
    switch reason {
    case .damagedObjects, .tooMuch: true
    default: false
    }
  }
}
