public import Wording

/// Why words could not be looked up. Everything else that is checked is checked all the same.
public enum HunspellError: ExplainedError, Hashable {
  case missingProgram
  case missingDictionary(language: String)
  /// It ended without an answer; with its own words.
  case stopped(String)
  case silent

  public var code: String {
    switch self {
    case .missingProgram: "spelling-program-missing"
    case .missingDictionary: "spelling-dictionary-missing"
    case .stopped: "spelling-stopped"
    case .silent: "spelling-silent"
    }
  }

  public var message: Sentence {
    switch self {
    case .missingProgram:
      Sentence(
        fr: "L’orthographe n’a pas été vérifiée, car le programme hunspell n’est pas installé.",
        en: "Spelling was not checked, because the program hunspell is not installed.")
    case .missingDictionary(let language):
      Sentence(
        fr: "L’orthographe n’a pas été vérifiée en « \(language) », car son dictionnaire n’est pas installé.",
        en: "Spelling was not checked in “\(language)”, because its dictionary is not installed.")
    case .stopped(let words):
      Sentence(
        fr: "L’orthographe n’a pas été vérifiée, car hunspell s’est arrêté. \(words)",
        en: "Spelling was not checked, because hunspell stopped. \(words)")
    case .silent:
      Sentence(
        fr: "L’orthographe n’a pas été vérifiée, car hunspell n’a pas répondu.",
        en: "Spelling was not checked, because hunspell did not answer.")
    }
  }

  public var hint: Sentence? {
    switch self {
    case .missingProgram:
      Sentence(
        fr: "Sous Debian et ses cousins : « apt-get install hunspell hunspell-fr hunspell-en-ca ».",
        en: "On Debian and its relatives: “apt-get install hunspell hunspell-fr hunspell-en-ca”.")
    case .missingDictionary(let language):
      switch language.prefix(2) {
      case "fr":
        Sentence(
          fr: "Sous Debian et ses cousins : « apt-get install hunspell-fr ».",
          en: "On Debian and its relatives: “apt-get install hunspell-fr”.")
      case "en":
        Sentence(
          fr: "Sous Debian et ses cousins : « apt-get install hunspell-en-ca ».",
          en: "On Debian and its relatives: “apt-get install hunspell-en-ca”.")
      default: nil
      }
    case .stopped, .silent: nil
    }
  }
}
