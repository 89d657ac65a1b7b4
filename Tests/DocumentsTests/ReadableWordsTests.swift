import Testing

@testable import Documents

/// The readable part of a file's name, from a title in any language that is written with Latin letters.
@Suite struct ReadableWordsTests {
  @Test(arguments: [
    ("L’été à La Ravaude!", "l-ete-a-la-ravaude"),
    ("Cœur, sœur & Œuvre", "coeur-soeur-oeuvre"),
    ("Aujourd'hui: 9 h 30", "aujourd-hui-9-h-30"),
    ("  ÇA   VA — OUI ", "ca-va-oui"),
    ("e\u{301}te\u{301}", "ete"),
    ("Straße, Łódź, Đà Nẵng, Þór", "strasse-lodz-da-nang-thor"),
    ("#GrandRaccommodage", "grandraccommodage"),
    ("../../etc/passwd", "etc-passwd"),
    ("100 % vrai", "100-vrai"),
    ("Привет", ""),
    ("Привет, Ana", "ana"),
    ("🎉🎉", ""),
    ("", ""),
    ("Trois phrases très longues pour un nom de fichier", "trois-phrases-tres-longues-pour-un-nom"),
    ("Anticonstitutionnellementanticonstitutionnellement", "anticonstitutionnellementanticonstitutio"),
  ]) func areWhatAPersonWouldType(_ title: String, _ words: String) {
    #expect(readableWords(of: title) == words)
    #expect(words.utf8.count <= 40)
  }
}
