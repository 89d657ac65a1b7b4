import Hunspell
import TestSupport
import Testing

/// Words of French and English, asked of the program and the dictionaries of this computer.
@Suite(.enabled(if: Dictionaries.areInstalled, "hunspell or its dictionaries are not installed"))
struct HunspellTests {
  @Test func knowsTheWordsOfFrench() async throws {
    let unknown = try await Hunspell.find().unknown(
      [
        "communaté", "égaalement", "grille", "aujourd’hui", "œuvre", "réparatrice", "mitaine", "courriel",
        "mot-clic",
      ],
      language: "fr-CA")
    #expect(unknown.keys.sorted() == ["communaté", "égaalement"])
    #expect(unknown["communaté"]?.contains("communauté") == true)
  }

  @Test func knowsTheWordsOfCanadianEnglish() async throws {
    let unknown = try await Hunspell.find().unknown(
      ["colour", "neighbours", "standart", "mitten"], language: "en-CA")
    #expect(unknown.keys.sorted() == ["standart"])
  }

  @Test func wordsThatLookLikeCommandsAreWords() async throws {
    let unknown = try await Hunspell.find().unknown(
      ["@", "!", "#mot", "%", "-", "*", "+", "~", "&", "^zzzz", "", "a b"], language: "fr")
    #expect(unknown.keys.allSatisfy { ["#mot", "^zzzz"].contains($0) })
  }

  @Test func aLanguageWithoutADictionaryIsNamed() async throws {
    let program = try await Hunspell.find()
    await #expect(throws: HunspellError.missingDictionary(language: "tlh")) {
      try await program.unknown(["qapla"], language: "tlh")
    }
  }

  @Test func manyWordsTakeNoTime() async throws {
    let words = (0..<20_000).map { "zq\($0 % 26)x\($0)" } + ["maison"]
    #expect(
      try await Hunspell.find().unknown(words.map { $0.filter(\.isLetter) }, language: "fr-CA")["maison"]
        == nil)
  }
}
