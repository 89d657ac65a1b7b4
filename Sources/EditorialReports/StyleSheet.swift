/// How the pages of a report look, on a screen, on a telephone and on paper.
public enum StyleSheet {
  /// One style sheet for all pages; no font, picture or script from elsewhere.
  public static let text = """
    :root { font-size: 100%; }
    * { box-sizing: border-box; }
    body { margin: 0; background: \(Palette.paper.css); color: \(Palette.ink.css); \
    font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans", "Liberation Sans", Arial, sans-serif; }
    body > header, main, body > footer { max-width: 56rem; margin: 0 auto; padding: 0 1.25rem; }
    body > header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; \
    padding-top: 1.25rem; padding-bottom: .75rem; }
    body > header p { margin: 0; font-weight: 600; }
    main { padding-bottom: 3rem; }
    body > footer { border-top: 1px solid \(Palette.line.css); padding-top: 1rem; padding-bottom: 2rem; \
    color: \(Palette.quiet.css); font-size: .9rem; }
    nav ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
    a { color: \(Palette.link.css); text-underline-offset: .15em; }
    :focus-visible { outline: 3px solid \(Palette.link.css); outline-offset: 3px; border-radius: 2px; }
    .skip { position: absolute; left: -100vw; }
    .skip:focus { left: 1rem; top: .5rem; padding: .5rem .75rem; background: \(Palette.paper.css); z-index: 1; }
    h1, h2, h3, h4 { line-height: 1.25; break-after: avoid; text-wrap: balance; overflow-wrap: anywhere; }
    h1 { font-size: 1.9rem; margin: 1rem 0 .5rem; }
    h2 { font-size: 1.3rem; margin: 2.5rem 0 .75rem; padding-bottom: .3rem; \
    border-bottom: 1px solid \(Palette.line.css); }
    h3 { font-size: 1.05rem; margin: 1.5rem 0 .4rem; }
    h4 { font-size: 1rem; margin: 1rem 0 .3rem; font-weight: 600; }
    p { margin: .5rem 0; }
    .quiet, time { color: \(Palette.quiet.css); }
    .lead { font-size: 1.1rem; }
    .path { font-size: .85rem; color: \(Palette.quiet.css); overflow-wrap: anywhere; }
    .state { display: inline-block; padding: .05rem .5rem; border: 1px solid currentColor; border-radius: 1rem; \
    font-size: .85rem; white-space: nowrap; }
    .waits { color: \(Palette.attention.css); background: \(Palette.attentionGround.css); }
    .done { color: \(Palette.good.css); background: \(Palette.goodGround.css); }
    table { border-collapse: collapse; width: 100%; margin: .75rem 0 1.25rem; }
    caption { text-align: left; color: \(Palette.quiet.css); padding-bottom: .4rem; }
    th, td { text-align: left; vertical-align: top; padding: .45rem .75rem .45rem 0; \
    border-bottom: 1px solid \(Palette.line.css); overflow-wrap: break-word; }
    th { font-weight: 600; }
    thead th { font-size: .85rem; color: \(Palette.quiet.css); }
    tbody th { font-weight: 500; }
    tr { break-inside: avoid; }
    .details th { width: 14rem; color: \(Palette.quiet.css); }
    .said { white-space: pre-line; overflow-wrap: anywhere; font-family: Charter, "Bitstream Charter", \
    "Source Serif 4", Georgia, "Noto Serif", "Liberation Serif", serif; font-size: 1.08rem; line-height: 1.6; }
    .text { background: \(Palette.panel.css); padding: .8rem 1rem; border-radius: 4px; margin: .3rem 0 .6rem; }
    mark { background: \(Palette.mark.css); color: inherit; padding: .05em 0; \
    border-bottom: 2px solid \(Palette.attention.css); }
    .text a { font-family: system-ui, sans-serif; font-size: .8rem; }
    ins { color: \(Palette.inserted.css); background: \(Palette.insertedGround.css); \
    text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: .15em; }
    del { color: \(Palette.deleted.css); background: \(Palette.deletedGround.css); text-decoration: line-through; }
    .comments { padding-left: 1.6rem; margin: .5rem 0 1rem; }
    .comments > li { margin: .6rem 0; padding-left: .25rem; break-inside: avoid; }
    .comments .comments { border-left: 2px solid \(Palette.line.css); list-style: none; padding-left: .9rem; }
    .comments p { margin: .15rem 0; }
    .version { border-left: 3px solid \(Palette.line.css); padding-left: 1rem; margin: 1.25rem 0; }
    .version h3 { margin: 0; }
    .version p { margin: .2rem 0; }
    .change { margin: .5rem 0; }
    .change .name { font-size: .85rem; color: \(Palette.quiet.css); }
    .columns { columns: 18rem; column-gap: 2rem; padding-left: 1.1rem; }
    .columns li { break-inside: avoid; margin-bottom: .3rem; }
    .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); \
    white-space: nowrap; }
    @media (max-width: 40rem) {
      h1 { font-size: 1.5rem; }
      .wide thead { display: none; }
      .wide caption, .details caption { display: block; }
      .wide, .wide tbody, .wide tr, .wide th, .wide td, .details, .details tbody, .details tr, .details th, \
    .details td { display: block; width: auto; }
      .wide th, .wide td, .details th, .details td { border: 0; padding: .1rem 0; }
      .wide tr, .details tr { border-bottom: 1px solid \(Palette.line.css); padding: .5rem 0; }
    }
    @media print {
      body { font-size: 10.5pt; }
      body > header, main, body > footer { max-width: none; padding-left: 0; padding-right: 0; }
      nav, .skip { display: none; }
      a { color: inherit; text-decoration: none; }
      .text { border: 1px solid \(Palette.line.css); background: none; break-inside: avoid; }
      .version { break-inside: avoid-page; }
    }
    @page { margin: 18mm 16mm; }

    """
}
