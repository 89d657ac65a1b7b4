public import Wording

extension TransportError: ExplainedError {
  public var code: String {
    switch self {
    case .noGit: "no-git"
    case .unreachable: "unreachable"
    case .authentication: "authentication"
    case .hostKey: "host-key"
    case .tls: "tls"
    case .notARepository: "not-a-repository"
    case .readOnly: "read-only"
    case .remoteFull: "remote-full"
    case .tooLargeForHost: "too-large-for-host"
    case .localDiskFull: "local-disk-full"
    case .truncated: "truncated"
    case .addressRefused: "address-refused"
    case .dubiousOwnership: "dubious-ownership"
    case .refusedByHost: "refused-by-host"
    case .refusedByOwnCheck: "refused-by-own-check"
    case .damagedObjects: "damaged-objects"
    case .tooMuch: "too-much"
    case .busy: "busy"
    case .cancelled: "cancelled"
    case .other: "git-said"
    }
  }

  public var message: Sentence {
    switch self {
    case .noGit(nil):
      Sentence(
        fr: "Le programme git, dont Ligne se sert pour échanger avec l’équipe, n’est pas installé.",
        en: "The git program, which Ligne uses to exchange with the team, is not installed.")
    case .noGit(""?):
      Sentence(
        fr: "Le programme git de cet ordinateur ne dit pas sa version; il faut au moins la version 2.39.",
        en: "The git program on this computer does not say its version; version 2.39 or newer is needed.")
    case .noGit(let found?):
      Sentence(
        fr:
          "Le programme git de cet ordinateur est trop ancien (\(found)); il faut au moins la version 2.39.",
        en: "The git program on this computer is too old (\(found)); version 2.39 or newer is needed.")
    case .unreachable(let address, let reason):
      reason.message(address)
    case .authentication(let address):
      Sentence(
        fr: "L’hébergeur n’a pas reconnu votre clé ou votre mot de passe\u{A0}: \(address)",
        en: "The host did not recognise your key or password: \(address)")
    case .hostKey(let address, .unknown):
      Sentence(
        fr:
          "C’est le premier contact avec cet hébergeur, et personne n’a confirmé que c’est le bon\u{A0}: \(address)",
        en:
          "This is the first contact with this host, and nobody confirmed that it is the right one: \(address)"
      )
    case .hostKey(let address, .changed):
      Sentence(
        fr:
          "L’hébergeur se présente avec une autre clé que d’habitude; c’est peut-être quelqu’un d’autre\u{A0}: "
          + address,
        en: "The host shows a different key than before; it may be somebody else: \(address)")
    case .tls(let address, let detail):
      Sentence(
        fr: "La connexion chiffrée n’est pas digne de confiance («\u{A0}\(detail)\u{A0}»)\u{A0}: \(address)",
        en: "The encrypted connection cannot be trusted (“\(detail)”): \(address)")
    case .notARepository(let address, .nothingThere):
      Sentence(
        fr: "Il n’y a pas d’espace d’équipe à cette adresse, ou vous n’y avez pas accès\u{A0}: \(address)",
        en: "There is no team workspace at this address, or you have no access to it: \(address)")
    case .notARepository(let address, .webPage):
      Sentence(
        fr: "Une page web a répondu à la place de l’espace d’équipe\u{A0}: \(address)",
        en: "A web page answered in the place of the team’s workspace: \(address)")
    case .notARepository(let address, .somethingElse):
      Sentence(
        fr: "Autre chose que git a répondu à cette adresse\u{A0}: \(address)",
        en: "Something other than git answered at this address: \(address)")
    case .readOnly(let address):
      Sentence(
        fr: "Vous pouvez lire cet espace d’équipe, mais pas y écrire\u{A0}: \(address)",
        en: "You may read this team workspace, but not write to it: \(address)")
    case .remoteFull(let address):
      Sentence(
        fr: "Il n’y a plus de place chez l’hébergeur\u{A0}: \(address)",
        en: "There is no space left at the host: \(address)")
    case .tooLargeForHost(let address):
      Sentence(
        fr: "L’hébergeur n’accepte pas d’envoi aussi gros\u{A0}: \(address)",
        en: "The host does not take that much at once: \(address)")
    case .localDiskFull:
      Sentence(
        fr: "Il n’y a plus de place sur cet ordinateur.", en: "There is no space left on this computer.")
    case .truncated(let address):
      Sentence(
        fr: "La connexion s’est rompue en plein échange\u{A0}: \(address)",
        en: "The connection broke in the middle of the exchange: \(address)")
    case .addressRefused(let address, let reason):
      reason.message(address)
    case .dubiousOwnership(let path, .thisComputer):
      Sentence(
        fr: "Ce dossier appartient à un autre compte de cet ordinateur\u{A0}: \(path)",
        en: "This folder belongs to another account on this computer: \(path)")
    case .dubiousOwnership(let path, .host):
      Sentence(
        fr: "Chez l’hébergeur, ce dossier appartient à un autre compte que celui qui l’ouvre\u{A0}: \(path)",
        en: "At the host, this folder belongs to another account than the one that opens it: \(path)")
    case .refusedByHost(let text):
      Sentence(
        fr: "L’hébergeur a refusé et a dit\u{A0}: «\u{A0}\(text)\u{A0}»",
        en: "The host refused and said: “\(text)”")
    case .refusedByOwnCheck(let text):
      Sentence(
        fr:
          "Une vérification installée sur cet ordinateur (pre-push) a arrêté l’envoi\u{A0}: «\u{A0}\(text)\u{A0}»",
        en: "A check installed on this computer (pre-push) stopped the sending: “\(text)”")
    case .damagedObjects(let detail):
      Sentence(
        fr: "Ce qui est arrivé est endommagé et n’a pas été accepté («\u{A0}\(detail)\u{A0}»).",
        en: "What arrived is damaged and was not accepted (“\(detail)”).")
    case .tooMuch(let address, let what):
      what.message(address)
    case .busy(let detail):
      Sentence(
        fr: "Un autre programme travaille dans cet espace («\u{A0}\(detail)\u{A0}»).",
        en: "Another program is working in this workspace (“\(detail)”).")
    case .cancelled:
      Sentence(fr: "L’échange a été interrompu.", en: "The exchange was interrupted.")
    case .other(let text):
      Sentence(
        fr: "L’échange n’a pas abouti; git a dit\u{A0}: «\u{A0}\(text)\u{A0}»",
        en: "The exchange did not succeed; git said: “\(text)”")
    }
  }

  public var hint: Sentence? {
    switch self {
    case .noGit:
      Sentence(
        fr:
          "Installez git 2.39 ou une version plus récente (git-scm.com), puis refaites «\u{A0}ligne sync\u{A0}». "
          + "Tout le reste fonctionne sans lui.",
        en:
          "Install git 2.39 or newer (git-scm.com), then run “ligne sync” again. Everything else works without it."
      )
    case .unreachable(_, let reason):
      reason.hint
    case .authentication:
      Sentence(
        fr:
          "Vérifiez vos accès avec «\u{A0}git ls-remote ADRESSE\u{A0}»\u{A0}: Ligne se sert des mêmes clés et des mêmes "
          + "mots de passe que git.",
        en: "Check your access with “git ls-remote ADDRESS”: Ligne uses the same keys and passwords as git.")
    case .hostKey(_, .unknown):
      Sentence(
        fr: "Connectez-vous une fois avec «\u{A0}ssh HÔTE\u{A0}», comparez l’empreinte avec celle que publie "
          + "l’hébergeur et acceptez-la.",
        en:
          "Connect once with “ssh HOST”, compare the fingerprint with the one the host publishes, and accept it."
      )
    case .hostKey(_, .changed):
      Sentence(
        fr:
          "N’allez pas plus loin avant d’avoir demandé à l’hébergeur s’il a changé de clé; si oui, retirez l’ancienne "
          + "avec «\u{A0}ssh-keygen -R HÔTE\u{A0}».",
        en: "Ask the host whether it changed its key before going on; if so, remove the old one with "
          + "“ssh-keygen -R HOST”.")
    case .tls:
      Sentence(
        fr:
          "Sur un réseau public, ouvrez d’abord la page d’accueil du réseau dans un navigateur. Vérifiez aussi la date "
          + "de l’ordinateur; sinon, demandez à la personne qui gère l’hébergement.",
        en:
          "On a public network, open its welcome page in a browser first. Check this computer’s date as well; "
          + "otherwise ask whoever runs the host.")
    case .notARepository(_, .nothingThere), .notARepository(_, .somethingElse):
      Sentence(
        fr:
          "Vérifiez l’adresse («\u{A0}ligne remote\u{A0}») et demandez à l’équipe si l’espace a déménagé ou si vous y "
          + "êtes invité·e.",
        en:
          "Check the address (“ligne remote”), and ask the team whether the workspace moved or whether you are invited."
      )
    case .notARepository(_, .webPage):
      Sentence(
        fr:
          "Sur un réseau public, connectez-vous d’abord par sa page d’accueil. Sinon, vérifiez que l’adresse est celle "
          + "que l’hébergeur donne pour git («\u{A0}ligne remote\u{A0}»).",
        en:
          "On a public network, sign in through its welcome page first. Otherwise check that the address is the one the "
          + "host gives for git (“ligne remote”).")
    case .readOnly:
      Sentence(
        fr:
          "Demandez le droit d’écrire à la personne qui gère l’espace. Vos versions restent ici et partiront alors.",
        en:
          "Ask whoever runs the workspace for the right to write. Your versions stay here and will be shared then."
      )
    case .remoteFull:
      Sentence(
        fr:
          "Demandez à la personne qui gère l’hébergement de faire de la place, puis refaites «\u{A0}ligne sync\u{A0}».",
        en: "Ask whoever runs the host to make room, then run “ligne sync” again.")
    case .tooLargeForHost:
      Sentence(
        fr:
          "Demandez à la personne qui gère l’hébergement d’augmenter la taille permise (nginx\u{A0}: "
          + "client_max_body_size), puis refaites «\u{A0}ligne sync\u{A0}». Vos versions restent ici.",
        en: "Ask whoever runs the host to allow larger requests (nginx: client_max_body_size), then run "
          + "“ligne sync” again. Your versions stay here.")
    case .localDiskFull:
      Sentence(
        fr: "Faites de la place, puis refaites «\u{A0}ligne sync\u{A0}». Rien n’a été modifié.",
        en: "Make room, then run “ligne sync” again. Nothing was changed.")
    case .truncated:
      Sentence(
        fr:
          "Refaites «\u{A0}ligne sync\u{A0}» quand le réseau est meilleur; ce qui est déjà arrivé est en sécurité.",
        en: "Run “ligne sync” again when the network is better; what already arrived is safe.")
    case .addressRefused:
      Sentence(
        fr: "Donnez une adresse comme https://exemple.org/equipe.git, ssh://git@exemple.org/equipe.git, "
          + "git@exemple.org:equipe.git ou le chemin d’un dossier.",
        en: "Give an address like https://example.org/team.git, ssh://git@example.org/team.git, "
          + "git@example.org:team.git or the path of a folder.")
    case .dubiousOwnership(_, .thisComputer):
      Sentence(
        fr: "Si vous faites confiance à ce dossier, dites-le à git\u{A0}: "
          + "git config --global --add safe.directory DOSSIER",
        en: "If you trust this folder, tell git so: git config --global --add safe.directory FOLDER")
    case .dubiousOwnership(_, .host):
      Sentence(
        fr: "Demandez à la personne qui gère l’hébergement de vérifier à qui appartient ce dossier.",
        en: "Ask whoever runs the host to check whom this folder belongs to.")
    case .refusedByHost:
      Sentence(
        fr: "Montrez ces mots à la personne qui gère l’espace. Vos versions restent ici.",
        en: "Show these words to whoever runs the workspace. Your versions stay here.")
    case .refusedByOwnCheck:
      Sentence(
        fr: "Corrigez ce que la vérification signale, puis refaites «\u{A0}ligne sync\u{A0}».",
        en: "Mend what the check points out, then run “ligne sync” again.")
    case .damagedObjects:
      Sentence(
        fr:
          "Rien n’a été modifié ici. Demandez à un·e collègue dont l’espace est sain de refaire «\u{A0}ligne sync\u{A0}».",
        en: "Nothing was changed here. Ask a colleague whose workspace is sound to run “ligne sync” again.")
    case .tooMuch:
      Sentence(
        fr:
          "Rien n’a été modifié ici. Demandez à l’équipe si cette adresse est la bonne et ce qui a été partagé d’aussi "
          + "gros.",
        en:
          "Nothing was changed here. Ask the team whether this is the right address, and what was shared that is so big."
      )
    case .busy:
      Sentence(
        fr:
          "Attendez un instant et refaites la commande. Si cela dure, fermez les autres programmes qui utilisent ce dossier.",
        en:
          "Wait a moment and run the command again. If it stays like this, close other programs that use this folder."
      )
    case .cancelled:
      Sentence(
        fr: "Refaites «\u{A0}ligne sync\u{A0}»; il reprend où il s’est arrêté.",
        en: "Run “ligne sync” again; it continues where it stopped.")
    case .other:
      Sentence(
        fr:
          "Refaites «\u{A0}ligne sync\u{A0}»; si cela se répète, montrez ces mots à la personne qui gère l’espace.",
        en: "Run “ligne sync” again; if it happens again, show these words to whoever runs the workspace.")
    }
  }
}

extension TransportError.Unreachable {
  fileprivate func message(_ address: String) -> Sentence {
    switch self {
    case .hostUnknown:
      Sentence(
        fr: "Aucun ordinateur de ce nom n’est connu sur le réseau\u{A0}: \(address)",
        en: "No computer of this name is known on the network: \(address)")
    case .nothingListens:
      Sentence(
        fr: "Rien ne répond à cette adresse; la connexion y est refusée\u{A0}: \(address)",
        en: "Nothing answers at this address; the connection is refused there: \(address)")
    case .notServing:
      Sentence(
        fr:
          "L’hébergeur est là, mais n’offre pas d’espace d’équipe à cette adresse en ce moment\u{A0}: \(address)",
        en: "The host is there, but offers no team workspace at this address right now: \(address)")
    case .noConnection:
      Sentence(
        fr: "L’espace d’équipe est hors d’atteinte\u{A0}: \(address)",
        en: "The team’s workspace cannot be reached: \(address)")
    case .silent(let duration):
      Sentence(
        fr:
          "L’hébergeur ne répond plus depuis \(duration.components.seconds)\u{A0}secondes\u{A0}: \(address)",
        en: "The host has not answered for \(duration.components.seconds) seconds: \(address)")
    case .pathMissing:
      Sentence(
        fr: "Ce dossier n’existe pas, ou le disque n’est pas branché\u{A0}: \(address)",
        en: "This folder does not exist, or its disk is not plugged in: \(address)")
    }
  }

  fileprivate var hint: Sentence {
    switch self {
    case .hostUnknown, .noConnection, .silent:
      Sentence(
        fr:
          "Vérifiez la connexion de cet ordinateur et l’adresse («\u{A0}ligne remote\u{A0}»), puis refaites "
          + "«\u{A0}ligne sync\u{A0}». Vos versions sont en sécurité ici.",
        en: "Check this computer’s connection and the address (“ligne remote”), then run “ligne sync” again. "
          + "Your versions are safe here.")
    case .nothingListens:
      Sentence(
        fr:
          "Vérifiez l’adresse et son port («\u{A0}ligne remote\u{A0}»); s’ils sont bons, réessayez plus tard ou demandez "
          + "à la personne qui gère l’hébergement. Vos versions sont en sécurité ici.",
        en:
          "Check the address and its port (“ligne remote”); if they are right, try again later or ask whoever runs "
          + "the host. Your versions are safe here.")
    case .notServing:
      Sentence(
        fr: "Réessayez dans un moment; si cela dure, demandez à la personne qui gère l’hébergement.",
        en: "Try again in a moment; if it stays like this, ask whoever runs the host.")
    case .pathMissing:
      Sentence(
        fr:
          "Branchez la clé ou le disque partagé, ou changez l’adresse avec «\u{A0}ligne remote ADRESSE\u{A0}».",
        en: "Plug in the stick or shared disk, or change the address with “ligne remote ADDRESS”.")
    }
  }
}

extension TransportError.TooMuch {
  fileprivate func message(_ address: String) -> Sentence {
    switch self {
    case .bytes(let limit):
      Sentence(
        fr: "L’espace d’équipe envoie plus que la limite de \(limit >> 20)\u{A0}Mo\u{A0}: \(address)",
        en: "The team’s workspace sends more than the limit of \(limit >> 20) MB: \(address)")
    case .objects(let limit):
      Sentence(
        fr: "L’espace d’équipe envoie plus d’éléments que la limite de \(limit)\u{A0}: \(address)",
        en: "The team’s workspace sends more items than the limit of \(limit): \(address)")
    case .references(let limit):
      Sentence(
        fr:
          "L’espace d’équipe annonce plus d’appareils et de branches que la limite de \(limit)\u{A0}: \(address)",
        en: "The team’s workspace announces more devices and branches than the limit of \(limit): \(address)")
    case .memory(let limit):
      Sentence(
        fr: "Ce qu’envoie l’espace d’équipe demande plus de mémoire que la limite de "
          + "\(limit >> 20)\u{A0}Mo\u{A0}: \(address)",
        en:
          "What the team’s workspace sends takes more memory than the limit of \(limit >> 20) MB: \(address)")
    case .processorTime(let limit):
      Sentence(
        fr: "Ce qu’envoie l’espace d’équipe demande plus de calcul que la limite de "
          + "\(limit.components.seconds / 60)\u{A0}minutes\u{A0}: \(address)",
        en:
          "What the team’s workspace sends takes more computing than the limit of \(limit.components.seconds / 60) minutes: \(address)"
      )
    }
  }
}

extension AddressRefusal {
  fileprivate func message(_ address: String) -> Sentence {
    switch self {
    case .empty:
      Sentence(fr: "L’adresse de l’équipe est vide.", en: "The team’s address is empty.")
    case .tooLong:
      Sentence(
        fr: "Cette adresse est trop longue\u{A0}: \(address)", en: "This address is too long: \(address)")
    case .controlCharacter:
      Sentence(
        fr: "Cette adresse contient des caractères invisibles\u{A0}: \(address)",
        en: "This address holds invisible characters: \(address)")
    case .looksLikeAnOption:
      Sentence(
        fr:
          "Cette adresse contient un nom qui commence par un tiret et serait prise pour une option\u{A0}: \(address)",
        en: "This address holds a name that begins with a hyphen and would be taken for an option: \(address)"
      )
    case .runsAProgram:
      Sentence(
        fr: "Cette adresse ferait exécuter un programme sur cet ordinateur\u{A0}: \(address)",
        en: "This address would run a program on this computer: \(address)")
    case .unknownScheme(let scheme):
      Sentence(
        fr: "Ligne n’échange pas par «\u{A0}\(scheme)\u{A0}»\u{A0}: \(address)",
        en: "Ligne does not exchange over “\(scheme)”: \(address)")
    case .noHost:
      Sentence(
        fr: "Il manque le nom de l’hébergeur dans cette adresse\u{A0}: \(address)",
        en: "The name of the host is missing in this address: \(address)")
    case .unreadableHost:
      Sentence(
        fr: "Le nom de l’hébergeur est illisible dans cette adresse\u{A0}: \(address)",
        en: "The name of the host is unreadable in this address: \(address)")
    }
  }
}
