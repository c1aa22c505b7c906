/// Statements that stand in for those that DuckLake 1.0 gets wrong without an error.
package enum GuardedStatements {
  /// `CREATE TABLE … PARTITIONED BY … AS SELECT`, whose partitioning DuckLake ignores: to be run one after the
  /// other in one transaction. The last one changes the rows.
  /// - Parameters:
  ///   - create: `CREATE TABLE [IF NOT EXISTS] name`, without AS.
  ///   - table: the quoted name.
  ///   - select: the query, already wrapped by `StorageRule.wrap`.
  ///   - keys: what stands in the parentheses of PARTITIONED BY.
  package static func partitionedCreate(
    create: String, table: String, select: String, keys: String
  ) -> [String] {
    [
      "\(create) AS SELECT * FROM (\(select)\n) AS source LIMIT 0",
      "ALTER TABLE \(table) SET PARTITIONED BY (\(keys))",
      "INSERT INTO \(table) \(select)",
    ]
  }

  /// A query with a row when MERGE would change one row of its target twice, where DuckLake picks one of the
  /// sources. To be run in the same transaction before the MERGE; see `duplicateMatch`.
  /// - Parameters:
  ///   - target: table and alias, as they stand after INTO.
  ///   - targetName: the alias, or the name if there is none.
  ///   - source: what stands after USING.
  ///   - condition: what stands after ON.
  ///   - matched: the conditions of the WHEN MATCHED clauses that update or delete; nil for a clause without.
  package static func mergeCheck(
    target: String, targetName: String, source: String, condition: String, matched: [String?]
  ) -> String? {
    if matched.isEmpty { return nil }
    let conditions = matched.compactMap { $0 }
    let filter =
      conditions.count < matched.count
      ? "" : " WHERE " + conditions.map { "(\($0)\n)" }.joined(separator: " OR ")
    return "SELECT 1 FROM \(target) JOIN \(source) ON (\(condition)\n)\(filter)"
      + " GROUP BY \(targetName).rowid HAVING count(*) > 1 LIMIT 1"
  }

  /// What PostgreSQL says when `mergeCheck` finds a row.
  package static let duplicateMatch = LakeError(
    .duplicateMatch, "MERGE command cannot affect row a second time",
    hint: "Ensure that not more than one source row matches any one target row.")

  /// Schemas that must stay: DuckLake would drop them with all tables.
  package static func checkDrop(schema: String) throws(LakeError) {
    let name = schema.lowercased()
    guard name == "main" || name == Lake.defaultSchema else { return }
    throw LakeError(
      .dependent, "cannot drop schema \(name) because the database system requires it",
      hint: "Drop the tables and views in it instead.")
  }
}
