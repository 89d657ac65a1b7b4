import Foundation
import JSONTree
import SocialText
import TestSupport
import Testing

/// Every `extract` and `validate` case of twitter-text 3, and its top-level domains.
///
/// Each section names how many cases it has, so that none is lost on the way.
@Suite(.enabled(if: Corpus.folder("twitter-text") != nil, "the corpus is not on this machine"))
struct ConformanceTests {
  typealias Value = ConformanceFile.Value

  struct Section: CustomTestStringConvertible, Sendable {
    let file: String
    let name: String
    let total: Int
    /// What is wrong with a case, or `nil`.
    let check: @Sendable (_ text: String, _ expected: Value) throws -> String?

    init(
      _ file: String, _ name: String, _ total: Int,
      _ check: @escaping @Sendable (_ text: String, _ expected: Value) throws -> String?
    ) {
      (self.file, self.name, self.total, self.check) = (file, name, total, check)
    }

    var testDescription: String { "\(file), \(name): \(total)" }
  }

  static let sections =
    [
      Section("extract", "mentions", 23) {
        compare(mentions(in: $0.scalars).filter { $0.kind == .mention }, in: $0, $1)
      },
      Section("extract", "mentions_with_indices", 3) {
        compare(mentions(in: $0.scalars), in: $0, $1, named: "screen_name")
      },
      Section("extract", "mentions_or_lists_with_indices", 5) { text, expected in
        let found: [Value] = mentions(in: text.scalars).map { entity in
          let words = text.words(at: entity).split(separator: "/", maxSplits: 1)
          return .map([
            "screen_name": .text(String(words[0])), "list_slug": .text(words.count > 1 ? "/\(words[1])" : ""),
            "indices": entity.range.indices,
          ])
        }
        return difference(.list(found), expected)
      },
      Section("extract", "replies", 13) { text, expected in
        difference(repliedTo(in: text.scalars).map { .text(text.words(at: $0)) } ?? .null, expected)
      },
      Section("extract", "urls", 91) { compare(urls(in: $0.scalars), in: $0, $1) },
      Section("extract", "urls_with_indices", 10) { compare(urls(in: $0.scalars), in: $0, $1, named: "url") },
      Section("extract", "urls_with_directional_markers", 2) {
        compare(urls(in: $0.scalars), in: $0, $1, named: "url")
      },
      Section("extract", "tco_urls_with_params", 5) { compare(urls(in: $0.scalars), in: $0, $1) },
      Section("extract", "hashtags", 65) { compare(hashtags(in: $0.scalars), in: $0, $1) },
      Section("extract", "hashtags_from_astral", 3) { compare(hashtags(in: $0.scalars), in: $0, $1) },
      Section("extract", "hashtags_with_indices", 8) {
        compare(hashtags(in: $0.scalars), in: $0, $1, named: "hashtag")
      },
      Section("extract", "cashtags", 8) { compare(cashtags(in: $0.scalars), in: $0, $1) },
      Section("extract", "cashtags_with_indices", 2) {
        compare(cashtags(in: $0.scalars), in: $0, $1, named: "cashtag")
      },
      Section("validate", "tweets", 8) { text, expected in
        difference(.bool(try Weighed(text, by: "v1").isValid), expected)
      },
      Section("validate", "usernames", 4) { text, expected in
        difference(.bool(isWhole(text, mentions(in: text.scalars), .mention)), expected)
      },
      Section("validate", "lists", 5) { text, expected in
        difference(.bool(isWhole(text, mentions(in: text.scalars), .list)), expected)
      },
      Section("validate", "hashtags", 7) { text, expected in
        difference(.bool(isWhole(text, hashtags(in: text.scalars), .hashtag)), expected)
      },
      Section("validate", "urls", 24) { text, expected in difference(.bool(isURL(text.scalars)), expected) },
      Section("validate", "urls_without_protocol", 5) { text, expected in
        difference(.bool(isURL(text.scalars, needsScheme: false)), expected)
      },
      Section("validate", "WeightedTweetsCounterTest", 20) {
        difference(try Weighed($0, by: "v2").value, $1)
      },
      Section("validate", "WeightedTweetsWithDiscountedEmojiCounterTest", 22) {
        difference(try Weighed($0, by: "v3").value, $1)
      },
      Section("validate", "UnicodeDirectionalMarkerCounterTest", 2) {
        difference(try Weighed($0, by: "v3").value, $1)
      },
      Section("tlds", "country", 315) { compare(urls(in: $0.scalars), in: $0, $1) },
      Section("tlds", "generic", 1259) { compare(urls(in: $0.scalars), in: $0, $1) },
    ] as [Section]

  /// Read once.
  static let files = Dictionary(
    uniqueKeysWithValues: ["extract", "validate", "tlds"].map { name in
      (
        name,
        Result {
          let folder = try #require(Corpus.folder("twitter-text/conformance"))
          return try ConformanceFile.sections(folder.appending(path: "\(name).yml"))
        }
      )
    })

  @Test(arguments: sections) func passesEveryCase(_ section: Section) throws {
    let cases = try #require(Self.files[section.file]?.get()[section.name])
    var passed = 0
    for value in cases {
      let text = try #require(value["text"]?.text)
      let expected = value["expected"] ?? .null
      let problem = try section.check(text, expected)
      if problem == nil { passed += 1 }
      #expect(problem == nil, "\(value["description"]?.text ?? ""): \(text.prefix(200)): \(problem ?? "")")
    }
    print("twitter-text, \(section.file), \(section.name): \(passed) of \(cases.count)")
    #expect(passed == section.total)
  }

  @Test func noSectionIsLeftOut() throws {
    for (file, sections) in Self.files {
      #expect(Set(try sections.get().keys) == Set(Self.sections.filter { $0.file == file }.map(\.name)))
    }
  }

  @Test func theBuiltInCountingIsVersionThree() throws {
    let configuration = try Weighed.configuration("v3")
    #expect(configuration.counting == .x)
    #expect(configuration.limit == 280)
  }

  // MARK: -

  static func compare(
    _ entities: [TextEntity], in text: String, _ expected: Value, named name: String? = nil
  ) -> String? {
    let found: [Value] = entities.map { entity in
      let words = Value.text(text.words(at: entity))
      return name.map { .map([$0: words, "indices": entity.range.indices]) } ?? words
    }
    return difference(.list(found), expected)
  }

  static func difference(_ found: Value, _ expected: Value) -> String? {
    if case .list(let items) = expected, items.isEmpty, found == .list([]) { return nil }
    return found == expected ? nil : "\(found), not \(expected)"
  }

  static func isWhole(_ text: String, _ entities: [TextEntity], _ kind: TextEntity.Kind) -> Bool {
    entities == [TextEntity(kind, 0..<text.scalars.count)]
  }
}

/// What twitter-text says of a text under one of its configurations.
private struct Weighed {
  var weight, limit, displayEnd, validEnd: Int
  var isValid: Bool

  static func configuration(_ name: String) throws -> (counting: Counting, limit: Int) {
    let file = try #require(Corpus.folder("twitter-text/config")).appending(path: "\(name).json")
    let value = try JSONValue(parsing: Data(contentsOf: file))
    func number(_ value: JSONValue?) throws -> Int { try #require(value?.number.flatMap { Int($0.text) }) }
    let weights = try #require(value["ranges"]?.array).map { range in
      let (start, end) = (try number(range["start"]), try number(range["end"]))
      return Counting.Weight(UInt32(start)...UInt32(end), try number(range["weight"]))
    }
    let counting = Counting(
      urlWeight: try number(value["transformedURLLength"]),
      emojiUnit: value["emojiParsingEnabled"]?.bool == true ? .weighted : nil,
      scale: try number(value["scale"]),
      defaultWeight: try number(value["defaultWeight"]), weights: weights)
    return (counting, try number(value["maxWeightedTweetLength"]))
  }

  init(_ text: String, by configuration: String) throws {
    let (counting, limit) = try Self.configuration(configuration)
    let measure = measure(text, in: .weighted, counting: counting, limit: limit)
    let refused = refusedCharacters(in: text.scalars).first
    weight = measure.count
    self.limit = limit
    isValid = (1...limit).contains(weight) && refused == nil
    displayEnd = max(text.utf16.count - 1, 0)
    let fitting = text.scalars[..<min(measure.fitting, refused ?? Int.max)]
    validEnd = max(fitting.reduce(0) { $0 + ($1.value > 0xFFFF ? 2 : 1) } - 1, 0)
  }

  var value: ConformanceFile.Value {
    .map([
      "weightedLength": .number(weight), "valid": .bool(isValid),
      "permillage": .number(weight * 1000 / limit),
      "displayRangeStart": .number(0), "displayRangeEnd": .number(displayEnd), "validRangeStart": .number(0),
      "validRangeEnd": .number(validEnd),
    ])
  }
}

extension String {
  fileprivate var scalars: [Unicode.Scalar] { Array(unicodeScalars) }

  /// The words of an entity, without the sign it begins with.
  fileprivate func words(at entity: TextEntity) -> String {
    let start = entity.range.lowerBound + (entity.isURL ? 0 : 1)
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[start..<entity.range.upperBound])
    return String(view)
  }
}

extension Range<Int> {
  fileprivate var indices: ConformanceFile.Value { .list([.number(lowerBound), .number(upperBound)]) }
}
