extension Language {
  /// The language to speak to the person who started the program.
  ///
  /// `LIGNE_LANG` decides if it is `fr` or `en`. Else the locale does, in the order of POSIX: the first of `LC_ALL`,
  /// `LC_MESSAGES` and `LANG` that is not empty. French of any country is French; everything else is English.
  ///
  /// Source: POSIX.1-2017, chapter 8.2, "Internationalization Variables".
  public static func current(environment: [String: String]) -> Language {
    if let wish = environment["LIGNE_LANG"].flatMap(named) { return wish }
    for variable in ["LC_ALL", "LC_MESSAGES", "LANG"] {
      if let locale = environment[variable], !locale.isEmpty { return named(locale) ?? .english }
    }
    return .english
  }

  /// The language of a locale's name: `fr`, `fr_CA.UTF-8`, `en-GB`, `FR`.
  private static func named(_ locale: String) -> Language? {
    let name = locale.prefix { $0 != "_" && $0 != "-" && $0 != "." && $0 != "@" }.lowercased()
    return switch name {
    case "fr", "french", "français": .french
    case "en", "english": .english
    default: nil
    }
  }
}
