import ArgumentParser

/// What every command understands, before its name or after it.
struct GlobalOptions: ParsableArguments {
  @Option(
    name: .customShort("C"),
    help: .init(
      fr: "Travailler dans un autre dossier", en: "Work in another folder", value: Localized.Value.folder),
    completion: .directory)
  var folder: String?

  @Flag(help: .init(fr: "Répondre par une valeur JSON", en: "Answer with one JSON value"))
  var json = false

  @Flag(help: .init(fr: "Ne pas mettre de couleurs", en: "Use no colour"))
  var noColor = false
}
