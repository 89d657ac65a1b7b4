/// Letters of other alphabets that look like Latin ones: `А` of Cyrillic, `Α` of Greek and `Ꭺ` of Cherokee like `A`.
///
/// Of Unicode's table those letters of Greek, Cyrillic, Armenian, Coptic, Cherokee and Lisu, and those of mathematics
/// below U+FFFF, that one Latin letter stands for; a capital that looks like `I` and like `l` counts as `I`, and small
/// letters with accents of their own were added to their letter. Names of people need no more: whole words in another
/// alphabet are compared by it, and words that mix alphabets are refused.
///
/// Source: Unicode Technical Standard 39, `confusables.txt`, version 15.1.
private let letters: [(latin: String, others: String)] = [
  ("A", "ΑАᎪꓮ"), ("a", "αа"), ("B", "ΒВᏴℬꓐ"), ("b", "ЬᏏ"), ("C", "ϹСᏟℂℭⲤꓚ"), ("c", "ϲсⲥꮯ"),
  ("D", "Ꭰⅅꓓ"), ("d", "ԁᏧⅆꓒ"), ("E", "ΕЕᎬℰꓰ"), ("e", "еҽℯⅇ"), ("F", "Ϝℱꓝ"), ("f", "ք"), ("G", "ԌᏀᏳꓖ"),
  ("g", "ցℊ"), ("H", "ΗНᎻℋℌℍⲎꓧ"), ("h", "һհᏂℎ"), ("H́", "Ή"), ("I", "ΙІӀℑⲒꓲ"), ("i", "ͺιіӏᎥιⅈꙇꭵ"),
  ("J", "ͿЈᎫꓙ"), ("j", "ϳјⅉ"), ("K", "ΚКᏦⲔꓗ"), ("L", "ᏞℒⳐꓡ"), ("l", "ℐℓ"), ("M", "ΜϺМᎷℳⲘꓟ"),
  ("N", "ΝℕⲚꓠ"), ("n", "ոռ"), ("O", "ΟОՕⲞꓳ"), ("o", "οσоօℴⲟ"), ("P", "ΡРᏢℙⲢꓑ"), ("p", "ρϱрⲣ"),
  ("Q", "ℚ"), ("q", "ԛգզ"), ("R", "ᎡᏒℛℜℝꓣ"), ("r", "гᴦⲅꮁ"), ("S", "ЅՏᏕᏚꓢ"), ("s", "ѕꮪ"),
  ("T", "ΤТᎢⲦꓔ"), ("U", "Սꓴ"), ("u", "υս"), ("V", "ѴᏙꓦ"), ("v", "νѵꮩ"), ("V̏", "Ѷ"), ("v̏", "ѷ"),
  ("W", "ԜᎳᏔꓪ"), ("w", "ѡԝաꮃ"), ("X", "ΧХⲬꓫ"), ("x", "х"), ("Y", "ΥϒУҮᎩᎽⲨꓬ"), ("y", "γуүℽ"),
  ("Y̆", "Ў"), ("y̆", "ў"), ("Y̋", "Ӳ"), ("y̋", "ӳ"), ("Z", "ΖᏃℤℨꓜ"), ("z", "ꮓ"), ("Á", "Ά"),
  ("á", "ά"), ("Ä", "Ӓ"), ("ä", "ӓ"), ("È", "Ѐ"), ("è", "ѐ"), ("É", "Έ"), ("Ë", "Ё"), ("ë", "ё"),
  ("Í", "Ί"), ("í", "ί"), ("Ï", "ΪЇ"), ("ï", "ϊї"), ("Ó", "Ό"), ("ó", "ό"), ("Ö", "Ӧ"), ("ö", "ӧ"),
  ("ú", "ύ"), ("ü", "ϋ"), ("Ý", "Ύϓ"), ("ÿ", "ӱ"), ("Ÿ", "ΫϔӰ"), ("Ă", "Ӑ"), ("ă", "ӑ"), ("Ĕ", "Ӗ"),
  ("ĕ", "ӗ"), ("ŕ", "ѓ"), ("ǘ", "ΰ"), ("Ȳ", "Ӯ"), ("ȳ", "ӯ"), ("ḯ", "ΐ"), ("Ḱ", "Ќ"),
]

private let latinByLetter: [Unicode.Scalar: String] = {
  var table: [Unicode.Scalar: String] = [:]
  for (latin, others) in letters {
    for scalar in others.unicodeScalars { table[scalar] = latin }
  }
  return table
}()

/// A text with the Latin letters that its own look like, where there are such.
func latinLookingLetters(of text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    if let latin = latinByLetter[scalar] {
      result += latin
    } else {
      result.unicodeScalars.append(asciiOfWideOrMathematical(scalar) ?? scalar)
    }
  }
  return result
}

/// The letter or digit that a full-width or mathematical one is a picture of; `nil` for all others.
///
/// Source: the Unicode Standard, charts of Halfwidth and Fullwidth Forms, and of Mathematical Alphanumeric Symbols.
private func asciiOfWideOrMathematical(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
  switch scalar.value {
  case 0xFF01...0xFF5E: return Unicode.Scalar(scalar.value - 0xFF01 + 0x21)
  case 0x1D400...0x1D6A3:
    // Thirteen alphabets of 26 capitals and 26 small letters.
    let place = (scalar.value - 0x1D400) % 52
    return Unicode.Scalar(place < 26 ? 0x41 + place : 0x61 + place - 26)
  case 0x1D7CE...0x1D7FF: return Unicode.Scalar(0x30 + (scalar.value - 0x1D7CE) % 10)
  default: return nil
  }
}
