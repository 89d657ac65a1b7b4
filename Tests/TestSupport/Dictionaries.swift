import Foundation

/// The spelling program and its dictionaries of French and Canadian English, as Debian installs them.
public enum Dictionaries {
  public static let areInstalled = [
    "/usr/bin/hunspell", "/usr/share/hunspell/fr_CA.dic", "/usr/share/hunspell/en_CA.dic",
  ].allSatisfy { FileManager.default.fileExists(atPath: $0) }
}
