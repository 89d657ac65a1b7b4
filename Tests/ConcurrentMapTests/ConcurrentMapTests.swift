import ConcurrentMap
import Synchronization
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

@Suite struct WhileMakingTests {
  struct Failure: Error, Hashable { var place: String }

  @Test(arguments: [0, 1, 2, 500]) func takesEveryPortionInOrder(_ count: Int) throws {
    let taken = Mutex([Int]())
    try whileMaking { handOver in
      for number in 0..<count { try handOver(number) }
    } take: { next in
      while let number = next() { taken.withLock { $0.append(number) } }
      #expect(next() == nil, "after the end there is no more")
    }
    #expect(taken.withLock(\.self) == Array(0..<count))
  }

  @Test func whoMakesLearnsThatNobodyTakes() {
    #expect(throws: Failure(place: "third")) {
      try whileMaking { (handOver: (Int) throws -> Void) in
        // Would never end by itself.
        while true { try handOver(0) }
      } take: { next in
        for _ in 0..<2 { _ = next() }
        throw Failure(place: "third")
      }
    }
  }

  @Test func aFailureOfTheLastPortionIsNotLost() {
    #expect(throws: Failure(place: "end")) {
      try whileMaking {
        try $0(1)
      } take: { next in
        while next() != nil {}
        throw Failure(place: "end")
      }
    }
  }

  @Test func whatWasMadeBeforeAFailureIsTaken() {
    let taken = Mutex([Int]())
    #expect(throws: Failure(place: "making")) {
      try whileMaking { handOver in
        for number in 0..<3 { try handOver(number) }
        throw Failure(place: "making")
      } take: { next in
        while let number = next() { taken.withLock { $0.append(number) } }
      }
    }
    #expect(taken.withLock(\.self) == [0, 1, 2])
  }

  @Test func whoTakesMayHaveEnough() throws {
    try whileMaking { handOver in
      for number in 0..<100 { try handOver(number) }
    } take: { next in
      #expect(next() == 0)
    }
  }
}
