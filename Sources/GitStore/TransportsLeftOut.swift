// In a release that holds libgit2 (see Package.swift), its speaking with servers is left out: Ligne's network is the git
// program. These definitions stand for all that three parts of libgit2's archive offer, TLS by mbedTLS, SSH by libssh2 and
// the negotiation of HTTP; so the linker never takes those parts, nor what they need, out of any archive.
//
// Tied to how Debian builds libgit2 1.5; where it is built otherwise, the link fails and says which symbol is meant.

#if LINKS_STATICALLY
  /// Nothing to prepare.
  @_cdecl("git_mbedtls_stream_global_init")
  public func leaveTLSUnprepared() -> CInt { 0 }

  /// Certificates have no use.
  @_cdecl("git_mbedtls__set_cert_location")
  public func refuseCertificates(_ file: UnsafePointer<CChar>?, _ folder: UnsafePointer<CChar>?) -> CInt {
    -1
  }

  @_cdecl("git_mbedtls_stream_new")
  public func refuseTLS(
    _ stream: UnsafeMutableRawPointer?, _ host: UnsafePointer<CChar>?, _ port: UnsafePointer<CChar>?
  ) -> CInt { -1 }

  @_cdecl("git_mbedtls_stream_wrap")
  public func refuseTLSAround(
    _ stream: UnsafeMutableRawPointer?, _ inner: UnsafeMutableRawPointer?, _ host: UnsafePointer<CChar>?
  ) -> CInt { -1 }

  /// Nothing to prepare.
  @_cdecl("git_transport_ssh_global_init")
  public func leaveSSHUnprepared() -> CInt { 0 }

  @_cdecl("git_smart_subtransport_ssh")
  public func refuseSSH(
    _ transport: UnsafeMutableRawPointer?, _ owner: UnsafeMutableRawPointer?,
    _ parameter: UnsafeMutableRawPointer?
  ) -> CInt { -1 }

  @_cdecl("git_transport_ssh_with_paths")
  public func refuseSSHWithPaths(
    _ transport: UnsafeMutableRawPointer?, _ owner: UnsafeMutableRawPointer?,
    _ payload: UnsafeMutableRawPointer?
  ) -> CInt { -1 }

  @_cdecl("git_http_auth_negotiate")
  public func refuseNegotiation(_ context: UnsafeMutableRawPointer?, _ address: UnsafeRawPointer?) -> CInt {
    -1
  }
#endif
