import Synchronization

/// The offsets of a time zone from UTC, as the system's zone files have them (RFC 8536).
package final class TimeZoneRules: Sendable {
  /// The name that the rules were asked for by.
  package let name: String
  /// Seconds since 1970 from which `offsets` holds, ascending.
  private let transitions: [Int]
  /// Seconds east of UTC from the transition on.
  private let offsets: [Int]
  /// Before the first transition.
  private let firstOffset: Int
  /// After the last transition.
  private let rule: TimeZoneRule?

  init(name: String, transitions: [Int], offsets: [Int], firstOffset: Int, rule: TimeZoneRule?) {
    self.name = name
    self.transitions = transitions
    self.offsets = offsets
    self.firstOffset = firstOffset
    self.rule = rule
  }

  /// UTC.
  package static let utc = TimeZoneRules(
    name: "UTC", transitions: [], offsets: [], firstOffset: 0, rule: nil)

  private static let known = Mutex<[String: TimeZoneRules]>([:])

  /// The zone of that name (`Europe/Berlin`, `UTC`), from the folder of zone files; nil when there is none.
  /// What was read once is kept.
  package static func named(_ name: String) -> TimeZoneRules? {
    if let found = known.withLock({ $0[name] }) { return found }
    guard let rules = read(name) else { return nil }
    known.withLock { $0[name] = rules }
    return rules
  }

  private static func read(_ name: String) -> TimeZoneRules? {
    if ["utc", "gmt", "z", "etc/utc"].contains(name.lowercased()) { return utc }
    return TimeZoneFile.read(name)
  }

  /// A stretch of time with one offset: from its first second to before its end.
  struct Segment {
    var start: Int
    var end: Int
    var offset: Int
  }

  /// The stretch that holds `seconds` since 1970.
  func segment(at seconds: Int) -> Segment {
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= seconds { low = middle + 1 } else { high = middle }
    }
    if low == 0 {
      if transitions.isEmpty, let rule { return rule.segment(at: seconds, after: .min) }
      return Segment(start: .min, end: transitions.first ?? .max, offset: firstOffset)
    }
    if low == transitions.count, let rule { return rule.segment(at: seconds, after: transitions[low - 1]) }
    return Segment(
      start: transitions[low - 1], end: low < transitions.count ? transitions[low] : .max,
      offset: offsets[low - 1])
  }

  /// Seconds east of UTC at `seconds` since 1970.
  package func offset(at seconds: Int) -> Int { segment(at: seconds).offset }
}

/// Looks offsets up; remembers the stretch of the last one, because neighbours in a column mostly share it.
final class TimeZoneCursor {
  private let rules: TimeZoneRules
  private var last: TimeZoneRules.Segment

  init(_ rules: TimeZoneRules) {
    self.rules = rules
    last = rules.segment(at: 0)
  }

  /// Seconds east of UTC at `microseconds` since 1970.
  func offset(atMicroseconds microseconds: Int64) -> Int {
    let quotient = Int(microseconds / 1_000_000)
    let seconds = microseconds % 1_000_000 < 0 ? quotient - 1 : quotient
    if seconds < last.start || seconds >= last.end { last = rules.segment(at: seconds) }
    return last.offset
  }
}
