import JSONTree
import Wording

/// A kind of document as its schema describes it.
struct DocumentedKind {
  var name: String
  var schema: JSONValue

  /// The page of the kind: where its documents lie, and each of its fields.
  func page(in language: Language) -> String {
    var lines = ["# \(title(in: language)) (`\(name)`)", ""]
    lines.append(Self.origin.text(in: language))
    lines.append("")
    if let description = schema.remark("description", in: language) { lines += [description, ""] }
    if let path = schema["x-document"]?["path"]?.text {
      lines += [Sentence(fr: "Chemin : `\(path)`", en: "Path: `\(path)`").text(in: language), ""]
    }
    if schema["x-document"]?["writtenOnce"]?.bool == true {
      lines.append(
        Sentence(
          fr: "Écrit une fois, jamais modifié : un document de ce type note ce qui s’est passé.",
          en: "Written once and never edited: a document of this kind notes what happened."
        ).text(in: language))
      lines.append("")
    }
    lines.append(Self.titles.text(in: language))
    lines.append("|---|---|---|---|")
    lines += fields().map { $0.row(in: language) }
    return lines.joined(separator: "\n") + "\n"
  }

  static func index(of kinds: [DocumentedKind], in language: Language) -> String {
    var lines = [
      Sentence(fr: "# Les types de documents", en: "# Kinds of documents").text(in: language), "",
      origin.text(in: language), "",
      Sentence(
        fr: """
          Un pointeur nomme un champ : `/variants/*/body` est le texte de chaque version, `/thread/@*/body` celui de chaque \
          élément d’un fil. Une équipe ajoute un champ, ou un type à elle, en l’ajoutant au dossier `schemas`.
          """,
        en: """
          A pointer names a field: `/variants/*/body` is the text of each variant, `/thread/@*/body` that of each element of \
          a thread. A team adds a field, or a kind of its own, by adding it to the folder `schemas`.
          """
      ).text(in: language), "",
      Sentence(fr: "| type | nom | chemin |", en: "| kind | name | path |").text(in: language),
      "|---|---|---|",
    ]
    lines += kinds.map { kind in
      let path = kind.schema["x-document"]?["path"]?.text ?? ""
      return "| [`\(kind.name)`](\(kind.name).md) | \(kind.title(in: language)) | `\(path)` |"
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let origin = Sentence(
    fr: "*Tiré des schémas par `swift run generate-reference`. [In English](../README.md)*",
    en: "*Made from the schemas by `swift run generate-reference`. [En français](fr/README.md)*")

  private static let titles = Sentence(
    fr: "| champ | ce que c’est | valeurs | fusion |", en: "| field | what it is | values | merges |")

  private func title(in language: Language) -> String { schema.remark("title", in: language) ?? name }

  // MARK: - Fields

  private func fields() -> [DocumentedField] {
    var found: [DocumentedField] = []
    collect(schema, at: "", required: false, into: &found)
    return found
  }

  private func collect(
    _ source: JSONValue, at pointer: String, required: Bool, into found: inout [DocumentedField]
  ) {
    let source = resolved(source)
    if !pointer.isEmpty {
      found.append(DocumentedField(pointer: pointer, schema: source, isRequired: required))
    }
    let needed = source["required"]?.array?.compactMap(\.text) ?? []
    for member in source["properties"]?.object?.sortedByKey().members ?? [] where member.key != "$schema" {
      collect(
        member.value, at: pointer + "/" + member.key.text, required: needed.contains(member.key.text),
        into: &found)
    }
    if let others = source["additionalProperties"], others.object != nil {
      collectInside(others, at: pointer + "/*", into: &found)
    }
    if let items = source["items"] {
      let isNamed = source["x-merge"]?["list"] != nil || source["x-merge"]?["key"] != nil
      collectInside(items, at: pointer + (isNamed ? "/@*" : "/*"), into: &found)
    }
  }

  /// Elements and members whose names are free: only what is inside them has a row, unless nothing is.
  private func collectInside(_ source: JSONValue, at pointer: String, into found: inout [DocumentedField]) {
    let inside = resolved(source)
    if inside["properties"] == nil, inside["items"] == nil, inside["additionalProperties"]?.object == nil {
      return
    }
    var parts: [DocumentedField] = []
    collect(inside, at: pointer, required: false, into: &parts)
    found += parts.dropFirst()
  }

  /// The schema itself, or the one of this file that it refers to.
  private func resolved(_ source: JSONValue) -> JSONValue {
    guard let reference = source["$ref"]?.text, reference.hasPrefix("#"),
      let pointer = try? JSONPointer(parsing: String(reference.dropFirst())),
      let target = schema.value(at: pointer)
    else { return source }
    return target
  }
}

/// One field, as a row of the table.
struct DocumentedField {
  var pointer: String
  var schema: JSONValue
  var isRequired: Bool

  func row(in language: Language) -> String {
    let cells = ["`\(pointer)`", meaning(in: language), values(in: language), merging(in: language)]
    return "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
  }

  private func meaning(in language: Language) -> String {
    var parts = [
      schema.remark("title", in: language).map { "**\($0)**" }, schema.remark("description", in: language),
    ]
    .compactMap { $0 }.joined(separator: ". ")
    var remarks: [Sentence] = []
    if isRequired { remarks.append(Sentence(fr: "obligatoire", en: "required")) }
    if schema["readOnly"]?.bool == true {
      remarks.append(Sentence(fr: "fixé à la création", en: "fixed when made"))
    }
    if !remarks.isEmpty {
      parts += " *(" + remarks.map { $0.text(in: language) }.joined(separator: ", ") + ")*"
    }
    return parts
  }

  private func values(in language: Language) -> String {
    if let only = schema["const"]?.text { return "`\(only)`" }
    if let values = schema["enum"]?.array {
      return values.compactMap(\.text).map { value in
        let name = schema["x-values"]?[JSONString(value)]?[JSONString(language.rawValue)]?.text
        return "`\(value)`" + (name.map { $0 == value ? "" : " \($0)" } ?? "")
      }.joined(separator: ", ")
    }
    var parts = [type(in: language)]
    let target = schema["x-refers"] ?? schema["items"]?["x-refers"] ?? schema["propertyNames"]?["x-refers"]
    if let target = target?.text { parts.append("→ `\(target)`") }
    if let format = schema["format"]?.text { parts.append("`\(format)`") }
    if let standard = schema["default"], standard != [:], standard != [], standard != "" {
      let text = "`\(standard)`"
      parts.append(Sentence(fr: "d’abord \(text)", en: "at first \(text)").text(in: language))
    }
    return parts.filter { !$0.isEmpty }.joined(separator: ", ")
  }

  private func type(in language: Language) -> String {
    let names = schema["type"]?.array?.compactMap(\.text) ?? [schema["type"]?.text].compactMap { $0 }
    let words = names.map { name in
      switch name {
      case "string": Sentence(fr: "texte", en: "text")
      case "integer": Sentence(fr: "nombre entier", en: "whole number")
      case "number": Sentence(fr: "nombre", en: "number")
      case "boolean": Sentence(fr: "oui ou non", en: "yes or no")
      case "array": Sentence(fr: "liste", en: "list")
      case "object": Sentence(fr: "objet", en: "object")
      default: Sentence(fr: name, en: name)
      }
    }
    return words.map { $0.text(in: language) }.joined(separator: ", ")
  }

  private func merging(in language: Language) -> String {
    let words: Sentence
    switch schema["x-merge"] {
    case "atomic": words = Sentence(fr: "un tout", en: "as one value")
    case "text": words = Sentence(fr: "mot à mot", en: "word by word")
    case "set": words = Sentence(fr: "ensemble", en: "as a set")
    case "map": words = Sentence(fr: "clé par clé", en: "key by key")
    case "sequence": words = Sentence(fr: "élément par élément", en: "element by element")
    case "earliest": words = Sentence(fr: "le plus tôt des deux", en: "the earlier of the two")
    case "derived": words = Sentence(fr: "recalculé", en: "computed again")
    case let rule?:
      if let key = (rule["list"] ?? rule["key"])?.text {
        words = Sentence(fr: "liste, par `\(key)`", en: "list, by `\(key)`")
      } else {
        words = Sentence(fr: "l’étape la plus sûre", en: "the safest step")
      }
    case nil: words = Sentence(fr: "", en: "")
    }
    return words.text(in: language)
  }
}

extension JSONValue {
  /// A remark of a schema: French under its own keyword, English in `x-en`.
  func remark(_ keyword: JSONString, in language: Language) -> String? {
    let french = self[keyword]?.text
    return language == .french ? french : self["x-en"]?[keyword]?.text ?? french
  }
}
