import ArgumentParser
import Documents
import EditorialDesk
import JSONTree
import ObjectModel
import SyncEngine
import Wording

extension Ligne.Crisis {
  /// A plan is put to use.
  struct Declare: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "declare",
        abstract: Sentence(fr: "Déclarer une crise, d’après un plan", en: "Declare a crisis, by a plan"),
        discussion: Sentence(
          fr: """
            Sans connexion : la crise est déclarée ici, et « ligne sync » la fait connaître. Dit ce qui est retenu, qui \
            fait quoi, et les messages que le plan a préparés. Sans --channel, --campaign ni --label, elle touche tout \
            l’espace; de plusieurs, un seul suffit pour qu’une publication soit retenue.
            """,
          en: """
            Without a connection: the crisis is declared here, and “ligne sync” makes it known. Says what is held, who \
            does what, and the statements the plan prepared. Without --channel, --campaign and --label it is about the \
            whole workspace; of several, one is enough to hold a post.
            """))
    }

    enum Holding: String, ExpressibleByArgument, CaseIterable {
      case all, notice
      case exceptUrgent = "except-urgent"

      var hold: CrisisActivation.Hold {
        switch self {
        case .all: .all
        case .notice: .notice
        case .exceptUrgent: .exceptUrgent
        }
      }
    }

    @Argument(
      help: .init(
        fr: "Un plan de crise : un chemin, un id ou une partie unique d’un id",
        en: "A crisis plan: a path, an id or any unique part of an id", value: "plan"))
    var plan: String

    @Option(help: .level)
    var level: String

    @Option(
      help: .init(fr: "Ce qui se passe", en: "What is happening", value: Localized.Value.text))
    var reason: String?

    @Option(
      help: .init(
        fr: "Seulement sur ce canal; à répéter", en: "On this channel only; may be repeated",
        value: Localized.Value.channel))
    var channel: [String] = []

    @Option(
      help: .init(
        fr: "Seulement cette campagne; à répéter", en: "This campaign only; may be repeated",
        value: Localized.Value.document))
    var campaign: [String] = []

    @Option(
      help: .init(
        fr: "Seulement sous cette étiquette; à répéter", en: "Under this label only; may be repeated",
        value: Localized.Value.label))
    var label: [String] = []

    @Option(
      help: .init(
        fr:
          "Ce qui est retenu : all (tout), except-urgent (tout sauf l’urgent) ou notice (rien; avertir seulement)",
        en: "What is held: all, except-urgent or notice (nothing; a notice only)", value: "hold"))
    var hold = Holding.all

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) throws {
      let workspace = try session.openWorkspace()
      var wish = CrisisWish(try session.document(plan, of: CrisisPlan.kind, in: workspace), level: level)
      (wish.reason, wish.channels, wish.labels, wish.hold) = (reason, channel, label, hold.hold)
      wish.campaigns = try campaign.map { words in
        let path = try session.document(words, in: workspace)
        let value = try workspace.document(at: path)
        guard value["kind"]?.string == Campaign.kind, let id = value["id"]?.string else {
          throw NotACampaign(path: path)
        }
        return id
      }
      var random = SystemRandomNumberGenerator()
      let version = try workspace.declareCrisis(
        wish, by: session.attribution(in: workspace), random: &random)
      var answer = CrisisAnswer(try session.situation(of: version.path, in: workspace))
      (answer.step, answer.version) = (.declared, version)
      if try workspace.isUncommitted(wish.plan) { answer.remarks.append(.planNotCommitted) }
      try session.answer(answer, in: workspace)
    }
  }
}

/// A document that was taken for a campaign.
struct NotACampaign: ExplainedError {
  var path: WorkspacePath

  var code: String { "not-a-campaign" }

  var message: Sentence {
    Sentence(
      fr: "Ce document n’est pas une campagne : \(path.text)",
      en: "This document is not a campaign: \(path.text)")
  }

  var hint: Sentence? {
    Sentence(
      fr: "« ligne list campaign » montre les campagnes.", en: "“ligne list campaign” shows the campaigns.")
  }
}
