import Foundation
import JSONTree
import TestSupport
import Testing

/// Web pages of a workspace, by the program itself.
@Suite struct ReportTests {
  private func desk() throws -> (desk: Desk, post: String) {
    let desk = try Desk()
    let body = "La soirée a lieu le jeudi. Apportez vos mitaines."
    let made = try desk.ligne(["new", "post", "--title", "Soirée", "--body", body, "--json"])
    let path = try #require(try JSONValue(parsing: made.output)["path"]?.text)
    _ = try desk.ligne(["commit", "-m", "Un post"])
    _ = try desk.ligne(["set", path, "/body", body.replacing("jeudi", with: "vendredi")])
    _ = try desk.ligne(["commit", "-m", "Le vendredi"])
    _ = try desk.ligne(["comment", path, "--quote", "mitaines", "-m", "Et les tuques?"])
    return (desk, path)
  }

  private func files(_ folder: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      files[name] = FileManager.default.contents(atPath: folder + "/" + name)
    }
    return files
  }

  private func page(_ folder: String, _ name: String) throws -> String {
    try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
  }

  private func id(_ desk: Desk, _ post: String) throws -> String {
    try #require(try JSONValue(parsing: Array(desk.read(post).utf8))["id"]?.text)
  }

  private func code(_ desk: Desk, _ words: [String]) throws -> String? {
    let answer = try desk.ligne(words + ["--json"])
    #expect(answer.status == 1)
    return try JSONValue(parsing: answer.output)["error"]?["code"]?.text
  }

  @Test(arguments: [
    ("fr", "Ce qui attend quelqu’un", "Les versions"), ("en", "What waits for somebody", "The versions"),
  ])
  func pagesAreWrittenInTheLanguageOfWhoAsks(_ language: String, _ waits: String, _ versions: String) throws {
    let (desk, post) = try desk()
    let folder = desk.folder.path + "/rapport"
    let answer = try desk.ligne(["report", "--html", folder, "--json"], in: language)
    #expect(answer.status == 0, "\(answer.text)")
    let value = try JSONValue(parsing: answer.output)
    #expect(value["first"]?.text == folder + "/index.html" && value["removed"] == 0)
    let names = try files(folder).keys
    #expect(value["pages"]?.number?.text == String(names.count { $0.hasSuffix(".html") }))
    let index = try page(folder, "index.html")
    #expect(index.contains("<html lang=\"\(language)\">") && index.contains(waits))
    let document = try page(folder, try id(desk, post) + ".html")
    #expect(document.contains("<mark>mitaines</mark>") && document.contains("Et les tuques?"))
    #expect(document.contains("<del>jeudi</del> <ins>vendredi</ins>") && document.contains(versions))
    #expect(try desk.ligne(["report", "--html", folder], in: language).text.contains("rapport/index.html"))
  }

  @Test func theSameWorkspaceAtTheSameMomentGivesTheSameBytes() throws {
    let (desk, _) = try desk()
    let (one, two) = (desk.folder.path + "/un", desk.folder.path + "/deux")
    for folder in [one, two, one] { #expect(try desk.ligne(["report", "--html", folder]).status == 0) }
    #expect(try files(one) == files(two))
  }

  /// A report of one moment replaces that of an earlier one; pages of what is gone go, and others' files stay.
  @Test func anEarlierReportIsReplacedAndNothingElse() throws {
    let (desk, post) = try desk()
    let folder = desk.folder.path + "/rapport"
    let name = try id(desk, post) + ".html"
    #expect(try desk.ligne(["report", "--html", folder]).status == 0)
    try Data("à moi".utf8).write(to: URL(filePath: folder + "/notes.txt"))
    try FileManager.default.removeItem(atPath: desk.path + "/" + post)
    let value = try JSONValue(parsing: desk.ligne(["report", "--html", folder, "--json"]).output)
    #expect(value["removed"] == 1)
    let left = try files(folder)
    #expect(left[name] == nil && left["notes.txt"] == Data("à moi".utf8) && left["index.html"] != nil)
  }

  @Test func aFolderOfOtherFilesIsRefusedAndLeftAsItIs() throws {
    let (desk, _) = try desk()
    let folder = desk.folder.path + "/vacances"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data("à moi".utf8).write(to: URL(filePath: folder + "/index.html"))
    #expect(try code(desk, ["report", "--html", folder]) == "folder-not-empty")
    #expect(try code(desk, ["report", "--html", desk.path]) == "folder-not-empty")
    #expect(try files(folder) == ["index.html": Data("à moi".utf8)])
    for (language, words) in [("fr", "autre chose qu’un rapport"), ("en", "something else than a report")] {
      #expect(try desk.ligne(["report", "--html", folder], in: language).errorText.contains(words))
    }
    #expect(try code(desk, ["report", "--html", folder + "/index.html"]) == "file-unreadable")
    #expect(try code(desk, ["report", "--html", desk.folder.path + "/nulle/part"]) == "file-unwritable")
  }

  /// A page name that is somebody's file by now, a list that names files outside, and a link in the place of a page.
  @Test func nothingOutsideAReportIsWrittenOrRemoved() throws {
    let (desk, post) = try desk()
    let folder = desk.folder.path + "/rapport"
    let (outside, name) = (desk.folder.path + "/dehors.html", try id(desk, post) + ".html")
    try Data("dehors".utf8).write(to: URL(filePath: outside))
    #expect(try desk.ligne(["report", "--html", folder]).status == 0)
    // A link where a page was is replaced, and what it leads to stays.
    try FileManager.default.removeItem(atPath: folder + "/" + name)
    try FileManager.default.createSymbolicLink(atPath: folder + "/" + name, withDestinationPath: outside)
    // The list of an earlier report claims files that no report has.
    let mark = folder + "/.ligne-report"
    try Data((try page(folder, ".ligne-report") + "../dehors.html\nnotes.txt\n").utf8).write(
      to: URL(filePath: mark))
    try Data("à moi".utf8).write(to: URL(filePath: folder + "/notes.txt"))
    #expect(try desk.ligne(["report", "--html", folder]).status == 0)
    #expect(try page(desk.folder.path, "dehors.html") == "dehors")
    #expect(try page(folder, "notes.txt") == "à moi" && page(folder, name).hasPrefix("<!DOCTYPE html>"))
    // A file that came into the way of a page is somebody's.
    try Data("Ligne report 1\n".utf8).write(to: URL(filePath: mark))
    #expect(try code(desk, ["report", "--html", folder]) == "file-in-the-way")
  }

  /// It is made of what people wrote, and is no work of anybody's.
  @Test func aReportInTheWorkspaceIsNoPartOfIt() throws {
    let (desk, _) = try desk()
    let before = try desk.ligne(["status", "--json"]).output
    #expect(try desk.ligne(["report", "--html", "rapport"]).status == 0)
    #expect(try desk.ligne(["status", "--json"]).output == before)
    #expect(try desk.ligne(["report", "--html", "rapport"]).status == 0)
  }

  @Test func onePageCanBeWrittenAlone() throws {
    let (desk, post) = try desk()
    let folder = desk.folder.path + "/page"
    let value = try JSONValue(
      parsing: desk.ligne(["report", "--html", folder, "--document", post, "--json"]).output)
    let name = try id(desk, post) + ".html"
    #expect(value["first"]?.text == folder + "/" + name && value["pages"] == 1)
    #expect(try Set(files(folder).keys) == [name, "ligne.css", ".ligne-report"])
    #expect(try !page(folder, name).contains("index.html"))
    let comment = try #require(
      try JSONValue(parsing: desk.ligne(["comment", "list", "--json"]).output).array?.first?["id"]?.text)
    #expect(try code(desk, ["report", "--html", folder, "--document", comment]) == "no-page")
  }

  /// A thousand documents are a matter of seconds, also in a build that checks everything.
  // MARK: In a browser

  static let chromium = ["chromium", "google-chrome", "chromium-browser"].first {
    (try? TestSupport.Program.run($0, ["--version"]).status) == 0
  }

  /// A browser builds the same page that was written, finds the style sheet, and needs to scroll sideways nowhere.
  @Test(.enabled(if: chromium != nil, "no Chromium on this computer"), arguments: ["fr", "en"])
  func aBrowserShowsThePages(_ language: String) throws {
    let (desk, post) = try desk()
    let folder = desk.folder.path + "/rapport"
    #expect(try desk.ligne(["report", "--html", folder], in: language).status == 0)
    // A frame as wide as a telephone says how wide its page wants to be.
    for name in ["index.html", try id(desk, post) + ".html"] {
      let probe = """
        <!DOCTYPE html><iframe src="\(name)" style="width:400px;height:800px;border:0"></iframe><script>
        onload = () => { const page = document.querySelector("iframe").contentDocument.documentElement;
        document.title = [page.scrollWidth <= 400, page.querySelectorAll("h1").length,
          getComputedStyle(page.querySelector("main")).paddingLeft].join(" ") }
        </script>
        """
      try Data(probe.utf8).write(to: URL(filePath: folder + "/probe.html"))
      let result = try TestSupport.Program.run(
        try #require(Self.chromium),
        [
          "--headless=new", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files",
          "--user-data-dir=\(desk.folder.path)/chromium", "--virtual-time-budget=2000", "--dump-dom",
          "file://\(folder)/probe.html",
        ], timeLimit: .seconds(60))
      #expect(result.text.contains("<title>true 1 20px</title>"), "\(name): \(result.text)")
    }
  }
}
