import ObjectModel

/// Who does something, and when: always given from outside, never asked of the machine here.
public struct Attribution: Hashable, Sendable {
  public var name: String
  public var email: String
  /// Seconds since 1970.
  public var time: Int64
  /// East of Greenwich.
  public var offsetMinutes: Int

  public init(name: String, email: String, time: Int64, offsetMinutes: Int) {
    self.name = name
    self.email = email
    self.time = time
    self.offsetMinutes = offsetMinutes
  }

  var signature: Signature { Signature(name: name, email: email, time: time, offsetMinutes: offsetMinutes) }
}
