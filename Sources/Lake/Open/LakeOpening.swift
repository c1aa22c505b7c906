import DuckDB

/// The steps of opening a lake.
struct LakeOpening {
  let configuration: LakeConfiguration
  let folder: String
  /// A name that nobody can guess, because no client may read or write the catalog's own tables.
  let metadataName: String

  init(_ configuration: LakeConfiguration, folder: String) {
    self.configuration = configuration
    self.folder = folder
    let digits = (0..<4).map { _ in String(UInt32.random(in: 0...UInt32.max), radix: 36) }
    metadataName = "__ducklake_metadata_" + digits.joined()
  }

  /// Makes what must be there before the engine looks, and refuses what it would choke on.
  func prepareStorage() throws(LakeError) {
    if case .folder(let files) = configuration.files { try makeFolder(absolutePath(files)) }
    if let spill = configuration.spillFolder { try makeFolder(absolutePath(spill)) }
    switch configuration.catalog {
    case .sqlite(let path):
      let path = absolutePath(path)
      try makeFolder(path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "/")
      try SQLiteCatalog.check(path: path)
      guard fileExists(path), let start = firstBytes(of: path, count: 1), !start.isEmpty else { return }
      try checkFormat(try SQLiteCatalog(path: path), tablesSQL: Self.sqliteTables)
    case .postgres(let connection, let schema):
      try PostgresCatalog.makeSchema(connection: connection, schema: schema)
      try checkFormat(
        try PostgresCatalog(connection: connection, schema: schema), tablesSQL: Self.postgresTables)
    }
  }

  private static let sqliteTables =
    "SELECT count(*), count(CASE WHEN name = 'ducklake_metadata' THEN 1 END) FROM sqlite_master"
    + " WHERE type = 'table'"
  private static let postgresTables =
    "SELECT count(*), count(CASE WHEN tablename = 'ducklake_metadata' THEN 1 END) FROM pg_tables"
    + " WHERE schemaname = current_schema()"

  private func checkFormat(_ catalog: any CatalogDatabase, tablesSQL: String) throws(LakeError) {
    var tables: Int64 = 0
    var isLake = false
    try catalog.read(tablesSQL, []) { row in
      tables = row.integer(0) ?? 0
      isLake = row.integer(1) == 1
    }
    if tables == 0 { return }
    guard isLake else {
      throw LakeError(
        .catalogCorrupt, "the catalog database holds other tables but no DuckLake catalog",
        hint: "Name an empty database or the catalog of a lake.")
    }
    var format = ""
    try catalog.read("SELECT value FROM ducklake_metadata WHERE key = 'version'", []) { row in
      format = row.text(0) ?? ""
    }
    if format == Lake.supportedFormat { return }
    if Self.isNewer(format, than: Lake.supportedFormat) {
      throw LakeError(
        .catalogVersion,
        "the lake has format \(format), but this version reads and writes format \(Lake.supportedFormat)",
        hint: "Use the version that wrote the lake, or a newer one.")
    }
    guard configuration.migrates else {
      throw LakeError(
        .catalogVersion, "the lake has the older format \(format)",
        hint: "Make a backup and open it once with migration allowed; there is no way back.")
    }
  }

  static func isNewer(_ format: String, than other: String) -> Bool {
    func numbers(_ text: String) -> [Int] { text.split(separator: ".").map { Int($0) ?? Int.max } }
    return other.isEmpty || numbers(other).lexicographicallyPrecedes(numbers(format))
  }

  func makeDatabase() throws(LakeError) -> Database {
    var settings = [
      // The extensions are pinned by checksum when they are fetched; their signatures need no network.
      "allow_unsigned_extensions": "true",
      "autoinstall_known_extensions": "false",
      "autoload_known_extensions": "false",
      "allow_community_extensions": "false",
      "allow_persistent_secrets": "false",
      // PostgreSQL's answers.
      "integer_division": "true",
      "default_null_order": "nulls_last_on_asc_first_on_desc",
      // Rows without ORDER BY keep the order of the files, so that pages of LIMIT and OFFSET fit together.
      "preserve_insertion_order": "true",
    ]
    if let bytes = configuration.memoryLimitBytes { settings["memory_limit"] = "\(bytes)B" }
    if let threads = configuration.threads { settings["threads"] = "\(threads)" }
    settings["temp_directory"] = configuration.spillFolder.map(absolutePath) ?? ""
    if let bytes = configuration.spillLimitBytes { settings["max_temp_directory_size"] = "\(bytes)B" }
    do {
      return try Database(settings: settings)
    } catch {
      throw explain(error)
    }
  }

  func loadExtensions(_ connection: Connection) throws {
    var names = ["ducklake"]
    switch configuration.catalog {
    case .sqlite: names.append("sqlite_scanner")
    case .postgres: names.append("postgres_scanner")
    }
    if case .s3 = configuration.files { names.append("httpfs") }
    for name in names + configuration.extraExtensions {
      let file = ExtensionFolder.file(absolutePath(folder), name)
      guard fileExists(file) else {
        throw LakeError(
          .engineFiles, "the DuckDB extension \(file) is missing", hint: "Run scripts/fetch-vendor.")
      }
      try connection.execute("LOAD \(sqlLiteral(file))")
    }
  }

  func attach(_ connection: Connection) throws {
    if case .s3(let store) = configuration.files { try connection.execute(Self.secretSQL(store)) }
    if case .postgres = configuration.catalog {
      // The extension looks for this secret in memory and, not finding it, in the store of persistent secrets,
      // which is off.
      try connection.execute("CREATE SECRET __default_postgres (TYPE postgres)")
      // Saves a round trip per use of a pooled connection.
      try connection.execute("SET GLOBAL pg_pool_health_check_query = ''")
    }
    try connection.execute("SET GLOBAL ducklake_default_data_inlining_row_limit = 0")
    try connection.execute(attachSQL)
  }

  private var attachSQL: String {
    var options = [
      "DATA_PATH \(sqlLiteral(configuration.dataPath))",
      // A data folder may be moved: paths in the catalog are relative to it.
      "OVERRIDE_DATA_PATH true",
      "METADATA_CATALOG \(sqlLiteral(metadataName))",
      "DATA_INLINING_ROW_LIMIT 0",
    ]
    if configuration.migrates { options.append("AUTOMATIC_MIGRATION true") }
    let target: String
    switch configuration.catalog {
    case .sqlite(let path):
      target = "ducklake:sqlite:" + absolutePath(path)
      options += ["META_JOURNAL_MODE 'WAL'", "META_BUSY_TIMEOUT 10000"]
    case .postgres(let text, let schema):
      target = "ducklake:postgres:" + text
      options.append("META_SCHEMA \(sqlLiteral(schema))")
    }
    return "ATTACH \(sqlLiteral(target)) AS \(Lake.databaseName) (\(options.joined(separator: ", ")))"
  }

  static func secretSQL(_ store: LakeConfiguration.ObjectStore) -> String {
    var parts = [
      "TYPE s3", "PROVIDER config", "KEY_ID \(sqlLiteral(store.keyID))",
      "SECRET \(sqlLiteral(store.secret))", "REGION \(sqlLiteral(store.region))",
      "URL_STYLE '\(store.usesPathStyle ? "path" : "vhost")'", "USE_SSL \(store.usesTLS)",
      "SCOPE \(sqlLiteral(store.url))",
    ]
    if let endpoint = store.endpoint { parts.append("ENDPOINT \(sqlLiteral(endpoint))") }
    if let token = store.sessionToken { parts.append("SESSION_TOKEN \(sqlLiteral(token))") }
    return "CREATE SECRET lake_files (\(parts.joined(separator: ", ")))"
  }

  /// Two copies of SQLite in one process that open the same file undo each other's locks
  /// (https://sqlite.org/howtocorrupt.html, section 2.2.1). The extension has a copy of its own, but calls the
  /// library that this program is linked to; should that ever change, nothing is opened.
  func checkLibraries(_ connection: Connection) throws {
    guard case .sqlite = configuration.catalog else { return }
    // In a transaction, because planning and running the function need the same connection to SQLite.
    try connection.execute("BEGIN")
    let result = try connection.query(
      "SELECT * FROM sqlite_query(\(sqlLiteral(metadataName)), 'SELECT sqlite_source_id()')")
    let used = try result.nextChunk()?.withVector(0) { $0.text(0) } ?? ""
    try connection.execute("COMMIT")
    guard used == SQLiteCatalog.sourceID else {
      throw LakeError(
        .engineFiles, "the engine uses another copy of SQLite (\(used)) than this program",
        hint: "Link the program to the shared library libsqlite3 of the system.")
    }
  }

  func setOptions(_ connection: Connection, _ catalog: any CatalogDatabase) throws {
    var options: [String: String] = [:]
    var inlines = false
    try catalog.read("SELECT key, value, scope FROM ducklake_metadata", []) { row in
      guard let key = row.text(0), let value = row.text(1) else { return }
      if row.text(2) == nil { options[key] = value }
      if key == "data_inlining_row_limit", value != "0" { inlines = true }
    }
    let lake = Lake.databaseName
    // Inlining loses writes under maintenance, so it is off for all schemas and tables of an old lake too.
    if inlines {
      try connection.execute(
        "UPDATE \(configuration.metadataTable("ducklake_metadata", of: metadataName)) SET value = '0'"
          + " WHERE key = 'data_inlining_row_limit'")
      // The engine read the options when it attached the lake.
      try connection.execute("DETACH \(lake)")
      try connection.execute(attachSQL)
    }
    if options["data_inlining_row_limit"] == nil {
      try connection.execute("CALL \(lake).set_option('data_inlining_row_limit', 0)")
    }
    if options["parquet_version"] == nil {
      try connection.execute("CALL \(lake).set_option('parquet_version', 2)")
    }
    var inlined: Int64 = 0
    try catalog.read("SELECT count(*) FROM ducklake_inlined_data_tables", []) { inlined = $0.integer(0) ?? 0 }
    if inlined > 0 { try connection.execute("CALL ducklake_flush_inlined_data('\(lake)')") }
    var schemas: Set<String> = []
    try catalog.read("SELECT schema_name FROM ducklake_schema WHERE end_snapshot IS NULL", []) { row in
      if let name = row.text(0) { schemas.insert(name) }
    }
    if !schemas.contains(Lake.defaultSchema) {
      try connection.execute("CREATE SCHEMA IF NOT EXISTS \(lake).\(Lake.defaultSchema)")
    }
    try connection.execute("SET GLOBAL TimeZone = \(sqlLiteral(configuration.timeZone))")
  }

  /// Settings that a session may still change afterwards. Clients only reach those that the server passes on.
  static let sessionSettings = [
    "TimeZone", "Calendar", "search_path", "schema", "enable_progress_bar", "enable_progress_bar_print",
    "progress_bar_time", "errors_as_json", "streaming_buffer_size", "preserve_insertion_order",
  ]

  /// From here on the engine reaches the lake's files, its spill folder and nothing else, and its settings
  /// stay. ATTACH of a SQLite file, `sqlite_scan` and `postgres_scan` do not go through DuckDB's file system:
  /// statements of clients must not hold them.
  func lockDown(_ connection: Connection) throws {
    if case .s3 = configuration.files {
      try connection.execute("SET GLOBAL enable_global_s3_configuration = false")
    }
    let folders = [configuration.dataPath] + configuration.allowedFolders.map { absolutePath($0) + "/" }
    try connection.execute(
      "SET GLOBAL allowed_directories = [\(folders.map(sqlLiteral).joined(separator: ", "))]")
    try connection.execute("SET GLOBAL enable_external_access = false")
    try connection.execute(
      "SET GLOBAL allowed_configs = [\(Self.sessionSettings.map(sqlLiteral).joined(separator: ", "))]")
    try connection.execute("SET GLOBAL lock_configuration = true")
  }

  /// An error of the engine while opening, in the lake's terms.
  func explain(_ original: DuckDBError) -> LakeError {
    var error = original
    if case .postgres(let text, _) = configuration.catalog {
      // It holds a password.
      error.message = replacing(text, in: error.message, by: "…")
      error.rawMessage = replacing(text, in: error.rawMessage, by: "…")
    }
    return switch LakeFailure(error) {
    case .diskFull:
      LakeError(.diskFull, LakeFailure.diskFull.message, hint: LakeFailure.diskFull.hint, underlying: error)
    case .catalogCorrupt:
      LakeError(
        .catalogCorrupt, "the catalog of the lake is damaged: \(error.message)",
        hint: LakeFailure.catalogCorrupt.hint, underlying: error)
    case .catalogUnavailable:
      LakeError(
        .catalogUnavailable, "could not open the catalog: \(error.message)",
        hint: "Check that PostgreSQL runs and that the connection string of the catalog is right.",
        underlying: error)
    default: LakeError(.engine, "could not open the lake: \(error.message)", underlying: error)
    }
  }
}
