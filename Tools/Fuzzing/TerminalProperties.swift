import JSONTree
import Wording

/// What passes the gate is shown and not obeyed, and passing it again changes nothing.
func brokenTerminal(_ input: [UInt8]) -> String? {
  let text = String(decoding: input, as: UTF8.self)
  let passed = [
    ("line", SafeText(line: text).text), ("bytes", SafeText(line: input).text),
    ("block", SafeText(block: text).text),
  ]
  for (name, text) in passed {
    for scalar in text.unicodeScalars where isObeyed(scalar, mayBreakLines: name == "block") {
      return "U+\(String(scalar.value, radix: 16, uppercase: true)) gets through in a \(name)"
    }
  }
  let json = JSONPrinter(.compact).text(of: JSONValue(text))
  let safe = SafeText(json: json).text
  if (try? JSONValue(parsing: Array(safe.utf8))) != JSONValue(text) {
    return "JSON says something else behind the gate"
  }
  return nil
}

/// Joiners, selectors and tags hold emoji together, and are let through there: the gate's own tests say where.
private func isObeyed(_ scalar: Unicode.Scalar, mayBreakLines: Bool) -> Bool {
  switch scalar.value {
  case 0x0A: return !mayBreakLines
  case 0x200D, 0xFE00...0xFE0F, 0xE0020...0xE007F, 0xE0100...0xE01EF: return false
  default: break
  }
  switch scalar.properties.generalCategory {
  case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
    return true
  default: return scalar.properties.isDefaultIgnorableCodePoint
  }
}
