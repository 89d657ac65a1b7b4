import Testing
import Wording

@testable import GitStore

/// Which addresses are given to git, and what of them people see.
@Suite struct TransportAddressTests {
  static let taken: [(String, RemoteAddress.Kind)] = [
    ("https://example.org/team.git", .https),
    ("http://127.0.0.1:8080/team", .http),
    ("https://ana:secret@example.org/team.git", .https),
    ("https://[2001:db8::1]:8443/team.git", .https),
    ("https://hôte.example/équipe.git", .https),
    ("https://example.org/a%20b/team.git?x=1#y", .https),
    ("ssh://git@example.org:2222/team.git", .ssh),
    ("ssh://git@[::1]/~ana/team.git", .ssh),
    ("ssh://team/srv/team.git", .ssh),
    ("git://example.org/team.git", .git),
    ("git@example.org:team.git", .ssh),
    ("example.org:team.git", .ssh),
    ("git@example.org:/srv/team.git", .ssh),
    ("[::1]:team.git", .ssh),
    ("team:posts", .ssh),
    ("file:///srv/team.git", .file),
    ("/srv/team.git", .path),
    ("../team.git", .path),
    ("./a:b/team.git", .path),
    ("/media/clé USB/équipe.git", .path),
    ("C/team.git", .path),
  ]

  @Test(arguments: taken) func isTakenAsItStands(_ text: String, _ kind: RemoteAddress.Kind) throws {
    let address = try RemoteAddress(text)
    #expect(address.text == text)
    #expect(address.kind == kind)
  }

  @Test(arguments: ["origin", "team.git", "équipe"])
  func aNameAloneIsAFolderAndNeverARemote(_ text: String) throws {
    #expect(try RemoteAddress(text).text == "./" + text)
  }

  static let refused: [(String, AddressRefusal)] = [
    ("", .empty),
    (String(repeating: "a/", count: 3000), .tooLong),
    ("ext::sh -c touch% /tmp/pwned", .runsAProgram),
    ("fd::17", .runsAProgram),
    ("transport-helper::https://example.org", .runsAProgram),
    ("EXT::x", .runsAProgram),
    ("--upload-pack=touch /tmp/pwned", .looksLikeAnOption),
    ("-oProxyCommand=x", .looksLikeAnOption),
    ("ssh://-oProxyCommand=x/team.git", .looksLikeAnOption),
    ("ssh://-oProxyCommand=x@example.org/team.git", .looksLikeAnOption),
    ("ssh://git@-oProxyCommand=x/team.git", .looksLikeAnOption),
    ("git@-oProxyCommand=x:team.git", .looksLikeAnOption),
    ("example.org:-x", .looksLikeAnOption),
    ("https://-x.example.org/team.git", .looksLikeAnOption),
    ("ftp://example.org/team.git", .unknownScheme("ftp")),
    ("rsync://example.org/team.git", .unknownScheme("rsync")),
    ("HTTPS://example.org/team.git", .unknownScheme("HTTPS")),
    ("git+ssh://example.org/team.git", .unknownScheme("git+ssh")),
    ("javascript://example.org", .unknownScheme("javascript")),
    ("https:///team.git", .noHost),
    ("https://ana@/team.git", .noHost),
    (":team.git", .noHost),
    ("file://example.org/team.git", .noHost),
    ("https://exa mple.org/team.git", .unreadableHost),
    ("ssh://exam$(touch x)ple.org/team.git", .unreadableHost),
    ("a;b:team.git", .unreadableHost),
    ("https://example.org/team.git\n", .controlCharacter),
    ("https://example.org\u{0}/team.git", .controlCharacter),
    ("/srv/te\u{1B}[2Jam.git", .controlCharacter),
    ("https://example.org/\u{202E}tig.maet", .controlCharacter),
    ("https://exam\u{200B}ple.org/team.git", .controlCharacter),
    ("https://example.org%0ahost=evil.example/team.git", .controlCharacter),
    ("https://ana%0Dx@example.org/team.git", .controlCharacter),
    ("https://example.org/a%00b", .controlCharacter),
    ("https://example.org/a%7fb", .controlCharacter),
  ]

  @Test(arguments: refused) func isRefused(_ text: String, _ reason: AddressRefusal) {
    let error = #expect(throws: TransportError.self) { try RemoteAddress(text) }
    guard case .addressRefused(let shown, let given) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(given == reason)
    #expect(!shown.unicodeScalars.contains(where: isInvisible))
  }

  static let shown = [
    // Over http a name can be a token, so both go.
    ("https://ana:secret@example.org/x", "https://***@example.org/x"),
    ("https://ghp_0123456789@example.org/x", "https://***@example.org/x"),
    ("https://ana:p@ss@example.org/x", "https://***@example.org/x"),
    ("ssh://git@example.org/x", "ssh://git@example.org/x"),
    ("ssh://git:secret@example.org/x", "ssh://git:***@example.org/x"),
    ("git@example.org:x", "git@example.org:x"),
    ("https://example.org/a@b", "https://example.org/a@b"),
    ("/srv/a@b", "/srv/a@b"),
  ]

  @Test(arguments: shown) func passwordsAreNotShown(_ text: String, _ shown: String) throws {
    let address = try RemoteAddress(text)
    #expect(address.shown == shown)
    #expect("\(address)" == shown)
    #expect(String(reflecting: TransportError.readOnly(address: address.shown)).contains("secret") == false)
    var dump = ""
    Swift.dump(address, to: &dump)
    #expect(!dump.contains("secret") && !dump.contains("p@ss"))
  }

  @Test func passwordsInsideOtherTextAreNotShown() {
    let text = """
      fatal: unable to access 'https://ana:se%40cret@example.org/x/': The requested URL returned error: 403
      see https://example.org/help or http://tok@en:x@other.example?
      """
    #expect(
      legible(text)
        == "fatal: unable to access 'https://***@example.org/x/': The requested URL returned error: 403 "
        + "see https://example.org/help or http://***@other.example?")
  }

  @Test func whatATerminalWouldObeyIsNotShown() {
    #expect(legible("a\u{1B}[31mb\u{202E}c\u{9B}d\ne\t f") == "a\u{FFFD}[31mb\u{FFFD}c\u{FFFD}d e f")
    #expect(legible(String(repeating: "é", count: 900)).count == 500)
  }

  @Test func patternsSayWhereAReferenceGoes() {
    let device = RefSpec("refs/ligne/devices/*", to: "refs/ligne/incoming/devices/*")
    #expect(device.destination(of: "refs/ligne/devices/ana/1") == "refs/ligne/incoming/devices/ana/1")
    #expect(device.destination(of: "refs/ligne/devices/") == nil)
    #expect(device.destination(of: "refs/ligne/other/ana") == nil)
    #expect(device.mayLead(to: "refs/ligne/incoming/devices/ana"))
    #expect(!device.mayLead(to: "refs/ligne/incoming/main"))
    let main = RefSpec("refs/heads/main", to: "refs/ligne/incoming/main")
    #expect(main.destination(of: "refs/heads/main") == "refs/ligne/incoming/main")
    #expect(main.destination(of: "refs/heads/main2") == nil)
    let middle = RefSpec("refs/a/*/z", to: "refs/b/*/y")
    #expect(middle.destination(of: "refs/a/é/z") == "refs/b/é/y")
    #expect(middle.destination(of: "refs/a/z") == nil)
  }
}
