public import Documents

/// What is known of a review's signature.
public enum SignatureStanding: Hashable, Sendable {
  /// A key of the person made it, over this very review.
  case verified
  /// Nobody looked, or the person has no key yet: shown as unverified, counted as their word.
  case unverified
  /// The person has a key and did not sign.
  case missing
  /// It is not theirs, or not of this review.
  case refused
}

/// Looks at the signature of a review. Whoever computes states says how; `{ _ in .unverified }` looks at none.
public typealias SignatureJudge = @Sendable (Review) -> SignatureStanding
