import ConcurrentMap
import Testing

@Suite struct ConcurrentMapTests {
  @Test(arguments: [0, 1, 7, 8, 9, 1000, 1001], [1, 8, 5000])
  func answersAsMapDoes(_ count: Int, _ portion: Int) {
    let numbers = Array(0..<count)
    #expect(numbers.concurrentMap(portion: portion) { $0 * $0 } == numbers.map { $0 * $0 })
  }

  @Test(arguments: [(0, 3, 0), (1, 3, 1), (3, 3, 1), (4, 3, 2), (9, 3, 3)])
  func portionsHaveEveryElementOnceAndInOrder(_ count: Int, _ size: Int, _ portions: Int) {
    // A slice keeps the places of what it is a slice of.
    let numbers = Array(0..<(count + 5))[5...]
    let found = numbers.portions(of: size)
    #expect(found.count == portions)
    #expect(found.flatMap(\.self) == Array(numbers))
    #expect(found.allSatisfy { $0.count <= size })
  }
}
