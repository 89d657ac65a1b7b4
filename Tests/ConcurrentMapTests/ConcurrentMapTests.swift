import ConcurrentMap
import Testing

@Suite struct ConcurrentMapTests {
  @Test(arguments: [0, 1, 7, 8, 9, 1000, 1001], [1, 8, 5000])
  func answersAsMapDoes(_ count: Int, _ portion: Int) {
    let numbers = Array(0..<count)
    #expect(numbers.concurrentMap(portion: portion) { $0 * $0 } == numbers.map { $0 * $0 })
  }
}
