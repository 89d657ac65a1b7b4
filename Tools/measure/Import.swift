import ArgumentParser
import Foundation
import JSONTree

/// Times the import of a large archive, beside Python that reads the same archive and writes as many files.
///
/// The archive has the form of X's private messages and is made from a seed. Python keeps nothing but the files: it
/// neither checks them nor flushes them to the disk, and knows nothing of a second import. Its time is what reading JSON
/// and writing files costs at least.
struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "An archive of many messages made into documents, beside Python's reading and writing")

  @Argument(help: "The program") var ligne: String
  @Option(help: "How many messages") var messages = 100_000
  @Option(help: "How many of them in a conversation") var each = 3
  @Option(help: "What the archive is made from") var seed: UInt64 = 1

  func run() throws {
    let place = FileManager.default.temporaryDirectory.appending(path: "ligne-measure-\(UUID())")
    defer { try? FileManager.default.removeItem(at: place) }
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    let archive = place.appending(path: "direct-messages.js")
    try Data(script().utf8).write(to: archive)
    let bytes = try FileManager.default.attributesOfItem(atPath: archive.path)[.size] as? Int ?? 0

    setenv("LIGNE_AUTHOR", "Mesure <mesure@exemple.example>", 1)
    let workspace = place.appending(path: "espace").path
    _ = try Command(words: [ligne, "init", workspace, "--brand", "Mesure", "--channel", "x=x:mesure"]).run()
    let command = Command(words: [ligne, "-C", workspace, "import", "x", archive.path])
    let first = try command.measured()
    let again = try command.measured()
    let python = try Command(words: [
      "python3", "-c", Self.baseline, archive.path, place.appending(path: "python").path,
    ]).measured()

    var columns = Columns(["", "s", "messages/s", "MB of memory"])
    for (name, figures) in [("import", first), ("the same again", again), ("Python", python)] {
      let seconds = figures.time.milliseconds / 1e3
      columns.add([
        name, figure(seconds), figure(Double(messages) / seconds), figure(figures.memory),
      ])
    }
    let conversations = (messages + each - 1) / each
    print(
      """
      \(decimal(Double(messages), 0)) messages in \(decimal(Double(conversations), 0)) conversations, \
      \(figure(Double(bytes) / 1e6)) MB; one run each

      \(columns.text)

      """)
  }

  /// Reads the list and writes a file for each conversation.
  private static let baseline = """
    import json, os, sys
    with open(sys.argv[1], encoding="utf-8") as file:
        text = file.read()
    os.makedirs(sys.argv[2])
    for element in json.loads(text[text.index("=") + 1:]):
        conversation = element["dmConversation"]
        name = os.path.join(sys.argv[2], conversation["conversationId"] + ".json")
        with open(name, "w", encoding="utf-8") as file:
            json.dump(conversation, file, ensure_ascii=False, indent=2, sort_keys=True)
    """

  private func script() -> String {
    var state = seed
    func draw(_ limit: Int) -> Int {
      // Source: Knuth, MMIX: a linear congruential generator; its high bits are good enough for words.
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    var elements: [String] = []
    for conversation in 0..<((messages + each - 1) / each) {
      let events = (conversation * each..<min(messages, (conversation + 1) * each)).map { number in
        let words = (0..<(8 + draw(30))).map { _ in Self.words[draw(Self.words.count)] }.joined(
          separator: " ")
        let (day, hour, minute) = (1 + draw(28), draw(24), draw(60))
        let time = [day, hour, minute].map { $0 < 10 ? "0\($0)" : String($0) }
        let month = 1 + number % 9
        return """
          {"messageCreate": {"id": "\(number)", "senderId": "\(1000 + draw(5000))", "recipientId": "9", \
          "text": "\(words)", "createdAt": "2026-0\(month)-\(time[0])T\(time[1]):\(time[2]):00.000Z", "urls": [], \
          "mediaUrls": [], "reactions": []}}
          """
      }
      elements.append(
        #"{"dmConversation": {"conversationId": "\#(conversation)-9", "messages": [\#(events.joined(separator: ",\n"))]}}"#
      )
    }
    return "window.YTD.direct_messages.part0 = [\n\(elements.joined(separator: ",\n"))\n]\n"
  }

  private static let words = [
    "atelier", "réparer", "mitaine", "grille-pain", "samedi", "bonjour", "merci", "voisine", "café",
    "couture", "lampe",
    "filature", "quand", "combien", "gratuit", "ouvert", "machine", "fer", "quai", "bibliothèque",
  ]
}
