/// PostgreSQL's functions as macros over the engine's and over the native functions `martinet_*`.
enum CatalogMacros {
  /// All statements that create macros.
  static var statements: String {
    [
      systemText, privilegeText, textText, formatText, numberText, arrayText, jsonText, jsonOperatorText,
    ].map { CatalogSQL.expand($0) }.joined(separator: "\n")
  }
}
