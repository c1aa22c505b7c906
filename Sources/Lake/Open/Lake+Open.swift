import DuckDB

extension Lake {
  /// The formats of the catalog that this version of the `ducklake` extension reads and writes.
  static let supportedFormat = "1.0"

  /// Opens a lake, which is made if there is none.
  ///
  /// Several processes may do so on a SQLite catalog if they name the same `sharedFolder`.
  package static func open(_ configuration: LakeConfiguration) throws(LakeError) -> Lake {
    do {
      try checkLibraryVersion()
    } catch {
      throw LakeError(.engineFiles, error.message, underlying: error)
    }
    let opening = LakeOpening(configuration, folder: try extensionFolder(configuration))
    try opening.prepareStorage()
    let database = try opening.makeDatabase()
    let catalog: any CatalogDatabase
    do {
      let connection = try database.connect()
      try opening.loadExtensions(connection)
      try opening.attach(connection)
      catalog = try configuration.openCatalog()
      try opening.checkLibraries(connection)
      try opening.setOptions(connection, catalog)
      if configuration.isLockedDown { try opening.lockDown(connection) }
    } catch let error as LakeError {
      throw error
    } catch let error as DuckDBError {
      throw opening.explain(error)
    } catch {
      throw LakeError(.engine, "\(error)")
    }
    return try Lake(
      configuration: configuration, database: database, metadataName: opening.metadataName,
      catalog: catalog)
  }

  private static func extensionFolder(_ configuration: LakeConfiguration) throws(LakeError) -> String {
    if let folder = configuration.extensionFolder ?? ExtensionFolder.find() { return folder }
    throw LakeError(
      .engineFiles, "the DuckDB extensions are not found",
      hint: "Run scripts/fetch-vendor, or name their folder in MARTINET_EXTENSIONS.")
  }
}

extension Lake {
  /// One of the catalog's own tables, for statements of the engine.
  package func metadataTable(_ name: String) -> String {
    configuration.metadataTable(name, of: metadataName)
  }
}

extension LakeConfiguration {
  func metadataTable(_ name: String, of database: String) -> String {
    switch catalog {
    case .sqlite: "\(sqlIdentifier(database)).\(name)"
    case .postgres(_, let schema): "\(sqlIdentifier(database)).\(sqlIdentifier(schema)).\(name)"
    }
  }

  func openCatalog() throws(LakeError) -> any CatalogDatabase {
    switch catalog {
    case .sqlite(let path): try SQLiteCatalog(path: absolutePath(path))
    case .postgres(let connection, let schema):
      try PostgresCatalog(connection: connection, schema: schema)
    }
  }
}
