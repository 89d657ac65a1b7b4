import JSONTree
import ObjectModel
public import Wording

/// Why a change of the team can't be made. Nothing was changed.
public enum TeamError: Error, Hashable, Sendable {
  /// No member is meant by these words; the ids of those there are.
  case unknownMember(String, known: [String])
  /// Several may be meant; their ids.
  case ambiguousMember(String, matches: [String])
  case refusedName(String, NameRefusal)
  /// The name may be taken for that of another member.
  case looksLike(String, other: String)
  case malformedEmail(String)
  case sameEmail(String, other: String)
  case malformedID(String)
  case sameID(String, other: String)
  case unknownRight(String, known: [Sentence])
  case delegationToOneself(String)
  case endsBeforeItBegins
  /// Nobody has the voice of this member, now or later.
  case noDelegation(String)
}

extension TeamError: ExplainedError {
  public var code: String {
    switch self {
    case .unknownMember: "unknown-member"
    case .ambiguousMember: "ambiguous-member"
    case .refusedName: "refused-name"
    case .looksLike: "look-alike-member"
    case .malformedEmail: "malformed-email"
    case .sameEmail: "same-email"
    case .malformedID: "malformed-id"
    case .sameID: "same-id"
    case .unknownRight: "unknown-right"
    case .delegationToOneself: "self-delegation"
    case .endsBeforeItBegins: "delegation-order"
    case .noDelegation: "no-delegation"
    }
  }

  public var message: Sentence {
    switch self {
    case .unknownMember(let words, _):
      Sentence(
        fr: "Personne de l’équipe ne répond à « \(words) ».", en: "Nobody of the team answers to “\(words)”.")
    case .ambiguousMember(let words, let matches):
      Sentence(
        fr: "« \(words) » peut désigner plusieurs personnes : \(matches.joined(separator: ", "))",
        en: "“\(words)” may mean several people: \(matches.joined(separator: ", "))")
    case .refusedName(let name, let refusal): refusal.message(of: name)
    case .looksLike(let name, let other):
      Sentence(
        fr: "Le nom « \(name) » se confond avec celui d’un membre de l’équipe : \(other)",
        en: "The name “\(name)” can be taken for that of a member of the team: \(other)")
    case .malformedEmail(let email):
      Sentence(
        fr: "« \(email) » n’est pas une adresse de courriel.", en: "“\(email)” is not an email address.")
    case .sameEmail(let email, let other):
      Sentence(
        fr: "L’adresse \(email) est déjà celle d’un membre de l’équipe : \(other)",
        en: "The address \(email) is that of a member of the team already: \(other)")
    case .malformedID(let id):
      Sentence(fr: "« \(id) » ne peut pas être un id.", en: "“\(id)” can’t be an id.")
    case .sameID(let id, let other):
      Sentence(
        fr: "L’id « \(id) » est déjà celui d’un membre de l’équipe : \(other)",
        en: "The id “\(id)” is that of a member of the team already: \(other)")
    case .unknownRight(let right, _):
      Sentence(fr: "« \(right) » n’est pas un droit.", en: "“\(right)” is not a right.")
    case .delegationToOneself(let name):
      Sentence(
        fr: "\(name) a déjà sa propre voix.", en: "\(name) has their own voice already.")
    case .endsBeforeItBegins:
      Sentence(
        fr: "La délégation finirait avant de commencer.", en: "The delegation would end before it begins.")
    case .noDelegation(let name):
      Sentence(
        fr: "Personne ne décide à la place de \(name).", en: "Nobody decides in the place of \(name).")
    }
  }

  public var hint: Sentence? {
    switch self {
    case .unknownMember(_, let known):
      known.isEmpty
        ? Sentence(
          fr: "L’équipe n’a pas encore de membre : « ligne team add NOM COURRIEL ».",
          en: "The team has no member yet: “ligne team add NAME EMAIL”.")
        : Sentence(
          fr: "Il y a : \(known.joined(separator: ", ")). Un id, un courriel ou une partie d’un nom suffit.",
          en: "There are: \(known.joined(separator: ", ")). An id, an email or a part of a name will do.")
    case .ambiguousMember:
      Sentence(fr: "Donnez l’id de la personne.", en: "Give the id of the person.")
    case .refusedName(_, let refusal): refusal.hint
    case .looksLike:
      Sentence(
        fr: "Si ce sont deux personnes, ajoutez une initiale ou un second nom.",
        en: "If these are two people, add an initial or a second name.")
    case .malformedEmail:
      Sentence(
        fr: "Celle de git : « git config user.email » la donne chez la personne.",
        en: "That of git: “git config user.email” tells it on the person’s computer.")
    case .sameEmail:
      Sentence(
        fr: "C’est à l’adresse qu’on reconnaît qui écrit : il en faut une par personne.",
        en: "Who writes is known by the address: each person needs one.")
    case .malformedID:
      Sentence(
        fr: "Un id s’écrit en minuscules et en chiffres, comme ana ou leo-b.",
        en: "An id is written in lower case letters and digits, such as ana or leo-b.")
    case .sameID:
      Sentence(fr: "Donnez-en un autre avec « --id ».", en: "Give another one with “--id”.")
    case .unknownRight(_, let known):
      Sentence(
        fr: "Il y a : \(known.map(\.french).joined(separator: ", ")).",
        en: "There are: \(known.map(\.english).joined(separator: ", ")).")
    case .delegationToOneself: nil
    case .endsBeforeItBegins:
      Sentence(
        fr: "Avec « --until », elle finit à la fin du jour nommé.",
        en: "With “--until” it ends with the day you name.")
    case .noDelegation:
      Sentence(
        fr: "« ligne team » montre les délégations en cours.",
        en: "“ligne team” shows the delegations in force.")
    }
  }
}

extension NameRefusal {
  /// What is wrong with a name of a member.
  public func message(of name: String) -> Sentence {
    switch self {
    case .empty: Sentence(fr: "Le nom est vide.", en: "The name is empty.")
    case .invisible(let scalar):
      Sentence(
        fr: "Le nom « \(name) » contient un signe invisible : \(codePoint(scalar))",
        en: "The name “\(name)” contains an invisible sign: \(codePoint(scalar))")
    case .mixedAlphabets(let word):
      Sentence(
        fr: "Le mot « \(word) » mêle les lettres de plusieurs alphabets.",
        en: "The word “\(word)” mixes letters of several alphabets.")
    }
  }

  public var hint: Sentence? {
    switch self {
    case .empty: nil
    case .invisible, .mixedAlphabets:
      Sentence(
        fr: "Tapez le nom au clavier plutôt que de le coller.", en: "Type the name instead of pasting it.")
    }
  }
}
