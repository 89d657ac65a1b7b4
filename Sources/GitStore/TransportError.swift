/// Why nothing came or went.
///
/// In every case, work already committed is safe on this computer. Addresses and texts in the facts are
/// without passwords and without characters that a terminal would obey.
public enum TransportError: Error, Hashable, Sendable {
  /// There is no git program, or (`found`) only one older than 2.39, or (empty) one that does not say which it is.
  case noGit(found: String?)
  case unreachable(address: String, Unreachable)
  /// The host does not know who this is: no key, no password, or not the right one.
  case authentication(address: String)
  case hostKey(address: String, HostKey)
  /// The encrypted connection could not be trusted; `detail` is what the library said about the certificate.
  case tls(address: String, detail: String)
  case notARepository(address: String, NotARepository)
  /// Reading is allowed there, writing is not.
  case readOnly(address: String)
  case remoteFull(address: String)
  /// The host takes no more than so much at once, and this is more.
  case tooLargeForHost(address: String)
  case localDiskFull
  /// The connection broke in the middle.
  case truncated(address: String)
  case addressRefused(String, AddressRefusal)
  /// Git does not work in a folder that belongs to another account, unless told to.
  case dubiousOwnership(path: String, Side)
  /// The host, or a check the team put there, said no to everything.
  case refusedByHost(text: String)
  /// A check the person set up on this computer (a `pre-push` hook) said no.
  case refusedByOwnCheck(text: String)
  /// What arrived is damaged or not what git calls an object.
  case damagedObjects(detail: String)
  case tooMuch(address: String, TooMuch)
  /// Another program holds references of this workspace.
  case busy(detail: String)
  /// The task was cancelled; git and everything it had started is ended.
  case cancelled
  /// Something git said that no case above covers.
  case other(text: String)

  public enum Side: Hashable, Sendable {
    case thisComputer, host
  }

  public enum Unreachable: Hashable, Sendable {
    case hostUnknown
    /// A computer is there, and nothing on it listens at this address.
    case nothingListens
    /// A computer is there, and answers only that it cannot now.
    case notServing
    /// No route, network down, or the connection was cut before anything was said.
    case noConnection
    /// Nothing was heard for this long.
    case silent(Duration)
    case pathMissing
  }

  public enum HostKey: Hashable, Sendable {
    /// First contact, and nobody could be asked whether this is the right host.
    case unknown
    case changed
  }

  public enum NotARepository: Hashable, Sendable {
    /// There is something, or nothing, but no repository; or one this person may not even see.
    case nothingThere
    /// A web page answered in the place of git: a portal that wants a sign-in, or the address of a page.
    case webPage
    /// Words that are not git’s: a greeting of the host’s shell, another service.
    case somethingElse
  }

  public enum TooMuch: Hashable, Sendable {
    case bytes(limit: Int)
    case objects(limit: Int)
    case references(limit: Int)
    case memory(limit: Int)
    case processorTime(limit: Duration)
  }
}

/// Why an address is not given to git.
public enum AddressRefusal: Error, Hashable, Sendable {
  case empty
  case tooLong
  case controlCharacter
  /// It, or the user or host in it, begins with `-` and would be read as an option.
  case looksLikeAnOption
  /// `ext::…`: names a program to run.
  case runsAProgram
  case unknownScheme(String)
  case noHost
  case unreadableHost
}
