import ObjectModel

/// A history simplified to one document: commits that are remembered to have it as those have it that they were made from
/// are left out.
///
/// One that is left out stands behind its nearest older commit that is here, which has the document as it has. Where
/// several of these meet in a commit, that is here as well, so that no version is out of reach. All commits are here where
/// some are not remembered: one of them may have moved the document to a path that the memory has never seen. Source:
/// git-log(1), "History Simplification".
struct DocumentOrder {
  private let commits: CommitOrder
  /// The place in the list of each that is here.
  private var places: [Int32] = []
  /// For each place in the list: which of those here has the document as this one has it.
  private var indexByPlace: [Int32]
  /// By place; empty where nothing is remembered.
  private let isInherited: [Bool]

  /// - Parameter document: Where it is at the head, or was last.
  init(of document: WorkspacePath, in commits: CommitOrder, remembering memory: (any HistoryMemory)?) {
    self.commits = commits
    guard commits.countUnremembered == 0, let changing = memory?.commits(changing: document) else {
      isInherited = []
      places = commits.indices.map { Int32($0) }
      indexByPlace = places
      return
    }
    isInherited = commits.areRememberedOthers(than: changing)
    // By place, the place of the nearest commit that is here.
    var nearest = commits.indices.map { Int32($0) }
    for place in commits.indices.reversed() where isInherited[place] {
      let parents = commits.parents(of: place)
      let source = nearest[parents[0]]
      if parents.allSatisfy({ nearest[$0] == source }) { nearest[place] = source }
    }
    indexByPlace = Array(repeating: 0, count: commits.count)
    for place in commits.indices where nearest[place] == place {
      indexByPlace[place] = Int32(places.count)
      places.append(Int32(place))
    }
    for place in commits.indices where nearest[place] != place {
      indexByPlace[place] = indexByPlace[Int(nearest[place])]
    }
  }

  /// From the newest to the oldest.
  var indices: Range<Int> { places.indices }
  var count: Int { places.count }

  /// Where a commit stands in the list of all.
  func place(of index: Int) -> Int { Int(places[index]) }

  /// All commits from the newest to the oldest, as the list has them: those here in whose place each stands.
  var indicesByPlace: [Int] { indexByPlace.map { Int($0) } }

  /// The commit that has the document as one of the list has it.
  func index(ofPlace place: Int) -> Int { Int(indexByPlace[place]) }

  func id(of index: Int) -> ObjectID { commits.id(of: place(of: index)) }

  func tree(of index: Int) -> ObjectID { commits.tree(of: place(of: index)) }

  /// Those that have the document as those have it that a commit was made from, all further on.
  func parents(of index: Int) -> CommitNumbers {
    let parents = commits.parents(of: place(of: index))
    return CommitNumbers(count: parents.count) { self.index(ofPlace: parents[$0]) }
  }

  /// The trees a commit was made from, one for each of its parents: they differ from its own by what one version changed,
  /// where that of an older commit with the same document may differ by years.
  func treesBefore(_ index: Int) -> [ObjectID] {
    commits.parents(of: place(of: index)).map { commits.tree(of: $0) }
  }

  /// Whether a commit is remembered to have the document as all those have it that it was made from.
  func isInherited(_ index: Int) -> Bool { !isInherited.isEmpty && isInherited[place(of: index)] }
}
