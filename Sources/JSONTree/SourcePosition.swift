/// A place in the bytes of a document, as an editor shows it and as a program finds it.
public struct SourcePosition: Hashable, Sendable, Comparable {
  /// From 1. A line ends after LF, CRLF or a CR alone.
  public let line: Int
  /// From 1, in Unicode scalars: `é` in two code points counts twice, a tab once.
  public let column: Int
  /// From 0, in bytes.
  public let offset: Int

  public init(line: Int, column: Int, offset: Int) {
    self.line = line
    self.column = column
    self.offset = offset
  }

  public static func < (left: Self, right: Self) -> Bool { left.offset < right.offset }
}

/// A stretch of the bytes of a document.
public struct SourceRange: Hashable, Sendable {
  public let start: SourcePosition
  /// The place after the last byte.
  public let end: SourcePosition

  public init(start: SourcePosition, end: SourcePosition) {
    self.start = start
    self.end = end
  }

  /// The same as offsets from 0.
  public var bytes: Range<Int> { start.offset..<end.offset }
}

extension SourcePosition {
  static let start = SourcePosition(line: 1, column: 1, offset: 0)

  /// Finds line and column of a byte by counting from the beginning: for one place. ``LineIndex`` finds many.
  init(offset: Int, in bytes: Span<UInt8>) {
    self = SourcePosition.start.advanced(to: offset, in: bytes)
  }

  /// A later place, found by counting from this one.
  func advanced(to end: Int, in bytes: Span<UInt8>) -> SourcePosition {
    var (line, column) = (line, column)
    for index in offset..<end {
      let byte = bytes[index]
      let endsLine =
        byte == .lineFeed
        || byte == .carriageReturn && (index + 1 == bytes.count || bytes[index + 1] != .lineFeed)
      if endsLine {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        // Every byte but a continuation begins a scalar, in broken UTF-8 too.
        column += 1
      }
    }
    return SourcePosition(line: line, column: column, offset: end)
  }
}

/// Line and column of any byte of a document, each found in the same small time, however long the lines are.
struct LineIndex: Sendable {
  private static let stride = 1024

  /// The places of the bytes 0, 1024, 2048…
  private let landmarks: [SourcePosition]

  init(_ bytes: Span<UInt8>) {
    var landmarks = [SourcePosition.start]
    for offset in Swift.stride(from: Self.stride, through: bytes.count, by: Self.stride) {
      landmarks.append(landmarks[landmarks.count - 1].advanced(to: offset, in: bytes))
    }
    self.landmarks = landmarks
  }

  /// - Parameter bytes: The same bytes again.
  func position(of offset: Int, in bytes: Span<UInt8>) -> SourcePosition {
    landmarks[offset / Self.stride].advanced(to: offset, in: bytes)
  }

  func range(of offsets: Range<Int>, in bytes: Span<UInt8>) -> SourceRange {
    SourceRange(
      start: position(of: offsets.lowerBound, in: bytes), end: position(of: offsets.upperBound, in: bytes))
  }
}
