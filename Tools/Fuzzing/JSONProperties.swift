import JSONTree

/// What is printed is read as the same value, and read again is printed as the same bytes.
func brokenJSON(_ input: [UInt8]) -> String? {
  let read: ParsedJSON
  do {
    read = try JSONParser().parse(input)
  } catch {
    return (0...input.count).contains(error.position.offset) ? nil : "an error stands outside of the text"
  }
  let value = read.value
  let printers: [(String, JSONPrinter)] = [("pretty", .pretty()), ("compact", JSONPrinter(.compact))]
  for (name, printer) in printers {
    let printed = printer.bytes(of: value)
    guard let again = try? JSONValue(parsing: printed) else { return "what is printed \(name) can’t be read" }
    if again != value { return "what is printed \(name) is read as another value" }
    if printer.bytes(of: again) != printed { return "printing \(name) a second time gives other bytes" }
  }
  let canonical = value.canonicalForm
  if read.isCanonical != (canonical == input) {
    return "the text is taken for one in canonical form, or is not"
  }
  guard let again = try? JSONValue(parsing: canonical) else { return "the canonical form can’t be read" }
  return again.canonicalForm == canonical ? nil : "the canonical form has another canonical form"
}
