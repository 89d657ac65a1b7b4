import Foundation
import GitStore
import ObjectModel
import TestSupport
import Testing

/// What travels and what does not, over a folder: the same git program then speaks with every kind of host.
@Suite struct TransportExchangeTests {
  let team: GitTeam
  let transport: GitTransport
  let copy: RemoteAddress

  init() throws {
    team = try GitTeam()
    transport = team.transport()
    copy = try team.address()
  }

  @Test func anEmptyTeamHasNoReferences() async throws {
    #expect(try await transport.references(at: copy) == [])
    #expect(try await transport.fetch(from: copy, everything) == FetchReport(absent: ["refs/heads/main"]))
  }

  @Test func whatOneSharesAnotherReceives() async throws {
    let first = try team.commit("one")
    let second = try team.commit("two", after: first)
    let results = try await transport.push(
      to: copy,
      [
        PushUpdate("refs/ligne/devices/ana", from: nil, to: second),
        PushUpdate("refs/heads/main", from: nil, to: first),
      ])
    #expect(
      results == [
        PushResult(reference: "refs/ligne/devices/ana", outcome: .moved),
        PushResult(reference: "refs/heads/main", outcome: .moved),
      ])
    #expect(
      try await transport.references(at: copy) == [
        Reference(name: "refs/heads/main", id: first), Reference(name: "refs/ligne/devices/ana", id: second),
      ])

    try team.addDevice("leo")
    #expect(try await team.transport("leo").fetch(from: copy, everything) == FetchReport())
    #expect(try team.reference("refs/ligne/incoming/main", in: "leo") == first)
    #expect(try team.reference("refs/ligne/incoming/devices/ana", in: "leo") == second)
  }

  @Test func onlyWhatTeamsExchangeIsListed() async throws {
    let version = try team.commit("one")
    for name in [
      "refs/heads/main", "refs/heads/other", "refs/heads/ligne/ana", "refs/tags/v1", "refs/ligne/devices/ana",
      "refs/remotes/x/refs/heads/main",
    ] { try team.share(version, as: name) }
    #expect(
      try await transport.references(at: copy).map(\.name) == [
        "refs/heads/ligne/ana", "refs/heads/main", "refs/ligne/devices/ana",
      ])
  }

  @Test func aFetchBringsNoTagsAndLeavesNoTrace() async throws {
    let version = try team.commit("one")
    try team.share(version, as: "refs/heads/main")
    try team.share(version, as: "refs/tags/v1")
    try team.addDevice("leo")
    _ = try await team.transport("leo").fetch(from: copy, everything)
    #expect(try team.references(in: "leo") == ["refs/ligne/incoming/main"])
    #expect(throws: (any Error).self) { try team.folder.read("leo/.git/FETCH_HEAD") }
  }

  @Test func aReferenceDeletedOverThereDisappearsHere() async throws {
    let version = try team.commit("one")
    for name in ["refs/heads/main", "refs/ligne/devices/ana", "refs/ligne/devices/leo"] {
      try team.share(version, as: name)
    }
    _ = try await transport.fetch(from: copy, everything)
    try Program.git("update-ref", "-d", "refs/ligne/devices/leo", in: team.copy)
    try team.setReference("refs/ligne/kept/x", to: version, in: "ana")
    #expect(try await transport.fetch(from: copy, everything) == FetchReport())
    #expect(
      try team.references(in: "ana") == [
        "refs/ligne/incoming/devices/ana", "refs/ligne/incoming/main", "refs/ligne/kept/x",
      ])

    try Program.git("update-ref", "-d", "refs/heads/main", in: team.copy)
    #expect(try await transport.fetch(from: copy, everything) == FetchReport(absent: ["refs/heads/main"]))
    #expect(try team.references(in: "ana") == ["refs/ligne/incoming/devices/ana", "refs/ligne/kept/x"])
  }

  @Test func whatWasRewrittenOverThereIsSeenAsItIs() async throws {
    let first = try team.commit("one")
    let other = try team.commit("unrelated")
    try team.share(first, as: "refs/heads/main")
    _ = try await transport.fetch(from: copy, everything)
    try team.share(other, as: "refs/heads/main")
    _ = try await transport.fetch(from: copy, everything)
    #expect(try team.reference("refs/ligne/incoming/main", in: "ana") == other)
  }

  // MARK: compare and swap, forward only

  @Test func aReferenceThatMovedMeanwhileIsLeftAlone() async throws {
    let first = try team.commit("one")
    let mine = try team.commit("mine", after: first)
    let theirs = try team.commit("theirs", after: first)
    try team.share(theirs, as: "refs/heads/main")
    let results = try await transport.push(to: copy, [PushUpdate("refs/heads/main", from: first, to: mine)])
    #expect(results.map(\.outcome) == [.rejected(.movedMeanwhile)])
    #expect(try team.reference("refs/heads/main", in: "team.git") == theirs)
  }

  @Test func aReferenceThatMovedMeanwhileIsLeftAloneEvenIfWeHaveItsNewValue() async throws {
    let first = try team.commit("one")
    let second = try team.commit("two", after: first)
    let third = try team.commit("three", after: second)
    try team.share(second, as: "refs/heads/main")
    let results = try await transport.push(to: copy, [PushUpdate("refs/heads/main", from: first, to: third)])
    #expect(results.map(\.outcome) == [.rejected(.movedMeanwhile)])
  }

  @Test func aReferenceThatShouldNotExistIsLeftAlone() async throws {
    let first = try team.commit("one")
    try team.share(first, as: "refs/heads/main")
    let mine = try team.commit("mine", after: first)
    let results = try await transport.push(to: copy, [PushUpdate("refs/heads/main", from: nil, to: mine)])
    #expect(results.map(\.outcome) == [.rejected(.movedMeanwhile)])
  }

  @Test func aReferenceDeletedMeanwhileIsNotMadeAgain() async throws {
    let first = try team.commit("one")
    let second = try team.commit("two", after: first)
    let results = try await transport.push(
      to: copy, [PushUpdate("refs/ligne/devices/ana", from: first, to: second)])
    #expect(results.map(\.outcome) == [.rejected(.movedMeanwhile)])
  }

  @Test func nothingGoesBackwardsOrSideways() async throws {
    let first = try team.commit("one")
    let second = try team.commit("two", after: first)
    let aside = try team.commit("aside", after: first)
    try team.share(second, as: "refs/heads/main")
    for new in [first, aside] {
      let results = try await transport.push(to: copy, [PushUpdate("refs/heads/main", from: second, to: new)])
      #expect(results.map(\.outcome) == [.rejected(.notForward)])
    }
    #expect(try team.reference("refs/heads/main", in: "team.git") == second)
  }

  @Test func whatIsNotHereIsNotOvertaken() async throws {
    try team.addDevice("leo")
    let theirs = try team.commit("only Leo has this", device: "leo")
    try team.share(theirs, as: "refs/heads/main", from: "leo")
    let mine = try team.commit("mine")
    let results = try await transport.push(to: copy, [PushUpdate("refs/heads/main", from: theirs, to: mine)])
    #expect(results.map(\.outcome) == [.rejected(.notForward)])
  }

  @Test func replacedCommitsDoNotMakeSomethingForward() async throws {
    let first = try team.commit("one")
    let stranger = try team.commit("stranger")
    let pretender = try team.commit("stranger", after: first)
    try team.share(first, as: "refs/heads/main")
    try Program.git("replace", stranger.hex, pretender.hex, in: team.workspace)
    let results = try await transport.push(
      to: copy, [PushUpdate("refs/heads/main", from: first, to: stranger)])
    #expect(results.map(\.outcome) == [.rejected(.notForward)])
  }

  @Test func sharingTwiceIsSharingOnce() async throws {
    let first = try team.commit("one")
    let update = PushUpdate("refs/ligne/devices/ana", from: nil, to: first)
    _ = try await transport.push(to: copy, [update])
    // The answer to the first was lost, and the same is asked again.
    #expect(try await transport.push(to: copy, [update]).map(\.outcome) == [.wasThere])
  }

  @Test func eachUpdateStandsAlone() async throws {
    let first = try team.commit("one")
    let second = try team.commit("two", after: first)
    try team.share(second, as: "refs/heads/main")
    let results = try await transport.push(
      to: copy,
      [
        PushUpdate("refs/heads/main", from: second, to: first),
        PushUpdate("refs/ligne/devices/leo", from: first, to: second),
        PushUpdate("refs/ligne/devices/ana", from: nil, to: second),
      ])
    #expect(results.map(\.outcome) == [.rejected(.notForward), .rejected(.movedMeanwhile), .moved])
  }

  @Test func allOrNoneIsNoneIfOneCannot() async throws {
    let first = try team.commit("one")
    let second = try team.commit("two", after: first)
    try team.share(second, as: "refs/heads/main")
    let device = PushUpdate("refs/ligne/devices/ana", from: nil, to: second)
    let backwards = PushUpdate("refs/heads/main", from: second, to: first)
    for (update, reason) in [
      (PushUpdate("refs/ligne/devices/leo", from: first, to: second), PushRejection.movedMeanwhile),
      (backwards, .notForward),
    ] {
      let results = try await transport.push(to: copy, [device, update], as: .allOrNone)
      #expect(results.map(\.outcome) == [.rejected(.leftOut), .rejected(reason)])
    }
    #expect(try team.references(in: "team.git") == ["refs/heads/main"])
    let results = try await transport.push(to: copy, [device], as: .allOrNone)
    #expect(results.map(\.outcome) == [.moved])
  }

  // MARK: checks

  @Test func theTeamsCheckIsAsked() async throws {
    try team.addHook("pre-receive", "echo 'la ligne dit non' >&2; exit 1", to: "team.git")
    let version = try team.commit("one")
    let results = try await transport.push(to: copy, [PushUpdate("refs/heads/main", from: nil, to: version)])
    #expect(results.map(\.outcome) == [.rejected(.refusedByHost("la ligne dit non"))])
  }

  @Test func aCheckOfOneReferenceLeavesTheOthers() async throws {
    try team.addHook("update", "case $1 in refs/heads/*) echo 'not main'; exit 1;; esac", to: "team.git")
    let version = try team.commit("one")
    let updates = ["refs/heads/main", "refs/ligne/devices/ana"].map { PushUpdate($0, from: nil, to: version) }
    let results = try await transport.push(to: copy, updates)
    #expect(
      results.map(\.outcome) == [
        .rejected(.refusedByHost("not main hook declined to update refs/heads/main")), .moved,
      ])
    let none = try await transport.push(
      to: copy,
      [
        PushUpdate("refs/heads/main", from: nil, to: version),
        PushUpdate("refs/ligne/devices/leo", from: nil, to: version),
      ], as: .allOrNone)
    #expect(none.last?.outcome == .rejected(.leftOut))
  }

  @Test func aHostThatHidesDeviceReferencesSaysSo() async throws {
    try Program.git("config", "receive.hideRefs", "refs/ligne", in: team.copy)
    let version = try team.commit("one")
    let results = try await transport.push(
      to: copy, [PushUpdate("refs/ligne/devices/ana", from: nil, to: version)])
    #expect(results.map(\.outcome) == [.rejected(.refusedByHost("deny updating a hidden ref"))])
  }

  @Test func thePersonsOwnCheckIsAsked() async throws {
    try team.addHook("pre-push", "echo 'found a secret in line 3' >&2; exit 1", to: "ana/.git")
    let version = try team.commit("one")
    let error = await thrown {
      _ = try await transport.push(to: copy, [PushUpdate("refs/heads/main", from: nil, to: version)])
    }
    #expect(error == .refusedByOwnCheck(text: "found a secret in line 3"))
  }

  @Test func noOtherProgramOfTheWorkspaceRuns() async throws {
    let trap = "echo $0 >> \(team.folder["ran"].path)"
    for hook in ["reference-transaction", "post-update", "pre-auto-gc", "post-rewrite"] {
      try team.addHook(hook, trap, to: "ana/.git")
    }
    for name in ["git", "git-upload-pack", "sh"] {
      try Program.install("#!/bin/sh\n\(trap)\n", at: team.folder["ana/\(name)"].path)
    }
    try Program.git("config", "core.fsmonitor", trap, in: team.workspace)
    let version = try team.commit("one")
    try team.share(version, as: "refs/heads/main")
    let environment = ["PATH": ".::" + (ProcessInfo.processInfo.environment["PATH"] ?? "")]
    let transport = team.transport(environment: environment)
    _ = try await transport.fetch(from: copy, everything)
    let next = try team.commit("two", after: version)
    let results = try await transport.push(to: copy, [PushUpdate("refs/heads/main", from: version, to: next)])
    #expect(results.map(\.outcome) == [.moved])
    #expect(!FileManager.default.fileExists(atPath: team.folder["ran"].path))
  }

  @Test func twoRacersOfOneReferenceHaveOneWinner() async throws {
    // The reference is moved by somebody else while the host is at work, after it told us what it had.
    let first = try team.commit("one")
    let mine = try team.commit("mine", after: first)
    let theirs = try team.commit("theirs", after: first)
    try team.share(first, as: "refs/heads/main")
    try team.share(theirs, as: "refs/heads/theirs")
    try team.addHook(
      "pre-receive", "unset GIT_QUARANTINE_PATH; git update-ref refs/heads/main refs/heads/theirs",
      to: "team.git")
    let results = try await transport.push(to: copy, [PushUpdate("refs/heads/main", from: first, to: mine)])
    #expect(results.map(\.outcome) == [.rejected(.movedMeanwhile)])
    #expect(try team.reference("refs/heads/main", in: "team.git") == theirs)
  }

  @Test func aLockLeftAtTheHostIsNamed() async throws {
    try team.folder.write("", to: "team.git/refs/heads/main.lock")
    let version = try team.commit("one")
    let results = try await transport.push(to: copy, [PushUpdate("refs/heads/main", from: nil, to: version)])
    guard case .rejected(.heldByAnother(let text)) = results[0].outcome else {
      Issue.record("\(results)")
      return
    }
    #expect(text.contains("main.lock"))
  }

  @Test func aLockLeftHereIsNamedAfterAFewTries() async throws {
    try team.share(try team.commit("one"), as: "refs/heads/main")
    try team.folder.write("", to: "ana/.git/refs/ligne/incoming/main.lock")
    let error = await thrown { _ = try await transport.fetch(from: copy, everything) }
    guard case .busy(let detail) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(detail.contains("main.lock"))
  }

  @Test func progressIsTold() async throws {
    var parent = try team.commit("0")
    for number in 1...40 { parent = try team.commit("\(number)", after: parent) }
    var sent: [TransferProgress] = []
    _ = try await transport.push(
      to: copy, [PushUpdate("refs/heads/main", from: nil, to: parent)], as: .eachAlone
    ) { sent.append($0) }
    #expect(sent.contains { $0.stage == .preparing })
    #expect(sent.last { $0.stage == .sending }.map { $0.done == $0.total && $0.done == 123 } == true)

    try team.addDevice("leo")
    var received: [TransferProgress] = []
    _ = try await team.transport("leo").fetch(from: copy, everything) { received.append($0) }
    let last = received.last { $0.stage == .receiving }
    #expect(last?.done == 123 && last?.total == 123 && (last?.bytes ?? 0) > 0)
  }
}
