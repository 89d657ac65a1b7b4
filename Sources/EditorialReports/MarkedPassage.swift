/// Words of a text that a comment is about.
struct MarkedPassage {
  /// In Unicode scalars; not empty.
  var range: Range<Int>
  /// The comment's number on the page.
  var number: Int
}

/// A text with its passages marked, each followed by the way to its comment. Passages may lie over one another.
///
/// - Parameter label: What the number is, for who does not see the mark.
func marked(_ text: String, _ passages: [MarkedPassage], label: String) -> HTML {
  let scalars = Array(text.unicodeScalars)
  let inside = passages.filter { $0.range.upperBound <= scalars.count }
  let bounds = Set(inside.flatMap { [$0.range.lowerBound, $0.range.upperBound] } + [0, scalars.count])
    .sorted()
  var result = HTML()
  for (start, end) in zip(bounds, bounds.dropFirst()) {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[start..<end])
    let words = HTML.text(String(view))
    let isMarked = inside.contains { $0.range.lowerBound <= start && end <= $0.range.upperBound }
    result += isMarked ? .element("mark", [], words) : words
    for passage in inside where passage.range.upperBound == end {
      result += .element(
        "sup", [],
        .element(
          "a",
          [
            .href(nil, PageAnchor("comment", passage.number)),
            .plain(.ariaLabel, "\(label) \(passage.number)"),
          ],
          .text("[\(passage.number)]")))
    }
  }
  return result
}
