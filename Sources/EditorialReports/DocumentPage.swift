import Documents
import EditorialHistory
import EditorialReview
import JSONTree
import ObjectModel
import ThreeWayMerge
import Wording

/// The page of one document.
struct DocumentPage {
  let report: Report
  let document: Document
  let names: FieldNames
  /// The conversations about it, numbered in the order of the page.
  private let threads: [CommentThread]

  init(report: Report, document: Document) {
    (self.report, self.document) = (report, document)
    names = report.fieldNames(of: document)
    threads = report.threads.threads(on: document)
  }

  var html: String {
    let fields = DocumentFields(of: document)
    let shown = Set(fields.texts.map(\.pointer))
    let beside = threads.indices.filter { threads[$0].first.place.pointer.map(shown.contains) ?? false }
    let elsewhere = threads.indices.filter { !beside.contains($0) }
    var content = head
    content += conflicts
    content += heading(fr: "Le texte", en: "The text")
    if fields.texts.isEmpty {
      content += .element("p", [], report.text(fr: "Rien n’est écrit encore.", en: "Nothing is written yet."))
    }
    for text in fields.texts {
      content += self.text(text, beside.filter { threads[$0].first.place.pointer == text.pointer })
    }
    if !fields.details.isEmpty { content += details(fields.details) }
    if !elsewhere.isEmpty {
      content += heading(fr: "Autres commentaires", en: "Other comments") + comments(elsewhere)
    }
    content += reviews + publications + history
    return report.page(title: "\(document.title), \(report.brand)", content)
  }

  private func heading(fr french: String, en english: String) -> HTML {
    .element("h2", [], report.text(fr: french, en: english)) + .newline
  }

  // MARK: Head

  private var head: HTML {
    var content =
      HTML.element("h1", [.lang(report.textLanguage(of: document))], .text(document.title)) + .newline
    var line = HTML.text(document.kind.title.text(in: report.language))
    if document.kind.name == Post.kind {
      let standings = report.states.standings(of: document)
      for standing in standings {
        line += .text(standings.count > 1 || !standings.isEmpty ? ", \(standing.channel.text) " : " ")
        line += report.badge(standing.state)
      }
      if standings.isEmpty { line += .text(" ") + report.badge(report.states.state(ofPost: document)) }
    } else if let state = report.state(of: document) {
      line += .text(" ") + report.badge(state)
    }
    content += .element("p", [], line) + .newline
    if let author = document.value["createdBy"]?.string {
      content +=
        .element(
          "p", [.class("quiet")],
          report.text(
            fr: "Créé par \(report.name(of: author)), ", en: "Made by \(report.name(of: author)), "),
          report.time(document.value["createdAt"]?.text)) + .newline
    }
    content += .element("p", [.class("path")], .text(document.path.text)) + .newline
    return content
  }

  // MARK: What is to be settled

  private var conflicts: HTML {
    guard let places = report.source.conflicts[document.path] else { return HTML() }
    let rows = places.flatMap { place in
      place.candidates.enumerated().map { index, candidate -> [HTML] in
        let isShown = index == place.shown
        let value = candidate.value.map { names.words(of: $0, at: place.pointer, in: report.language) }
        return [
          .text(names.name(of: place.pointer).text(in: report.language)),
          .element(
            "span", [.class("said"), .lang(report.textLanguage(of: document))],
            .text(value ?? report.say(fr: "(rien)", en: "(nothing)"))),
          candidate.by.map { .text($0) } ?? report.text(fr: "auteur inconnu", en: "author unknown"),
          isShown ? report.text(fr: "affiché pour l’instant", en: "shown for now") : HTML(),
        ]
      }
    }
    return heading(fr: "À trancher", en: "To settle")
      + report.table(
        report.say(
          fr: "Deux personnes ont changé les mêmes mots; une personne choisit",
          en: "Two people changed the same words; a person chooses"),
        [
          report.say(fr: "Champ", en: "Field"), report.say(fr: "Choix", en: "Choice"),
          report.say(fr: "De", en: "By"), report.say(fr: "Remarque", en: "Remark"),
        ], rows)
  }

  // MARK: Texts

  private func text(_ field: DocumentFields.Field, _ numbers: [Int]) -> HTML {
    let text = field.value.text ?? names.words(of: field.value, at: field.pointer, in: report.language)
    let passages = numbers.compactMap { number -> MarkedPassage? in
      guard let range = threads[number].first.place.range, !range.isEmpty else { return nil }
      return MarkedPassage(range: range, number: number + 1)
    }
    let block = HTML.element(
      "div", [.class("said text"), .lang(report.textLanguage(of: document))],
      marked(text, passages, label: report.say(fr: "commentaire", en: "comment")))
    return .element("h3", [], .text(names.name(of: field.pointer).text(in: report.language))) + .newline
      + block + .newline
      + (numbers.isEmpty ? HTML() : comments(numbers))
  }

  private func details(_ fields: [DocumentFields.Field]) -> HTML {
    let rows = fields.map { field -> HTML in
      let value =
        report.document(namedBy: field.value, at: field.pointer, in: document).map { report.link(to: $0) }
        ?? .text(names.words(of: field.value, at: field.pointer, in: report.language))
      return .element(
        "tr", [],
        .element(
          "th", [.plain(.scope, "row")], .text(names.name(of: field.pointer).text(in: report.language))),
        .element("td", [], value)) + .newline
    }
    return heading(fr: "Les détails", en: "The details")
      + .element(
        "table", [.class("details")],
        .element(
          "caption", [.class("hidden")],
          report.text(fr: "Les autres champs du document", en: "The other fields of the document")), .newline,
        .element("tbody", [], .newline, HTML(rows))) + .newline
  }

  // MARK: Comments

  private func comments(_ numbers: [Int]) -> HTML {
    let items = numbers.map { number -> HTML in
      let thread = threads[number]
      var item = comment(thread.first, isAnswer: false)
      if !thread.answers.isEmpty {
        let answers = thread.answers.map { HTML.element("li", [], comment($0, isAnswer: true)) + .newline }
        item += .element("ul", [.class("comments")], .newline, HTML(answers))
      }
      return .element("li", [.id(PageAnchor("comment", number + 1)), .value(number + 1)], item) + .newline
    }
    return .element("ol", [.class("comments")], .newline, HTML(items)) + .newline
  }

  private func comment(_ comment: StandingComment, isAnswer: Bool) -> HTML {
    let (view, record) = (comment.comment, comment.document)
    var head = HTML.element("strong", [], .text(report.name(of: record.value["createdBy"]?.string)))
    head += .text(", ") + report.time(record.value["createdAt"]?.text)
    if view.nature == .question { head += report.text(fr: ", une question", en: ", a question") }
    if view.visibility == "client" {
      head += report.text(fr: ", visible pour le client", en: ", shown to the client")
    }
    if let settled = settled(comment) {
      head += .text(" ") + .element("span", [.class("state done")], .text(settled))
    }
    var content = HTML.element("p", [], head)
    if !isAnswer, let place = place(comment.place, isSettled: !comment.isOpen) {
      content += .element("p", [.class("quiet")], place)
    }
    if view.nature == .suggestion, let replacement = view.replacement {
      content += .element("p", [.class("said")], suggestion(comment.place.quote ?? "", replacement))
    }
    if !view.body.isEmpty {
      content += .element("p", [.class("said"), .lang(report.textLanguage)], .text(view.body))
    }
    return content
  }

  private func suggestion(_ quote: String, _ replacement: String) -> HTML {
    let old = HTML.element("del", [.lang(report.textLanguage(of: document))], .text(quote))
    if replacement.isEmpty { return report.text(fr: "Enlever ", en: "Take out ") + old }
    let new = HTML.element("ins", [.lang(report.textLanguage(of: document))], .text(replacement))
    return report.text(fr: "Remplacer ", en: "Replace ") + old + report.text(fr: " par ", en: " with ") + new
  }

  /// What it is about, where the text does not show it by a mark.
  ///
  /// - Parameter isSettled: What became of the words since does not matter any more.
  private func place(_ place: CommentPlace, isSettled: Bool) -> HTML? {
    guard let pointer = place.pointer else {
      return place.quote == nil ? report.text(fr: "Sur tout le document", en: "On the whole document") : nil
    }
    guard let quote = place.quote else {
      let name = names.name(of: pointer).text(in: report.language)
      return place.standing == .orphaned
        ? report.text(
          fr: "Sur un champ qui n’est plus là\u{A0}: \(name)", en: "On a field that is gone: \(name)")
        : report.text(fr: "Sur le champ «\u{A0}\(name)\u{A0}»", en: "On the field “\(name)”")
    }
    let words = Sentence.quoting(quote)
    switch isSettled ? .exact : place.standing {
    case .exact, .moved: return report.text(fr: "Sur \(words.french)", en: "On \(words.english)")
    case .changed:
      return report.text(
        fr: "Sur \(words.french); ces mots ont changé depuis",
        en: "On \(words.english); these words have changed since")
    case .orphaned:
      return report.text(
        fr: "Sur \(words.french); ces mots ne sont plus là", en: "On \(words.english); these words are gone")
    }
  }

  private func settled(_ comment: StandingComment) -> String? {
    let people = report.language.listing(
      comment.settlements.map { report.name(of: $0.value["createdBy"]?.string) })
    return switch comment.state {
    case .open: nil
    case .accepted: report.say(fr: "acceptée par \(people)", en: "accepted by \(people)")
    case .resolved: report.say(fr: "réglé par \(people)", en: "resolved by \(people)")
    }
  }
}
