import JSONTree
import ThreeWayMerge

/// A document to be merged, of any size, and what two people did to it: the same for the same size.
///
/// A conversation with messages, because it is what grows in a workspace: each message has an id, an author, a moment
/// and a sentence or two.
enum MergeDocument {
  /// Whether the two wrote into different messages, or different words into the same ones.
  enum Meeting: String, CaseIterable {
    case clean, conflicting
  }

  /// - Parameters:
  ///   - size: In bytes, of the base; reached to within one message.
  ///   - meeting: One message in twenty is edited by each, at least one.
  static func versions(size: Int, _ meeting: Meeting) -> Versions<[UInt8]> {
    var messages: [JSONValue] = []
    var length = 0
    while length < size {
      let message = message(messages.count)
      // Two spaces more on each line: it stands two levels deep.
      length += message.canonicalForm.count + 4 * 6
      messages.append(message)
    }
    let base = document(messages)
    let ours = document(edited(messages, from: 0, word: "demain"))
    let theirs = document(edited(messages, from: meeting == .clean ? 1 : 0, word: "jeudi"))
    return Versions(base: base, ours: ours, theirs: theirs)
  }

  private static func document(_ messages: [JSONValue]) -> [UInt8] {
    JSONValue.object([
      "channel": "facebook", "createdAt": "2026-11-03T09:00:00-05:00", "createdBy": "ana",
      "id": "01m7d3e000rym61q0vdyh494f4", "kind": "conversation", "messages": .array(messages),
      "triage": "to-answer",
    ]).canonicalForm
  }

  private static func message(_ index: Int) -> JSONValue {
    let minute = index % 60
    return [
      "at": JSONValue("2026-11-03T09:\(minute < 10 ? "0" : "")\(minute):00-05:00"),
      "author": JSONValue(authors[index % authors.count]), "id": JSONValue("m\(index)"),
      "text": JSONValue(
        sentences[index * 7 % sentences.count] + " " + sentences[(index * 11 + 3) % sentences.count]),
    ]
  }

  /// Another third word in every twentieth message.
  private static func edited(_ messages: [JSONValue], from first: Int, word: String) -> [JSONValue] {
    var messages = messages
    for index in stride(from: first, to: messages.count, by: 20) {
      var words = messages[index]["text"]?.text?.split(separator: " ").map(String.init) ?? []
      words[2] = word
      messages[index] = messages[index].setting("text", to: JSONValue(words.joined(separator: " ")))
    }
    return messages
  }

  private static let authors = [
    "Aurèle", "Noëlla", "Clémence", "Ludger", "Philomène", "Rose-Aimée", "Wassila",
  ]

  private static let sentences = [
    "Est-ce que vous prenez aussi les machines à coudre ?", "Ma grand-mère avait exactement le même.",
    "On vous attend jeudi à la bibliothèque, dès dix-huit heures.", "Merci, la lampe fonctionne encore !",
    "Le fil a cassé deux fois, puis nous avons compris pourquoi.",
    "Il neige; l’arrêt de samedi tient toujours.",
    "Apportez la pièce et une photo, on regardera ensemble.", "Personne ne répond au numéro affiché.",
    "Je peux prêter une surjeteuse pour la fin de semaine.", "Bravo à toute l’équipe, quelle belle soirée.",
    "La rampe d’accès est dégagée du côté de la rivière.", "Nous avons retrouvé trois boutons dans la boîte.",
  ]
}

extension JSONValue {
  fileprivate func setting(_ key: JSONString, to value: JSONValue) -> JSONValue {
    guard var object else { return self }
    object[key] = value
    return .object(object)
  }
}
