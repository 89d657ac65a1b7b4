public import Documents
public import JSONTree

/// What is known of a review's signature.
public enum SignatureStanding: String, Hashable, Sendable {
  /// A key of the person made it, over this very review.
  case verified
  /// The person has no key yet, or nobody can look: shown as unverified, counted as their word.
  case unverified
  /// The person has a key and did not sign.
  case missing
  /// It was made by a key of the person that was taken back, or out of the team’s file, since.
  case revoked
  /// It is not theirs, or not of this review.
  case refused
}

/// Looks at the signature of a review, given with its id.
public typealias SignatureJudge = @Sendable (Review, JSONString) -> SignatureStanding
