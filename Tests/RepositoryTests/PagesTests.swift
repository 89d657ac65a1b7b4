import Foundation
import Testing

/// What the pages of the project say of its files is so.
@Suite struct PagesTests {
  /// A page, without its blocks of code.
  struct Page: CustomTestStringConvertible, Sendable {
    let path: String
    let lines: [String]

    var testDescription: String { path }

    init(_ path: String) {
      self.path = path
      var isCode = false
      lines = ((try? Project.text(path)) ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        .filter { line in
          if line.hasPrefix("```") { isCode.toggle() }
          return !isCode
        }.map(String.init)
    }

    /// Where its links lead.
    var links: [String] {
      lines.flatMap { line in line.matches(of: /\]\(([^)\s]+)\)/).map { String($0.output.1) } }
    }

    /// What stands between backticks.
    var names: [String] {
      lines.flatMap { line in line.matches(of: /`([^`]+)`/).map { String($0.output.1) } }
    }

    /// The anchors of its headings, as GitHub makes them.
    var anchors: Set<String> {
      Set(
        lines.filter { $0.hasPrefix("#") }.map { line in
          String(
            line.drop { $0 == "#" || $0 == " " }.lowercased().compactMap { sign in
              sign == " " ? "-" : sign.isLetter || sign.isNumber || sign == "-" || sign == "_" ? sign : nil
            })
        })
    }
  }

  static let pages = Project.files(endingWith: ".md").map(Page.init)

  @Test(arguments: pages) func linksLeadSomewhere(_ page: Page) {
    let folder = page.path.split(separator: "/").dropLast()
    for link in page.links where !link.contains("://") && !link.hasPrefix("mailto:") {
      let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let target = parts[0].isEmpty ? page.path : (folder + [parts[0]]).joined(separator: "/")
      #expect(Project.exists(target), "\(page.path) links to \(link)")
      if parts.count == 2, target.hasSuffix(".md") {
        #expect(Page(target).anchors.contains(String(parts[1])), "\(page.path) links to \(link)")
      }
    }
  }

  @Test(arguments: pages) func namedFilesExist(_ page: Page) {
    for name in page.names where ["Sources/", "Tests/", "Tools/"].contains(where: { name.hasPrefix($0) }) {
      // A command with its words, or a pattern, is no single file.
      guard let path = name.split(separator: " ").first, !path.contains(where: { "<*{…".contains($0) }) else {
        continue
      }
      #expect(Project.exists(String(path)), "\(page.path) names \(path)")
    }
  }

  /// A comment that names a page of rules sends the reader to one they have.
  @Test func pagesNamedInCommentsExist() throws {
    let known = Set(
      Project.files(endingWith: ".md").compactMap { $0.split(separator: "/").last.map(String.init) })
    for path in Project.files(endingWith: ".swift") where path != "Package.swift" {
      let text = try Project.text(path)
      for name in text.matches(of: /\b([A-Z]+(?:-[A-Z]+)*\.md)\b/).map({ String($0.output.1) }) {
        #expect(known.contains(name), "\(path) names \(name)")
      }
    }
  }

  @Test func theLicenceIsThere() throws {
    #expect(try Project.text("LICENSE").contains("Apache License"))
  }

  /// A path of the computer something was written on says nothing to anybody else.
  @Test func noFileNamesThisFolder() {
    let folder = Project.root.path.hasSuffix("/") ? Project.root.path : Project.root.path + "/"
    for path in Project.files() {
      guard let bytes = try? Data(contentsOf: Project.root.appending(path: path)) else { continue }
      #expect(bytes.firstRange(of: Data(folder.utf8)) == nil, "\(path) names \(folder)")
    }
  }

  /// Work that is left for later stands under “Known shortcomings” in ARCHITECTURE.md, not in a comment.
  @Test func nothingIsLeftForLaterInSources() throws {
    for path in Project.files(in: "Sources", endingWith: ".swift") {
      let text = try Project.text(path)
      for mark in ["TODO", "FIXME", "XXX", "HACK"] {
        #expect(!text.contains(mark), "\(path) holds \(mark)")
      }
    }
  }
}
