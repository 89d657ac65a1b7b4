public import JSONTree

/// `team.json`: who is who, and who may do what.
public struct Team: DocumentView {
  public static let kind: JSONString = "team"
  public let value: JSONValue
  public init(_ value: JSONValue) { self.value = value }

  public enum Field: String, CaseIterable, Sendable {
    case members = "/members"
  }

  public var members: [Member] { elements(.members).map(Member.init) }

  /// The member with this id.
  public func member(_ id: JSONString) -> Member? { members.first { $0.id == id } }

  /// The member an author of commits is: the one with this email address.
  ///
  /// Upper and lower case of ASCII letters make no difference, as in every mail system in use.
  public func member(withEmail email: String) -> Member? {
    members.first { $0.email.map { Self.isSameAddress($0, email) } ?? false }
  }

  public struct Member: Hashable, Sendable {
    public let value: JSONValue

    public var id: JSONString? { value["id"]?.string }
    public var name: String? { value["name"]?.text }
    public var email: String? { value["email"]?.text }
    public var roles: [String] { value["roles"]?.array?.compactMap(\.text) ?? [] }
    /// Public SSH keys, one per device.
    public var keys: [String] { value["keys"]?.array?.compactMap(\.text) ?? [] }

    /// Keys that were lost or given back.
    public var revokedKeys: [RevokedKey] { value["revokedKeys"]?.array?.compactMap(RevokedKey.init) ?? [] }

    /// For whom somebody else may decide, and when.
    public var delegations: [Delegation] { value["delegations"]?.array?.map(Delegation.init) ?? [] }

    /// Whether the member may do something on a channel, by a right for it or for all (`*`).
    public func may(_ right: String, on channel: JSONString) -> Bool {
      let rights = value["rights"]
      return [channel, "*"].contains { rights?[$0]?.array?.contains(JSONValue(right)) ?? false }
    }
  }

  /// A key whose signatures count only where they are older than its loss.
  public struct RevokedKey: Hashable, Sendable {
    /// As OpenSSH shows it: `SHA256:…`.
    public let fingerprint: String
    /// The version up to which signatures count, by its commit id; `nil` where none does.
    public let since: String?

    init?(_ value: JSONValue) {
      guard let fingerprint = value["id"]?.text else { return nil }
      (self.fingerprint, since) = (fingerprint, value["since"]?.text)
    }
  }

  /// Somebody decides in a member’s name for a while.
  public struct Delegation: Hashable, Sendable {
    public let value: JSONValue

    public var to: JSONString? { value["to"]?.string }
    public var from: String? { value["from"]?.text }
    public var until: String? { value["until"]?.text }
  }
}

extension Team {
  /// Whether two email addresses are one: the case of ASCII letters makes no difference.
  public static func isSameAddress(_ left: String, _ right: String) -> Bool {
    func folded(_ byte: UInt8) -> UInt8 {
      (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
    return left.utf8.elementsEqual(right.utf8) { folded($0) == folded($1) }
  }
}

/// `channels.json`: where the brand speaks.
public struct Channels: DocumentView {
  public static let kind: JSONString = "channels"
  public let value: JSONValue
  public init(_ value: JSONValue) { self.value = value }

  public enum Field: String, CaseIterable, Sendable {
    case channels = "/channels"
  }

  public var channels: [Channel] { elements(.channels).map(Channel.init) }
  public func channel(_ id: JSONString) -> Channel? { channels.first { $0.id == id } }

  public struct Channel: Hashable, Sendable {
    public let value: JSONValue

    public var id: JSONString? { value["id"]?.string }
    public var platform: String? { value["platform"]?.text }
    public var handle: String? { value["handle"]?.text }
    public var language: String? { value["language"]?.text }
    /// `active`, `dormant` or `closed`; active where nothing is said.
    public var state: String { value["state"]?.text ?? "active" }
  }
}
