import ArgumentParser
import JSONTree
import Wording

/// A file that a command makes for people and programs outside: a page, an agenda, a table.
struct MadeFile {
  /// As it was typed; “-” is standard output.
  var name: String
  var text: String
  /// How a line near its beginning begins: what tells it from somebody’s own file, which is never written over.
  var mark: String

  init(_ name: String, _ text: String, knownBy mark: String) {
    (self.name, self.text, self.mark) = (name, text, mark)
  }

  /// A page that is read in a browser.
  init(_ name: String, page: String) { self.init(name, page, knownBy: StyleGuide.pageMark) }

  /// What was typed for files that a command makes, looked at before anything is done.
  ///
  /// - Throws: `ValidationError` where two things would be the command’s one answer.
  static func validate(_ names: [String?], _ options: GlobalOptions) throws {
    let outputs = names.compactMap(\.self).filter(FileContents.isStream).count
    if outputs > 1 {
      throw ValidationError(
        fr: "« - » est la sortie standard : un seul fichier y va.",
        en: "“-” is standard output: one file only goes there.")
    }
    if outputs > 0, options.json {
      throw ValidationError(
        fr: "« - » ne va pas avec « --json » : la sortie standard ne porte qu’une réponse.",
        en: "“-” does not go with “--json”: standard output carries one answer.")
    }
  }
}

extension Session {
  /// Writes files, over older ones of Ligne’s and over nothing else, then answers; the one named “-” is the answer.
  ///
  /// - Throws: `FileTrouble.inTheWay` where somebody’s own file has the name.
  func hand(
    over files: [MadeFile], json: @autoclosure () throws -> JSONValue, page: @autoclosure () throws -> Page
  ) throws {
    for file in files where !FileContents.isStream(file.name) {
      try FileContents.write(file.text, knownBy: file.mark, to: path(file.name))
    }
    if let file = files.first(where: { FileContents.isStream($0.name) }) {
      return try output.show(file: Array(file.text.utf8))
    }
    try answer(json: json(), page: page())
  }
}
