import Documents
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
  /// The kind of the document; `nil` where no schema describes it.
  var kind: DocumentKind?
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
  private let schemas: SchemaSet
  private var order: [Place] = []
  private var hits: [Place: SearchHit] = [:]
  private var living: Set<JSONString> = []

  init(_ search: WordSearch, _ schemas: SchemaSet) { (self.search, self.schemas) = (search, schemas) }

  var count: Int { order.count }

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
      let kind = schemas.kind(of: document.value)
      for (written, excerpt) in zip(document.texts, excerpts) {
        guard let excerpt else { continue }
        add(
          SearchHit(
            id: id, path: document.path, title: document.value["title"]?.string, pointer: written.pointer,
            kind: kind, excerpt: excerpt, isCurrent: true, hasDocument: true))
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
          kind: schemas.kind(of: text.document), excerpt: excerpt,
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

  /// Leaves out fields that are none of these.
  mutating func keep(only texts: [FoundText]) {
    let places = Set(
      texts.map {
        Place(document: $0.document["id"]?.string ?? JSONString($0.path.text), pointer: $0.pointer)
      })
    order.removeAll { !places.contains($0) }
  }

  /// Leaves out all but so many of the newest.
  ///
  /// - Parameter isByAge: Whether those that were looked at first are; else they are those of the documents made last, whose
  ///   ids say when.
  mutating func keep(newest count: Int, isByAge: Bool) {
    if order.count <= count { return }
    if !isByAge {
      // What a team named itself says nothing of when.
      func age(_ place: Place) -> (Int, JSONString) {
        (place.document.text.utf8.count == 26 ? 1 : 0, place.document)
      }
      order = order.enumerated().sorted {
        $0.element.document == $1.element.document
          ? $0.offset < $1.offset : age($0.element) > age($1.element)
      }.map(\.element)
    }
    order.removeLast(order.count - count)
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
}

/// What a search found.
struct SearchAnswer {
  var hits: [SearchHit] = []
  /// How many fields there are; `nil` where nobody has looked at the rest.
  var count: Int? = 0
  /// How many documents of the folder could not be read.
  var unread = 0
  /// Whether somebody said how many they want.
  var isLimited = false

  func described(when: ClockWording, in language: Language) -> Page {
    var page = listed(when: when, in: language)
    if unread > 0 {
      let count = CountedNoun.documents.counted(unread)
      page.next = Sentence(
        fr:
          "Impossible à lire, donc pas cherché\u{A0}: \(count.french); «\u{A0}ligne status\u{A0}» dit pourquoi.",
        en: "Can’t be read, so not searched: \(count.english); “ligne status” says why.")
    } else if count != hits.count, !isLimited {
      page.next = Sentence(
        fr: "«\u{A0}--limit 500\u{A0}» en montre plus; dans un fichier ou un tube, tout y est.",
        en: "“--limit 500” shows more; a file or a pipe gets all of it.")
    }
    return page
  }

  /// “50 of 3,214 fields, 41 documents”.
  private func title(in language: Language) -> String {
    let documents = CountedNoun.documents.counted(Set(hits.map(\.path)).count)
    let shown = CountedNoun(fr: ("champ", "champs"), en: ("field", "fields")).counted(hits.count)
    let fields =
      switch count {
      case hits.count: shown
      case let all?:
        Sentence(
          fr: "\(shown.french) sur \(Language.french.number(all))",
          en: "\(Language.english.number(hits.count)) of \(Language.english.number(all)) fields")
      case nil:
        Sentence(fr: "\(shown.french) parmi d’autres", en: "\(shown.english) among others")
      }
    return Sentence(
      fr: "\(fields.french), \(documents.french)", en: "\(fields.english), \(documents.english)"
    ).text(in: language)
  }

  private func listed(when: ClockWording, in language: Language) -> Page {
    guard !hits.isEmpty else {
      return Page(StyledText(Sentence(fr: "Rien de tel.", en: "Nothing found.").text(in: language)))
    }
    var page = Page(StyledText(title(in: language), .strong))
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
      let field = FieldNames(of: hit.kind).mention(of: hit.pointer, in: language)
      var line = StyledText(field + "  ", .quiet)
      for part in hit.excerpt { line += StyledText(part.text, part.isFound ? .found : .plain) }
      page.line(line, indent: 2)
      if let commit = hit.commit {
        // Today’s words may be others around those that are looked for.
        let first = Sentence(fr: "d’abord écrit par ", en: "first written by ")
        var by =
          hit.isCurrent && hit.origin != nil ? StyledText(first.text(in: language), .quiet) : StyledText()
        by +=
          hit.origin.map { "\($0.by.name, .plain), \(when($0.at), .quiet)" as StyledText }
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
