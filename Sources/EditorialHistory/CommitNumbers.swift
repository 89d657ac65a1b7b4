/// A few commits by their numbers, in an order of their own: what another one was made from.
///
/// Nearly all are one or two, which take no memory beside them.
public struct CommitNumbers: RandomAccessCollection, Hashable, Sendable {
  private enum Form: Hashable {
    case none
    case one(UInt32)
    case two(UInt32, UInt32)
    case more([UInt32])
  }

  private let form: Form

  /// - Parameter numbers: Each fits into four bytes.
  public init(_ numbers: some RandomAccessCollection<Int>) {
    var numbers = numbers.makeIterator()
    func next() -> UInt32? { numbers.next().map(UInt32.init) }
    guard let first = next() else {
      form = .none
      return
    }
    guard let second = next() else {
      form = .one(first)
      return
    }
    guard let third = next() else {
      form = .two(first, second)
      return
    }
    var more = [first, second, third]
    while let number = next() { more.append(number) }
    form = .more(more)
  }

  public var startIndex: Int { 0 }

  public var endIndex: Int {
    switch form {
    case .none: 0
    case .one: 1
    case .two: 2
    case .more(let numbers): numbers.count
    }
  }

  public subscript(place: Int) -> Int {
    precondition(indices.contains(place), "a number that is there")
    return switch form {
    case .none: 0
    case .one(let number): Int(number)
    case .two(let first, let second): Int(place == 0 ? first : second)
    case .more(let numbers): Int(numbers[place])
    }
  }
}
