public import Wording

/// Why a name can not be the name of a file in a workspace.
///
/// An allow-list, not a list of known tricks: what is not plainly a name on Linux, macOS and Windows, and plainly
/// visible to the person who reads it, is refused, on commit as on receipt. Names already in a repository that are
/// refused stay there untouched.
///
/// Sources: git's `verify_path`, `is_ntfs_dotgit` and `is_hfs_dotgit`; Microsoft, "Naming Files, Paths, and
/// Namespaces"; Unicode Standard Annex 44 for the categories. The Unicode version is that of Swift's standard
/// library.
public enum PathRefusal: Error, Hashable, Sendable {
  case empty
  /// Begins with `/`.
  case absolute
  /// Two slashes in a row, or one at the end.
  case emptyComponent
  /// `.` or `..`.
  case dots
  case notUTF8
  /// `/` inside one name, `\` or `:`: some system reads it as a separator.
  case separator(Unicode.Scalar)
  /// `<`, `>`, `"`, `|`, `?` or `*`, which Windows does not allow in names.
  case notOnWindows(Unicode.Scalar)
  /// A code point that can't be seen or that changes what is seen: control, bidirectional, zero width, ignorable,
  /// private or unassigned.
  case invisible(Unicode.Scalar)
  /// Git's own folder or `.gitmodules`, in any case and any disguise a file system sees through.
  case reservedByGit
  /// A device of Windows, such as `CON` or `com1.json`; here in capitals, without what follows.
  case reservedByWindows(String)
  /// Windows drops dots and spaces at the end of names, so two names become one.
  case endsWithDotOrSpace
  /// Programs would read it as an option.
  case beginsWithHyphen
  case componentTooLong(bytes: Int)
  case pathTooLong(bytes: Int)
  case tooDeep(parts: Int)
}

extension PathRefusal {
  /// What is wrong with one part of a path; `nil` if nothing is.
  init?(ofComponent name: Substring) {
    if name.utf8.isEmpty {
      self = .emptyComponent
    } else if name.utf8.elementsEqual(".".utf8) || name.utf8.elementsEqual("..".utf8) {
      self = .dots
    } else if name.utf8.count > WorkspacePath.longestComponent {
      self = .componentTooLong(bytes: name.utf8.count)
    } else if let refusal = name.unicodeScalars.lazy.compactMap(PathRefusal.init(ofScalar:)).first {
      self = refusal
    } else if name.utf8.first == UInt8(ascii: "-") {
      self = .beginsWithHyphen
    } else if isReservedByGit(name) {
      self = .reservedByGit
    } else if let last = name.unicodeScalars.last, isDotOrSpace(last) {
      self = .endsWithDotOrSpace
    } else if let device = windowsDevice(in: name) {
      self = .reservedByWindows(device)
    } else {
      return nil
    }
  }

  private init?(ofScalar scalar: Unicode.Scalar) {
    switch scalar {
    case "/", "\\", ":": self = .separator(scalar)
    case "<", ">", "\"", "|", "?", "*": self = .notOnWindows(scalar)
    case " "..."~": return nil
    case _ where isPlainlyVisible(scalar): return nil
    default: self = .invisible(scalar)
    }
  }
}

private func isDotOrSpace(_ scalar: Unicode.Scalar) -> Bool {
  scalar == "." || scalar.properties.generalCategory == .spaceSeparator
}

/// Whether some file system takes this name for `.git` or `.gitmodules`.
///
/// Ignorable code points (HFS+) and `:` (NTFS streams) were refused before, for themselves.
private func isReservedByGit(_ name: Substring) -> Bool {
  var stem = name.unicodeScalars
  while let last = stem.last, isDotOrSpace(last) { stem.removeLast() }
  let bytes = Substring(stem).utf8.map { lowercased($0) }
  if bytes.elementsEqual(".git".utf8) || bytes.elementsEqual(".gitmodules".utf8) { return true }
  // The short names NTFS makes: of `.git` GIT~1 and on, of `.gitmodules` GITMOD~1 and on or, after those, GI7EBA~1.
  guard let tilde = bytes.lastIndex(of: UInt8(ascii: "~")), tilde + 1 < bytes.count,
    bytes[(tilde + 1)...].allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
  else { return false }
  let short = bytes[..<tilde]
  return ["git", "gitmod", "gi7eba", "gi7eb", "gi7e", "gi7", "gi"].contains { short.elementsEqual($0.utf8) }
}

/// The device Windows opens instead of a file of this name, whatever extension follows.
private func windowsDevice(in name: Substring) -> String? {
  var stem = name.unicodeScalars.prefix { $0 != "." }
  while stem.last == " " { stem.removeLast() }
  let text = String(stem).uppercased()
  if ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(text) { return text }
  // The superscripts one to three count as digits, too.
  guard text.unicodeScalars.count == 4, text.hasPrefix("COM") || text.hasPrefix("LPT"),
    let digit = text.unicodeScalars.last, "0123456789¹²³".unicodeScalars.contains(digit)
  else { return nil }
  return text
}

private func lowercased(_ byte: UInt8) -> UInt8 {
  (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
}

extension PathRefusal: ExplainedError {
  public var code: String {
    switch self {
    case .empty, .emptyComponent: "name-empty"
    case .absolute, .dots: "name-outside-workspace"
    case .notUTF8: "name-not-utf8"
    case .separator, .notOnWindows, .invisible: "name-character-refused"
    case .reservedByGit, .reservedByWindows: "name-reserved"
    case .endsWithDotOrSpace, .beginsWithHyphen: "name-edge-refused"
    case .componentTooLong, .pathTooLong: "name-too-long"
    case .tooDeep: "name-too-deep"
    }
  }

  public var message: Sentence {
    switch self {
    case .empty:
      Sentence(fr: "Le nom de fichier est vide.", en: "The file name is empty.")
    case .absolute:
      Sentence(
        fr: "Le chemin commence par « / »; il doit partir du dossier de l’espace de travail.",
        en: "The path begins with “/”; it has to start at the workspace’s folder.")
    case .emptyComponent:
      Sentence(
        fr: "Le chemin contient un nom vide (deux « / » de suite, ou un « / » à la fin).",
        en: "The path contains an empty name (two “/” in a row, or one at the end).")
    case .dots:
      Sentence(
        fr: "Le chemin contient « . » ou « .. »; il pourrait sortir de l’espace de travail.",
        en: "The path contains “.” or “..”; it could lead out of the workspace.")
    case .notUTF8:
      Sentence(
        fr: "Le nom de fichier n’est pas du texte UTF-8.", en: "The file name is not UTF-8 text.")
    case .separator(let scalar), .notOnWindows(let scalar):
      Sentence(
        fr: "Le nom de fichier contient « \(scalar) », qu’une partie des ordinateurs n’accepte pas.",
        en: "The file name contains “\(scalar)”, which some computers do not accept.")
    case .invisible(let scalar):
      Sentence(
        fr: "Le nom de fichier contient un caractère invisible (\(codePoint(scalar))).",
        en: "The file name contains an invisible character (\(codePoint(scalar))).")
    case .reservedByGit:
      Sentence(
        fr: "Ce nom est réservé à l’historique de l’espace de travail.",
        en: "This name is reserved for the workspace’s history.")
    case .reservedByWindows(let device):
      Sentence(
        fr: "Windows réserve le nom « \(device) », quelle que soit l’extension.",
        en: "Windows reserves the name “\(device)”, whatever its extension.")
    case .endsWithDotOrSpace:
      Sentence(
        fr: "Le nom de fichier finit par un point ou une espace, que Windows enlève.",
        en: "The file name ends with a dot or a space, which Windows removes.")
    case .beginsWithHyphen:
      Sentence(
        fr: "Le nom de fichier commence par un trait d’union.", en: "The file name begins with a hyphen.")
    case .componentTooLong(let bytes):
      Sentence(
        fr: "Le nom de fichier est trop long : \(bytes) octets sur \(WorkspacePath.longestComponent) permis.",
        en: "The file name is too long: \(bytes) bytes, where \(WorkspacePath.longestComponent) are allowed.")
    case .pathTooLong(let bytes):
      Sentence(
        fr: "Le chemin est trop long : \(bytes) octets sur \(WorkspacePath.longestPath) permis.",
        en: "The path is too long: \(bytes) bytes, where \(WorkspacePath.longestPath) are allowed.")
    case .tooDeep(let parts):
      Sentence(
        fr: "Le fichier est à \(parts) niveaux de profondeur; \(WorkspacePath.greatestDepth) sont permis.",
        en: "The file is \(parts) levels deep; \(WorkspacePath.greatestDepth) are allowed.")
    }
  }

  public var hint: Sentence? {
    switch self {
    case .empty, .absolute, .emptyComponent, .dots:
      Sentence(
        fr: "Donnez un chemin comme posts/2026/lancement.json.",
        en: "Give a path such as posts/2026/launch.json.")
    case .reservedByGit:
      Sentence(fr: "Choisissez un autre nom.", en: "Choose another name.")
    case .componentTooLong, .pathTooLong:
      Sentence(fr: "Choisissez un nom plus court.", en: "Choose a shorter name.")
    case .tooDeep:
      Sentence(
        fr: "Rangez le fichier moins profondément.", en: "Move the file up some levels.")
    default:
      Sentence(
        fr:
          "Renommez le fichier : lettres, chiffres, espaces, traits d’union, points et soulignés conviennent partout.",
        en: "Rename the file: letters, digits, spaces, hyphens, dots and underscores work everywhere.")
    }
  }
}
