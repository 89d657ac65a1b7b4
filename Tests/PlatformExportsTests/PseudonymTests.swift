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

  /// Names in texts, by the number of who is meant; the name is one wherever its letters end.
  static let named: [(String, String)] = [
    ("Merci Ana Roy, et bravo", "Merci 1, et bravo"), ("Ana Roy Côté n’est pas Ana Roy.", "2 n’est pas 1."),
    ("Ana Royer et Joana Roy restent", "Ana Royer et Joana Roy restent"), ("Ana  Roy", "Ana  Roy"),
    ("(Jean-Guy T.) L. O’Neil-Côté", "(3) 4"), ("Ana", "Ana"), ("Jean-Guy T", "Jean-Guy T"),
    ("Ana Ana Roy", "Ana 1"),
  ]

  @Test(arguments: named) func aFullNameInATextGoes(_ written: String, _ shown: String) {
    let people = ["Ana Roy", "Ana Roy Côté", "Jean-Guy T.", "L. O’Neil-Côté"]
    let rows = people.enumerated().map { "\($0 + 1);2026-01-02;\($1);Bonjour" }
    let export = Exports.read(
      .csv, (["id;date;auteur;texte"] + rows + ["9;2026-01-03;Zoé;\(written)"]).joined(separator: "\n"))
    let messages = export.pseudonymised(
      by: Pseudonyms(secret: Array("seize octets au moins".utf8)), of: Exports.ravaude, masks: ("", "")
    ).conversations.flatMap(\.messages).sorted { $0.at < $1.at }
    let names = messages.dropLast().compactMap(\.author)
    #expect(Set(names).count == people.count)
    // Each person’s number in the place of the pseudonym they got.
    var text = messages.last?.text ?? ""
    for (number, person) in people.enumerated() {
      let alone = Exports.read(.csv, "id;date;auteur;texte\n1;2026-01-02;\(person);Bonjour").pseudonymised(
        by: Pseudonyms(secret: Array("seize octets au moins".utf8)), of: Exports.ravaude, masks: ("", ""))
      let pseudonym = alone.conversations.first?.messages.first?.author ?? "?"
      #expect(names.contains(pseudonym))
      text = text.replacing(pseudonym, with: "\(number + 1)")
    }
    #expect(text == shown)
  }

  /// The same code as Python’s `hmac` module gives: whoever has the secret gets the same name, with any program.
  @Test func aPseudonymIsAnHMAC() {
    let export = Exports.read(.csv, "id;date;auteur;texte\n1;2026-01-02;Ana Roy;Bonjour").pseudonymised(
      by: Pseudonyms(secret: Array("seize octets au moins".utf8)), of: Exports.ravaude, masks: ("", ""))
    #expect(export.conversations.first?.messages.first?.author == "p-bd542f6a821fd3e")
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
