public import Documents
public import EditorialReview
public import JSONTree
public import Wording

/// Why a text must not go out as it is. It may have gone out all the same: that is a fact, and can be recorded as one.
public enum ReleaseBlocker: Sendable {
  case held(by: Document)
  case conflicted
  case givenUp(EditorialState)
  /// Somebody said no to these very words.
  case objected(by: JSONString, remark: String?)
  /// Whose yes was on other words, or on other pictures alone.
  case stale([JSONString], isOfPictures: Bool)
  case notApproved
  case noChannel, channelClosed
  case permissionRefused(Document)
  case permissionOver(Document)
  case embargo(until: Moment)
  case expired(since: Moment)
  /// These very words, or others in their place, are out there.
  case alreadyOut(Publication)
  case nothingCorrected(Publication)
  case nothingOut
  /// Something is out, and nothing at the address that was named.
  case notAtAddress(String)
  /// The moment is still to come.
  case notYet(Moment)
  case rule(RuleObjection)

  /// A stable name for scripts.
  public var code: String {
    switch self {
    case .held: "held"
    case .conflicted: "conflicted"
    case .givenUp: "given-up"
    case .objected: "objected"
    case .stale: "stale"
    case .notApproved: "not-approved"
    case .noChannel: "no-channel"
    case .channelClosed: "channel-closed"
    case .permissionRefused: "permission-refused"
    case .permissionOver: "permission-over"
    case .embargo: "embargo"
    case .expired: "expired"
    case .alreadyOut: "already-published"
    case .nothingCorrected: "nothing-corrected"
    case .nothingOut: "nothing-published"
    case .notAtAddress: "not-at-address"
    case .notYet: "not-yet"
    case .rule: "rule"
    }
  }

  /// Whether the person who asks can only have meant something else: recording it anyway would be no fact.
  public var isMistake: Bool {
    switch self {
    case .nothingCorrected, .nothingOut, .notAtAddress, .notYet: true
    default: false
    }
  }

  /// - Parameter name: What the team calls a person.
  public func message(name: (JSONString) -> String) -> Sentence {
    switch self {
    case .held(let crisis):
      Sentence(
        fr: "Une crise la retient : \(crisis.title)", en: "A crisis holds it: \(crisis.title)")
    case .conflicted:
      Sentence(
        fr: "Deux versions de ce document attendent un choix.",
        en: "Two versions of this document wait for a choice.")
    case .givenUp(let state):
      Sentence(fr: "Elle est \(state.wording.french).", en: "It is \(state.wording.english).")
    case .objected(let person, let remark):
      Sentence(
        fr: "\(name(person)) s’y oppose\(remark.map { "\u{A0}: \(Language.french.quoted($0))" } ?? ".")",
        en: "\(name(person)) objects\(remark.map { ": \(Language.english.quoted($0))" } ?? ".")")
    case .stale(let people, let isOfPictures):
      Sentence(
        fr:
          "L’approbation de \(Language.french.listing(people.map(name))) portait sur \(isOfPictures ? "d’autres images" : "un autre texte").",
        en:
          "The approval by \(Language.english.listing(people.map(name))) covered \(isOfPictures ? "other pictures" : "another text")."
      )
    case .notApproved:
      Sentence(
        fr: "L’approbation requise manque pour ce texte-ci.",
        en: "The approval that is required is missing for this very text.")
    case .noChannel: Sentence(fr: "Ce canal n’existe pas ou plus.", en: "There is no such channel any more.")
    case .channelClosed: Sentence(fr: "Ce canal est fermé.", en: "This channel is closed.")
    case .permissionRefused(let asset):
      Sentence(
        fr: "La permission est refusée pour une image : \(asset.title)",
        en: "Permission is refused for a picture: \(asset.title)")
    case .permissionOver(let asset):
      Sentence(
        fr: "La permission est échue pour une image : \(asset.title)",
        en: "Permission has ended for a picture: \(asset.title)")
    case .embargo(let end):
      Sentence(
        fr: "L’embargo dure encore : \(wording(end).french)",
        en: "The embargo still lasts: \(wording(end).english)")
    case .expired(let end):
      Sentence(
        fr: "Elle n’est plus valable : \(wording(end).french)",
        en: "It is no longer valid: \(wording(end).english)")
    case .alreadyOut(let publication):
      Sentence(
        fr: "Elle est déjà sortie, par \(told(publication, name).french)",
        en: "It is out already, by \(told(publication, name).english)")
    case .nothingCorrected(let publication):
      Sentence(
        fr: "Ce texte est celui qui est sorti, par \(told(publication, name).french)",
        en: "This is the text that went out, by \(told(publication, name).english)")
    case .nothingOut:
      Sentence(
        fr: "Rien n’en est sorti sur ce canal : il n’y a rien à corriger ni à retirer.",
        en: "Nothing of it is out on this channel: there is nothing to correct or withdraw.")
    case .notAtAddress(let url):
      Sentence(
        fr: "Rien n’en est sorti à cette adresse\u{A0}: \(url)",
        en: "Nothing of it is out at this address: \(url)")
    case .notYet(let moment):
      Sentence(
        fr: "Ce moment est encore à venir : \(wording(moment).french)",
        en: "That moment is still to come: \(wording(moment).english)")
    case .rule(let objection):
      Sentence(
        fr: "\(objection.message.french) (\(objection.rule))",
        en: "\(objection.message.english) (\(objection.rule))")
    }
  }

  /// The next step, with the command to type.
  ///
  /// - Parameters:
  ///   - document: What is enough to type for the document.
  ///   - channel: Where.
  public func next(document: String, channel: String) -> Sentence {
    switch self {
    case .held(let crisis):
      let name = crisis.path.shortName
      return .command("ligne crisis status \(name)")
    case .conflicted: return .command("ligne conflicts \(document)")
    case .givenUp: return .command("ligne set \(document) /state draft")
    // Other words are no longer those that somebody objects to, and who objects may change their mind.
    case .objected: return .command("ligne edit \(document)")
    case .stale, .notApproved: return .command("ligne review request \(document)")
    case .noChannel: return .command("ligne channel")
    case .channelClosed: return .command("ligne channel open \(channel)")
    case .permissionRefused(let asset), .permissionOver(let asset):
      return .command("ligne show \(asset.path.shortName)")
    case .embargo: return .command("ligne schedule \(document) --channel \(channel) --at …")
    case .expired: return .command("ligne set \(document) /expiresAt --delete")
    case .alreadyOut:
      return Sentence(
        fr: "modifiez-la, puis : ligne publish \(document) --channel \(channel) --nature correction",
        en: "edit it, then: ligne publish \(document) --channel \(channel) --nature correction")
    case .nothingCorrected: return .command("ligne edit \(document)")
    case .nothingOut: return .command("ligne publish \(document) --channel \(channel)")
    case .notAtAddress:
      return .command("ligne publish \(document) --channel \(channel) --nature withdrawal --url …")
    case .notYet: return .command("ligne schedule \(document) --channel \(channel) --at …")
    case .rule(let objection):
      return .command("ligne waive \(document) \(objection.rule) -m \"…\"")
    }
  }

  private func told(_ publication: Publication, _ name: (JSONString) -> String) -> Sentence {
    let person = publication.by.map(name) ?? "?"
    let at = publication.at.flatMap { Moment(rfc3339: $0) }.map(wording)
    let link = publication.url.map { " (\($0))" } ?? ""
    return Sentence(
      fr: "\(person)\(at.map { ", \($0.french)" } ?? "")\(link)",
      en: "\(person)\(at.map { ", \($0.english)" } ?? "")\(link)")
  }

  private func wording(_ moment: Moment) -> Sentence { moment.instant.fullWording(offset: moment.offset) }
}

extension Sentence {
  /// A command to type, the same in both languages.
  fileprivate static func command(_ words: String) -> Sentence { Sentence(fr: words, en: words) }
}

/// What a person should know before it goes out, and that does not hold it back.
public enum ReleaseCaution: Sendable {
  case nobodyApproved
  case dormant
  case permissionAsked(Document)
  case noAltText(Document)
  /// Its time is still to come, or passed a while ago.
  case early(Moment)
  case late(Moment)
  case notOfTheTeam, noRight
  /// The team keeps shifts for the channel, and this is not one of theirs; who is on duty, by name.
  case offDuty(others: [String])

  /// A stable name for scripts.
  public var code: String {
    switch self {
    case .nobodyApproved: "nobody-approved"
    case .dormant: "channel-dormant"
    case .permissionAsked: "permission-asked"
    case .noAltText: "no-alt-text"
    case .early: "early"
    case .late: "late"
    case .notOfTheTeam: "not-of-the-team"
    case .noRight: "no-right"
    case .offDuty: "off-duty"
    }
  }

  public var message: Sentence {
    switch self {
    case .offDuty(let others):
      others.isEmpty
        ? Sentence(
          fr: "Vous n’êtes pas de service sur ce canal à cette heure, et personne d’autre ne l’est.",
          en: "You are not on duty on this channel at that hour, and nobody else is.")
        : Sentence(
          fr:
            "Vous n’êtes pas de service sur ce canal à cette heure; de service : \(Language.french.listing(others))",
          en: "You are not on duty on this channel at that hour; on duty: \(Language.english.listing(others))"
        )
    case .nobodyApproved:
      Sentence(fr: "Personne n’a dit oui à ce texte-ci.", en: "Nobody has said yes to this very text.")
    case .dormant: Sentence(fr: "Ce canal est en sommeil.", en: "This channel is dormant.")
    case .permissionAsked(let asset):
      Sentence(
        fr: "La permission est demandée, pas encore donnée : \(asset.title)",
        en: "Permission is asked for, and not given yet: \(asset.title)")
    case .noAltText(let asset):
      Sentence(
        fr: "Une image n’a pas de texte de remplacement : \(asset.title)",
        en: "A picture has no alternative text: \(asset.title)")
    case .early(let time):
      Sentence(
        fr: "Elle était prévue pour plus tard : \(wording(time).french)",
        en: "It was planned for later: \(wording(time).english)")
    case .late(let time):
      Sentence(
        fr: "Elle était prévue pour plus tôt : \(wording(time).french)",
        en: "It was planned for earlier: \(wording(time).english)")
    case .notOfTheTeam:
      Sentence(fr: "Vous n’êtes pas de l’équipe.", en: "You are not of the team.")
    case .noRight:
      Sentence(
        fr: "Vous n’avez pas le droit de publier sur ce canal.",
        en: "You do not have the right to publish on this channel.")
    }
  }

  private func wording(_ moment: Moment) -> Sentence { moment.instant.fullWording(offset: moment.offset) }
}
