import ArgumentParser
import Documents
import EditorialChecks
import Glibc
import JSONTree
import Wording

/// Times the check of a workspace in memory, on one core.
///
/// Reading files and JSON does not count; everything after it does: the rules of the line are made ready, texts are
/// looked up, states computed, contradictions searched, findings sorted.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The check of 10,000 posts: texts per second, memory, growth, and what each kind of rule costs")

  @Option(help: "How often each is checked") var runs = 5
  @Option(help: "How many posts, at most") var posts = 10_000
  @Option(help: "What the posts are made from") var seed: UInt64 = 1
  @Option(help: "The sample workspace") var sample = "Workspace"
  @Flag(help: "Check the posts once and print nothing, for a profiler") var once = false
  @Option(help: "A page to write the first table into, between its markers") var page: String?

  func run() throws {
    if once {
      let documents = try EditorialWorkspace(posts: posts, seed: seed, sample: sample).documents
      _ = check(documents, at: EditorialWorkspace.now)
      return
    }
    print("The line of the sample, one core; processor time, medians of \(runs) runs.\n")
    try showGrowth()
    // The first table, before the second is made.
    fflush(nil)
    try showKinds()
  }

  // MARK: - Growth

  private func showGrowth() throws {
    var columns = Columns([
      "posts", "texts", "MB of JSON", "ms", "texts/s", "posts/s", "MB/s", "ms for 1,000 posts", "findings",
    ])
    for count in [100, 1_000, 10_000] where count <= posts {
      let documents = try EditorialWorkspace(posts: count, seed: seed, sample: sample).documents
      let texts = documents.all.reduce(0) { $0 + checkedTexts(of: $1, in: documents).count }
      let bytes = documents.all.reduce(0) { $0 + $1.value.canonicalForm.count }
      let before = try peakMemory()
      var findings = 0
      let time = median(
        (0..<max(1, runs * (count < 1_000 ? 5 : 1))).map { _ in
          processorTime { findings = check(documents, at: EditorialWorkspace.now).count }
        })
      columns.add([
        decimal(Double(count), 0), decimal(Double(texts), 0), figure(Double(bytes) / 1e6), figure(time),
        figure(Double(texts) / time * 1e3), figure(Double(count) / time * 1e3),
        figure(Double(bytes) / time / 1e3), figure(time / Double(count) * 1e3), decimal(Double(findings), 0),
      ])
      if count == posts {
        let after = try peakMemory()
        let memory =
          "With \(decimal(Double(count), 0)) posts \(figure(after)) MB are in use at most, \(figure(before)) MB of them before the check."
        print("\(columns.text)\n\n\(memory)\n")
        try page.map(Page.init)?.write(
          columns.markdown, named: "check",
          after: "Processor time on one processor, medians of \(runs) runs; spelling is not asked. \(memory)")
      }
    }
  }

  // MARK: - Kinds of rules

  /// What a check takes beyond one without rules where the line asks for one kind only.
  private func showKinds() throws {
    let count = min(posts, 1_000)
    let plain = try documents(count, rules: [])
    let nothing = try time(plain)
    let limits = milliseconds { _ = limitFindings(in: plain) }
    let contradictory = milliseconds { _ = contradictions(in: plain, at: EditorialWorkspace.now) }
    let texts = milliseconds { for document in plain.all { _ = checkedTexts(of: document, in: plain) } }
    var costs = [
      ("texts made ready", texts), ("platform-limit", limits), ("contradictions and states", contradictory),
    ]
    for rule in Self.rules {
      let (check, parameters) = rule
      let documents = try documents(count, rules: [rule])
      costs.append((check, max(0, try time(documents) - nothing)))
      _ = parameters
    }
    let sum = costs.reduce(0) { $0 + $1.1 }
    var columns = Columns(["one rule of each kind, \(decimal(Double(count), 0)) posts", "ms", "share, %"])
    for (name, cost) in costs.sorted(by: { $0.1 > $1.1 }) {
      columns.add([name, figure(cost), figure(cost / sum * 100)])
    }
    print(columns.text + "\n")
  }

  private func documents(_ count: Int, rules: [(String, JSONValue)]) throws -> DocumentCollection {
    try EditorialWorkspace(posts: count, seed: seed, sample: sample) { guideline in
      guard case .object(var line) = guideline else { return guideline }
      line["rules"] = .array(
        rules.map { check, parameters in
          [
            "check": JSONValue(check), "enabled": true, "id": JSONValue(check), "level": "warning",
            "message": "Autrement.", "parameters": parameters,
          ]
        })
      return .object(line)
    }.documents
  }

  private func time(_ documents: DocumentCollection) throws -> Double {
    let spelling = SpellingAnswers(unknown: ["fr-CA": [:], "en-CA": [:]])
    let findings = check(documents, spelling: spelling, at: EditorialWorkspace.now)
    guard !findings.contains(where: { $0.rule == "broken-rule" }) else {
      throw ValidationError("A rule of the measurement can’t be used.")
    }
    return milliseconds { _ = check(documents, spelling: spelling, at: EditorialWorkspace.now) }
  }

  private func milliseconds(_ work: () -> Void) -> Double {
    median((0..<runs).map { _ in processorTime(work) })
  }

  /// What the processor took: on a computer with nothing else to do, the time that passes.
  private func processorTime(_ work: () -> Void) -> Duration {
    func now() -> Duration {
      var time = timespec()
      clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
      return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
    let start = now()
    work()
    return now() - start
  }

  /// One rule of each kind, with the words of the sample’s line where it has them.
  private static let rules: [(String, JSONValue)] = [
    ("address", ["address": "vous"]), ("alt-text", ["min": 20]), ("capitalisation", ["style": "no-capitals"]),
    ("conditional", ["if": ["concours"], "then": ["règlement"]]), ("consistency", ["from": "/properNames"]),
    ("existence", ["tokens": ["!!", "!?", "?!", "??"]]), ("feminine-forms", ["from": "/feminineForms"]),
    ("french-typography", ["profile": "fr-CA"]), ("hashtag-case", ["style": "pascal"]),
    ("inclusive", ["convention": "doublet"]), ("length", ["max": 200, "per": "sentence"]),
    ("links", ["host": "laravaude.example", "utm": ["campaign"]]), ("near-duplicate", [:]),
    ("occurrence", ["class": "emoji", "max": 2]), ("readability", ["min": 20]),
    ("red-line", ["from": "/redLines"]),
    ("repetition", [:]), ("sequence", ["first": ["nous sommes"], "then": ["heureux de"], "within": 2]),
    ("spelling", [:]), ("statement-freshness", [:]), ("substitution", ["from": "/terms"]),
  ]
}
