import ArgumentParser
import JSONTree
import SyncEngine
import SystemPackage
import Wording

extension Ligne {
  /// Says what is wrong with this folder, and mends it.
  struct Doctor: LigneCommand {
    static var configuration: CommandConfiguration {
      CommandConfiguration(
        "doctor",
        abstract: Sentence(
          fr: "Dire ce qui ne va pas dans ce dossier, et le réparer",
          en: "Say what is wrong with this folder, and mend it"),
        discussion: Sentence(
          fr: """
            Regarde l’historique, les réglages et les fichiers de ce dossier, et ce qui l’entoure. Avec « --repair », \
            répare ce qui peut l’être avec ce qui est ici ou à l’adresse de l’équipe; rien n’est détruit, ce qui est \
            remplacé est mis de côté. Répond 0 si tout va bien ou est réparé, 2 si quelque chose attend une personne.
            """,
          en: """
            Looks at the history, the settings and the files of this folder, and at what is around it. With “--repair”, \
            mends what can be mended with what is here or at the team’s address; nothing is destroyed, what is replaced \
            is put aside. Exits 0 if all is well or mended, 2 if something waits for a person.
            """))
    }

    @Flag(help: .init(fr: "Réparer ce qui peut l’être", en: "Mend what can be mended"))
    var repair = false

    @Option(
      help: .init(
        fr: "Où chercher ce qui manque, à la place de l’adresse de l’équipe",
        en: "Where to look for what is missing, in the place of the team’s address",
        value: Localized.Value.address))
    var from: String?

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) async throws {
      let examination = try Examination(of: session.absoluteFolder().string, repairing: repair)
      let now = try session.date().instant
      let other = try from.map(session.teamAddress)
      try await session.output.progress(Sentence(fr: "Examen", en: "Examining")) { progress in
        try await examination.run(
          at: now, from: other, transport: { session.transport(gitFolder: $0) },
          git: session.transport(gitFolder: examination.gitFolder)
        ) { _, done, total in progress.count(done, of: total) }
      }
      let complaints = examination.complaints
      try session.answer(
        json: .array(complaints.map(\.json)),
        page: Self.describe(complaints, repaired: repair, in: session.language))
      if complaints.contains(where: { !$0.isRepaired }) { throw PersonNeeded() }
    }

    static func describe(_ complaints: [Complaint], repaired: Bool, in language: Language) -> Page {
      if complaints.isEmpty {
        return Page(
          StyledText(Sentence(fr: "Tout va bien ici.", en: "All is well here.").text(in: language), .good))
      }
      let left = complaints.count { !$0.isRepaired }
      let things = CountedNoun(fr: ("chose ne va pas", "choses ne vont pas"), en: ("thing is", "things are"))
      let mended = CountedNoun(fr: ("chose réparée", "choses réparées"), en: ("thing", "things"))
        .counted(complaints.count - left)
      let wrong = things.counted(left)
      var first = Sentence(fr: "\(wrong.french).", en: "\(wrong.english) wrong.")
      if left == 0 {
        first = Sentence(fr: "\(mended.french).", en: "\(mended.english) mended.")
      } else if left < complaints.count {
        first = Sentence(
          fr: "\(mended.french), \(wrong.french) encore.",
          en: "\(mended.english) mended, \(wrong.english) left.")
      }
      var page = Page(StyledText(first.text(in: language), left == 0 ? .good : .attention))
      for complaint in complaints {
        page.blank()
        let mark =
          complaint.isRepaired
          ? StyledText(Sentence(fr: "Réparé. ", en: "Mended. ").text(in: language), .good) : StyledText()
        page.line(mark + StyledText(complaint.message.text(in: language)), indent: 2)
        if let place = complaint.keptAt {
          page.line(
            StyledText(
              Sentence(fr: "Ce qui était là est gardé : ", en: "What was there is kept: ").text(in: language),
              .quiet) + StyledText(place, .name), indent: 4)
        }
        if let hint = complaint.hint { page.quote(hint.text(in: language), style: .quiet, indent: 4) }
      }
      if left > 0, !repaired {
        page.next = Sentence(
          fr: "« ligne doctor --repair » répare ce qui peut l’être; rien n’est détruit.",
          en: "“ligne doctor --repair” mends what can be mended; nothing is destroyed.")
      }
      return page
    }
  }
}

extension Complaint {
  var json: JSONValue {
    var object: JSONObject = [
      "problem": JSONValue(message.text(in: .english)), "repaired": .bool(isRepaired),
      "code": JSONValue(code),
    ]
    object["hint"] = hint.map { JSONValue($0.text(in: .english)) }
    object["kept"] = keptAt.map { JSONValue($0) }
    return .object(object)
  }
}
