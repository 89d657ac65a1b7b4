import Documents
import EditorialReview
import JSONTree
import Wording

/// Who said yes and no, and what went out.
extension DocumentPage {
  var reviews: HTML {
    let decisions = self.decisions
    if decisions.isEmpty { return HTML() }
    let rows = decisions.map { decision -> [HTML] in
      let review = decision.review
      var person = report.name(of: review.by)
      if let other = review.onBehalfOf {
        let name = report.name(of: other)
        person = report.say(fr: "\(person), au nom de \(name)", en: "\(person), on behalf of \(name)")
      }
      var about =
        decision.isCurrent
        ? report.say(fr: "ce texte-ci", en: "this very text")
        : report.say(fr: "un texte d’avant", en: "an earlier text")
      if let objection = decision.objection { about += "; " + report.text(of: objection.wording) }
      return [
        .text(person), verdict(decision.verdict, isCurrent: decision.isCurrent && decision.counts),
        .text(about), .text(report.text(of: decision.signature.wording)), report.time(review.at),
        .element("span", [.lang(report.textLanguage)], .text(review.remark ?? "")),
      ]
    }
    return .element("h2", [], report.text(fr: "Qui a dit quoi", en: "Who said what")) + .newline
      + report.table(
        report.say(fr: "Les décisions, la plus ancienne d’abord", en: "Decisions, the oldest first"),
        [
          report.say(fr: "Qui", en: "Who"), report.say(fr: "Décision", en: "Decision"),
          report.say(fr: "Sur", en: "About"), report.say(fr: "Signature", en: "Signature"),
          report.say(fr: "Quand", en: "When"), report.say(fr: "Remarque", en: "Remark"),
        ], rows)
  }

  /// Each decision once, whichever channels it is about: on the text as it is only if that holds everywhere.
  private var decisions: [ReviewStatus.Decision] {
    guard report.states.hasReviews(document) else { return [] }
    let channels = document.kind.name == Post.kind ? Post(document.value).variants.map(\.channel) : []
    let statuses =
      channels.isEmpty
      ? [report.states.reviewStatus(of: document)]
      : channels.map { report.states.reviewStatus(of: document, on: $0) }
    var found: [ReviewStatus.Decision] = []
    for decision in statuses.flatMap(\.decisions) {
      if let place = found.firstIndex(where: { $0.document.id == decision.document.id }) {
        if found[place].isCurrent && !decision.isCurrent { found[place] = decision }
      } else {
        found.append(decision)
      }
    }
    return found.sorted {
      ($0.review.at ?? "", $0.document.id.text) < ($1.review.at ?? "", $1.document.id.text)
    }
  }

  private func verdict(_ verdict: Review.Verdict, isCurrent: Bool) -> HTML {
    let words = report.text(of: verdict.wording)
    guard isCurrent else { return .element("span", [.class("state")], .text(words)) }
    return verdict.isObjection
      ? .element("span", [.class("state waits")], .text(words))
      : .element("span", [.class("state done")], .text(words))
  }

  var publications: HTML {
    let all = report.source.documents.views(Publication.self).filter { $0.view.post == document.id }
    if all.isEmpty { return HTML() }
    let rows = all.map { _, publication -> [HTML] in
      let nature: String =
        switch publication.nature {
        case .publication: report.say(fr: "publié", en: "published")
        case .correction: report.say(fr: "corrigé", en: "corrected")
        case .withdrawal: report.say(fr: "retiré", en: "withdrawn")
        }
      return [
        .text(publication.channel?.text ?? ""), .text(nature), report.time(publication.at),
        .text(report.name(of: publication.by)), .text(publication.url ?? ""),
      ]
    }
    return .element("h2", [], report.text(fr: "Ce qui est sorti", en: "What went out")) + .newline
      + report.table(
        report.say(fr: "Par canal", en: "By channel"),
        [
          report.say(fr: "Canal", en: "Channel"), report.say(fr: "Quoi", en: "What"),
          report.say(fr: "Quand", en: "When"), report.say(fr: "Par", en: "By"),
          report.say(fr: "Adresse", en: "Address"),
        ], rows)
  }
}
