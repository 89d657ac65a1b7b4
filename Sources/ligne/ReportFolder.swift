import EditorialReports
import SystemPackage
import Wording

/// A folder that holds a report, and is known by a file that lists its pages.
///
/// Nothing outside it is written, and in it nothing that an earlier report did not write: a folder with other people's
/// files is refused, and a file that came into the way of a page since is left alone.
struct ReportFolder {
  private static let markName = ".ligne-report"
  private static let markTitle = "Ligne report 1"

  let path: String
  private let isInWorkspace: Bool
  /// The files of the folder, and those that an earlier report wrote.
  private let present: Set<String>
  private let earlier: Set<String>

  /// A report is made of the documents of a workspace and is none of them: where it lies in one, git and Ligne pass it by.
  private static let ignoreName = ".gitignore"

  /// Takes a folder that is new, empty, or a report's, and makes it if need be.
  ///
  /// - Throws: `FileTrouble.foreignFolder` for one that holds something else.
  init(_ path: String, isInWorkspace: Bool) throws {
    self.path = path
    self.isInWorkspace = isInWorkspace
    do {
      try System.makeFolder(FilePath(path))
    } catch let error as Errno {
      throw FileTrouble.unwritable(path, reason: error)
    }
    do {
      present = Set(try System.names(in: FilePath(path)))
    } catch let error as Errno {
      throw FileTrouble.unreadable(path, reason: error)
    }
    guard present.contains(Self.markName) else {
      guard present.isEmpty else { throw FileTrouble.foreignFolder(path) }
      earlier = []
      return
    }
    let mark = String(decoding: try FileContents.read("\(path)/\(Self.markName)"), as: UTF8.self)
    let lines = mark.split(separator: "\n").map(String.init)
    guard lines.first == Self.markTitle else { throw FileTrouble.foreignFolder(path) }
    earlier = Set(lines.dropFirst().filter(PageName.isFileName)).intersection(present)
  }

  /// Notes that these files will be a report's, so that a run which is killed can be made again.
  func begin(_ pages: [PageName]) throws {
    for page in pages where present.contains(page.fileName) && !earlier.contains(page.fileName) {
      throw FileTrouble.inTheWay("\(path)/\(page.fileName)")
    }
    try writeMark(earlier.union(pages.map(\.fileName)))
    if isInWorkspace, !present.contains(Self.ignoreName) {
      try FileContents.write(Array("*\n".utf8), to: "\(path)/\(Self.ignoreName)")
    }
  }

  /// Writes a page; a reader finds the old or the new one, whole.
  func write(_ text: String, as page: PageName) throws {
    try FileContents.write(Array(text.utf8), to: "\(path)/\(page.fileName)")
  }

  /// Takes away the pages of an earlier report that this one does not have.
  ///
  /// - Returns: How many.
  func removeAllBut(_ pages: [PageName]) throws -> Int {
    let names = Set(pages.map(\.fileName))
    let left = earlier.subtracting(names).sorted()
    for name in left {
      do {
        try System.remove(FilePath("\(path)/\(name)"))
      } catch let error as Errno {
        throw FileTrouble.unwritable("\(path)/\(name)", reason: error)
      }
    }
    try writeMark(names)
    return left.count
  }

  private func writeMark(_ names: Set<String>) throws {
    let text = ([Self.markTitle] + names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }).joined(
      separator: "\n")
    try FileContents.write(Array((text + "\n").utf8), to: "\(path)/\(Self.markName)")
  }
}
