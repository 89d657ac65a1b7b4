/// A number for a sequence of numbers, the same on every machine.
///
/// After Fowler, Noll and Vo’s FNV-1a, which takes a byte at each step; here it is a whole number, so the upper half of
/// what comes out is brought into the lower.
func fingerprint(_ values: some Sequence<UInt64>) -> UInt64 {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for value in values {
    hash = (hash ^ value) &* 0x100_0000_01b3
    hash ^= hash >> 32
  }
  return hash
}
