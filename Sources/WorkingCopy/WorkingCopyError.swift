public import SystemPackage
public import Wording

/// Why the workspace's folder could not be read or written.
///
/// In every case, each file of the workspace is whole: as it was, or as it was to become.
public enum WorkingCopyError: Error, Hashable, Sendable {
  /// The system refused a step: `reason` is its answer, `path` what the step was about.
  case disk(DiskOperation, path: FilePath, reason: Errno)
  /// Some program kept writing to the file while it was read.
  case keepsChanging(path: FilePath)
  /// A link, a folder or a device stands where a file was to be read.
  case notAFile(path: FilePath)
  case tooBig(path: FilePath, bytes: Int64, limit: Int64)
  /// Another command holds the workspace, and did so for as long as we were told to wait.
  case held(by: LockHolder?)
  /// A step was begun and its end is not written down; it has to be finished or taken back first.
  case unfinishedStep(command: String)
  /// A lock of git that is no longer the one that was examined, or that is in use.
  case gitLockInUse(path: FilePath)
}

/// What was being done to the disk.
public enum DiskOperation: Hashable, Sendable {
  /// Opening or reading a file.
  case read
  /// Listing or entering a folder.
  case list
  /// Creating, writing, moving or removing.
  case write
  /// Making sure that what was written survives a power cut.
  case flush
  /// Taking a lock.
  case lock
}

extension WorkingCopyError {
  /// What the system answered, if it was the system that refused.
  var reason: Errno? {
    if case .disk(_, _, let reason) = self { reason } else { nil }
  }
}

extension WorkingCopyError: ExplainedError {
  public var code: String {
    switch self {
    case .disk(_, _, let reason) where reason.isFull: "disk-full"
    case .disk(.write, _, let reason) where reason.isRefusal: "folder-not-writable"
    case .disk(.list, _, .noSuchFileOrDirectory), .disk(.list, _, .notDirectory): "folder-missing"
    case .disk(.list, _, _): "folder-unreadable"
    case .disk(.read, _, _): "file-unreadable"
    case .disk(.lock, _, _): "lock-unavailable"
    case .disk: "disk-trouble"
    case .keepsChanging: "file-keeps-changing"
    case .notAFile: "not-a-file"
    case .tooBig: "file-too-big"
    case .held: "workspace-busy"
    case .unfinishedStep: "step-unfinished"
    case .gitLockInUse: "git-lock-in-use"
    }
  }

  public var message: Sentence {
    switch self {
    case .disk(_, let path, let reason) where reason.isFull:
      Sentence(
        fr: "Il n’y a plus de place sur le disque pour \(path.quotedInFrench).",
        en: "There is no room left on the disk for \(path.quoted).")
    case .disk(.write, let path, .readOnlyFileSystem):
      Sentence(
        fr: "Le disque est en lecture seule; \(path.quotedInFrench) ne peut pas y être écrit.",
        en: "The disk is read-only; \(path.quoted) can’t be written there.")
    case .disk(.write, let path, let reason) where reason.isRefusal:
      Sentence(
        fr: "Vous n’avez pas le droit d’écrire dans \(path.quotedInFrench).",
        en: "You are not allowed to write to \(path.quoted).")
    case .disk(.list, let path, .noSuchFileOrDirectory):
      Sentence(
        fr: "Le dossier \(path.quotedInFrench) n’existe pas.", en: "The folder \(path.quoted) does not exist."
      )
    case .disk(.list, let path, .notDirectory):
      Sentence(
        fr: "\(path.quotedInFrench) n’est pas un dossier.", en: "\(path.quoted) is not a folder.")
    case .disk(.list, let path, let reason):
      Sentence(
        fr: "Le dossier \(path.quotedInFrench) ne peut pas être ouvert : \(reason.explained.french).",
        en: "The folder \(path.quoted) can’t be opened: \(reason.explained.english).")
    case .disk(.read, let path, let reason):
      Sentence(
        fr: "Le fichier \(path.quotedInFrench) ne peut pas être lu : \(reason.explained.french).",
        en: "The file \(path.quoted) can’t be read: \(reason.explained.english).")
    case .disk(.lock, let path, let reason):
      Sentence(
        fr: "Ce disque ne permet pas de réserver l’espace de travail (\(path.quotedInFrench)) : "
          + "\(reason.explained.french).",
        en: "This disk does not let a command reserve the workspace (\(path.quoted)): "
          + "\(reason.explained.english).")
    case .disk(_, let path, let reason):
      Sentence(
        fr: "Le disque a refusé d’écrire \(path.quotedInFrench) : \(reason.explained.french).",
        en: "The disk refused to write \(path.quoted): \(reason.explained.english).")
    case .keepsChanging(let path):
      Sentence(
        fr: "Un programme est en train d’écrire dans \(path.quotedInFrench).",
        en: "A program is still writing to \(path.quoted).")
    case .notAFile(let path):
      Sentence(
        fr: "\(path.quotedInFrench) n’est pas un fichier ordinaire, mais un lien, un dossier ou un appareil.",
        en: "\(path.quoted) is not an ordinary file, but a link, a folder or a device.")
    case .tooBig(let path, let bytes, let limit):
      Sentence(
        fr: "Le fichier \(path.quotedInFrench) est trop gros : \(bytes.mebibytes) Mio sur "
          + "\(limit.mebibytes) permis.",
        en:
          "The file \(path.quoted) is too big: \(bytes.mebibytes) MiB, where \(limit.mebibytes) are allowed."
      )
    case .held(let holder):
      Sentence(
        fr: "Une autre commande utilise l’espace de travail"
          + (holder.map { " : \($0.described.french)" } ?? "")
          + ".",
        en: "Another command is using the workspace" + (holder.map { ": \($0.described.english)" } ?? "")
          + ".")
    case .unfinishedStep(let command):
      Sentence(
        fr: "La commande « \(command) » a été interrompue avant sa fin.",
        en: "The command “\(command)” was interrupted before its end.")
    case .gitLockInUse(let path):
      Sentence(
        fr: "Un programme git se sert encore de \(path.quotedInFrench).",
        en: "A git program is still using \(path.quoted).")
    }
  }

  public var hint: Sentence? {
    switch self {
    case .disk(_, _, let reason) where reason.isFull:
      Sentence(
        fr: "Libérez de la place, puis relancez la commande; elle reprendra où elle s’est arrêtée.",
        en: "Free some space, then run the command again; it continues where it stopped.")
    case .disk(.write, _, .readOnlyFileSystem):
      Sentence(
        fr:
          "Vérifiez l’interrupteur de la clé ou la façon dont le disque est branché, puis relancez la commande.",
        en: "Check the switch of the stick or the way the disk is attached, then run the command again.")
    case .disk(.write, _, let reason) where reason.isRefusal:
      Sentence(
        fr:
          "Demandez le droit d’écriture à la personne à qui appartient ce dossier, puis relancez la commande.",
        en: "Ask the folder’s owner for the right to write, then run the command again.")
    case .disk(.list, _, .noSuchFileOrDirectory), .disk(.list, _, .notDirectory):
      Sentence(
        fr: "Vérifiez le chemin, ou rebranchez le disque où il se trouve.",
        en: "Check the path, or attach the disk it lies on.")
    case .disk(.read, _, let reason) where reason.isRefusal,
      .disk(.list, _, let reason) where reason.isRefusal:
      Sentence(
        fr: "Demandez le droit de lecture à la personne à qui il appartient.",
        en: "Ask its owner for the right to read it.")
    case .disk(.lock, _, _):
      Sentence(
        fr: "Placez l’espace de travail sur un disque de cet ordinateur.",
        en: "Keep the workspace on a disk of this computer.")
    case .disk:
      Sentence(
        fr:
          "Vérifiez l’état du disque, puis relancez la commande; rien de ce qui était enregistré n’est perdu.",
        en: "Check the disk’s health, then run the command again; nothing that was committed is lost.")
    case .keepsChanging:
      Sentence(
        fr: "Attendez qu’il ait fini, puis relancez la commande.",
        en: "Wait until it is done, then run the command again.")
    case .notAFile:
      Sentence(
        fr: "Remplacez-le par un fichier ordinaire, ou déplacez-le hors de l’espace de travail.",
        en: "Replace it with an ordinary file, or move it out of the workspace.")
    case .tooBig:
      Sentence(
        fr: "Gardez-le hors de l’espace de travail, et mettez-en l’adresse dans le document.",
        en: "Keep it outside the workspace, and put its address into the document.")
    case .held:
      Sentence(
        fr: "Attendez qu’elle finisse, puis relancez la vôtre.",
        en: "Wait until it ends, then run yours again.")
    case .unfinishedStep:
      Sentence(
        fr: "Relancez une commande : elle terminera d’abord celle-là.",
        en: "Run any command: it finishes that one first.")
    case .gitLockInUse:
      Sentence(
        fr: "Terminez ce programme, ou attendez sa fin, puis relancez la commande.",
        en: "End that program or wait for its end, then run the command again.")
    }
  }
}

extension Errno {
  /// The disk, or this person's share of it, is full.
  var isFull: Bool { self == .noSpace || self == .diskQuotaExceeded || self == .fileTooLarge }

  /// The system knows the file and does not let us.
  var isRefusal: Bool { self == .permissionDenied || self == .notPermitted || self == .readOnlyFileSystem }

  /// The system's answer in plain words, without a full stop.
  var explained: Sentence {
    switch self {
    case .permissionDenied, .notPermitted: Sentence(fr: "accès refusé", en: "access is not allowed")
    case .noSuchFileOrDirectory: Sentence(fr: "il n’existe pas", en: "it does not exist")
    case .notDirectory: Sentence(fr: "ce n’est pas un dossier", en: "it is not a folder")
    case .ioError: Sentence(fr: "le disque signale une erreur", en: "the disk reports an error")
    case .tooManyOpenFiles, .tooManyOpenFilesInSystem:
      Sentence(fr: "trop de fichiers sont ouverts", en: "too many files are open")
    case .tooManySymbolicLinkLevels: Sentence(fr: "c’est un lien", en: "it is a link")
    case .fileNameTooLong: Sentence(fr: "le nom est trop long", en: "the name is too long")
    case .readOnlyFileSystem: Sentence(fr: "le disque est en lecture seule", en: "the disk is read-only")
    case .notSupported, .noLocks: Sentence(fr: "il ne sait pas le faire", en: "it is not able to")
    case .staleNFSFileHandle, .noSuchAddressOrDevice, .operationNotSupportedByDevice:
      Sentence(fr: "le disque n’est plus là", en: "the disk is no longer there")
    default: Sentence(fr: "erreur \(rawValue) du système", en: "error \(rawValue) of the system")
    }
  }
}

extension FilePath {
  fileprivate var quoted: String { "“\(string)”" }
  fileprivate var quotedInFrench: String { "«\u{A0}\(string)\u{A0}»" }
}

extension Int64 {
  /// Rounded up, so that a file over the limit never shows as the limit.
  fileprivate var mebibytes: Int64 { (self + (1 << 20) - 1) >> 20 }
}
