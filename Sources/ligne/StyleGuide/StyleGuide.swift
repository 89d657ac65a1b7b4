import Documents
import EditorialChecks
import JSONTree
import Wording

/// A guideline as a person reads it: what we say and why, before what the computer checks.
///
/// Pages for the terminal and for a browser are made from the same parts, so that they say the same. Empty parts are
/// left out with their headings.
struct StyleGuide {
  enum Part {
    /// 1 for the title, 2 for a chapter, 3 for what is in it.
    case heading(String, level: Int)
    case paragraph(String)
    case example(Example)
    case rule(Rule)
    case table(titles: [String], rows: [[String]])
    case items([String])
  }

  /// Words to say or to avoid, and why.
  struct Example {
    var isToSay: Bool
    var verdict: String
    var text: String
    var why: String?
  }

  /// What the computer checks, in the house’s words.
  struct Rule {
    var level: Finding.Level?
    var text: String
    /// How much it matters and where it holds.
    var remark: String
    var rationale: String?
  }

  private(set) var parts: [Part] = []
  /// A BCP 47 tag.
  let language: String

  private let guideline: Guideline
  private let kind: DocumentKind
  private let reader: Language
  private let kinds: SchemaSet

  /// - Parameters:
  ///   - reader: The language of headings and remarks; the texts are in that of the guideline.
  ///   - kinds: The kinds of the workspace, for their names.
  init(_ value: JSONValue, kind: DocumentKind, kinds: SchemaSet, for reader: Language) {
    guideline = Guideline(value)
    language = value["language"]?.text ?? "fr-CA"
    (self.kind, self.reader, self.kinds) = (kind, reader, kinds)
    parts.append(.heading(guideline.title ?? "", level: 1))
    if let day = guideline.effectiveFrom.flatMap(CivilDate.init) {
      let date = day.wording
      say(Sentence(fr: "En vigueur \(date.french).", en: "In force from \(date.english)."))
    }
    addSections()
    addTone()
    addInclusiveWriting()
    addWords()
    addPositions()
    addRules()
  }

  // MARK: - Chapters

  private mutating func addSections() {
    for section in guideline.sections {
      parts.append(.heading(section["heading"]?.text ?? section["id"]?.text ?? "", level: 2))
      add(text: section["body"]?.text)
      for example in section["examples"]?.array ?? [] {
        guard let text = example["text"]?.text, let verdict = example["verdict"]?.text else { continue }
        let name = value(verdict, at: "/sections/0/examples/0/verdict")
        parts.append(
          .example(
            Example(isToSay: verdict == "do", verdict: name, text: text, why: example["why"]?.text)))
      }
    }
  }

  private mutating func addTone() {
    guard let tone = guideline.tone else { return }
    let fields: [JSONString] = ["distance", "humour", "address", "emoji"]
    func row(_ name: String, _ tone: JSONValue) -> [String] {
      [name]
        + fields.map { field in
          tone[field].map { $0.number?.text ?? value($0.text ?? "", at: "/tone/\(field)") } ?? ""
        }
    }
    let channels = (tone["channels"]?.object?.sortedByKey().members ?? []).map { row($0.key.text, $0.value) }
    chapter(Sentence(fr: "Le ton en bref", en: "The tone in short"))
    let everywhere = Sentence(fr: "partout", en: "everywhere").text(in: reader)
    parts.append(
      .table(
        titles: [""] + fields.map { title(at: "/tone/\($0)") }, rows: [row(everywhere, tone)] + channels))
    for field in ["distance", "humour"] {
      if let words = kind.schema.field(at: JSONPointer(stringLiteral: "/tone/\(field)"))?.description {
        say(
          Sentence(
            fr: "\(title(at: "/tone/\(field)"))\u{A0}: \(words.french)",
            en: "\(title(at: "/tone/\(field)")): \(words.english)"))
      }
    }
  }

  private mutating func addInclusiveWriting() {
    guard let convention = guideline.inclusiveConvention else { return }
    chapter(Sentence(fr: "La convention d’écriture inclusive", en: "The convention of inclusive writing"))
    let name = value(convention, at: "/inclusive/convention")
    let unmixed = guideline.allowsNoMixing
    say(
      Sentence(
        fr: name + (unmixed ? ", sans mélange." : "."), en: name + (unmixed ? ", and no mixing." : ".")))
    table(
      Sentence(fr: "Formes féminines", en: "Feminine forms"),
      [Sentence(fr: "masculin", en: "masculine"), Sentence(fr: "féminin", en: "feminine")],
      guideline.feminineForms.map { [$0.masculine, $0.feminine] })
  }

  private mutating func addWords() {
    table(
      Sentence(fr: "Les mots de la maison", en: "The words of the house"),
      [Sentence(fr: "à éviter", en: "avoid"), Sentence(fr: "à préférer", en: "prefer")],
      guideline.terms.map { [$0.avoid, $0.prefer] })
    list(
      Sentence(fr: "Les noms, écrits exactement ainsi", en: "Names, written exactly so"),
      guideline.properNames)
  }

  private mutating func addPositions() {
    if !guideline.positions.isEmpty {
      chapter(Sentence(fr: "Ce que nous en disons", en: "What we say about it"))
    }
    for position in guideline.positions {
      parts.append(.heading(position["topic"]?.text ?? "", level: 3))
      add(text: position["line"]?.text)
    }
    if !guideline.myths.isEmpty {
      chapter(Sentence(fr: "Ce qu’on entend, ce qu’on répond", en: "What people say, what we answer"))
    }
    for myth in guideline.myths {
      parts.append(.heading(reader.quoted(myth["claim"]?.text ?? ""), level: 3))
      add(text: myth["answer"]?.text)
    }
    list(
      Sentence(fr: "Lignes rouges\u{A0}: deux paires d’yeux", en: "Red lines: two pairs of eyes"),
      guideline.redLines)
    table(
      Sentence(fr: "Les piliers", en: "The pillars"),
      [Sentence(fr: "pilier", en: "pillar"), Sentence(fr: "part visée", en: "target share")],
      guideline.pillars.map { [$0.name, percentage($0.share)] })
  }

  private mutating func addRules() {
    let rules = guideline.rules.filter(\.isEnabled)
    if rules.isEmpty { return }
    chapter(Sentence(fr: "Ce que l’ordinateur vérifie", en: "What the computer checks"))
    for rule in rules {
      let level = rule.level.flatMap(Finding.Level.init(rawValue:))
      let remarks = [level?.wording.text(in: reader), scope(of: rule)].compactMap { $0 }.filter {
        !$0.isEmpty
      }
      parts.append(
        .rule(
          Rule(
            level: level, text: rule.message ?? rule.check ?? "", remark: remarks.joined(separator: ", "),
            rationale: rule.value["rationale"]?.text)))
    }
  }

  private func scope(of rule: Guideline.Rule) -> String {
    func texts(_ name: JSONString) -> [String] { rule.value["scope"]?[name]?.array?.compactMap(\.text) ?? [] }
    let names = texts("kinds").map { name in
      kinds.kind(named: JSONString(name))?.title.text(in: reader).lowercased() ?? name
    }
    return reader.listing(names + texts("channels") + texts("fields"))
  }

  // MARK: - Parts

  private mutating func chapter(_ title: Sentence) {
    parts.append(.heading(title.text(in: reader), level: 2))
  }

  private mutating func say(_ sentence: Sentence) { parts.append(.paragraph(sentence.text(in: reader))) }

  private mutating func add(text: String?) {
    for paragraph in (text ?? "").split(whereSeparator: \.isNewline)
    where paragraph.contains(where: { !$0.isWhitespace }) {
      parts.append(.paragraph(String(paragraph)))
    }
  }

  private mutating func table(_ title: Sentence, _ titles: [Sentence], _ rows: [[String]]) {
    if rows.isEmpty { return }
    chapter(title)
    parts.append(.table(titles: titles.map { $0.text(in: reader) }, rows: rows))
  }

  private mutating func list(_ title: Sentence, _ items: [String]) {
    if items.isEmpty { return }
    chapter(title)
    parts.append(.items(items))
  }

  /// A share from 0 to 1 as people write it.
  private func percentage(_ share: JSONNumber) -> String {
    guard let value = Double(share.text), (0...1).contains(value) else { return share.text }
    let number = Int((value * 100).rounded())
    return Sentence(fr: "\(number)\u{A0}%", en: "\(number)%").text(in: reader)
  }

  private func title(at place: String) -> String {
    kind.schema.field(at: JSONPointer(stringLiteral: place))?.title?.text(in: reader) ?? place
  }

  /// What the schema calls a value.
  private func value(_ text: String, at place: String) -> String {
    let titles = kind.schema.field(at: JSONPointer(stringLiteral: place))?.valueTitles
    return titles?[JSONString(text)]?.text(in: reader) ?? text
  }
}
