/// A few commits by their numbers, in an order of their own: what another one was made from.
///
/// Nearly all are one or two, which take no memory beside them.
struct CommitNumbers: RandomAccessCollection, Hashable, Sendable {
  private enum Form: Hashable {
    case none
    case one(UInt32)
    case two(UInt32, UInt32)
    case more([UInt32])
  }

  private let form: Form

  /// - Parameter number: The number at each place, asked in their order; it fits into four bytes.
  init(count: Int, number: (_ place: Int) -> Int) {
    form =
      switch count {
      case 0: .none
      case 1: .one(UInt32(number(0)))
      case 2: .two(UInt32(number(0)), UInt32(number(1)))
      default: .more((0..<count).map { UInt32(number($0)) })
      }
  }

  var startIndex: Int { 0 }

  var endIndex: Int {
    switch form {
    case .none: 0
    case .one: 1
    case .two: 2
    case .more(let numbers): numbers.count
    }
  }

  subscript(place: Int) -> Int {
    precondition(indices.contains(place), "a number that is there")
    return switch form {
    case .none: 0
    case .one(let number): Int(number)
    case .two(let first, let second): Int(place == 0 ? first : second)
    case .more(let numbers): Int(numbers[place])
    }
  }
}
