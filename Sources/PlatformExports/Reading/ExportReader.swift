import JSONTree
import Wording

/// Reads an export file by file, in any order, and says what it holds.
///
/// The answer is a function of the set of files. What can't be read is named and costs only itself.
public struct ExportReader: Sendable {
  public let kind: ExportKind
  public let account: OwnAccount
  private let table: CSVReading
  private var draft = ExportDraft()
  private var hasFiles = false

  public init(_ kind: ExportKind, of account: OwnAccount, table: CSVReading = CSVReading()) {
    (self.kind, self.account, self.table) = (kind, account, table)
  }

  /// Whether a file of a folder is one that says something; a single file that a person names is always read.
  public static func wants(_ path: String, of kind: ExportKind) -> Bool {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    return switch kind {
    case .mastodon: MastodonExport.wants(name)
    case .x: XExport.wants(name)
    case .meta: MetaExport.wants(name)
    case .bluesky: BlueskyExport.wants(name)
    case .csv: CSVExport.wants(name)
    }
  }

  public mutating func take(_ file: ExportFile) {
    hasFiles = true
    switch kind {
    case .mastodon: MastodonExport.read(file, into: &draft)
    case .x: XExport.read(file, into: &draft)
    case .meta: MetaExport.read(file, into: &draft)
    case .bluesky: BlueskyExport.read(file, into: &draft)
    case .csv: CSVExport.read(file, table, into: &draft)
    }
  }

  /// What all of it says together.
  public consuming func finished() -> PlatformExport {
    var draft = draft
    draft.ownNames.formUnion(XExport.ownNames.union(MetaExport.ownNames).union(CSVExport.ownNames))
    if let handle = account.handle {
      draft.ownNames.insert(JSONString(handle))
      // `@ravaude` and `ravaude` are one account; exports have it either way.
      draft.ownNames.insert(JSONString(handle.hasPrefix("@") ? String(handle.dropFirst()) : "@" + handle))
    }
    if draft.mendedFiles > 0 { draft.remarks.append(.mendedAccents(files: draft.mendedFiles)) }
    return draft.export(of: account)
  }
}
