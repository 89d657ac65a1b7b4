import GitStore
import ObjectModel
import WorkingCopy

/// Under which names the team's address lets a device keep its own work.
///
/// The first one that the host takes is used, and remembered for the address. Others' work is taken in under any of
/// them, so a team may use several at once.
public enum HostManners: String, Hashable, Sendable, CaseIterable {
  /// References that are no branches, which nobody sees who does not look for them.
  case devices
  /// Branches of their own, for a host that takes nothing but branches.
  case branches
  /// `main` alone: whoever is overtaken waits a little and tries again.
  case main

  /// Where a device's reference stands; `nil` where there is none.
  var prefix: String? {
    switch self {
    case .devices: SyncReferences.devices
    case .branches: SyncReferences.deviceBranches
    case .main: nil
    }
  }

  /// What to try when the host refuses this one.
  var next: HostManners? {
    switch self {
    case .devices: .branches
    case .branches: .main
    case .main: nil
    }
  }

  /// How often an exchange is tried by somebody whose work is not at the address yet.
  static let mostAttempts = 12

  /// How long to wait before the next attempt: a random part of a span that doubles, so that those who were overtaken
  /// together do not meet again.
  ///
  /// A reference of one's own is written by nobody else, but for other commands in the same folder; the second attempt follows
  /// at once.
  ///
  /// Source: Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015 ("full jitter").
  func pause(afterAttempt attempt: Int, random: inout some RandomNumberGenerator) -> Duration? {
    if self != .main, attempt < 2 { return nil }
    return .milliseconds(Int.random(in: 0...min(5000, 50 << min(attempt, 7)), using: &random))
  }
}

extension Workspace {
  /// What is known of the address; ``HostManners/devices`` before anything was refused there.
  public func hostManners() throws -> HostManners {
    guard let address = try address(), let bytes = try files.local.recall(Self.mannersFile) else {
      return .devices
    }
    let words = String(decoding: bytes, as: UTF8.self).split { $0 == " " || $0 == "\n" }
    guard words.count == 2, ObjectID(hex: String(words[0])) == Self.name(of: address),
      let manners = HostManners(rawValue: String(words[1]))
    else { return .devices }
    return manners
  }

  func remember(_ manners: HostManners) throws {
    guard let address = try address() else { return }
    try files.local.remember(
      Self.mannersFile, Array("\(Self.name(of: address).hex) \(manners.rawValue)\n".utf8))
  }

  /// An address may hold a password, which is nobody's business in a file of ours.
  private static func name(of address: String) -> ObjectID { ObjectID(blob: Array(address.utf8)) }
  private static let mannersFile = "host"
}
