import ConcurrentMap
public import Documents
public import EditorialReview
public import JSONTree
public import ObjectModel
public import Wording

/// Everything there is to say of some documents: by the rules of the guidelines in force, by checks that need no rule,
/// and of the rules themselves.
///
/// A rule that can't be used becomes a finding on its guideline, and everything else is still checked. The same
/// arguments give the same findings in the same order: by path, place, words, rule.
///
/// - Parameters:
///   - documents: All documents of the tree; rules and references are looked up among them.
///   - schemas: The kinds the tree knows; a rule may be meant for any of them.
///   - ids: Says only what concerns these documents; `nil` for all.
///   - conflicted: The ids of documents in which something is to be settled: their posts do not leave by themselves.
///   - provenance: What their history says of the documents: whose words they are, whose yes counts.
///   - spelling: Whom rules of spelling ask, see ``spellingQuestions(_:schemas:only:at:)``; without it they find nothing.
///   - now: When it is asked: statements expire, waivers end, a guideline begins.
public func check(
  _ documents: DocumentCollection, schemas: SchemaSet = .builtIn, only ids: Set<JSONString>? = nil,
  conflicted: Set<JSONString> = [], provenance: Provenance? = nil, spelling: (any SpellingDictionary)? = nil,
  at now: Instant
) -> [Finding] {
  let run = CheckRun(
    documents, schemas: schemas, conflicted: conflicted, provenance: provenance, spelling: spelling, at: now)
  let asked = documents.all.filter { ids?.contains($0.id) ?? true }
  return run.findings(of: asked, asked: Set(asked.map(\.path)).contains)
}

/// The words that rules of spelling would ask a dictionary about, by language: all at once, as programs like to be asked.
///
/// - Parameters: As of ``check(_:schemas:only:conflicted:provenance:spelling:at:)``.
public func spellingQuestions(
  _ documents: DocumentCollection, schemas: SchemaSet = .builtIn, only ids: Set<JSONString>? = nil,
  at now: Instant
) -> [String: Set<String>] {
  let subjects = documents.all.filter { ids?.contains($0.id) ?? true }
  return CheckRun(documents, schemas: schemas, at: now).spellingQuestions(of: subjects)
}

/// What is to be said of a tree and was not to be said of an earlier one: all of documents that came or changed, and of
/// the others what is new because something beside them changed.
///
/// - Parameters:
///   - new: The tree now.
///   - old: The tree before.
///   - conflicted: The ids of documents in which something is to be settled now.
///   - conflictedBefore: The same of the tree before.
///   - provenance: What the history says of the documents now.
///   - provenanceBefore: The same of the tree before.
public func newFindings(
  in new: DocumentCollection, since old: DocumentCollection, schemas: SchemaSet = .builtIn,
  conflicted: Set<JSONString> = [], conflictedBefore: Set<JSONString> = [],
  provenance: Provenance? = nil, provenanceBefore: Provenance? = nil, at now: Instant
) -> [Finding] {
  let before = Dictionary(old.all.map { ($0.path, $0.value) }) { first, _ in first }
  let changed = Set(new.all.filter { before[$0.path] != $0.value }.map(\.path))
  let texts = Set(beside(changed, in: new, since: old).map(\.path))
  return newFindings(
    in: new, since: { old }, changed: changed, texts: texts, asked: { _ in true }, schemas: schemas,
    conflicted: conflicted, conflictedBefore: { _ in conflictedBefore }, provenance: provenance,
    provenanceBefore: { _ in provenanceBefore }, at: now)
}

/// The same where it is known already what changed and what that touches, of trees that need not be whole: they hold
/// what a check of the asked documents has to read.
///
/// - Parameters:
///   - old: The tree before, made where something is to be said of a document that did not change.
///   - changed: The documents of the new tree that the old one does not have, or has otherwise.
///   - texts: The documents whose texts are to be read: those that changed, and what names one that changed or went.
///   - asked: Of which documents something is to be said.
public func newFindings(
  in new: DocumentCollection, since old: () throws -> DocumentCollection, changed: Set<WorkspacePath>,
  texts: Set<WorkspacePath>, asked: (WorkspacePath) -> Bool, schemas: SchemaSet = .builtIn,
  conflicted: Set<JSONString>, conflictedBefore: (DocumentCollection) throws -> Set<JSONString>,
  provenance: Provenance?, provenanceBefore: (DocumentCollection) throws -> Provenance?, at now: Instant
) rethrows -> [Finding] {
  let run = CheckRun(new, schemas: schemas, conflicted: conflicted, provenance: provenance, at: now)
  let findings = run.findings(of: new.all.filter { texts.contains($0.path) }, asked: asked)
  if findings.allSatisfy({ changed.contains($0.path) }) { return findings }
  let again = texts.subtracting(changed)
  let old = try old()
  let earlier = try CheckRun(
    old, schemas: schemas, conflicted: conflictedBefore(old), provenance: provenanceBefore(old), at: now)
  let known = Set(
    earlier.findings(of: old.all.filter { again.contains($0.path) }, asked: asked))
  return findings.filter { changed.contains($0.path) || !known.contains($0) }
}

/// The documents of which something new may have to be said: those that changed, those that name one that changed or
/// went, and all of them where what counts for all is another, or a rule compares every text with all others.
private func beside(
  _ changed: Set<WorkspacePath>, in new: DocumentCollection, since old: DocumentCollection
) -> [Document] {
  let common: [JSONString] = [Guideline.kind, Channels.kind, WorkspaceSettings.kind, PlatformLimits.kind]
  let hasOtherGround = common.contains {
    new.documents(of: $0).map(\.value) != old.documents(of: $0).map(\.value)
  }
  if hasOtherGround || comparesTexts(in: new) { return new.all }
  let others = Set(new.all.filter { changed.contains($0.path) }.map(\.id))
    .union(old.all.filter { document in new[document.id]?.value != document.value }.map(\.id))
  return new.all.filter { document in
    changed.contains(document.path)
      || DocumentTies(of: document).map { !others.isDisjoint(with: $0.named) } ?? true
  }
}

/// One run over one tree.
private struct CheckRun {
  let context: CheckContext
  let line: EditorialLine
  /// The rules of the line that speak of quoted statements.
  let freshnessRules: Set<String>

  init(
    _ documents: DocumentCollection, schemas: SchemaSet, conflicted: Set<JSONString> = [],
    provenance: Provenance? = nil, spelling: (any SpellingDictionary)? = nil, at now: Instant
  ) {
    context = CheckContext(documents, at: now, conflicted: conflicted, provenance: provenance)
    line = EditorialLine(documents, schemas: schemas, spelling: spelling, at: now)
    freshnessRules = Set(
      line.rules.filter {
        if case .document(let kind) = $0.runnable { kind is StatementFreshnessRule } else { false }
      }
      .map(\.id.text))
  }

  func spellingQuestions(of subjects: [Document]) -> [String: Set<String>] {
    var questions: [String: Set<String>] = [:]
    for rule in line.rules where rule.isEnabled {
      guard case .text(let kind) = rule.runnable, let spelling = kind as? Spelling else { continue }
      for document in subjects where rule.scope.includes(kind: document.kind.name) {
        for text in PublicDocument(document, in: context.documents).texts
        where rule.scope.includes(text, in: context.documents) {
          questions[text.language, default: []].formUnion(spelling.words(in: text))
        }
      }
    }
    return questions
  }

  /// - Parameters:
  ///   - subjects: The documents whose texts are looked at.
  ///   - asked: Of which findings on documents something is to be said.
  func findings(of subjects: [Document], asked: (WorkspacePath) -> Bool) -> [Finding] {
    var findings = line.problems + standing(of: context.documents.all.filter { asked($0.path) })
    for rule in line.rules where rule.isEnabled {
      guard case .collection(let kind) = rule.runnable else { continue }
      let matches = kind.matches(in: subjects.filter { rule.scope.includes(kind: $0.kind.name) }, context)
      findings += matches.filter { rule.scope.includes($0) }.map { finding($0, by: rule) }
    }
    var byPath = Dictionary(grouping: findings.filter { asked($0.path) }, by: \.path)
    var result: [Finding] = []
    let ofTexts = subjects.concurrentMap(portion: 16) { document in
      self.findings(in: PublicDocument(document, in: context.documents))
    }
    for (document, findings) in zip(subjects, ofTexts) {
      let found = (byPath.removeValue(forKey: document.path) ?? []) + findings
      result += Waivers(of: document, at: context.now).applied(to: withoutRepetition(found))
    }
    // What is said of documents whose texts did not have to be read.
    for document in context.documents.all {
      guard let found = byPath.removeValue(forKey: document.path) else { continue }
      result += Waivers(of: document, at: context.now).applied(to: found)
    }
    return result.inOrder()
  }

  /// Of one document: where a rule of the line speaks of a quoted statement, the tree's own voice would say it again.
  private func withoutRepetition(_ findings: [Finding]) -> [Finding] {
    if freshnessRules.isEmpty { return findings }
    let repeated = findings.filter { $0.rule == Contradiction.outdatedStatement.rule }
    if repeated.isEmpty { return findings }
    var said: Set<JSONPointer> = []
    let raised = findings.map { finding in
      guard freshnessRules.contains(finding.rule) else { return finding }
      said.insert(finding.pointer)
      var finding = finding
      // A line may say it in its own words, and not make less of it.
      let levels = repeated.filter { $0.pointer == finding.pointer }.map(\.level)
      finding.level = max(finding.level, levels.max() ?? finding.level)
      return finding
    }
    return raised.filter { $0.rule != Contradiction.outdatedStatement.rule || !said.contains($0.pointer) }
  }

  private func findings(in document: PublicDocument) -> [Finding] {
    var findings: [Finding] = []
    for rule in line.rules where rule.isEnabled && rule.scope.includes(kind: document.document.kind.name) {
      switch rule.runnable {
      case .text(let kind):
        for text in document.texts where rule.scope.includes(text, in: context.documents) {
          findings += kind.matches(in: text).map { finding(PlacedMatch(text, $0), by: rule) }
        }
      case .reading(let kind):
        findings += matches(of: kind, in: document, rule.scope).map { finding($0, by: rule) }
      case .document(let kind):
        findings += kind.matches(in: document, context).filter { rule.scope.includes($0) }
          .map { finding($0, by: rule) }
      case .collection, .standing: break
      }
    }
    return findings
  }

  /// A text that several channels show is read on each of them, and told of once.
  private func matches(
    of kind: any ReadingRule, in document: PublicDocument, _ scope: RuleScope
  ) -> [PlacedMatch] {
    var seen: Set<PlacedMatch.Place> = []
    return document.readings.filter { scope.includes(channel: $0.channel) }.flatMap { reading in
      kind.matches(across: reading.texts.filter { scope.includes($0, in: context.documents) })
    }.filter { seen.insert($0.place).inserted }
  }

  private func finding(_ placed: PlacedMatch, by rule: EditorialLine.Rule) -> Finding {
    Finding(
      rule: rule.id.text, level: placed.match.level(under: rule.level), in: placed.document,
      at: placed.pointer,
      range: placed.match.range,
      placed.match.message ?? rule.sentence, rationale: rule.rationale, suggestion: placed.match.suggestion)
  }

  /// What looks without being asked, as the line wants it.
  ///
  /// - Parameter asked: Of which documents something is to be said; more may be found.
  private func standing(of asked: [Document]) -> [Finding] {
    standingChecks.flatMap { check in
      let found = check.findings(context, asked)
      let rules = line.rules.filter {
        if case .standing(let name) = $0.runnable { name == check.check } else { false }
      }
      if rules.isEmpty { return found.map(\.finding) }
      return found.compactMap { found in
        // The first rule that is meant for the place decides.
        guard let rule = rules.first(where: { $0.scope.includes(found, in: context.documents) }) else {
          return found.finding
        }
        return rule.wording(found.finding)
      }
    }
  }
}

extension [Finding] {
  /// By path, place, words and rule, each in the order of bytes or numbers.
  public func inOrder() -> [Finding] {
    let keyed = map { finding in
      let range = finding.range.map { [$0.lowerBound, $0.upperBound] } ?? []
      let words = [finding.pointer.description, finding.rule, finding.message.french].map { JSONString($0) }
      return (
        finding: finding, path: finding.path, place: words[0], range: range, rule: words[1], message: words[2]
      )
    }
    return keyed.sorted { left, right in
      if left.path != right.path { return left.path < right.path }
      if left.place != right.place { return left.place < right.place }
      if left.range != right.range { return left.range.lexicographicallyPrecedes(right.range) }
      if left.rule != right.rule { return left.rule < right.rule }
      return left.message < right.message
    }.map(\.finding)
  }
}
