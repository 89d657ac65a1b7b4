/// What git writes on standard error, sorted while it comes: its own lines, the host's, and the counting.
struct GitMessages: Sendable {
  /// Lines of git itself and of the programs it started here; over ssh also what the host says beside the
  /// protocol.
  private(set) var own: [String] = []
  /// Lines git passes on with `remote:` in front.
  private(set) var host: [String] = []
  /// References git says it updated.
  private(set) var updates = 0
  /// The largest counts of the incoming package so far.
  private(set) var incomingObjects = 0
  private(set) var incomingBytes = 0
  /// How often git here counted on, in words of its own.
  private(set) var ownSteps = 0

  private var pending: [UInt8] = []
  private var kept = 0

  init() {}

  /// From the whole text.
  init(_ text: String) {
    take(Array(text.utf8)) { _ in }
    end()
  }

  mutating func take(_ bytes: [UInt8], progress: (TransferProgress) -> Void) {
    for byte in bytes {
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        line(progress)
      } else if pending.count < Self.longestLine {
        pending.append(byte)
      }
    }
  }

  /// The last line may have no end.
  mutating func end() { line { _ in } }

  /// What is more than allowed, if anything is.
  func excess(over limits: TransferLimits) -> TransportError.TooMuch? {
    if incomingObjects > limits.objects { return .objects(limit: limits.objects) }
    if incomingBytes > limits.bytes { return .bytes(limit: limits.bytes) }
    if updates > limits.references { return .references(limit: limits.references) }
    return nil
  }

  private static let longestLine = 4096
  /// A host can talk for ever. The first lines say what went wrong with the connection, the last what git
  /// made of it; beyond this many bytes the lines between are dropped.
  private static let mostKept = 64 << 10

  private mutating func line(_ progress: (TransferProgress) -> Void) {
    defer { pending.removeAll(keepingCapacity: true) }
    var text = Substring(String(decoding: pending, as: UTF8.self))
    // Git clears the rest of the row: by spaces, or by an escape on a terminal.
    if text.hasSuffix("\u{1B}[K") { text = text.dropLast(3) }
    // upload-pack sends its last words with the zero that ends them in C.
    while text.last == " " || text.last == "\t" || text.last == "\0" { text.removeLast() }
    if text.isEmpty { return }
    let isHost = text.hasPrefix("remote: ") || text == "remote:"
    if isHost { text = text.dropFirst("remote: ".count) }

    if let step = TransferProgress(line: text) {
      if !isHost { ownSteps += 1 }
      // The host can say it sends little; what counts is what git here has received.
      if !isHost, step.stage == .receiving {
        incomingObjects = max(incomingObjects, step.total ?? step.done)
        incomingBytes = max(incomingBytes, step.bytes ?? 0)
      }
      progress(step)
      return
    }
    if !isHost, isUpdate(text) {
      updates += 1
      return
    }
    if text.isEmpty || isChatter(text, isHost: isHost) { return }
    kept += text.utf8.count
    while kept > Self.mostKept, own.count + host.count > 2 {
      if host.count > own.count {
        kept -= host.remove(at: host.count / 2).utf8.count
      } else {
        kept -= own.remove(at: own.count / 2).utf8.count
      }
    }
    if isHost { host.append(String(text)) } else { own.append(String(text)) }
  }
}

/// ` * [new ref]   refs/x -> refs/y`, ` + 1234567...89abcde a -> b (forced update)`, ` - [deleted] (none) ->
/// b`
private func isUpdate(_ line: Substring) -> Bool {
  guard line.first == " ", let flag = line.dropFirst().first, " *+-=t".contains(flag) else { return false }
  return line.contains(" -> ")
}

/// Lines that tell a person nothing.
private func isChatter(_ line: Substring, isHost: Bool) -> Bool {
  if isHost {
    return line.hasPrefix("Total ") || line.hasPrefix("Delta compression using")
  }
  return [
    "hint:", "From ", "To ", "Please make sure you have the correct access rights",
    "and the repository exists.", "To add an exception for this directory, call:",
    "\tgit config --global --add safe.directory", "Total ", "Delta compression using", "Pushing to ",
    "POST git-",
    "warning: redirecting to ",
    // ssh, where a connection can't be shared and it goes on with one of its own.
    "ControlSocket ", "mux_client_request_session: ",
  ].contains { line.hasPrefix($0) }
}

extension TransferProgress {
  /// Reads `Receiving objects:  61% (610/1000), 12.00 MiB | 3.00 MiB/s` and its relatives; `nil` for other
  /// lines.
  ///
  /// Source: git's progress.c, `display`.
  init?(line: some StringProtocol) {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    switch line[..<colon] {
    case "Enumerating objects", "Counting objects", "Compressing objects", "Finding sources":
      stage = .preparing
    case "Receiving objects", "Unpacking objects": stage = .receiving
    case "Writing objects": stage = .sending
    case "Resolving deltas", "Checking connectivity", "Checking objects", "Indexing objects":
      stage = .checking
    default: return nil
    }
    let rest = line[line.index(after: colon)...]
    let words = rest.split { $0 == " " || $0 == "," || $0 == "(" || $0 == ")" }
    guard let first = words.first else { return nil }
    if first.hasSuffix("%"), words.count > 1 {
      let fraction = words[1].split(separator: "/").compactMap { Int($0) }
      guard fraction.count == 2 else { return nil }
      (done, total) = (fraction[0], fraction[1])
    } else if let count = Int(first) {
      (done, total) = (count, nil)
    } else {
      return nil
    }
    bytes = nil
    let units = ["bytes": 1.0, "KiB": 1024, "MiB": 1_048_576, "GiB": 1_073_741_824]
    for (number, unit) in zip(words, words.dropFirst()) {
      // The first amount is what arrived, the one after `|` how fast.
      guard let factor = units[String(unit)], let amount = Double(number) else { continue }
      bytes = Int(exactly: (amount * factor).rounded()) ?? Int.max
      break
    }
  }
}
