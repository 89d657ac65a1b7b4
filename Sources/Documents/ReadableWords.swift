/// The words of a title that stand in a file's name: `l-ete-a-la-ravaude` for “L’été à la Ravaude!”.
///
/// Letters and digits of ASCII in lower case, everything between them as one hyphen. Latin letters lose their
/// accents by the table below, not by a table of Unicode, so that every version of the program gives the same name;
/// letters of other scripts are left out.
///
/// - Parameter limit: The most bytes; longer titles end at the last word that fits.
/// - Returns: The empty text where the title has no letters that can be kept.
package func readableWords(of title: String, limit: Int = 40) -> String {
  var words: [String] = [""]
  for scalar in title.unicodeScalars {
    if let letters = asciiLetters(of: scalar) {
      words[words.count - 1] += letters
    } else if !combiningMarks.contains(scalar.value), words.last != "" {
      words.append("")
    }
  }
  var name = ""
  for word in words where !word.isEmpty {
    let longer = name.isEmpty ? word : name + "-" + word
    if longer.utf8.count > limit {
      // One endless word is cut; any other stays whole or stays out.
      return name.isEmpty ? String(word.prefix(limit)) : name
    }
    name = longer
  }
  return name
}

/// Accents that stand as characters of their own behind their letter.
private let combiningMarks: ClosedRange<UInt32> = 0x300...0x36F

private func asciiLetters(of scalar: Unicode.Scalar) -> String? {
  switch scalar {
  case "a"..."z", "0"..."9": String(scalar)
  case "A"..."Z": String(Unicode.Scalar(scalar.value | 0x20)!)
  default: folded[scalar.value]
  }
}

/// Latin-1 Supplement, Latin Extended-A, and what Romanian and Vietnamese names need beyond them.
private let folded: [UInt32: String] = {
  let table: [(String, String)] = [
    ("a", "àáâãäåāăąǎạảấầẩẫậắằẳẵặÀÁÂÃÄÅĀĂĄǍẠẢẤẦẨẪẬẮẰẲẴẶª"), ("ae", "æǽÆǼ"), ("b", "ḃḂ"), ("c", "çćĉċčÇĆĈĊČ"),
    ("d", "ďđðĎĐÐ"), ("e", "èéêëēĕėęěẹẻẽếềểễệÈÉÊËĒĔĖĘĚẸẺẼẾỀỂỄỆ"), ("g", "ĝğġģǧĜĞĠĢǦ"), ("h", "ĥħĤĦ"),
    ("i", "ìíîïĩīĭįıǐỉịÌÍÎÏĨĪĬĮİǏỈỊ"), ("ij", "ĳĲ"), ("j", "ĵĴ"), ("k", "ķĸĶ"), ("l", "ĺļľŀłĹĻĽĿŁ"),
    ("n", "ñńņňŉŋÑŃŅŇŊ"), ("o", "òóôõöøōŏőǒơọỏốồổỗộớờởỡợÒÓÔÕÖØŌŎŐǑƠỌỎỐỒỔỖỘỚỜỞỠỢº"), ("oe", "œŒ"),
    ("r", "ŕŗřŔŖŘ"), ("s", "śŝşšșŚŜŞŠȘſ"), ("ss", "ßẞ"), ("t", "ţťŧțŢŤŦȚ"), ("th", "þÞ"),
    ("u", "ùúûüũūŭůűųǔưụủứừửữựÙÚÛÜŨŪŬŮŰŲǓƯỤỦỨỪỬỮỰ"), ("w", "ŵẁẃẅŴẀẂẄ"), ("y", "ýÿŷỳỵỷỹÝŸŶỲỴỶỸ"),
    ("z", "źżžŹŻŽ"),
  ]
  var folded: [UInt32: String] = [:]
  for (letters, scalars) in table {
    for scalar in scalars.unicodeScalars { folded[scalar.value] = letters }
  }
  return folded
}()
