import Foundation
import Testing
import Wording

/// What clocks show at some places, from the files of this computer.
enum Zones {
  static let isThere = FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/America/Toronto")

  static func rules(_ name: String) throws -> TimeZoneRules {
    let bytes = try Array(Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/\(name)")))
    return try #require(TimeZoneRules(tzif: bytes))
  }
}
