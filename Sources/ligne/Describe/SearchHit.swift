import EditorialChecks
import EditorialHistory
import HistoryIndex
import JSONTree
import ObjectModel
import ThreeWayMerge
import Wording

/// A field in which everything was found that was looked for.
struct SearchHit {
  var id: JSONString?
  /// Where the document is, or was when this was written.
  var path: WorkspacePath
  var title: JSONString?
  var pointer: JSONPointer
  var excerpt: [ExcerptPart]
  /// The first version that wrote it so; `nil` where history was not asked, or has none.
  var commit: ObjectID?
  /// `nil` for words that only a join brought together.
  var origin: Origin?
  /// Whether it stands in the folder.
  var isCurrent: Bool
  /// Whether the folder has the document.
  var hasDocument: Bool
}

/// Collects what is found, one hit for each field of each document.
struct SearchHits {
  private struct Place: Hashable {
    /// The id of the document, or its path.
    var document: JSONString
    var pointer: JSONPointer
  }

  private let search: WordSearch
  private var order: [Place] = []
  private var hits: [Place: SearchHit] = [:]
  private var living: Set<JSONString> = []

  init(_ search: WordSearch) { self.search = search }

  /// A document to look at, with its texts.
  struct Searched {
    var path: WorkspacePath
    var value: JSONValue
    var texts: [WrittenText]
  }

  /// Documents of the folder; all of them before those of the past.
  mutating func look(at documents: [Searched]) {
    var excerpts = search.excerpts(of: documents.flatMap { $0.texts.map(\.text.text) })[...]
    for document in documents {
      let id = document.value["id"]?.string
      living.insert(id ?? JSONString(document.path.text))
      for (written, excerpt) in zip(document.texts, excerpts) {
        guard let excerpt else { continue }
        add(
          SearchHit(
            id: id, path: document.path, title: document.value["title"]?.string, pointer: written.pointer,
            excerpt: excerpt, isCurrent: true, hasDocument: true))
      }
      excerpts = excerpts.dropFirst(document.texts.count)
    }
  }

  /// Who first wrote it into a field.
  mutating func look(at text: FoundText) {
    let id = text.document["id"]?.string
    let document = id ?? JSONString(text.path.text)
    let place = Place(document: document, pointer: text.pointer)
    if var hit = hits[place] {
      (hit.commit, hit.origin) = (text.commit, text.origin)
      hits[place] = hit
    } else if let excerpt = search.excerpt(of: text.text.text) {
      add(
        SearchHit(
          id: id, path: text.path, title: text.document["title"]?.string, pointer: text.pointer,
          excerpt: excerpt,
          commit: text.commit, origin: text.origin, isCurrent: false,
          hasDocument: living.contains(document)))
    }
  }

  private mutating func add(_ hit: SearchHit) {
    let place = Place(document: hit.id ?? JSONString(hit.path.text), pointer: hit.pointer)
    guard hits[place] == nil else { return }
    order.append(place)
    hits[place] = hit
  }

  /// What the folder has the document of first, then by path and pointer.
  var found: [SearchHit] {
    order.compactMap { hits[$0] }.sorted { left, right in
      if left.hasDocument != right.hasDocument { return left.hasDocument }
      if left.path != right.path { return left.path < right.path }
      if left.pointer != right.pointer {
        return JSONString(left.pointer.description) < JSONString(right.pointer.description)
      }
      // One path may have held one document after another.
      return left.id ?? "" < right.id ?? ""
    }
  }
}

extension SearchHit {
  var json: JSONValue {
    var object: JSONObject = [
      "id": id.map(JSONValue.string) ?? .null, "path": JSONValue(path.text),
      "pointer": JSONValue(pointer.description),
      "excerpt": JSONValue(excerpt.map(\.text).joined()), "current": .bool(isCurrent),
    ]
    object["commit"] = commit.map { JSONValue($0.hex) }
    object["by"] = origin.map { JSONValue($0.by.name) }
    object["at"] = origin.map { JSONValue($0.at.description) }
    return .object(object)
  }

  static func describe(
    _ hits: [SearchHit], unread: Int, when: (Moment) throws -> String, in language: Language
  ) rethrows -> Page {
    var page = try page(of: hits, when: when, in: language)
    if unread > 0 {
      let count = CountedNoun.documents.counted(unread)
      page.next = Sentence(
        fr:
          "Impossible à lire, donc pas cherché\u{A0}: \(count.french); «\u{A0}ligne status\u{A0}» dit pourquoi.",
        en: "Can’t be read, so not searched: \(count.english); “ligne status” says why.")
    }
    return page
  }

  private static func page(
    of hits: [SearchHit], when: (Moment) throws -> String, in language: Language
  ) rethrows -> Page {
    guard !hits.isEmpty else {
      return Page(StyledText(Sentence(fr: "Rien de tel.", en: "Nothing found.").text(in: language)))
    }
    let fields = CountedNoun(fr: ("champ", "champs"), en: ("field", "fields")).counted(hits.count)
    let documents = CountedNoun.documents.counted(Set(hits.map(\.path)).count)
    var page = Page(
      StyledText(
        Sentence(
          fr: "\(fields.french), \(documents.french)", en: "\(fields.english), \(documents.english)"
        ).text(in: language), .strong))
    var shown: WorkspacePath?
    for hit in hits {
      if shown != hit.path {
        page.blank()
        var title = StyledText(hit.title?.text ?? hit.path.text, .strong)
        if !hit.hasDocument {
          title += "  " + StyledText(Sentence(fr: "supprimé", en: "deleted").text(in: language), .bad)
        }
        page.line(title)
        if hit.title != nil { page.line(StyledText(hit.path.text, .name)) }
        shown = hit.path
      }
      var line = StyledText(hit.pointer.description + "  ", .quiet)
      for part in hit.excerpt { line += StyledText(part.text, part.isFound ? .found : .plain) }
      page.line(line, indent: 2)
      if let commit = hit.commit {
        // Today’s words may be others around those that are looked for.
        let first = Sentence(fr: "d’abord écrit par ", en: "first written by ")
        var by =
          hit.isCurrent && hit.origin != nil ? StyledText(first.text(in: language), .quiet) : StyledText()
        by +=
          try hit.origin.map { try "\($0.by.name, .plain), \(when($0.at), .quiet)" as StyledText }
          ?? StyledText(
            Sentence(fr: "réuni par une mise en commun", en: "brought together by a sync").text(in: language))
        by += "  " + StyledText(String(commit.hex.prefix(8)), .name)
        if !hit.isCurrent, hit.hasDocument {
          by +=
            "  "
            + StyledText(Sentence(fr: "n’y est plus", en: "no longer there").text(in: language), .attention)
        }
        page.line(by, indent: 4)
      }
    }
    return page
  }
}
