import Documents
import EditorialChecks
import GitStore
import JSONTree
import ObjectModel
public import Wording

/// What could not be done, and what to do next, in words.
extension WorkspaceError: ExplainedError {
  public var message: Sentence {
    switch self {
    case .notAWorkspace(let folder):
      Sentence(
        fr: "Aucun espace de travail Ligne ici : \(folder)",
        en: "There is no Ligne workspace here: \(folder)")
    case .alreadyAWorkspace(let folder):
      Sentence(
        fr: "Il y a déjà un espace de travail ici : \(folder)",
        en: "There already is a workspace here: \(folder)")
    case .noHistory(let folder):
      Sentence(
        fr: "Ce dossier contient un espace de travail, mais aucun historique : \(folder)",
        en: "This folder holds a workspace, but no history: \(folder)")
    case .alreadyThere(let path):
      Sentence(fr: "Ce document existe déjà : \(path.text)", en: "This document exists already: \(path.text)")
    case .folderNotEmpty(let folder):
      Sentence(fr: "Le dossier n’est pas vide : \(folder)", en: "The folder is not empty: \(folder)")
    case .noSettings(let reason):
      Sentence(fr: "ligne.json ne se lit pas : \(reason)", en: "ligne.json can’t be read: \(reason)")
    case .newerFormat(let found, let supported):
      Sentence(
        fr: "Cet espace est au format \(found); ce programme connaît les formats jusqu’à \(supported).",
        en: "This workspace has format \(found); this program knows formats up to \(supported).")
    case .newerMergeRules(let found, let supported):
      Sentence(
        fr:
          "L’équipe réunit le travail selon les règles \(found); ce programme connaît les règles jusqu’à \(supported).",
        en: "The team joins work by rules \(found); this program knows rules up to \(supported).")
    case .newerJoint(let id, let found, let supported):
      Sentence(
        fr:
          "Une version réunit le travail selon les règles \(found); ce programme connaît les règles jusqu’à \(supported) : \(id.hex)",
        en:
          "A version joins work by rules \(found); this program knows rules up to \(supported): \(id.hex)")
    case .otherBranch(let name):
      Sentence(
        fr: "Le dossier est sur la branche « \(name) »; Ligne travaille sur « main ».",
        en: "The folder is on the branch “\(name)”; Ligne works on “main”.")
    case .detached:
      Sentence(
        fr: "Le dossier montre une version ancienne, sans branche; Ligne travaille sur « main ».",
        en: "The folder shows an old version, on no branch; Ligne works on “main”.")
    case .noAuthor:
      Sentence(fr: "On ne sait pas qui écrit.", en: "Nobody knows who is writing.")
    case .noAddress:
      Sentence(fr: "L’espace n’a pas d’adresse d’équipe.", en: "The workspace has no team address.")
    case .emptyMessage:
      Sentence(fr: "Une version a besoin d’un message.", en: "A version needs a message.")
    case .nothingToCommit:
      Sentence(
        fr: "Rien à enregistrer : aucun document n’a changé.",
        en: "Nothing to commit: no document has changed.")
    case .nothingReadable(let problems):
      nothingCommitted(problems)
    case .findings(let findings): refusedForFindings(findings)
    case .nothingToWaive(let rule, let path):
      Sentence(
        fr: "Rien ici ne contrevient à la règle « \(rule) » : \(path.text)",
        en: "Nothing here breaks the rule “\(rule)”: \(path.text)")
    case .notReviewable(let path):
      Sentence(
        fr: "On demande un avis sur une publication ou une réponse; \(path.text) est autre chose.",
        en: "A decision is asked for on a post or a reply; \(path.text) is something else.")
    case .notWaivable(let path):
      Sentence(
        fr: "Ce genre de document ne porte pas d’exceptions : \(path.text)",
        en: "This kind of document carries no exceptions: \(path.text)")
    case .notAGuideline(let path):
      Sentence(
        fr: "Ce document n’est pas une ligne éditoriale : \(path.text)",
        en: "This document is not a guideline: \(path.text)")
    case .uncommittedGuideline(let path):
      Sentence(
        fr: "La ligne a des changements qui ne sont pas enregistrés : \(path.text)",
        en: "The guideline has changes that are not committed: \(path.text)")
    case .neverAcknowledged(let path):
      Sentence(
        fr: "Vous n’avez pas encore dit avoir lu cette ligne : \(path.text)",
        en: "You have not said yet that you have read this guideline: \(path.text)")
    case .unknownDocument(let words):
      Sentence(fr: "Aucun document ne répond à « \(words) ».", en: "No document answers to “\(words)”.")
    case .ambiguousDocument(let words, let matches):
      Sentence(
        fr: "Plusieurs documents répondent à « \(words) » : \(listed(matches))",
        en: "Several documents answer to “\(words)”: \(listed(matches))")
    case .unknownKind(let kind, _):
      Sentence(
        fr: "« \(kind) » n’est pas un genre de document de cet espace.",
        en: "“\(kind)” is not a kind of document of this workspace.")
    case .unknownChannel(let channel, _):
      Sentence(
        fr: "« \(channel) » n’est pas un canal de cet espace.",
        en: "“\(channel)” is not a channel of this workspace.")
    case .unknownState(let state, _):
      Sentence(
        fr: "« \(state) » n’est l’état d’aucun document possible ici.",
        en: "“\(state)” is not a state a document can have here.")
    case .unknownPlace(let pointer, let document):
      Sentence(
        fr: "« \(pointer) » n’existe pas dans \(document.text)",
        en: "“\(pointer)” does not exist in \(document.text)")
    case .malformedPointer(let pointer, let reason, _):
      Sentence(
        fr: "« \(pointer) » ne désigne pas un champ : \(reason.french)",
        en: "“\(pointer)” does not name a field: \(reason.english)")
    case .noConflict(let pointer, let document):
      pointer.isEmpty
        ? Sentence(
          fr: "Rien n’est à trancher dans \(document.text)",
          en: "There is nothing to settle in \(document.text)")
        : Sentence(
          fr: "Rien n’est à trancher à « \(pointer) » dans \(document.text)",
          en: "There is nothing to settle at “\(pointer)” in \(document.text)")
    case .severalConflicts(let document, let places):
      Sentence(
        fr: "Plusieurs choses sont à trancher dans \(document.text) : \(typed(places)).",
        en: "Several things are to be settled in \(document.text): \(typed(places)).")
    case .noSuchCandidate(let number, let count):
      Sentence(
        fr: "Il n’y a pas de choix \(number) : ils vont de 1 à \(count).",
        en: "There is no choice \(number): they go from 1 to \(count).")
    case .wholeFile(let path):
      Sentence(
        fr: "Des versions entières de ce fichier sont en jeu, pas une valeur : \(path.text)",
        en: "Whole versions of this file are to be settled, not a value: \(path.text)")
    case .notAText(let path):
      Sentence(
        fr: "Ce fichier ne contient que du texte, et ce choix n’en est pas : \(path.text)",
        en: "This file holds nothing but text, and this choice is none: \(path.text)")
    case .candidateNotHere(let path):
      Sentence(
        fr: "Cette version de \(path.text) n’est pas sur cet ordinateur.",
        en: "This version of \(path.text) is not on this computer.")
    case .deletedDocument(let path):
      Sentence(fr: "Ce document est supprimé : \(path.text)", en: "This document is deleted: \(path.text)")
    case .notThere(let path):
      Sentence(
        fr: "Cette version n’a pas de document à cet endroit : \(path.text)",
        en: "That version has no document there: \(path.text)")
    case .problem(let problem):
      problem.isUnreadable
        ? Sentence(
          fr: "\(problem.path.text) ne se lit pas : \(problem.message.french)",
          en: "\(problem.path.text) can’t be read: \(problem.message.english)")
        : Sentence(
          fr: "\(problem.path.text) n’est pas en règle : \(problem.message.french)",
          en: "\(problem.path.text) is not in order: \(problem.message.english)")
    case .refusedValue(let problem):
      Sentence(
        fr: "\(problem.path.text) n’a pas changé : \(problem.messageWithoutLine.french)",
        en: "\(problem.path.text) did not change: \(problem.messageWithoutLine.english)")
    case .unfinishedGit(.unmergedFiles):
      Sentence(
        fr: "Git attend que des fichiers en conflit soient corrigés dans ce dossier.",
        en: "Git waits for files in conflict to be mended in this folder.")
    case .unfinishedGit(let operation):
      Sentence(
        fr: "« git \(operation.command) » est commencé et pas terminé dans ce dossier.",
        en: "“git \(operation.command)” was begun in this folder and is not finished.")
    case .immutableField(let pointer):
      Sentence(
        fr: "« \(pointer) » est fixé à la création et ne change plus.",
        en: "“\(pointer)” is set when a document is made and does not change.")
    case .unrelatedTeam(let address):
      Sentence(
        fr: "L’adresse contient autre chose que cet espace de travail : \(address)",
        en: "The address holds something else than this workspace: \(address)")
    case .nothingThere(let address):
      Sentence(
        fr: "L’adresse existe, mais rien n’y a encore été partagé : \(address)",
        en: "The address exists, but nothing has been shared there yet: \(address)")
    case .noWorkspaceThere(let address):
      Sentence(
        fr: "L’adresse contient un projet git, mais pas d’espace de travail Ligne : \(address)",
        en: "The address holds a git project, but no Ligne workspace: \(address)")
    case .nothingAcceptable(let address, let refused):
      Sentence(
        fr: "Rien n’a pu être reçu de \(address). \(refused.told.french)",
        en: "Nothing could be taken in from \(address). \(refused.told.english)")
    case .unshareable(let paths):
      Sentence(
        fr: "Ces fichiers ne peuvent pas être partagés : \(shortened(paths))",
        en: "These files can’t be shared: \(shortened(paths))")
    case .overtaken(let attempts):
      Sentence(
        fr: "\(attempts) fois, quelqu’un d’autre est passé devant à l’adresse de l’équipe.",
        en: "Somebody else got to the team’s address first, \(attempts) times.")
    case .notTaken(let address):
      Sentence(
        fr: "L’hébergeur dit avoir pris vos versions, mais elles n’y sont pas : \(address)",
        en: "The host says that it took your versions, but they are not there: \(address)")
    case .unknownCopy(let name):
      Sentence(
        fr: "Aucun texte gardé ne répond à \(Language.french.quoted(name)).",
        en: "No kept text answers to \(Language.english.quoted(name)).")
    case .ambiguousCopy(let name, let count):
      Sentence(
        fr: "\(count) textes gardés répondent à \(Language.french.quoted(name)).",
        en: "\(count) kept texts answer to \(Language.english.quoted(name)).")
    case .noSyncToUndo:
      Sentence(
        fr: "Aucune mise en commun faite sur cet ordinateur n’a rien apporté qui puisse être annulé.",
        en: "No sync on this computer brought in anything that could be taken back.")
    case .nothingDoneToUndo:
      Sentence(
        fr: "Rien de ce qui s’est fait sur cet ordinateur n’est à annuler.",
        en: "Nothing that was done on this computer is left to take back.")
    case .nothingToUndo:
      Sentence(
        fr: "L’espace ne contient plus rien de ce qui serait annulé.",
        en: "The workspace holds nothing any more of what would be taken back.")
    case .notUndoable(let id, .first):
      Sentence(
        fr: "Tout commence avec cette version; l’annuler viderait l’espace : \(id.hex.prefix(8))",
        en:
          "Everything begins with this version; taking it back would empty the workspace: \(id.hex.prefix(8))"
      )
    case .notUndoable(let id, .joint):
      Sentence(
        fr: "Cette version ne fait que réunir ce que d’autres versions contiennent : \(id.hex.prefix(8))",
        en: "This version only joins what other versions hold: \(id.hex.prefix(8))")
    case .notUndoable(let id, .elsewhere):
      Sentence(
        fr: "Cette version n’est pas dans l’historique de l’espace : \(id.hex.prefix(8))",
        en: "This version is not in the history of the workspace: \(id.hex.prefix(8))")
    case .missingHistory(let id):
      Sentence(
        fr: "Une partie de l’historique n’est pas sur cet ordinateur : \(id.hex)",
        en: "A part of the history is not on this computer: \(id.hex)")
    case .store(let operation, let detail):
      Sentence(
        fr: "Git n’a pas pu faire ceci : \(operation) (\(detail))",
        en: "Git could not do this: \(operation) (\(detail))")
    }
  }

  public var hint: Sentence? {
    switch self {
    case .notAWorkspace:
      Sentence(
        fr:
          "« ligne init » en crée un, « ligne clone ADRESSE » rejoint une équipe, « -C DOSSIER » en ouvre un ailleurs.",
        en: "“ligne init” makes one, “ligne clone ADDRESS” joins a team, “-C FOLDER” opens one elsewhere.")
    case .alreadyAWorkspace:
      Sentence(fr: "Il est prêt : « ligne status ».", en: "It is ready: “ligne status”.")
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
    case .nothingToCommit:
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
        fr: "« ligne list » montre les documents; un chemin, un id ou une partie unique d’un id suffit.",
        en: "“ligne list” shows the documents; a path, an id or any unique part of an id will do.")
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

private func listed(_ paths: [WorkspacePath]) -> String { shortened(paths.map(\.text)) }

private func shortened(_ names: [String]) -> String {
  names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", …" : "")
}

private func nothingCommitted(_ problems: [DocumentProblem]) -> Sentence {
  let first = problems.first.map { WorkspaceError.problem($0).message } ?? Sentence(fr: "", en: "")
  let others = CountedNoun(
    fr: ("autre document", "autres documents"), en: ("other document", "other documents")
  )
  .counted(problems.count - 1)
  let isAlone = problems.count < 2
  return Sentence(
    fr: "Rien n’a été enregistré. \(first.french)" + (isAlone ? "" : " (et \(others.french))"),
    en: "Nothing was committed. \(first.english)" + (isAlone ? "" : " (and \(others.english))"))
}

private func refusedForFindings(_ findings: [Finding]) -> Sentence {
  let errors = findings.count { $0.level == .error }
  let counts = [(CountedNoun.errors, errors), (CountedNoun.warnings, findings.count - errors)]
    .filter { $0.1 > 0 }.map { $0.0.counted($0.1) }
  let counted = Sentence.listing(counts)
  return Sentence(
    fr: "Rien n’a été enregistré : \(counted.french).", en: "Nothing was committed: \(counted.english).")
}

/// Words of people one after the other, some of which have commas of their own.
private func inOrder(_ words: [String]) -> String {
  var seen: Set<JSONString> = []
  return words.filter { seen.insert(JSONString($0)).inserted }
    .map { (key: readableWords(of: $0, limit: .max), word: $0) }
    .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map(\.word).joined(separator: "; ")
}

/// Places in a document as they are typed: the whole of it is an empty one.
private func typed(_ places: some Sequence<JSONPointer>) -> String {
  places.map { $0.steps.isEmpty ? "\"\"" : $0.description }.joined(separator: ", ")
}
