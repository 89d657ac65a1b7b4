import Fuzzing
import Glibc

/// What libFuzzer calls with each input it makes. The target is named by `LIGNE_FUZZ`.
///
/// Source: LLVM, “libFuzzer – a library for coverage-guided fuzz testing”, section “Fuzz target”.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  if let broken = target.brokenProperty(of: Array(UnsafeBufferPointer(start: bytes, count: count))) {
    perror("\(target.rawValue): \(broken)")
    abort()
  }
  return 0
}

private let target = FuzzTarget(rawValue: getenv("LIGNE_FUZZ").map { String(cString: $0) } ?? "") ?? .json
