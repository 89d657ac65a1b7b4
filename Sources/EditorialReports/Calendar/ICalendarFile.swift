public import Documents
public import EditorialDesk
import EditorialReview
import JSONTree
public import Wording

/// The releases of a calendar as an iCalendar file, for the calendars people already have.
///
/// One event for each post and channel, whose identifier stays when its time, its text or its state changes, so that a
/// calendar that reads the file again moves what it knows. A time is written as the clocks of its zone show it, with the
/// rules of the zone beside it; a cancelled post is a cancelled event; a milestone is an event of its own. Events take no
/// time of anybody’s day. The same arguments always give the same bytes.
///
/// - Parameters:
///   - name: What people call the calendar.
///   - zone: The name of the zone of the brand, for what has none of its own.
///   - zones: The clocks of a zone, by its name; times in a zone that is not known are written in UTC.
///   - changed: When a document was changed last; `nil` for what is in no version yet.
/// - Returns: UTF-8 text, lines ended by CRLF and folded after 75 bytes.
///
/// Source: RFC 5545; RFC 7986, section 5.1 (`NAME`).
public func iCalendarFile(
  of calendar: EditorialCalendar, name: String, zone: String, in language: Language,
  documents: DocumentCollection, zones: (String) -> TimeZoneRules?, changed: (Document) -> Instant?
) -> String {
  let events =
    calendar.entries.compactMap { Event($0.release, in: language, documents, zone: zone, changed: changed) }
    + calendar.milestones.map { Event($0, in: language, zone: zone, changed: changed) }
  var lines = ContentLines()
  lines.component("VCALENDAR") { lines in
    lines.add("VERSION", "2.0")
    lines.add("PRODID", "-//Ligne//ligne//\(language == .french ? "FR" : "EN")")
    lines.add("CALSCALE", "GREGORIAN")
    lines.add("NAME", text: name)
    // What Apple’s and Google’s calendars read instead.
    lines.add("X-WR-CALNAME", text: name)
    var known: [JSONString: TimeZoneRules] = [:]
    for (name, events) in Dictionary(grouping: events, by: { JSONString($0.zone) }).sorted(by: {
      $0.key < $1.key
    }) {
      guard let rules = zones(name.text), let first = events.map(\.at).min(),
        let last = events.map(\.at).max()
      else { continue }
      known[name] = rules
      lines.addZone(name.text, rules, from: first, to: last)
    }
    for event in events { lines.add(event, clocks: known[JSONString(event.zone)]) }
  }
  return lines.text
}

/// What stands in a calendar.
private struct Event {
  var id: String
  var at: Instant
  var zone: String
  var changed: Instant
  var summary: String
  var description: String
  var status: String
  var url: String?
  var labels: [String] = []

  init?(
    _ release: Release, in language: Language, _ documents: DocumentCollection, zone: String,
    changed: (Document) -> Instant?
  ) {
    let document = release.document
    let post = Post(document.value)
    guard let variant = post.variants.first(where: { $0.channel == release.channel }) else { return nil }
    let channel = documents.channels.first { $0.id == release.channel }
    id = "\(document.id.text)-\(release.channel.text)@ligne"
    at = release.at.instant
    self.zone = release.zone ?? zone
    self.changed = changed(document) ?? Event.made(document)
    let state = release.state.wording.text(in: language)
    summary = "\(document.title) · \(release.channel.text)"
    let account = [channel?.platform, channel?.handle].compactMap { $0 }.joined(separator: " ")
    description = [account.isEmpty ? state : "\(account) · \(state)", variant.text(ofPost: post.body)]
      .joined(separator: "\n\n")
    status =
      switch release.state {
      case .withdrawn: "CANCELLED"
      case _ where !release.takesItsPlace: "CANCELLED"
      case _ where release.wentOut || release.state == .scheduled: "CONFIRMED"
      default: "TENTATIVE"
      }
    url = release.url
    labels = post.labels
  }

  init(
    _ milestone: EditorialCalendar.Milestone, in language: Language, zone: String,
    changed: (Document) -> Instant?
  ) {
    id = "\(milestone.campaign.id.text)-\(milestone.id.text)@ligne"
    at = milestone.at.instant
    self.zone = zone
    self.changed = changed(milestone.campaign) ?? Event.made(milestone.campaign)
    summary = "◆ \(milestone.title)"
    description = milestone.campaign.title
    status = "CONFIRMED"
  }

  /// When a document was made, for one that is in no version yet.
  private static func made(_ document: Document) -> Instant {
    document.value["createdAt"]?.text.flatMap { Instant(rfc3339: $0) } ?? Instant(secondsSince1970: 0)
  }
}

extension ContentLines {
  fileprivate mutating func add(_ event: Event, clocks: TimeZoneRules?) {
    component("VEVENT") { lines in
      lines.add("UID", text: event.id)
      // Without a METHOD it says when what the event tells was changed last (RFC 5545, 3.8.7.2).
      lines.add("DTSTAMP", Self.utc(event.changed))
      lines.add("LAST-MODIFIED", Self.utc(event.changed))
      if let clocks {
        let wall = Self.basic(event.at, offset: clocks.offset(at: event.at))
        // No name of a zone that is known has a sign that would have to be quoted.
        lines.add("DTSTART;TZID=\(event.zone)", wall)
      } else {
        lines.add("DTSTART", Self.utc(event.at))
      }
      // Long enough to be seen and touched.
      lines.add("DURATION", "PT15M")
      lines.add("SUMMARY", text: event.summary)
      lines.add("DESCRIPTION", text: event.description)
      lines.add("STATUS", event.status)
      lines.add("TRANSP", "TRANSPARENT")
      if let url = event.url, Self.isAddress(url) { lines.add("URL", url) }
      for label in event.labels { lines.add("CATEGORIES", text: label) }
    }
  }

  /// The rules of a zone for the years in which something stands in the calendar, change by change.
  fileprivate mutating func addZone(
    _ name: String, _ rules: TimeZoneRules, from first: Instant, to last: Instant
  ) {
    // From the last change before the first event, which a year holds where clocks are changed at all.
    let start = Instant(secondsSince1970: first.secondsSince1970 - 370 * 86_400)
    let changes = rules.changes(in: start..<Instant(secondsSince1970: last.secondsSince1970 + 86_400))
    component("VTIMEZONE") { lines in
      lines.add("TZID", text: name)
      // Where the clocks are not changed in that time, the standard wants one rule all the same.
      if changes.first.map({ $0.at > first }) ?? true {
        let offset = rules.offset(at: start)
        lines.addObservance("STANDARD", at: start, from: offset, to: offset)
      }
      for change in changes {
        lines.addObservance(
          change.after.seconds > change.before.seconds ? "DAYLIGHT" : "STANDARD", at: change.at,
          from: change.before, to: change.after)
      }
    }
  }

  private mutating func addObservance(_ name: String, at: Instant, from: UTCOffset, to: UTCOffset) {
    component(name) { lines in
      lines.add("DTSTART", Self.basic(at, offset: from))
      lines.add("TZOFFSETFROM", Self.basic(from))
      lines.add("TZOFFSETTO", Self.basic(to))
    }
  }

  /// `20261103T093000`.
  private static func basic(_ instant: Instant, offset: UTCOffset) -> String {
    String(instant.rfc3339(offset: offset).prefix(19).filter { $0 != "-" && $0 != ":" })
  }

  private static func utc(_ instant: Instant) -> String { basic(instant, offset: .utc) + "Z" }

  /// `-0500`.
  private static func basic(_ offset: UTCOffset) -> String {
    offset.seconds == 0 ? "+0000" : String(offset.description.filter { $0 != ":" })
  }

  /// Whether a text can stand as an address without being escaped.
  private static func isAddress(_ text: String) -> Bool {
    text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }
}
