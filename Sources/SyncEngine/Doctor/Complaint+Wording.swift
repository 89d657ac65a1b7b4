import Documents
import ObjectModel
public import Wording

/// What is wrong, in words, and what to do where Ligne can't.
extension Complaint: ExplainedError {
  public var code: String {
    switch problem {
    case .headDamaged: "head-damaged"
    case .settingsDamaged: "settings-damaged"
    case .notOpened(let code, _, _): code
    case .mainLost: "main-lost"
    case .referenceDamaged: "reference-damaged"
    case .notOnMain: "not-on-main"
    case .indexDamaged: "index-damaged"
    case .gitLock: "git-lock"
    case .unfinishedStep: "step-unfinished"
    case .journalDamaged: "journal-damaged"
    case .savedMeanwhile: "saved-meanwhile"
    case .unexplained: "files-unexplained"
    case .driversMissing: "drivers-missing"
    case .objectMissing: "object-missing"
    case .objectDamaged: "object-damaged"
    case .historySuspect: "history-suspect"
    case .syncedByAnotherProgram: "synced-folder"
    case .fileUnseen: "file-unseen"
    case .documentUnreadable: "document-unreadable"
    case .notWritable: "folder-not-writable"
    case .diskNearlyFull: "disk-nearly-full"
    case .clockBehind: "clock-behind"
    case .noGit: "no-git"
    case .unfinishedGit: "unfinished-git"
    }
  }

  public var message: Sentence {
    switch problem {
    case .headDamaged:
      Sentence(
        fr: "Ce qui dit à git où en est ce dossier (HEAD) manque ou est illisible.",
        en: "What tells git where this folder stands (HEAD) is missing or unreadable.")
    case .settingsDamaged:
      Sentence(
        fr: "Les réglages de git dans ce dossier sont illisibles.",
        en: "Git’s settings in this folder are unreadable.")
    case .notOpened(_, let message, _), .noGit(let message, _), .unfinishedGit(let message, _): message
    case .mainLost(_, let source):
      switch source {
      case .log?:
        Sentence(
          fr: "La dernière version n’était plus nommée nulle part; le journal de git la connaît.",
          en: "The newest version was not named anywhere any more; git’s log knows it.")
      case .seenMain?, .received?:
        Sentence(
          fr:
            "La dernière version n’est plus nommée nulle part; celle de l’équipe, vue à la dernière mise en commun, l’est.",
          en: "The newest version is not named anywhere any more; the team’s, as last seen, is.")
      case nil:
        Sentence(
          fr: "La dernière version n’est plus nommée nulle part.",
          en: "The newest version is not named anywhere any more.")
      }
    case .referenceDamaged(let name):
      Sentence(
        fr: "Une marque de l’historique est illisible : \(name)",
        en: "A mark in the history is unreadable: \(name)")
    case .notOnMain(let branch?, _):
      Sentence(
        fr: "Le dossier est sur la branche « \(branch) », pas sur « main ».",
        en: "The folder is on the branch “\(branch)”, not on “main”.")
    case .notOnMain(nil, _):
      Sentence(
        fr: "Le dossier montre une version ancienne, hors de « main ».",
        en: "The folder shows an old version, apart from “main”.")
    case .indexDamaged:
      Sentence(
        fr: "La liste des fichiers de git (index) est endommagée.",
        en: "Git’s list of files (the index) is damaged.")
    case .gitLock(let path, true):
      Sentence(
        fr: "Un verrou de git est peut-être encore utilisé : \(path)",
        en: "A lock of git’s may still be in use: \(path)")
    case .gitLock(let path, false):
      Sentence(
        fr: "Un programme interrompu a laissé un verrou : \(path)",
        en: "A program that was killed left a lock: \(path)")
    case .unfinishedStep(let command):
      Sentence(
        fr: "« ligne \(command) » a été interrompue avant sa fin.",
        en: "“ligne \(command)” was interrupted before its end.")
    case .journalDamaged:
      Sentence(
        fr: "Le carnet d’une commande interrompue est illisible; elle n’avait rien commencé.",
        en: "The notes of an interrupted command are unreadable; it had not begun anything.")
    case .savedMeanwhile:
      Sentence(
        fr: "Des textes enregistrés pendant que Ligne écrivait attendent d’être repris.",
        en: "Texts that were saved while Ligne was writing wait to be taken up.")
    case .unexplained(let folder):
      Sentence(
        fr:
          "Des fichiers remplacés par une commande interrompue ne disent plus d’où ils viennent : \(folder)",
        en: "Files that an interrupted command replaced no longer say where they come from: \(folder)")
    case .driversMissing:
      Sentence(
        fr: "Git n’est pas réglé pour fusionner les documents comme Ligne.",
        en: "Git is not set to merge documents as Ligne does.")
    case .objectMissing(let id, let path):
      path.map {
        Sentence(
          fr: "Le contenu de « \($0) » manque sur cet ordinateur : \(id.hex)",
          en: "The content of “\($0)” is missing on this computer: \(id.hex)")
      }
        ?? Sentence(
          fr: "Une version manque sur cet ordinateur : \(id.hex)",
          en: "A version is missing on this computer: \(id.hex)")
    case .objectDamaged(let id, let path):
      path.map {
        Sentence(
          fr: "Le contenu de « \($0) » est endommagé : \(id.hex)",
          en: "The content of “\($0)” is damaged: \(id.hex)")
      }
        ?? Sentence(
          fr: "Une version est endommagée : \(id.hex)", en: "A version is damaged: \(id.hex)")
    case .historySuspect(let id):
      Sentence(
        fr: "Une version n’est pas ce qu’elle dit être : \(id.hex.prefix(8))",
        en: "A version is not what it says it is: \(id.hex.prefix(8))")
    case .syncedByAnotherProgram(let name):
      Sentence(
        fr:
          "Ce dossier est dans un dossier que \(name) synchronise; deux programmes y écrivent l’historique.",
        en: "This folder is inside one that \(name) synchronises; two programs write its history.")
    case .fileUnseen(let path, let reason):
      Sentence(
        fr: "\(String(decoding: path, as: UTF8.self)) : \(reason.french)",
        en: "\(String(decoding: path, as: UTF8.self)): \(reason.english)")
    case .documentUnreadable(let path, let problem):
      Sentence(
        fr: "\(path.text) : \(problem.message.french)", en: "\(path.text): \(problem.message.english)")
    case .notWritable(let folder):
      Sentence(
        fr: "Vous n’avez pas le droit d’écrire dans \(folder).",
        en: "You are not allowed to write to \(folder).")
    case .diskNearlyFull(let left):
      Sentence(
        fr: "Il ne reste que \(Language.french.number(left)) Mio sur le disque.",
        en: "Only \(Language.english.number(left)) MiB are left on the disk.")
    case .clockBehind(let days, let author):
      Sentence(
        fr:
          "La dernière version (\(author)) date de \(CountedNoun.days.counted(days).french) après aujourd’hui; une horloge est déréglée.",
        en:
          "The newest version (\(author)) is dated \(CountedNoun.days.counted(days).english) after today; some clock is wrong."
      )
    }
  }

  /// What a person can do; `nil` where it is mended, or where `--repair` will.
  public var hint: Sentence? {
    if isRepaired { return nil }
    switch problem {
    case .notOpened(_, _, let hint), .noGit(_, let hint), .unfinishedGit(_, let hint): return hint
    case .notOnMain:
      return Sentence(fr: "« git switch main » y retourne.", en: "“git switch main” goes back.")
    case .gitLock(_, true):
      return Sentence(
        fr: "Terminez le programme git qui travaille ici, ou attendez quelques minutes.",
        en: "End the git program that is at work here, or wait a few minutes.")
    case .unexplained:
      return Sentence(
        fr: "Regardez ces fichiers; ceux dont vous n’avez pas besoin peuvent être supprimés à la main.",
        en: "Look at these files; those you do not need can be removed by hand.")
    case .mainLost(nil, _), .objectMissing, .objectDamaged:
      return Sentence(
        fr:
          "« ligne doctor --repair --from ADRESSE » cherche dans une autre copie; sinon, « ligne clone » en prend une saine.",
        en:
          "“ligne doctor --repair --from ADDRESS” looks in another copy; else “ligne clone” takes a sound one."
      )
    case .historySuspect:
      return Sentence(
        fr: "« ligne verify » dit laquelle et pourquoi.", en: "“ligne verify” says which and why.")
    case .syncedByAnotherProgram:
      return Sentence(
        fr: "Déplacez l’espace hors de ce dossier; « ligne sync » suffit à le partager.",
        en: "Move the workspace out of it; “ligne sync” is enough to share it.")
    case .fileUnseen:
      return Sentence(
        fr: "Renommez ce fichier, ou rendez-le lisible.", en: "Rename the file, or make it readable.")
    case .documentUnreadable(let path, let problem):
      return problem.hint
        ?? Sentence(
          fr: "« ligne edit \(path.shortName) » l’ouvre pour le corriger.",
          en: "“ligne edit \(path.shortName)” opens it to be mended.")
    case .notWritable:
      return Sentence(
        fr: "Demandez le droit d’écrire à la personne à qui il appartient.",
        en: "Ask its owner for the right to write.")
    case .diskNearlyFull:
      return Sentence(fr: "Libérez de la place avant de continuer.", en: "Free some space before going on.")
    case .clockBehind:
      return Sentence(
        fr: "Vérifiez la date de cet ordinateur, puis celle de cette personne.",
        en: "Check the date of this computer, then that person’s.")
    case .headDamaged, .settingsDamaged, .mainLost, .referenceDamaged, .indexDamaged, .gitLock,
      .unfinishedStep,
      .journalDamaged, .savedMeanwhile, .driversMissing:
      return nil
    }
  }
}

extension CountedNoun {
  fileprivate static let days = CountedNoun(fr: ("jour", "jours"), en: ("day", "days"))
}
