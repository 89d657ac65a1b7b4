import JSONTree
import PlatformExports
import Testing
import Wording

/// What is left of people where they get pseudonyms.
@Suite struct PseudonymTests {
  private func texts(_ text: String, secret: String = "seize octets au moins") -> [String] {
    let quoted = "\"" + text.replacingQuotes + "\""
    let export = Exports.read(
      .csv,
      "id;date;auteur;texte\n1;2026-01-02;Jolyane Bélanger;\(quoted)\n2;2026-01-02;Oriane;Merci Jolyane Bélanger"
    )
    return export.pseudonymised(
      by: Pseudonyms(secret: Array(secret.utf8)), of: Exports.ravaude, masks: ("[courriel]", "[téléphone]")
    ).conversations.flatMap(\.messages).map { "\($0.author ?? "?") \($0.text)" }.sorted()
  }

  static let masks: [(String, String)] = [
    ("418 555-0134", "[téléphone]"), ("(418) 555-0134.", "[téléphone]."),
    ("+33 6 12 34 56 78", "[téléphone]"),
    ("06 12 34 56 78", "[téléphone]"), ("1-800-555-0199", "[téléphone]"), ("4185550134", "[téléphone]"),
    ("appelle-moi: 555-0134", "appelle-moi: [téléphone]"), ("ana.tremblay+x@exemple.qc.ca!", "[courriel]!"),
    ("commande 123456789012345", "commande 123456789012345"), ("le 2026-11-20 à 9 h", "le 2026-11-20 à 9 h"),
    ("de 9 à 17", "de 9 à 17"), ("3 500 $", "3 500 $"),
  ]

  @Test(arguments: masks) func isMasked(_ written: String, _ shown: String) {
    #expect(texts(written).contains { $0.hasSuffix(" " + shown) }, "\(texts(written))")
  }

  @Test func namesAndHandlesGo() throws {
    let lines = texts("@oriane@pilotis.example, voir @ravaude.")
    #expect(!lines.joined().contains("oriane") && !lines.joined().contains("Bélanger"))
    #expect(lines.joined().contains("voir @ravaude."))
    let author = try #require(lines.first { !$0.contains("Merci") }?.split(separator: " ").first)
    #expect(author.hasPrefix("p-"))
    #expect(lines.contains { $0.hasSuffix("Merci \(author)") })
  }

  @Test func theSecretDecides() {
    #expect(texts("@oriane") == texts("@oriane"))
    #expect(texts("@oriane") != texts("@oriane", secret: "un autre secret de l’équipe"))
  }

  /// Everything of the sample that names or leads to somebody else is gone; what is ours stays.
  @Test func nothingLeadsBack() throws {
    let export = Exports.read(.x, try Exports.files(.x))
    let hidden = export.pseudonymised(
      by: Pseudonyms(secret: Array("seize octets au moins".utf8)), of: Exports.ravaude,
      masks: ("[e-mail]", "[telephone]"))
    let told = hidden.told.joined(separator: "\n")
    for trace in ["777", "1499999999999999999", "jolyane", "555-0134", "filature"] {
      #expect(!told.contains(trace), "\(trace) in \(told)")
    }
    #expect(told.contains("1500000000000000003") && told.contains("atelier@laravaude.example"))
    #expect(hidden.conversations.flatMap(\.messages).allSatisfy { $0.source.isEmpty })
  }
}

extension String {
  fileprivate var replacingQuotes: String {
    split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
  }
}
