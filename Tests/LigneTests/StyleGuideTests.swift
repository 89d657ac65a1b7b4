import Documents
import Foundation
import JSONTree
import Testing
import Wording

@testable import ligne

/// A guideline as people read it, on a terminal and as a page.
@Suite struct StyleGuideTests {
  static let guideline: JSONValue = [
    "title": "La ligne <de> La Ravaude & cie", "language": "fr-CA", "effectiveFrom": "2026-09-14",
    "sections": [
      [
        "id": "ton", "heading": "Le ton", "body": "Proche.\n\nCalme.",
        "examples": [
          ["id": "a", "verdict": "do", "text": "Apportez \"votre\" mitaine.", "why": "Simple."],
          ["id": "b", "verdict": "avoid", "text": "<script>alert(1)</script>"],
        ],
      ]
    ],
    "tone": ["distance": 2, "address": "vous", "channels": ["linkedin": ["emoji": "none"]]],
    "terms": ["e-mail": "courriel", "live": "en direct"], "redLines": ["accident"],
    "pillars": ["coulisses": .number(JSONNumber(unchecked: "0.25"))],
    "rules": [
      [
        "id": "x", "check": "existence", "level": "error", "message": "Pas de foin.",
        "rationale": "Il gratte.",
        "scope": ["kinds": ["post"], "channels": ["linkedin"]],
      ],
      ["id": "y", "check": "existence", "level": "error", "message": "Éteinte.", "enabled": false],
    ],
  ]

  static func guide(_ language: Language) throws -> StyleGuide {
    let kind = try #require(SchemaSet.builtIn.kind(named: "guideline"))
    return StyleGuide(guideline, kind: kind, kinds: .builtIn, for: language)
  }

  @Test func readsLikeAStyleGuide() throws {
    let text = try Self.guide(.french).page().rendered(for: .none, in: .french)
    let lines = text.split(separator: "\n").map { String($0).replacing("\u{A0}", with: " ") }
    for line in [
      "La ligne <de> La Ravaude & cie", "  En vigueur le 14 septembre 2026.", "Le ton", "  Proche.",
      "  Calme.",
      "    ✓ à dire  Apportez \"votre\" mitaine.", "      Simple.",
      "    ✗ à éviter  <script>alert(1)</script>",
      "  – Pas de foin.  erreur, publication et linkedin", "    Il gratte.", "  – accident",
    ] {
      #expect(lines.contains(line), "\(line)")
    }
    #expect(lines.contains { $0.contains("e-mail") && $0.hasSuffix("courriel") })
    #expect(lines.contains { $0.contains("coulisses") && $0.hasSuffix("25 %") })
    #expect(lines.contains { $0.contains("linkedin") && $0.contains("aucun") })
    #expect(!text.contains("Éteinte"))
    let english = try Self.guide(.english).page().rendered(for: .none, in: .english)
    #expect(english.contains("✓ say  Apportez") && english.contains("In force from "))
  }

  @Test func everyWordIsThereHoweverSmallTheScreen() throws {
    let terminal = Terminal(
      size: (columns: 40, rows: 5), hasColour: false, showsProgress: false, hasColouredRemarks: false)
    let text = try Self.guide(.french).page().rendered(for: terminal, in: .french)
    #expect(text.contains("en direct") && text.contains("courriel"))
  }

  @Test func thePageIsPlainAndEscaped() throws {
    let html = try Self.guide(.french).html()
    #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"fr-CA\">"))
    #expect(html.contains("<h1>La ligne &lt;de&gt; La Ravaude &amp; cie</h1>"))
    #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && !html.contains("<script"))
    #expect(html.contains("Apportez &quot;votre&quot; mitaine."))
    #expect(html.contains("<td>e-mail</td><td>courriel</td>"))
    #expect(html.contains("<li>Pas de foin. <span class=\"remark\">(erreur, publication et linkedin)</span>"))
    for tag in ["ul", "table", "p", "li", "h2"] {
      let opened = html.ranges(of: "<\(tag)>").count + html.ranges(of: "<\(tag) ").count
      #expect(opened == html.ranges(of: "</\(tag)>").count, "\(tag)")
    }
    #expect(!html.contains("http"))
  }
}
