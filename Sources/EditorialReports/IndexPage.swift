import Documents
import EditorialDesk
import EditorialHistory
import EditorialReview
import JSONTree
import ObjectModel
import Wording

/// The overview of a report.
struct IndexPage {
  let report: Report

  private struct Section {
    var anchor: PageAnchor
    var title: String
    var content: HTML
  }

  /// Versions told on the overview; each document tells all of its own.
  private static let recentVersions = 20
  /// Documents named for one version, before the others are counted.
  private static let namedDocuments = 5

  var html: String {
    let sections = [waiting, conflicts, planned, recent, everything]
    var content = HTML.element("h1", [], .text(report.brand)) + .newline
    content += .element("p", [.class("lead")], .text(summary)) + .newline
    if !report.source.uncommitted.isEmpty {
      let count = CountedNoun.documents.counted(report.source.uncommitted.count)
      content +=
        .element(
          "p", [.class("quiet")],
          report.text(
            fr: "\(count.french) du dossier avec des changements qui ne sont dans aucune version.",
            en: "\(count.english) of the folder with changes that are in no version yet.")) + .newline
    }
    let links = sections.map { section in
      HTML.element("li", [], .element("a", [.href(nil, section.anchor)], .text(section.title)))
    }
    content +=
      .element(
        "nav", [.plain(.ariaLabel, report.say(fr: "Sur cette page", en: "On this page"))],
        .element("ul", [], HTML(links))) + .newline
    for section in sections {
      content += .element("h2", [.id(section.anchor)], .text(section.title)) + .newline + section.content
    }
    return report.page(
      title: report.say(fr: "\(report.brand), rapport", en: "\(report.brand), report"), content)
  }

  private var summary: String {
    let waits = waitingDocuments.count
    let open = report.source.conflicts.count
    let waiting = CountedNoun(
      fr: ("document attend quelqu’un", "documents attendent quelqu’un"),
      en: ("document waits for somebody", "documents wait for somebody")
    ).counted(waits)
    let conflicts = CountedNoun(
      fr: ("document à trancher", "documents à trancher"), en: ("document to settle", "documents to settle")
    ).counted(open)
    let planned = CountedNoun(
      fr: ("sortie prévue", "sorties prévues"), en: ("release planned", "releases planned")
    )
    .counted(report.states.plannedReleases.count)
    return report.say(
      fr: "\(waiting.french), \(conflicts.french), \(planned.french).",
      en: "\(waiting.english), \(conflicts.english), \(planned.english).")
  }

  // MARK: What waits

  private var waitingDocuments: [(document: Document, state: EditorialState?, comments: Int)] {
    report.documents.compactMap { document in
      let state = report.state(of: document)
      let comments = report.threads.threads(on: document).count(where: \.isOpen)
      let waits: [EditorialState?] = [.inReview, .changesRequested, .stale, .proposed]
      return waits.contains(state) || comments > 0 ? (document, state, comments) : nil
    }
  }

  private var waiting: Section {
    let rows = waitingDocuments.map { document, state, comments -> [HTML] in
      let people = [document.value["assignee"]?.string].compactMap { $0 }.map { report.name(of: $0) }
      let count = CountedNoun.openComments.counted(comments).text(in: report.language)
      return [
        report.link(to: document), state.map { report.badge($0) } ?? HTML(),
        .text(report.language.listing(people)), .text(comments > 0 ? count : ""),
      ]
    }
    return section(
      "waiting", report.say(fr: "Ce qui attend quelqu’un", en: "What waits for somebody"),
      report.say(
        fr: "Documents à réviser, et ceux qui ont des commentaires ouverts",
        en: "Documents to review, and those with open comments"),
      [
        report.say(fr: "Document", en: "Document"), report.say(fr: "État", en: "State"),
        report.say(fr: "Responsable", en: "Assignee"),
        report.say(fr: "Commentaires", en: "Comments"),
      ], rows, none: report.say(fr: "Rien n’attend.", en: "Nothing waits."))
  }

  // MARK: What is to be settled

  private var conflicts: Section {
    var others = Set(report.source.conflicts.keys)
    var rows = report.documents.compactMap { document -> [HTML]? in
      guard let places = report.source.conflicts[document.path] else { return nil }
      others.remove(document.path)
      let names = report.fieldNames(of: document)
      return [
        report.link(to: document),
        .text(places.map { names.name(of: $0.pointer).text(in: report.language) }.joined(separator: ", ")),
      ]
    }
    // Pictures and other files have no page of their own.
    rows += others.sorted().map {
      [.text($0.text), report.text(fr: "le fichier entier", en: "the whole file")]
    }
    return section(
      "conflicts", report.say(fr: "À trancher", en: "To settle"),
      report.say(
        fr: "Documents que deux personnes ont changés au même endroit",
        en: "Documents that two people changed at the same place"),
      [report.say(fr: "Document", en: "Document"), report.say(fr: "Champs", en: "Fields")], rows,
      none: report.say(fr: "Rien n’est à trancher.", en: "Nothing is to be settled."))
  }

  // MARK: What is planned

  private var planned: Section {
    let rows = report.states.plannedReleases.map { release in
      [
        report.time(release.at), report.link(to: release.document), .text(release.channel.text),
        report.badge(release.state),
      ]
    }
    return section(
      "planned", report.say(fr: "Ce qui est prévu", en: "What is planned"),
      report.say(fr: "Sorties par heure", en: "Releases by time"),
      [
        report.say(fr: "Quand", en: "When"), report.say(fr: "Publication", en: "Post"),
        report.say(fr: "Canal", en: "Channel"),
        report.say(fr: "État", en: "State"),
      ], rows, none: report.say(fr: "Rien n’est prévu.", en: "Nothing is planned."))
  }

  // MARK: What changed

  private var recent: Section {
    let rows = report.source.versions.prefix(Self.recentVersions).map { version -> [HTML] in
      [
        report.time(version.at), .text(version.by.name),
        .element("span", [.lang(report.textLanguage)], .text(version.subject)), documents(of: version),
      ]
    }
    let all = CountedNoun.versions.counted(report.source.versions.count)
    return section(
      "recent", report.say(fr: "Ce qui a changé", en: "What changed"),
      report.say(
        fr: "Les dernières versions, sur \(all.french)", en: "The latest versions, out of \(all.english)"),
      [
        report.say(fr: "Quand", en: "When"), report.say(fr: "Qui", en: "Who"),
        report.say(fr: "Pourquoi", en: "Why"),
        report.say(fr: "Documents", en: "Documents"),
      ], rows, none: report.say(fr: "Aucune version encore.", en: "No version yet."))
  }

  private func documents(of version: Version) -> HTML {
    // A review and its subject are one thing to a reader.
    var subjects: [(path: String, link: HTML)] = []
    for change in version.documents {
      let document = change.id.flatMap { report.source.documents[$0] }.flatMap { report.subject(of: $0) }
      let path = (document?.path ?? change.path).text
      if subjects.contains(where: { $0.path.utf8.elementsEqual(path.utf8) }) { continue }
      let link = document.map { report.link(to: $0) } ?? .text(change.title?.text ?? change.path.text)
      subjects.append((path, link))
    }
    let isOneMore = subjects.count == Self.namedDocuments + 1
    let shown = subjects.prefix(isOneMore ? subjects.count : Self.namedDocuments)
    var list = HTML(
      shown.enumerated().map { index, subject in index == 0 ? subject.link : .text(", ") + subject.link })
    if shown.count < subjects.count {
      let rest = report.language.number(subjects.count - shown.count)
      list += report.text(fr: " et \(rest) autres", en: " and \(rest) more")
    }
    return list
  }

  // MARK: Everything

  private var everything: Section {
    let kinds = Dictionary(grouping: report.documents) { $0.kind.name }
    let lists = kinds.keys.sorted().map { name -> HTML in
      let documents = kinds[name] ?? []
      let title = documents.first?.kind.title.text(in: report.language) ?? name.text
      let items = documents.map { document -> HTML in
        let state = report.state(of: document).map { HTML.text(" ") + report.badge($0) } ?? HTML()
        return .element("li", [], report.link(to: document), state) + .newline
      }
      let count = report.language.number(documents.count)
      return .element("h3", [], .text("\(title) (\(count))")) + .newline
        + .element("ul", [.class("columns")], .newline, HTML(items)) + .newline
    }
    return Section(
      anchor: PageAnchor("documents"), title: report.say(fr: "Tous les documents", en: "All documents"),
      content: HTML(lists))
  }

  private func section(
    _ anchor: StaticString, _ title: String, _ caption: String, _ titles: [String], _ rows: [[HTML]],
    none: String
  ) -> Section {
    let content =
      rows.isEmpty ? .element("p", [], .text(none)) + .newline : report.table(caption, titles, rows)
    return Section(anchor: PageAnchor(anchor), title: title, content: content)
  }
}
