/// A number for a sequence of numbers, the same on every machine.
///
/// After Fowler, Noll and Vo’s FNV-1a, which takes a byte at each step; here it is a whole number, so the upper half of
/// what comes out is brought into the lower.
struct Fingerprint {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ number: UInt64) {
    value = (value ^ number) &* 0x100_0000_01b3
    value ^= value >> 32
  }
}

func fingerprint(_ values: some Sequence<UInt64>) -> UInt64 {
  var fingerprint = Fingerprint()
  for value in values { fingerprint.add(value) }
  return fingerprint.value
}
