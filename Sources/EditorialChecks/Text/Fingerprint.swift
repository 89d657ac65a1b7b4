/// A number for a sequence of numbers, the same on every machine.
///
/// Source: Fowler, Noll and Vo, “The FNV non-cryptographic hash algorithm”, FNV-1a.
func fingerprint(_ values: some Sequence<UInt64>) -> UInt64 {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for value in values {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      hash = (hash ^ (value >> shift & 0xFF)) &* 0x100_0000_01b3
    }
  }
  return hash
}
