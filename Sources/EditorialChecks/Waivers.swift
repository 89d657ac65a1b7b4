public import Documents
public import JSONTree
import ObjectModel
import Wording

/// The exceptions a post carries: a rule that somebody allowed it to break, with a reason.
///
/// One holds for exactly the text it was given for, by the hash of that text, and until its end. When the text changes
/// it no longer counts and says so: nobody has looked at the new words.
struct Waivers: Sendable {
  private struct Waiver: Sendable {
    let place: JSONPointer
    let rule: JSONString
    let hash: String?
  }

  /// The fixed name of what is said of a waiver that no longer counts.
  static let outdated = "outdated-waiver"

  private let document: Document
  private let waivers: [Waiver]

  init(of document: Document, at now: Instant) {
    self.document = document
    waivers = (document.value["waivers"]?.array ?? []).enumerated().compactMap { index, value in
      guard let rule = value["rule"]?.string else { return nil }
      if let end = value["until"]?.text.flatMap(Instant.init(rfc3339:)), end <= now { return nil }
      return Waiver(
        place: JSONPointer([.key("waivers"), elementStep(value, index)]), rule: rule,
        hash: value["textHash"]?.text)
    }
  }

  /// The findings that are left, and what is to be said of waivers for texts that are gone.
  ///
  /// - Parameters:
  ///   - findings: Those of the document.
  func applied(to findings: [Finding]) -> [Finding] {
    if waivers.isEmpty { return findings }
    let hashes = Dictionary(findings.map { ($0.pointer, textHash(at: $0.pointer, in: document)) }) {
      first, _ in first
    }
    let left = findings.filter { finding in
      guard let hash = hashes[finding.pointer] ?? nil else { return true }
      return !waivers.contains { $0.rule.text.utf8.elementsEqual(finding.rule.utf8) && $0.hash == hash }
    }
    // One may be for a text in which nothing is found today, or that no channel shows just now.
    var gone = Set(waivers.compactMap(\.hash)).subtracting(hashes.values.compactMap { $0 })
    if !gone.isEmpty { gone.subtract(hashesInside(document.value, among: gone)) }
    let outdated = waivers.filter { $0.hash.map(gone.contains) ?? true }.map { waiver in
      Finding(
        rule: Self.outdated, level: .suggestion, in: document, at: waiver.place,
        waiver.hash == nil
          ? Sentence(
            fr: "Cette exception à « \(waiver.rule) » ne dit pas pour quel texte; elle ne compte pas.",
            en: "This exception to “\(waiver.rule)” does not say for which text; it does not count.")
          : Sentence(
            fr: "Le texte a changé depuis cette exception à « \(waiver.rule) »; elle ne compte plus.",
            en: "The text has changed since this exception to “\(waiver.rule)”; it no longer counts."))
    }
    return left + outdated
  }
}

/// The hash by which a waiver names what stands at a place: SHA-256 of the text in UTF-8, or of the canonical form of
/// anything else. `nil` for the whole document, and where nothing stands.
public func textHash(at pointer: JSONPointer, in document: Document) -> String? {
  guard !pointer.steps.isEmpty, let value = document.value.value(at: pointer) else { return nil }
  return textHash(of: value)
}

private func textHash(of value: JSONValue) -> String {
  value.text.map { SHA256Digest(of: $0).hex } ?? SHA256Digest(of: value.canonicalForm).hex
}

/// Those of some hashes that a part of a value has.
private func hashesInside(_ value: JSONValue, among wanted: Set<String>) -> Set<String> {
  let parts = value.object?.members.map(\.value) ?? value.array ?? []
  return parts.reduce(into: []) { found, part in
    let hash = textHash(of: part)
    if wanted.contains(hash) { found.insert(hash) }
    found.formUnion(hashesInside(part, among: wanted))
  }
}
