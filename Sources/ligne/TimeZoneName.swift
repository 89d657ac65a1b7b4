import SystemPackage
import Wording

/// Names of time zones, such as America/Toronto.
enum TimeZoneName {
  /// Where POSIX systems keep one file for each zone. Source: Theory and pragmatics of the tz code and data.
  private static let folder = "/usr/share/zoneinfo"

  /// Whether this system knows the zone; where it keeps no list, whether the name has the form of one.
  static func isKnown(_ name: String, folder: String = folder) -> Bool {
    guard name.wholeMatch(of: /[A-Za-z0-9_+-]+(\/[A-Za-z0-9_+-]+)*/) != nil else { return false }
    if name == "UTC" { return true }
    guard isThere("\(folder)/America/Toronto") else { return name.contains("/") }
    return isThere("\(folder)/\(name)")
  }

  /// What the clocks of a zone show.
  ///
  /// - Throws: `UnknownTimeZone`; `ScheduleError.zoneUnreadable` where the system does not say.
  static func rules(of name: String, folder: String = folder) throws -> TimeZoneRules {
    guard isKnown(name, folder: folder) else { throw UnknownTimeZone(name: name) }
    if name == "UTC" { return .utc }
    // Whatever the reason: nobody can be told what the time is there.
    guard let bytes = try? FileContents.read("\(folder)/\(name)"), let rules = TimeZoneRules(tzif: bytes)
    else {
      throw ScheduleError.zoneUnreadable(name)
    }
    return rules
  }

  /// The same for who can do without: `nil` for a zone this computer does not know, which `ligne check` names.
  static func knownRules(of name: String) -> TimeZoneRules? { try? rules(of: name) }

  /// The place a zone is named after, as it is told: “Toronto”, “Buenos Aires”.
  static func place(of name: String) -> String {
    name.split(separator: "/").last.map { String($0).replacing("_", with: " ") } ?? name
  }

  /// Whether a file of the compiled form stands there; a folder, such as America, is no zone.
  private static func isThere(_ path: String) -> Bool {
    guard let file = try? FileDescriptor.open(FilePath(path), .readOnly) else { return false }
    // A file that can't be closed was read all the same.
    defer { try? file.close() }
    var magic: [UInt8] = [0, 0, 0, 0]
    guard let count = unsafe try? magic.withUnsafeMutableBytes({ try unsafe file.read(into: $0) }) else {
      return false
    }
    return count == 4 && magic == Array("TZif".utf8)
  }
}

/// A name that no time zone has.
struct UnknownTimeZone: ExplainedError {
  /// What the finding of `check` is called as well.
  static let rule = "unknown-zone"

  var name: String
  /// Whether it is the one that the workspace's settings name, and nobody typed it just now.
  var isOfSettings = false

  var code: String { Self.rule }

  var message: Sentence {
    if isOfSettings {
      return Sentence(
        fr: "\(Language.french.quoted(name)), dans ligne.json, n’est pas un fuseau horaire.",
        en: "\(Language.english.quoted(name)), in ligne.json, is not a time zone.")
    }
    return Sentence(
      fr: "\(Language.french.quoted(name)) n’est pas un fuseau horaire.",
      en: "\(Language.english.quoted(name)) is not a time zone.")
  }

  var hint: Sentence? {
    if isOfSettings {
      return Sentence(
        fr: "«\u{A0}ligne set ligne.json /timeZone America/Toronto\u{A0}» en met un, par région et ville.",
        en: "“ligne set ligne.json /timeZone America/Toronto” puts one there, by area and place.")
    }
    return Sentence(
      fr: "Un fuseau s’écrit par région et ville : America/Toronto, Europe/Paris.",
      en: "A zone is written by area and place: America/Toronto, Europe/Paris.")
  }
}
