import Glibc
import ObjectModel
import SystemPackage

/// The files of one ``WorkingTree/apply(_:content:)``, in `exchange/<number>` of Ligne's own folder: first the new
/// ones, then those they took the place of, and the plan that tells which is which.
///
/// The plan is written last and flushed before any file of the workspace is touched. So a folder without a plan
/// holds nothing of anybody's, and in one with a plan each file says by its content what became of it.
struct ExchangeFolder {
  let number: Int
  let folder: OpenFolder
  private let container: OpenFolder

  /// Makes the next one.
  static func create(in local: LocalFolder) throws(WorkingCopyError) -> ExchangeFolder {
    let own = try local.openCreating()
    if try own.status(of: containerName) == nil {
      try own.makeFolder(containerName)
      try own.flush()
    }
    let container = try own.folder(named: containerName)
    let number = (try numbers(in: container).last ?? 0) + 1
    try container.makeFolder(EntryName("\(number)"))
    return try ExchangeFolder(number, in: container)
  }

  /// Those that earlier commands left, the oldest first.
  static func all(in local: LocalFolder) throws(WorkingCopyError) -> [ExchangeFolder] {
    guard let own = try local.openExisting(), try own.status(of: containerName) != nil else { return [] }
    let container = try own.folder(named: containerName)
    var all: [ExchangeFolder] = []
    for number in try numbers(in: container) { all.append(try ExchangeFolder(number, in: container)) }
    return all
  }

  /// Whether there is one.
  static func isAnyLeft(in local: LocalFolder) throws(WorkingCopyError) -> Bool {
    guard let own = try local.openExisting(), try own.status(of: containerName) != nil else { return false }
    return try !numbers(in: own.folder(named: containerName)).isEmpty
  }

  private init(_ number: Int, in container: OpenFolder) throws(WorkingCopyError) {
    self.number = number
    self.container = container
    folder = try container.folder(named: EntryName("\(number)"))
  }

  private static func numbers(in container: OpenFolder) throws(WorkingCopyError) -> [Int] {
    try container.names().compactMap { plainNumber($0.text) }.sorted()
  }
}

// MARK: The plan

extension ExchangeFolder {
  enum Plan {
    case never, damaged
    case written([FileWrite])
  }

  /// Writes the plan; everything prepared must have been flushed. When it returns, all of it survives a power cut.
  func begin(_ plan: [FileWrite]) throws(WorkingCopyError) {
    let file = try folder.create(planBesideName)
    try file.write(PlanFormat.encoded(plan))
    try file.flush()
    // Under its own name only when it is whole.
    try folder.rename(planBesideName, to: folder, planName)
    try folder.flush()
    try container.flush()
  }

  func plan() throws(WorkingCopyError) -> Plan {
    guard let status = try folder.status(of: planName) else { return .never }
    let bytes = try folder.file(named: planName)
      .readAll(expecting: status.stamp.size, limit: LocalFolder.largestSmallFile)
    return PlanFormat.decoded(bytes).map { .written($0) } ?? .damaged
  }
}

// MARK: The files

extension ExchangeFolder {
  /// The files in it but the plan, in the order of the plan.
  func files() throws(WorkingCopyError) -> [ExchangeFile] {
    try folder.names().compactMap { ExchangeFile($0.bytes) }
      .sorted { ($0.place, $0.text) < ($1.place, $1.text) }
  }

  /// Removes the exchange, when nothing is kept in it any more.
  func remove() throws(WorkingCopyError) {
    // The plan goes last: what stands beside a plan is somebody's until it was looked at.
    for name in try folder.names() where name != planName {
      precondition(ExchangeFile(name.bytes) == nil, "a kept file is removed only after it was looked at")
      try folder.remove(name)
    }
    try folder.remove(planName)
    try container.removeFolder(EntryName("\(number)"))
  }

  /// Removes everything, because nothing of it was used: there is no plan yet.
  func discard() throws(WorkingCopyError) {
    for name in try folder.names() { try folder.remove(name) }
    try container.removeFolder(EntryName("\(number)"))
  }

  /// Notes, for the next command, that this exchange keeps files beside those of the workspace.
  func noteFilesBeside() throws(WorkingCopyError) {
    guard try folder.status(of: besideNoteName) == nil else { return }
    try folder.create(besideNoteName).flush()
    try folder.flush()
  }

  /// The files of this exchange, wherever they lie, in the order of the plan.
  func kept(_ plan: [FileWrite], below top: OpenFolder) throws(WorkingCopyError) -> [KeptFile] {
    var kept = try files().filter { $0.place < plan.count }.map {
      KeptFile(folder: folder, name: $0.name, file: $0, write: plan[$0.place], exchange: nil)
    }
    guard try folder.status(of: besideNoteName) != nil else { return kept }
    for place in Set(plan.flatMap(\.path.placesAbove)).fromTheTop {
      guard let beside = try top.folder(at: place) else { continue }
      for name in try beside.names().sorted() {
        guard let (exchange, file) = ExchangeFile.reading(besideName: name), exchange == number,
          file.place < plan.count
        else { continue }
        kept.append(
          KeptFile(folder: beside, name: name, file: file, write: plan[file.place], exchange: number))
      }
    }
    return kept
  }
}

private let containerName = EntryName("exchange")
private let planName = EntryName("plan")
private let planBesideName = EntryName("plan.tmp")
private let besideNoteName = EntryName("beside")
