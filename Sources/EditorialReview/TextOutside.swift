public import Documents
import JSONTree

/// A text that people can see: as it went out, and as it stands there now.
public struct TextOutside: Sendable {
  /// That it went out.
  public let first: Publication
  /// What was said of it last: the same, or a correction.
  public fileprivate(set) var last: Publication
  /// Where it can be read, by every name it had; the newest last.
  public fileprivate(set) var urls: [String]

  /// What is out by some records.
  ///
  /// A correction stands for what it corrects: the text at its address, else the last one. A withdrawal takes back what is at its
  /// address, whoever recorded it and however often; one that names no address takes back everything, and so does one whose
  /// address nobody knows, where only one text is out.
  ///
  /// - Parameter records: About one document on one channel, the oldest first.
  static func all(by records: [Publication]) -> [TextOutside] {
    var outside: [TextOutside] = []
    var takenBack: Set<JSONString> = []
    for record in records {
      let url = record.url
      func isThere(_ text: TextOutside) -> Bool {
        url.map { url in text.urls.contains { $0.utf8.elementsEqual(url.utf8) } } ?? false
      }
      switch record.nature {
      case .publication:
        outside.append(TextOutside(first: record, last: record, urls: [url].compactMap(\.self)))
      case .correction:
        guard let corrected = outside.lastIndex(where: isThere) ?? outside.indices.last else {
          outside.append(TextOutside(first: record, last: record, urls: [url].compactMap(\.self)))
          continue
        }
        var text = outside.remove(at: corrected)
        if let url, !isThere(text) { text.urls.append(url) }
        text.last = record
        // What was said last is what the state goes by.
        outside.append(text)
      case .withdrawal:
        guard let url else {
          outside = []
          continue
        }
        if outside.contains(where: isThere) {
          outside.removeAll(where: isThere)
          takenBack.insert(JSONString(url))
        } else if outside.count == 1, !takenBack.contains(JSONString(url)) {
          outside = []
        }
      }
    }
    return outside
  }
}
