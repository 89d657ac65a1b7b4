import EditorialChecks
import JSONTree
import Testing

/// French typography, sign by sign. `_` is a no-break space, `~` a narrow one.
@Suite struct FrenchTypographyTests {
  static let canadian = [
    // No space before ; ! ?
    RuleCase("Venez !", "5 [ !] → [!]"),
    RuleCase("Venez_!", "5 [_!] → [!]"),
    RuleCase("Venez! Oui? Non; si."),
    RuleCase("Venez~! (l’espace fine est permise)"),
    RuleCase("Quoi ?!", "4 [ ?] → [?]"),
    RuleCase("Il dit «_! » trop souvent.", "10 [ »] → [_»]"),
    RuleCase("Un sourire ;-) et un autre :) ici"),
    RuleCase("(?) et [!]"),
    RuleCase("! au début"),

    // A no-break space before the colon
    RuleCase("Horaire : jeudi", "7 [ :] → [_:]"),
    RuleCase("Horaire: jeudi", "7 [:] → [_:]"),
    RuleCase("Horaire_: jeudi"),
    RuleCase("Horaire:", "7 [:] → [_:]"),
    RuleCase("À 9:30, un rapport de 16:9 et https://exemple.ca:8080/a"),
    RuleCase("Bravo :tada: à tous"),
    RuleCase("Voyez laravaude: ici", "15 [:] → [_:]"),

    // Guillemets
    RuleCase("« mots »", "0 [« ] → [«_]", "6 [ »] → [_»]"),
    RuleCase("«mots»", "0 [«] → [«_]", "5 [»] → [_»]"),
    RuleCase("«_mots_» et «~mots~»"),
    RuleCase("<< Quel texte >>", "0 [<< ] → [«_]", "13 [ >>] → [_»]"),
    RuleCase("<<Quel>>", "0 [<<] → [«_]", "6 [>>] → [_»]"),
    RuleCase("a << b, sans fin"),
    RuleCase("un \"mot\" ici", "3 [\"] → [«_]", "7 [\"] → [_»]"),
    RuleCase("«_un \"mot\" ici_»", "5 [\"] → [“]", "9 [\"] → [”]"),
    RuleCase("un écran de 27\" et un de 24\""),
    RuleCase("un “mot” ici", "3 [“] → [«_]", "7 [”] → [_»]"),
    RuleCase("«_un “mot” ici_»"),

    // % and money
    RuleCase("10% de 25$", "2 [%] → [_%]", "9 [$] → [_$]"),
    RuleCase("10 % et 25_$", "2 [ %] → [_%]"),
    RuleCase("$TEST, %20, 100 %B"),

    // … and ’
    RuleCase("Bon... voilà", "3 [...] → […]"),
    RuleCase("Bon…"),
    RuleCase("../dossier, 1...10 et ...."),
    RuleCase("du fil, des aiguilles, etc...", "23 [etc...] → [etc.]"),
    RuleCase("du fil, etc…", "8 [etc…] → [etc.]"),
    RuleCase("l'eau et l’air", "1 ['] → [’]"),
    RuleCase("5' de plus, 'cité'"),

    // Hours
    RuleCase("à 9h30", "2 [9h30] → [9_h_30]"),
    RuleCase("à 9 h 30", "2 [9 h 30] → [9_h_30]"),
    RuleCase("à 18h, puis 19_h_15", "2 [18h] → [18_h]"),
    RuleCase("un train de 200 hommes, 5 heures, 3 hivers"),
    RuleCase("de 9_h à 17_h"),

    // Numbers
    RuleCase("10 000 personnes", "0 [10 000] → [10_000]"),
    RuleCase("1 234 567,89", "0 [1 234 567] → [1_234_567]"),
    RuleCase("10_000 et 1500"),
    RuleCase("418 555-1234 ou 514 555 1234 ou 1 800 555 1234"),
    RuleCase("en 2026 300 objets"),

    // Capitals
    RuleCase("A bientôt!", "0 [A] → [À]"),
    RuleCase("Merci. A vos aiguilles!", "7 [A] → [À]"),
    RuleCase("L’Etat et l’Ecole", "2 [Etat] → [État]", "12 [Ecole] → [École]"),
    RuleCase("Ca va bien", "0 [Ca] → [Ça]"),
    RuleCase("A-t-il mangé? Le plan A propose peu. Vitamine A"),
    RuleCase("État, École, À bientôt"),

    // What is not language
    RuleCase("Voir https://laravaude.example/a?b=1;c=2 et #Fil !", "48 [ !] → [!]"),
    RuleCase("`a : b ; \"c\"`"),
    RuleCase("laravaude.example/a'b, {nom : x} et @personne's"),
    RuleCase("nous@laravaude.example : écrivez", "22 [ :] → [_:]"),
    RuleCase(""),
  ]

  @Test(arguments: canadian) func findsInQuebec(_ c: RuleCase) throws {
    #expect(try c.found(by: FrenchTypography(parameters: nil)) == c.places)
  }

  static let french = [
    RuleCase("Venez !", "5 [ !] → [~!]"),
    RuleCase("Venez!", "5 [!] → [~!]"),
    RuleCase("Venez~! Oui~? Non~; si."),
    RuleCase("Quoi?!", "4 [?] → [~?]"),
    RuleCase("Horaire: jeudi", "7 [:] → [_:]"),
    RuleCase("Horaire~: jeudi"),
    RuleCase("à 9h30"),
    RuleCase("a?b=1;c=2"),
  ]

  @Test(arguments: french) func findsInFrance(_ c: RuleCase) throws {
    #expect(try c.found(by: FrenchTypography(parameters: ["profile": "fr-FR"])) == c.places)
  }

  @Test(arguments: canadian + french) func isContentOnceFixed(_ c: RuleCase) throws {
    let rule = try FrenchTypography(parameters: nil)
    let fixed = RuleCase(try c.fixed(by: rule))
    let left = rule.matches(in: try SampleDocuments.text(fixed.text)).filter {
      $0.suggestion?.isSafe ?? false
    }
    #expect(left.isEmpty, "\(fixed.text)")
  }

  @Test func aMissingNoBreakSpaceIsASuggestionOnly() throws {
    let rule = try FrenchTypography(parameters: nil)
    func levels(_ text: String) throws -> [Finding.Level] {
      rule.matches(in: try SampleDocuments.text(text)).map { $0.level(under: .error) }
    }
    #expect(try levels("Ici : 10 % de « tout » à 9h30") == Array(repeating: .suggestion, count: 5))
    #expect(try levels("Venez ! Bon...") == [.error, .error])
    #expect(try levels("A bientôt, l'ami") == [.suggestion, .suggestion])
  }

  @Test func otherLanguagesAreLeftAlone() throws {
    let rule = try FrenchTypography(parameters: nil)
    for language in ["en-CA", "es", ""] {
      #expect(rule.matches(in: try SampleDocuments.text("It's \"here\": now !", language: language)).isEmpty)
    }
    #expect(!rule.matches(in: try SampleDocuments.text("Ici !", language: "fr")).isEmpty)
  }

  @Test func anUnknownProfileIsNamed() {
    #expect(throws: RuleProblem.self) { try FrenchTypography(parameters: ["profile": "fr-BE"]) }
    #expect(throws: RuleProblem.self) { try FrenchTypography(parameters: ["profile": 3]) }
  }
}
