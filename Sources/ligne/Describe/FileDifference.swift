import Documents
import EditorialHistory
import JSONTree
import ObjectModel
import ThreeWayMerge
import Wording

/// What differs between two files that git hands over, for reading. Nothing a file holds makes it fail: git ends the
/// whole comparison where one file does.
struct FileDifference {
  /// What the file is called in the workspace.
  var name: String
  /// What it was called before, where it moved.
  var formerName: String?
  var content: Content

  enum Content {
    case fields(DocumentChange.Change, [FieldChange])
    /// Nothing a reader would notice.
    case layout
    /// Git could not merge it, and nobody has settled it yet.
    case unmerged
    case unreadable(Sentence)
  }

  /// - Parameters:
  ///   - old: `nil` for a file that did not exist.
  ///   - new: `nil` for a file that does not exist any more.
  init(
    _ name: String, formerName: String?, old: [UInt8]?, new: [UInt8]?, rules: MergeRules
  ) {
    self.name = name
    self.formerName = formerName
    let isJSON = name.utf8.suffix(5).elementsEqual(".json".utf8)
    do throws(Unreadable) {
      let values = (try Self.value(old, isJSON: isJSON), try Self.value(new, isJSON: isJSON))
      let rule = isJSON ? (values.1 ?? values.0).map(rules.rule(for:)) ?? .byShape : .text
      let change: DocumentChange.Change =
        old == nil ? .added : new == nil ? .removed : formerName == nil ? .changed : .moved
      let fields = fieldChanges(from: values.0, to: values.1, rule: rule)
      content = fields.isEmpty && change == .changed ? .layout : .fields(change, fields)
    } catch {
      content = .unreadable(error.sentence)
    }
  }

  init(_ name: String, _ content: Content) {
    self.name = name
    self.content = content
  }

  private struct Unreadable: Error { var sentence: Sentence }

  /// A document, or a text as one string.
  private static func value(_ bytes: [UInt8]?, isJSON: Bool) throws(Unreadable) -> JSONValue? {
    guard let bytes else { return nil }
    guard isJSON else {
      guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
        throw Unreadable(
          sentence: Sentence(
            fr: "Ce n’est ni un document ni un texte.", en: "It is neither a document nor a text."))
      }
      return JSONValue(text)
    }
    do {
      return try JSONValue(parsing: bytes, depthLimit: DocumentLimits.depth)
    } catch {
      throw Unreadable(sentence: error.message)
    }
  }

  private var change: DocumentChange.Change {
    if case .fields(let change, _) = content { change } else { .changed }
  }

  var json: JSONValue {
    var object: JSONObject = ["path": JSONValue(name), "change": JSONValue(change.rawValue)]
    object["formerPath"] = formerName.map { JSONValue($0) }
    switch content {
    case .fields(_, let fields): object["fields"] = .array(fields.map(\.json))
    case .layout: object["fields"] = []
    case .unmerged: object["unmerged"] = true
    case .unreadable(let reason): object["unreadable"] = JSONValue(reason.text(in: .english))
    }
    return .object(object)
  }

  func described(in language: Language) -> Page {
    var page = Page(
      StyledText(name, .name) + StyledText("  ")
        + StyledText(change.wording.text(in: language), change.style))
    if let formerName { page.line(StyledText(formerName, .quiet), indent: 2) }
    switch content {
    case .fields(let change, let fields):
      // The name stands above; a document that came or went is told by its title.
      let title = (fields.first?.to ?? fields.first?.from)?["title"]?.text
      if change == .added || change == .removed {
        if let title { page.line(StyledText(title), indent: 2) }
      } else {
        page.lines(fields.lines(saying: FieldNames(of: nil), in: language), indent: 2)
      }
    case .layout:
      page.line(
        StyledText(
          Sentence(
            fr: "Seule la mise en forme du fichier a changé.", en: "Only the layout of the file changed."
          ).text(in: language), .quiet), indent: 2)
    case .unmerged:
      page.line(
        StyledText(
          Sentence(fr: "Fusion par git, à trancher.", en: "Merged by git, to be settled.").text(in: language),
          .attention), indent: 2)
    case .unreadable(let reason):
      page.quote(
        Sentence(
          fr: "Ne se lit pas : \(reason.french)", en: "Can’t be read: \(reason.english)"
        ).text(in: language), indent: 2)
    }
    page.blank()
    return page
  }
}
