import Documents
import JSONTree
import Wording

extension Contradiction {
  /// 33. A record is dated in the future, and others stand beside it about the same thing: by its time stamp it would be
  /// the last for a long while.
  ///
  /// History goes by what was known when, not by clocks. A warning for the person whose clock is wrong.
  static let futureTimeStamp = Contradiction(rule: "future-time-stamp") { situation in
    /// Clocks of honest computers differ by less.
    let tolerance = 15 * 60
    let latest = situation.now.secondsSince1970 + tolerance
    var records: [Thing: [Document]] = [:]
    for document in situation.documents.all where document.kind.placement.isWrittenOnce {
      let subject = ["subject", "post", "activation", "guideline"].lazy.compactMap {
        document.value[$0]?.string
      }.first
      guard let subject, document.value["at"]?.text != nil else { continue }
      records[Thing(kind: document.kind.name, subject: subject), default: []].append(document)
    }
    return records.values.filter { $0.count > 1 }.joined().compactMap { document in
      guard let at = document.value["at"]?.text, let instant = Instant(rfc3339: at),
        instant.secondsSince1970 > latest
      else { return nil }
      let person = situation.name(of: (document.value["by"] ?? document.value["createdBy"])?.string)
      let moment = situation.moment(at)
      return Finding(
        rule: "future-time-stamp", level: .warning, in: document, at: "/at",
        Sentence(
          fr: """
            La date écrite par \(person), \(moment.french), est encore à venir : c’est l’ordre des versions qui \
            compte, pas celui des horloges. Vérifiez l’heure de cet ordinateur.
            """,
          en: """
            The date that \(person) wrote, \(moment.english), is still to come: the order of versions counts, not \
            that of clocks. Check the clock of that computer.
            """))
    }
  }

  private struct Thing: Hashable { var kind, subject: JSONString }
}
