public import Wording

/// A repository that git can work with and Ligne can not, or not safely.
///
/// libgit2 refuses some of these with words nobody understands, and misreads others: an excluded file shows as
/// deleted, a shallow history as empty. So each is recognised before anything is read.
public enum UnsupportedRepository: Error, Hashable, Sendable {
  /// Ids of 256 bits.
  case sha256
  /// A repository format newer than 1.
  case format(Int)
  /// An extension that changes the meaning of the repository, such as `refstorage`.
  case unknownExtension(String)
  /// Only the latest versions were fetched.
  case shallowClone
  /// Contents are fetched when they are needed.
  case partialClone
  /// Only some of the folders are in the workspace.
  case sparseCheckout
  /// The list of files is kept in two files.
  case splitIndex
  /// The list of files holds folders, or something else we do not know.
  case unknownIndex(String)
  /// There is no folder of files, only the history.
  case bare
  /// It belongs to another user of this computer, whose configuration could run programs.
  case ownedBySomebodyElse(path: String)
}

extension UnsupportedRepository: ExplainedError {
  public var code: String {
    switch self {
    case .sha256: "repository-sha256"
    case .format: "repository-format"
    case .unknownExtension: "repository-extension"
    case .shallowClone: "repository-shallow"
    case .partialClone: "repository-partial"
    case .sparseCheckout: "repository-sparse"
    case .splitIndex: "repository-split-index"
    case .unknownIndex: "repository-index"
    case .bare: "repository-bare"
    case .ownedBySomebodyElse: "repository-not-ours"
    }
  }

  public var message: Sentence {
    switch self {
    case .sha256:
      Sentence(
        fr: "Cet historique est au format SHA-256, que Ligne ne lit pas encore.",
        en: "This history is in SHA-256 format, which Ligne does not read yet.")
    case .format(let version):
      Sentence(
        fr: "Cet historique est au format \(version), plus récent que ce que Ligne connaît.",
        en: "This history is in format \(version), newer than what Ligne knows.")
    case .unknownExtension(let name):
      Sentence(
        fr: "Cet historique utilise une extension de git que Ligne ne connaît pas\u{A0}: \(name)",
        en: "This history uses an extension of git that Ligne does not know: \(name)")
    case .shallowClone:
      Sentence(
        fr: "Cette copie ne contient que les dernières versions, pas tout l’historique.",
        en: "This copy holds only the latest versions, not the whole history.")
    case .partialClone:
      Sentence(
        fr: "Cette copie ne contient pas tous les fichiers de l’historique.",
        en: "This copy does not hold all the files of the history.")
    case .sparseCheckout:
      Sentence(
        fr: "Cette copie ne montre qu’une partie des dossiers de l’équipe.",
        en: "This copy shows only a part of the team’s folders.")
    case .splitIndex:
      Sentence(
        fr: "La liste des fichiers de cette copie est partagée en deux, ce que Ligne ne lit pas.",
        en: "This copy’s list of files is split in two, which Ligne does not read.")
    case .unknownIndex(let name):
      Sentence(
        fr: "La liste des fichiers de cette copie est d’un format que Ligne ne connaît pas\u{A0}: \(name)",
        en: "This copy’s list of files has a format that Ligne does not know: \(name)")
    case .bare:
      Sentence(
        fr: "Ce dossier ne contient qu’un historique, sans les fichiers.",
        en: "This folder holds only a history, without the files.")
    case .ownedBySomebodyElse(let path):
      Sentence(
        fr: "Ce dossier appartient à une autre personne\u{A0}: \(path)",
        en: "This folder belongs to somebody else: \(path)")
    }
  }

  public var hint: Sentence? {
    switch self {
    case .sha256, .format, .unknownExtension, .unknownIndex:
      Sentence(
        fr: "Faites une nouvelle copie de l’équipe avec «\u{A0}ligne clone\u{A0}».",
        en: "Make a new copy of the team’s work with “ligne clone”.")
    case .shallowClone:
      Sentence(
        fr:
          "Lancez «\u{A0}git fetch --unshallow\u{A0}» dans ce dossier, ou refaites une copie avec «\u{A0}ligne clone\u{A0}».",
        en: "Run “git fetch --unshallow” in this folder, or make a new copy with “ligne clone”.")
    case .partialClone:
      Sentence(
        fr: "Refaites une copie complète avec «\u{A0}ligne clone\u{A0}».",
        en: "Make a complete copy with “ligne clone”.")
    case .sparseCheckout:
      Sentence(
        fr: "Lancez «\u{A0}git sparse-checkout disable\u{A0}» dans ce dossier.",
        en: "Run “git sparse-checkout disable” in this folder.")
    case .splitIndex:
      Sentence(
        fr: "Lancez «\u{A0}git update-index --no-split-index\u{A0}» dans ce dossier.",
        en: "Run “git update-index --no-split-index” in this folder.")
    case .bare:
      Sentence(
        fr: "C’est une adresse à donner à «\u{A0}ligne clone\u{A0}» pour en faire un espace de travail.",
        en: "It is an address to give to “ligne clone”, which makes a workspace from it.")
    case .ownedBySomebodyElse(let path):
      Sentence(
        fr: "Si vous lui faites confiance\u{A0}: git config --global --add safe.directory \"\(path)\"",
        en: "If you trust that person: git config --global --add safe.directory \"\(path)\"")
    }
  }
}
