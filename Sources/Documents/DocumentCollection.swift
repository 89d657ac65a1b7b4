public import JSONTree
public import ObjectModel

/// The documents of one version of a workspace, looked up by what they are.
///
/// What states, checks and reports are computed from. It says nothing about files that could not be read: whoever
/// makes it has named those.
public struct DocumentCollection: Sendable {
  /// Every document, in the order of the bytes of its path.
  public let all: [Document]
  /// Those files of the version that records of pictures name, by their bytes.
  public let files: [WorkspacePath: ObjectID]
  private let byID: [JSONString: Int]
  private let byKind: [JSONString: [Int]]

  /// - Parameter files: Those of the version that ``filesNamed(by:)`` gives, as far as it has them; others are left out.
  public init(_ documents: some Sequence<Document>, files: [WorkspacePath: ObjectID] = [:]) {
    self.files = files
    all = documents.sorted { $0.path < $1.path }
    // Two files with one id are somebody's mistake; the first path stands for both, everywhere the same.
    byID = Dictionary(all.enumerated().map { ($1.id, $0) }) { first, _ in first }
    byKind = Dictionary(grouping: all.indices) { [all] in all[$0].kind.name }
  }

  /// The files of the workspace that documents say something of: pictures, films and sounds.
  ///
  /// What these hold is part of what a post says, so whoever makes a collection has to know which bytes they have.
  public static func filesNamed(by documents: some Sequence<Document>) -> Set<WorkspacePath> {
    Set(documents.lazy.filter { $0.kind.name == Asset.kind }.compactMap { Asset($0.value).path })
  }

  /// The file that the record of a picture names and that the version does not have, as it is written there; `nil` where it has
  /// it, and where the record names none.
  public func missingFile(of asset: Asset) -> String? {
    guard let file = asset.text(.file), !file.utf8.isEmpty else { return nil }
    return asset.path.flatMap { files[$0] } == nil ? file : nil
  }

  /// The document with this id; `nil` where there is none, as for a reference to something deleted.
  public subscript(id: JSONString) -> Document? { byID[id].map { all[$0] } }

  /// The documents of a kind, by path.
  public func documents(of kind: JSONString) -> [Document] { (byKind[kind] ?? []).map { all[$0] } }

  /// The documents of a kind as that kind reads them, by path.
  public func views<View: DocumentView>(_ view: View.Type) -> [(document: Document, view: View)] {
    documents(of: View.kind).map { ($0, View($0.value)) }
  }

  /// The one document of a kind that a workspace has once: `ligne.json`, `team.json`, `channels.json`.
  public func single<View: DocumentView>(_ view: View.Type) -> View? {
    singleDocument(of: View.kind).map { View($0.value) }
  }

  /// The same as it stands in the tree: at the place its kind has, and elsewhere only where nothing stands there, so
  /// that a copy put somewhere does not speak for the team.
  public func singleDocument(of kind: JSONString) -> Document? {
    let all = documents(of: kind)
    return all.first { $0.path.text.utf8.elementsEqual($0.kind.placement.path.utf8) } ?? all.first
  }

  /// Where the brand speaks; empty where nothing says so.
  public var channels: [Channels.Channel] { single(Channels.self)?.channels ?? [] }
}
