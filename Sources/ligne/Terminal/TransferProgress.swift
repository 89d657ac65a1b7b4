import GitStore
import Wording

extension Progress {
  /// Follows a transfer: what is being done, and how far it is.
  func show(_ transfer: TransferProgress) {
    switch transfer.stage {
    case .preparing: step(Sentence(fr: "Préparation", en: "Preparing"))
    case .receiving: step(Sentence(fr: "Réception", en: "Receiving"))
    case .sending: step(Sentence(fr: "Envoi", en: "Sending"))
    case .checking: step(Sentence(fr: "Vérification", en: "Checking"))
    }
    if let total = transfer.total { count(transfer.done, of: total) }
  }
}
