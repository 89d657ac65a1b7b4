import Foundation
import Testing
import Wording

/// The clocks of places, as this system knows them.
enum Zones {
  static func rules(_ name: String) throws -> TimeZoneRules {
    let data = try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/\(name)"))
    return try #require(TimeZoneRules(tzif: Array(data)))
  }
}
