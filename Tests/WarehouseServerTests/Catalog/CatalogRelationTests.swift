import DuckDB
import Foundation
import Testing

@testable import WarehouseServer

@Suite(.serialized) struct CatalogRelationTests {
  /// The columns of a real PostgreSQL 15, written by scripts/postgres-catalog-columns.
  static func reference() throws -> [(relation: String, columns: [String])] {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Fixtures/postgresql-15-columns.txt")
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map { line in
      let parts = line.split(separator: ":", maxSplits: 1)
      let columns = parts[1].split(separator: ",").map { String($0.split(separator: " ")[0]) }
      return (String(parts[0].split(separator: " ")[0]), columns)
    }
  }

  @Test func everyRelationHasPostgreSQLsColumnsInItsOrder() throws {
    let fixture = try CatalogFixture()
    let reference = try Self.reference()
    #expect(reference.count == 208)
    for (relation, columns) in reference {
      let name = relation.replacing("pg_catalog.", with: "martinet_catalog.pg.")
        .replacing("information_schema.", with: "martinet_catalog.information_schema_.")
      let ours = try fixture.connection.prepare("SELECT * FROM \(name)").columns?.map(\.name)
      #expect(ours == columns, "\(relation)")
    }
  }

  @Test func everyRelationCanBeRead() throws {
    let fixture = try CatalogFixture()
    for shape in CatalogShape.all {
      #expect(throws: Never.self, "\(shape.name)") {
        _ = try fixture.rows("SELECT * FROM \(shape.schema.engineName).\(shape.name)")
      }
    }
  }

  @Test func everySourceNamesColumnsOfItsRelation() throws {
    let fixture = try CatalogFixture()
    for source in RelationSource.all {
      let shape = try #require(
        CatalogShape.all.first { $0.schema == source.schema && $0.name == source.name })
      let names = try fixture.connection.prepare(CatalogSQL.expand(source.query)).columns?.map(\.name) ?? []
      #expect(Set(names).isSubset(of: Set(shape.columns.map(\.name))), "\(source.name)")
    }
  }

  @Test func relationsKeysAndColumnsAreListed() throws {
    let fixture = try CatalogFixture()
    #expect(
      try fixture.rows(
        "SELECT relname, relkind FROM pg_class WHERE relnamespace = 2200 ORDER BY relname")
        == [["dim", "r"], ["dim_pkey", "i"], ["fact", "r"], ["fact_at_idx", "i"]])
    #expect(
      try fixture.rows(
        """
        SELECT attname, format_type(atttypid, atttypmod), attnotnull FROM pg_attribute
        WHERE attrelid = 'fact'::regclass AND attnum > 0 ORDER BY attnum
        """)
        == [
          ["id", "bigint", "true"], ["dim_id", "integer", "false"], ["amount", "numeric(15,2)", "false"],
          ["at", "timestamp with time zone", "false"], ["tags", "text[]", "false"],
        ])
    #expect(
      try fixture.rows("SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint ORDER BY conname")
        == [
          ["dim_pkey", "PRIMARY KEY (id)"], ["fact_amount_check", "CHECK ((amount > 0))"],
          ["fact_dim_id_fkey", "FOREIGN KEY (dim_id) REFERENCES dim(id)"],
        ])
    #expect(
      try fixture.rows("SELECT indexdef FROM pg_indexes WHERE tablename = 'fact'")
        == [["CREATE INDEX fact_at_idx ON public.fact USING btree (at, dim_id)"]])
    #expect(
      try fixture.rows(
        """
        SELECT column_name, data_type, udt_name, numeric_precision, numeric_scale
        FROM martinet_catalog.information_schema_.columns WHERE table_name = 'fact' ORDER BY ordinal_position
        """)
        == [
          ["id", "bigint", "int8", "64", "0"], ["dim_id", "integer", "int4", "32", "0"],
          ["amount", "numeric", "numeric", "15", "2"],
          ["at", "timestamp with time zone", "timestamptz", nil, nil], ["tags", "ARRAY", "_text", nil, nil],
        ])
  }

  @Test func oidsAreThoseOfTheLakeAndOfPostgreSQL() throws {
    let fixture = try CatalogFixture()
    #expect(try fixture.value("SELECT oid FROM pg_class WHERE relname = 'fact'") == "16387")
    #expect(try fixture.value("SELECT 'pg_class'::regclass::oid") == "1259")
    #expect(try fixture.value("SELECT oid FROM pg_type WHERE typname = '_int4'") == "1007")
  }

  /// 1,000 tables of 16 columns: the queries that clients send to list tables and columns.
  @Test(arguments: [
    "SELECT table_name, column_name, data_type FROM martinet_catalog.information_schema_.columns",
    """
    SELECT c.relname, n.nspname, pg_get_userbyid(c.relowner) FROM pg_class c
    LEFT JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r','p','v') AND n.nspname !~ '^pg_toast' AND pg_table_is_visible(c.oid)
    """,
    """
    SELECT a.attname, format_type(a.atttypid, a.atttypmod), (SELECT pg_get_expr(d.adbin, d.adrelid)
      FROM pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef), a.attnotnull
    FROM pg_attribute a WHERE a.attrelid = 't500'::regclass AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY a.attnum
    """,
    """
    SELECT * FROM (SELECT n.nspname, c.relname, a.attname, a.atttypid, a.attnotnull, a.atttypmod, a.attlen,
        row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum) AS attnum, def.adbin, dsc.description
      FROM pg_namespace n JOIN pg_class c ON (c.relnamespace = n.oid)
      JOIN pg_attribute a ON (a.attrelid = c.oid) JOIN pg_type t ON (a.atttypid = t.oid)
      LEFT JOIN pg_attrdef def ON (a.attrelid = def.adrelid AND a.attnum = def.adnum)
      LEFT JOIN pg_description dsc ON (c.oid = dsc.objoid AND a.attnum = dsc.objsubid)
      WHERE c.relkind IN ('r','v') AND a.attnum > 0 AND c.relname LIKE 't9%') c ORDER BY nspname, relname
    """,
  ]) func aThousandTablesAreListedWithin100Milliseconds(query: String) throws {
    let fixture = try Self.large.get()
    _ = try fixture.rows(query)
    let clock = ContinuousClock()
    let times = try (0..<5).map { _ in try clock.measure { _ = try fixture.rows(query) } }.sorted()
    print("catalog of 1,000 tables:", times[2], query.prefix(60))
    #if !DEBUG
      #expect(times[2] < .milliseconds(100))
    #else
      #expect(times[2] < .milliseconds(1500))
    #endif
  }

  nonisolated(unsafe) static let large = Result { try CatalogFixture(tables: 1000) }
}
