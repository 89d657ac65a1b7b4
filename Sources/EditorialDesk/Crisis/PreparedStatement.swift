public import Documents
public import JSONTree

/// Words of a crisis plan, written on a good day, with gaps for what nobody could know then.
public struct PreparedStatement: Hashable, Sendable {
  /// A gap: `{heure}`.
  public struct Slot: Hashable, Sendable {
    public var name: JSONString
    /// What may stand in it; `nil` where anything may.
    public var allowed: [String]?
  }

  public let value: JSONValue

  public init(_ value: JSONValue) { self.value = value }

  public var id: JSONString? { value["id"]?.string }
  public var level: JSONString? { value["level"]?.string }
  public var body: String { value["body"]?.text ?? "" }
  /// Where it is to be said, as the plan has it.
  public var channels: [String] { (value["channels"]?.array ?? []).compactMap(\.string).sorted().map(\.text) }
  public var contentHash: ContentHash { CrisisPlan.contentHash(ofStatement: value) }

  /// The gaps, by name: those the plan declares, and those that only the text has.
  public var slots: [Slot] {
    let declared = value["slots"]?.object
    let names = Set((declared?.members.map(\.key) ?? []) + SlotText(body).names)
    return names.sorted().map { Slot(name: $0, allowed: declared?[$0]?.array.map { $0.compactMap(\.text) }) }
  }
}

extension CrisisPlan {
  /// Its statements that have an id, as they are listed.
  public var preparedStatements: [PreparedStatement] {
    statements.map(PreparedStatement.init).filter { $0.id != nil }
  }
}

/// A text with gaps, in pieces: `Prochaine mise à jour : {heure}.`
///
/// A gap is a name of letters, digits, `-` and `_` in braces; any other brace is a sign like others.
struct SlotText: Hashable {
  enum Piece: Hashable {
    case words(String)
    case slot(JSONString)
  }

  private(set) var pieces: [Piece] = []

  init(_ text: String) {
    var words = ""
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if scalar == "{", let end = rest.firstIndex(of: "}"), Self.isName(rest[..<end]) {
        if !words.isEmpty { pieces.append(.words(words)) }
        words = ""
        pieces.append(.slot(JSONString(String(rest[..<end]))))
        rest = rest[rest.index(after: end)...]
      } else {
        words.unicodeScalars.append(scalar)
      }
    }
    if !words.isEmpty { pieces.append(.words(words)) }
  }

  /// The names of the gaps, as they come.
  var names: [JSONString] {
    pieces.compactMap { if case .slot(let name) = $0 { name } else { nil } }
  }

  /// The text with the gaps filled; one without a value stays as it is written.
  func filled(with values: [JSONString: String]) -> String {
    pieces.map { piece in
      switch piece {
      case .words(let words): words
      case .slot(let name): values[name] ?? "{\(name.text)}"
      }
    }.joined()
  }

  private static func isName(_ scalars: Substring.UnicodeScalarView) -> Bool {
    !scalars.isEmpty
      && scalars.allSatisfy {
        $0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "-" || $0 == "_"
      }
  }
}
