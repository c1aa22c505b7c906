import DuckDB

/// `martinet version`.
enum VersionCommand {
  static let version = "0.1.0"

  static let command = Command(
    path: ["version"], summary: "print the versions of Martinet and of its engine",
    discussion: "The version of the engine is that of the library that was loaded.",
    examples: [.init("martinet version", "for a bug report")],
    run: { (_) throws(CommandError) in Output.print(text) })

  static var text: String { "martinet \(version) (DuckDB \(libraryVersion()))" }
}
