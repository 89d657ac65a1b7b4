import Testing

@testable import Documents

/// Which names of people can be taken for one another on a screen, and which texts are no names.
@Suite struct NameAppearanceTests {
  struct Pair: Sendable, CustomTestStringConvertible {
    var what: String
    var left, right: String
    var testDescription: String { what }

    init(_ what: String, _ left: String, _ right: String) {
      (self.what, self.left, self.right) = (what, left, right)
    }
  }

  static let alike = [
    Pair("the same name", "Ana Côté", "Ana Côté"),
    Pair("capitals", "Ana Côté", "ANA CÔTÉ"),
    Pair("accents written in two signs", "Ana Côté", "Ana Co\u{302}te\u{301}"),
    Pair("sharp s in capitals", "Jonas Weiß", "Jonas WEISS"),
    Pair("two spaces, and some around", "Ana Côté", "  Ana \u{A0} Côté "),
    Pair("another hyphen", "Rose-Aimée Roy", "Rose\u{2011}Aimée Roy"),
    Pair("another apostrophe", "Siobhán O'Neill", "Siobhán O\u{2019}Neill"),
    Pair("something invisible", "Ana Côté", "Ana\u{200B} Côté"),
    Pair("a Cyrillic word", "Poca", "\u{420}\u{43E}\u{441}\u{430}"),
    Pair("a Cyrillic letter with an accent of its own", "A\u{EB}", "\u{410}\u{451}"),
    Pair("the same letter with an accent beside it", "A\u{EB}", "\u{410}\u{435}\u{308}"),
    Pair("a Greek word", "AKTION", "\u{391}\u{39A}\u{3A4}\u{399}\u{39F}\u{39D}"),
    Pair("Cherokee", "ALEJ", "\u{13AA}\u{13DE}\u{13AC}\u{13AB}"),
    Pair("Cyrillic in other capitals", "Coco", "\u{421}\u{41E}\u{421}\u{41E}"),
    Pair("I and l", "Ian Roy", "lan Roy"),
    Pair("one and l", "Paul Roy", "Pau1 Roy"),
    Pair("O and zero", "Odile", "0dile"),
    Pair("rn and m", "Carmen", "Carrnen"),
    Pair("full width", "Ana", "\u{FF21}\u{FF4E}\u{FF41}"),
    Pair("mathematical bold", "Ana", "\u{1D400}\u{1D427}\u{1D41A}"),
    Pair("dotless i", "Nadia", "Nad\u{131}a"),
  ]

  @Test(arguments: alike) func areTakenForOneAnother(_ pair: Pair) {
    let (left, right) = (NameAppearance(pair.left), NameAppearance(pair.right))
    #expect(left.isTaken(for: right) && right.isTaken(for: left))
  }

  static let different = [
    Pair("an accent more", "André Roy", "Andre Roy"),
    Pair("an initial", "Ana Côté", "Ana B. Côté"),
    Pair("a hyphen and a space", "Marie Claude Roy", "Marie-Claude Roy"),
    Pair("one letter", "Ana Côté", "Anna Côté"),
    Pair("a capital L is no I", "Ian Roy", "Lan Roy"),
    Pair("the order", "Ana Côté", "Côté Ana"),
    Pair("two Cyrillic names", "Мария", "Марина"),
    Pair("Greek and its translation", "Νίκος", "Nikos"),
  ]

  @Test(arguments: different) func staysApart(_ pair: Pair) {
    #expect(!NameAppearance(pair.left).isTaken(for: NameAppearance(pair.right)))
  }

  static let refused: [(name: String, refusal: NameRefusal)] = [
    ("", .empty), (" \u{A0} ", .empty),
    ("Ana\u{202E}", .invisible("\u{202E}")), ("A\u{200B}na", .invisible("\u{200B}")),
    ("Ana\u{AD}Roy", .invisible("\u{AD}")), ("Ana\nRoy", .invisible("\n")),
    ("\u{E000}", .invisible("\u{E000}")),
    ("Mаria Roy", .mixedAlphabets(word: "Mаria")), ("Roy, Αna", .mixedAlphabets(word: "Αna")),
    ("Ana-Pоse", .mixedAlphabets(word: "Pоse")),
    ("Lе\u{301}a", .mixedAlphabets(word: "Lе\u{301}a")),
  ]

  @Test(arguments: refused) func areNoNames(_ name: String, _ refusal: NameRefusal) {
    #expect(NameRefusal(of: name) == refusal)
  }

  @Test(arguments: [
    "Noémie Castonguay-Diallo", "Siobhán O’Neill", "Мария Tremblay", "李小龙", "田中さくら", "Nguyễn Thị Minh",
    "Łukasz Żółć", "محمد", "Ana B. Côté (client)", "Zoé\u{202F}!", "Jean‑Paul",
    "Ᏸana".replacing("ana", with: ""),
    "Ёлкина Йолка", "Ελένη", "Ìṣọ̀lá", "3e étage",
  ])
  func areNames(_ name: String) { #expect(NameRefusal(of: name) == nil) }

  /// Each letter of the table is of another alphabet, or a sign of mathematics, and stands once.
  @Test func theTableHoldsNoLatinLetter() {
    for scalar in (0x80...0xFFFF).compactMap(Unicode.Scalar.init) {
      let shown = latinLookingLetters(of: String(scalar))
      if shown.unicodeScalars.elementsEqual([scalar]) || (0xFF01...0xFF5E).contains(scalar.value) { continue }
      #expect(Alphabet(of: scalar) != .latin, "\(scalar)")
      #expect(
        shown.unicodeScalars.allSatisfy {
          Alphabet(of: $0) == .latin || $0.properties.canonicalCombiningClass != .notReordered
        }, "\(scalar)")
    }
  }
}
