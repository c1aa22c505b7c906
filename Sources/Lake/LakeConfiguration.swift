/// Where a lake is and how its engine runs.
package struct LakeConfiguration: Sendable {
  /// The database that holds DuckLake's own tables.
  package enum Catalog: Sendable {
    /// A SQLite file: one process writes at a time.
    case sqlite(path: String)
    /// A PostgreSQL database, as libpq's connection string, and the schema that holds the tables.
    case postgres(connection: String, schema: String)
  }

  /// Where the Parquet files lie.
  package enum Files: Sendable {
    case folder(String)
    case s3(ObjectStore)
  }

  /// A bucket with the S3 protocol.
  package struct ObjectStore: Sendable {
    /// `s3://bucket/prefix/`.
    package var url: String
    /// `host:port`, or nil for Amazon's own.
    package var endpoint: String?
    package var region: String
    package var keyID: String
    package var secret: String
    package var sessionToken: String?
    /// `bucket` in the path instead of in the host name; what most servers in-house want.
    package var usesPathStyle: Bool
    package var usesTLS: Bool

    package init(
      url: String, endpoint: String? = nil, region: String = "us-east-1", keyID: String, secret: String,
      sessionToken: String? = nil, usesPathStyle: Bool = true, usesTLS: Bool = true
    ) {
      self.url = url
      self.endpoint = endpoint
      self.region = region
      self.keyID = keyID
      self.secret = secret
      self.sessionToken = sessionToken
      self.usesPathStyle = usesPathStyle
      self.usesTLS = usesTLS
    }
  }

  package var catalog: Catalog
  package var files: Files
  /// Where the DuckDB extensions lie; nil looks for them, see `ExtensionFolder`.
  package var extensionFolder: String?
  /// Extensions to load beside those that the lake needs, such as `tpch`.
  package var extraExtensions: [String] = []
  /// The engine's memory; nil lets DuckDB take 80 % of the machine's or container's.
  package var memoryLimitBytes: Int?
  /// The engine's threads; nil is one per core.
  package var threads: Int?
  /// Where the engine puts what does not fit into memory; nil turns spilling off.
  package var spillFolder: String?
  /// How much it may put there; nil is 90 % of the free space.
  package var spillLimitBytes: Int?
  /// The session time zone of new connections.
  package var timeZone: String = "UTC"
  /// A folder through which the processes of this machine that have the lake open agree on who writes, who reads
  /// and who maintains it; nil where there is one such process.
  package var sharedFolder: String?
  /// Snapshots older than this are expired by maintenance, in seconds.
  package var retentionSeconds: Int = 7 * 86_400
  /// Brings a catalog of an older DuckLake to the present format.
  package var migrates: Bool = false
  /// Whether the engine gives up access to everything but the lake once it is open. Off only for programs
  /// that run no statement of a client.
  package var isLockedDown: Bool = true
  /// Folders that stay readable and writable beside the lake's files.
  package var allowedFolders: [String] = []

  package init(catalog: Catalog, files: Files) {
    self.catalog = catalog
    self.files = files
  }

  /// The lake of a data folder: `catalog.sqlite`, `files/` and `spill/` below `folder`.
  package init(folder: String) {
    let root = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    self.init(catalog: .sqlite(path: root + "/catalog.sqlite"), files: .folder(root + "/files"))
    spillFolder = root + "/spill"
  }

  /// DuckLake's DATA_PATH, with a slash at its end.
  var dataPath: String {
    let path: String
    switch files {
    case .folder(let folder): path = absolutePath(folder)
    case .s3(let store): path = store.url
    }
    return path.hasSuffix("/") ? path : path + "/"
  }
}
