import Documents
public import JSONTree
import Wording

/// Links are safe, say where they lead, and those to the house’s own site tell where a visit came from.
///
/// `{"host": "laravaude.example", "utm": ["campaign", "medium", "source"], "https": true, "shorteners": ["abc.ly"]}`.
/// `host` may be a list; subdomains belong to it. Names of `utm` are without their `utm_`. `shorteners` adds to the
/// known ones; `"allowShorteners": true` lets them pass.
public struct LinksRule: DocumentRule {
  public static let check = "links"
  private let hosts: [String]
  private let utm: [String]
  private let wantsHTTPS: Bool
  private let shorteners: Set<String>

  public init(parameters: JSONValue?) throws(RuleProblem) {
    let parameters = try RuleParameters(
      parameters, knowing: ["host", "utm", "https", "shorteners", "allowShorteners"])
    hosts = try parameters.texts("host").map { $0.lowercased() }
    utm = try parameters.texts("utm")
    wantsHTTPS = try parameters.bool("https") ?? true
    let allows = try parameters.bool("allowShorteners") ?? false
    shorteners =
      allows ? [] : knownShorteners.union(try parameters.texts("shorteners").map { $0.lowercased() })
  }

  public func matches(in document: PublicDocument, _ context: CheckContext) -> [PlacedMatch] {
    listed(in: document.document)
      + document.texts.flatMap { text in written(in: text).map { PlacedMatch(text, $0) } }
  }

  // MARK: - The list of links

  private func listed(in document: Document) -> [PlacedMatch] {
    guard document.kind.name == Post.kind else { return [] }
    let post = Post(document.value)
    return (post.mayGoOut ? post.links : []).enumerated().flatMap { index, link -> [PlacedMatch] in
      guard let url = link["url"]?.text else { return [] }
      let place = JSONPointer([.key("links"), elementStep(link, index)])
      let scalars = url.scalars
      var found = faults(in: scalars, at: 0).map { PlacedMatch(document, place.appending(.key("url")), $0) }
      let values = link["utm"]?.object
      let missing = missingUTM(scalars) { values?[JSONString($0)]?.text?.isEmpty == false }
      if let missing { found.append(PlacedMatch(document, place, missing)) }
      return found
    }
  }

  // MARK: - Links in texts

  private func written(in text: CheckedText) -> [RuleMatch] {
    text.addresses.flatMap { range -> [RuleMatch] in
      let url = Array(text.scalars[range])
      guard scheme(of: url) != nil else { return [] }
      let missing = missingUTM(url) { _ in false }
      return faults(in: url, at: range.lowerBound)
        + (missing.map { [RuleMatch(range, message: $0.message)] } ?? [])
    }
  }

  // MARK: - One link

  private func faults(in url: [Unicode.Scalar], at start: Int) -> [RuleMatch] {
    var found: [RuleMatch] = []
    if wantsHTTPS, let scheme = scheme(of: url), scheme == "http" {
      found.append(
        RuleMatch(
          start..<start + 4,
          message: Sentence(
            fr: "Ce lien n’est pas protégé : http, pas https.",
            en: "This link is not protected: http, not https."),
          suggestion: Finding.Suggestion("https")))
    }
    if let host = host(of: url) {
      let name = String(scalars: url[host]).lowercased()
      let bare = name.hasPrefix("www.") ? String(name.dropFirst(4)) : name
      if shorteners.contains(bare) {
        found.append(
          RuleMatch(
            start + host.lowerBound..<start + host.upperBound,
            message: Sentence(
              fr: "\(Language.french.quoted(bare)) cache où mène le lien.",
              en: "\(Language.english.quoted(bare)) hides where the link leads.")))
      }
    }
    return found
  }

  private func missingUTM(_ url: [Unicode.Scalar], isSet: (String) -> Bool) -> RuleMatch? {
    guard !utm.isEmpty, let host = host(of: url) else { return nil }
    let name = String(scalars: url[host]).lowercased()
    guard hosts.contains(where: { name == $0 || name.hasSuffix("." + $0) }) else { return nil }
    let query = String(scalars: url.drop { $0 != "?" }.dropFirst().prefix { $0 != "#" })
    let given = Set(
      query.split(separator: "&").compactMap { pair -> String? in
        let parts = pair.split(separator: "=", maxSplits: 1)
        return parts.count == 2 ? String(parts[0]) : nil
      })
    let missing = utm.filter { !isSet($0) && !given.contains("utm_" + $0) }
    if missing.isEmpty { return nil }
    let names = missing.map { "utm_" + $0 }
    return RuleMatch(
      message: Sentence(
        fr: "Il manque à ce lien \(Language.french.listing(names)).",
        en: "This link lacks \(Language.english.listing(names))."))
  }
}

/// `http` or `https` in small letters; `nil` for anything else.
private func scheme(of url: [Unicode.Scalar]) -> String? {
  let scheme = String(scalars: url.prefix { $0 != ":" }).lowercased()
  return scheme == "http" || scheme == "https" ? scheme : nil
}

/// Where the host stands in an address with a scheme. Source: RFC 3986, section 3.2.
private func host(of url: [Unicode.Scalar]) -> Range<Int>? {
  guard let colon = url.firstIndex(of: ":"), url.dropFirst(colon + 1).starts(with: "//".unicodeScalars) else {
    return nil
  }
  let start = colon + 3
  let end = url[start...].firstIndex { "/?#".unicodeScalars.contains($0) } ?? url.count
  let person = url[start..<end].lastIndex(of: "@").map { $0 + 1 } ?? start
  let port = url[person..<end].firstIndex(of: ":") ?? end
  return person < port ? person..<port : nil
}

/// Services whose addresses say nothing of where they lead.
private let knownShorteners: Set<String> = [
  "bit.ly", "bl.ink", "buff.ly", "cutt.ly", "dlvr.it", "fb.me", "goo.gl", "ift.tt", "is.gd", "lnkd.in",
  "ow.ly",
  "rb.gy", "rebrand.ly", "s.id", "short.io", "shorturl.at", "t.co", "t.ly", "tiny.cc", "tinyurl.com",
  "trib.al",
  "v.gd",
]
