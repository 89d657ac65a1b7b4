import PlatformExports
import SystemPackage
import Wording

/// Reads the files of an export one after the other, so that no two of them are in memory at once.
///
/// - Parameter path: What a person typed: a folder, a file, or `-`.
/// - Returns: Files and folders inside that can’t be read; they do not keep the others from being read.
/// - Throws: `FileTrouble` for what was typed; `ImportError` for what has to be unpacked first, and for a folder without
///   such files.
func readExport(
  _ path: String, of kind: ExportKind, in session: Session, _ take: (ExportFile) -> Void
) throws -> [SkippedItem] {
  if FileContents.isStream(path) {
    take(ExportFile(path: path, bytes: try session.contents(of: path)))
    return []
  }
  let place = session.path(path)
  guard let names = try namesIfFolder(place) else {
    let name = FilePath(path).lastComponent?.string ?? path
    let bytes = try FileContents.read(place)
    if isPacked(name, bytes) { throw ImportError.packed(path) }
    take(ExportFile(path: name, bytes: bytes))
    return []
  }
  var skipped: [SkippedItem] = []
  let files = files(named: names, in: "", below: place, of: kind, depth: 0, &skipped)
  if files.isEmpty, skipped.isEmpty {
    let packed = names.first { isPacked($0, []) }
    throw packed.map { ImportError.packed("\(path)/\($0)") } ?? .nothingThere(path, kind)
  }
  for file in files.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
    do throws(FileTrouble) {
      take(ExportFile(path: file, bytes: try FileContents.read("\(place)/\(file)")))
    } catch {
      skipped.append(SkippedItem(file: file, .refused(error.message)))
    }
  }
  return skipped
}

/// What lies in a folder; `nil` for what is none.
private func namesIfFolder(_ path: String) throws(FileTrouble) -> [String]? {
  do {
    return try FileContents.names(inFolder: path)
  } catch .unreadable(_, reason: .notDirectory) {
    return nil
  }
}

/// The files of a folder that say something, by their path in it. Links lead out of an export and are not followed.
private func files(
  named names: [String], in folder: String, below top: String, of kind: ExportKind, depth: Int,
  _ skipped: inout [SkippedItem]
) -> [String] {
  var found: [String] = []
  for name in names {
    let path = folder.isEmpty ? name : "\(folder)/\(name)"
    switch System.nature(of: FilePath("\(top)/\(path)")) {
    case .file where ExportReader.wants(path, of: kind): found.append(path)
    // No export is nearly as deep.
    case .folder where depth < 16:
      do throws(FileTrouble) {
        let inside = try FileContents.names(inFolder: "\(top)/\(path)")
        found += files(named: inside, in: path, below: top, of: kind, depth: depth + 1, &skipped)
      } catch {
        skipped.append(SkippedItem(file: path, .refused(error.message)))
      }
    case .file, .folder, .other: break
    }
  }
  return found
}

/// Whether a file is many files packed into one.
///
/// Source: APPNOTE.TXT (ZIP), section 4.3.7; RFC 1952 (gzip), section 2.3.1.
private func isPacked(_ name: String, _ bytes: [UInt8]) -> Bool {
  let name = name.lowercased()
  return [".zip", ".gz", ".tgz", ".tar", ".7z", ".car"].contains { name.hasSuffix($0) }
    || bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x1F, 0x8B])
}

/// Why an export can't be imported.
enum ImportError: ExplainedError {
  case packed(String)
  case nothingThere(String, ExportKind)
  case whichChannel(ExportKind, among: [String])
  case shortSecret(String)
  case secretInWorkspace(String)

  var code: String {
    switch self {
    case .packed: "packed-export"
    case .nothingThere: "no-export"
    case .whichChannel: "which-channel"
    case .shortSecret: "short-secret"
    case .secretInWorkspace: "secret-in-workspace"
    }
  }

  var message: Sentence {
    switch self {
    case .packed(let path):
      Sentence(fr: "\(path) est encore emballé.", en: "\(path) is still packed.")
    case .nothingThere(let path, let kind):
      Sentence(
        fr: "Il n’y a aucun fichier d’une exportation \(kind.rawValue) dans \(path).",
        en: "There is no file of an export of \(kind.rawValue) in \(path).")
    case .whichChannel(_, let known):
      Sentence(
        fr: known.isEmpty ? "L’espace n’a aucun canal." : "À quel canal cela appartient-il?",
        en: known.isEmpty ? "The workspace has no channel." : "Which channel does it belong to?")
    case .shortSecret(let path):
      Sentence(
        fr: "Le secret de \(path) est trop court\u{A0}: on le devinerait.",
        en: "The secret in \(path) is too short: it could be guessed.")
    case .secretInWorkspace(let path):
      Sentence(
        fr: "\(path) est dans l’espace\u{A0}: il serait mis en commun avec les documents.",
        en: "\(path) lies in the workspace: it would be shared with the documents.")
    }
  }

  var hint: Sentence? {
    switch self {
    case .packed(let path):
      Sentence(
        fr: "Décompressez-le (unzip, tar -xf), puis donnez le dossier\u{A0}: \(path)",
        en: "Unpack it (unzip, tar -xf), then give the folder: \(path)")
    case .nothingThere(_, let kind):
      Sentence(fr: "On y cherche \(kind.files.french).", en: "Looked for: \(kind.files.english).")
    case .whichChannel(_, let known):
      known.isEmpty
        ? Sentence(
          fr: "« ligne channel add mastodon=mastodon:@COMPTE » en ajoute un.",
          en: "“ligne channel add mastodon=mastodon:@HANDLE” adds one.")
        : Sentence(
          fr: "Ajoutez --channel avec l’un de ceux-ci\u{A0}: \(known.joined(separator: ", "))",
          en: "Add --channel with one of these: \(known.joined(separator: ", "))")
    case .shortSecret, .secretInWorkspace:
      Sentence(
        fr: """
          Faites-en un hors de l’espace, une fois pour l’équipe, et gardez-le comme un mot de passe\u{A0}: \
          head -c 32 /dev/urandom | base64 > ~/pseudonymes.secret
          """,
        en: """
          Make one outside the workspace, once for the team, and keep it like a password: \
          head -c 32 /dev/urandom | base64 > ~/pseudonyms.secret
          """)
    }
  }
}

extension ExportKind {
  /// The files that say something.
  fileprivate var files: Sentence {
    switch self {
    case .mastodon: Sentence(fr: "outbox.json et actor.json", en: "outbox.json and actor.json")
    case .x:
      Sentence(
        fr: "tweets.js, direct-messages.js et account.js", en: "tweets.js, direct-messages.js and account.js")
    case .meta:
      Sentence(
        fr: "message_1.json, your_posts_1.json, posts_1.json et comments.json",
        en: "message_1.json, your_posts_1.json, posts_1.json and comments.json")
    case .bluesky: Sentence(fr: "des fichiers .json", en: "files that end in .json")
    case .csv: Sentence(fr: "des fichiers .csv, .tsv ou .txt", en: "files that end in .csv, .tsv or .txt")
    }
  }
}
