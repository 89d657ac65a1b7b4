import JSONTree
import ThreeWayMerge

/// Says who wrote what of a value, given who wrote the values it was made from.
///
/// What is still there is by who wrote it; what is new is by the version that made the value. A join wrote nothing:
/// each of its words came from one of the values it was made of. Where several of them have the same word, the newest
/// version that wrote it counts.
struct Crediting {
  enum Maker {
    /// A person: what none of the sources has is theirs.
    case person(Credit)
    /// A join of the sources.
    case join(Credit)

    var credit: Credit {
      switch self {
      case .person(let credit), .join(let credit): credit
      }
    }
  }

  /// A candidate of an open conflict in one of the sources: whoever takes it did not write it.
  struct Offer {
    var steps: ArraySlice<JSONPointer.Step>
    var candidate: CreditedValue

    func inside(_ step: JSONPointer.Step) -> Offer? {
      steps.first == step ? Offer(steps: steps.dropFirst(), candidate: candidate) : nil
    }
  }

  var maker: Maker

  func credits(
    of value: JSONValue, rule: MergeRule, from sources: [CreditedValue], offers: [Offer]
  ) -> Credits {
    if sources.count == 1, sources[0].value == value { return sources[0].credits }
    let offered = offers.filter(\.steps.isEmpty).map(\.candidate)
    switch CreditedShape(of: value, rule: rule) {
    case .whole: return .whole(credit(ofWhole: value, from: sources, offered))
    case .words(let text): return words(of: text, from: sources, offered)
    case .members(let members): return self.members(members, from: sources, offered)
    case .object(let object):
      return .object(
        Dictionary(
          object.members.map { member in
            let key = member.key
            return (
              key,
              credits(
                of: member.value, rule: rule.rule(forMember: key),
                from: sources.compactMap { $0.member(key) },
                offers: offers.compactMap { $0.inside(.key(key)) }
                  + offered.compactMap { $0.member(key).map { Offer(steps: [], candidate: $0) } })
            )
          }, uniquingKeysWith: { first, _ in first }))
    case .list(let elements): return list(elements, rule: rule, from: sources, offers, offered)
    }
  }

  private func credit(
    ofWhole value: JSONValue, from sources: [CreditedValue], _ offered: [CreditedValue]
  ) -> Credit {
    for known in [sources, offered] {
      if let credit = known.filter({ $0.value == value }).compactMap(\.credits.newest).min() { return credit }
    }
    if case .join = maker, let credit = (sources + offered).compactMap(\.credits.newest).min() {
      return credit
    }
    return maker.credit
  }

  // MARK: - Texts

  private func words(
    of text: String, from sources: [CreditedValue], _ offered: [CreditedValue]
  ) -> Credits {
    let words = textTokens(text)
    var found = [Credit?](repeating: nil, count: words.count)
    for known in [sources, offered] {
      let isOpen = found.map { $0 == nil }
      if !isOpen.contains(true) { break }
      for case .words(let old, let credits) in known.map(\.credits) {
        for (place, match) in keptWords(from: old, to: words).enumerated() where isOpen[place] {
          guard let match else { continue }
          found[place] = min(found[place] ?? .max, credits[match])
        }
      }
    }
    if case .join = maker, found.contains(nil) { find(words, anywhereIn: sources + offered, &found) }
    return .words(words, found.map { $0 ?? maker.credit })
  }

  /// A word that stands in another order in a join than in what it was made of.
  private func find(_ words: [JSONString], anywhereIn known: [CreditedValue], _ found: inout [Credit?]) {
    var newest: [JSONString: Credit] = [:]
    for case .words(let old, let credits) in known.map(\.credits) {
      for (word, credit) in zip(old, credits) { newest[word] = min(newest[word] ?? .max, credit) }
    }
    for place in found.indices where found[place] == nil { found[place] = newest[words[place]] }
  }

  // MARK: - Lists

  private func members(
    _ members: [JSONValue], from sources: [CreditedValue], _ offered: [CreditedValue]
  ) -> Credits {
    var credits: [JSONValue: Credit] = [:]
    for member in members {
      for known in [sources, offered] where credits[member] == nil {
        for case .members(let old) in known.map(\.credits) {
          if let credit = old[member] { credits[member] = min(credits[member] ?? .max, credit) }
        }
      }
      if credits[member] == nil { credits[member] = maker.credit }
    }
    return .members(credits)
  }

  private func list(
    _ elements: [JSONValue], rule: MergeRule, from sources: [CreditedValue], _ offers: [Offer],
    _ offered: [CreditedValue]
  ) -> Credits {
    let (key, element) = rule.elementKey
    let isKeyed = if case .sequence = rule { false } else { true }
    let pair = { (source: CreditedValue) in
      elementPartners(of: elements, in: source.value.array ?? [], keyedBy: isKeyed ? key : nil)
    }
    let partners = sources.map(pair)
    let offeredPartners = offered.map(pair)
    return .list(
      elements.indices.map { index in
        let name = elements[index][key]?.string
        return credits(
          of: elements[index], rule: element,
          from: zip(sources, partners).compactMap { source, partners in
            partners[index].flatMap { source.element($0) }
          },
          offers: offers.compactMap { $0.inside(.index(index)) ?? name.flatMap($0.inside(element:)) }
            + zip(offered, offeredPartners).compactMap { candidate, partners in
              partners[index].flatMap { candidate.element($0) }.map { Offer(steps: [], candidate: $0) }
            })
      })
  }
}

extension Crediting.Offer {
  fileprivate func inside(element name: JSONString) -> Self? { inside(.element(name)) }
}

/// For each element of a list, the index of what it was in an earlier one; as a difference by field pairs them.
///
/// - Parameter key: The field elements are known by; `nil` for lists without.
private func elementPartners(
  of new: [JSONValue], in old: [JSONValue], keyedBy key: JSONString?
) -> [Int?] {
  if let key, let oldPlaces = places(of: old, by: key), places(of: new, by: key) != nil {
    return new.map { $0[key]?.string.flatMap { oldPlaces[$0] } }
  }
  var partners = [Int?](repeating: nil, count: new.count)
  var (oldStart, newStart) = (0, 0)
  func closeGap(_ oldEnd: Int, _ newEnd: Int) {
    // As many elements as before: each is taken for the edited one it stands for.
    guard oldEnd - oldStart == newEnd - newStart else { return }
    for (i, j) in zip(oldStart..<oldEnd, newStart..<newEnd) { partners[j] = i }
  }
  for (i, j) in SequenceDiff(from: old, to: new).matches.enumerated() where j >= 0 {
    closeGap(i, j)
    partners[j] = i
    (oldStart, newStart) = (i + 1, j + 1)
  }
  closeGap(old.count, new.count)
  return partners
}

/// The places of elements by their keys; `nil` where one has none or two have the same.
private func places(of list: [JSONValue], by key: JSONString) -> [JSONString: Int]? {
  var places: [JSONString: Int] = [:]
  for (place, element) in list.enumerated() {
    guard let name = element[key]?.string, places.updateValue(place, forKey: name) == nil else { return nil }
  }
  return places
}
