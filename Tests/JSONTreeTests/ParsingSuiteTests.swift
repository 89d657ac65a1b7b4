import Foundation
import JSONTree
import TestSupport
import Testing

/// The JSON parsing test suite: what RFC 8259 accepts is accepted, what it refuses is refused, and where it leaves
/// the choice the table says what was chosen.
///
/// Source: Nicolas Seriot, "Parsing JSON is a Minefield", https://github.com/nst/JSONTestSuite.
@Suite(
  .enabled(if: Corpus.folder("json-parsing") != nil, "the corpus ../shared/corpus is not on this machine"))
struct ParsingSuiteTests {
  /// Files of one kind (`y`, `n` or `i`), by name.
  static func files(_ kind: Character) -> [String] {
    guard let folder = Corpus.folder("json-parsing") else { return [] }
    // A folder that cannot be listed gives no files, and `isWhole` then fails.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasPrefix("\(kind)_") && $0.hasSuffix(".json") }.sorted()
  }

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: #require(Corpus.folder("json-parsing")).appending(path: name)))
  }

  @Test func isWhole() {
    #expect("yni".map { Self.files($0).count } == [95, 188, 35])
  }

  @Test(arguments: files("y")) func acceptsWhatIsJSON(_ name: String) throws {
    let bytes = try Self.bytes(name)
    let parsed = try JSONParser(duplicateKeys: .keepLast).parse(bytes)
    #expect(try JSONValue(parsing: parsed.value.canonicalForm) == parsed.value)
    #expect(parsed.duplicates.map(\.key) == (name.contains("duplicated_key") ? ["a"] : []))
  }

  @Test(arguments: files("n")) func refusesWhatIsNot(_ name: String) throws {
    let bytes = try Self.bytes(name)
    #expect(throws: JSONSyntaxError.self) { try JSONParser(duplicateKeys: .keepLast).parse(bytes) }
  }

  /// By default the only documents of RFC 8259 that are refused are those that would lose a value.
  @Test func refusesDuplicateKeysByDefault() throws {
    let refused = try Self.files("y").filter { name in
      let bytes = try Self.bytes(name)
      return (try? JSONValue(parsing: bytes)) == nil
    }
    #expect(refused == ["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"])
  }

  @Test(arguments: files("i")) func decidesWhatIsLeftOpen(_ name: String) throws {
    let decision = try #require(Self.decisions[name], "no decision is written down for \(name)")
    let bytes = try Self.bytes(name)
    do {
      let value = try JSONValue(parsing: bytes)
      #expect(decision == .accepted)
      #expect(try JSONValue(parsing: value.canonicalForm) == value)
    } catch {
      #expect(decision == .refused(error.reason))
    }
  }

  @Test func decidesNothingElse() {
    #expect(Self.decisions.keys.sorted() == Self.files("i"))
  }

  enum Decision: Equatable {
    case accepted
    case refused(JSONSyntaxError.Reason)
  }

  /// What becomes of each file; the article Decisions of JSONTree gives the grounds.
  static let decisions: [String: Decision] = [
    // Any number is accepted: its text is kept and its value is nobody's business here.
    "i_number_double_huge_neg_exp.json": .accepted,
    "i_number_huge_exp.json": .accepted,
    "i_number_neg_int_huge_exp.json": .accepted,
    "i_number_pos_double_huge_exp.json": .accepted,
    "i_number_real_neg_overflow.json": .accepted,
    "i_number_real_pos_overflow.json": .accepted,
    "i_number_real_underflow.json": .accepted,
    "i_number_too_big_neg_int.json": .accepted,
    "i_number_too_big_pos_int.json": .accepted,
    "i_number_very_big_negative_int.json": .accepted,

    // Half a character is no text that could be merged, compared or shown.
    "i_object_key_lone_2nd_surrogate.json": .refused(.loneSurrogate(0xDFAA)),
    "i_string_1st_surrogate_but_2nd_missing.json": .refused(.loneSurrogate(0xDADA)),
    "i_string_1st_valid_surrogate_2nd_invalid.json": .refused(.loneSurrogate(0xD888)),
    "i_string_incomplete_surrogate_and_escape_valid.json": .refused(.loneSurrogate(0xD800)),
    "i_string_incomplete_surrogate_pair.json": .refused(.loneSurrogate(0xDD1E)),
    "i_string_incomplete_surrogates_escape_valid.json": .refused(.loneSurrogate(0xD800)),
    "i_string_invalid_lonely_surrogate.json": .refused(.loneSurrogate(0xD800)),
    "i_string_invalid_surrogate.json": .refused(.loneSurrogate(0xD800)),
    "i_string_inverted_surrogates_U+1D11E.json": .refused(.loneSurrogate(0xDD1E)),
    "i_string_lone_second_surrogate.json": .refused(.loneSurrogate(0xDFAA)),

    // Bytes that are not UTF-8 have no text, and replacing them would lose what was there.
    "i_string_UTF-8_invalid_sequence.json": .refused(.invalidUTF8(0xFA)),
    "i_string_UTF8_surrogate_U+D800.json": .refused(.invalidUTF8(0xED)),
    "i_string_invalid_utf-8.json": .refused(.invalidUTF8(0xFF)),
    "i_string_iso_latin_1.json": .refused(.invalidUTF8(0xE9)),
    "i_string_lone_utf8_continuation_byte.json": .refused(.invalidUTF8(0x81)),
    "i_string_not_in_unicode_range.json": .refused(.invalidUTF8(0xF4)),
    "i_string_overlong_sequence_2_bytes.json": .refused(.invalidUTF8(0xC0)),
    "i_string_overlong_sequence_6_bytes.json": .refused(.invalidUTF8(0xFC)),
    "i_string_overlong_sequence_6_bytes_null.json": .refused(.invalidUTF8(0xFC)),
    "i_string_truncated-utf-8.json": .refused(.invalidUTF8(0xE0)),

    // Documents are UTF-8 without a mark.
    "i_string_UTF-16LE_with_BOM.json": .refused(.otherEncoding(.utf16)),
    "i_string_utf16BE_no_BOM.json": .refused(.otherEncoding(.utf16)),
    "i_string_utf16LE_no_BOM.json": .refused(.otherEncoding(.utf16)),
    "i_structure_UTF-8_BOM_empty_object.json": .refused(.byteOrderMark),

    // 500 is within the limit of 512.
    "i_structure_500_nested_arrays.json": .accepted,
  ]
}
