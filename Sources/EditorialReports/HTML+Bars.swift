extension HTML {
  /// A small chart of bars that stand side by side; the last one is the newest.
  ///
  /// - Parameters:
  ///   - heights: From 0 to 28.
  ///   - label: What the chart says, in words, for who does not see it.
  static func bars(_ heights: [Int], label: String) -> HTML {
    let (width, gap, top) = (6, 2, 30)
    let bars = heights.enumerated().map { place, height in
      HTML.element(
        "rect",
        [
          // What is zero has a line, so that one sees that somebody looked.
          .size(.x, place * (width + gap)), .size(.y, top - max(height, 1)), .size(.width, width),
          .size(.height, max(height, 1)),
        ])
    }
    return .element(
      "svg",
      [
        .plain(.role, "img"), .plain(.ariaLabel, label), .size(.width, heights.count * (width + gap)),
        .size(.height, top),
      ], HTML(bars))
  }
}
