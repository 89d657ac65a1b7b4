import Wording

/// A piece of a page that a browser shows and does not obey.
///
/// The one gate between texts of people and pages: a `String` enters only as text or as the value of an attribute, and
/// what would be markup in it is escaped, what would be obeyed (control characters, bidirectional overrides) is shown by
/// its code, as on a terminal. Names of elements and attributes are literals of the program.
///
/// Source: HTML Living Standard, sections 13.1.2 (writing documents) and 3.2.5 (content that a document may hold).
public struct HTML: Sendable {
  /// The markup.
  public private(set) var markup: String

  /// Nothing.
  public init() { markup = "" }

  private init(markup: String) { self.markup = markup }

  public var isEmpty: Bool { markup.utf8.isEmpty }

  /// Text, as it is; line breaks are kept in the markup and shown where the style says so.
  public static func text(_ text: String) -> HTML { HTML(markup: escaped(text)) }

  /// An element with an end tag.
  public static func element(
    _ name: StaticString, _ attributes: [Attribute] = [], _ content: HTML...
  ) -> HTML {
    HTML(markup: "<\(name)\(opened(attributes))>\(HTML(content).markup)</\(name)>")
  }

  /// An element without an end tag: `br`, `meta`, `link`.
  public static func void(_ name: StaticString, _ attributes: [Attribute] = []) -> HTML {
    HTML(markup: "<\(name)\(opened(attributes))>")
  }

  /// Several pieces one after the other.
  public init(_ parts: some Sequence<HTML>) { markup = parts.map(\.markup).joined() }

  public static func + (left: HTML, right: HTML) -> HTML { HTML(markup: left.markup + right.markup) }
  public static func += (left: inout HTML, right: HTML) { left.markup += right.markup }

  /// A line break of the markup, for whoever reads the source.
  public static let newline = HTML(markup: "\n")

  /// A whole document.
  ///
  /// - Parameter language: A BCP 47 tag.
  /// - Returns: UTF-8 text, ended by a line feed.
  public static func document(language: String, head: [HTML], body: HTML) -> String {
    let lines = head.map { $0.markup + "\n" }.joined()
    let root = element(
      "html", [.lang(language)], .newline, element("head", [], HTML(markup: "\n" + lines)), .newline, body,
      .newline)
    return "<!DOCTYPE html>\n\(root.markup)\n"
  }

  /// A style sheet of the program's own.
  public static func styleSheet(_ rules: StaticString) -> HTML { HTML(markup: "<style>\n\(rules)\n</style>") }

  private static func opened(_ attributes: [Attribute]) -> String {
    attributes.map { " \($0.name)=\"\(escaped($0.value))\"" }.joined()
  }

  private static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in SafeText(block: text).text.unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}

extension HTML {
  /// An attribute of an element. Those that a browser would follow or run can only hold what the program made,
  /// and an address of the web.
  public struct Attribute: Sendable {
    let name: StaticString
    let value: String

    private init(_ name: StaticString, _ value: String) { (self.name, self.value) = (name, value) }

    public static func `class`(_ names: StaticString) -> Attribute { Attribute("class", "\(names)") }
    /// A BCP 47 tag; one that is none says nothing (`lang=""`: unknown).
    public static func lang(_ tag: String) -> Attribute { Attribute("lang", isTag(tag) ? tag : "") }
    public static func id(_ id: PageAnchor) -> Attribute { Attribute("id", id.name) }
    /// An address of the web that somebody wrote; `nil` for any other, which could be a script.
    public static func href(web address: String) -> Attribute? {
      isWebAddress(address) ? Attribute("href", address) : nil
    }

    /// Another page of the same folder, or a place on one.
    public static func href(_ page: PageName? = nil, _ place: PageAnchor? = nil) -> Attribute {
      Attribute("href", (page?.fileName ?? "") + (place.map { "#" + $0.name } ?? ""))
    }
    /// The number of an element of an ordered list.
    public static func value(_ number: Int) -> Attribute { Attribute("value", String(number)) }
    /// A place or a size of a drawing, in pixels.
    public static func size(_ name: SizeName, _ pixels: Int) -> Attribute {
      Attribute(name.literal, String(pixels))
    }
    /// An attribute that a browser neither follows nor runs.
    public static func plain(_ name: PlainName, _ value: String) -> Attribute {
      Attribute(name.literal, value)
    }

    private static func isTag(_ text: String) -> Bool {
      !text.utf8.isEmpty && text.utf8.count <= 35
        && text.utf8.allSatisfy {
          (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) || $0 == UInt8(ascii: "-")
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        }
    }
  }

  /// Attributes of a drawing.
  public enum SizeName: Sendable {
    case x, y, width, height

    fileprivate var literal: StaticString {
      switch self {
      case .x: "x"
      case .y: "y"
      case .width: "width"
      case .height: "height"
      }
    }
  }

  /// Attributes whose value is shown, announced or looked up, and nothing else.
  public enum PlainName: Sendable {
    case ariaLabel, ariaLabelledBy, charset, content, dateTime, name, rel, role, scope

    fileprivate var literal: StaticString {
      switch self {
      case .ariaLabel: "aria-label"
      case .ariaLabelledBy: "aria-labelledby"
      case .charset: "charset"
      case .content: "content"
      case .dateTime: "datetime"
      case .name: "name"
      case .rel: "rel"
      case .role: "role"
      case .scope: "scope"
      }
    }
  }
}

/// The name of a page of a report: letters, digits and hyphens, so that it is one file on every computer and leads
/// nowhere else.
public struct PageName: Hashable, Sendable {
  /// With its ending.
  public let fileName: String

  /// - Returns: `nil` for a text that holds anything else, or is too long.
  public init?(_ text: String, ending: StaticString = "html") {
    guard PageAnchor.isName(text) else { return nil }
    fileName = "\(text).\(ending)"
  }

  private init(fixed fileName: StaticString) { self.fileName = "\(fileName)" }

  /// Whether a text is the name of a file that a report may have.
  public static func isFileName(_ text: String) -> Bool {
    if text.utf8.elementsEqual(style.fileName.utf8) { return true }
    return text.hasSuffix(".html") && PageAnchor.isName(String(text.dropLast(5)))
  }

  public static let index = PageName(fixed: "index.html")
  public static let style = PageName(fixed: "ligne.css")
}

/// The name of a place on a page.
public struct PageAnchor: Hashable, Sendable {
  let name: String

  public init(_ name: StaticString) { self.name = "\(name)" }
  /// - Parameter number: Of several places of one sort.
  public init(_ name: StaticString, _ number: Int) { self.name = "\(name)-\(number)" }

  static func isName(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
      }
  }
}
