import Documents
import EditorialChecks
import JSONTree
import Wording

/// Time zones in documents that this computer does not know, as findings.
///
/// Schemas only know the form of a name, and which zones there are the system knows: so `ligne check` asks it, and what a
/// version says does not depend on it.
func unknownZoneFindings(in documents: [Document]) -> [Finding] {
  documents.flatMap { document -> [Finding] in
    zones(of: document).filter { !TimeZoneName.isKnown($0.name) }.map { pointer, name in
      Finding(
        rule: UnknownTimeZone.rule, level: .error, in: document, at: pointer,
        UnknownTimeZone(name: name).message)
    }
  }
}

private func zones(of document: Document) -> [(pointer: JSONPointer, name: String)] {
  switch document.kind.name {
  case WorkspaceSettings.kind:
    guard let name = WorkspaceSettings(document.value).timeZone else { return [] }
    return [("/timeZone", name)]
  case Channels.kind:
    return Channels(document.value).channels.compactMap { channel in
      guard let id = channel.id, let name = channel.timeZone else { return nil }
      return (JSONPointer([.key("channels"), .element(id), .key("timeZone")]), name)
    }
  case Post.kind:
    return Post(document.value).variants.compactMap { variant in
      guard let zone = variant.schedule?.zone else { return nil }
      let steps: [JSONPointer.Step] = [
        .key("variants"), .key(variant.channel), .key("schedule"), .key("zone"),
      ]
      return (JSONPointer(steps), zone)
    }
  default: return []
  }
}
