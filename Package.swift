// swift-tools-version: 6.2
//
// Targets are sorted from the executable down to the C interfaces; each may import only what stands
// below it. `docs/architecture.md` says what every target is for, the tidy test holds it to that.

import PackageDescription

/// Where `scripts/fetch-vendor` puts libduckdb. MARTINET_DUCKDB_LIB names another folder, for images
/// that install the library elsewhere.
let duckDBLibrary =
  Context.environment["MARTINET_DUCKDB_LIB"] ?? "\(Context.packageDirectory)/vendor/duckdb/lib"

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// Wrappers of C interfaces say at every use of a pointer why it is safe.
let strictMemory: [SwiftSetting] = strict + [.strictMemorySafety()]

let package = Package(
  name: "martinet",
  products: [
    .executable(name: "martinet", targets: ["martinet"])
  ],
  targets: [
    // The program.
    .executableTarget(name: "martinet", dependencies: ["Martinet"], swiftSettings: strict),
    .target(
      name: "Martinet",
      dependencies: [
        "CPlatform", "ControlStore", "DuckDB", "FrontDoor", "Lake", "Network", "PostgresWire", "SQLFront",
        "Sessions", "WarehouseServer", "Warehouses",
      ],
      swiftSettings: strict),

    // Clients on one side, warehouses on the other.
    .target(
      name: "FrontDoor",
      dependencies: ["Network", "PostgresWire", "SQLFront", "Sessions", "Warehouses"],
      swiftSettings: strict),

    // The processes of warehouses, and what runs in them: PostgreSQL over DuckDB.
    .target(name: "Warehouses", dependencies: ["CPlatform", "Network"], swiftSettings: strict),
    .target(
      name: "WarehouseServer",
      dependencies: [
        "CPlatform", "ControlStore", "DuckDB", "Lake", "Network", "PostgresWire", "SQLFront", "Sessions",
      ],
      swiftSettings: strict),

    // What a front door and a warehouse both know of a session.
    .target(name: "Sessions", dependencies: ["Network", "PostgresWire"], swiftSettings: strict),

    // Statements, storage, control data.
    .target(name: "SQLFront", swiftSettings: strict),
    .target(
      name: "Lake", dependencies: ["CPlatform", "DuckDB", "CSQLite", "CPQ"],
      swiftSettings: strictMemory),
    .target(
      name: "ControlStore", dependencies: ["CSQLite", "PostgresWire"], swiftSettings: strictMemory),

    // The protocol as values, and the transport.
    .target(name: "PostgresWire", dependencies: ["COpenSSL"], swiftSettings: strict),
    .target(name: "Network", dependencies: ["COpenSSL", "CPlatform"], swiftSettings: strictMemory),

    // The engine.
    .target(name: "DuckDB", dependencies: ["CDuckDB"], swiftSettings: strictMemory),

    // C interfaces.
    .target(
      name: "CDuckDB",
      linkerSettings: [
        .linkedLibrary("duckdb"),
        .unsafeFlags([
          "-L", duckDBLibrary, "-Xlinker", "-rpath", "-Xlinker", duckDBLibrary,
          "-Xlinker", "-rpath", "-Xlinker", "$ORIGIN/../lib",
        ]),
      ]),
    .systemLibrary(name: "COpenSSL", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CPQ", providers: [.apt(["libpq-dev"])]),
    .target(name: "CPlatform"),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),

    // Tests mirror the targets.
    .testTarget(
      name: "ControlStoreTests", dependencies: ["ControlStore"], swiftSettings: strict),
    .testTarget(name: "DuckDBTests", dependencies: ["DuckDB"], swiftSettings: strict),
    .testTarget(name: "LakeTests", dependencies: ["Lake", "DuckDB"], swiftSettings: strict),
    .testTarget(
      name: "MartinetTests", dependencies: ["Martinet", "Lake", "PostgresWire", "Sessions"],
      swiftSettings: strict),
    .testTarget(
      name: "FrontDoorTests", dependencies: ["FrontDoor", "Network", "PostgresWire"], swiftSettings: strict),
    .testTarget(name: "NetworkTests", dependencies: ["Network"], swiftSettings: strict),
    .testTarget(name: "PostgresWireTests", dependencies: ["PostgresWire"], swiftSettings: strict),
    .testTarget(
      name: "SessionsTests", dependencies: ["PostgresWire", "Sessions"], swiftSettings: strict),
    .testTarget(name: "SQLFrontTests", dependencies: ["SQLFront"], swiftSettings: strict),
    .testTarget(
      name: "WarehouseServerTests",
      dependencies: [
        "WarehouseServer", "DuckDB", "Network", "PostgresWire", "SQLFront", "Sessions",
      ],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(name: "WarehousesTests", dependencies: ["Warehouses"], swiftSettings: strict),
  ]
)
