import ObjectModel
public import Wording

extension RefusedFile.Reason {
  /// Why Ligne leaves the file alone, as the end of a line.
  public var wording: Sentence {
    switch self {
    case .link: Sentence(fr: "un lien n’est pas suivi", en: "a link is not followed")
    case .specialFile: Sentence(fr: "ce n’est pas un fichier ordinaire", en: "this is no ordinary file")
    case .name(let refusal): refusal.message
    case .unreadable(let reason):
      Sentence(
        fr: "ne se lit pas : \(reason.explained.french)", en: "can’t be read: \(reason.explained.english)")
    case .nestedRepository:
      Sentence(fr: "ce dossier est un dépôt à part", en: "this folder is a repository of its own")
    case .tooBig: Sentence(fr: "le fichier est trop gros", en: "the file is too big")
    case .keepsChanging:
      Sentence(fr: "un programme n’arrête pas d’y écrire", en: "some program keeps writing to it")
    }
  }
}
