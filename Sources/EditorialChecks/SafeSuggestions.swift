public import Documents
public import JSONTree

/// A document with the safe suggestions of some findings written into its texts.
///
/// Where two of them overlap, the first is taken; the other is found again. Findings of other documents, and those
/// without a range or a safe suggestion, change nothing.
///
/// - Returns: The document, and the findings whose suggestion is in it.
public func applyingSafeSuggestions(
  _ findings: [Finding], to document: Document
) -> (value: JSONValue, applied: [Finding]) {
  var value = document.value
  var applied: [Finding] = []
  let safe = findings.filter {
    $0.path == document.path && $0.range != nil && $0.suggestion?.isSafe == true
  }
  var pointers: [JSONPointer] = []
  for finding in safe where !pointers.contains(finding.pointer) { pointers.append(finding.pointer) }
  for pointer in pointers {
    guard let text = value.value(at: pointer)?.text else { continue }
    let scalars = text.scalars
    var written = String.UnicodeScalarView()
    var taken: [Finding] = []
    var place = 0
    let here = safe.filter { $0.pointer == pointer }
      .sorted { ($0.range?.lowerBound ?? 0) < ($1.range?.lowerBound ?? 0) }
    for finding in here {
      guard let range = finding.range, let suggestion = finding.suggestion, range.lowerBound >= place,
        range.upperBound <= scalars.count
      else { continue }
      written.append(contentsOf: scalars[place..<range.lowerBound])
      written.append(contentsOf: suggestion.replacement.unicodeScalars)
      place = range.upperBound
      taken.append(finding)
    }
    written.append(contentsOf: scalars[place...])
    do throws(JSONEditError) {
      try value.set(JSONValue(String(written)), at: pointer)
      applied += taken
    } catch {
      // A place that two elements claim can't be written to; the finding stays, for a person.
      continue
    }
  }
  return (value, applied)
}
