import Documents
import EditorialChecks
import EditorialHistory
import EditorialReview
import JSONTree
import ObjectModel
import SSHSignatures
import ThreeWayMerge
import Wording

extension ReviewBrief {
  /// The document as whoever reviews it sees it: where it goes, what changed, and what there is to say of it.
  ///
  /// - Parameters:
  ///   - isPlain: For a screen reader: what came and went in words, not marks.
  ///   - when: A moment in words, seen from now.
  func page(isPlain: Bool = false, when: ClockWording, in language: Language) -> Page {
    var page = Page(
      StyledText(title, .strong) + "  "
        + StyledText(awaited.state.wording.text(in: language), awaited.state.style))
    page.line(StyledText(path.text, .name))
    for place in places { page.line(line(of: place, when: when, in: language)) }
    for need in awaited.needs { page.line(need.line(in: language)) }
    if !asked.isEmpty {
      let names = asked.map { named($0, in: language) }
      page.line(
        StyledText(
          Sentence(
            fr: "Avis demandé à \(Language.french.listing(names))",
            en: "Asked to decide: \(Language.english.listing(names))"
          ).text(in: language), .quiet))
    }
    for decision in awaited.decisions.reversed() where decision.isCurrent {
      page.line(line(of: decision, when: when, in: language))
      if let remark = decision.review.remark { page.quote(remark, indent: 2) }
    }
    // What somebody asked to be changed stays in sight until they decide again.
    for decision in awaited.decisions.reversed()
    where !decision.isCurrent && decision.counts && decision.verdict.isObjection {
      let other = Sentence(fr: "  sur d’autres mots", en: "  about other words").text(in: language)
      page.line(line(of: decision, when: when, in: language) + StyledText(other, .quiet))
      if let remark = decision.review.remark { page.quote(remark, indent: 2) }
    }
    for seen in staleWords { page.lines(lines(of: seen, when: when, in: language)) }
    page.blank()
    if let answered {
      // An answer is right or wrong for what it answers.
      let author = answered.author ?? "?"
      page.line(
        StyledText(
          Sentence(fr: "En réponse à \(author)", en: "In answer to \(author)").text(in: language), .quiet)
          + StyledText(answered.at.map { ", " + when($0) } ?? "", .quiet))
      page.quote(answered.text, style: .quiet, indent: 2)
      page.blank()
    }
    // Of the team or the settings only what waits is to be decided.
    if waitingChanges.isEmpty { writeWords(on: &page, isPlain: isPlain, when: when, in: language) }
    for change in waitingChanges { page.lines(lines(of: change, isPlain: isPlain, in: language)) }
    writeFindings(on: &page, in: language)
    writeComments(on: &page, in: language)
    page.append(described(remaining, in: language))
    return page
  }

  /// Only what changed, with the words around it; all of it, where this is the first look.
  private func writeWords(
    on page: inout Page, isPlain: Bool, when: ClockWording, in language: Language
  ) {
    if let basis {
      let who = basis.decision.by
      let day = basis.decision.review.at.map { when($0) } ?? "?"
      let name = name(of: who)
      page.line(
        StyledText(
          Sentence(
            fr: "Depuis la décision prise par \(name), \(day)", en: "Since the decision by \(name), \(day)"
          ).text(in: language), .quiet))
      if basis.changes.isEmpty {
        let words =
          basis.hasOtherPictures
          ? Sentence(
            fr: "Les mots n’ont pas changé; les images, ou ce qui les décrit, oui.",
            en: "The words have not changed; the pictures, or what describes them, have.")
          : Sentence(fr: "Les mots n’ont pas changé.", en: "The words have not changed.")
        page.line(StyledText(words.text(in: language)), indent: 2)
      }
      page.lines(
        isPlain
          ? basis.changes.plainLines(saying: fields, in: language)
          : basis.changes.lines(saying: fields, in: language), indent: 2)
      if basis.hasOtherPictures { writePictures(on: &page, in: language) }
      return
    }
    for (place, text) in texts {
      page.line(fields.heading(of: place, in: language))
      // What is chosen of a few, or is a time, is called as it is everywhere.
      let shown = fields.shortWords(of: JSONValue(text), at: place, in: language)
      page.quote(text.contains("\n") || document.kind.name == Post.kind ? text : shown, indent: 2)
    }
    writePictures(on: &page, in: language)
    for place in besideTheWords {
      guard let value = document.value.value(at: place) else { continue }
      page.line(fields.heading(of: place, in: language))
      let reading = DocumentReading(
        path: path, document: document.value, names: fields,
        part: DocumentReading.Part(place: place, value: value), indent: 2, open: [])
      page.append(reading.described(in: language))
    }
  }

  /// Pictures as they go out: a yes is about them and about what is read out in their place.
  private func writePictures(on page: inout Page, in language: Language) {
    if pictures.isEmpty { return }
    page.line(fields.heading(of: JSONPointer([.key("assets")]), in: language))
    for picture in pictures {
      page.line(
        StyledText(picture.title) + StyledText(picture.place.map { "  " + $0 } ?? "", .quiet), indent: 2)
      if let altText = picture.altText {
        page.quote(altText, indent: 4)
      } else {
        let nothing = Sentence(fr: "sans texte de remplacement", en: "without alternative text")
        page.line(StyledText(nothing.text(in: language), .attention), indent: 4)
      }
      if let crop = picture.crop {
        let place = JSONPointer([.key("assets"), .index(0), .key("crop")])
        page.line(
          StyledText(fields.lastName(of: place).text(in: language) + "  ", .quiet)
            + StyledText(fields.shortWords(of: crop, at: place, in: language)), indent: 4)
      }
    }
  }

  /// What else a yes is about: of a post its tags, its links, what each platform is told; of anything but a reply all that is no
  /// text of its own.
  private var besideTheWords: [JSONPointer] {
    switch document.kind.name {
    case Post.kind: break
    case Reply.kind: return []
    case WorkspaceSettings.kind: return ["/workflow"]
    default:
      return (document.value.object?.sortedByKey().members ?? []).filter { member in
        !DocumentCollection.bookkeeping.contains(member.key) && member.key != "kind"
          && member.value.text == nil && !member.value.withoutEmptyMembers.saysNothing
      }.map { JSONPointer([.key($0.key)]) }
    }
    let shared = ["hashtags", "mentions", "links"].map { JSONPointer([.key($0)]) }
    let own = Post(document.value).variants.flatMap { variant in
      ["title", "description", "options"].map { name in
        JSONPointer([.key("variants"), .key(variant.channel), .key(name)])
      }
    }
    return (shared + own).filter { place in
      document.value.value(at: place).map { !$0.withoutEmptyMembers.saysNothing } ?? false
    }
  }

  /// The texts of a document, with where they stand.
  private var texts: [(JSONPointer, String)] {
    let value = document.value
    if document.kind.name == Post.kind {
      let post = Post(value)
      var texts = post.body.isEmpty ? [] : [(JSONPointer([.key("body")]), post.body)]
      for variant in post.variants {
        let at = JSONPointer([.key("variants"), .key(variant.channel)])
        if variant.diverges, let body = variant.body { texts.append((at.appending(.key("body")), body)) }
        for (index, part) in variant.thread.enumerated() {
          let place = at.appending(.key("thread")).appending(.index(index))
          texts.append((place, part["body"]?.text ?? ""))
        }
        if let comment = variant.firstComment, !comment.isEmpty {
          texts.append((at.appending(.key("firstComment")), comment))
        }
      }
      return texts
    }
    if document.kind.name == WorkspaceSettings.kind { return [] }
    return (value.object?.sortedByKey().members ?? []).compactMap { member in
      guard !DocumentCollection.bookkeeping.contains(member.key), member.key != "kind",
        let text = member.value.text
      else { return nil }
      return (JSONPointer([.key(member.key)]), text)
    }
  }

  private func writeFindings(on page: inout Page, in language: Language) {
    // What an approval covered has been said already, and more exactly.
    let findings = findings.filter { !$0.rule.hasPrefix("approved-then-") }
    guard !findings.isEmpty else { return }
    page.blank()
    page.line(StyledText(CountedNoun.findings.counted(findings.count).text(in: language), .quiet))
    for finding in findings {
      page.line(
        StyledText(finding.level.wording.text(in: language), finding.level.style) + "  "
          + StyledText(fields.mention(of: finding.pointer, in: language), .quiet), indent: 2)
      if let range = finding.range, let text = document.value.value(at: finding.pointer)?.text {
        page.line(.excerpt(text, range, instead: finding.suggestion?.replacement), indent: 4)
      }
      page.line(StyledText(finding.message.text(in: language)), indent: 4)
    }
  }

  private func writeComments(on page: inout Page, in language: Language) {
    guard !comments.isEmpty else { return }
    page.blank()
    page.line(StyledText(CountedNoun.comments.counted(comments.count).text(in: language), .quiet))
    for comment in comments {
      page.line(comment.place(in: language), indent: comment.isAnswer ? 4 : 2)
      page.line(comment.line(in: language), indent: comment.isAnswer ? 6 : 4)
    }
  }

  private func line(of place: Place, when: ClockWording, in language: Language) -> StyledText {
    // Where it goes is what a yes is most easily wrong about: the account is never quiet.
    var line = StyledText(place.handle ?? place.channel.text, .strong) + "  "
    line += StyledText(
      [place.platform, place.channel.text].compactMap { $0 }.joined(separator: " · "), .quiet)
    line += "  " + StyledText(place.state.wording.text(in: language), place.state.style)
    if let time = place.time { line += "  " + StyledText(when(time)) }
    return line
  }

  /// A person by their name, and whoever looks as such.
  private func named(_ person: JSONString, in language: Language) -> String {
    let name = name(of: person)
    return person == self.person
      ? Sentence(fr: "\(name) (vous)", en: "\(name) (you)").text(in: language) : name
  }

  func line(
    of decision: ReviewStatus.Decision, when: ClockWording, in language: Language
  ) -> StyledText {
    var line =
      StyledText(decision.verdict.wording.text(in: language), decision.verdict.style) + "  "
      + StyledText(named(decision.by, in: language))
    if let other = decision.review.onBehalfOf {
      let voice = name(of: other)
      line += StyledText(Sentence(fr: " pour \(voice)", en: " for \(voice)").text(in: language))
    }
    if let at = decision.review.at { line += StyledText(", " + when(at), .quiet) }
    let review = decision.review
    if let level = review.level {
      line += StyledText(Sentence(fr: "  niveau \(level)", en: "  level \(level)").text(in: language), .quiet)
    }
    let channels = review.contents.isEmpty ? review.scope : review.contents.map(\.channel)
    if !channels.isEmpty, places.contains(where: { !channels.contains($0.channel) }) {
      line += StyledText("  " + channels.map(\.text).joined(separator: ", "), .quiet)
    }
    line += "  " + StyledText(decision.signature.wording.text(in: language), decision.signature.style)
    if let objection = decision.objection {
      let reason = objection.wording
      line +=
        "  "
        + StyledText(
          Sentence(fr: "ne compte pas : \(reason.french)", en: "does not count: \(reason.english)")
            .text(in: language), .attention)
    }
    return line
  }

  /// Who approved which words, who changed them to what, and when.
  private func lines(
    of seen: SeenWords, when: ClockWording, in language: Language
  ) -> [StyledText] {
    let name = name(of: seen.decision.by)
    let day = seen.decision.review.at.map { when($0) } ?? "?"
    var lines = [
      StyledText(
        Sentence(
          fr:
            "L’approbation donnée par \(name), \(day), portait sur \(seen.isOfPicturesAlone ? "d’autres images" : "un autre texte").",
          en:
            "The approval by \(name), \(day), covered \(seen.isOfPicturesAlone ? "other pictures" : "another text")."
        ).text(in: language), .attention)
    ]
    for channel in seen.otherAccounts {
      lines.append(
        StyledText(
          Sentence(
            fr: "  Le compte de \(channel) n’est plus le même.", en: "  The account of \(channel) is another."
          )
          .text(in: language)))
    }
    let people = seen.since.reduce(into: [String]()) { names, version in
      if !names.contains(version.by.name) { names.append(version.by.name) }
    }
    if !people.isEmpty, let last = seen.since.first {
      let (names, day) = (people, when(last.at.description))
      lines.append(
        StyledText(
          Sentence(
            fr: "  Changé depuis par \(Language.french.listing(names)), en dernier \(day)",
            en: "  Changed since by \(Language.english.listing(names)), last \(day)"
          ).text(in: language)))
    }
    return lines
  }

  private func lines(
    of change: Authority.WaitingChange, isPlain: Bool, in language: Language
  ) -> [StyledText] {
    let what: Sentence
    switch change.subject {
    case .workflow: what = Sentence(fr: "le circuit d’approbation", en: "the approval workflow")
    case .member(let id):
      let (name, field) = (name(of: id), self.field(change.field ?? "")?.title)
      what = Sentence(
        fr: "\(name), \(field?.french ?? change.field ?? "")",
        en: "\(name), \(field?.english ?? change.field ?? "")")
    }
    let by = change.by.map(name(of:))
    let who =
      by.isEmpty
      ? Sentence(fr: "", en: "")
      : Sentence(
        fr: ", changé par \(Language.french.listing(by))", en: ", changed by \(Language.english.listing(by))")
    let standing =
      change.onlyTakesAway
      ? Sentence(fr: "Vaut déjà, reste à confirmer", en: "Holds already, to be confirmed")
      : Sentence(fr: "Ne compte pas encore", en: "Does not count yet")
    let head = StyledText(
      Sentence(
        fr: "\(standing.french) : \(what.french)\(who.french)",
        en: "\(standing.english): \(what.english)\(who.english)"
      ).text(in: language), .attention)
    guard change.subject == .workflow else {
      return [
        head + "  " + StyledText(wording(of: change.before, change.field, in: language), .deleted) + " "
          + StyledText(wording(of: change.after, change.field, in: language), .inserted)
      ]
    }
    func settings(_ workflow: JSONValue?) -> JSONValue { .object(workflow.map { ["workflow": $0] } ?? [:]) }
    let changes = fieldChanges(
      from: settings(change.before), to: settings(change.after), rule: document.kind.mergeRule)
    let lines =
      isPlain
      ? changes.plainLines(saying: fields, in: language) : changes.lines(saying: fields, in: language)
    return [head] + lines.map { StyledText("  ") + $0 }
  }

  /// What the schema says of a field of a member.
  private func field(_ name: String, _ inner: JSONPointer.Step...) -> SchemaField? {
    document.kind.schema.field(
      at: JSONPointer([.key("members"), .key("-"), .key(JSONString(name))] + inner))
  }

  /// A guarded value as a person would say it: what is in an object one after the other, rights by their names.
  private func wording(of value: JSONValue?, _ name: String?, in language: Language) -> String {
    func words(_ value: JSONValue) -> String {
      FieldNames(of: nil).shortWords(of: value, at: .root, in: language)
    }
    // As `ligne key` shows them: whoever confirms one compares it with what its owner reads out.
    if name == "keys", let lines = value?.array?.compactMap(\.text) {
      return lines.map { (try? SSHPublicKey(line: $0))?.fingerprint ?? $0 }.joined(separator: ", ")
    }
    guard case .object(let object)? = value else { return value.map(words) ?? "" }
    let right = name == "rights" ? field("rights", .key("*"), .key("-")) : nil
    return object.sortedByKey().members.map { member in
      let everywhere = Sentence(fr: "partout", en: "everywhere").text(in: language)
      let key = right != nil && member.key == "*" ? everywhere : member.key.text
      let values = member.value.array?.map { entry in
        entry.string.map { right?.valueTitles[$0]?.text(in: language) ?? $0.text } ?? "(\(words(entry)))"
      }
      let words = values.map { $0.joined(separator: ", ") } ?? words(member.value)
      return key + Sentence(fr: "\u{A0}: ", en: ": ").text(in: language) + words
    }.joined(separator: "; ")
  }
}

extension Review.Verdict {
  var style: Style {
    switch self {
    case .approve: .good
    case .requestChanges, .refuse: .attention
    case .abstain: .quiet
    }
  }
}

extension SignatureStanding {
  var style: Style {
    switch self {
    case .verified: .good
    case .unverified: .quiet
    case .missing, .revoked, .refused: .attention
    }
  }
}

extension AwaitedReview.Need {
  /// How many yeses are missing and whose; of a later level, that it comes then.
  func line(in language: Language) -> StyledText {
    let yes = CountedNoun(fr: ("oui", "oui"), en: ("yes", "yeses")).counted(max(needed - given.count, 1))
    var sentence =
      isAskedNow
      ? Sentence(fr: "Il manque \(yes.french)", en: "\(yes.english) missing")
      : Sentence(fr: "Ensuite \(yes.french)", en: "Then \(yes.english)")
    if let level {
      sentence = Sentence(
        fr: "\(sentence.french) (\(level.id.text), rôle \(level.role))",
        en: "\(sentence.english) (\(level.id.text), role \(level.role))")
    }
    let channels = channels.map(\.text).joined(separator: ", ")
    return StyledText(sentence.text(in: language), isAskedNow ? .attention : .quiet)
      + StyledText(channels.isEmpty ? "" : "  " + channels, .quiet)
  }
}
