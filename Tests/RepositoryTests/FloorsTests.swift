import Testing

/// The table of floors in ARCHITECTURE.md is what the sources do: nothing more is imported, and nothing less.
@Suite struct FloorsTests {
  @Test func everyModuleHasARow() throws {
    let folders = Set(Project.files(in: "Sources").compactMap { $0.split(separator: "/").dropFirst().first })
    #expect(try Set(FloorRow.table().map(\.module)) == Set(folders.map(String.init)))
  }

  @Test func eachModuleImportsWhatItsRowSays() throws {
    for row in try FloorRow.table() {
      let imports = Project.sources.filter { $0.path.hasPrefix("Sources/\(row.module)/") }
        .reduce(into: Set<String>()) { $0.formUnion($1.source.imports) }
      #expect(
        imports == row.imports,
        """
        \(row.module) imports \(imports.subtracting(row.imports).sorted()) beyond its row, \
        and its row says \(row.imports.subtracting(imports).sorted()) in vain
        """)
    }
  }

  /// A row stands below the rows of what it imports, so no two modules can come to need each other.
  @Test func rowsBuildOnlyOnRowsAbove() throws {
    let rows = try FloorRow.table()
    let modules = Set(rows.map(\.module))
    var above: Set<String> = []
    for row in rows {
      let early = row.imports.intersection(modules).subtracting(above)
      #expect(early.isEmpty, "\(row.module) stands above \(early.sorted()), which it imports")
      above.insert(row.module)
    }
  }
}
