public import Wording

/// Why nothing was signed.
public enum SSHKeygenError: Error, Hashable, Sendable {
  case missingProgram
  /// It ended without an answer; its own words.
  case stopped(String)
  /// It waited too long for a passphrase or a touch.
  case silent
}

extension SSHKeygenError: ExplainedError {
  public var code: String {
    switch self {
    case .missingProgram: "ssh-missing"
    case .stopped, .silent: "cannot-sign"
    }
  }

  public var message: Sentence {
    switch self {
    case .missingProgram:
      Sentence(
        fr: "Le programme « ssh-keygen » manque sur cet ordinateur.",
        en: "The program “ssh-keygen” is missing on this computer.")
    case .stopped(let words):
      Sentence(
        fr: "La clé n’a pas signé : \(firstLine(of: words))",
        en: "The key did not sign: \(firstLine(of: words))")
    case .silent:
      Sentence(
        fr: "La clé n’a pas signé : personne n’a répondu en cinq minutes.",
        en: "The key did not sign: nobody answered for five minutes.")
    }
  }

  public var hint: Sentence? {
    switch self {
    case .missingProgram:
      Sentence(
        fr: "Installez OpenSSH (openssh-client), puis recommencez.",
        en: "Install OpenSSH (openssh-client), then try again.")
    case .stopped, .silent:
      Sentence(
        fr:
          "Rien n’a été noté. Recommencez avec la bonne phrase de passe, ou ajoutez la clé à l’agent : ssh-add",
        en: "Nothing was recorded. Try again with the right passphrase, or add the key to the agent: ssh-add")
    }
  }

  private func firstLine(of words: String) -> String {
    words.split(separator: "\n").first.map(String.init) ?? "?"
  }
}
