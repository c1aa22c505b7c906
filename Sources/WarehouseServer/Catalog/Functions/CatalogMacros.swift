/// PostgreSQL's functions as macros over the engine's and over the native functions `martinet_*`.
enum CatalogMacros {
  /// All statements that create macros.
  static var statements: String {
    [
      systemText, privilegeText, textText, formatText, numberText, arrayText, jsonText, jsonOperatorText,
      operatorText,
    ].map { CatalogSQL.expand($0) }.joined(separator: "\n")
  }

  /// The names of all macros that stand where the engine may have a function of its own: whoever calls one
  /// by its bare name gets the macro, since the emulation's schema comes before the engine's.
  static let names: Set<String> = {
    let start = "CREATE MACRO \(CatalogSQL.catalog)."
    return Set(
      statements.split(separator: "\n").compactMap { line in
        let text = line.drop { $0 == " " }
        guard text.hasPrefix(start) else { return nil }
        let name = text.dropFirst(start.count).prefix { $0 != "(" }
        return name.contains("\"") ? nil : String(name)
      })
  }()
}
