public import Wording

/// What a column of a table says.
public enum CSVField: String, CaseIterable, Sendable {
  case id, conversation, author, at, text
  case inReplyTo = "in-reply-to"
  case url, nature
  case deletedAt = "deleted-at"

  /// Names by which a column is known, in French and English, as ``folded(_:)`` gives them.
  var names: Set<String> {
    switch self {
    case .id:
      ["id", "externalid", "identifiant", "messageid", "commentid", "postid", "numero", "iddumessage"]
    case .conversation:
      ["conversation", "conversationid", "thread", "threadid", "fil", "discussion", "iddelaconversation"]
    case .author:
      [
        "author", "auteur", "auteure", "from", "de", "name", "nom", "username", "user", "utilisateur",
        "sender",
        "expediteur", "compte",
      ]
    case .at:
      [
        "at", "date", "datetime", "time", "timestamp", "createdat", "dateetheure", "recu", "recule",
        "publiele", "heure",
      ]
    case .text:
      [
        "text", "texte", "message", "comment", "commentaire", "content", "contenu", "body", "corps",
        "publication",
      ]
    case .inReplyTo: ["inreplyto", "replyto", "parent", "parentid", "enreponsea", "reponsea"]
    case .url: ["url", "link", "lien", "permalink", "permalien", "adresse", "lienpermanent"]
    case .nature: ["nature", "kind", "type", "genre"]
    case .deletedAt: ["deletedat", "deleted", "efface", "effacele", "supprime", "supprimele"]
    }
  }

  /// The letters and digits of a column's name, without accents and capitals.
  static func folded(_ name: String) -> String {
    let accents: [Unicode.Scalar: Character] = [
      "à": "a", "â": "a", "ä": "a", "ç": "c", "é": "e", "è": "e", "ê": "e", "ë": "e", "î": "i", "ï": "i",
      "ô": "o",
      "ö": "o", "ù": "u", "û": "u", "ü": "u",
    ]
    var result = ""
    for scalar in name.lowercased().unicodeScalars {
      if let plain = accents[scalar] {
        result.append(plain)
      } else if scalar.isASCII, scalar.properties.isAlphabetic || (0x30...0x39).contains(scalar.value) {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

/// How a table is to be read.
public struct CSVReading: Sendable {
  /// Columns by the name they have in the table, for those whose name does not say it.
  public var map: [(column: String, field: CSVField)]
  /// The clocks that dates without an offset are by.
  public var zone: TimeZoneRules
  /// Whether its rows are what we published.
  public var holdsPosts: Bool

  public init(
    map: [(column: String, field: CSVField)] = [], zone: TimeZoneRules = .utc, holdsPosts: Bool = false
  ) {
    (self.map, self.zone, self.holdsPosts) = (map, zone, holdsPosts)
  }
}

/// Which column of a table says what.
struct CSVColumns {
  var places: [CSVField: Int] = [:]
  /// The names of the others.
  var others: [(place: Int, name: String)] = []

  init(_ names: [String], _ map: [(column: String, field: CSVField)]) throws(UnreadableItem) {
    var taken: Set<Int> = []
    for (column, field) in map {
      guard let place = names.firstIndex(where: { $0.utf8.elementsEqual(column.utf8) }) else {
        throw UnreadableItem(.unknownColumn(column, known: names))
      }
      if places[field] != nil { throw UnreadableItem(.doubleColumn(field.rawValue)) }
      places[field] = place
      taken.insert(place)
    }
    for (place, name) in names.enumerated() where !taken.contains(place) {
      let folded = CSVField.folded(name)
      if let field = CSVField.allCases.first(where: { $0.names.contains(folded) }) {
        // What was said by hand stands above what a name seems to say.
        if map.contains(where: { $0.field == field }) {
          others.append((place, name))
          continue
        }
        if let first = places[field] { throw UnreadableItem(.doubleColumn("\(names[first]), \(name)")) }
        places[field] = place
      } else {
        others.append((place, name))
      }
    }
    for field in [CSVField.text, .at] where places[field] == nil {
      throw UnreadableItem(.missingColumn(field.rawValue, known: names))
    }
  }
}
