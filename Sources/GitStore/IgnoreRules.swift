public import ObjectModel

/// Which files `.gitignore` files, `.git/info/exclude` and the person's own list leave out of the workspace.
///
/// Each list is read once, when a path first needs it: made for one walk through the workspace. (libgit2 looks at
/// every list on the way to a path again for each path, which took longer than all the rest of a walk.)
///
/// A file that is already part of a version is not left out by these rules; the caller knows which ones are.
///
/// Source: gitignore(5), and `dir.c` of git for what it leaves open.
public final class IgnoreRules {
  private let workFolder: String
  private let ignoresCase: Bool
  /// The person's list and the repository's, from the weakest on.
  private let general: [[IgnoreRule]]
  private var folders: [WorkspacePath: Folder] = [:]
  private var top: Folder?

  init(workFolder: String, general: [String], ignoresCase: Bool) {
    self.workFolder = workFolder
    self.ignoresCase = ignoresCase
    self.general = general.map { IgnoreRule.rules(in: $0, ignoresCase: ignoresCase) }
  }

  /// - Parameter isFolder: Some rules hold for folders only. All in an ignored folder is ignored.
  public func isIgnored(_ path: WorkspacePath, isFolder: Bool) -> Bool {
    let parent = folder(path.parent)
    return parent.isIgnored || isIgnored(Array(path.text.utf8), isFolder: isFolder, in: parent)
  }

  /// A folder of the workspace, and what is known about it.
  private final class Folder {
    let rules: [IgnoreRule]
    let parent: Folder?
    let isIgnored: Bool
    /// The bytes of its path, with the slash that follows.
    let length: Int

    init(rules: [IgnoreRule], parent: Folder?, isIgnored: Bool, length: Int) {
      (self.rules, self.parent, self.isIgnored, self.length) = (rules, parent, isIgnored, length)
    }
  }

  private func folder(_ path: WorkspacePath?) -> Folder {
    if let found = path.map({ folders[$0] }) ?? top { return found }
    let made: Folder
    if let path {
      let parent = folder(path.parent)
      let bytes = Array(path.text.utf8)
      let isIgnored = parent.isIgnored || isIgnored(bytes, isFolder: true, in: parent)
      // What is in an ignored folder can't be taken in again, so its list need not be read.
      made = Folder(
        rules: isIgnored ? [] : rules(in: "\(workFolder)/\(path.text)"), parent: parent, isIgnored: isIgnored,
        length: bytes.count + 1)
      folders[path] = made
    } else {
      made = Folder(rules: rules(in: workFolder), parent: nil, isIgnored: false, length: 0)
      top = made
    }
    return made
  }

  private func rules(in folder: String) -> [IgnoreRule] {
    IgnoreRule.rules(in: folder + "/.gitignore", ignoresCase: ignoresCase, followingLinks: false)
  }

  /// The last rule that matches decides, in the list that is nearest to the path.
  private func isIgnored(_ path: [UInt8], isFolder: Bool, in folder: Folder) -> Bool {
    let name = path[folder.length...]
    var next: Folder? = folder
    while let list = next {
      if let rule = list.rules.last(where: {
        $0.matches(path[list.length...], name: name, isFolder: isFolder)
      }) {
        return rule.ignores
      }
      next = list.parent
    }
    for rules in general.reversed() {
      if let rule = rules.last(where: { $0.matches(path[...], name: name, isFolder: isFolder) }) {
        return rule.ignores
      }
    }
    return false
  }
}

/// One line of a `.gitignore`.
struct IgnoreRule {
  /// `false` for a line that begins with `!` and takes in again what an earlier line left out.
  let ignores: Bool
  private let foldersOnly: Bool
  /// A rule without a slash is about names, wherever they are.
  private let isAboutNames: Bool
  private let pattern: GlobPattern

  /// - Returns: `nil` for comments and empty lines.
  init?(line: ArraySlice<UInt8>, ignoresCase: Bool) {
    var line = withoutTrailingSpaces(line)
    guard let first = line.first, first != UInt8(ascii: "#") else { return nil }
    ignores = first != UInt8(ascii: "!")
    if !ignores { line = line.dropFirst() }
    foldersOnly = line.last == slash
    if foldersOnly { line = line.dropLast() }
    isAboutNames = !line.contains(slash)
    if line.first == slash { line = line.dropFirst() }
    pattern = GlobPattern(line, isPath: !isAboutNames, ignoresCase: ignoresCase)
  }

  /// - Parameters:
  ///   - path: From the folder of the list on.
  ///   - name: The last part of it.
  func matches(_ path: ArraySlice<UInt8>, name: ArraySlice<UInt8>, isFolder: Bool) -> Bool {
    (isFolder || !foldersOnly) && pattern.matches(isAboutNames ? name : path)
  }

  /// The rules of a file, in its order; none where it can't be read: such a list hides nothing.
  static func rules(in file: String, ignoresCase: Bool, followingLinks: Bool = true) -> [IgnoreRule] {
    guard var bytes = try? DiskFile.read(file, followingLinks: followingLinks).bytes[...] else { return [] }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    return bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
      IgnoreRule(line: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, ignoresCase: ignoresCase)
    }
  }
}

/// Spaces at the end of a line, unless a backslash stands before them.
private func withoutTrailingSpaces(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  var end = line.startIndex
  var place = line.startIndex
  while place < line.endIndex {
    let isEscape = line[place] == UInt8(ascii: "\\")
    let isSpace = line[place] == UInt8(ascii: " ")
    place = min(place + (isEscape ? 2 : 1), line.endIndex)
    if !isSpace { end = place }
  }
  return line[..<end]
}

private let slash = UInt8(ascii: "/")
