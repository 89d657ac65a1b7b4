import GitStore
import Glibc
import ObjectModel
import TestSupport
import Testing

/// What a process pays before its first answer, and what it may rely on after its last one.
@Suite struct StartTests {
  /// The dynamic linker hands libgit2 our definition: the true one answers a missing file with another number.
  @Test func readsNoCertificates() throws {
    typealias Parse = @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?) -> CInt
    for name in ["mbedtls_x509_crt_parse_file", "mbedtls_x509_crt_parse_path"] {
      let symbol = try #require(dlsym(nil, name))
      let answer = unsafeBitCast(symbol, to: Parse.self)(nil, "/there/is/no/such/file")
      #expect(answer == -1)
    }
  }
}
