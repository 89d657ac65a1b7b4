import JSONTree
import ObjectModel
import ThreeWayMerge

/// What stands where in the course of a life, for whoever looks for the reason of a breach.
extension World {
  /// Notes each event, and each folder that it left otherwise than it was.
  final class Teller {
    fileprivate(set) var lines: [String] = []
    fileprivate var told: [String: [String]] = [:]
  }

  func tell(_ event: Event) {
    guard let teller else { return }
    teller.lines.append("\(event)")
    for person in people {
      let lines = standing(of: person)
      if teller.told[person.name] == lines { continue }
      teller.told[person.name] = lines
      teller.lines.append(
        "    \(person.name), version \(person.head.map { String($0.hex.prefix(7)) } ?? "none")")
      teller.lines += lines.map { "      " + $0 }
    }
  }

  /// For each path, the words in the version and in the folder, or `-` where it is not there.
  private func standing(of person: Person) -> [String] {
    let held = person.head.flatMap { contents.files(of: $0, in: person.repository) } ?? [:]
    let files = person.computer.disk.files
    return Set(held.keys).union(files.keys).sorted().map { path in
      let version = held[path].map { described(path, (try? person.repository.blob($0)) ?? [], $0) } ?? "-"
      let folder = files[path].map { described(path, $0.bytes, $0.file.id) } ?? "-"
      return version == folder ? "\(path)  \(version)" : "\(path)  \(version)  | folder \(folder)"
    }
  }

  /// What is open is told in full: each of its values counts.
  private func described(_ path: WorkspacePath, _ bytes: [UInt8], _ id: ObjectID) -> String {
    if path.documentOfRecord != nil, let record = try? JSONValue(parsing: bytes) {
      return String(decoding: record.canonicalBytes, as: UTF8.self)
    }
    return ([String(id.hex.prefix(7))] + contents.words(in: bytes, of: id).sorted()).joined(separator: " ")
  }
}
