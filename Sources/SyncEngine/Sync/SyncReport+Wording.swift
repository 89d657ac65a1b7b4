import ObjectModel
public import Wording

extension SyncReport.Refused {
  /// What was not taken in, who brought it, in which version, and why.
  public var told: Sentence {
    let what =
      device.map {
        Sentence(
          fr: "Pas reçu : ce que l’appareil \($0) a partagé.",
          en: "Not taken in: what the device \($0) shared.")
      } ?? Sentence(fr: "Pas reçu : la version de l’équipe.", en: "Not taken in: the team’s version.")
    guard let path, let commit, let author else {
      return Sentence(fr: what.french + " " + reason.french, en: what.english + " " + reason.english)
    }
    let name = String(decoding: path, as: UTF8.self)
    let short = String(commit.hex.prefix(8))
    if path.isEmpty {
      return Sentence(
        fr: "\(what.french) Version \(short), de \(author.name) : \(reason.french)",
        en: "\(what.english) Version \(short), by \(author.name): \(reason.english)")
    }
    return Sentence(
      fr: "\(what.french) « \(name) », de \(author.name), version \(short) : \(reason.french)",
      en: "\(what.english) “\(name)”, by \(author.name), version \(short): \(reason.english)")
  }
}
