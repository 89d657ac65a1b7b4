import Documents
import EditorialChecks
import GitStore
import JSONTree
import ObjectModel
public import Wording

/// What could not be done, in words; what to do next is said beside it (`WorkspaceError+NextStep.swift`).
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
    case .insideAWorkspace(let folder):
      Sentence(
        fr: "Ce dossier est dans un espace de travail : \(folder)",
        en: "This folder is in a workspace: \(folder)")
    case .damagedHistory(let folder):
      Sentence(
        fr: "L’historique de cet espace ne s’ouvre plus : \(folder)",
        en: "The history of this workspace can’t be opened any more: \(folder)")
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
    case .onlyLayoutChanged:
      Sentence(
        fr: "Rien à enregistrer : seule la mise en page avait changé, et elle est remise en ordre.",
        en: "Nothing to commit: only the layout had changed, and it is in order again.")
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
        fr: "« \(state) » n’est pas un état qu’un document peut avoir ici.",
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
    case .addressInside(let address):
      Sentence(
        fr: "Ce dossier est dans l’espace de travail lui-même\u{A0}: \(address)",
        en: "This folder is in the workspace itself: \(address)")
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
    case .nothingButCrisesToUndo:
      Sentence(
        fr: "Il n’en reste que des crises que d’autres ont déclarées, et elles durent.",
        en: "All that is left of it are crises that others declared, and they go on.")
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

/// Places in a document as they are typed: the whole of it is an empty one.
func typed(_ places: some Sequence<JSONPointer>) -> String {
  places.map { $0.steps.isEmpty ? "\"\"" : $0.description }.joined(separator: ", ")
}
