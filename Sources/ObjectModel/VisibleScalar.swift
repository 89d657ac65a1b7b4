/// Whether a code point can be seen and leaves the others where they are: letters, marks, digits, punctuation, symbols
/// and the three spaces that French typography uses.
package func isPlainlyVisible(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.properties.isDefaultIgnorableCodePoint { return false }
  switch scalar.properties.generalCategory {
  case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
    return false
  case .spaceSeparator:
    return scalar == " " || scalar == "\u{A0}" || scalar == "\u{202F}"
  default:
    return true
  }
}

/// A code point as people write it who can’t show it: `U+202E`.
package func codePoint(_ scalar: Unicode.Scalar) -> String {
  let digits = String(scalar.value, radix: 16, uppercase: true)
  return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}
