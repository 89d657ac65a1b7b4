public import Documents
public import JSONTree
import SSHSignatures

extension Review {
  /// What signatures of reviews are made for; a signature made for anything else is none of a review.
  public static let signaturePurpose = "ligne-review-v1"

  /// The bytes a person signs: everything the review says, and in which workspace.
  ///
  /// RFC 8785 of `{"format": "ligne-review-1", "review": …, "workspace": …}`, the review without `signature` and
  /// `$schema`. It names the document, the hash of its content, verdict, person, moment, sequence and policy, and its own
  /// id: a copy of it for another document, person or moment is another review, and not signed.
  ///
  /// - Parameter workspace: The workspace's identity: the id of its first commit.
  public func statement(inWorkspace workspace: String) -> [UInt8] {
    var review = value.object ?? [:]
    review["signature"] = nil
    review["$schema"] = nil
    let statement: JSONValue = [
      "format": "ligne-review-1", "review": .object(review), "workspace": JSONValue(workspace),
    ]
    return statement.rfc8785Bytes
  }
}

/// What checking signatures needs besides the reviews and the team.
public struct SignatureRecords: Sendable {
  /// The workspace's identity; `nil` where it is not known, and then no signature is verified.
  let workspace: String?
  /// Whether a review stood in a version.
  let wasThere: @Sendable (_ review: JSONString, _ commit: String) -> Bool

  /// - Parameters:
  ///   - workspace: The id of the first commit.
  ///   - wasThere: Whether a review, byte for byte as it is now, stood in a version, named by its commit. What somebody
  ///     signed before their key was lost goes on counting; `revokedKeys` of the team says up to which version.
  public init(
    workspace: String, wasThere: @escaping @Sendable (_ review: JSONString, _ commit: String) -> Bool
  ) {
    (self.workspace, self.wasThere) = (workspace, wasThere)
  }

  private init() { (workspace, wasThere) = (nil, { _, _ in false }) }

  /// Nobody can tell: every signature is unverified.
  public static let unknown = SignatureRecords()

  /// - Parameters:
  ///   - team: The members as far as it counts.
  ///   - declared: The team of the newest version: keys it lost count for nothing.
  func standing(of review: Review, id: JSONString, team: Team, declared: Team?) -> SignatureStanding {
    guard let person = review.by, let member = team.member(person) else { return .unverified }
    let keys = member.keys.compactMap { try? SSHPublicKey(line: $0) }
    guard let text = review.signature else { return member.keys.isEmpty ? .unverified : .missing }
    guard let workspace else { return .unverified }
    let declared = declared?.member(person)
    guard let signature = try? SSHSignature(armored: text), case let key = signature.key, keys.contains(key)
    else { return .refused }
    guard signature.isOf(review.statement(inWorkspace: workspace), for: Review.signaturePurpose) else {
      return .refused
    }
    // What counts and what stands there now: a note that a key was lost is not got rid of by another, nor by its own end.
    let notes = (member.revokedKeys + (declared?.revokedKeys ?? [])).filter {
      $0.fingerprint == key.fingerprint
    }
    if !notes.isEmpty {
      return notes.allSatisfy { $0.since.map { wasThere(id, $0) } ?? false } ? .verified : .revoked
    }
    // Who has left the team has signed all the same; that they have left is told by itself.
    let isDeclared = declared?.keys.contains { (try? SSHPublicKey(line: $0)) == key } ?? true
    return isDeclared ? .verified : .revoked
  }
}
