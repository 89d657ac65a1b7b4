import JSONTree

extension FieldDiff {
  /// Compares two lists by what their elements are known by.
  ///
  /// A list that should be keyed and is not (an element without the field, a key twice) is compared element by
  /// element.
  mutating func compareLists(
    _ old: [JSONValue], _ new: [JSONValue], rule: MergeRule, at pointer: JSONPointer
  ) {
    let (key, element) = rule.elementKey
    switch rule {
    case .set: compareSets(old, new, at: pointer)
    case .sequence: compareSequences(old, new, element: element, at: pointer)
    default:
      if let oldKeys = keys(of: old, named: key), let newKeys = keys(of: new, named: key) {
        compareKeyed((oldKeys, old), (newKeys, new), element: element, at: pointer)
      } else {
        compareSequences(old, new, element: element, at: pointer)
      }
    }
  }

  // MARK: - Sets

  private mutating func compareSets(_ old: [JSONValue], _ new: [JSONValue], at pointer: JSONPointer) {
    var known = Set(new)
    for member in old where known.insert(member).inserted {
      changes.append(FieldChange(.removed, at: pointer, from: member))
    }
    known = Set(old)
    for member in new where known.insert(member).inserted {
      changes.append(FieldChange(.added, at: pointer, to: member))
    }
  }

  // MARK: - Lists keyed by a field

  private mutating func compareKeyed(
    _ old: (keys: [JSONString], elements: [JSONValue]), _ new: (keys: [JSONString], elements: [JSONValue]),
    element rule: MergeRule, at pointer: JSONPointer
  ) {
    let oldPlaces = Dictionary(uniqueKeysWithValues: old.keys.enumerated().map { ($1, $0) })
    let stays = Set(new.keys)
    let moved = movedKeys(new.keys, oldPlaces: oldPlaces)

    // Removed elements are listed behind the element that stood before them, if that is still there.
    var removed: [JSONString?: [Int]] = [:]
    var before: JSONString?
    for (place, key) in old.keys.enumerated() {
      if stays.contains(key) { before = key } else { removed[before, default: []].append(place) }
    }
    func reportRemoved(behind key: JSONString?) {
      for place in removed[key] ?? [] {
        changes.append(
          FieldChange(
            .removed, at: pointer.appending(.element(old.keys[place])), from: old.elements[place]))
      }
    }

    reportRemoved(behind: nil)
    for (place, key) in new.keys.enumerated() {
      let here = pointer.appending(.element(key))
      if let oldPlace = oldPlaces[key] {
        if moved.contains(key) {
          changes.append(
            FieldChange(
              .moved, at: here, from: .number(JSONNumber(oldPlace)), to: .number(JSONNumber(place))))
        }
        compare(old.elements[oldPlace], new.elements[place], rule: rule, at: here)
      } else {
        changes.append(FieldChange(.added, at: here, to: new.elements[place], place: place))
      }
      reportRemoved(behind: key)
    }
  }

  /// The text of the key field of each element; `nil` where one has none or two have the same.
  private func keys(of list: [JSONValue], named key: JSONString) -> [JSONString]? {
    var keys: [JSONString] = []
    var seen: Set<JSONString> = []
    for element in list {
      guard let name = element[key]?.string, seen.insert(name).inserted else { return nil }
      keys.append(name)
    }
    return keys
  }

  private func movedKeys(_ keys: [JSONString], oldPlaces: [JSONString: Int]) -> Set<JSONString> {
    let known = keys.filter { oldPlaces[$0] != nil }
    let unmoved = longestIncreasing(known.compactMap { oldPlaces[$0] }).map { known[$0] }
    return Set(known).subtracting(unmoved)
  }

  // MARK: - Lists without identity

  private mutating func compareSequences(
    _ old: [JSONValue], _ new: [JSONValue], element rule: MergeRule, at pointer: JSONPointer
  ) {
    var (oldStart, newStart) = (0, 0)
    func closeGap(_ oldEnd: Int, _ newEnd: Int) {
      // As many elements as before: each is taken for the edited one it stands for.
      if oldEnd - oldStart == newEnd - newStart {
        for (i, j) in zip(oldStart..<oldEnd, newStart..<newEnd) {
          compare(old[i], new[j], rule: rule, at: pointer.appending(.index(j)))
        }
        return
      }
      for i in oldStart..<oldEnd {
        changes.append(FieldChange(.removed, at: pointer.appending(.index(i)), from: old[i]))
      }
      for j in newStart..<newEnd {
        changes.append(FieldChange(.added, at: pointer.appending(.index(j)), to: new[j]))
      }
    }
    for (i, j) in SequenceDiff(from: old, to: new).matches.enumerated() where j >= 0 {
      closeGap(i, j)
      (oldStart, newStart) = (i + 1, j + 1)
    }
    closeGap(old.count, new.count)
  }
}
