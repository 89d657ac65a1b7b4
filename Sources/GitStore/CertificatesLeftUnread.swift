// Most of libgit2's start-up time is its TLS library reading every certificate authority of the system, in every
// process, before any network is used. Ligne's network is the git program, so no certificate is ever needed here.
//
// libgit2 and libmbedx509 are shared libraries, and the dynamic linker takes a symbol from the program before it
// takes it from a library: these two definitions win over the real ones, and say that nothing could be read.
// libgit2 then starts without any authority, and would refuse every https server, as it should.
//
// Where libgit2 was built with another TLS library nobody calls them.

/// Stands in for `mbedtls_x509_crt_parse_file(chain, path)`; -1 is "could not be read".
@_cdecl("mbedtls_x509_crt_parse_file")
public func leaveCertificateFileUnread(
  _ chain: UnsafeMutableRawPointer?, _ path: UnsafePointer<CChar>?
) -> CInt { -1 }

/// Stands in for `mbedtls_x509_crt_parse_path(chain, folder)`.
@_cdecl("mbedtls_x509_crt_parse_path")
public func leaveCertificateFolderUnread(
  _ chain: UnsafeMutableRawPointer?, _ folder: UnsafePointer<CChar>?
) -> CInt { -1 }
