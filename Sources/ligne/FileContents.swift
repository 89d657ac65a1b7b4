import SystemPackage
import Wording

/// Files a person names on the command line that are no documents of a workspace.
enum FileContents {
  /// - Throws: `FileTrouble` with the file's name and what the system said.
  static func read(_ path: String) throws(FileTrouble) -> [UInt8] {
    try trouble(with: path) {
      let file = try FileDescriptor.open(FilePath(path), .readOnly)
      return try file.closeAfter { try read(file) }
    }
  }

  /// Whether a name that was typed stands for standard input or output.
  static func isStream(_ typed: String) -> Bool { typed.utf8.elementsEqual("-".utf8) }

  /// The file to write to; `nil` for standard output, whether “-” was typed or nothing.
  static func target(_ typed: String?) -> String? { typed.flatMap { isStream($0) ? nil : $0 } }

  /// Everything on standard input.
  static func readInput() throws(FileTrouble) -> [UInt8] {
    try trouble(with: "-") { try read(.standardInput) }
  }

  /// What lies in a folder, in no order.
  static func names(inFolder path: String) throws(FileTrouble) -> [String] {
    try trouble(with: path) { try System.names(in: FilePath(path)) }
  }

  private static func trouble<Result>(
    with path: String, _ body: () throws -> Result
  ) throws(FileTrouble) -> Result {
    do {
      return try body()
    } catch {
      // Everything here fails by what the system says.
      throw .unreadable(path, reason: error as? Errno ?? .ioError)
    }
  }

  /// Writes beside and renames, so that a reader finds the old or the new content, whole.
  static func write(_ bytes: [UInt8], to path: String) throws {
    do {
      // A name nobody else has: what stands there already is somebody's.
      let beside = FilePath(path + ".ligne-" + String(UInt64.random(in: .min ... .max), radix: 36))
      let file = try FileDescriptor.open(
        beside, .writeOnly, options: [.create, .exclusiveCreate, .noFollow],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
      try file.closeAfter { _ = try file.writeAll(bytes) }
      try System.rename(beside, to: FilePath(path))
    } catch let error as Errno {
      throw FileTrouble.unwritable(path, reason: error)
    }
  }

  /// Writes a text over an older one of Ligne's but over nothing else.
  ///
  /// - Parameter mark: How a line near the beginning of each such text begins.
  /// - Throws: `FileTrouble.inTheWay` where another file has the name.
  static func write(_ text: String, knownBy mark: String, to path: String) throws {
    do {
      let there = try read(path)
      guard
        there.prefix(1000).split(separator: UInt8(ascii: "\n")).contains(where: { $0.starts(with: mark.utf8) }
        )
      else { throw FileTrouble.inTheWay(path) }
    } catch FileTrouble.unreadable(_, reason: .noSuchFileOrDirectory) {
      // The name is free.
    }
    try write(Array(text.utf8), to: path)
  }

  private static func read(_ file: FileDescriptor) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = try unsafe buffer.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }
}

extension Session {
  /// What stands in a file that was typed; “-” is standard input.
  func contents(of typed: String) throws(FileTrouble) -> [UInt8] {
    guard FileContents.isStream(typed) else { return try FileContents.read(path(typed)) }
    return try output.lendingTerminal { () throws(FileTrouble) in try FileContents.readInput() }
  }
}

/// A file named on the command line that can't be used.
enum FileTrouble: ExplainedError {
  case unreadable(String, reason: Errno)
  case unwritable(String, reason: Errno)
  /// There is a file that Ligne did not write and shall not write over.
  case inTheWay(String)
  /// There is a file, and whoever wrote it, it may have been worked in.
  case alreadyThere(String)
  /// A folder holds files of somebody else.
  case foreignFolder(String)

  var code: String {
    switch self {
    case .unreadable: "file-unreadable"
    case .unwritable: "file-unwritable"
    case .inTheWay, .alreadyThere: "file-in-the-way"
    case .foreignFolder: "folder-not-empty"
    }
  }

  var message: Sentence {
    switch self {
    case .unreadable(let path, let reason):
      Sentence(
        fr: "\(path) ne se lit pas : \(reason.sentence.french)",
        en: "\(path) can’t be read: \(reason.sentence.english)")
    case .unwritable(let path, let reason):
      Sentence(
        fr: "\(path) ne s’écrit pas : \(reason.sentence.french)",
        en: "\(path) can’t be written: \(reason.sentence.english)")
    case .inTheWay(let path):
      Sentence(
        fr: "\(path) existe déjà et n’a pas été écrit par Ligne.",
        en: "\(path) is there already and was not written by Ligne.")
    case .alreadyThere(let path):
      Sentence(fr: "\(path) existe déjà.", en: "\(path) is there already.")
    case .foreignFolder(let path):
      Sentence(
        fr: "Le dossier \(path) contient autre chose qu’un rapport de Ligne.",
        en: "The folder \(path) holds something else than a report of Ligne’s.")
    }
  }

  var hint: Sentence? {
    switch self {
    case .inTheWay, .alreadyThere:
      Sentence(
        fr: "Choisissez un autre nom, ou déplacez le fichier.", en: "Choose another name, or move the file.")
    case .foreignFolder:
      Sentence(
        fr: "Choisissez un dossier vide ou un nom nouveau; rien n’a été touché.",
        en: "Choose an empty folder or a new name; nothing was touched.")
    case .unreadable, .unwritable: nil
    }
  }
}

extension Errno {
  /// What the system said, in words for the cases a person meets.
  fileprivate var sentence: Sentence {
    switch self {
    case .noSuchFileOrDirectory: Sentence(fr: "il n’existe pas", en: "it does not exist")
    case .permissionDenied, .notPermitted: Sentence(fr: "vous n’en avez pas le droit", en: "you may not")
    case .isDirectory: Sentence(fr: "c’est un dossier", en: "it is a folder")
    case .notDirectory: Sentence(fr: "ce n’est pas un dossier", en: "it is not a folder")
    case .noSpace: Sentence(fr: "le disque est plein", en: "the disk is full")
    default: Sentence(fr: description, en: description)
    }
  }
}

/// A version given to `merge-file` that is neither JSON nor text, or not the JSON its name promises.
struct UnreadableInput: ExplainedError {
  var file: String

  var code: String { "unreadable-input" }

  var message: Sentence {
    Sentence(
      fr: "\(file) n’est pas un document JSON qui se lit, ni un texte.",
      en: "\(file) is no JSON document that can be read, nor a text.")
  }

  var hint: Sentence? {
    Sentence(fr: "Aucun fichier n’a été touché.", en: "No file was touched.")
  }
}

/// A schema named on the command line by which nothing can be merged.
struct UnusableSchema: ExplainedError {
  var file: String
  /// What is wrong in it.
  var reason: any ExplainedError

  var code: String { "broken-schema" }

  var message: Sentence {
    Sentence(
      fr: "Le schéma \(file) ne peut pas servir. \(reason.message.french)",
      en: "The schema \(file) can’t be used. \(reason.message.english)")
  }

  var hint: Sentence? { reason.hint }
}
