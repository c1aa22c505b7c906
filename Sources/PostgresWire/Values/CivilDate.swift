/// A day of the proleptic Gregorian calendar, and conversions to day numbers.
///
/// Day numbers count from 1970-01-01, as in DuckDB; PostgreSQL counts from 2000-01-01. Years are
/// astronomical: 0 is 1 BC.
package struct CivilDate: Equatable, Sendable {
  package var year: Int
  package var month: Int
  package var day: Int

  /// A day by its parts.
  @inline(__always)
  package init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The day of a number, by the algorithm of Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms".
  @inline(__always)
  package init(dayNumber: Int) {
    let shifted = dayNumber &+ 719_468
    let era = (shifted >= 0 ? shifted : shifted &- 146_096) / 146_097
    let dayOfEra = shifted &- era &* 146_097
    let yearOfEra = (dayOfEra &- dayOfEra / 1460 &+ dayOfEra / 36_524 &- dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra &- (365 &* yearOfEra &+ yearOfEra / 4 &- yearOfEra / 100)
    let shiftedMonth = (5 &* dayOfYear &+ 2) / 153
    day = dayOfYear &- (153 &* shiftedMonth &+ 2) / 5 &+ 1
    month = shiftedMonth < 10 ? shiftedMonth &+ 3 : shiftedMonth &- 9
    year = yearOfEra &+ era &* 400 &+ (month <= 2 ? 1 : 0)
  }

  /// The number of the day.
  @inline(__always)
  package var dayNumber: Int {
    let shiftedYear = month <= 2 ? year &- 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear &- 399) / 400
    let yearOfEra = shiftedYear &- era &* 400
    let dayOfYear = (153 &* (month > 2 ? month &- 3 : month &+ 9) &+ 2) / 5 &+ day &- 1
    let dayOfEra = yearOfEra &* 365 &+ yearOfEra / 4 &- yearOfEra / 100 &+ dayOfYear
    return era &* 146_097 &+ dayOfEra &- 719_468
  }

  /// How many days a month has.
  @inline(__always)
  package static func daysInMonth(_ month: Int, of year: Int) -> Int {
    if month == 2 { return year & 3 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
    // Bits set for the months of 31 days.
    return (0b1_0101_1010_1010 >> month) & 1 == 1 ? 31 : 30
  }
}

/// Numbers that DuckDB and PostgreSQL use for times.
package enum TimeScale {
  /// Days from 1970-01-01 to 2000-01-01.
  package static let postgresEpochDays = 10_957
  package static let microsecondsPerSecond = 1_000_000
  package static let microsecondsPerDay = 86_400_000_000
  /// Microseconds from 1970-01-01 to 2000-01-01.
  package static let postgresEpochMicroseconds: Int64 = 946_684_800_000_000
  /// DuckDB's infinite dates; the negative one is the negative number, not the smallest.
  package static let infiniteDays = Int32.max
  /// DuckDB's infinite timestamps; the negative one is the negative number, not the smallest.
  package static let infiniteMicroseconds = Int64.max
}
