import SystemPackage

/// What there is to know about where the answer goes: the width of a page, and whether colour is welcome.
struct Terminal: Sendable {
  /// Columns and rows to fit the answer into; `nil` when it goes to a file or a pipe, which take everything.
  var size: (columns: Int, rows: Int)?
  /// Whether standard output may be coloured.
  var hasColour: Bool
  /// Whether standard error is a terminal that can show progress on a line of its own.
  var showsProgress: Bool
  /// Whether standard error may be coloured.
  var hasColouredRemarks: Bool

  /// Everything in full and without colour: a file, a pipe, a test.
  static let none = Terminal(size: nil, hasColour: false, showsProgress: false, hasColouredRemarks: false)

  /// The terminal the program was started on.
  ///
  /// - Parameters:
  ///   - environment: `NO_COLOR` (any value but the empty one, no-color.org) and `TERM=dumb` take colour away;
  ///     `COLUMNS` and `LINES` come before what the terminal says of itself, as in git.
  ///   - colourRefused: `--no-color` was given.
  static func ofProcess(environment: [String: String], colourRefused: Bool) -> Terminal {
    let (output, errors) = (FileDescriptor.standardOutput, FileDescriptor.standardError)
    return Terminal(
      isOutput: System.isTerminal(output), isErrors: System.isTerminal(errors),
      reported: System.size(of: output),
      environment: environment, colourRefused: colourRefused)
  }

  init(
    isOutput: Bool, isErrors: Bool, reported: (columns: Int, rows: Int)?, environment: [String: String],
    colourRefused: Bool
  ) {
    let term = environment["TERM"] ?? ""
    let canDraw = !term.isEmpty && term != "dumb"
    let colour = canDraw && !colourRefused && (environment["NO_COLOR"] ?? "").isEmpty
    func wished(_ variable: String) -> Int? {
      environment[variable].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    }
    let columns = wished("COLUMNS") ?? reported?.columns ?? 80
    let rows = wished("LINES") ?? reported?.rows ?? 24
    self.init(
      size: isOutput ? (columns, rows) : nil, hasColour: isOutput && colour,
      showsProgress: isErrors && canDraw,
      hasColouredRemarks: isErrors && colour)
  }

  init(size: (columns: Int, rows: Int)?, hasColour: Bool, showsProgress: Bool, hasColouredRemarks: Bool) {
    self.size = size
    self.hasColour = hasColour
    self.showsProgress = showsProgress
    self.hasColouredRemarks = hasColouredRemarks
  }
}
