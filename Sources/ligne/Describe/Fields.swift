import Documents
import EditorialHistory
import JSONTree
import ObjectModel
import ThreeWayMerge
import Wording

/// Shared words of the answers: documents, fields, values.

extension CountedNoun {
  static let documents = CountedNoun(fr: ("document", "documents"), en: ("document", "documents"))
  static let elements = CountedNoun(fr: ("élément", "éléments"), en: ("element", "elements"))
  static let findings = CountedNoun(fr: ("remarque", "remarques"), en: ("finding", "findings"))
  static let versions = CountedNoun(fr: ("version", "versions"), en: ("version", "versions"))
  static let conflicts = CountedNoun(fr: ("conflit", "conflits"), en: ("conflict", "conflicts"))
  static let bytes = CountedNoun(fr: ("octet", "octets"), en: ("byte", "bytes"))
  static let choices = CountedNoun(fr: ("choix", "choix"), en: ("choice", "choices"))
  static let changes = CountedNoun(fr: ("changement", "changements"), en: ("change", "changes"))
}

extension Page {
  /// The first lines of a list, and how many more there are.
  mutating func list(_ lines: [StyledText], atMost limit: Int, indent: Int = 2, in language: Language) {
    let shown = lines.count <= limit + 1 ? lines.count : limit
    self.lines(Array(lines.prefix(shown)), indent: indent)
    if shown < lines.count { line(Table.others(lines.count - shown, in: language), indent: indent) }
  }
}

extension DocumentChange.Change {
  var wording: Sentence {
    switch self {
    case .added: Sentence(fr: "nouveau", en: "new")
    case .removed: Sentence(fr: "supprimé", en: "deleted")
    case .changed: Sentence(fr: "modifié", en: "changed")
    case .moved: Sentence(fr: "déplacé", en: "moved")
    }
  }

  var style: Style {
    switch self {
    case .added: .good
    case .removed: .bad
    case .changed, .moved: .attention
    }
  }
}

extension DocumentChange {
  /// What became of it, in a few words: its fields, or that it came, went or moved.
  func summary(saying names: FieldNames, in language: Language) -> StyledText {
    if change == .changed, !fields.isEmpty {
      return StyledText(names.mentions(of: fields.map(\.pointer), in: language), .quiet)
    }
    if change == .changed, let conflicts {
      return StyledText(conflicts.wording(saying: names).text(in: language), .quiet)
    }
    if change == .changed, form == .document {
      return StyledText(Sentence(fr: "mise en forme", en: "layout").text(in: language), .quiet)
    }
    return StyledText(change.wording.text(in: language), .quiet)
  }

  var json: JSONValue {
    var object: JSONObject = [
      "path": JSONValue(path.text), "change": JSONValue(change.rawValue),
      "fields": .array(fields.map(\.json)),
    ]
    object["id"] = id.map(JSONValue.string)
    object["kind"] = kind.map(JSONValue.string)
    object["title"] = title.map(JSONValue.string)
    object["formerPath"] = formerPath.map { JSONValue($0.text) }
    return .object(object)
  }

  /// The lines of its fields: what was and what is, words within texts.
  func fieldLines(_ names: DocumentNames, in language: Language) -> [StyledText] {
    if change == .added || change == .removed {
      let label = names.label(of: self, in: language)
      return [StyledText(change.wording.text(in: language), change.style) + "  " + StyledText(label)]
    }
    let moved = formerPath.map { former in
      StyledText(change.wording.text(in: language), change.style) + "  "
        + StyledText("\(former.text) → \(path.text)", .quiet)
    }
    let fieldNames = names.fields(of: self)
    return [moved].compactMap(\.self) + fields.lines(saying: fieldNames, in: language)
      + [conflicts.map { StyledText($0.wording(saying: fieldNames).text(in: language)) }].compactMap(\.self)
  }
}

extension ConflictChange {
  /// “à trancher : Titre; tranché : Texte”.
  func wording(saying names: FieldNames) -> Sentence {
    func named(_ what: Sentence, _ pointers: [JSONPointer]) -> Sentence? {
      if pointers.isEmpty { return nil }
      // A file as a whole has no place in it.
      let places = pointers.filter { !$0.steps.isEmpty }
      if places.isEmpty { return what }
      func listed(_ language: Language) -> String {
        places.map { names.mention(of: $0, in: language) }.joined(separator: ", ")
      }
      return Sentence(
        fr: "\(what.french) : \(listed(.french))", en: "\(what.english): \(listed(.english))")
    }
    let parts = [
      named(Sentence(fr: "à trancher", en: "to settle"), opened),
      named(Sentence(fr: "d’autres choix", en: "other choices"), changed),
      named(Sentence(fr: "tranché", en: "settled"), settled),
    ].compactMap(\.self)
    return Sentence(
      fr: parts.map(\.french).joined(separator: "; "), en: parts.map(\.english).joined(separator: "; "))
  }
}

extension [FieldChange] {
  /// The same in sentences that can be listened to: what went and what came, each said so.
  func plainLines(saying names: FieldNames, in language: Language) -> [StyledText] {
    func removed(_ text: String) -> StyledText {
      StyledText(Sentence(fr: "  retiré : \(text)", en: "  removed: \(text)").text(in: language))
    }
    func added(_ text: String) -> StyledText {
      StyledText(Sentence(fr: "  ajouté : \(text)", en: "  added: \(text)").text(in: language))
    }
    return flatMap { field -> [StyledText] in
      let name = names.heading(of: field.pointer, in: language)
      if let runs = field.words {
        return [name]
          + runs.compactMap { run in
            switch run.kind {
            case .same: nil
            case .removed: removed(run.text)
            case .added: added(run.text)
            }
          }
      }
      return [name]
        + [field.from.map { removed(names.shortWords(of: $0, at: field.pointer, in: language)) }].compactMap {
          $0
        }
        + [field.to.map { added(names.shortWords(of: $0, at: field.pointer, in: language)) }].compactMap {
          $0
        }
    }
  }

  /// What was and what is, words within texts.
  func lines(saying names: FieldNames, in language: Language) -> [StyledText] {
    flatMap { field -> [StyledText] in
      let name = names.heading(of: field.pointer, in: language)
      func words(_ value: JSONValue?) -> String {
        value.map { names.shortWords(of: $0, at: field.pointer, in: language) } ?? ""
      }
      if let runs = field.words {
        let words = runs.map(WordChange.init)
        return [name] + StyledText.lines(of: words).map { StyledText("  ") + $0 }
      }
      switch field.change {
      case .added:
        return [name + "  " + StyledText(words(field.to), .inserted)]
      case .removed:
        return [name + "  " + StyledText(words(field.from), .deleted)]
      case .moved:
        return [name + "  " + StyledText(Sentence(fr: "déplacé", en: "moved").text(in: language), .attention)]
      case .changed:
        let both = [field.from, field.to].compactMap(\.self)
        let said = names.shortWords(ofAll: both, at: field.pointer, in: language)
        return [
          name + "  " + StyledText(said.first ?? "", .deleted) + " " + StyledText(said.last ?? "", .inserted)
        ]
      }
    }
  }
}

extension WordChange {
  init(_ run: WordRun) {
    switch run.kind {
    case .same: self.init(.kept, run.text)
    case .removed: self.init(.deleted, run.text)
    case .added: self.init(.inserted, run.text)
    }
  }
}

extension FieldChange {
  var json: JSONValue {
    var object: JSONObject = [
      "pointer": JSONValue(pointer.description), "change": JSONValue(change.rawValue),
      "from": from ?? .null, "to": to ?? .null,
    ]
    if let words {
      object["words"] = .array(
        words.map { ["kind": JSONValue($0.kind.rawValue), "text": JSONValue($0.text)] })
    }
    return .object(object)
  }
}

extension Conflict.Kind {
  func wording(at pointer: JSONPointer) -> Sentence {
    switch self {
    case .value where pointer.steps.isEmpty: Sentence(fr: "fichiers différents", en: "different files")
    case .value: Sentence(fr: "valeurs différentes", en: "different values")
    case .text: Sentence(fr: "mots différents", en: "different words")
    case .deleteEdit:
      Sentence(fr: "supprimé d’un côté, modifié de l’autre", en: "deleted on one side, changed on the other")
    case .type: Sentence(fr: "formes différentes", en: "different shapes")
    case .order:
      // The whole list is in question because nothing tells its elements apart.
      Sentence(fr: "listes différentes, éléments sans nom", en: "different lists, elements without a name")
    }
  }
}

extension Notice {
  /// What was settled by rule, for a person who wants to look.
  var wording: Sentence {
    let quoted = Sentence.quoting(words)
    switch kind {
    case .readAgain:
      return Sentence(
        fr: "deux personnes ont changé cette phrase, relisez-la : \(quoted.french)",
        en: "two people changed this sentence, read it again: \(quoted.english)")
    case .insertedTogether:
      return words.isEmpty
        ? Sentence(fr: "ajouts faits au même endroit, tous gardés", en: "additions at one place, all kept")
        : Sentence(
          fr: "ajouts faits au même endroit, tous gardés : \(quoted.french)",
          en: "additions at one place, all kept: \(quoted.english)")
    case .movedTwice:
      return Sentence(
        fr: "\(quoted.french) a été déplacé par deux personnes; vérifiez sa place",
        en: "\(quoted.english) was moved by two people; check its place")
    case .saferStep:
      return Sentence(
        fr: "deux états choisis; le plus prudent est gardé : \(quoted.french)",
        en: "two states chosen; the safer one is kept: \(quoted.english)")
    case .earlierMoment:
      return Sentence(
        fr: "deux moments notés; le plus tôt est gardé : \(quoted.french)",
        en: "two moments noted; the earlier one is kept: \(quoted.english)")
    case .duplicateKeys:
      return Sentence(
        fr: "deux éléments portent la même clé; la liste est traitée d’un bloc",
        en: "two elements have the same key; the list is treated as one value")
    case .renamedTwice:
      return Sentence(
        fr: "le fichier a été renommé deux fois; il porte un des deux noms",
        en: "the file was renamed twice; it has one of the two names")
    case .looksAlike:
      return Sentence(
        fr: "un autre nom ne différait que par les majuscules ou les accents; le fichier a été renommé",
        en: "another name differed only by capitals or accents; the file was renamed")
    }
  }
}
