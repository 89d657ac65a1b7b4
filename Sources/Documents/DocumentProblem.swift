public import JSONTree
public import ObjectModel
public import Wording

/// Why a file is left exactly as it is: it can't be read as a document, or its schema does not accept it.
///
/// It blocks only itself: the other documents, and other people, go on.
public struct DocumentProblem: Error, Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    case syntax(JSONSyntaxError)
    case tooDeep(limit: Int, at: SourcePosition)
    case tooBig(bytes: Int)
    /// The `kind` it gives, or `nil` for none.
    case unknownKind(JSONString?)
    /// What its schema does not accept, in the order of the file; at least one.
    case violations([PlacedViolation])
    /// It is a schema, and can't be used as one.
    case schema(SchemaProblem)
    /// It is `ligne.json`, without which a folder is no workspace, and it was deleted.
    case settingsDeleted
    /// It is in the folder of open conflicts, and is none of the files Ligne keeps there.
    case noRecord
    /// It says what is open in a document, and was damaged by hand.
    case damagedRecord
    /// It is a decision, or another account of what happened, that this person wrote once, and it has other words now; where
    /// it was put in another place as well, with its former one.
    case rewritten(by: String, movedFrom: WorkspacePath?)
    /// The same, and it was deleted while what it is about is still there.
    case takenAway(by: String)
  }

  /// A violation and where it stands in the file.
  public struct PlacedViolation: Hashable, Sendable {
    public let violation: SchemaViolation
    public let position: SourcePosition
  }

  public let path: WorkspacePath
  public let reason: Reason

  public init(path: WorkspacePath, reason: Reason) {
    self.path = path
    self.reason = reason
  }

  /// Where in the file to look first; `nil` where it is about the whole file.
  public var position: SourcePosition? {
    switch reason {
    case .syntax(let error): error.position
    case .tooDeep(_, let position): position
    case .violations(let placed): placed.first?.position
    case .tooBig, .unknownKind, .schema, .settingsDeleted, .noRecord, .damagedRecord, .rewritten, .takenAway:
      nil
    }
  }
}

extension DocumentProblem: ExplainedError {
  public var code: String {
    switch reason {
    case .syntax: "broken-json"
    case .tooDeep: "too-deep"
    case .tooBig: "too-big"
    case .unknownKind: "unknown-kind"
    case .violations: "schema"
    case .schema: "broken-schema"
    case .settingsDeleted: "settings-deleted"
    case .noRecord: "reserved-folder"
    case .damagedRecord: "damaged-record"
    case .rewritten: "decision-rewritten"
    case .takenAway: "decision-deleted"
    }
  }

  public var message: Sentence {
    switch reason {
    case .syntax(let error): error.message
    case .tooDeep(let limit, let position):
      Sentence(
        fr: "Ligne \(position.line) : plus de \(limit) objets et listes emboîtés.",
        en: "Line \(position.line): more than \(limit) objects and lists inside each other.")
    case .tooBig(let bytes):
      Sentence(
        fr:
          "Le fichier est trop gros : \(Language.french.number(bytes)) octets, où \(Language.french.number(DocumentLimits.size)) sont permis.",
        en:
          "The file is too big: \(Language.english.number(bytes)) bytes, where \(Language.english.number(DocumentLimits.size)) are allowed."
      )
    case .unknownKind(nil):
      Sentence(
        fr: "Le document ne dit pas de quel type il est (champ « kind »).",
        en: "The document does not say of which kind it is (field “kind”).")
    case .unknownKind(let kind?):
      Sentence(
        fr: "Aucun schéma ne décrit le type « \(kind) ».", en: "No schema describes the kind “\(kind)”.")
    case .violations(let placed): Self.message(of: placed)
    case .schema(let problem): problem.message
    case .settingsDeleted:
      Sentence(
        fr: "Le fichier manque, et un espace de travail ne peut pas être sans lui.",
        en: "The file is missing, and a workspace can’t be without it.")
    case .noRecord:
      Sentence(
        fr: "Le dossier « conflicts » est réservé à ce qu’il reste à trancher.",
        en: "The folder “conflicts” is kept for what is left to settle.")
    case .damagedRecord:
      Sentence(
        fr: "Ce qu’il reste à trancher ne s’y lit plus.",
        en: "What is left to settle can’t be read there any more.")
    case .rewritten(let writer, _):
      Sentence(
        fr: "Ce que \(writer) a décidé ou noté ne peut pas être réécrit.",
        en: "What \(writer) decided or noted can’t be rewritten.")
    case .takenAway(let writer):
      Sentence(
        fr: "Ce que \(writer) a décidé ou noté ne peut pas être supprimé tant que le document est là.",
        en: "What \(writer) decided or noted can’t be deleted while its document is there.")
    }
  }

  /// Whether nothing of it can be read, so that nobody knows what it says.
  public var isUnreadable: Bool {
    switch reason {
    case .syntax, .tooDeep, .tooBig: true
    case .unknownKind, .violations, .schema, .settingsDeleted, .noRecord, .damagedRecord, .rewritten,
      .takenAway:
      false
    }
  }

  /// Whether opening the file may mend it: it is there, and what is wrong is what it says.
  public var isMendedByEditing: Bool {
    switch reason {
    case .settingsDeleted, .noRecord, .damagedRecord, .rewritten, .takenAway: false
    case .syntax, .tooDeep, .tooBig, .unknownKind, .violations, .schema: true
    }
  }

  /// What is wrong, for a value that stands in no file yet.
  public var messageWithoutLine: Sentence {
    guard case .violations(let placed) = reason, let first = placed.first else { return message }
    return first.violation.message
  }

  private static func message(of placed: [PlacedViolation]) -> Sentence {
    guard let first = placed.first else { preconditionFailure("a refusal without a reason") }
    let what = first.violation.message
    let others = CountedNoun(fr: ("autre erreur", "autres erreurs"), en: ("other mistake", "other mistakes"))
    let more = others.counted(placed.count - 1)
    let isAlone = placed.count == 1
    // What is missing from the whole document stands at no line.
    let hasNoLine = first.violation.keyword == "required" && first.violation.pointer.steps.isEmpty
    let number = first.position.line
    let line =
      hasNoLine ? Sentence(fr: "", en: "") : Sentence(fr: "Ligne \(number) : ", en: "Line \(number): ")
    return Sentence(
      fr: line.french + what.french + (isAlone ? "" : " (et \(more.french))"),
      en: line.english + what.english + (isAlone ? "" : " (and \(more.english))"))
  }

  public var hint: Sentence? {
    switch reason {
    case .syntax(let error): error.hint
    case .tooDeep: Sentence(fr: "Aplatissez le document.", en: "Flatten the document.")
    case .tooBig:
      Sentence(
        fr: "Un document contient du texte; rangez les images et les vidéos à côté, dans assets.",
        en: "A document holds text; keep pictures and videos beside it, in assets.")
    // What a workspace has once was in order before somebody emptied it.
    case .unknownKind where SchemaSet.builtIn.kinds.contains { $0.placement.path == path.text }:
      Sentence(
        fr: "« ligne restore \(path.shortName) --to -0 » remet ce qu’en dit la dernière version.",
        en: "“ligne restore \(path.shortName) --to -0” puts back what the newest version says of it.")
    case .unknownKind:
      Sentence(
        fr:
          "« ligne set \(path.shortName) /kind TYPE » le corrige; un type à vous demande un fichier schemas/TYPE.schema.json.",
        en:
          "“ligne set \(path.shortName) /kind KIND” mends it; a kind of your own needs a file schemas/KIND.schema.json."
      )
    case .violations(let placed): Self.hint(for: placed, in: path)
    case .schema(let problem): problem.hint
    case .settingsDeleted:
      Sentence(
        fr: "« ligne restore \(path.shortName) --to -1 » le ramène.",
        en: "“ligne restore \(path.shortName) --to -1” brings it back.")
    case .noRecord:
      Sentence(
        fr: "Rangez ce fichier dans un autre dossier; d’ici là, il n’entre dans aucune version.",
        en: "Keep this file in another folder; until then it is in no version.")
    case .damagedRecord:
      Sentence(
        fr: "« ligne conflicts » montre encore chaque choix et « ligne resolve » remet le fichier en état.",
        en: "“ligne conflicts” still shows each choice, and “ligne resolve” puts the file right.")
    case .rewritten(_, nil):
      Sentence(
        fr: "« ligne restore \(path.shortName) --to -0 » remet ses mots.",
        en: "“ligne restore \(path.shortName) --to -0” puts the words back.")
    case .rewritten(_, let original?):
      Sentence(
        fr:
          "« ligne restore \(original.shortName) --to -1 » ramène l’original; « ligne delete \(path.typed) » supprime ce fichier-ci.",
        en:
          "“ligne restore \(original.shortName) --to -1” brings the original back; “ligne delete \(path.typed)” deletes this file."
      )
    case .takenAway:
      Sentence(
        fr: "« ligne restore \(path.shortName) --to -1 » le ramène.",
        en: "“ligne restore \(path.shortName) --to -1” brings it back.")
    }
  }

  private static func hint(for placed: [PlacedViolation], in path: WorkspacePath) -> Sentence? {
    guard let first = placed.first?.violation else { return nil }
    var pointer = first.pointer
    switch first.reason {
    case .unknownMember:
      return Sentence(
        fr: "« ligne set \(path.shortName) \(pointer) --delete » le retire.",
        en: "“ligne set \(path.shortName) \(pointer) --delete” removes it.")
    case .missingMember(let name): pointer = pointer.appending(.key(name))
    default: break
    }
    if pointer.steps.isEmpty { return nil }
    let made: [JSONPointer.Step] = [.key("id"), .key("createdAt"), .key("createdBy")]
    if pointer.steps.first.map(made.contains) ?? false {
      return Sentence(
        fr: "Ce champ ne change plus depuis la création : « ligne edit \(path.shortName) » ouvre le fichier.",
        en:
          "This field does not change once a document is made: “ligne edit \(path.shortName)” opens the file."
      )
    }
    return Sentence(
      fr:
        "« ligne set \(path.shortName) \(pointer) VALEUR » le corrige, « ligne edit \(path.shortName) » ouvre le fichier.",
      en:
        "“ligne set \(path.shortName) \(pointer) VALUE” mends it, “ligne edit \(path.shortName)” opens the file."
    )
  }
}
