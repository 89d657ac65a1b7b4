public import JSONTree
public import ObjectModel
public import Wording

/// A schema file of a workspace that can't be used.
public struct SchemaProblem: Error, Hashable, Sendable {
  public enum Reason: Error, Hashable, Sendable {
    case tooBig(bytes: Int)
    case syntax(JSONSyntaxError)
    case schema(SchemaError)
    /// The schema says of its documents that they are of another kind than its file's name.
    case otherKind(JSONString)
  }

  public let path: WorkspacePath
  public let reason: Reason
}

extension SchemaProblem: ExplainedError {
  public var code: String { "broken-schema" }

  public var message: Sentence {
    let why =
      switch reason {
      case .tooBig(let bytes):
        Sentence(
          fr: "Le fichier est trop gros : \(Language.french.number(bytes)) octets.",
          en: "The file is too big: \(Language.english.number(bytes)) bytes.")
      case .syntax(let error): error.message
      case .schema(let error): error.message
      case .otherKind(let kind):
        Sentence(
          fr: "Le schéma décrit « \(kind) »; le fichier devrait s’appeler \(kind).schema.json.",
          en: "The schema describes “\(kind)”; its file should be called \(kind).schema.json.")
      }
    return Sentence(
      fr: "Le schéma ne peut pas servir. \(why.french) Fichier : \(path)",
      en: "The schema can’t be used. \(why.english) File: \(path)")
  }

  public var hint: Sentence? {
    Sentence(
      fr: "Corrigez-le ou retirez-le; d’ici là, la forme livrée avec Ligne vaut pour ce type de document.",
      en: "Mend it or remove it; until then, the shape that comes with Ligne holds for this kind of document."
    )
  }
}
