import Documents
import EditorialChecks
import GitStore
import JSONTree
import ObjectModel
public import Wording

/// What to do next where something could not be done.
extension WorkspaceError {
  public var hint: Sentence? {
    switch self {
    case .notAWorkspace:
      Sentence(
        fr:
          "« ligne init » en crée un, « ligne clone ADRESSE » rejoint une équipe, « -C DOSSIER » en ouvre un ailleurs.",
        en: "“ligne init” makes one, “ligne clone ADDRESS” joins a team, “-C FOLDER” opens one elsewhere.")
    case .alreadyAWorkspace:
      Sentence(fr: "Il est prêt : « ligne status ».", en: "It is ready: “ligne status”.")
    case .insideAWorkspace:
      Sentence(
        fr: "Choisissez un dossier ailleurs : ici, l’autre espace ne verrait plus ces fichiers.",
        en: "Choose a folder elsewhere: here the other workspace would not see these files any more.")
    case .damagedHistory:
      Sentence(
        fr:
          "« ligne doctor --repair » remet en état ce qui peut l’être; sinon « ligne clone ADRESSE » dans un autre dossier.",
        en:
          "“ligne doctor --repair” mends what can be mended; else “ligne clone ADDRESS” into another folder.")
    case .noHistory:
      Sentence(
        fr: "« ligne init » en commence un avec les fichiers tels quels.",
        en: "“ligne init” begins one with the files as they are.")
    case .alreadyThere(let path):
      Sentence(
        fr: "« ligne edit \(path.shortName) » l’ouvre.", en: "“ligne edit \(path.shortName)” opens it.")
    case .folderNotEmpty:
      Sentence(
        fr: "Choisissez un dossier neuf : « ligne clone ADRESSE DOSSIER ».",
        en: "Choose a new folder: “ligne clone ADDRESS FOLDER”.")
    case .noSettings:
      Sentence(
        fr: "« ligne restore ligne.json --to -1 » reprend la version d’avant.",
        en: "“ligne restore ligne.json --to -1” takes the version before.")
    case .newerFormat, .newerMergeRules, .newerJoint:
      Sentence(
        fr: "Installez une version plus récente de Ligne; rien n’a été touché.",
        en: "Install a newer version of Ligne; nothing was touched.")
    case .otherBranch, .detached:
      Sentence(fr: "« git switch main » y retourne.", en: "“git switch main” goes back.")
    case .noAuthor:
      Sentence(
        fr:
          "Dites-le une fois : git config --global user.name \"Votre nom\", puis git config --global user.email vous@exemple.org. "
          + "Ou pour une commande : LIGNE_AUTHOR=\"Nom <courriel>\".",
        en:
          "Say it once: git config --global user.name \"Your name\", then git config --global user.email you@example.org. "
          + "Or for one command: LIGNE_AUTHOR=\"Name <mail>\"."
      )
    case .noAddress:
      Sentence(
        fr:
          "« ligne remote ADRESSE » en donne une. D’ici là, « ligne commit » garde tout sur cet ordinateur.",
        en:
          "“ligne remote ADDRESS” gives it one. Until then, “ligne commit” keeps everything on this computer."
      )
    case .emptyMessage:
      Sentence(
        fr: "Dites en une phrase ce qui change et pourquoi : ligne commit -m \"…\"",
        en: "Say in a sentence what changes and why: ligne commit -m \"…\"")
    case .nothingToCommit, .onlyLayoutChanged:
      Sentence(fr: "« ligne status » dit où vous en êtes.", en: "“ligne status” says where you are.")
    case .nothingReadable(let problems): problems.first.flatMap { WorkspaceError.problem($0).hint }
    case .nothingToWaive(_, let path):
      Sentence(
        fr: "« ligne check \(path.shortName) » montre les règles en cause, par leur nom.",
        en: "“ligne check \(path.shortName)” shows the rules in question, by name.")
    case .notReviewable:
      Sentence(
        fr: "On peut en décider sans demande : « ligne review approve ».",
        en: "It can be decided about without being asked for: “ligne review approve”.")
    case .notWaivable:
      Sentence(
        fr: "Corrigez le texte, ou changez la règle de la ligne.",
        en: "Mend the text, or change the rule of the guideline.")
    case .notAGuideline:
      Sentence(fr: "« ligne list guideline » les montre.", en: "“ligne list guideline” shows them.")
    case .uncommittedGuideline:
      Sentence(
        fr: "Enregistrez-les d’abord : chaque personne doit pouvoir retrouver ce que vous avez lu.",
        en: "Commit them first: everybody has to be able to look up what you have read.")
    case .neverAcknowledged(let path):
      Sentence(
        fr:
          "« ligne show \(path.shortName) » la montre, « ligne ack \(path.shortName) » note que vous l’avez lue.",
        en:
          "“ligne show \(path.shortName)” shows it, “ligne ack \(path.shortName)” notes that you have read it."
      )
    case .findings(let findings):
      Sentence(
        fr:
          "« ligne check \(findings.first?.path.shortName ?? "") » montre l’endroit; sans « --strict », la version se fait quand même.",
        en:
          "“ligne check \(findings.first?.path.shortName ?? "")” shows the place; without “--strict” the version is made all the same."
      )
    case .unknownDocument:
      Sentence(
        fr:
          "« ligne list » montre les documents; un titre, un chemin, un id ou une partie unique d’un id suffit.",
        en: "“ligne list” shows the documents; a title, a path, an id or any unique part of an id will do.")
    case .ambiguousDocument:
      Sentence(fr: "Ajoutez quelques lettres de l’id.", en: "Add a few letters of the id.")
    case .unknownChannel(_, known: []):
      Sentence(
        fr: "Il n’y en a pas encore : « ligne channel add ID=PLATEFORME:COMPTE ».",
        en: "There are none yet: “ligne channel add ID=PLATFORM:HANDLE”.")
    case .unknownState(_, let known),
      .malformedPointer(_, _, let known) where !known.isEmpty:
      Sentence(
        fr: "Il y a : \(inOrder(known.map(\.french))).", en: "There are: \(inOrder(known.map(\.english))).")
    case .unknownKind(_, let known), .unknownChannel(_, let known):
      Sentence(
        fr: "Il y a : \(known.joined(separator: ", ")).", en: "There are: \(known.joined(separator: ", ")).")
    case .unknownPlace, .malformedPointer:
      Sentence(
        fr:
          "« ligne show DOCUMENT --json » montre tous les champs; un champ s’écrit /body ou /thread/@id/body.",
        en: "“ligne show DOCUMENT --json” shows all fields; a field is written /body or /thread/@id/body.")
    case .wholeFile:
      Sentence(
        fr:
          "« --take N » en choisit une; ou mettez le fichier voulu à sa place, puis « ligne resolve DOCUMENT --all ».",
        en:
          "“--take N” chooses one; or put the file you want in its place, then “ligne resolve DOCUMENT --all”."
      )
    case .notAText, .candidateNotHere:
      Sentence(
        fr:
          "Prenez-en une autre, ou mettez le fichier voulu à sa place, puis « ligne resolve DOCUMENT --all ».",
        en: "Take another one, or put the file you want in its place, then “ligne resolve DOCUMENT --all”.")
    case .severalConflicts(let document, let places):
      Sentence(
        fr: "Dites laquelle : « ligne resolve \(document.shortName) \(typed(places.prefix(1))) --take N ».",
        en: "Say which: “ligne resolve \(document.shortName) \(typed(places.prefix(1))) --take N”.")
    case .noConflict, .noSuchCandidate:
      Sentence(
        fr: "« ligne conflicts » liste ce qui est à trancher.",
        en: "“ligne conflicts” lists what is to be settled.")
    case .deletedDocument(let path):
      Sentence(
        fr:
          "« ligne restore \(path.shortName) --to -1 » le ramène, « ligne log \(path.shortName) » raconte ses versions.",
        en:
          "“ligne restore \(path.shortName) --to -1” brings it back, “ligne log \(path.shortName)” tells its versions."
      )
    case .notThere(let path):
      Sentence(
        fr: "« ligne log \(path.shortName) » montre les versions qui l’ont.",
        en: "“ligne log \(path.shortName)” shows the versions that have it.")
    case .problem(let problem):
      problem.hint
        ?? Sentence(
          fr:
            "« ligne edit \(problem.path.shortName) » l’ouvre pour le corriger; « ligne restore \(problem.path.shortName) --to -1 » reprend la version d’avant.",
          en:
            "“ligne edit \(problem.path.shortName)” opens it to be mended; “ligne restore \(problem.path.shortName) --to -1” takes the version before."
        )
    case .refusedValue:
      Sentence(
        fr: "« ligne show DOCUMENT --json » montre tous ses champs; rien n’a été écrit.",
        en: "“ligne show DOCUMENT --json” shows all its fields; nothing was written.")
    case .unfinishedGit(.unmergedFiles):
      Sentence(
        fr: "Corrigez les fichiers, puis « git add » sur chacun; rien n’a été touché.",
        en: "Mend the files, then “git add” each of them; nothing was touched.")
    case .unfinishedGit(let operation):
      Sentence(
        fr:
          "Terminez avec « \(operation.finish) » ou abandonnez avec « git \(operation.command) --abort »; rien n’a été touché.",
        en:
          "Finish with “\(operation.finish)” or give up with “git \(operation.command) --abort”; nothing was touched."
      )
    case .immutableField:
      Sentence(
        fr: "Créez un autre document avec « ligne new ».", en: "Make another document with “ligne new”.")
    case .unrelatedTeam:
      Sentence(
        fr: "Vérifiez l’adresse avec « ligne remote »; rien n’a été envoyé ni reçu.",
        en: "Check the address with “ligne remote”; nothing was sent or received.")
    case .nothingThere:
      Sentence(
        fr: "La première personne lance « ligne init », « ligne remote ADRESSE », puis « ligne sync ».",
        en: "The first person runs “ligne init”, “ligne remote ADDRESS”, then “ligne sync”.")
    case .noWorkspaceThere:
      Sentence(
        fr: "Vérifiez l’adresse auprès de l’équipe; rien n’a été laissé sur cet ordinateur.",
        en: "Check the address with the team; nothing was left on this computer.")
    case .addressInside:
      Sentence(
        fr: "Donnez un dossier ailleurs\u{A0}: sur un disque partagé, une clé ou un serveur.",
        en: "Give a folder elsewhere: on a shared disk, a stick or a server.")
    case .nothingAcceptable(_, let refused): refused.hint
    case .unshareable:
      Sentence(
        fr: "Renommez-les ou retirez-les, puis enregistrez une version.",
        en: "Rename or remove them, then commit a version.")
    case .overtaken:
      Sentence(
        fr: "Relancez « ligne sync » : elle reprend où elle s’est arrêtée.",
        en: "Run “ligne sync” again: it continues where it stopped.")
    case .notTaken:
      Sentence(
        fr: "Elles restent ici. Prévenez la personne qui gère l’hébergement, puis relancez « ligne sync ».",
        en: "They stay here. Tell whoever runs the host, then run “ligne sync” again.")
    case .unknownCopy:
      Sentence(
        fr: "« ligne kept » les montre; les quatre premiers caractères d’un id suffisent.",
        en: "“ligne kept” shows them; the first four characters of an id will do.")
    case .ambiguousCopy:
      Sentence(fr: "Ajoutez quelques caractères de l’id.", en: "Add a few characters of the id.")
    case .nothingButCrisesToUndo:
      Sentence(
        fr: "« ligne crisis » les montre, « ligne crisis end » en termine une.",
        en: "“ligne crisis” shows them, “ligne crisis end” ends one.")
    case .noSyncToUndo, .nothingDoneToUndo, .nothingToUndo, .notUndoable(_, .first),
      .notUndoable(_, .elsewhere):
      Sentence(
        fr: "« ligne log » montre les versions; « ligne undo VERSION » en annule une.",
        en: "“ligne log” shows the versions; “ligne undo VERSION” takes one back.")
    case .notUndoable(_, .joint):
      Sentence(
        fr: "Nommez une de ces versions, ou annulez toute la mise en commun avec « ligne undo --sync ».",
        en: "Name one of those, or take the whole sync back with “ligne undo --sync”.")
    case .missingHistory:
      Sentence(
        fr: "« ligne doctor --repair » cherche ce qui manque, ici et à l’adresse de l’équipe.",
        en: "“ligne doctor --repair” looks for what is missing, here and at the team’s address.")
    case .store:
      Sentence(
        fr: "Le travail enregistré est intact. Vérifiez l’espace disque et les droits, puis recommencez.",
        en: "Committed work is intact. Check disk space and permissions, then try again.")
    }
  }
}

/// Words of people one after the other, some of which have commas of their own.
private func inOrder(_ words: [String]) -> String {
  var seen: Set<JSONString> = []
  return words.filter { seen.insert(JSONString($0)).inserted }
    .map { (key: readableWords(of: $0, limit: .max), word: $0) }
    .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map(\.word).joined(separator: "; ")
}
