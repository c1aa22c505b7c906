/// A run-time setting of a session as PostgreSQL names it: what SET accepts and SHOW answers.
///
/// Source: PostgreSQL 15, chapter 20 "Server Configuration" and the view `pg_settings`.
package struct SettingDefinition: Sendable {
  /// What values a setting takes, and how they are written back by SHOW.
  package enum Kind: Sendable {
    /// Any text.
    case text
    /// `on` or `off`.
    case boolean
    /// A whole number within limits.
    case integer(ClosedRange<Int>)
    /// A floating-point number.
    case real
    /// Milliseconds; units `us`, `ms`, `s`, `min`, `h` and `d` are understood.
    case milliseconds
    /// One of the listed words, compared without case.
    case choice([String])
    /// A time zone that the server knows.
    case timeZone
    /// A list of schema names.
    case searchPath
    /// Two words such as `ISO, MDY`; only the ISO output style exists here.
    case dateStyle
    /// UTF8 under any of its names.
    case encoding
  }

  /// The name, with the letters' case that SHOW ALL and ParameterStatus use.
  package let name: String
  package let kind: Kind
  /// The value of a new session, in the form that SHOW prints.
  package let defaultValue: String
  /// Whether a change is announced to the client with ParameterStatus.
  package let isReported: Bool
  /// Why a client may not change it; nil where it may.
  package let refusal: Refusal?
  package let summary: String

  /// Why SET is refused.
  package enum Refusal: Sendable {
    /// Decided when the server was built or the lake created.
    case preset
    /// Only the operator decides, at the start of the server.
    case operatorOnly
  }

  package init(
    _ name: String, _ kind: Kind, _ defaultValue: String, reported: Bool = false,
    refused: Refusal? = nil, _ summary: String
  ) {
    self.name = name
    self.kind = kind
    self.defaultValue = defaultValue
    self.isReported = reported
    self.refusal = refused
    self.summary = summary
  }
}

extension SettingDefinition {
  /// All settings by their lower-case names.
  package static let all: [String: SettingDefinition] = Dictionary(
    uniqueKeysWithValues: list.map { ($0.name.lowercased(), $0) })

  /// All settings in the order of their names.
  package static let list: [SettingDefinition] = (behaviour + presets + inert)
    .sorted { $0.name.lowercased() < $1.name.lowercased() }

  /// Settings that change what Martinet does.
  private static let behaviour: [SettingDefinition] = [
    .init("application_name", .text, "", reported: true, "Name of the application in pg_stat_activity."),
    .init("client_encoding", .encoding, "UTF8", reported: true, "Encoding of the client; always UTF8."),
    .init("DateStyle", .dateStyle, "ISO, MDY", reported: true, "Form of dates; always ISO."),
    .init("IntervalStyle", .choice(["postgres"]), "postgres", reported: true, "Form of intervals."),
    .init("TimeZone", .timeZone, "UTC", reported: true, "Time zone of timestamps with time zone."),
    .init("search_path", .searchPath, "\"$user\", public", "Schemas where unqualified names are sought."),
    .init("statement_timeout", .milliseconds, "0", "Longest time of a statement; 0 is no limit."),
    .init("lock_timeout", .milliseconds, "0", "Longest wait for the write lock; 0 is no limit."),
    .init(
      "idle_in_transaction_session_timeout", .milliseconds, "0",
      "Longest idle time inside a transaction; 0 is no limit."),
    .init("idle_session_timeout", .milliseconds, "0", "Longest idle time of a session; 0 is no limit."),
    .init(
      "default_transaction_read_only", .boolean, "off", reported: true,
      "Whether new transactions may write."),
    .init("transaction_read_only", .boolean, "off", "Whether this transaction may write."),
    .init(
      "client_min_messages",
      .choice([
        "debug5", "debug4", "debug3", "debug2", "debug1", "debug", "log", "notice", "warning", "error",
      ]), "notice", "Least important message that is sent to the client."),
    .init(
      "default_transaction_isolation", .choice(isolationLevels), "read committed",
      "Isolation of new transactions; snapshot isolation is what the lake has."),
    .init(
      "transaction_isolation", .choice(isolationLevels), "read committed",
      "Isolation of this transaction."),
    .init("query_tag", .text, "", "A word of the user's own that marks its statements."),
    .init("warehouse", .text, "bi", "Warehouse where the session's statements run."),
  ]

  private static let isolationLevels = [
    "serializable", "repeatable read", "read committed", "read uncommitted",
  ]

  /// Facts about the server; SHOW answers them, SET is refused.
  private static let presets: [SettingDefinition] = [
    .init("server_version", .text, "15.0 (Martinet)", reported: true, refused: .preset, "Version."),
    .init("server_version_num", .integer(0...999_999), "150000", refused: .preset, "Version as a number."),
    .init("server_encoding", .text, "UTF8", reported: true, refused: .preset, "Encoding of the lake."),
    .init("integer_datetimes", .boolean, "on", reported: true, refused: .preset, "Form of date times."),
    .init("in_hot_standby", .boolean, "off", reported: true, refused: .preset, "Whether a standby."),
    .init("is_superuser", .boolean, "off", reported: true, refused: .preset, "Whether a superuser."),
    .init(
      "session_authorization", .text, "", reported: true, refused: .preset, "The user of this session."),
    .init("max_identifier_length", .integer(0...1024), "63", refused: .preset, "Longest identifier."),
    .init("max_index_keys", .integer(0...64), "32", refused: .preset, "Most columns of an index."),
    .init("block_size", .integer(0...65536), "8192", refused: .preset, "Size of a disk block."),
    .init("max_connections", .integer(1...100_000), "200", refused: .operatorOnly, "Most sessions."),
    .init("ssl", .boolean, "on", refused: .operatorOnly, "Whether TLS is offered."),
    .init("port", .integer(0...65535), "5433", refused: .operatorOnly, "TCP port."),
    .init("lc_collate", .text, "C", refused: .preset, "Order of text."),
    .init("lc_ctype", .text, "C", refused: .preset, "Character classes."),
    .init("data_checksums", .boolean, "off", refused: .preset, "Checksums of pages."),
    .init("default_with_oids", .boolean, "off", refused: .preset, "Removed in PostgreSQL 12."),
    .init("wal_level", .text, "replica", refused: .preset, "Amount of write-ahead log."),
  ]

  /// Accepted, shown, and without effect on an analytical engine.
  private static let inert: [SettingDefinition] = [
    .init(
      "standard_conforming_strings", .choice(["on"]), "on", reported: true,
      "Backslashes in strings are plain."),
    .init("bytea_output", .choice(["hex"]), "hex", "Form of bytea."),
    .init("extra_float_digits", .integer(-15...3), "1", "Digits of floats; always the shortest exact."),
    .init("backslash_quote", .text, "safe_encoding", "Quotes by backslash."),
    .init("escape_string_warning", .boolean, "on", "Warn about backslashes."),
    .init("synchronous_commit", .text, "on", "Commits are always synchronous."),
    .init("row_security", .boolean, "on", "Row security."),
    .init("check_function_bodies", .boolean, "on", "Check functions when they are made."),
    .init("xmloption", .text, "content", "XML."),
    .init("lc_messages", .text, "C", "Language of messages."),
    .init("lc_monetary", .text, "C", "Form of money."),
    .init("lc_numeric", .text, "C", "Form of numbers."),
    .init("lc_time", .text, "C", "Form of times."),
    .init("default_tablespace", .text, "", "Tablespaces do not exist here."),
    .init("temp_tablespaces", .text, "", "Tablespaces do not exist here."),
    .init("default_table_access_method", .text, "heap", "Access methods do not exist here."),
    .init("default_toast_compression", .text, "pglz", "TOAST does not exist here."),
    .init("default_text_search_config", .text, "pg_catalog.simple", "Text search."),
    .init("work_mem", .text, "4MB", "The engine divides its own memory."),
    .init("maintenance_work_mem", .text, "64MB", "The engine divides its own memory."),
    .init("random_page_cost", .real, "4", "The engine has its own optimizer."),
    .init("seq_page_cost", .real, "1", "The engine has its own optimizer."),
    .init("cursor_tuple_fraction", .real, "0.1", "The engine has its own optimizer."),
    .init("enable_seqscan", .boolean, "on", "The engine has its own optimizer."),
    .init("enable_indexscan", .boolean, "on", "The engine has its own optimizer."),
    .init("enable_bitmapscan", .boolean, "on", "The engine has its own optimizer."),
    .init("enable_hashjoin", .boolean, "on", "The engine has its own optimizer."),
    .init("enable_mergejoin", .boolean, "on", "The engine has its own optimizer."),
    .init("enable_nestloop", .boolean, "on", "The engine has its own optimizer."),
    .init("geqo", .boolean, "on", "The engine has its own optimizer."),
    .init("jit", .boolean, "off", "The engine has its own execution."),
    .init("quote_all_identifiers", .boolean, "off", "Quoting in generated SQL."),
    .init("transaction_deferrable", .boolean, "off", "Deferrable transactions."),
    .init("default_transaction_deferrable", .boolean, "off", "Deferrable transactions."),
    .init("session_replication_role", .text, "origin", "Triggers do not exist here."),
    .init("log_statement", .text, "none", "Logging is the operator's."),
    .init("log_min_duration_statement", .integer(-1...Int(Int32.max)), "-1", "Logging is the operator's."),
    .init("plan_cache_mode", .text, "auto", "Plans are always made for the values."),
    .init("password_encryption", .choice(["scram-sha-256"]), "scram-sha-256", "How passwords are kept."),
    .init("tcp_keepalives_idle", .integer(0...Int(Int32.max)), "0", "Keepalives."),
    .init("tcp_keepalives_interval", .integer(0...Int(Int32.max)), "0", "Keepalives."),
    .init("tcp_keepalives_count", .integer(0...Int(Int32.max)), "0", "Keepalives."),
    .init("max_parallel_workers_per_gather", .integer(0...1024), "2", "The engine has its own threads."),
    .init("constraint_exclusion", .text, "partition", "The engine has its own optimizer."),
    .init("array_nulls", .boolean, "on", "NULL in array literals."),
    .init("transform_null_equals", .choice(["off"]), "off", "x = NULL."),
    .init("allow_system_table_mods", .choice(["off"]), "off", "System tables cannot be changed."),
    .init("zero_damaged_pages", .choice(["off"]), "off", "Pages."),
  ]
}
