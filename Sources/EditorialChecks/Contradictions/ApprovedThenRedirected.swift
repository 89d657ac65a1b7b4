import Documents
import JSONTree
import Wording

extension Contradiction {
  /// 2. A text was approved, and the account it goes to changed: a yes is for words in a place.
  static let approvedThenRedirected = Contradiction(rule: "approved-then-redirected") { situation in
    StaleApproval.all(of: .account, in: situation).map { stale in
      let people = situation.names(of: stale.approvedBy)
      let accounts = Sentence.listing(
        stale.releases.map { release in
          let handle = situation.documents.channels.first { $0.id == release.channel }?.handle
          let name = handle.map { "\(release.channel) (\($0))" } ?? release.channel.text
          return Sentence(fr: name, en: name)
        })
      return Finding(
        rule: "approved-then-redirected", level: stale.level, in: stale.releases[0].document,
        at: stale.releases[0].pointer(),
        Sentence(
          fr: """
            L’approbation donnée par \(people.french) était pour un autre compte que \(accounts.french). \
            Vérifiez le compte, puis demandez de nouveau l’approbation.
            """,
          en: """
            The approval by \(people.english) was for another account than \(accounts.english). \
            Check the account, then ask for approval again.
            """))
    }
  }
}
